"""What may be meant as it stands in an edition, and more often is a slip: `edition check` tells it as a reminder."""

from __future__ import annotations

from collections.abc import Iterator

from generator.edition.derivations import Derivations, FormCell
from generator.edition.models import Edition
from generator.edition.references import Fault
from generator.edition.tables import TableSpec

_NO_PARTS = ("其中", "附", "补充", "备注")
"""How a row begins that is told beside the others and is part of no sum."""


def uncounted_rows(edition: Edition, table: TableSpec, derivations: Derivations) -> Iterator[Fault]:
    """The rows of a table that no sum counts, and that are none themselves, where other rows of it add up."""
    parts = {(figure[:2], link.figure[:2]) for figure in derivations.figures for link in derivations.links(figure)}
    counted = {part for whole, part in parts if part != whole}
    for index, block in enumerate(table.blocks):
        rows = {row.name for row in block.fixed_rows}
        sums = {
            row.name
            for row in block.fixed_rows
            for column in block.amounts
            for link in derivations.links(FormCell(table.number, row.name, column.name))
            if link.figure.table == table.number and link.figure.row in rows - {row.name}
        }
        for kind, specified in (("行", block.rows), ("末行", block.closing)):
            for at, row in enumerate(specified):
                apart = row.is_blank or row.name in sums or row.bare_caption.startswith(_NO_PARTS)
                if sums and not apart and (table.number, row.name) not in counted:
                    told = f"没有哪个合计加上“{row.name}”，它的数不计入合计：漏了的请加进合计的“等于”"
                    yield (
                        ("分栏", index, kind, at),
                        f"{told}；本来就不计入的，名称以“其中”“附”“补充”“备注”开头就不再提醒。",
                    )


def unused_code_lists(edition: Edition) -> Iterator[Fault]:
    """The code lists that no table names, and whose subjects no row shows."""
    blocks = [block for table in edition.tables.values() for block in table.blocks]
    shown = {row.code for block in blocks for row in block.fixed_rows}
    for name, codes in edition.code_lists.items():
        if name not in {block.subjects for block in blocks} and not shown & codes.keys():
            yield ("科目表", name), f"没有哪张表用科目表“{name}”，请在表的“科目表”里写上，或删去这一项。"
