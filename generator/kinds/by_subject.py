"""Fields by subject: a group for each last-level subject of a table."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from generator.findings import Code, Place
from generator.kinds.changes import EntryChange, Spot, Write, merged
from generator.kinds.field import STEP, FieldFigure, FieldKind, FieldSpec, FileAtHand, Form, Value
from generator.kinds.groups import GROUP
from generator.kinds.names import Name
from generator.kinds.schema import SUBJECT_PATTERN, Schema, keyed
from generator.kinds.subjects import sample_subject
from generator.kinds.values import is_empty, mapping_of
from generator.reading import Mapping, Node


class BySubject(FieldKind):
    """A group for each last-level subject of a table."""

    name, how_to_write = "分科目", "按科目编码逐个写"
    needs = ("下级", "科目来自")
    repeats = True

    def read(self, field: FieldSpec, node: Node, file: FileAtHand) -> Any:
        """A group for every last-level subject of the table, empty where nothing is given for it."""
        message = f"“{field.name}”下面应逐个写{field.subjects_from} 的科目，如“2010301 行政运行:”，再缩进写它的各项。"
        entries = mapping_of(node, message, file.faults)
        subjects = file.subjects(field.subjects_from)
        given: dict[str, Value] = {}
        first: dict[str, Place] = {}
        for key, part in entries.items():
            assert isinstance(node, Mapping)
            place = node.keys[key]
            with file.faults.within(key):
                code = subjects.code_of(key, place, file.faults) if subjects else key
                if code and code in first:
                    message = f"“{key}”写了两次（第一次在第 {first[code].line} 行），请合成一处，只保留一个。"
                    file.faults.add(Code.SUBJECT_TWICE, message, place, first[code])
                elif code and not is_empty(part):
                    given[code] = GROUP.read(field, part, file)
                first.setdefault(code, place)
        if subjects is None:
            return {}
        absent = [code for code in subjects.with_figures if code not in given]
        # A key that means no subject was perhaps meant for one of those absent.
        if field.required and absent and "" not in first:
            names = "、".join(subjects.title(code) for code in absent)
            file.faults.add(Code.MISSING, f"“{field.name}”缺少{names}：{field.guide}", node.place)
        return self.empty(field, file) | {code: group for code in subjects.names if (group := given.get(code))}

    def empty(self, field: FieldSpec, file: FileAtHand) -> Any:
        subjects = file.subjects(field.subjects_from)
        return {code: GROUP.empty(field, file) for code in (subjects.names if subjects else ())}

    def is_required(self, field: FieldSpec, file: FileAtHand) -> bool:
        """Only where a subject has figures must there be something."""
        subjects = file.subjects(field.subjects_from)
        return field.required and bool(subjects and subjects.with_figures)

    def blank(self, field: FieldSpec, form: Form) -> Iterator[str]:
        yield f"# 按{field.subjects_from} 的末级科目逐个填写，例如："
        yield f"# {sample_subject(form.subjects_of(field.subjects_from))}:"
        yield from (f"# {STEP}{line}" for line in GROUP.blank(field, form))

    def schema(self, field: FieldSpec, form: Form) -> Schema:
        group = keyed({part.name: part.for_editors(form) for part in field.below})
        return {"type": "object", "patternProperties": {SUBJECT_PATTERN: group}, "additionalProperties": False}

    def shown(self, field: FieldSpec, form: Form) -> Name:
        codes = frozenset(form.subjects_of(field.subjects_from))
        return Name(self.name, field.guide, by_code=GROUP.entry(field, form), codes=codes)

    def figures(self, field: FieldSpec, value: Any) -> Iterator[FieldFigure]:
        for code, group in (value or {}).items():
            yield from (figure.below(code) for figure in GROUP.figures(field, group))

    def changed(self, field: FieldSpec, old: Any, new: Any, spot: Spot, amount: Write) -> Iterator[EntryChange]:
        for code in merged(old or {}, new or {}):
            groups = (old or {}).get(code), (new or {}).get(code)
            yield from GROUP.changed(field, *groups, spot.part(code), amount)
