"""A Word document as its words: paragraphs and the rows of tables, whoever saved it.

Results of fields that tell pages are left out, for these change with the layout.
"""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass

from generator.word.content import boxes, cells, columns, containers, content, is_head, rows
from generator.word.names import BOOKMARK, PARAGRAPH, TABLE, Element, child, value
from generator.word.package import Package
from generator.word.text import TextReader

_OF_PAGES = re.compile(r"\s*(TOC|PAGE|PAGEREF|NUMPAGES|SECTIONPAGES)\b")
_NOTES = ("footnotes", "endnotes")
_ONE_LINE = str.maketrans("\t\n", "  ")


@dataclass(frozen=True, slots=True)
class CellWords:
    """A cell of a row: the columns of the grid it covers, from `start` up to `end`."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class RowWords:
    """A row of a table; `is_head` where it is repeated on every page."""

    cells: tuple[CellWords, ...]
    is_head: bool


@dataclass(frozen=True, slots=True)
class ParagraphWords:
    """A paragraph with words; `is_heading` where the 目录 names it."""

    text: str
    is_heading: bool


@dataclass(frozen=True, slots=True)
class TableWords:
    """A table that is not inside another one."""

    rows: tuple[RowWords, ...]


def words_of_document(package: Package) -> Iterator[ParagraphWords | TableWords]:
    """The paragraphs with words, and the tables, in order; notes at the end. Raises UnreadableDocument."""
    yield from _Reader().blocks(package.body)
    for kind, part in package.stories():
        root = package.xml(part) if kind in _NOTES else None
        reader = _Reader()
        for note in containers(root) if root is not None else ():
            yield from reader.blocks(note)


def digest_of_words(package: Package) -> str:
    """A digest of the words: another one where words have changed, not where their look has."""
    digest = hashlib.sha256()
    for block in words_of_document(package):
        if isinstance(block, ParagraphWords):
            texts = [block.text]
        else:
            texts = [cell.text for row in block.rows for cell in row.cells]
        digest.update("\n".join("".join(text.split()) for text in texts).encode("utf-8") + b"\n")
    return digest.hexdigest()


class _Reader:
    """Goes through one part."""

    def __init__(self) -> None:
        self._text = TextReader()

    def blocks(self, container: Element) -> Iterator[ParagraphWords | TableWords]:
        for element in content(container):
            if element.tag == PARAGRAPH:
                yield from self._paragraph(element)
            elif element.tag == TABLE:
                yield TableWords(tuple(self._rows(element)))

    def _paragraph(self, element: Element) -> Iterator[ParagraphWords | TableWords]:
        pieces = self._text.pieces(element)
        said = (piece.text for piece in pieces if not piece.deleted and not any(map(_OF_PAGES.match, piece.fields)))
        text = "".join(said).translate(_ONE_LINE).strip()
        if text:
            yield ParagraphWords(text, _is_heading(element))
        for box in boxes(element):
            yield from self.blocks(box)

    def _rows(self, table: Element) -> Iterator[RowWords]:
        for row in rows(table):
            if child(child(row, "trPr"), "del") is None:
                starts = columns(row)
                texts = (" ".join(self._words_in(cell)) for cell in cells(row))
                yield RowWords(tuple(map(CellWords, starts, starts[1:], texts)), is_head(row))

    def _words_in(self, cell: Element) -> Iterator[str]:
        for block in self.blocks(cell):
            if isinstance(block, ParagraphWords):
                yield block.text
            else:
                yield from (one.text for row in block.rows for one in row.cells if one.text)


def _is_heading(paragraph: Element) -> bool:
    return any((value(mark, "name") or "").startswith("_Toc") for mark in paragraph.iter(BOOKMARK))
