"""A finance bureau changes the template in Word: the PDF shows what it changed, or a remark says what it does not."""

from __future__ import annotations

import io
import shutil
import subprocess
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import docx
import pdfplumber
import pypdf
import pytest
from bureau import CONTENT, LEVELS, changed_look
from copies import copied_edition
from departments import DEPARTMENT, EXAMPLE
from docx.oxml.ns import nsdecls, qn
from docx.oxml.parser import parse_xml
from docx.shared import Cm
from docx.text.paragraph import Paragraph
from published import plain
from template_changes import TEMPLATE

from generator.accounts import load_accounts
from generator.edition.loading import EDITIONS_VARIABLE
from generator.pdf.fonts import FontLibrary
from generator.publish import Publication, make_publication

SOFFICE = shutil.which("soffice")
RED, BLUE, BLACK = (1.0, 0.0, 0.0), (0.0, 0.0, 1.0), (0.0, 0.0, 0.0)
COVER_AND_CONTENTS = 3  # pages
Change = Callable[[Any], None]
Build = Callable[..., "Built"]


class Built:
    """A publication made with a changed template, its PDF opened with independent readers."""

    def __init__(self, publication: Publication) -> None:
        self.publication = publication
        self.pages = pdfplumber.open(io.BytesIO(publication.pdf)).pages
        self.texts = [plain(page.extract_text()) for page in self.pages]

    def page(self, words: str) -> Any:
        """The page after cover and 目录 on which some words stand first."""
        pages = zip(self.pages, self.texts, strict=True)
        return next(page for page, text in [*pages][COVER_AND_CONTENTS:] if plain(words) in text)

    def chars(self, words: str) -> list[dict[str, Any]]:
        """The characters of some words where they stand first on one of those pages, in the order of the file."""
        for page in self.pages[COVER_AND_CONTENTS:]:
            chars = [char for char in page.chars if char["text"].strip()]
            at = "".join(char["text"] for char in chars).find(plain(words))
            if at >= 0:
                return chars[at : at + len(plain(words))]
        raise AssertionError(f"{words} is not in the PDF")

    @property
    def remarks(self) -> list[str]:
        return [f"{remark.place}：{remark.message}" for remark in self.publication.remarks]


@pytest.fixture(scope="module")
def build(open_fonts: FontLibrary, tmp_path_factory: pytest.TempPathFactory) -> Build:
    """Makes the example's publication with the template that the given changes leave."""

    def build(*changes: Change, through: Callable[[Path], None] | None = None) -> Built:
        home = tmp_path_factory.mktemp("bureau")
        template = home / "templates" / TEMPLATE.name
        copied_edition("gz-2020", home)
        document = docx.Document(str(TEMPLATE))
        for change in changes:
            change(document)
        document.save(str(template))
        if through is not None:
            through(template)
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv(EDITIONS_VARIABLE, str(home))
            return Built(make_publication(load_accounts(EXAMPLE), open_fonts))

    return build


def color(char: dict[str, Any]) -> tuple[float, ...]:
    return tuple(char["non_stroking_color"])


@pytest.fixture(scope="module")
def restyled(build: Build) -> Built:
    return build(changed_look)


@pytest.mark.slow
def test_headings_have_the_colour_size_and_place_that_the_style_says(restyled: Built) -> None:
    chars = restyled.chars("一、2020年度收入支出决算总体情况说明")
    assert {color(char) for char in chars} == {RED}
    assert {char["size"] for char in chars} == {20}
    page = next(page for page in restyled.pages if chars[0] in page.chars)
    assert (chars[0]["x0"] + chars[-1]["x1"]) / 2 == pytest.approx(page.width / 2, abs=1)


def test_text_has_the_size_and_line_pitch_that_the_style_says(restyled: Built) -> None:
    page = restyled.page("纳入我部门")
    chars = [char for char in page.chars if char["size"] == 14]
    bases = sorted({round(char["matrix"][5], 1) for char in chars})
    steps = {round(upper - lower, 1) for lower, upper in pairwise(bases)}
    assert min(steps) == 24.0


def test_pages_have_the_paper_and_margins_that_the_sections_say(restyled: Built) -> None:
    papers = {(round(page.width / 72 * 2.54, 1), round(page.height / 72 * 2.54, 1)) for page in restyled.pages}
    assert papers == {(18.4, 26.0), (42.0, 29.7)}
    page = restyled.page("纳入我部门")
    body = [char for char in page.chars if char["size"] == 14]
    assert min(char["x0"] for char in body) == pytest.approx(Cm(2).pt, abs=1)
    assert max(char["x1"] for char in body) <= page.width - Cm(2).pt + 7.1, "the blank half of a mark may hang over"


@pytest.fixture(scope="module")
def enlarged(build: Build) -> Built:
    return build(*CONTENT)


@pytest.mark.slow
def test_a_drawn_table_keeps_its_cells_widths_shading_and_borders(enlarged: Built) -> None:
    page = enlarged.page("竖着合并")
    rows = next(table for table in page.extract_tables() if table[0][0] == "斜线")
    assert rows == [["斜线", "合并的表头", None], ["竖着合并", "一", "内容甲"], [None, "二", "内容乙"]]
    found = next(table for table in page.find_tables() if table.extract()[0][0] == "斜线")
    edges = sorted({cell[0] for cell in found.cells} | {cell[2] for cell in found.cells})
    assert [right - left for left, right in pairwise(edges)] == pytest.approx([100, 50, 250])
    assert (edges[0] + edges[-1]) / 2 == pytest.approx((Cm(2.8).pt + page.width - Cm(2.6).pt) / 2, abs=1)
    lines = {(tuple(line["stroking_color"]), round(line["linewidth"], 2)) for line in page.lines}
    assert (BLUE, 0.5) in lines, "the diagonal"
    assert (RED, 1.5) in lines, "the border of one cell"
    assert (BLACK, 2.25) in lines, "the thick border on top"
    assert any(line["dash"][0] for line in page.objects["line"] if line.get("dash"))


def test_numbers_that_word_counts_are_printed(enlarged: Built) -> None:
    for first in range(2):
        for at_level, (_, _, labels) in enumerate(LEVELS):
            words = f"{labels[first]}编号条文{first}{at_level}"
            assert any(words in text for text in enlarged.texts), words


def test_headers_stand_on_their_pages_and_numbers_have_the_format_of_the_section(enlarged: Built) -> None:
    heads = [text[:5] for text in enlarged.texts]
    assert heads[0] == "首页页眉" + enlarged.texts[0][4]
    assert all(head == ("奇数页页眉" if index % 2 else "偶数页页眉") for index, head in enumerate(heads) if index > 3)
    assert enlarged.texts[1].endswith("—I—"), "the second page is number I, so an odd one"


def test_pictures_have_their_size_and_place(enlarged: Built) -> None:
    page = enlarged.page("图片之前")
    inline = [image for image in page.images if image["top"] < 690]
    sizes = [(round(image["width"]), round(image["height"])) for image in inline]
    assert sizes == [(200, 100), (100, 50)], "the PNG and the JPEG"
    left, right = min(image["x0"] for image in inline), max(image["x1"] for image in inline)
    assert (left + right) / 2 == pytest.approx((Cm(2.8).pt + page.width - Cm(2.6).pt) / 2, abs=1)
    (seal,) = [image for image in enlarged.page("盖章的地方").images if image["top"] > 690]
    assert (seal["x0"], seal["top"]) == pytest.approx((Cm(2.8).pt + 300, 700), abs=0.5)
    assert (seal["width"], seal["height"]) == pytest.approx((90, 90), abs=0.1)


def test_notes_stand_at_the_foot_and_at_the_end(enlarged: Built) -> None:
    assert "有注1释的话i" in plain(enlarged.page("释的话").extract_text())
    assert "1脚注的文字" in plain(enlarged.page("释的话").extract_text())
    assert "i尾注的文字" in enlarged.texts[-1]


def test_underlines_highlights_raised_text_and_links_show(enlarged: Built) -> None:
    page = enlarged.page("加下划线")
    word = enlarged.chars("加下划线")
    assert any(
        line["x0"] == pytest.approx(word[0]["x0"], abs=1) and 0 < line["top"] - word[0]["top"] < 20
        for line in page.lines
    )
    raised, level = enlarged.chars("升高")[0], enlarged.chars("突出显示")[0]
    assert raised["size"] < level["size"]
    assert raised["matrix"][5] > level["matrix"][5]
    links = [
        note.get_object()["/A"]["/URI"]
        for one in pypdf.PdfReader(io.BytesIO(enlarged.publication.pdf)).pages
        for note in one.get("/Annots", [])
        if "/A" in note.get_object() and "/URI" in note.get_object()["/A"]
    ]
    assert "https://www.gz.gov.cn/" in links


def test_a_tab_reaches_its_stop_over_dots(enlarged: Built) -> None:
    page = enlarged.page("名称")
    line = next(line for line in page.extract_text_lines() if line["text"].startswith("名称"))
    assert line["x1"] == pytest.approx(Cm(2.8).pt + Cm(15).pt, abs=1)
    assert line["text"].count(".") > 20


@pytest.mark.parametrize(("words", "pitch"), [("固定行距", 40), ("最小行距", 50), ("多倍行距", 3 * 16 * 1.3)])
def test_lines_have_the_pitch_that_the_paragraph_says(enlarged: Built, words: str, pitch: float) -> None:
    lines = [line for line in enlarged.page(words * 3).extract_text_lines() if words in line["text"]]
    steps = {round(lower["top"] - upper["top"], 1) for upper, lower in pairwise(lines)}
    assert [*steps] == [pytest.approx(pitch, abs=0.2)]


def test_text_boxes_and_lines_show_where_they_stand(enlarged: Built) -> None:
    page = enlarged.page("锚定段落")
    for words in ("行内的文本框", "浮动的文本框", "旧式文本框"):
        assert plain(words) in plain(enlarged.page(words).extract_text())
    floating = enlarged.chars("浮动的文本框")[0]
    assert (floating["x0"], floating["top"]) == pytest.approx((400 + 7.2, 60 + 3.6), abs=12)
    red = [line for line in page.lines if tuple(line["stroking_color"]) == RED]
    assert any(line["width"] == pytest.approx(400, abs=0.1) for line in red)


def test_columns_are_balanced_and_what_follows_stands_below(enlarged: Built) -> None:
    first, last, after = (enlarged.chars(words)[0] for words in ("栏文0", "栏文3", "又是单栏"))
    assert last["x0"] > first["x0"] + 200
    column = enlarged.page("栏文0")
    assert "栏文3" in plain(column.extract_text())
    assert after["top"] > last["top"]


def test_breaks_and_what_stays_together(enlarged: Built) -> None:
    texts = enlarged.texts
    before = next(index for index, text in enumerate(texts) if "分页之前。" in text)
    assert "段前分页的段落。" in texts[before + 1]
    together = next(text for text in texts if "与下段同页的段落。" in text)
    assert together.count("下段。") == 60


def test_what_is_not_printed_as_word_does_is_said_with_the_words_of_its_place(enlarged: Built) -> None:
    assert any("本年数/上年数" in text for text in enlarged.texts)
    remarks = enlarged.remarks
    for place, message in (("增长：", "公式"), ("着重的话", "着重号")):
        assert [one for one in remarks if place in one and message in one], (place, remarks)
    assert len(remarks) == 2, remarks  # a comment does not reach the publication at all


def tags_alone(document: Any) -> None:
    """LibreOffice puts page and section breaks into the paragraph before them: a tag's paragraph must be its own."""
    for paragraph in document.paragraphs:
        element = paragraph._p
        parted = [*element.xpath("./w:r[w:br[@w:type='page']]"), *element.xpath("./w:pPr/w:sectPr")]
        if paragraph.text.lstrip().startswith(("{{p", "{%p")) and parted:
            following = Paragraph(parse_xml(f"<w:p {nsdecls('w')}/>"), paragraph._parent)
            element.addnext(following._p)
            for one in parted:
                (following._p if one.tag == qn("w:r") else following._p.get_or_add_pPr()).append(one)


@pytest.mark.slow
@pytest.mark.skipif(SOFFICE is None, reason="needs LibreOffice")
def test_a_template_that_another_program_saved_makes_the_same_publication(build: Build, enlarged: Built) -> None:
    def resaved(template: Path) -> None:
        folder = template.parent.parent / "resaved"
        command = [str(SOFFICE), f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
        done = subprocess.run(
            [*command, "--convert-to", "docx", "--outdir", str(folder), str(template)],
            capture_output=True, text=True, timeout=180, check=False,
        )  # fmt: skip
        assert (folder / template.name).is_file(), done.stderr + done.stdout
        document = docx.Document(str(folder / template.name))
        tags_alone(document)
        document.save(str(template))

    again = build(*CONTENT, through=resaved)
    for words in (
        DEPARTMENT, "合并的表头", "第一章编号条文00", "脚注的文字", "尾注的文字", "行内的文本框", "浮动的文本框",
        "栏文3", "又是单栏", "偶数页页眉",
    ):  # fmt: skip
        assert any(words in text for text in again.texts), words
    assert len(again.pages) == pytest.approx(len(enlarged.pages), abs=2)
    assert sum(len(page.images) for page in again.pages) == sum(len(page.images) for page in enlarged.pages)
