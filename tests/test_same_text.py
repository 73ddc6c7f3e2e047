"""Word file and PDF carry the same text in the same order, every paragraph and every cell.

The Word file is read with python-docx, the PDF with pdfplumber; white space, which a page may have where a line ends,
does not count.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import NamedTuple

import pdfplumber
import pytest
from docx.table import Table, _Row
from published import blocks, grid_of, is_repeated, pdf_tables, plain, rows_of, word

from generator.publish import Publication


class Stretch(NamedTuple):
    """A paragraph or a table of the Word file as plain text."""

    text: str
    head: str = ""
    """What is repeated on every page that a table runs on to."""


def stretches(docx: bytes) -> Iterator[Stretch]:
    for block in blocks(word(docx)):
        if isinstance(block, Table):
            rows = ["".join(cells) for cells in rows_of(block)]
            head = "".join(text for text, row in zip(rows, block.rows, strict=True) if is_repeated(row))
            yield Stretch(plain("".join(rows)), plain(head))
        else:
            yield Stretch(plain(block.text))


@pytest.fixture(scope="module")
def pages(publication: Publication) -> list[str]:
    """The characters of each page in the order in which they are drawn, leaders and page number left out."""
    with pdfplumber.open(io.BytesIO(publication.pdf)) as pdf:
        texts = [plain("".join(char["text"] for char in page.chars)) for page in pdf.pages]
    return [re.sub(r"\.{4,}", "", re.sub(r"—\d+—$", "", text)) for text in texts]


def test_the_pages_carry_the_text_of_the_word_file_in_its_order(publication, pages):
    text, spans = "", []
    for stretch in stretches(publication.docx):
        if stretch.head:
            spans.append((len(text), len(text) + len(stretch.text), stretch.head))
        text += stretch.text
    at = 0
    for page in pages:
        if head := next((head for start, end, head in spans if start < at < end), ""):
            assert page.startswith(head)
            page = page.removeprefix(head)
        assert page == text[at : at + len(page)]
        at += len(page)
    assert at == len(text)
    assert at > 10_000


def test_tables_come_back_cell_by_cell(publication: Publication):
    """What pdfplumber finds with its default settings is the table below its title, page by page under its head."""
    found = iter(pdf_tables(publication.pdf))
    for table in word(publication.docx).tables:
        lines = [
            ([None if text is None else plain(text) for text in line], is_repeated(row))
            for line, row in zip(grid_of(table), table.rows, strict=True)
            if not has_open_sides(row)
        ]
        head = [line for line, repeated in lines if repeated]
        body = [line for line, repeated in lines if not repeated]
        while body:
            part = [[None if text is None else plain(text) for text in line] for line in next(found)]
            assert part[: len(head)] == head
            rows = part[len(head) :]
            assert rows == body[: len(rows)]
            assert rows
            body = body[len(rows) :]
    assert next(found, None) is None


def has_open_sides(row: _Row) -> bool:
    """Whether `row` is a line of the title, which no rules enclose."""
    return all(cell.xpath("./w:tcPr/w:tcBorders/w:left[@w:val='nil']") for cell in row._tr.tc_lst)


def test_page_numbers_run_through(publication: Publication):
    with pdfplumber.open(io.BytesIO(publication.pdf)) as pdf:
        ends = [re.search(r"—(\d+)—$", plain("".join(c["text"] for c in page.chars))) for page in pdf.pages]
    numbers = [int(found[1]) for found in ends if found]
    assert numbers == list(range(numbers[0], numbers[0] + len(numbers)))
    assert len(numbers) >= len(ends) - 2  # cover and 目录 may go without


def test_no_page_is_blank(pages):
    assert [number for number, text in enumerate(pages, 1) if not text] == []
