"""Slabs: the horizontal slices that pages are filled with. A line of text is one, a row of a table is one.

A slab knows the box that it is a slice of, and boxes hold the slabs of what is in them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from generator.pdf.content import Floating, Paragraph, Table, TableCell
from generator.pdf.layout.boxes.line import Line, PlacedPicture


@dataclass(slots=True, eq=False)
class ParagraphBox:
    """What the lines of one paragraph share: where its frame and shade go, from the column's edge."""

    paragraph: Paragraph
    left: float
    end: float


@dataclass(slots=True, eq=False)
class LineSlab:
    """A line of a paragraph.

    `above` is the space before it, which falls away at the top of a page; `glued` means that no page ends after it.
    `floats` are the objects beside the text that are anchored in it.
    """

    box: ParagraphBox
    line: Line
    above: float
    below: float
    glued: bool
    first: bool
    last: bool
    new_page: bool = False
    floats: Sequence[FloatBox] = ()

    @property
    def height(self) -> float:
        return self.line.height

    @property
    def empty(self) -> bool:
        """Whether there is nothing to see of it."""
        look = self.box.paragraph.look
        return not (self.line.runs or self.line.pictures or self.floats or look.borders or look.shade)

    @property
    def turn(self) -> str:
        """Where what follows begins: on a new page, in a new column, or here (nothing)."""
        return self.line.turn


@dataclass(slots=True, eq=False)
class RowSlab:
    """A row of a table, or the part of one that is on a page.

    `contents` are the lines in this part of each cell that is not merged over rows; None for all of a whole row.
    `repeated`: it is a head that comes again on a later page.
    """

    table: TableBox
    row: int
    height: float
    glued: bool
    contents: dict[CellBox, list[Slab]] | None = None
    begins: bool = True
    ends: bool = True
    above: float = 0.0
    below: float = 0.0
    new_page: bool = False
    turn: str = ""
    repeated: bool = False

    def content(self, box: CellBox) -> list[Slab]:
        """What of a cell is in this part of the row."""
        return box.slabs if self.contents is None else self.contents[box]


Slab = LineSlab | RowSlab
Placed = tuple[Slab, float]  # a slab and its top


@dataclass(slots=True, eq=False)
class FloatBox:
    """A floating object set: its size, what is in it, and the width of the column that it is anchored in."""

    floating: Floating
    width: float
    height: float
    column: float
    slabs: list[Slab] = field(default_factory=list)
    picture: PlacedPicture | None = None

    @property
    def room(self) -> float:
        """The height that it takes between the lines of the text."""
        return max(self.floating.down.by, 0.0) + self.height


@dataclass(slots=True, eq=False)
class CellBox:
    """A cell set in its column, over rows [row, end_row) and columns [column, end_column) of the grid."""

    cell: TableCell
    row: int
    end_row: int
    column: int
    end_column: int
    slabs: list[Slab] = field(default_factory=list)

    @property
    def merged(self) -> bool:
        return self.end_row - self.row > 1

    @property
    def height(self) -> float:
        """What the cell needs: its content and the margins above and below."""
        return stacked_height(self.slabs) + self.cell.margins.top + self.cell.margins.bottom


@dataclass(slots=True, eq=False)
class TableBox:
    """A table set: `edges` are its column edges from the table's left, `heights` those of its rows.

    `boxes[r]` are the boxes that begin in row r, `grid[r][c]` the cell of the file there and the box it belongs to.
    `headers` counts the leading rows that come again on every page.
    """

    table: Table
    x: float
    edges: list[float]
    heights: list[float]
    boxes: list[list[CellBox]]
    grid: list[list[tuple[TableCell, CellBox] | None]]
    headers: int
    tops: list[float]


def stacked_height(slabs: Sequence[Slab]) -> float:
    """The height of slabs one below the other, the space before the first and after the last included."""
    return sum([slab.above + slab.height + slab.below for slab in slabs])
