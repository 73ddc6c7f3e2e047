"""The PDF as a file: outline, links, properties, page labels; the same input gives the same bytes."""

import time
from io import BytesIO

import pypdfium2
import pytest
from publication import contents_line, heading, publication
from pypdf import PdfReader
from word_documents import PORTRAIT, docx, field, paragraph, run

from generator.pdf import FontLibrary, print_document

CORE = (
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/">'
    "<dc:title>2020年部门决算</dc:title><dc:creator>某某局</dc:creator><dc:subject>决算</dc:subject>"
    "<cp:keywords>公开</cp:keywords><dcterms:created>2021-09-01T08:30:00Z</dcterms:created></cp:coreProperties>"
)


@pytest.fixture
def read(fonts: FontLibrary):
    return lambda document: PdfReader(BytesIO(print_document(document, fonts).pdf), strict=True)


def test_properties_come_from_the_document(read) -> None:
    pdf = read(docx(paragraph("甲"), core=CORE))
    said = pdf.metadata
    assert (said.title, said.author, said.subject, said.keywords) == ("2020年部门决算", "某某局", "决算", "公开")
    assert said.creation_date.isoformat() == "2021-09-01T08:30:00+00:00"
    root = pdf.trailer["/Root"]
    assert root["/Lang"] == "zh-CN"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert pdf.pdf_header == "%PDF-1.7"


def outline(entries: list) -> list:
    return [outline(one) if isinstance(one, list) else one.title for one in entries]


def test_headings_make_a_nested_outline_that_leads_to_them(read) -> None:
    document = docx(
        paragraph("第一部分", "h1"), paragraph("一、甲", "h2"), paragraph("二、乙", "h2", "<w:pageBreakBefore/>"),
        paragraph("第二部分", "h1"), paragraph("正文"),
    )  # fmt: skip
    pdf = read(document)
    assert outline(pdf.outline) == ["第一部分", ["一、甲", "二、乙"], "第二部分"]
    second = pdf.outline[1][1]
    assert pdf.get_destination_page_number(second) == 1
    assert second["/Top"] == pytest.approx(841.9 - 104.9)
    assert pdf.trailer["/Root"]["/PageMode"] == "/UseOutlines"


def test_a_document_without_headings_has_no_outline(read) -> None:
    assert read(docx(paragraph("甲"))).outline == []


def links(pdf: PdfReader, page: int = 0) -> list:
    return [one.get_object() for one in pdf.pages[page].get("/Annots", [])]


def test_a_line_of_contents_is_one_link_to_its_heading(read) -> None:
    pdf = read(docx(contents_line("第一部分", "_Toc1"), heading("第一部分", "h1", "_Toc1", "<w:pageBreakBefore/>")))
    (link,) = links(pdf)
    left, _, right, _ = map(float, link["/Rect"])
    assert (left, right) == pytest.approx((79.4, 79.4 + 442.2), abs=0.5)
    assert link["/Dest"][0].get_object() == pdf.pages[1].get_object()
    assert [int(part) for part in link["/Border"]] == [0, 0, 0]


def test_a_page_reference_in_the_text_is_a_link(read) -> None:
    words = run("见第") + field("PAGEREF here \\h", "9") + run("页")
    pdf = read(docx(paragraph(words), heading("此处", "h1", "here", "<w:pageBreakBefore/>")))
    assert len(links(pdf)) == 1
    assert pdf.pages[0].extract_text().replace(" ", "") == "见第2页"


@pytest.mark.parametrize(
    ("target", "linked"),
    [
        ("https://www.example.gov.cn/", True),
        ("mailto:a@example.cn", True),
        ("file:///etc/passwd", False),
        ("javascript:x", False),
    ],
)
def test_only_web_and_mail_addresses_become_links(read, target: str, linked: bool) -> None:
    relation = (
        f'<Relationship Id="rL" Target="{target}" TargetMode="External" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"/>'
    )
    pdf = read(docx(paragraph(f'<w:hyperlink r:id="rL">{run("网址")}</w:hyperlink>'), relations=relation))
    assert [one["/A"]["/URI"] for one in links(pdf)] == ([target] if linked else [])
    assert pdf.pages[0].extract_text() == "网址"


def test_page_labels_say_the_printed_numbers(read) -> None:
    first = f'<w:sectPr>{PORTRAIT}<w:pgNumType w:fmt="lowerRoman"/></w:sectPr>'
    document = docx(
        paragraph("前言", properties=first), paragraph("正文"),
        last_section=f'<w:sectPr>{PORTRAIT}<w:pgNumType w:start="1"/></w:sectPr>',
    )  # fmt: skip
    pdf = read(document)
    assert pdf.page_labels == ["i", "1"]


def test_the_same_document_gives_the_same_bytes(fonts: FontLibrary) -> None:
    document = publication(rows=5, paragraphs=3)
    first = print_document(document, fonts).pdf
    time.sleep(1.1)
    assert print_document(document, fonts).pdf == first
    assert print_document(document, FontLibrary.of_machine(())).pdf == first


def test_another_reader_opens_it_and_finds_the_text(fonts: FontLibrary) -> None:
    pdf = pypdfium2.PdfDocument(print_document(docx(paragraph("收入1,234.56万元——“三公”经费")), fonts).pdf)
    assert pdf[0].get_textpage().get_text_bounded().replace(" ", "") == "收入1,234.56万元——“三公”经费"


def test_fifty_pages_take_little_time(fonts: FontLibrary) -> None:
    document = publication(tables=10, rows=25, paragraphs=50)
    print_document(docx(paragraph("甲")), fonts)
    begin = time.process_time()
    pages = print_document(document, fonts).pages
    assert pages > 50
    assert time.process_time() - begin < 1.5, "about 0.4 s on a quiet machine"
