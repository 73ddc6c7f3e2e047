"""Last year's accounts, seen from this year: indicators and subjects under their present names."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from itertools import islice
from typing import Any

from generator.accounts.indicators import indicator_figure, indicator_parts
from generator.accounts.ledger import Ledger
from generator.accounts.rows import Cell
from generator.edition import Edition
from generator.findings import Place
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
        before = self._former(cell)
        return self.ledger.amount(before) if before else None

    def has_column(self, table: str, column: str) -> bool:
        """Whether last year's form has this column."""
        return table in self.ledger.edition.tables and any(c.column == column for c in self.ledger.cells([table]))

    def places_of(self, cell: Cell) -> tuple[Place, ...]:
        """Where last year's file states `cell`, or the first few of the figures that it is made of."""
        before = self._former(cell)
        parts = islice(self.ledger.stated_parts(before), 3) if before else ()
        return tuple(self.ledger.stated[part].place for part in parts)

    def places_of_indicator(self, name: str) -> tuple[Place, ...]:
        """The same of this year's indicator `name`."""
        parts = indicator_parts(self.edition.indicators[name].former_name or name, self.ledger, self.values)
        return tuple(place for _, part in parts if isinstance(part, Cell) for place in self.places_of(part))

    def _former(self, cell: Cell) -> Cell | None:
        """What last year's form calls `cell`; `None` where it has no such cell."""
        table = self.ledger.edition.tables.get(cell.table)
        if table is None:
            return None
        row = table.row_name(self.edition.former_subjects.get(cell.row, cell.row))
        before = Cell(cell.table, row, cell.column)
        # A subject for which nothing was stated has no row: its figure is 0.
        is_subject = row.isdigit() and self.has_column(cell.table, cell.column)
        known = is_subject or before in self.ledger.cells([cell.table])
        return before if known else None
