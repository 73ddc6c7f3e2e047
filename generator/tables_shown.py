"""Official tables in the terminal, derived figures dimmed."""

from __future__ import annotations

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from generator.accounts import Accounts, Cell, TableRow
from generator.edition import Block, Content, TableSpec
from generator.narrative.amounts import separated


def print_table(console: Console, accounts: Accounts, table: TableSpec) -> None:
    """One official table, side by side parts one below the other; derived figures are dimmed."""
    console.print(Text(f"{table.number} {table.title}（万元）", style="bold"))
    for side in accounts.ledger.sides(table):
        block = side.block
        shown = Table(box=box.SIMPLE_HEAD, title=block.name or None, title_justify="left", pad_edge=False)
        for column in block.columns:
            amount = column.content is Content.AMOUNT
            shown.add_column(column.name, justify="right" if amount else "left", no_wrap=amount, overflow="fold")
        for row in side.all_rows:
            if row.name:
                shown.add_row(*(_shown(accounts, table, block, row, index) for index in range(len(block.columns))))
        console.print(shown)


def _shown(accounts: Accounts, table: TableSpec, block: Block, row: TableRow, index: int) -> Text:
    column = block.columns[index]
    match column.content:
        case Content.CODE:
            return Text(row.code)
        case Content.LINE:
            return Text(row.line)
        case Content.ITEM | Content.NAME:
            return Text("  " * (row.level - 1) + row.caption)
        case _:
            cell = Cell(table.number, row.name, column.name)
            stated = cell in accounts.ledger.stated
            return Text(separated(accounts.ledger.amount(cell)), style="" if stated else "dim")
