"""Official tables in the terminal, derived figures dimmed."""

from __future__ import annotations

from rich import box
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from generator.accounts import Accounts, Cell, Side, TableRow
from generator.edition import Column, TableSpec
from generator.numbers import separated

_NARROWEST_LABEL = 16
_STATED = "*"


def print_table(console: Console, accounts: Accounts, table: TableSpec) -> None:
    """One official table, its sides one below the other; figures that the department stated stand out."""
    legend = "颜色较淡的数由程序算出" if console.is_terminal else f"带 {_STATED} 的数是填写的，其余由程序算出"
    console.print(Text(f"{table.number} {table.title}（万元；{legend}）", style="bold"))
    for side in accounts.ledger.sides(table):
        _print_side(console, accounts, table, side)


def _print_side(console: Console, accounts: Accounts, table: TableSpec, side: Side) -> None:
    rows = [row for row in side.all_rows if row.name]
    mark = "" if console.is_terminal else _STATED
    figures = {column: [_figure(accounts, table, row, column, mark) for row in rows] for column in side.block.amounts}
    # A terminal is narrow: columns in which nothing stands but zeros nobody wrote are named, not shown.
    idle = [column for column, texts in figures.items() if all(text.plain == "0.00" and text.style for text in texts)]
    shown = Table(box=box.SIMPLE_HEAD, title=side.block.name or None, title_justify="left", pad_edge=False)
    if any(row.caption for row in rows):
        shown.add_column("项目", min_width=_NARROWEST_LABEL, overflow="fold")
    for column, texts in figures.items():
        if column not in idle:
            width = max((cell_len(text.plain) for text in texts), default=4)
            shown.add_column(column.name, justify="right", min_width=width, overflow="fold")
    for index, row in enumerate(rows):
        label = [Text(_label(row))] if row.caption else []
        shown.add_row(*label, *(texts[index] for column, texts in figures.items() if column not in idle))
    if len(idle) < len(figures):
        console.print(shown, soft_wrap=False)
    if idle:
        console.print(
            Text(f"{side.block.name}各行都是 0 的栏：{'、'.join(column.name for column in idle)}", style="dim")
        )


def _label(row: TableRow) -> str:
    return "  " * (row.level - 1) + " ".join(part for part in (row.line, row.code, row.caption) if part)


def _figure(accounts: Accounts, table: TableSpec, row: TableRow, column: Column, mark: str) -> Text:
    """A figure; one that is stated bears `mark`, one that is derived is dimmed."""
    cell = Cell(table.number, row.name, column.name)
    figure = separated(accounts.ledger.amount(cell))
    return Text(figure + mark) if cell in accounts.ledger.stated else Text(figure, style="dim")
