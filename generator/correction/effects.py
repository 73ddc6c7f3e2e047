"""Which cells of the official tables print another figure than before, and the way from each cause to them."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from generator.accounts import Accounts, Cell
from generator.correction.entered import Entered
from generator.correction.versions import RowVersions, Versions, printed

Chain = tuple[Cell, ...]
"""From a cell that the department states to the one that follows from it."""


@dataclass(frozen=True, slots=True)
class Effect:
    """A cell that the publication prints otherwise than before; `None` where one version does not show it."""

    cell: Cell
    old: str | None
    new: str | None
    chains: tuple[Chain, ...] = ()
    """The shortest way from each cause; none where the figure itself does not follow from an entered one."""
    causes: tuple[Entered, ...] = ()


class Effects:
    """What of the figures of two versions differs, and how what was entered bears on it."""

    def __init__(self, versions: Versions, entered: Iterable[Entered]) -> None:
        self._versions = versions
        self._causes = {change.cell: change for change in entered if change.cell}
        self._of_tables = [change for change in entered if not change.field]

    def cells(self) -> Iterator[Effect]:
        """Every published cell that prints otherwise, table by table and row by row."""
        for table in self._versions.tables:
            for row in self._versions.rows(table) if self._is_published(table) else ():
                for column in row.columns:
                    cell = Cell(table, row.name, column)
                    old, new = (
                        self._printed(self._versions.old, row, cell),
                        self._printed(self._versions.new, row, cell),
                    )
                    if old != new:
                        yield self._effect(cell, old, new)

    def captions(self) -> Iterator[tuple[str, RowVersions]]:
        """Rows that both versions show under different names."""
        for table in self._versions.tables:
            for row in self._versions.rows(table) if self._is_published(table) else ():
                if row.old and row.new and row.old[0].caption != row.new[0].caption:
                    yield table, row

    def chains(self, cell: Cell) -> list[Chain]:
        """The shortest way to `cell` from each entered figure that its change comes from."""
        came_from: dict[Cell, Cell | None] = {cell: None}
        waiting, found = deque([cell]), []
        while waiting:
            at = waiting.popleft()
            if at in self._causes:
                found.append(_way(at, came_from))
                continue
            for part in self._changed_parts(at):
                if part not in came_from:
                    came_from[part] = at
                    waiting.append(part)
        return found

    def cause(self, chain: Chain) -> Entered:
        """The entry that `chain` begins with."""
        return self._causes[chain[0]]

    def amounts(self, cell: Cell) -> tuple[Decimal, Decimal]:
        """The figure of `cell` in both versions, in 万元; 0 where one has no such table."""
        return _amount(self._versions.old, cell), _amount(self._versions.new, cell)

    def _effect(self, cell: Cell, old: str | None, new: str | None) -> Effect:
        chains = tuple(self.chains(cell))
        causes = [self.cause(chain) for chain in chains] or self._causes_of_row(cell)
        return Effect(cell, old, new, chains, tuple(causes))

    def _causes_of_row(self, cell: Cell) -> list[Entered]:
        """What made a row come or go whose figure is 0: entries of its subject or one below it, else of its table."""

        def is_of_subject(change: Entered) -> bool:
            return cell.row.isdigit() and len(change.path) > 1 and str(change.path[1]).startswith(cell.row)

        for concerns in (is_of_subject, lambda change: change.path[0] == cell.table, lambda change: True):
            if found := [change for change in self._of_tables if concerns(change)]:
                return found
        return []

    def _changed_parts(self, cell: Cell) -> list[Cell]:
        """The cells that `cell` is derived from, in either version, whose figures differ."""
        parts: dict[Cell, None] = {}
        for accounts in (self._versions.new, self._versions.old):
            known = cell.table in accounts.edition.tables and cell not in accounts.ledger.stated
            parts |= {part.cell: None for part in (accounts.ledger.summands(cell) if known else ())}
        return [part for part in parts if len(set(self.amounts(part))) > 1]

    def _is_published(self, table: str) -> bool:
        editions = self._versions.new.edition, self._versions.old.edition
        return any(table in edition.tables and edition.tables[table].published for edition in editions)

    def _printed(self, accounts: Accounts, row: RowVersions, cell: Cell) -> str | None:
        side = row.old if accounts is self._versions.old else row.new
        shown = side is not None and any(column.name == cell.column for column in side[1].amounts)
        return printed(accounts, cell) if shown else None


def _amount(accounts: Accounts, cell: Cell) -> Decimal:
    return accounts.ledger.amount(cell) if cell.table in accounts.edition.tables else Decimal(0)


def _way(start: Cell, came_from: dict[Cell, Cell | None]) -> Chain:
    steps, at = [start], came_from[start]
    while at is not None:
        steps.append(at)
        at = came_from[at]
    return tuple(steps)
