"""Cells that the template marks as the same as the one above are merged with it."""

from __future__ import annotations

from generator.narrative import MERGE_WITH_ABOVE, TemplateFault
from generator.word import (
    PARAGRAPH,
    RUN,
    TABLE,
    VAL,
    Element,
    cells,
    child,
    columns,
    may_read,
    quoted,
    rows,
    span,
    text_of,
    w,
)


def merge_marked_cells(body: Element) -> None:
    """Merges every table cell that holds nothing but the mark into the cell above it.

    Raises `TemplateFault` where none stands above it.
    """
    for table in [one for one in body.iter(TABLE) if may_read(one, MERGE_WITH_ABOVE)]:
        above: dict[int, Element] = {}
        for row in rows(table):
            for column, cell in zip(columns(row), cells(row), strict=False):
                if text_of(cell) == MERGE_WITH_ABOVE:
                    if column not in above or span(above[column]) != span(cell):
                        raise TemplateFault(
                            _NOTHING_ABOVE.format(
                                quoted(" ".join(map(text_of, cells(row))).replace(MERGE_WITH_ABOVE, ""))
                            )
                        )
                    _set_merge(cell, "continue")
                    _empty(cell)
                    if child(child(above[column], "tcPr"), "vMerge") is None:
                        _set_merge(above[column], "restart")
                else:
                    above[column] = cell


_NOTHING_ABOVE = "表格的一行{}用了“同上”，上面没有同样宽的一格可以合并：第一行不能用“同上”，上下两行的格要对齐。"


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
