"""Cells that the template marks as the same as the one above are merged with it."""

from __future__ import annotations

from generator.narrative import MERGE_WITH_ABOVE
from generator.word import PARAGRAPH, RUN, TABLE, VAL, Element, cells, child, columns, may_read, rows, text_of, w


def merge_marked_cells(body: Element) -> None:
    """Merges every table cell that holds nothing but the mark into the cell above it."""
    for table in [one for one in body.iter(TABLE) if may_read(one, MERGE_WITH_ABOVE)]:
        above: dict[int, Element] = {}
        for row in rows(table):
            for column, cell in zip(columns(row), cells(row), strict=False):
                if text_of(cell) == MERGE_WITH_ABOVE:
                    _set_merge(cell, "continue")
                    _empty(cell)
                    if child(child(above[column], "tcPr"), "vMerge") is None:
                        _set_merge(above[column], "restart")
                else:
                    above[column] = cell


def _set_merge(cell: Element, value: str) -> None:
    properties = child(cell, "tcPr")
    if properties is None:
        properties = cell.makeelement(w("tcPr"))
        cell.insert(0, properties)
    merge = cell.makeelement(w("vMerge"), {VAL: value})
    # ECMA-376 17.4.70: vMerge comes after tcW and gridSpan, before borders and the rest.
    before = [found for name in ("tcW", "gridSpan", "hMerge") if (found := child(properties, name)) is not None]
    if before:
        before[-1].addnext(merge)
    else:
        properties.insert(0, merge)


def _empty(cell: Element) -> None:
    for paragraph in cell.findall(PARAGRAPH):
        for run in paragraph.findall(RUN):
            paragraph.remove(run)
