"""The rules of tables, gathered into the longest straight lines.

Every rule comes out once, and rules that cross or meet share exact coordinates, so that a reader of the PDF finds the
cells again.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby

from generator.pdf.content import Border, TableCell
from generator.pdf.layout.boxes import RowSlab, Rule, TableBox
from generator.pdf.layout.setting import NO_EDGE, Edge, edge, resolved


def table_rules(table: TableBox, rows: Sequence[tuple[RowSlab, float]], left: float) -> Iterator[Rule]:
    """All rules of the rows of a table on one sheet."""
    at = [left + one for one in table.edges]
    tops = [top for _, top in rows] + [rows[-1][1] + rows[-1][0].height]
    for index, y in enumerate(tops):
        above = rows[index - 1][0] if index else None
        below = rows[index][0] if index < len(rows) else None
        across = [_between_rows(table, above, below, column) for column in range(len(at) - 1)]
        yield from (Rule(start, y, end, y, border) for start, end, border in _gathered(across, at))
    for column, x in enumerate(at):
        down = [_between_columns(table, slab.row, column) for slab, _ in rows]
        yield from (Rule(x, start, x, end, border) for start, end, border in _gathered(down, tops))


def diagonals(cell: TableCell, left: float, top: float, right: float, bottom: float) -> Iterator[Rule]:
    """The rules across a cell, from corner to corner (17.4.73, 17.4.79)."""
    for name, ends in (("tl2br", (left, top, right, bottom)), ("tr2bl", (right, top, left, bottom))):
        border = cell.borders.get(name)
        if border is not None and border.visible:
            yield Rule(*ends, border)


def _between_rows(table: TableBox, above: RowSlab | None, below: RowSlab | None, column: int) -> Border | None:
    upper = table.grid[above.row][column] if above is not None else None
    lower = table.grid[below.row][column] if below is not None else None
    if upper is not None and lower is not None and upper[1] is lower[1]:
        return None
    last = len(table.grid) - 1
    one: Edge = NO_EDGE if upper is None or above is None else edge(upper[0], "bottom", above.row == last)
    other: Edge = NO_EDGE if lower is None or below is None else edge(lower[0], "top", below.row == 0)
    return resolved(one, other)


def _between_columns(table: TableBox, row: int, column: int) -> Border | None:
    cells = table.grid[row]
    before = cells[column - 1] if column else None
    after = cells[column] if column < len(cells) else None
    if before is not None and after is not None and before[0] is after[0]:
        return None
    one: Edge = NO_EDGE if before is None else edge(before[0], "right", after is None)
    other: Edge = NO_EDGE if after is None else edge(after[0], "left", before is None)
    return resolved(one, other)


def _gathered(borders: Sequence[Border | None], at: Sequence[float]) -> Iterator[tuple[float, float, Border]]:
    """The longest rules along one line of the grid: `borders[i]` is the border from `at[i]` to `at[i + 1]`."""
    start = 0
    for border, run in groupby(borders):
        end = start + sum(1 for _ in run)
        if border is not None:
            yield at[start], at[end], border
        start = end
