"""A Word document as its words: paragraphs and the rows of tables, whoever saved it.

Read from the XML itself (ECMA-376 part 1, 17): python-docx passes over what stands in content controls, insertions and
text boxes. Results of fields that tell pages are left out, for these change with the layout.
"""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
_OF_PAGES = re.compile(r"\s*(TOC|PAGE|PAGEREF|NUMPAGES|SECTIONPAGES)\b")
_BODY = "word/document.xml"
_NOTES = ("word/footnotes.xml", "word/endnotes.xml")
_MAXIMUM = 200_000_000
"""Bytes that a package may come to when it is unpacked."""
Parts = dict[str, bytes]


class UnreadableFile(Exception):
    """The file is neither a Word document (.docx) nor a PDF that can be read."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a row: the columns of the grid it covers, from `start` up to `end`."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table; `is_head` where it is repeated on every page."""

    cells: tuple[Cell, ...]
    is_head: bool


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph with words; `is_heading` where the 目录 names it."""

    text: str
    is_heading: bool


@dataclass(frozen=True, slots=True)
class Table:
    """A table that is not inside another one."""

    rows: tuple[Row, ...]


def read_word(data: bytes) -> list[Paragraph | Table]:
    """The paragraphs with words, and the tables, of a .docx in order; notes at the end. Raises `UnreadableFile`."""
    return list(_read(unpacked(data)))


def unpacked(data: bytes) -> Parts:
    """The parts of a .docx. Raises `UnreadableFile` where it is none, or would be too large."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            if sum(entry.file_size for entry in package.infolist()) > _MAXIMUM:
                raise UnreadableFile
            parts = {name: package.read(name) for name in package.namelist()}
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, zlib.error):
        raise UnreadableFile from None
    if _BODY not in parts:
        raise UnreadableFile
    return parts


def drawn_texts(data: bytes) -> list[str]:
    """What stands in the pictures of a .docx that are there as SVG. Raises `UnreadableFile`."""
    parts = unpacked(data)
    roots = [_root(part) for name, part in parts.items() if name.endswith(".svg")]
    return ["".join(map(str, text.itertext())) for root in roots for text in root.iter("{*}text")]


def text_digest(parts: Parts) -> str:
    """A digest of the words in the parts of a .docx: another one where words have changed, not where their look has."""
    digest = hashlib.sha256()
    for block in _read(parts):
        if isinstance(block, Paragraph):
            texts = [block.text]
        else:
            texts = [cell.text for row in block.rows for cell in row.cells]
        digest.update("\n".join("".join(text.split()) for text in texts).encode("utf-8") + b"\n")
    return digest.hexdigest()


def _read(parts: Parts) -> Iterator[Paragraph | Table]:
    for name in (_BODY, *_NOTES):
        if name in parts:
            yield from _Reader().blocks(_root(parts[name]))


def _root(part: bytes) -> Any:
    try:
        return etree.fromstring(part, _PARSER)
    except etree.XMLSyntaxError:
        raise UnreadableFile from None


class _Reader:
    """Goes through one part; remembers which fields are open, for they go on from paragraph to paragraph."""

    def __init__(self) -> None:
        self._fields: list[str] = []

    def blocks(self, container: Any) -> Iterator[Paragraph | Table]:
        for element in container:
            if element.tag == f"{_W}p":
                yield from self._paragraph(element)
            elif element.tag == f"{_W}tbl":
                yield Table(tuple(self._rows(element)))
            elif element.tag != f"{_W}del" and isinstance(element.tag, str):
                yield from self.blocks(element)

    def _paragraph(self, element: Any) -> Iterator[Paragraph | Table]:
        boxes: list[Any] = []
        text = "".join(self._texts(element, boxes)).strip()
        if text:
            yield Paragraph(text, _is_heading(element))
        for box in boxes:
            yield from self.blocks(box)

    def _texts(self, element: Any, boxes: list[Any]) -> Iterator[str]:
        """The words of `element`; the text boxes in it are put into `boxes`."""
        for child in element:
            tag = child.tag
            if tag == f"{_W}txbxContent":
                boxes.append(child)
            elif tag == f"{_W}t":
                if not any(map(_OF_PAGES.match, self._fields)):
                    yield child.text or ""
            elif tag in (f"{_W}tab", f"{_W}br", f"{_W}cr") and element.tag == f"{_W}r":
                yield " "
            elif tag == f"{_W}fldChar":
                self._field(child.get(f"{_W}fldCharType"))
            elif tag == f"{_W}instrText" and self._fields:
                self._fields[-1] += child.text or ""
            elif tag == f"{_W}fldSimple" and _OF_PAGES.match(child.get(f"{_W}instr", "")):
                continue
            elif isinstance(tag, str) and tag not in (_FALLBACK, f"{_W}del", f"{_W}moveFrom", f"{_W}pPr"):
                yield from self._texts(child, boxes)

    def _field(self, kind: str | None) -> None:
        if kind == "begin":
            self._fields.append("")
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _rows(self, table: Any) -> Iterator[Row]:
        for row in table.iter(f"{_W}tr"):
            if next(row.iterancestors(f"{_W}tbl")) is table and row.find(f"{_W}trPr/{_W}del") is None:
                is_head = row.find(f"{_W}trPr/{_W}tblHeader") is not None
                yield Row(tuple(self._cells(row)), is_head)

    def _cells(self, row: Any) -> Iterator[Cell]:
        before = row.find(f"{_W}trPr/{_W}gridBefore")
        column = int(before.get(f"{_W}val", "0")) if before is not None else 0
        for cell in row.iter(f"{_W}tc"):
            if next(cell.iterancestors(f"{_W}tr")) is not row:
                continue
            span = cell.find(f"{_W}tcPr/{_W}gridSpan")
            end = column + (int(span.get(f"{_W}val", "1")) if span is not None else 1)
            yield Cell(column, end, " ".join(self._words_of(cell)))
            column = end

    def _words_of(self, cell: Any) -> Iterator[str]:
        for block in self.blocks(cell):
            if isinstance(block, Paragraph):
                yield block.text
            else:
                yield from (one.text for row in block.rows for one in row.cells if one.text)


def _is_heading(paragraph: Any) -> bool:
    marks = paragraph.iter(f"{_W}bookmarkStart")
    return any((mark.get(f"{_W}name") or "").startswith("_Toc") for mark in marks)
