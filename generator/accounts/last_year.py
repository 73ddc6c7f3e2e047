"""Last year's accounts, seen from this year: indicators and subjects under their present names."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from generator.accounts.indicators import indicator_figure
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
    values: dict[str, Any]
    """Its fields."""
    edition: Edition
    """This year's edition, which says what has been renamed."""
    place: Place
    """Where this year's file names last year's."""
    source: Mapping
    """Last year's file as it was read."""

    def indicator(self, name: str) -> Decimal | int | None:
        """Last year's figure of this year's indicator `name`, in 万元; `None` where last year's edition has none."""
        before = self.edition.indicators[name].former_name or name
        known = before in self.ledger.edition.indicators
        return indicator_figure(before, self.ledger, self.values) if known else None

    def amount(self, cell: Cell) -> Decimal | None:
        """Last year's figure of `cell`, in 万元; `None` where last year's form has no such cell."""
        table = self.ledger.edition.tables.get(cell.table)
        if table is None:
            return None
        row = table.row_name(self.edition.former_subjects.get(cell.row, cell.row))
        cells = set(self.ledger.cells([cell.table]))
        if Cell(cell.table, row, cell.column) in cells:
            return self.ledger.amount(Cell(cell.table, row, cell.column))
        # A subject for which nothing was stated has no row.
        return ZERO if row.isdigit() and any(known.column == cell.column for known in cells) else None
