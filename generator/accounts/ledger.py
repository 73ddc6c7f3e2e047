"""The ledger: every cell of every official table, stated by the department or derived from other cells.

A cell that is not stated is the sum of the terms that the edition gives for it: a subject's row the sum of the
subjects below it, a total of its parts, a table's column that of another table; a cell without terms is 0.
All figures are in 万元, exact.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum, auto
from typing import NamedTuple

from generator.accounts.rows import Cell, Side, TableRows, rows_below
from generator.edition import SAME_ROW, TOTAL, Block, Edition, RowSpec, TableSpec, Term
from generator.findings import Code, Finding, InvalidInput, Place
from generator.numbers import ZERO


@dataclass(frozen=True, slots=True)
class Stated:
    """A figure that the department wrote, in 万元, and where it did."""

    amount: Decimal
    place: Place


class Summand(NamedTuple):
    """A cell that another one is made of, added (1) or taken away (-1)."""

    sign: int
    cell: Cell


class RelationKind(Enum):
    """In which way a cell must be the sum of others."""

    IN_ROW = auto()  # its column is made of other columns of the row
    HIERARCHY = auto()  # its row is made of the rows below it
    BETWEEN_ROWS = auto()  # its row, or its column, is made of cells in other rows or tables


class Ledger:
    """All figures of one department's tables."""

    def __init__(
        self, edition: Edition, stated: dict[Cell, Stated], subjects: dict[str, set[str]], own: dict[str, str]
    ) -> None:
        """`subjects` and `own`: as `named` and `own` below."""
        self.edition = edition
        self.stated = stated
        self.named = subjects
        """For each table by subject, the codes that the department's file names."""
        self.own = own
        """The names of the subjects that the department adds to the edition's, by code."""
        self._values: dict[Cell, Decimal] = {}
        self._running: set[Cell] = set()
        self._derivations: dict[Cell, tuple[RelationKind | None, list[Summand]]] = {}
        self._stated_parts: dict[Cell, Counter[Cell]] = {}
        self.names = {code: name for codes in edition.code_lists.values() for code, name in codes.items()} | own
        """Of all subjects, by code."""
        self._tables = {number: self._rows_of(table) for number, table in edition.tables.items()}
        # Only once every row is there is it known which of them have figures.
        left_out = {number: self._without_figures(table) for number, table in edition.tables.items()}
        for number in (number for number, rows in left_out.items() if rows):
            self._tables[number] = self._rows_of(edition.tables[number], left_out[number])

    def amount(self, cell: Cell) -> Decimal:
        """The figure of `cell` in 万元: as stated, else derived. Raises `InvalidInput` for a circular relation."""
        if (stated := self.stated.get(cell)) is not None:
            return stated.amount
        if (value := self._values.get(cell)) is None:
            value = self._values[cell] = self._derived(cell)
        return value

    def total(self, summands: Iterable[Summand]) -> Decimal:
        """The sum of `summands` in 万元."""
        result = ZERO
        for sign, cell in summands:
            # Most cells of a large department are 0, and sums of nothing are most of the work.
            if amount := self.amount(cell):
                result += amount if sign > 0 else -amount
        return result

    def relation(self, cell: Cell, kind: RelationKind) -> list[Summand]:
        """The cells whose sum `cell` must be in the way of `kind`; none where there is no such relation."""
        rows = self._tables[cell.table]
        if kind is RelationKind.HIERARCHY:
            return [Summand(1, Cell(cell.table, row, cell.column)) for row in rows.children(cell.row)]
        column = rows.column(cell.row, cell.column)
        column_terms = column.terms if column else ()
        if kind is RelationKind.IN_ROW:
            return [Summand(t.sign, Cell(cell.table, cell.row, t.name)) for t in column_terms if not t.table]
        table = self.edition.tables[cell.table]
        row = table.row_names[cell.row][1] if cell.row in table.row_names else None
        if row and (row_terms := row.terms.get(cell.column, row.terms.get("", ()))):
            return [summand for term in row_terms for summand in self._of_rows(table, term, cell.column)]
        return self._of_other_tables(column_terms, row.code if row else cell.row)

    def summands(self, cell: Cell) -> list[Summand]:
        """The cells that `cell` is derived from; none for one that only the department can know."""
        return self._derivation(cell)[1]

    def derived_by(self, cell: Cell) -> RelationKind | None:
        """The relation that gives `cell` its figure; `None` where it is stated or taken from another table."""
        return None if cell in self.stated else self._derivation(cell)[0]

    def _derivation(self, cell: Cell) -> tuple[RelationKind | None, list[Summand]]:
        if cell not in self._derivations:
            self._derivations[cell] = self._find_derivation(cell)
        return self._derivations[cell]

    def _find_derivation(self, cell: Cell) -> tuple[RelationKind | None, list[Summand]]:
        rows = self._tables[cell.table]
        column = rows.column(cell.row, cell.column)
        if column and column.taken_from and not rows.is_touched(cell.row):
            return None, self._of_other_tables(column.taken_terms, cell.row)
        kinds: tuple[RelationKind, ...]
        if has_fixed_row := cell.row in self.edition.tables[cell.table].row_names:
            kinds = (RelationKind.BETWEEN_ROWS, RelationKind.HIERARCHY, RelationKind.IN_ROW)
        elif rows.children(cell.row):
            kinds = (RelationKind.HIERARCHY,)
        else:
            kinds = (RelationKind.IN_ROW, RelationKind.BETWEEN_ROWS)
        if column and (has_fixed_row or column.terms or rows.children(cell.row)):
            for kind in kinds:
                if found := self.relation(cell, kind):
                    return kind, found
        return None, self._of_other_tables(column.taken_terms, cell.row) if column else []

    def stated_parts(self, cell: Cell) -> Counter[Cell]:
        """The stated figures other than 0 that `cell` comes down to, each with how often it is added."""
        if cell in self.stated:
            return Counter({cell: 1} if self.stated[cell].amount else {})
        if cell not in self._stated_parts:
            parts: Counter[Cell] = Counter()
            for part in self.summands(cell):
                for source, times in self.stated_parts(part.cell).items():
                    parts[source] += part.sign * times
            self._stated_parts[cell] = parts
        return self._stated_parts[cell]

    def cell_of(self, term: Term, code: str = "") -> Cell:
        """The cell that `term`, which names a table, stands for; `code`: the subject of the row at hand."""
        row = code if term.row == SAME_ROW else term.row
        return Cell(term.table, self.edition.tables[term.table].row_name(row), term.column)

    def resolve(self, terms: tuple[Term, ...]) -> list[Summand]:
        """The cells that `terms`, each naming one in full, stand for."""
        return [Summand(term.sign, self.cell_of(term)) for term in terms]

    def sides(self, table: TableSpec) -> tuple[Side, ...]:
        """The sides of `table` with the rows that they show."""
        return self._tables[table.number].sides

    def cells(self, tables: Iterable[str] | None = None) -> list[Cell]:
        """Every cell that the publication shows, table by table; of `tables` alone where they are given."""
        numbers = self._tables if tables is None else tables
        return [cell for number in numbers for cell in self._tables[number].cells]

    def has_activity(self, table: TableSpec) -> bool:
        """Whether any figure of `table` is other than 0."""
        return any(self.amount(cell) for cell in self._tables[table.number].cells)

    def _derived(self, cell: Cell) -> Decimal:
        if cell in self._running:
            message = f"版本 {self.edition.identifier} 的“{cell}”由它自己算出，请修改“等于”。"
            raise InvalidInput(Finding(Code.CIRCLE, message))
        self._running.add(cell)
        try:
            return self.total(self.summands(cell))
        finally:
            self._running.discard(cell)

    def _of_rows(self, table: TableSpec, term: Term, column: str) -> list[Summand]:
        if term.table:
            return [Summand(term.sign, self.cell_of(term))]
        return [Summand(term.sign, Cell(table.number, row, column)) for row in table.rows_meant(term.name)]

    def _of_other_tables(self, terms: tuple[Term, ...], code: str) -> list[Summand]:
        """Terms that name a table; cells of the same subject only where the row at hand has a subject."""
        return [
            Summand(term.sign, self.cell_of(term, code))
            for term in terms
            if term.table and (code or term.row != SAME_ROW)
        ]

    def _without_figures(self, table: TableSpec) -> set[str]:
        """The rows that are shown only with figures (有数才列), where neither they nor any below have some."""
        stated = {cell.row for cell in self.stated if cell.table == table.number}

        def has_figures(block: Block, row: RowSpec) -> bool:
            cells = (Cell(table.number, row.name, column.name) for column in block.amounts)
            return row.name in stated or any(map(self.amount, cells))

        return {
            row.name
            for block in table.blocks
            for row in block.rows
            if row.only_if_any and not any(has_figures(block, one) for one in (row, *rows_below(block, row)))
        }

    def _rows_of(self, table: TableSpec, left_out: Collection[str] = ()) -> TableRows:
        stated = {cell.row for cell in self.stated if cell.table == table.number}
        codes = set(self.named.get(table.number, set())) | {code for block in table.blocks for code in block.preset}
        for number in {number for block in table.blocks for number in block.rows_from}:
            filled = {cell.row for cell, figure in self.stated.items() if cell.table == number and figure.amount}
            codes |= filled - {TOTAL}
        return TableRows(self.edition, table, codes, stated, self.names, left_out)
