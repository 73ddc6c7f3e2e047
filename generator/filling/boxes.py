"""Tables as boxes in lines, and their WordprocessingML: what official and free tables have in common."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise
from typing import NamedTuple, Protocol

from docx.oxml.ns import nsdecls
from docx.oxml.parser import parse_xml

from generator.word import TABLE, Element

NO_BORDERS = (
    '<w:tcBorders><w:top w:val="nil"/><w:left w:val="nil"/><w:bottom w:val="nil"/><w:right w:val="nil"/></w:tcBorders>'
)
OPEN_ABOVE = '<w:tcBorders><w:top w:val="nil"/><w:left w:val="nil"/><w:right w:val="nil"/></w:tcBorders>'


@dataclass(frozen=True, slots=True)
class DrawnCell:
    """A cell as drawn: `style` is the name of its paragraph's, `merge` is `restart` or `continue` for one that runs
    over several rows."""

    text: str
    style: str
    columns: int = 1
    merge: str = ""
    borders: str = ""
    level: int = 1
    keep_next: bool = False


@dataclass(frozen=True, slots=True)
class DrawnRow:
    """A row as drawn: `repeated` on every page of the table; one that `splits` may go on on the next page."""

    boxes: list[DrawnCell]
    repeated: bool = False
    splits: bool = False
    at_top: bool = False
    """Whether what is in its cells begins at the top, rather than standing in the middle."""


def part_tables(body: Element) -> None:
    """Puts an empty line between tables that follow each other: Word would make one table of them."""
    for table in body.findall(TABLE):
        if (following := table.getnext()) is not None and following.tag == table.tag:
            table.addnext(_element('<w:p><w:pPr><w:spacing w:line="240" w:lineRule="exact"/></w:pPr></w:p>'))


class Head(Protocol):
    """A column head, over a column of its own or over the heads below it."""

    @property
    def caption(self) -> str: ...
    @property
    def below(self) -> Sequence[Head]: ...
    @property
    def leaves(self) -> Sequence[object]: ...


def place_head(rows: list[list[DrawnCell]], level: int, head: Head, style: str) -> None:
    """Puts `head` and all below it into `rows`, the first of which is `level`: a group spans the columns below it, a
    column the rows down to the last."""
    if head.below:
        rows[level].append(DrawnCell(head.caption, style, len(head.leaves)))
        for below in head.below:
            place_head(rows, level + 1, below, style)
        return
    last = len(rows) - 1
    rows[level].append(DrawnCell(head.caption, style, merge="restart" if level < last else ""))
    for index in range(level + 1, len(rows)):
        rows[index].append(DrawnCell("", style, merge="continue"))


class Style(NamedTuple):
    """A style of the template: `fill` is the colour of its shading (`D9D9D9`), which fills whole cells."""

    id: str
    fill: str = ""


class Pen:
    """Writes lines and paragraphs in the template's styles, which `styles` gives by their names."""

    def __init__(self, styles: Mapping[str, Style]) -> None:
        self._styles = styles

    def table(self, lines: Sequence[DrawnRow], style: str, shares: Sequence[float], width: int) -> Element:
        """A table of `width` twentieths of a point, parted among its columns by their `shares`."""
        edges = [0.0]
        for share in shares:
            edges.append(edges[-1] + share / sum(shares) * width)
        widths = [round(right) - round(left) for left, right in pairwise(edges)]
        grid = "".join(f'<w:gridCol w:w="{column}"/>' for column in widths)
        return _element(
            f'<w:tbl><w:tblPr><w:tblStyle w:val="{self._styles[style].id}"/><w:tblW w:w="{width}" w:type="dxa"/>'
            f'<w:jc w:val="center"/><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
            f"{''.join(self._row(line, widths) for line in lines)}</w:tbl>"
        )

    def paragraph(self, text: str, style: str) -> Element:
        """A paragraph; the lines of `text` stay lines."""
        return _element(self._paragraph(DrawnCell(text, style)))

    def _row(self, line: DrawnRow, widths: Sequence[int]) -> str:
        properties = ("" if line.splits else "<w:cantSplit/>") + ("<w:tblHeader/>" if line.repeated else "")
        cells, at = [], 0
        for box in line.boxes:
            cells.append(self._cell(box, sum(widths[at : at + box.columns]), line.at_top))
            at += box.columns
        return f"<w:tr>{f'<w:trPr>{properties}</w:trPr>' if properties else ''}{''.join(cells)}</w:tr>"

    def _cell(self, box: DrawnCell, width: int, at_top: bool) -> str:
        span = f'<w:gridSpan w:val="{box.columns}"/>' if box.columns > 1 else ""
        merge = f'<w:vMerge w:val="{box.merge}"/>' if box.merge else ""
        fill = self._styles[box.style].fill
        shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{escape(fill)}"/>' if fill else ""
        align = f'<w:vAlign w:val="{"top" if at_top else "center"}"/>'
        properties = f'<w:tcW w:w="{width}" w:type="dxa"/>{span}{merge}{box.borders}{shade}{align}'
        return f"<w:tc><w:tcPr>{properties}</w:tcPr>{self._paragraph(box)}</w:tc>"

    def _paragraph(self, box: DrawnCell) -> str:
        keep = "<w:keepNext/>" if box.keep_next else ""
        indent = f'<w:ind w:leftChars="{100 * (box.level - 1)}"/>' if box.level > 1 else ""
        run = f'<w:r><w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr>{_lines(box.text)}</w:r>' if box.text else ""
        return f'<w:p><w:pPr><w:pStyle w:val="{self._styles[box.style].id}"/>{keep}{indent}</w:pPr>{run}</w:p>'


def _element(xml: str) -> Element:
    return parse_xml(xml.replace(">", f" {nsdecls('w')}>", 1))


def _lines(text: str) -> str:
    return "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in text.split("\n"))
