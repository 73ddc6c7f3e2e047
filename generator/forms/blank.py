"""A file to fill in: every field of an edition in its order, each with what it asks for."""

from __future__ import annotations

from collections.abc import Iterator

from generator.edition import Block, Edition, TableSpec
from generator.edition import department_file as file
from generator.forms.schema import head_guides
from generator.forms.to_fill import columns_to_fill, rows_to_fill
from generator.kinds import STEP, sample_subject


def blank_file(edition: Edition) -> str:
    """The text of a YAML file with every field of `edition`, empty, commented."""
    return "\n".join(_lines(edition)) + "\n"


def _lines(edition: Edition) -> Iterator[str]:
    guides = head_guides(edition)
    yield f"# {edition.title}：填报文件"
    yield "#"
    yield "# “#”后面是说明，不会出现在决算公开文本里。冒号用半角，后面空一格；同一级的各行左边对齐。"
    yield "# 文字里有“: ”“#”时给整段文字加引号。填好后先核对：juesuan check 本文件，再生成：juesuan build 本文件。"
    yield ""
    values = (edition.identifier, edition.year, "", edition.published_unit.value)
    for name, value in zip(file.HEAD, values, strict=True):
        yield f"# {guides[name]}"
        yield f"{name}: {value}".rstrip()
    first, *rest = edition.fields
    yield from ("", *first.blank(edition), "")
    yield f"# {guides[file.SUBJECTS]}"
    yield f"# {file.SUBJECTS}:"
    yield '#   "2010102": 一般行政管理事务'
    yield ""
    yield f"# {guides[file.TABLES]}"
    yield f"{file.TABLES}:"
    for table in edition.tables.values():
        yield from _table(edition, table)
    for field in rest:
        yield ""
        yield from field.blank(edition)
    yield ""
    yield f"# {guides[file.CONFIRMED]}"
    yield f"# {file.CONFIRMED}:"
    yield "#   机密文件柜: 是设备的名称"
    yield ""
    yield f"# {guides[file.CORRECTIONS]}"
    yield f"# {file.CORRECTIONS}:"
    yield f"#   - {file.DATE}: {edition.year + 1}-09-30"
    yield f"#     {file.REASON}: 录入时把两位数字写颠倒"
    yield f"#     {file.PLACES}: [表2/……/……, 概况/主要职责]"


def _table(edition: Edition, table: TableSpec) -> Iterator[str]:
    yield f"{STEP}# {table.number} {table.title}。{table.guide}"
    yield f"{STEP}{table.number}:"
    for block in table.blocks:
        if not block.subjects:
            yield from _fixed_rows(block)
        elif block.listed:
            yield from _listed_rows(edition, block)
        else:
            columns = [column.name for column in columns_to_fill(block)]
            yield f"{STEP * 2}# 按科目编码逐行填写，可填的栏：{'、'.join(columns)}。例如："
            sample = ", ".join(f"{column}: 0" for column in columns[:2])
            yield f"{STEP * 2}# {sample_subject(edition.code_lists[block.subjects])}: {{{sample}}}"


def _fixed_rows(block: Block) -> Iterator[str]:
    for row, columns in rows_to_fill(block):
        name = row.bare_caption if row.code else row.name
        entry = "0" if len(block.amounts) == 1 else f"{{{', '.join(f'{column}: 0' for column in columns)}}}"
        yield f"{STEP * 2}# {name}: {entry}"


def _listed_rows(edition: Edition, block: Block) -> Iterator[str]:
    codes = edition.code_lists[block.subjects]
    for code, name in codes.items():
        if not code.startswith(block.listed):
            continue
        has_parts = any(other != code and other.startswith(code) for other in codes)
        yield f"{STEP * 2}# {name}（{code}）各款：" if has_parts else f"{STEP * 2}# {code} {name}: 0"
