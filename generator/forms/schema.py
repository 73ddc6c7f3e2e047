"""The JSON Schema of a department's file, for editors that complete and check while one types."""

from __future__ import annotations

from generator.edition import Block, Edition, TableSpec
from generator.edition import department_file as file
from generator.kinds import AMOUNT, KINDS, SUBJECT_PATTERN, Schema, keyed
from generator.numbers import Unit

_HEAD_GUIDES = {
    file.EDITION: "使用的版本（哪一年、哪个地方的格式）。",
    file.YEAR: "决算年度。",
    file.DEPARTMENT: "部门全称；文件名、封面和各表都用它。",
    file.SUBJECTS: "版本的科目表里没有的功能分类科目，逐行写“编码: 名称”；没有的不填。",
    file.TABLES: "各张决算表的金额。每个数只填一次：能由别的数算出的不用填；填了的会核对。",
    file.CONFIRMED: "文字核对时说到、核实没有问题的，逐行写“原文: 理由”；没有的不填。",
    file.CORRECTIONS: "公布以后改过的，每次更正记一项：日期、原因、位置（表/行/栏，或字段）；没有更正过的不填。",
}


def head_guides(edition: Edition) -> dict[str, str]:
    """What is asked for under each key that a file of `edition` has beside its fields."""
    unit, decimals = edition.published_unit.value, edition.wording.decimals
    said = f"全部金额的单位：元或万元。公布时一律为{unit}，保留{'〇一两三四五六'[decimals]}位小数。"
    return {file.UNIT: said, **_HEAD_GUIDES}


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


def json_schema(edition: Edition) -> Schema:
    """The schema of the files of `edition` (JSON Schema, draft 2020-12), every field with its description."""
    guides = head_guides(edition)
    properties: dict[str, Schema] = {
        file.EDITION: {"const": edition.identifier},
        file.YEAR: {"const": edition.year},
        file.DEPARTMENT: {"type": "string", "minLength": 1, "maxLength": 60},
        file.UNIT: {"enum": [unit.value for unit in Unit]},
        file.SUBJECTS: {"type": "object", "patternProperties": {r"^[0-9]{3}([0-9]{2}){0,2}$": {"type": "string"}}},
        file.TABLES: keyed({table.number: _table(edition, table) for table in edition.tables.values()}),
    }
    properties = {name: schema | {"description": guides[name]} for name, schema in properties.items()}
    properties |= {field.name: field.for_editors(edition) for field in edition.fields}
    properties[file.CONFIRMED] = _CONFIRMED | {"description": guides[file.CONFIRMED]}
    properties[file.CORRECTIONS] = _CORRECTIONS | {"description": guides[file.CORRECTIONS]}
    required = [*file.HEAD, file.TABLES, *(f.name for f in edition.fields if f.required)]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": edition.title,
        **keyed(properties, tuple(required)),
        "$defs": {name: schema for kind in KINDS.values() for name, schema in kind.definitions.items()},
    }


def _table(edition: Edition, table: TableSpec) -> Schema:
    rows: dict[str, Schema] = {}
    patterns: dict[str, Schema] = {}
    for block in table.blocks:
        figures = _figures(block)
        if block.subjects:
            patterns[SUBJECT_PATTERN] = figures
            if table.total:
                rows[table.total] = figures
        rows |= {row.name: figures for row in block.fixed_rows if not row.is_blank}
    guide = " ".join(part for part in (table.title + "。", table.guide) if part)
    schema = keyed(rows) | {"description": guide}
    return schema | ({"patternProperties": patterns} if patterns else {})


def _figures(block: Block) -> Schema:
    columns: Schema = keyed({column.name: AMOUNT for column in block.amounts})
    return {"oneOf": [*AMOUNT["oneOf"], columns]} if len(block.amounts) == 1 else columns
