"""Slabs: the horizontal slices that pages are filled with. A line of text is one, a row of a table is one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.pdf.layout.paragraphs import Line
from generator.pdf.reading.content import Paragraph

if TYPE_CHECKING:
    from generator.pdf.layout.floats import FloatBox
    from generator.pdf.layout.tables import CellBox, TableBox

TOLERANCE = 0.01


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
    floats: "Sequence[FloatBox]" = ()

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

    table: "TableBox"
    row: int
    height: float
    glued: bool
    contents: "dict[CellBox, list[Slab]] | None" = None
    begins: bool = True
    ends: bool = True
    above: float = 0.0
    below: float = 0.0
    new_page: bool = False
    turn: str = ""
    repeated: bool = False

    @property
    def splits_freely(self) -> bool:
        row = self.table.table.rows[self.row]
        return not row.cant_split and row.height_rule != "exact"

    def content(self, box: "CellBox") -> "list[Slab]":
        return box.slabs if self.contents is None else self.contents[box]

    def split(self, room: float) -> "tuple[RowSlab, RowSlab] | None":
        """The part of the row that fits into `room`, and the rest; None where a cell has not even a line that fits.

        A cell that is merged over several rows takes no part in this: its lines go where there is room for them.
        """
        parted = self._part(room)
        if not any(tail for _, tail, _ in parted.values()):
            return None
        if any(tail and not head for head, tail, _ in parted.values()):
            return None
        return self._parts(
            parted,
            max(stacked_height(head) + edges for head, _, edges in parted.values()),
            max(stacked_height(tail) + edges for _, tail, edges in parted.values()),
        )

    def cut(self, room: float) -> "tuple[RowSlab, RowSlab] | None":
        """The row parted at `room` whatever is in it: its height, or a merged cell, is more than a page holds.

        None where that would leave as much for the next page again.
        """
        parted = self._part(room)
        needed = max([stacked_height(tail) + edges if tail else 0.0 for _, tail, edges in parted.values()], default=0.0)
        rest = max(needed, self.height - room)
        return self._parts(parted, room, rest) if room > 0 and rest < self.height - TOLERANCE else None

    def _part(self, room: float) -> "dict[CellBox, tuple[list[Slab], list[Slab], float]]":
        """Of each cell that is not merged over rows: what fits into `room`, what does not, and its margins."""
        found = {}
        top = self.table.tops[self.row]
        for box in self.table.boxes[self.row]:
            if not box.merged:
                edges = box.cell.margins.top + box.cell.margins.bottom + top
                slabs = self.content(box)
                fitting = fitting_count(slabs, room - edges)
                found[box] = (slabs[:fitting], slabs[fitting:], edges)
        return found

    def _parts(
        self, parted: "dict[CellBox, tuple[list[Slab], list[Slab], float]]", height: float, rest: float
    ) -> "tuple[RowSlab, RowSlab]":
        heads = {box: head for box, (head, _, _) in parted.items()}
        tails = {box: tail for box, (_, tail, _) in parted.items()}
        return (
            RowSlab(self.table, self.row, height, False, heads, self.begins, False),
            RowSlab(self.table, self.row, rest, self.glued, tails, False, self.ends),
        )


Slab = LineSlab | RowSlab
Placed = tuple[Slab, float]  # a slab and its top


def notes_of(slabs: Iterable[Slab]) -> list[int]:
    """The footnotes that slabs refer to, in order."""
    found: dict[int, None] = {}
    for slab in slabs:
        if isinstance(slab, LineSlab):
            found.update((note.note, None) for note in slab.line.notes)
        elif not slab.repeated:
            for box in slab.table.boxes[slab.row]:
                found.update((note, None) for note in notes_of(box.slabs if box.merged else slab.content(box)))
    return list(found)


def stacked_height(slabs: Sequence[Slab]) -> float:
    """The height of slabs one below the other, the space before the first and after the last included."""
    return sum([slab.above + slab.height + slab.below for slab in slabs])


def fitting_count(slabs: Sequence[Slab], room: float) -> int:
    """How many of the slabs fit into a height."""
    used = 0.0
    for index, slab in enumerate(slabs):
        if used + slab.above + slab.height > room + TOLERANCE:
            return index
        used += slab.above + slab.height + slab.below
    return len(slabs)


def stack(slabs: Sequence[Slab], top: float) -> list[Placed]:
    """Slabs one below the other from `top`."""
    placed = []
    for slab in slabs:
        top += slab.above
        placed.append((slab, top))
        top += slab.height + slab.below
    return placed
