"""What a department fills in, field by field, as a page of Markdown made from the specification."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.edition import CONFIRMED, CORRECTIONS, HEAD, SUBJECTS, TABLES, Block, Edition, TableSpec
from generator.forms.schema import head_guides
from generator.forms.to_fill import columns_to_fill, rows_to_fill
from generator.kinds import FieldSpec


def fields_guide(edition: Edition) -> str:
    """Everything that a file of `edition` may hold, in the order in which `juesuan new` writes it."""
    return "\n".join(_lines(edition)) + "\n"


def _lines(edition: Edition) -> Iterator[str]:
    guides = head_guides(edition)
    yield f"# {edition.title}：填报字段"
    yield ""
    yield f"版本编号 `{edition.identifier}`，用于 {edition.year} 年度。带 * 的必填；其他的没有就不写。"
    yield from ("", "## 文件开头", "", "| 字段 | 说明 |", "|---|---|")
    yield from (f"| {name} * | {guides[name]} |" for name in HEAD)
    yield f"| {SUBJECTS} | {guides[SUBJECTS]} |"
    yield from ("", f"## {TABLES} *", "", guides[TABLES])
    for table in edition.tables.values():
        yield from ("", *_table(table))
    for field in edition.fields:
        yield from ("", *_top_field(edition, field))
    for name in (CONFIRMED, CORRECTIONS):
        yield from ("", f"## {name}", "", guides[name])


def _table(table: TableSpec) -> Iterator[str]:
    yield f"### {table.number} {table.title}" + ("" if table.published else "（只填写，不公开）")
    yield ""
    if table.guide:
        yield table.guide
        yield ""
    for block in table.blocks:
        yield from _block(block)


def _block(block: Block) -> Iterator[str]:
    name = f"{block.name}：" if block.name else ""
    if block.subjects:
        yield f"- {name}按{block.subjects}科目逐行填写，可填的栏：{'、'.join(c.name for c in columns_to_fill(block))}。"
    else:
        rows = [row.name for row, _ in rows_to_fill(block)]
        columns = list(dict.fromkeys(column for _, names in rows_to_fill(block) for column in names))
        if rows:
            yield f"- {name}可填的行：{'、'.join(rows)}；栏：{'、'.join(columns)}。"
    derived = [f"{column.name}（{_sum(column.equals)}）" for column in block.amounts if column.equals]
    if derived:
        yield f"- {name}由程序算出的栏：{'；'.join(derived)}。"


def _sum(terms: tuple[str, ...]) -> str:
    """`基本支出 + 项目支出`, `表3 的本年支出合计`."""
    shown = ""
    for term in terms:
        name = re.sub(r"^-?(.+?)/.+/(.+)$", r"\1 的\2", term).removeprefix("-")
        shown += (" − " if term.startswith("-") else " + " if shown else "") + name
    return shown


def _top_field(edition: Edition, field: FieldSpec) -> Iterator[str]:
    yield f"## {field.name}{_star(field)}"
    yield from ("", field.guide, "", f"{_how(edition, field)}。")
    rows = list(_parts(edition, field, ""))
    if rows:
        yield from ("", "| 字段 | 怎么写 | 说明 | 示例 |", "|---|---|---|---|", *rows)


def _parts(edition: Edition, field: FieldSpec, above: str) -> Iterator[str]:
    """A line for each field below `field`, on all levels."""
    for part in field.below:
        path = f"{above}{part.name}"
        yield f"| {path}{_star(part)} | {_how(edition, part)} | {_cell(part.guide)} | {_cell(part.example)} |"
        yield from _parts(edition, part, f"{path} › ")


def _how(edition: Edition, field: FieldSpec) -> str:
    how = field.kind.how_to_write + (f"，至少 {field.at_least} 项" if field.at_least else "")
    if field.comparison:
        how += f"：{'、'.join(edition.indicators_of(field))}"
    return how + (f"；栏目：{'、'.join(column.name for column in field.columns)}" if field.columns else "")


def _star(field: FieldSpec) -> str:
    return " *" if field.required else ""


def _cell(text: str) -> str:
    return text.replace("|", "｜").replace("\n", " ")
