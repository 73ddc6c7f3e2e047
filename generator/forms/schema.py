"""The JSON Schema of a department's file, for editors that complete and check while one types."""

from __future__ import annotations

from typing import Any

from generator.edition import Block, Edition, FieldKind, FieldSpec, TableSpec
from generator.edition import department_file as file
from generator.edition.free_columns import Alignment, CellContent, FreeColumn
from generator.numbers import TYPED_WHOLE

Schema = dict[str, Any]

HEAD_GUIDES = {
    file.EDITION: "使用的版本（哪一年、哪个地方的格式）。",
    file.YEAR: "决算年度。",
    file.DEPARTMENT: "部门全称；文件名、封面和各表都用它。",
    file.UNIT: "全部金额的单位：元或万元。公布时一律为万元，保留两位小数。",
    file.SUBJECTS: "版本的科目表里没有的功能分类科目，逐行写“编码: 名称”；没有的不填。",
    file.TABLES: "各张决算表的金额。每个数只填一次：能由别的数算出的不用填；填了的会核对。",
    file.CONFIRMED: "文字核对时说到、核实没有问题的，逐行写“原文: 理由”；没有的不填。",
    file.CORRECTIONS: "公布以后改过的，每次更正记一项：日期、原因、位置（表/行/栏，或字段）；没有更正过的不填。",
}

_AMOUNT: Schema = {
    "oneOf": [
        {"type": "number"},
        {"type": "string", "pattern": rf"^{TYPED_WHOLE}(\.[0-9]{{1,2}})?$"},
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
    FieldKind.OUTLINE: {"$ref": "#/$defs/层次1"},
}
_CORRECTIONS: Schema = {
    "type": ["array", "null"],
    "maxItems": file.MAXIMUM_CORRECTIONS,
    "items": {
        "type": "object",
        "properties": {
            file.DATE: {"type": "string", "pattern": r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$", "description": "如 2021-09-30。"},
            file.REASON: {"type": "string", "minLength": 1, "description": "为什么更正。"},
            file.PLACES: {
                "type": "array",
                "minItems": 1,
                "items": {"type": "string", "minLength": 1},
                "description": "改了哪里：表5/2060101/基本支出，或 三公经费/总体情况；也可以只写表号或字段名。",
            },
        },
        "required": [file.DATE, file.REASON, file.PLACES],
        "additionalProperties": False,
    },
}
_CONFIRMED: Schema = {
    "type": ["object", "null"],
    "maxProperties": file.MAXIMUM_CONFIRMED,
    "additionalProperties": {"type": "string", "minLength": 1},
}
_SUBJECT_PATTERN = r"^[0-9]{3}([0-9]{2}){0,2}( .+)?$"


def json_schema(edition: Edition) -> Schema:
    """The schema of the files of `edition` (JSON Schema, draft 2020-12), every field with its description."""
    properties: dict[str, Schema] = {
        file.EDITION: {"const": edition.identifier},
        file.YEAR: {"const": edition.year},
        file.DEPARTMENT: {"type": "string", "minLength": 1, "maxLength": 60},
        file.UNIT: {"enum": [unit.value for unit in file.Unit]},
        file.SUBJECTS: {"type": "object", "patternProperties": {r"^[0-9]{3}([0-9]{2}){0,2}$": {"type": "string"}}},
        file.TABLES: _object({table.number: _table(edition, table) for table in edition.tables.values()}, ()),
    }
    properties = {name: schema | {"description": HEAD_GUIDES[name]} for name, schema in properties.items()}
    properties |= {field.name: _field(edition, field) for field in edition.fields}
    properties[file.CONFIRMED] = _CONFIRMED | {"description": HEAD_GUIDES[file.CONFIRMED]}
    properties[file.CORRECTIONS] = _CORRECTIONS | {"description": HEAD_GUIDES[file.CORRECTIONS]}
    required = [*file.HEAD, file.TABLES, *(f.name for f in edition.fields if f.required)]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": edition.title,
        **_object(properties, tuple(required)),
        "$defs": {"栏目": _HEADS} | {f"层次{level}": _outline(level) for level in range(1, file.DEEPEST + 1)},
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
    if field.kind is FieldKind.FREE_TABLE:
        return _free_table(field)
    if field.kind is FieldKind.BY_SUBJECT:
        group = _object({part.name: _field(edition, part) for part in field.below}, ())
        return {"type": "object", "patternProperties": {_SUBJECT_PATTERN: group}, "additionalProperties": False}
    names = edition.indicators_of(field)
    if field.kind is FieldKind.INDICATOR_AMOUNTS:
        figures = _object(dict.fromkeys(names, _AMOUNT), tuple(names))
        return {"oneOf": [figures, {"type": "string", "minLength": 1}]} if field.from_file else figures
    return _object(dict.fromkeys(names, _TEXT), ())


def _free_table(field: FieldSpec) -> Schema:
    """A free table; where the edition gives the columns the rows alone will do."""
    rows = {"type": "array", "items": _row(field.columns), "minItems": 1, "maxItems": file.MAXIMUM_ROWS}
    parts: dict[str, Schema] = {
        file.TITLE: {"type": "string", "description": "表的标题，可以不写。"},
        file.HEADS: {"$ref": "#/$defs/栏目", "description": "各栏的名称；要加总的栏写 {头: 支出, 类型: 金额}。"},
        file.ROWS: rows | {"description": f"各行；“{file.ABOVE}”“{file.LEFT}”表示和那一格合并。"},
        file.TOTAL_ROW: {"type": ["string", "boolean"], "description": "写“是”就加合计行，也可以写合计行的名称。"},
        file.NOTES: _SIMPLE[FieldKind.PARAGRAPHS] | {"description": "表下面的注，可以不写。"},
    }
    if not field.heads:
        return _object(parts, (file.HEADS, file.ROWS))
    del parts[file.HEADS]
    return {"oneOf": [rows, _object(parts, (file.ROWS,))]}


def _row(columns: tuple[FreeColumn, ...]) -> Schema:
    """A row: a list of cells, or cells by column name."""
    if not columns:
        return {"oneOf": [{"type": "array", "items": _TEXT}, {"type": "object", "additionalProperties": _TEXT}]}
    cells = [_cell(column) for column in columns]
    listed: Schema = {"type": "array", "prefixItems": cells, "minItems": len(cells), "maxItems": len(cells)}
    return {"oneOf": [listed, _object({c.name: cell for c, cell in zip(columns, cells, strict=True)}, ())]}


def _cell(column: FreeColumn) -> Schema:
    cell = _TEXT
    if column.content is not CellContent.TEXT:
        cell = {"anyOf": [_AMOUNT, {"type": "null"}, {"enum": ["", file.ABOVE, file.LEFT]}]}
    return cell | {"description": column.caption or "（无名栏）"}


_HEADS: Schema = {
    "type": "array",
    "minItems": 1,
    "items": {
        "oneOf": [
            {"type": "string"},
            _object(
                {
                    "头": {"type": "string", "description": "栏目的名称。"},
                    "键": {"type": "string", "description": "栏目同名时另起的名称。"},
                    "宽": {"type": "number", "exclusiveMinimum": 0, "description": "大约几个字宽；不写则按内容定。"},
                    "对齐": {"enum": [kind.value for kind in Alignment], "description": "不写则文字靠左、数靠右。"},
                    "类型": {"enum": [kind.value for kind in CellContent], "description": "这一栏填什么；不写即文字。"},
                    "下级": {"$ref": "#/$defs/栏目", "description": "它下面的各栏。"},
                },
                ("头",),
            ),
        ]
    },
}


def _outline(level: int) -> Schema:
    """The items of one level of numbered prose."""
    item: Schema = {"type": ["string", "number"]}
    if level < file.DEEPEST:
        below = {"$ref": f"#/$defs/层次{level + 1}"}
        parts = {
            file.TEXT: {"type": "string", "description": "文字，不写编号。"},
            file.BELOW: below | {"description": "它的下级。"},
        }
        keyed = {"type": "object", "minProperties": 1, "maxProperties": 1, "not": {"required": [file.TEXT]}}
        item = {"oneOf": [item, _object(parts, (file.TEXT,)), keyed | {"additionalProperties": below}]}
    return {"type": "array", "items": item, "maxItems": file.MAXIMUM_ITEMS}


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
