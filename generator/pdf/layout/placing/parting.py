"""Slabs one below the other, and where they are parted when a page or a column ends."""

from collections.abc import Iterable, Sequence

from generator.pdf.layout.boxes import CellBox, LineSlab, Placed, RowSlab, Slab, stacked_height

TOLERANCE = 0.01


def stack(slabs: Sequence[Slab], top: float) -> list[Placed]:
    """Slabs one below the other from `top`."""
    placed: list[Placed] = []
    for slab in slabs:
        top += slab.above
        placed.append((slab, top))
        top += slab.height + slab.below
    return placed


def fitting_count(slabs: Sequence[Slab], room: float) -> int:
    """How many of the slabs fit into a height."""
    used = 0.0
    for index, slab in enumerate(slabs):
        if used + slab.above + slab.height > room + TOLERANCE:
            return index
        used += slab.above + slab.height + slab.below
    return len(slabs)


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


def splits_freely(slab: RowSlab) -> bool:
    """Whether the file lets a page end inside this row."""
    row = slab.table.table.rows[slab.row]
    return not row.cant_split and row.height_rule != "exact"


def split(slab: RowSlab, room: float) -> tuple[RowSlab, RowSlab] | None:
    """The part of a row that fits into `room`, and the rest; None where a cell has not even a line that fits.

    A cell that is merged over several rows takes no part in this: its lines go where there is room for them.
    """
    parted = _parted(slab, room)
    if not any(tail for _, tail, _ in parted.values()):
        return None
    if any(tail and not head for head, tail, _ in parted.values()):
        return None
    return _parts(
        slab,
        parted,
        max(stacked_height(head) + edges for head, _, edges in parted.values()),
        max(stacked_height(tail) + edges for _, tail, edges in parted.values()),
    )


def cut(slab: RowSlab, room: float) -> tuple[RowSlab, RowSlab] | None:
    """A row parted at `room` whatever is in it: its height, or a merged cell, is more than a page holds.

    None where that would leave as much for the next page again.
    """
    parted = _parted(slab, room)
    needed = max([stacked_height(tail) + edges if tail else 0.0 for _, tail, edges in parted.values()], default=0.0)
    rest = max(needed, slab.height - room)
    return _parts(slab, parted, room, rest) if room > 0 and rest < slab.height - TOLERANCE else None


_Parted = dict[CellBox, tuple[list[Slab], list[Slab], float]]


def _parted(slab: RowSlab, room: float) -> _Parted:
    """Of each cell that is not merged over rows: what fits into `room`, what does not, and its margins."""
    found = {}
    top = slab.table.tops[slab.row]
    for box in slab.table.boxes[slab.row]:
        if not box.merged:
            edges = box.cell.margins.top + box.cell.margins.bottom + top
            slabs = slab.content(box)
            fitting = fitting_count(slabs, room - edges)
            found[box] = (slabs[:fitting], slabs[fitting:], edges)
    return found


def _parts(slab: RowSlab, parted: _Parted, height: float, rest: float) -> tuple[RowSlab, RowSlab]:
    heads = {box: head for box, (head, _, _) in parted.items()}
    tails = {box: tail for box, (_, tail, _) in parted.items()}
    return (
        RowSlab(slab.table, slab.row, height, False, heads, slab.begins, False),
        RowSlab(slab.table, slab.row, rest, slab.glued, tails, False, slab.ends),
    )
