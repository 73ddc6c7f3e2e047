"""The JSON Schema of a department's file, for editors that complete and check while one types."""

from __future__ import annotations

from typing import Any

from generator.accounts.loading import DEPARTMENT, EDITION, SUBJECTS, TABLES, UNIT, YEAR
from generator.accounts.values import Unit
from generator.edition import Block, Edition, FieldKind, FieldSpec, TableSpec

Schema = dict[str, Any]

HEAD_GUIDES = {
    EDITION: "使用的版本（哪一年、哪个地方的格式）。",
    YEAR: "决算年度。",
    DEPARTMENT: "部门全称；文件名、封面和各表都用它。",
    UNIT: "全部金额的单位：元或万元。公布时一律为万元，保留两位小数。",
    SUBJECTS: "版本的科目表里没有的功能分类科目，逐行写“编码: 名称”；没有的不填。",
    TABLES: "各张决算表的金额。每个数只填一次：能由别的数算出的不用填；填了的会核对。",
}

_AMOUNT: Schema = {
    "oneOf": [
        {"type": "number"},
        {"type": "string", "pattern": r"^-?([1-9][0-9]{0,2}(,[0-9]{3})+|0|[1-9][0-9]*)(\.[0-9]{1,2})?$"},
    ]
}
_TEXT: Schema = {"type": ["string", "number", "null"]}
_TEXTS: Schema = {"type": "array", "items": {"type": ["string", "number"]}}
_SIMPLE: dict[FieldKind, Schema] = {
    FieldKind.TEXT: _TEXT,
    FieldKind.PHRASE: _TEXT,
    FieldKind.PARAGRAPHS: {"oneOf": [{"type": "string"}, _TEXTS]},
    FieldKind.NAMES: _TEXTS,
    FieldKind.TERMS: {"type": "object", "additionalProperties": _TEXT},
    FieldKind.AMOUNT: _AMOUNT,
    FieldKind.COUNT: {"type": "integer", "minimum": 0},
    FieldKind.NUMBER: {"type": "number", "minimum": 0},
}
_SUBJECT_PATTERN = r"^[0-9]{3}([0-9]{2}){0,2}( .+)?$"


def json_schema(edition: Edition) -> Schema:
    """The schema of the files of `edition` (JSON Schema, draft 2020-12), every field with its description."""
    properties: dict[str, Schema] = {
        EDITION: {"const": edition.identifier},
        YEAR: {"const": edition.year},
        DEPARTMENT: {"type": "string", "minLength": 1, "maxLength": 60},
        UNIT: {"enum": [unit.value for unit in Unit]},
        SUBJECTS: {"type": "object", "patternProperties": {r"^[0-9]{3}([0-9]{2}){0,2}$": {"type": "string"}}},
        TABLES: _object({table.number: _table(edition, table) for table in edition.tables.values()}, ()),
    }
    properties = {name: schema | {"description": HEAD_GUIDES[name]} for name, schema in properties.items()}
    properties |= {field.name: _field(edition, field) for field in edition.fields}
    required = [EDITION, YEAR, DEPARTMENT, UNIT, TABLES, *(f.name for f in edition.fields if f.required)]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": edition.title,
        **_object(properties, tuple(required)),
    }


def _object(properties: dict[str, Schema], required: tuple[str, ...]) -> Schema:
    schema: Schema = {"type": "object", "properties": properties, "additionalProperties": False}
    return schema | ({"required": list(required)} if required else {})


def _field(edition: Edition, field: FieldSpec) -> Schema:
    return _shape(edition, field) | {"description": field.guide}


def _shape(edition: Edition, field: FieldSpec) -> Schema:
    if field.kind in _SIMPLE:
        return _SIMPLE[field.kind]
    if field.kind in (FieldKind.GROUP, FieldKind.LIST):
        below = {part.name: _field(edition, part) for part in field.below}
        group = _object(below, tuple(part.name for part in field.below if part.required))
        if field.kind is FieldKind.GROUP:
            return group
        return {"type": "array", "items": group, "minItems": field.at_least}
    names = edition.indicators_of(field)
    if field.kind is FieldKind.INDICATOR_AMOUNTS:
        figures = _object(dict.fromkeys(names, _AMOUNT), tuple(names))
        return {"oneOf": [figures, {"type": "string", "minLength": 1}]} if field.from_file else figures
    return _object(dict.fromkeys(names, _TEXT), ())


def _table(edition: Edition, table: TableSpec) -> Schema:
    rows: dict[str, Schema] = {}
    patterns: dict[str, Schema] = {}
    for block in table.blocks:
        figures = _figures(block)
        if block.subjects:
            patterns[_SUBJECT_PATTERN] = figures
            if table.total:
                rows[table.total] = figures
        rows |= {row.name: figures for row in block.fixed_rows if not row.is_blank}
    guide = " ".join(part for part in (table.title + "。", table.guide) if part)
    schema = _object(rows, ()) | {"description": guide}
    return schema | ({"patternProperties": patterns} if patterns else {})


def _figures(block: Block) -> Schema:
    columns: Schema = _object({column.name: _AMOUNT for column in block.amounts}, ())
    return {"oneOf": [*_AMOUNT["oneOf"], columns]} if len(block.amounts) == 1 else columns
