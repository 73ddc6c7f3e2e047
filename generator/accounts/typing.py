"""The fields beside the tables, typed as the edition's specification of them says."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Mapping as Dictionary
from typing import Any

from generator.accounts.last_year import LastYear
from generator.accounts.ledger import ZERO
from generator.accounts.values import (
    MISSING,
    WRONG_SHAPE,
    Faults,
    Unit,
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
)
from generator.edition import Edition, FieldKind, FieldSpec
from generator.findings import Place
from generator.reading import Mapping, Node, Scalar, Sequence

Value = Any
"""What a field holds: `str`, `Decimal`, `int`, `None`, tuples of texts, or dicts and lists of these."""

_SIMPLE: Dictionary[FieldKind, Callable[[Node, Faults], Value]] = {
    FieldKind.TEXT: read_text,
    FieldKind.PHRASE: read_phrase,
    FieldKind.PARAGRAPHS: read_paragraphs,
    FieldKind.NAMES: read_names,
    FieldKind.TERMS: read_terms,
    FieldKind.COUNT: read_count,
    FieldKind.NUMBER: read_number,
}
_EMPTY: Dictionary[FieldKind, Value] = {
    FieldKind.PARAGRAPHS: (),
    FieldKind.NAMES: (),
    FieldKind.LIST: [],
    FieldKind.TERMS: {},
}


class FieldReader:
    """Types the fields of one file."""

    def __init__(self, edition: Edition, unit: Unit, faults: Faults, previous: LastYear | None) -> None:
        self._edition = edition
        self._unit = unit
        self._faults = faults
        self._previous = previous

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
        if node is None or _is_empty(node):
            if field.required:
                place = node.place if node else parent
                self._faults.add(MISSING, f"缺少“{field.name}”：{field.guide}", place)
            return self._empty(field)
        value = self._value(field, node)
        if field.at_least and len(value) < field.at_least:
            self._faults.add(MISSING, f"“{field.name}”至少要有 {field.at_least} 项：{field.guide}", node.place)
        return value

    def _value(self, field: FieldSpec, node: Node) -> Value:
        if field.kind in _SIMPLE:
            return _SIMPLE[field.kind](node, self._faults)
        if field.kind is FieldKind.AMOUNT:
            return read_amount(node, self._unit, self._faults)
        if field.kind is FieldKind.GROUP:
            return self._group(field, node)
        if field.kind is FieldKind.LIST:
            return self._list(field, node)
        if field.kind is FieldKind.INDICATOR_AMOUNTS:
            return self._indicators(field, node, lambda value: read_amount(value, self._unit, self._faults), True)
        return self._indicators(field, node, lambda value: read_phrase(value, self._faults), False)

    def _group(self, field: FieldSpec, node: Node) -> dict[str, Value]:
        names = [part.name for part in field.below]
        if not isinstance(node, Mapping):
            message = f"“{field.name}”下面应写：{'、'.join(names)}。"
            self._faults.add(WRONG_SHAPE, message, node.place)
            return self._empty_group(field)
        return self.group(field.below, node, refuse_unknown(names, node, self._faults))

    def _list(self, field: FieldSpec, node: Node) -> list[Value]:
        if not isinstance(node, Sequence):
            self._faults.add(WRONG_SHAPE, f"“{field.name}”应是一个列表，每项以“- ”开头。", node.place)
            return []
        return [self._group(field, item) for item in node.items]

    def _indicators(
        self, field: FieldSpec, node: Node, read: Callable[[Node], Value], complete: bool
    ) -> dict[str, Value]:
        names = self._edition.indicators_of(field)
        if field.from_file and isinstance(node, Scalar):
            return self._of_last_year(names, node)
        entries = mapping_of(node, f"“{field.name}”下面应逐行写指标，如“{names[0]}: ……”。", self._faults)
        misspelt = refuse_unknown(names, node, self._faults) if isinstance(node, Mapping) else set()
        values = {name: read(entries[name]) if name in entries else None for name in names}
        absent = [name for name in names if name not in misspelt and (name not in entries or _is_empty(entries[name]))]
        if complete and isinstance(node, Mapping) and absent:
            message = f"“{field.name}”缺少{'、'.join(absent)}；没有发生额的请填 0。"
            self._faults.add(MISSING, message, node.place)
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
        return _EMPTY.get(field.kind)

    def _empty_group(self, field: FieldSpec) -> dict[str, Value]:
        return {part.name: self._empty(part) for part in field.below}


def _is_empty(node: Node) -> bool:
    return isinstance(node, Scalar) and (node.empty or not node.text.strip())
