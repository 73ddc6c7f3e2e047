"""Cells that the template marks as the same as the one above are merged with it."""

from __future__ import annotations

from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement

from generator.filling.xml import Element, child, text_of
from generator.narrative.environment import MERGE_WITH_ABOVE


def merge_marked_cells(body: Element) -> None:
    """Merges every table cell that holds nothing but the mark into the cell above it."""
    marked = {text.getparent() for text in body.iter(qn("w:t")) if text.text == MERGE_WITH_ABOVE}
    rows = {row for run in marked for row in run.iterancestors(qn("w:tr"))}
    tables = {row.getparent() for row in rows}
    for table in tables:
        above: dict[int, Element] = {}
        for row in table.findall(qn("w:tr")):
            column = 0
            for cell in row.findall(qn("w:tc")):
                if text_of(cell) == MERGE_WITH_ABOVE:
                    _set_merge(cell, "continue")
                    _empty(cell)
                    if child(child(above[column], "w:tcPr"), "w:vMerge") is None:
                        _set_merge(above[column], "restart")
                else:
                    above[column] = cell
                column += _span(cell)


def _span(cell: Element) -> int:
    span = cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")
    return int(span.get(qn("w:val"))) if span is not None else 1


def _set_merge(cell: Element, value: str) -> None:
    merge = OxmlElement("w:vMerge")
    merge.set(qn("w:val"), value)
    properties = child(cell, "w:tcPr")
    # ECMA-376 17.4.70: vMerge comes after tcW and gridSpan, before borders and the rest.
    before = [found for name in ("w:tcW", "w:gridSpan", "w:hMerge") if (found := child(properties, name)) is not None]
    if before:
        before[-1].addnext(merge)
    else:
        properties.insert(0, merge)


def _empty(cell: Element) -> None:
    for paragraph in cell.findall(qn("w:p")):
        for run in paragraph.findall(qn("w:r")):
            paragraph.remove(run)
