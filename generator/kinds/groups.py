"""Fields with fields below them: one group, or any number of groups alike."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, ClassVar

from generator.findings import Code
from generator.kinds.changes import EntryChange, Spot, Write, flat, with_moves
from generator.kinds.field import STEP, FieldFigure, FieldKind, FieldSpec, FileAtHand, Form, Value
from generator.kinds.names import Name
from generator.kinds.schema import Schema, keyed
from generator.kinds.values import mapping_of, refuse_unknown, says_nothing
from generator.reading import Mapping, Node, Sequence

Values = dict[str, Value]


def read_fields(fields: tuple[FieldSpec, ...], node: Mapping, misspelt: set[str], file: FileAtHand) -> Values:
    """The values of `fields`, every one of them present: those left out are empty.

    Those that are `misspelt` in `node` are not reported as missing too.
    """
    return {
        field.name: field.kind.empty(field, file)
        if field.name in misspelt
        else field.read(node.entries.get(field.name), node.place, file)
        for field in fields
    }


def empty_fields(fields: tuple[FieldSpec, ...], file: FileAtHand) -> Values:
    """The values of `fields` where nothing is given."""
    return {field.name: field.kind.empty(field, file) for field in fields}


def figures_of(fields: tuple[FieldSpec, ...], values: Values) -> Iterator[FieldFigure]:
    """Every number that the edition asks for in the `values` of `fields`."""
    for field in fields:
        for figure in field.kind.figures(field, values.get(field.name)):
            yield figure.below(field.name)


class GroupOfFields(FieldKind):
    """Fields below it."""

    name, how_to_write = "组", "下面缩进写各项"
    needs = ("下级",)
    is_group = True

    def read(self, field: FieldSpec, node: Node, file: FileAtHand) -> Any:
        names = [part.name for part in field.below]
        if not isinstance(node, Mapping):
            message = f"“{field.name}”下面应写：{'、'.join(names)}。"
            mapping_of(node, message, file.faults)
            return empty_fields(field.below, file)
        return read_fields(field.below, node, refuse_unknown(names, node, file.faults), file)

    def empty(self, field: FieldSpec, file: FileAtHand) -> Any:
        return empty_fields(field.below, file)

    def blank(self, field: FieldSpec, form: Form) -> Iterator[str]:
        for part in field.below:
            yield from part.blank(form)

    def schema(self, field: FieldSpec, form: Form) -> Schema:
        required = tuple(part.name for part in field.below if part.required)
        return keyed({part.name: part.for_editors(form) for part in field.below}, required)

    def shown(self, field: FieldSpec, form: Form) -> Name:
        return replace(self.entry(field, form), optional=not field.required)

    def entry(self, field: FieldSpec, form: Form) -> Name:
        """What a template may name of one group that there is."""
        return Name(self.name, field.guide, parts={part.name: part.shown(form) for part in field.below})

    def figures(self, field: FieldSpec, value: Any) -> Iterator[FieldFigure]:
        yield from figures_of(field.below, value or {})

    def changed(self, field: FieldSpec, old: Any, new: Any, spot: Spot, amount: Write) -> Iterator[EntryChange]:
        for part in field.below:
            values = (old or {}).get(part.name), (new or {}).get(part.name)
            yield from part.changed(*values, spot.part(part.name), amount)


GROUP = GroupOfFields()


class ListOfGroups(FieldKind):
    """Any number of groups."""

    name, how_to_write = "列表", "每一项前面加“- ”，项数不限"
    needs = ("下级",)
    repeats = True
    nothing: ClassVar[Value] = []

    def read(self, field: FieldSpec, node: Node, file: FileAtHand) -> list[Values]:
        if not isinstance(node, Sequence):
            file.faults.add(Code.WRONG_SHAPE, f"“{field.name}”应是一个列表，每项以“- ”开头。", node.place)
            return []
        groups: list[Values] = []
        for index, item in enumerate(() if says_nothing(node) else node.items, 1):
            with file.faults.within(f"第 {index} 项"):
                groups.append(GROUP.read(field, item, file))
        return groups

    def blank(self, field: FieldSpec, form: Form) -> Iterator[str]:
        guide, entry, *others = GROUP.blank(field, form)
        yield from (f"{STEP}{guide}", f"- {entry}", *(f"{STEP}{line}" for line in others))

    def schema(self, field: FieldSpec, form: Form) -> Schema:
        return {"type": "array", "items": GROUP.schema(field, form), "minItems": field.at_least}

    def shown(self, field: FieldSpec, form: Form) -> Name:
        return Name(self.name, field.guide, items=(GROUP.entry(field, form),))

    def figures(self, field: FieldSpec, value: Any) -> Iterator[FieldFigure]:
        for index, item in enumerate(value or ()):
            yield from (figure.below(index) for figure in GROUP.figures(field, item))

    def changed(self, field: FieldSpec, old: Any, new: Any, spot: Spot, amount: Write) -> Iterator[EntryChange]:
        old, new = old or [], new or []
        before, after = [flat(item) for item in old], [flat(item) for item in new]
        for i, j, moved in with_moves(before, after):
            at = spot.item(i, j)
            if i is None or j is None or moved:
                yield EntryChange(at, before[i] if i is not None else "", after[j] if j is not None else "", moved)
                continue
            for part in field.below:
                yield from part.changed(old[i].get(part.name), new[j].get(part.name), at.below(part.name), amount)
