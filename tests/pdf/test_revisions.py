"""Tracked changes as they print: taken as accepted, or shown in colour, underlined and struck through."""

from io import BytesIO
from typing import Any

import pdfplumber
import pytest
from word_documents import docx, paragraph, run

from generator.pdf import FontLibrary, print_document

BLUE, RED = (0.0, 0.25, 0.8), (0.8, 0.0, 0.0)


def changed(name: str, content: str) -> str:
    return f'<w:{name} w:id="1" w:author="决算">{content}</w:{name}>'


def deleted(text: str) -> str:
    return changed("del", f'<w:r><w:delText xml:space="preserve">{text}</w:delText></w:r>')


SENTENCE = paragraph(run("总收入") + deleted("5,143.02") + changed("ins", run("5,153.02")) + run("万元。"))


def shown(content: bytes, fonts: FontLibrary) -> Any:
    return pdfplumber.open(BytesIO(print_document(content, fonts, revisions=True).pdf)).pages[0]


def colours(page: Any) -> dict[str, tuple[float, ...]]:
    """The text of each colour."""
    found: dict[tuple[float, ...], str] = {}
    for char in page.chars:
        found[char["non_stroking_color"]] = found.get(char["non_stroking_color"], "") + char["text"]
    return {text: colour for colour, text in found.items()}


def test_old_and_new_have_colours_of_their_own(fonts: FontLibrary):
    found = colours(shown(docx(SENTENCE), fonts))
    assert found["5,143.02"] == pytest.approx(RED)
    assert found["5,153.02"] == pytest.approx(BLUE)
    assert found["总收入万元。"] == (0, 0, 0)


def test_without_colour_they_are_struck_through_and_underlined(fonts: FontLibrary):
    page = shown(docx(SENTENCE), fonts)
    old, new = (
        [char for char in page.chars if char["non_stroking_color"] == pytest.approx(one)] for one in (RED, BLUE)
    )
    through, under = sorted((line for line in page.lines if line["width"] > 5), key=lambda line: line["x0"])
    assert old[0]["top"] < through["top"] < old[0]["bottom"] - 3
    assert (through["x0"], through["x1"]) == pytest.approx((old[0]["x0"], old[-1]["x1"]), abs=4)
    assert under["top"] > through["top"] + 3
    assert (under["x0"], under["x1"]) == pytest.approx((new[0]["x0"], new[-1]["x1"]), abs=4)


def test_a_bar_in_the_margin_stands_beside_changed_lines(fonts: FontLibrary):
    page = shown(docx(paragraph(run("没有变动。")), SENTENCE, SENTENCE, paragraph(run("没有变动。"))), fonts)
    (bar,) = [line for line in page.lines if line["height"] > 5]
    words = {word["text"]: word for word in page.extract_words()}
    assert bar["x0"] < min(char["x0"] for char in page.chars)
    assert words["没有变动。"]["bottom"] > bar["bottom"] > bar["top"]


def test_a_line_may_end_between_old_and_new_but_not_within_a_figure(fonts: FontLibrary):
    figures = paragraph((deleted("12,345,143.02") + changed("ins", run("12,345,153.02"))) * 9)
    lines = [line["text"] for line in shown(docx(figures), fonts).extract_text_lines()]
    assert len(lines) > 1
    assert all(line.endswith(".02") for line in lines)


def test_page_references_show_what_changed_in_them(fonts: FontLibrary):
    def mark(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    reference = (
        mark("begin") + "<w:r><w:instrText> PAGEREF _Toc1 </w:instrText></w:r>" + mark("separate")
        + deleted("47") + changed("ins", run("48")) + mark("end")
    )  # fmt: skip
    bookmark = '<w:bookmarkStart w:id="7" w:name="_Toc1"/><w:bookmarkEnd w:id="7"/>'
    content = docx(paragraph(run("目录") + reference), paragraph(bookmark + run("一")))
    assert colours(shown(content, fonts))["47"] == pytest.approx(RED)
    assert "48" in colours(shown(content, fonts))


def test_otherwise_changes_print_as_accepted(fonts: FontLibrary):
    printed = print_document(docx(SENTENCE), fonts)
    page = pdfplumber.open(BytesIO(printed.pdf)).pages[0]
    assert page.extract_text().startswith("总收入5,153.02万元。")
    assert {char["non_stroking_color"] for char in page.chars} == {(0, 0, 0)}
    assert [remark.message for remark in printed.remarks] == ["修订中删除的文字没有打印：“5,143.02”"]
