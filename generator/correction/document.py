"""A finished Word document as the comparing of two sees it: its paragraphs and tables in reading order."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from docx.oxml.ns import qn

_STORIES = {"header": "页眉", "footer": "页脚", "footnotes": "脚注", "endnotes": "尾注"}


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph with its place: the headings that it stands under."""

    text: str
    pictures: tuple[str, ...]
    """What each of its pictures says to those who cannot see it, with a digest of the picture."""
    headings: tuple[str, ...]
    element: Any
    page: str = ""
    """Of an entry of the 目录: the page that it names, which is no part of the text."""

    @property
    def key(self) -> str:
        return "\n".join((self.text, *self.pictures, "\t" if self.page else ""))


@dataclass(frozen=True, slots=True)
class Table:
    """A table: the texts of its cells by row, a merged cell in the first of its places alone."""

    rows: tuple[tuple[str, ...], ...]
    heads: int
    """How many rows are repeated on each page."""
    style: str
    """Its name in the template."""
    headings: tuple[str, ...]
    elements: tuple[Any, ...]
    """The rows."""

    @property
    def key(self) -> str:
        return "\n".join("\t".join(row) for row in self.rows)

    @property
    def title(self) -> str:
        """The text of the first row that is one cell across; of an official table the second, after its number."""
        across = [row[0] for row in self.rows[: self.heads] if len(row) == 1 and row[0]]
        return across[1] if len(across) > 1 and across[0].replace(" ", "").startswith("表") else "".join(across[:1])

    def begun(self, rows: int | None) -> Table:
        """The table with its first `rows` alone; whole where that is `None`."""
        return self if rows is None else replace(self, rows=self.rows[:rows], elements=self.elements[:rows])


Block = Paragraph | Table


class Filled:
    """A finished document, read."""

    def __init__(self, document: Any) -> None:
        self._document = document
        self._levels = _heading_levels(document)
        self._style_names = {style.style_id: style.name for style in document.styles}
        self._digests = {name: hashlib.sha256(part.blob).hexdigest() for name, part in _images(document)}
        self.blocks = tuple(self._body()) + tuple(self._stories())

    @property
    def elements(self) -> list[Any]:
        """The paragraphs, and the rows of tables, that the blocks are made of."""
        return [
            element
            for block in self.blocks
            for element in (block.elements if isinstance(block, Table) else (block.element,))
        ]

    def _body(self) -> Iterator[Block]:
        headings: list[str] = []
        for element in _blocks(self._document.element.body):
            if element.tag == qn("w:tbl"):
                yield self._table(element, tuple(headings))
                continue
            paragraph = self._paragraph(element, tuple(headings))
            level = self._levels.get(_style_of(element), 0)
            if level and paragraph.text and not paragraph.page:
                above = [*headings[: level - 1], *[""] * (level - 1 - len(headings))]
                headings = [*above, re.sub(r"\s+", "　", paragraph.text)]
            yield paragraph

    def _stories(self) -> Iterator[Block]:
        for part in self._document.part.package.iter_parts():
            kind = next((k for k in _STORIES if f"/word/{k}" in str(part.partname)), "")
            if kind and hasattr(part, "element"):
                for element in part.element.iter(qn("w:p")):
                    yield self._paragraph(element, (_STORIES[kind],))

    def _paragraph(self, element: Any, headings: tuple[str, ...]) -> Paragraph:
        pictures = tuple(self._picture(drawing) for drawing in element.iter(qn("w:drawing")))
        text, page = _text(element), ""
        if any("PAGEREF" in (node.text or "") for node in element.iter(qn("w:instrText"))):
            text, _, page = text.rpartition("\t")
        return Paragraph(text, pictures, tuple(filter(None, headings)), element, page)

    def _table(self, element: Any, headings: tuple[str, ...]) -> Table:
        rows = tuple(element.iterchildren(qn("w:tr")))
        cells = tuple(
            tuple("\n".join(_text(p) for p in cell.iter(qn("w:p"))) for cell in row.iter(qn("w:tc"))) for row in rows
        )
        heads = 0
        while heads < len(rows) and rows[heads].find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None:
            heads += 1
        style = element.find(f"{qn('w:tblPr')}/{qn('w:tblStyle')}")
        name = self._style_names.get(style.get(qn("w:val")), "") if style is not None else ""
        return Table(cells, heads, name, tuple(filter(None, headings)), rows)

    def _picture(self, drawing: Any) -> str:
        said = next((p.get("descr") or p.get("title") or "" for p in drawing.iter(qn("wp:docPr"))), "")
        embedded = [blip.get(qn("r:embed"), "") for blip in drawing.iter(qn("a:blip"))]
        return "\t".join((said, *(self._digests.get(name, "") for name in embedded)))


def _heading_levels(document: Any) -> dict[str, int]:
    """Heading level (from 1) by style id."""
    levels = {}
    for style in document.styles:
        based_on, seen = style, 0
        while based_on is not None and seen < 20:
            level = based_on.element.find(f"{qn('w:pPr')}/{qn('w:outlineLvl')}")
            if level is not None:
                if int(level.get(qn("w:val"))) < 9:
                    levels[style.style_id] = int(level.get(qn("w:val"))) + 1
                break
            based_on, seen = getattr(based_on, "base_style", None), seen + 1
    return levels


def _images(document: Any) -> Iterator[tuple[str, Any]]:
    for name, relation in document.part.rels.items():
        if relation.reltype.endswith("/image") and not relation.is_external:
            yield name, relation.target_part


def _blocks(container: Any) -> Iterator[Any]:
    """Paragraphs and tables, those inside content controls too."""
    for child in container:
        if child.tag in (qn("w:p"), qn("w:tbl")):
            yield child
        elif child.tag == qn("w:sdt"):
            yield from _blocks(child.find(qn("w:sdtContent")))


def _text(paragraph: Any) -> str:
    pieces = {qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:noBreakHyphen"): "-"}
    found = [
        node.text or "" if node.tag == qn("w:t") else pieces[node.tag]
        for node in paragraph.iter(qn("w:t"), *pieces)
        if node.getparent().tag == qn("w:r")
    ]
    return "".join(found).strip()


def _style_of(paragraph: Any) -> str:
    style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
    return "" if style is None else str(style.get(qn("w:val")))
