"""Which rows each table shows for one department, and which rows add up to which."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import takewhile
from typing import NamedTuple

from generator.edition import TOTAL, Block, Column, Edition, RowSpec, TableSpec


class Cell(NamedTuple):
    """A figure's place in the publication: table number, row name (or subject code), column name."""

    table: str
    row: str
    column: str

    def __str__(self) -> str:
        return " › ".join(self)


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row as one side of a table shows it. `name` is empty where the row shows no amounts."""

    name: str
    code: str = ""
    caption: str = ""
    line: str = ""
    level: int = 1


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a table: the rows that it shows, and those at its foot."""

    block: Block
    rows: tuple[TableRow, ...]
    closing: tuple[TableRow, ...]

    @property
    def all_rows(self) -> tuple[TableRow, ...]:
        return self.rows + self.closing


class TableRows:
    """The rows of one table, given which of them the department names and states figures for."""

    def __init__(
        self,
        edition: Edition,
        table: TableSpec,
        subjects: Iterable[str],
        stated: set[str],
        names: dict[str, str],
        left_out: Collection[str] = (),
    ) -> None:
        """`subjects`: the codes of its rows; `stated`: the rows with stated figures; `names`: of all subjects.

        `left_out`: the rows that are not shown, since they have no figures (有数才列).
        """
        self._left_out = left_out
        self._table = table
        self._names = names
        self._stated = stated
        self._above_stated = {code[:length] for code in stated for length in (3, 5) if length < len(code)}
        self._above_stated |= {TOTAL} if stated - {TOTAL} else set()
        self._codes = sorted(_with_those_above(subjects) - {TOTAL})
        self._lists = edition.code_lists
        self._children = dict(self._families(stated))
        self.sides = tuple(
            Side(block, tuple(self._rows(block)), tuple(map(_fixed, block.closing))) for block in table.blocks
        )
        self._columns: dict[str, dict[str, Column]] = {}
        for side in self.sides:
            columns = {column.name: column for column in side.block.amounts}
            self._columns |= {row.name: columns for row in side.all_rows}

    def children(self, row: str) -> tuple[str, ...]:
        """The rows one level below `row` whose figures add up to its own; none for a row that stands alone."""
        return self._children.get(row, ())

    def column(self, row: str, column: str) -> Column | None:
        """The column of a row; `None` where the table does not show it."""
        return self._columns.get(row, {}).get(column)

    def is_touched(self, row: str) -> bool:
        """Whether the department states a figure for a subject below `row`, or for `row` where none is below."""
        return row in self._above_stated or (row in self._stated and not self.children(row))

    @cached_property
    def cells(self) -> tuple[Cell, ...]:
        """Every cell that the table shows."""
        return tuple(
            Cell(self._table.number, row.name, column.name)
            for side in self.sides
            for row in side.all_rows
            if row.name
            for column in side.block.amounts
        )

    def _rows(self, block: Block) -> Iterator[TableRow]:
        if block.subjects:
            if self._table.total:
                yield TableRow(TOTAL, caption=self._table.total)
            for code in self._subjects(block):
                yield TableRow(code, code, self._names.get(code, ""), level=len(code) // 2)
        for row in block.rows:
            if row.name not in self._left_out:
                yield _fixed(row)

    def _subjects(self, block: Block) -> list[str]:
        if not block.listed:
            return self._codes
        # Sorted, since a list laid over another's has its own codes at its end.
        codes = sorted(self._lists[block.subjects])
        return [code for top in block.listed for code in codes if code.startswith(top)]

    def _families(self, stated: set[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Each row with its children. Rows that the form lists in full add up only where one below is stated."""
        for block in self._table.blocks:
            if block.subjects:
                families: dict[str, list[str]] = {}
                for code in self._subjects(block):
                    families.setdefault(code[:-2] if len(code) > 3 else TOTAL, []).append(code)
                for parent, children in families.items():
                    adds_up = self._table.total if parent == TOTAL else not block.listed or parent in self._above_stated
                    if adds_up:
                        yield parent, tuple(children)
            for row in block.rows:
                below = rows_below(block, row)
                if stated & {part.name for part in below}:
                    yield row.name, tuple(part.name for part in below if part.level == row.level + 1)


def rows_below(block: Block, row: RowSpec) -> list[RowSpec]:
    """The fixed rows on all levels below `row`."""
    after = block.fixed_rows[block.fixed_rows.index(row) + 1 :]
    return list(takewhile(lambda below: below.level > row.level, after))


def _with_those_above(codes: Iterable[str]) -> set[str]:
    """`codes` with the subjects that they are parts of, and the total where there are any."""
    found = set(codes)
    return found | {code[:length] for code in found for length in (3, 5)} | ({TOTAL} if found else set())


def _fixed(row: RowSpec) -> TableRow:
    return TableRow("" if row.is_blank else row.name, row.code, row.caption, row.line, row.level)
