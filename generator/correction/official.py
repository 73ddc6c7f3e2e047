"""Where the official tables stand in a finished document, and in which of their rows a figure."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from generator.accounts import Accounts
from generator.correction.document import Filled, FilledTable
from generator.filling import TABLE


class DrawnTable(NamedTuple):
    """An official table as it stands in a document."""

    position: int
    """Among the blocks of the document."""
    table: FilledTable
    first: int
    """The index of the first row below its heads."""


class Official:
    """The official tables of one document."""

    def __init__(self, accounts: Accounts, filled: Filled) -> None:
        self._accounts = accounts
        numbers = {spec.title: number for number, spec in accounts.edition.tables.items()}
        self.tables: dict[str, DrawnTable] = {}
        """By number."""
        for position, block in enumerate(filled.blocks):
            if isinstance(block, FilledTable) and block.style == TABLE and (number := numbers.get(block.title)):
                self.tables.setdefault(
                    number, DrawnTable(position, block, len(block.rows) - sum(self._lengths(number)))
                )
        self._by_table = {id(drawn.table): drawn for drawn in self.tables.values()}

    def rows_before_figures(self, table: FilledTable) -> int | None:
        """How many rows of `table` are heads; `None` where it is no official table."""
        drawn = self._by_table.get(id(table))
        return drawn.first if drawn else None

    def row(self, number: str, name: str) -> Any:
        """The row of the document that shows the row `name` of a table; `None` where none does."""
        if number not in self.tables:
            return None
        drawn = self.tables[number]
        above, _ = self._lengths(number)
        for side in self._accounts.ledger.sides(self._accounts.edition.tables[number]):
            for begin, rows in ((drawn.first, side.rows), (drawn.first + above, side.closing)):
                for index, row in enumerate(rows):
                    if row.name == name:
                        return drawn.table.elements[begin + index]
        return None

    def _lengths(self, number: str) -> tuple[int, int]:
        """How many lines the rows of a table take, and those at its foot."""
        sides = self._accounts.ledger.sides(self._accounts.edition.tables[number])
        return max(len(side.rows) for side in sides), max(len(side.closing) for side in sides)


def rows_before_figures(*documents: Official) -> Callable[[FilledTable], int | None]:
    """For comparing documents: of their official tables the heads alone count, since the ledger knows the figures."""

    def rows(table: FilledTable) -> int | None:
        found = (official.rows_before_figures(table) for official in documents)
        return next((count for count in found if count is not None), None)

    return rows
