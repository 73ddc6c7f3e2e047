"""A file to fill in: every field of an edition in its order, each with what it asks for."""

from __future__ import annotations

from collections.abc import Iterator

from generator.accounts.loading import DEPARTMENT, EDITION, SUBJECTS, TABLES, UNIT, YEAR
from generator.accounts.schema import HEAD_GUIDES
from generator.edition import Block, Column, Edition, FieldKind, FieldSpec, RowSpec, TableSpec
from generator.edition.terms import SAME_ROW

_STEP = "  "


def blank_file(edition: Edition) -> str:
    """The text of a YAML file with every field of `edition`, empty, commented."""
    return "\n".join(_lines(edition)) + "\n"


def _lines(edition: Edition) -> Iterator[str]:
    yield f"# {edition.title}：填报文件"
    yield "#"
    yield "# “#”后面是说明，不会出现在决算公开文本里。冒号用半角，后面空一格；同一级的各行左边对齐。"
    yield "# 文字里有“: ”“#”时给整段文字加引号。填好后先核对：juesuan check 本文件，再生成：juesuan build 本文件。"
    yield ""
    for name, value in ((EDITION, edition.identifier), (YEAR, edition.year), (DEPARTMENT, ""), (UNIT, "万元")):
        yield f"# {HEAD_GUIDES[name]}"
        yield f"{name}: {value}".rstrip()
    first, *rest = edition.fields
    yield from ("", *_field(edition, first, ""), "")
    yield f"# {HEAD_GUIDES[SUBJECTS]}"
    yield f"# {SUBJECTS}:"
    yield '#   "2010102": 一般行政管理事务'
    yield ""
    yield f"# {HEAD_GUIDES[TABLES]}"
    yield f"{TABLES}:"
    for table in edition.tables.values():
        yield from _table(edition, table)
    for field in rest:
        yield ""
        yield from _field(edition, field, "")


def _table(edition: Edition, table: TableSpec) -> Iterator[str]:
    yield f"{_STEP}# {table.number} {table.title}。{table.guide}"
    yield f"{_STEP}{table.number}:"
    for block in table.blocks:
        if not block.subjects:
            yield from _fixed_rows(block)
        elif block.listed:
            yield from _listed_rows(edition, block)
        else:
            sample = "、".join(column.name for column in _to_fill(block))
            yield f"{_STEP * 2}# 按科目编码逐行填写，可填的栏：{sample}。例如："
            columns = ", ".join(f"{column}: 0" for column in sample.split("、")[:2])
            yield f"{_STEP * 2}# 2010101 行政运行: {{{columns}}}"


def _to_fill(block: Block) -> tuple[Column, ...]:
    """The columns of a table by subject that do not follow from others of the same row."""
    return tuple(column for column in block.amounts if not column.equals) or block.amounts


def _fixed_rows(block: Block) -> Iterator[str]:
    for row in block.rows:
        names = [column.name for column in block.amounts if not _follows(row, column)]
        if not names or row.is_blank:
            continue
        if len(block.amounts) == 1:
            yield f"{_STEP * 2}# {row.name}: 0"
        else:
            yield f"{_STEP * 2}# {row.name}: {{{', '.join(f'{name}: 0' for name in names)}}}"


def _follows(row: RowSpec, column: Column) -> bool:
    """Whether a fixed row's figure in `column` is made of other figures."""
    if "" in row.equals or column.name in row.equals:
        return True
    return any(row.code or term.row != SAME_ROW for term in column.terms)


def _listed_rows(edition: Edition, block: Block) -> Iterator[str]:
    codes = edition.code_lists[block.subjects]
    for code, name in codes.items():
        if not code.startswith(block.listed):
            continue
        has_parts = any(other != code and other.startswith(code) for other in codes)
        yield f"{_STEP * 2}# {name}（{code}）各款：" if has_parts else f"{_STEP * 2}# {code} {name}: 0"


def _field(edition: Edition, field: FieldSpec, indent: str) -> Iterator[str]:
    optional = "" if field.required else "（可以不填）"
    yield f"{indent}# {field.guide}{optional}"
    yield from (f"{indent}{line}" for line in _entry(edition, field))


def _entry(edition: Edition, field: FieldSpec) -> Iterator[str]:
    match field.kind:
        case FieldKind.GROUP:
            yield f"{field.name}:"
            for part in field.below:
                yield from _field(edition, part, _STEP)
        case FieldKind.LIST:
            yield f"{field.name}:"
            for index, part in enumerate(field.below):
                guide, *entry = _field(edition, part, _STEP * 2)
                yield guide
                if index == 0:
                    entry[0] = f"{_STEP}- {entry[0].strip()}"
                yield from entry
        case FieldKind.INDICATOR_AMOUNTS | FieldKind.INDICATOR_PHRASES:
            yield f"{field.name}:"
            yield from (f"{_STEP}{name}:" for name in edition.indicators_of(field))
        case FieldKind.PARAGRAPHS | FieldKind.NAMES:
            yield f"{field.name}:"
            yield f"{_STEP}# - {field.example}"
        case FieldKind.TERMS:
            yield f"{field.name}:"
            yield f"{_STEP}# 名词: 指……"
        case _:
            yield f"{field.name}:"
