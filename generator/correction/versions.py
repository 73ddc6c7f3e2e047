"""The two versions of a department's file side by side: their tables, rows and cells in one order."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from generator.accounts import Accounts, Cell, TableRow
from generator.checks import show
from generator.edition import Block
from generator.kinds import merged
from generator.numbers import FigureWriter, Unit


@dataclass(frozen=True, slots=True)
class RowVersions:
    """A row of a table as each version shows it; `None` where one does not."""

    name: str
    old: tuple[TableRow, Block] | None
    new: tuple[TableRow, Block] | None

    @property
    def columns(self) -> list[str]:
        """The columns of its figures in either version."""
        shown = [[column.name for column in side[1].amounts] for side in (self.old, self.new) if side]
        return merged(shown[0], shown[-1])


class Versions:
    """The two versions of a department's file."""

    def __init__(self, old: Accounts, new: Accounts) -> None:
        self.old = old
        self.new = new
        self.unit = new.unit if old.unit is new.unit else Unit.TEN_THOUSAND
        """In which entered amounts are shown."""
        self._rows: dict[str, list[RowVersions]] = {}

    @cached_property
    def tables(self) -> list[str]:
        """The numbers of all tables of either version."""
        return merged(list(self.old.edition.tables), list(self.new.edition.tables))

    def rows(self, table: str) -> list[RowVersions]:
        """Every row that either version shows with figures, in the order of the table."""
        if table not in self._rows:
            old, new = _shown(self.old, table), _shown(self.new, table)
            names = merged(list(old), list(new))
            self._rows[table] = [RowVersions(name, old.get(name), new.get(name)) for name in names]
        return self._rows[table]

    def amount(self, amount: Decimal) -> str:
        """An amount as the file has it, in `unit`."""
        return show(amount, self.unit.in_ten_thousand)

    def row_title(self, table: str, row: str) -> str:
        """`2060101 行政运行`; a row that is no subject by its name alone."""
        name = self.new.ledger.names.get(row) or self.old.ledger.names.get(row, "")
        return f"{row} {name}" if name else row

    def cell_title(self, cell: Cell) -> str:
        """`表5 › 2060101 行政运行 › 基本支出`."""
        return f"{cell.table} › {self.row_title(cell.table, cell.row)} › {cell.column}"


def printed(accounts: Accounts, cell: Cell) -> str:
    """The figure of `cell` as the publication's table shows it."""
    return _writer(accounts, cell).in_official_table(accounts.ledger.amount(cell))


def published(accounts: Accounts, cell: Cell) -> str:
    """The figure of `cell` as it is published, one of 0 too, with separators."""
    return _writer(accounts, cell).figure(accounts.ledger.amount(cell))


def _writer(accounts: Accounts, cell: Cell) -> FigureWriter:
    return FigureWriter(accounts.edition.wording, accounts.edition.tables[cell.table].unit)


def _shown(accounts: Accounts, table: str) -> dict[str, tuple[TableRow, Block]]:
    if table not in accounts.edition.tables:
        return {}
    sides = accounts.ledger.sides(accounts.edition.tables[table])
    return {row.name: (row, side.block) for side in sides for row in side.all_rows if row.name}
