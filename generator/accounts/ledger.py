"""The ledger: every cell of every official table, stated by the department or derived from other cells.

A cell that is not stated is the sum of the terms that the edition gives for it: a subject's row the sum of the
subjects below it, a total of its parts, a table's column that of another table; a cell without terms is 0.
All figures are in 万元, exact.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from itertools import takewhile
from typing import NamedTuple

from generator.edition import Block, Edition, RowSpec, TableSpec, Term
from generator.edition.tables import TOTAL
from generator.edition.terms import SAME_ROW
from generator.findings import Finding, InvalidInput, Place

ZERO = Decimal(0)


class Cell(NamedTuple):
    """A figure's place in the publication: table number, row name (or subject code), column name."""

    table: str
    row: str
    column: str

    def __str__(self) -> str:
        return " › ".join(self)


@dataclass(frozen=True, slots=True)
class Stated:
    """A figure that the department wrote, in 万元, and where it did."""

    amount: Decimal
    place: Place


@dataclass(frozen=True, slots=True)
class Summand:
    """A cell that another one is made of, added (1) or taken away (-1)."""

    sign: int
    cell: Cell


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row as one side of a table shows it. `name` is empty where the row shows no amounts."""

    name: str
    code: str = ""
    caption: str = ""
    line: str = ""
    level: int = 1


class Ledger:
    """All figures of one department's tables."""

    def __init__(
        self, edition: Edition, stated: dict[Cell, Stated], subjects: dict[str, set[str]], own: dict[str, str]
    ) -> None:
        """`subjects`: for each table by subject, the codes that the department's file names.

        `own`: the names of the subjects that the department adds to the edition's.
        """
        self.edition = edition
        self.stated = stated
        self._named = subjects
        self._values: dict[Cell, Decimal] = {}
        self._running: set[Cell] = set()
        self._names = {code: name for codes in edition.code_lists.values() for code, name in codes.items()} | own
        self._touched = {number: _rows_touched(stated, number) for number in edition.tables}
        self._subjects = {
            table.number: self._subjects_of(table, block)
            for table in edition.tables.values()
            for block in table.blocks
            if block.subjects and not block.listed
        }

    def amount(self, cell: Cell) -> Decimal:
        """The figure of `cell` in 万元: as stated, else derived. Raises `InvalidInput` for a circular relation."""
        if cell in self.stated:
            return self.stated[cell].amount
        if cell not in self._values:
            self._values[cell] = self.derived(cell)
        return self._values[cell]

    def derived(self, cell: Cell) -> Decimal:
        """What `cell` comes to by its relation, whether it is stated or not."""
        if cell in self._running:
            raise InvalidInput(
                Finding("S102", f"版本 {self.edition.identifier} 的“{cell}”由它自己算出，请修改“等于”。")
            )
        self._running.add(cell)
        try:
            return self.total(self.summands(cell))
        finally:
            self._running.discard(cell)

    def total(self, summands: Iterable[Summand]) -> Decimal:
        """The sum of `summands` in 万元."""
        return sum((part.sign * self.amount(part.cell) for part in summands), ZERO)

    def resolve(self, terms: tuple[Term, ...]) -> list[Summand]:
        """The cells that `terms`, each naming one in full, stand for."""
        return [Summand(term.sign, self._cell(term, "")) for term in terms]

    def summands(self, cell: Cell) -> list[Summand]:
        """The cells whose sum `cell` is; none for a cell that only the department can know."""
        table = self.edition.tables[cell.table]
        if found := table.row_names.get(cell.row):
            return self._of_fixed_row(table, *found, cell)
        block = self._subject_block(table, cell.row)
        column = next(column for column in block.amounts if column.name == cell.column)
        if column.taken_from and cell.row not in self._touched[table.number]:
            return self._by_terms(column.taken_terms, cell, cell.row)
        if children := self._children(table, block, cell.row):
            return [Summand(1, cell._replace(row=child)) for child in children]
        return self._by_terms(column.terms or column.taken_terms, cell, cell.row)

    def rows(self, table: TableSpec, block: Block) -> list[TableRow]:
        """The rows that `block` shows, in order, its closing rows left out."""
        if not block.subjects:
            return [_fixed(row) for row in block.rows if self._is_shown(table, block, row)]
        codes = self._listed(block) if block.listed else self._subjects[table.number]
        rows = [TableRow(code, code, self._names.get(code, ""), level=len(code) // 2) for code in codes]
        return [TableRow(TOTAL, caption=table.total), *rows] if table.total else rows

    def closing_rows(self, block: Block) -> list[TableRow]:
        """The rows at the foot of `block`."""
        return [_fixed(row) for row in block.closing]

    def cells(self) -> list[Cell]:
        """Every cell that the publication shows, table by table."""
        return [
            Cell(table.number, row.name, column.name)
            for table in self.edition.tables.values()
            for block in table.blocks
            for row in (*self.rows(table, block), *self.closing_rows(block))
            if row.name
            for column in block.amounts
        ]

    def has_activity(self, table: TableSpec) -> bool:
        """Whether any figure of `table` is other than 0."""
        return any(self.amount(cell) for cell in self.cells() if cell.table == table.number)

    def subject_name(self, code: str) -> str:
        """The name of the subject `code`."""
        return self._names.get(code, "")

    def _of_fixed_row(self, table: TableSpec, block: Block, row: RowSpec, cell: Cell) -> list[Summand]:
        terms = row.terms.get(cell.column, row.terms.get("", ()))
        if terms:
            return [Summand(term.sign, self._row_cell(table, term, cell.column)) for term in terms]
        details = self._details(block, row)
        touched = {stated.row for stated in self.stated if stated.table == table.number}
        if any(below.name in touched for below in details):
            return [Summand(1, cell._replace(row=below.name)) for below in details if below.level == row.level + 1]
        column = next(column for column in block.amounts if column.name == cell.column)
        return self._by_terms(column.terms, cell, row.code)

    def _by_terms(self, terms: tuple[Term, ...], cell: Cell, code: str) -> list[Summand]:
        """A column's terms for one row; cells of the same subject only where the row has a subject."""
        summands = []
        for term in terms:
            if not term.table:
                summands.append(Summand(term.sign, cell._replace(column=term.name)))
            elif term.row != SAME_ROW or code:
                summands.append(Summand(term.sign, self._cell(term, code)))
        return summands

    def _cell(self, term: Term, code: str) -> Cell:
        row = code if term.row == SAME_ROW else term.row
        named = self.edition.tables[term.table].row_names.get(row)
        return Cell(term.table, named[1].name if named else row, term.column)

    def _row_cell(self, table: TableSpec, term: Term, column: str) -> Cell:
        if term.table:
            return self._cell(term, "")
        named = table.row_names.get(term.name)
        return Cell(table.number, named[1].name if named else term.name, column)

    def _details(self, block: Block, row: RowSpec) -> list[RowSpec]:
        """The fixed rows on all levels below `row`."""
        if row not in block.rows:
            return []
        after = block.rows[block.rows.index(row) + 1 :]
        return list(takewhile(lambda below: below.level > row.level, after))

    def _is_shown(self, table: TableSpec, block: Block, row: RowSpec) -> bool:
        if not row.only_if_any:
            return True
        return any(self.amount(Cell(table.number, row.name, column.name)) for column in block.amounts)

    def _children(self, table: TableSpec, block: Block, row: str) -> list[str]:
        """The subjects whose figures add up to those of `row`, itself a subject or the total."""
        if block.listed:
            codes = self._listed(block)
            stated = (cell.row for cell in self.stated if cell.table == table.number)
            if not any(code.startswith(row) and code != row for code in stated):
                return []
        else:
            codes = self._subjects.get(table.number, [])
        if row == TOTAL and table.total:
            return [code for code in codes if len(code) == 3]
        return [code for code in codes if len(code) == len(row) + 2 and code.startswith(row)]

    def _subject_block(self, table: TableSpec, row: str) -> Block:
        blocks = [block for block in table.blocks if block.subjects]
        return next((block for block in blocks if row.startswith(block.listed)), blocks[0])

    def _listed(self, block: Block) -> list[str]:
        codes = self.edition.code_lists[block.subjects]
        return [code for top in block.listed for code in codes if code.startswith(top)]

    def _subjects_of(self, table: TableSpec, block: Block) -> list[str]:
        """The subject codes of a table's rows with all those above them, in order."""
        codes = {*self._named.get(table.number, ()), *block.preset}
        for number in block.rows_from:
            codes |= {cell.row for cell, stated in self.stated.items() if cell.table == number and stated.amount}
        codes.discard(TOTAL)
        above = {code[:length] for code in codes for length in (3, 5) if length < len(code)}
        return sorted(codes | above)


def _rows_touched(stated: Iterable[Cell], table: str) -> set[str]:
    """The subjects of `table` for which, or below which, a figure is stated; with the total where there are any."""
    codes = {cell.row for cell in stated if cell.table == table}
    return {code[:length] for code in codes for length in (3, 5, 7)} | codes | ({TOTAL} if codes else set())


def _fixed(row: RowSpec) -> TableRow:
    return TableRow("" if row.is_blank else row.name, row.code, row.caption, row.line, row.level)
