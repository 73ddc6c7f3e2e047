"""Word file and PDF carry the same text in the same order, every paragraph and every cell.

The Word file is read with python-docx, the PDF with pdfplumber; white space, which a page may have where a line ends,
does not count.
"""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

import pdfplumber
import pytest
from departments import example, written
from docx.table import Table, _Row
from published import blocks, grid_of, is_repeated, pdf_tables, plain, rows_of, word

from generator.accounts import load_accounts
from generator.publish import Publication, make_publication


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


def drawn(pdf: bytes) -> list[str]:
    """The characters of each page in the order in which they are drawn, leaders and page number left out."""
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        texts = [plain("".join(char["text"] for char in page.chars)) for page in document.pages]
    return [re.sub(r"\.{4,}", "", re.sub(r"—\d+—$", "", text)) for text in texts]


@pytest.fixture(scope="module")
def pages(publication: Publication) -> list[str]:
    return drawn(publication.pdf)


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


@pytest.mark.slow
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


@pytest.mark.slow
def test_a_long_publication_loses_nothing(tmp_path, open_fonts):
    """Where a merged cell runs on to the next page its text does too, so that only the order differs."""
    data = example()
    data["概况"]["主要职责"] = [f"负责第{n}项工作" + "，并组织实施" * (n % 30) for n in range(1, 70)]
    overall = data["绩效"]["整体支出"]
    overall["年度目标"] = [f"第{n}个目标。" for n in range(1, 60)]
    overall["目标完成情况"] = [
        {
            "关键指标": f"指标{n}",
            "预期实现值": "应公开尽公开，" * (n % 9 + 1),
            "完成情况": "全年运行正常。" * (n % 5 + 1),
        }
        for n in range(1, 40)
    ]
    indicators = data["绩效"]["项目"][0]["指标"]
    data["绩效"]["项目"][0]["指标"] = [one | {"完成值": str(n)} for n in range(12) for one in indicators]
    made = make_publication(load_accounts(written(tmp_path, data)), open_fonts)
    assert made.pages > 40
    assert made.remarks == ()

    in_word = Counter("".join(stretch.text for stretch in stretches(made.docx)))
    pages = drawn(made.pdf)
    in_pdf = Counter("".join(pages))
    repeated = in_pdf - in_word
    assert not in_word - in_pdf
    assert set(repeated) <= set("".join(stretch.head for stretch in stretches(made.docx)))
    assert all(pages)
