"""The fields beside the tables, typed as the edition's specification of them says."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Mapping as Dictionary
from typing import Any

from generator.accounts.by_subject import Subjects
from generator.accounts.free_tables import read_free_table
from generator.accounts.last_year import LastYear
from generator.accounts.ledger import Ledger
from generator.accounts.outlines import read_outline
from generator.accounts.values import (
    Faults,
    is_empty,
    mapping_of,
    read_amount,
    read_count,
    read_names,
    read_number,
    read_paragraphs,
    read_phrase,
    read_terms,
    read_text,
    refuse_unknown,
    says_nothing,
)
from generator.edition import Edition, FieldKind, FieldSpec
from generator.edition.department_file import Unit
from generator.findings import Code, Place
from generator.numbers import ZERO
from generator.reading import Mapping, Node, Scalar, Sequence

Value = Any
"""What a field holds: `str`, `Decimal`, `int`, `None`, a `FreeTable`, tuples of texts or of `OutlineItem`s, or dicts
and lists of these."""

_SIMPLE: Dictionary[FieldKind, Callable[[Node, Faults], Value]] = {
    FieldKind.TEXT: read_text,
    FieldKind.PHRASE: read_phrase,
    FieldKind.PARAGRAPHS: read_paragraphs,
    FieldKind.NAMES: read_names,
    FieldKind.TERMS: read_terms,
    FieldKind.COUNT: read_count,
    FieldKind.NUMBER: read_number,
    FieldKind.OUTLINE: read_outline,
}
_EMPTY: Dictionary[FieldKind, Value] = {
    FieldKind.PARAGRAPHS: (),
    FieldKind.NAMES: (),
    FieldKind.LIST: [],
    FieldKind.TERMS: {},
    FieldKind.OUTLINE: (),
}


class FieldReader:
    """Types the fields of one file."""

    def __init__(
        self, edition: Edition, unit: Unit, faults: Faults, previous: LastYear | None, ledger: Ledger | None
    ) -> None:
        """`ledger`: the figures of the file; `None` where these have faults, so that their subjects are not known."""
        self._edition = edition
        self._unit = unit
        self._faults = faults
        self._previous = previous
        self._ledger = ledger

    def group(self, fields: tuple[FieldSpec, ...], node: Mapping, misspelt: set[str]) -> dict[str, Value]:
        """The values of `fields`, every one of them present: those left out are empty.

        Those that are `misspelt` in `node` are not reported as missing too.
        """
        return {
            field.name: self._empty(field)
            if field.name in misspelt
            else self._field(field, node.entries.get(field.name), node.place)
            for field in fields
        }

    def _field(self, field: FieldSpec, node: Node | None, parent: Place) -> Value:
        with self._faults.within(field.name):
            if node is None or is_empty(node):
                if self._is_required(field):
                    place = node.place if node else parent
                    self._faults.add(Code.MISSING, f"缺少“{field.name}”：{field.guide}", place)
                return self._empty(field)
            value = self._value(field, node)
            if field.at_least and len(value or ()) < field.at_least:
                self._faults.add(Code.MISSING, f"“{field.name}”至少要有 {field.at_least} 项：{field.guide}", node.place)
            return value

    def _is_required(self, field: FieldSpec) -> bool:
        """Whether there must be something in `field`; in one by subject only where a subject has figures."""
        if field.kind is not FieldKind.BY_SUBJECT:
            return field.required
        subjects = self._subjects(field)
        return field.required and bool(subjects and subjects.with_figures())

    def _value(self, field: FieldSpec, node: Node) -> Value:
        if field.kind in _SIMPLE:
            return _SIMPLE[field.kind](node, self._faults)
        if field.kind is FieldKind.AMOUNT:
            return read_amount(node, self._unit, self._faults)
        if field.kind is FieldKind.GROUP:
            return self._group(field, node)
        if field.kind is FieldKind.LIST:
            return self._list(field, node)
        if field.kind is FieldKind.FREE_TABLE:
            return read_free_table(field, node, self._unit, self._faults)
        if field.kind is FieldKind.BY_SUBJECT:
            return self._by_subject(field, node)
        if field.kind is FieldKind.INDICATOR_AMOUNTS:
            return self._indicators(field, node, lambda value: read_amount(value, self._unit, self._faults), True)
        return self._indicators(field, node, lambda value: read_phrase(value, self._faults), False)

    def _group(self, field: FieldSpec, node: Node) -> dict[str, Value]:
        names = [part.name for part in field.below]
        if not isinstance(node, Mapping):
            message = f"“{field.name}”下面应写：{'、'.join(names)}。"
            mapping_of(node, message, self._faults)
            return self._empty_group(field)
        return self.group(field.below, node, refuse_unknown(names, node, self._faults))

    def _list(self, field: FieldSpec, node: Node) -> list[Value]:
        if not isinstance(node, Sequence):
            self._faults.add(Code.WRONG_SHAPE, f"“{field.name}”应是一个列表，每项以“- ”开头。", node.place)
            return []
        groups: list[Value] = []
        if says_nothing(node):
            return groups
        for index, item in enumerate(node.items, 1):
            with self._faults.within(f"第 {index} 项"):
                groups.append(self._group(field, item))
        return groups

    def _by_subject(self, field: FieldSpec, node: Node) -> dict[str, Value]:
        """A group for every last-level subject of the table, empty where nothing is given for it."""
        message = f"“{field.name}”下面应逐个写{field.subjects_from} 的科目，如“2010301 行政运行:”，再缩进写它的各项。"
        entries = mapping_of(node, message, self._faults)
        subjects = self._subjects(field)
        given: dict[str, Value] = {}
        first: dict[str, Place] = {}
        for key, part in entries.items():
            assert isinstance(node, Mapping)
            place = node.keys[key]
            with self._faults.within(key):
                code = subjects.code_of(key, place, self._faults) if subjects else key
                if code and code in first:
                    message = f"“{key}”写了两次（第一次在第 {first[code].line} 行），请合成一处，只保留一个。"
                    self._faults.add(Code.SUBJECT_TWICE, message, place, first[code])
                elif code and not is_empty(part):
                    given[code] = self._group(field, part)
                first.setdefault(code, place)
        if subjects is None:
            return {}
        absent = [code for code in subjects.with_figures() if code not in given]
        # A key that means no subject was perhaps meant for one of those absent.
        if field.required and absent and "" not in first:
            names = "、".join(subjects.title(code) for code in absent)
            self._faults.add(Code.MISSING, f"“{field.name}”缺少{names}：{field.guide}", node.place)
        return {code: given.get(code) or self._empty_group(field) for code in subjects.names}

    def _subjects(self, field: FieldSpec) -> Subjects | None:
        """The subjects of fields by subject; `None` where the tables have faults."""
        return Subjects(self._ledger, self._edition.tables[field.subjects_from]) if self._ledger else None

    def _indicators(
        self, field: FieldSpec, node: Node, read: Callable[[Node], Value], complete: bool
    ) -> dict[str, Value]:
        names = self._edition.indicators_of(field)
        if field.from_file and isinstance(node, Scalar):
            return self._of_last_year(names, node)
        entries = mapping_of(node, f"“{field.name}”下面应逐行写指标，如“{names[0]}: ……”。", self._faults)
        misspelt = refuse_unknown(names, node, self._faults) if isinstance(node, Mapping) else set()
        values: dict[str, Value] = dict.fromkeys(names)
        for name in names:
            if name in entries:
                with self._faults.within(name):
                    values[name] = read(entries[name])
        absent = [name for name in names if name not in misspelt and (name not in entries or is_empty(entries[name]))]
        if complete and isinstance(node, Mapping) and absent:
            message = f"“{field.name}”缺少{'、'.join(absent)}；没有发生额的请填 0。"
            self._faults.add(Code.MISSING, message, node.place)
        return values

    def _of_last_year(self, names: list[str], node: Scalar) -> dict[str, Value]:
        """The indicators from last year's file; those that last year's edition did not have are 0."""
        previous = self._previous
        return {name: (previous.indicator(name) or ZERO) if previous else ZERO for name in names}

    def _empty(self, field: FieldSpec) -> Value:
        if field.kind is FieldKind.GROUP:
            return self._empty_group(field)
        if field.kind in (FieldKind.INDICATOR_AMOUNTS, FieldKind.INDICATOR_PHRASES):
            return dict.fromkeys(self._edition.indicators_of(field))
        if field.kind is FieldKind.BY_SUBJECT:
            subjects = self._subjects(field)
            return {code: self._empty_group(field) for code in (subjects.names if subjects else ())}
        return _EMPTY.get(field.kind)

    def _empty_group(self, field: FieldSpec) -> dict[str, Value]:
        return {part.name: self._empty(part) for part in field.below}
