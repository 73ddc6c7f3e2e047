"""A finished Word document as the comparing of two sees it: its paragraphs and tables in reading order."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import Any

from generator.word import (
    EMBEDDED,
    INSTRUCTION,
    PARAGRAPH,
    STORIES,
    TABLE,
    WP,
    A,
    boxes,
    cells,
    content,
    is_head,
    one_line,
    outline_levels,
    paragraphs,
    story_roots,
    style_names,
    style_of,
    table_style_of,
    text_of,
    w,
)
from generator.word import rows as rows_of


@dataclass(frozen=True, slots=True)
class FilledParagraph:
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
class FilledTable:
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

    def begun(self, rows: int | None) -> FilledTable:
        """The table with its first `rows` alone; whole where that is `None`."""
        return self if rows is None else replace(self, rows=self.rows[:rows], elements=self.elements[:rows])


FilledBlock = FilledParagraph | FilledTable


class Filled:
    """A finished document, read."""

    def __init__(self, document: Any) -> None:
        self._document = document
        self._levels = outline_levels(document.styles.element)
        self._style_names = style_names(document.styles.element)
        self._digests = {name: hashlib.sha256(part.blob).hexdigest() for name, part in _images(document)}
        self.blocks = tuple(self._body()) + tuple(self._stories())

    @property
    def elements(self) -> list[Any]:
        """The paragraphs, and the rows of tables, that the blocks are made of."""
        return [
            element
            for block in self.blocks
            for element in (block.elements if isinstance(block, FilledTable) else (block.element,))
        ]

    def _body(self) -> Iterator[FilledBlock]:
        headings: list[str] = []
        for element in content(self._document.element.body):
            if element.tag == TABLE:
                yield self._table(element, tuple(headings))
            if element.tag != PARAGRAPH:
                continue
            paragraph = self._paragraph(element, tuple(headings))
            level = self._levels.get(style_of(element), 0)
            if level and paragraph.text and not paragraph.page:
                above = [*headings[: level - 1], *[""] * (level - 1 - len(headings))]
                headings = [*above, one_line(paragraph.text)]
            yield paragraph
            for box in boxes(element):
                yield from (self._paragraph(boxed, tuple(headings)) for boxed in paragraphs(box, boxed=True))

    def _stories(self) -> Iterator[FilledBlock]:
        for kind, root in story_roots(self._document):
            yield from (self._paragraph(element, (STORIES[kind],)) for element in paragraphs(root, boxed=True))

    def _paragraph(self, element: Any, headings: tuple[str, ...]) -> FilledParagraph:
        pictures = tuple(self._picture(drawing) for drawing in element.iter(w("drawing")))
        text, page = text_of(element).strip(), ""
        if any("PAGEREF" in (node.text or "") for node in element.iter(INSTRUCTION)):
            text, _, page = text.rpartition("\t")
        return FilledParagraph(text, pictures, tuple(filter(None, headings)), element, page)

    def _table(self, element: Any, headings: tuple[str, ...]) -> FilledTable:
        rows = tuple(rows_of(element))
        texts = tuple(
            tuple("\n".join(text_of(p).strip() for p in paragraphs(cell)) for cell in cells(row)) for row in rows
        )
        heads = len(list(takewhile(is_head, rows)))
        name = self._style_names.get(table_style_of(element), "")
        return FilledTable(texts, heads, name, tuple(filter(None, headings)), rows)

    def _picture(self, drawing: Any) -> str:
        said = next((p.get("descr") or p.get("title") or "" for p in drawing.iter(f"{{{WP}}}docPr")), "")
        embedded = [blip.get(EMBEDDED, "") for blip in drawing.iter(f"{{{A}}}blip")]
        return "\t".join((said, *(self._digests.get(name, "") for name in embedded)))


def _images(document: Any) -> Iterator[tuple[str, Any]]:
    for name, relationship in document.part.rels.items():
        if relationship.reltype.endswith("/image") and not relationship.is_external:
            yield name, relationship.target_part
