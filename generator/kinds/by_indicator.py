"""Fields by indicator: something for each of the indicators that the edition compares."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from generator.findings import Code
from generator.kinds.changes import EntryChange, Spot, Write, merged
from generator.kinds.field import FieldFigure, FieldKind, FieldSpec, FileAtHand, Form, Value
from generator.kinds.figures import Amount
from generator.kinds.names import Name
from generator.kinds.schema import Schema, keyed
from generator.kinds.texts import Phrase
from generator.kinds.values import is_empty, mapping_of, refuse_unknown
from generator.reading import Mapping, Node, Scalar

Values = dict[str, Value]
LAST_YEAR_FILE = "上年文件"
"""Names last year's file beside the figures that it lacks."""


def last_year_file(field: FieldSpec, node: Node | None) -> Scalar | None:
    """Where `field` names last year's file (可用文件): alone, or beside figures; `None` where it does not."""
    named = node.entries.get(LAST_YEAR_FILE) if isinstance(node, Mapping) else node
    return named if field.from_file and isinstance(named, Scalar) and not is_empty(named) else None


def last_year_path(named: Scalar) -> Path:
    """The path that `named`, last year's file, gives, from the folder of the file that names it."""
    return Path(named.text.strip().replace("\\", "/"))


class IndicatorPhrases(FieldKind):
    """A phrase for some of the indicators."""

    name, how_to_write = "指标说明", "有变动的逐项写原因"
    needs = ("基数",)
    in_sentence = True
    each: FieldKind = Phrase()
    """What stands for each indicator."""

    def read(self, field: FieldSpec, node: Node, file: FileAtHand) -> Values:
        names = file.form.indicators_of(field)
        before = last_year_file(field, node)
        entries: dict[str, Node] = {}
        if node is not before:
            entries = mapping_of(node, f"“{field.name}”下面应逐行写指标，如“{names[0]}: ……”。", file.faults)
        known = [*names, LAST_YEAR_FILE] if field.from_file else names
        misspelt = refuse_unknown(known, node, file.faults) if isinstance(node, Mapping) else set()
        values: Values = {name: file.last_year(name) if before else None for name in names}
        for name in names:
            if name in entries and not is_empty(entries[name]):
                with file.faults.within(name):
                    values[name] = self.each.read(field, entries[name], file)
        said = {name for name in names if name in entries and not is_empty(entries[name])}
        absent = [name for name in names if name not in misspelt | said and values[name] is None]
        if self.is_amount and absent and (before or isinstance(node, Mapping)):
            file.faults.add(Code.MISSING, _say_absent(field, absent, before), node.place)
        return values

    def empty(self, field: FieldSpec, file: FileAtHand) -> Values:
        return dict.fromkeys(file.form.indicators_of(field))

    def blank(self, field: FieldSpec, form: Form) -> Iterator[str]:
        yield from (f"{name}:" for name in form.indicators_of(field))

    def schema(self, field: FieldSpec, form: Form) -> Schema:
        return keyed(dict.fromkeys(form.indicators_of(field), self.each.schema(field, form)))

    def shown(self, field: FieldSpec, form: Form) -> Name:
        part = self.each.shown(field, form)
        return Name(self.name, field.guide, parts=dict.fromkeys(form.compared(field.comparison), part))

    def changed(self, field: FieldSpec, old: Any, new: Any, spot: Spot, amount: Write) -> Iterator[EntryChange]:
        for name in merged(old or {}, new or {}):
            values = (old or {}).get(name), (new or {}).get(name)
            if values[0] != values[1]:
                yield from self.each.changed(field, *values, spot.part(name), amount)


def _say_absent(field: FieldSpec, absent: list[str], before: Scalar | None) -> str:
    names = "、".join(absent)
    if before is None:
        return f"“{field.name}”缺少{names}；没有发生额的请填 0。"
    return (
        f"上年的填报文件“{before.text.strip()}”没有{names}：请在“{field.name}:”下面缩进写一行"
        f"“{LAST_YEAR_FILE}: {before.text.strip()}”，再逐行写这些指标上年的数；没有发生额的填 0。"
    )


class IndicatorAmounts(IndicatorPhrases):
    """An amount for each indicator, perhaps from last year's file."""

    name, how_to_write = "指标金额", "逐项写金额，没有发生的写 0"
    is_amount, in_sentence = True, False
    each = Amount()

    def figures(self, field: FieldSpec, value: Any) -> Iterator[FieldFigure]:
        for name, amount in (value or {}).items():
            yield from (figure.below(name) for figure in self.each.figures(field, amount))

    def schema(self, field: FieldSpec, form: Form) -> Schema:
        names = form.indicators_of(field)
        properties = dict.fromkeys(names, self.each.schema(field, form))
        if not field.from_file:
            return keyed(properties, tuple(names))
        file: Schema = {"type": "string", "minLength": 1}
        beside = keyed({LAST_YEAR_FILE: file} | properties, (LAST_YEAR_FILE,))
        return {"oneOf": [keyed(properties, tuple(names)), file, beside]}
