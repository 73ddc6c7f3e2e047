"""Which figures of a table a department fills in: those that do not follow from others."""

from __future__ import annotations

from generator.edition import SAME_ROW, Block, Column, RowSpec


def columns_to_fill(block: Block) -> tuple[Column, ...]:
    """The columns of a table by subject that do not follow from others of the same row."""
    return tuple(column for column in block.amounts if not column.equals) or block.amounts


def rows_to_fill(block: Block) -> list[tuple[RowSpec, list[str]]]:
    """The fixed rows with figures to fill in, each with the names of its columns."""
    rows = [
        (row, [column.name for column in block.amounts if not _follows(row, column)])
        for row in block.rows
        if not row.is_blank
    ]
    return [(row, columns) for row, columns in rows if columns]


def _follows(row: RowSpec, column: Column) -> bool:
    """Whether a fixed row's figure in `column` is made of other figures."""
    if "" in row.equals or column.name in row.equals:
        return True
    return any(row.code or term.row != SAME_ROW for term in column.terms)
