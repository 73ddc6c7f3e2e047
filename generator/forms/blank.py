"""A file to fill in: every field of an edition in its order, each with what it asks for."""

from __future__ import annotations

from collections.abc import Iterator

from generator.edition import Block, Edition, FieldKind, FieldSpec, TableSpec
from generator.edition import department_file as file
from generator.forms.schema import HEAD_GUIDES
from generator.forms.to_fill import columns_to_fill, rows_to_fill

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
    for name, value in zip(file.HEAD, (edition.identifier, edition.year, "", "万元"), strict=True):
        yield f"# {HEAD_GUIDES[name]}"
        yield f"{name}: {value}".rstrip()
    first, *rest = edition.fields
    yield from ("", *_field(edition, first, ""), "")
    yield f"# {HEAD_GUIDES[file.SUBJECTS]}"
    yield f"# {file.SUBJECTS}:"
    yield '#   "2010102": 一般行政管理事务'
    yield ""
    yield f"# {HEAD_GUIDES[file.TABLES]}"
    yield f"{file.TABLES}:"
    for table in edition.tables.values():
        yield from _table(edition, table)
    for field in rest:
        yield ""
        yield from _field(edition, field, "")
    yield ""
    yield f"# {HEAD_GUIDES[file.CONFIRMED]}"
    yield f"# {file.CONFIRMED}:"
    yield "#   机密文件柜: 是设备的名称"
    yield ""
    yield f"# {HEAD_GUIDES[file.CORRECTIONS]}"
    yield f"# {file.CORRECTIONS}:"
    yield f"#   - {file.DATE}: {edition.year + 1}-09-30"
    yield f"#     {file.REASON}: 录入时把两位数字写颠倒"
    yield f"#     {file.PLACES}: [表2/……/……, 概况/主要职责]"


def _table(edition: Edition, table: TableSpec) -> Iterator[str]:
    yield f"{_STEP}# {table.number} {table.title}。{table.guide}"
    yield f"{_STEP}{table.number}:"
    for block in table.blocks:
        if not block.subjects:
            yield from _fixed_rows(block)
        elif block.listed:
            yield from _listed_rows(edition, block)
        else:
            columns = [column.name for column in columns_to_fill(block)]
            yield f"{_STEP * 2}# 按科目编码逐行填写，可填的栏：{'、'.join(columns)}。例如："
            sample = ", ".join(f"{column}: 0" for column in columns[:2])
            yield f"{_STEP * 2}# {edition.sample_subject(block)}: {{{sample}}}"


def _fixed_rows(block: Block) -> Iterator[str]:
    for row, columns in rows_to_fill(block):
        name = row.bare_caption if row.code else row.name
        entry = "0" if len(block.amounts) == 1 else f"{{{', '.join(f'{column}: 0' for column in columns)}}}"
        yield f"{_STEP * 2}# {name}: {entry}"


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
        case FieldKind.FREE_TABLE:
            yield f"{field.name}:"
            yield from (f"{_STEP}# {line}" for line in _free_table(field))
        case FieldKind.OUTLINE:
            yield f"{field.name}:"
            yield from (f"{_STEP}# {line}" for line in _OUTLINE)
        case FieldKind.BY_SUBJECT:
            yield f"{field.name}:"
            yield f"{_STEP}# 按{field.subjects_from} 的末级科目逐个填写，例如："
            table = edition.tables[field.subjects_from]
            yield f"{_STEP}# {edition.sample_subject(next(block for block in table.blocks if block.subjects))}:"
            for part in field.below:
                yield from (f"{_STEP}#   {line}" for line in _field(edition, part, ""))
        case _:
            yield f"{field.name}:"


_OUTLINE = (
    "- 第一条；编号由程序加，不写“一是”“①”",
    "- 下面还分几条的，后面写冒号:",
    "    - 它的下级，最多五级",
    "- 文字: 文字太长或有冒号的，也可以这样写",
    "  下级:",
    "    - 它的下级",
)


def _free_table(field: FieldSpec) -> Iterator[str]:
    names = [column.name for column in field.columns]
    merging = f'空着的写 ""，和上面一格合并的写“{file.ABOVE}”，和左边一格合并的写“{file.LEFT}”。'
    if names:
        yield f"每行一个列表，按栏目的顺序写：{'、'.join(names)}；{merging}"
        yield f"- [{', '.join('0' if column.is_amount else '……' for column in field.columns)}]"
        return
    yield f"栏目写各栏的名称；要加总的栏写“类型: 金额”。每行一个列表，{merging}"
    yield f"{file.HEADS}: [事项, 完成情况, {{头: 支出, 类型: 金额}}]"
    yield f"{file.ROWS}:"
    yield "  - [……, ……, 0]"
    yield f"{file.TOTAL_ROW}: 是"
