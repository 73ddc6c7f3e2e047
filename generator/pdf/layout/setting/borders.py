"""Which border is shown on each edge of a table's grid. Conflicts between neighbours: ECMA-376 part 1, 17.4.66."""

from generator.pdf.content import Border, TableCell

Edge = tuple[Border | None, bool]
NO_EDGE: Edge = (None, False)


def edge(cell: TableCell, side: str, outer: bool) -> Edge:
    """What a cell says of one of its edges, and whether it says so itself or the table does for it.

    `outer`: the edge is on the outside of the table.
    """
    own = cell.borders.get(side)
    if own is not None:
        return own, True
    inside = "insideV" if side in ("left", "right") else "insideH"
    return cell.table_borders.get(side if outer else inside), False


def resolved(one: Edge, other: Edge) -> Border | None:
    """The border shown where two cells meet: a cell's own wins over the table's, then the wider over the thinner."""
    first, second = one[0], other[0]
    if first is None or second is None:
        shown = first or second
    elif one[1] != other[1]:
        shown = first if one[1] else second
    elif first.visible and second.visible:
        shown = second if second.width > first.width else first
    else:
        shown = first if first.visible else second
    return shown if shown is not None and shown.visible else None
