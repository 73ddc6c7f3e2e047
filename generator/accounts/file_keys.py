"""Under which names a department's file states a figure of the tables, or would state it."""

from __future__ import annotations

from generator.accounts.loading import Accounts
from generator.accounts.rows import Cell
from generator.edition import TABLES, TableSpec
from generator.findings import Place
from generator.reading import Mapping, Node


def file_keys(accounts: Accounts, cell: Cell) -> tuple[str, ...]:
    """The keys that lead to `cell` from the top of the file: those that are there, else those to be written.

    A table with a single column has its figures right behind the names of the rows.
    """
    table = accounts.edition.tables[cell.table]
    tables = accounts.source.entries[TABLES]
    table_key = _key_at(tables, accounts.places.get(cell.table)) or cell.table
    rows = below(tables, table_key)
    row_key = _key_at(rows, accounts.places.get(f"{cell.table} › {cell.row}")) or _row_key(accounts, table, cell.row)
    figures = below(rows, row_key)
    if len(_columns(table, cell.row)) == 1 and not isinstance(figures, Mapping):
        return TABLES, table_key, row_key
    place = accounts.places.get(str(cell))
    written = figures.entries if isinstance(figures, Mapping) else {}
    column_key = next((key for key, node in written.items() if node.place == place), cell.column)
    return TABLES, table_key, row_key, column_key


def below(node: Node | None, key: str) -> Node | None:
    """What stands in `node` under `key`; `None` where nothing does."""
    return node.entries.get(key) if isinstance(node, Mapping) else None


def _key_at(node: Node | None, place: Place | None) -> str | None:
    """The key of `node` that stands at `place`."""
    return next((key for key, at in node.keys.items() if at == place), None) if isinstance(node, Mapping) else None


def _row_key(accounts: Accounts, table: TableSpec, row: str) -> str:
    if row not in table.row_names:
        return f"{row} {accounts.ledger.names[row]}" if row in accounts.ledger.names else row
    caption = table.row_names[row][1].bare_caption
    named = table.row_names.get(caption)
    return caption if named and named[1].name == row else row


def _columns(table: TableSpec, row: str) -> tuple[str, ...]:
    block = table.row_names[row][0] if row in table.row_names else next(b for b in table.blocks if b.subjects)
    return tuple(column.name for column in block.amounts)
