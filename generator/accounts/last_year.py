"""Last year's accounts, seen from this year: indicators and subjects under their present names."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from generator.accounts.ledger import Ledger
from generator.accounts.rows import Cell
from generator.edition import Edition
from generator.findings import Place
from generator.numbers import ZERO
from generator.reading import Mapping


@dataclass(frozen=True, slots=True)
class LastYear:
    """The figures of last year's file, perhaps of another edition."""

    ledger: Ledger
    edition: Edition
    """This year's edition, which says what has been renamed."""
    place: Place
    """Where this year's file names last year's."""
    source: Mapping
    """Last year's file as it was read."""

    def indicator(self, name: str) -> Decimal | None:
        """Last year's figure of this year's indicator `name`, in 万元; `None` where last year's edition has none."""
        before = self.ledger.edition.indicators.get(self.edition.indicators[name].former_name or name)
        return self.ledger.total(self.ledger.resolve(before.terms)) if before else None

    def amount(self, cell: Cell) -> Decimal:
        """Last year's figure of `cell`, in 万元; 0 where last year's tables have no such row or column."""
        row = self.edition.former_subjects.get(cell.row, cell.row)
        table = self.ledger.edition.tables.get(cell.table)
        if table is None:
            return ZERO
        known = Cell(cell.table, table.row_name(row), cell.column)
        return self.ledger.amount(known) if known in set(self.ledger.cells([cell.table])) else ZERO
