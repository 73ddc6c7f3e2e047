"""What stands in a publication, read by libraries that had no part in making it."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

import docx
import pdfplumber
import pypdf
from docx.table import Table, _Row
from docx.text.paragraph import Paragraph

Rows = list[list[str]]


def word(data: bytes) -> Any:
    """The Word file, opened with python-docx."""
    return docx.Document(io.BytesIO(data))


def blocks(document: Any) -> Iterator[Paragraph | Table]:
    """Paragraphs and tables of the body, in order."""
    yield from document.iter_inner_content()


def text_of(document: Any) -> str:
    """All text of the body, a line for each paragraph and each cell."""
    lines: list[str] = []
    for block in blocks(document):
        if isinstance(block, Paragraph):
            lines.append(block.text)
        else:
            lines += [text for row in rows_of(block) for text in row]
    return "\n".join(lines)


def rows_of(table: Table) -> Rows:
    """The texts of a table's cells; a merged cell once, where it begins, and nowhere else."""
    found: Rows = []
    seen: set[Any] = set()
    for row in table.rows:
        cells = []
        for cell in row.cells:
            if cell._tc not in seen:
                seen.add(cell._tc)
                cells.append(cell.text)
        found.append(cells)
    return found


def grid_of(table: Table) -> list[list[str | None]]:
    """The texts of a table's cells column by column; `None` where a merged cell goes on."""
    seen: set[Any] = set()
    grid: list[list[str | None]] = []
    for row in table.rows:
        line: list[str | None] = []
        for cell in row.cells:
            line.append(None if cell._tc in seen else cell.text)
            seen.add(cell._tc)
        grid.append(line)
    return grid


def is_repeated(row: _Row) -> bool:
    """Whether `row` is repeated at the head of every page."""
    return bool(row._tr.xpath("./w:trPr/w:tblHeader"))


def official_tables(document: Any) -> dict[str, Table]:
    """The official tables by number, such as `表1`."""
    tables = {table.rows[0].cells[0].text.replace(" ", ""): table for table in document.tables}
    return {number: table for number, table in tables.items() if re.fullmatch(r"表\d+", number)}


def plain(text: str) -> str:
    """`text` without white space, which a page may have where a line ends."""
    return re.sub(r"\s", "", text)


def pdf_pages(data: bytes) -> list[str]:
    """The text of each page, read with pypdf."""
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages]


def pdf_tables(data: bytes) -> list[list[list[str | None]]]:
    """Every table of every page, found by pdfplumber with its default settings."""
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        return [table for page in pdf.pages for table in page.extract_tables()]


def heading_pages(data: bytes) -> list[tuple[str, int]]:
    """The PDF's bookmarks: the heading without white space, and the number printed on its page."""
    reader = pypdf.PdfReader(io.BytesIO(data))

    def below(outline: list[Any]) -> Iterator[tuple[str, int]]:
        for entry in outline:
            if isinstance(entry, list):
                yield from below(entry)
            else:
                page = reader.pages[reader.get_destination_page_number(entry)]
                printed = re.findall(r"—\s*(\d+)\s*—", page.extract_text())
                yield plain(entry.title), int(printed[-1])

    return list(below(reader.outline))
