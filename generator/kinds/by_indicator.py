"""Fields by indicator: something for each of the indicators that the edition compares."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from generator.findings import Code
from generator.kinds.changes import EntryChange, Spot, Write, merged
from generator.kinds.field import FieldKind, FieldSpec, FileAtHand, Form, Value
from generator.kinds.figures import Amount
from generator.kinds.names import Name
from generator.kinds.schema import Schema, keyed
from generator.kinds.texts import Phrase
from generator.kinds.values import is_empty, mapping_of, refuse_unknown
from generator.reading import Mapping, Node, Scalar

Values = dict[str, Value]


class IndicatorPhrases(FieldKind):
    """A phrase for some of the indicators."""

    name, how_to_write = "指标说明", "有变动的逐项写原因"
    needs = ("基数",)
    is_reason = True
    each: FieldKind = Phrase()
    """What stands for each indicator."""

    def read(self, field: FieldSpec, node: Node, file: FileAtHand) -> Values:
        names = file.form.indicators_of(field)
        if field.from_file and isinstance(node, Scalar):
            return {name: file.last_year(name) for name in names}
        entries = mapping_of(node, f"“{field.name}”下面应逐行写指标，如“{names[0]}: ……”。", file.faults)
        misspelt = refuse_unknown(names, node, file.faults) if isinstance(node, Mapping) else set()
        values: Values = dict.fromkeys(names)
        for name in names:
            if name in entries:
                with file.faults.within(name):
                    values[name] = self.each.read(field, entries[name], file)
        absent = [name for name in names if name not in misspelt and (name not in entries or is_empty(entries[name]))]
        if self.is_amount and isinstance(node, Mapping) and absent:
            message = f"“{field.name}”缺少{'、'.join(absent)}；没有发生额的请填 0。"
            file.faults.add(Code.MISSING, message, node.place)
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


class IndicatorAmounts(IndicatorPhrases):
    """An amount for each indicator, perhaps from last year's file."""

    name, how_to_write = "指标金额", "逐项写金额，没有发生的写 0"
    is_amount, is_reason = True, False
    each = Amount()

    def schema(self, field: FieldSpec, form: Form) -> Schema:
        names = form.indicators_of(field)
        figures = keyed(dict.fromkeys(names, self.each.schema(field, form)), tuple(names))
        return {"oneOf": [figures, {"type": "string", "minLength": 1}]} if field.from_file else figures
