"""Pages: breaks, what stays together, sections, headers and footers, numbers of pages."""

import itertools
import re
import zipfile
from io import BytesIO

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from publication import contents_line, heading, page_number, publication
from word_documents import LANDSCAPE, NAMESPACES, PORTRAIT, cell, docx, field, paragraph, row, run, section, table

from generator.pdf import FontLibrary, print_document

PAGE_BREAK = '<w:r><w:br w:type="page"/></w:r>'
FULL_PAGE = 22  # lines of 28 pt in the text area of GB/T 9704


def filler(lines: int) -> list[str]:
    return [paragraph(f"第{index}行") for index in range(lines)]


def test_a_page_holds_22_lines_of_28_characters(printed) -> None:
    # 28 characters of 16 pt are wider than 156 mm: the character grid takes 849/4096 pt from each, as Word does.
    grid = f'<w:sectPr>{PORTRAIT}<w:docGrid w:type="linesAndChars" w:linePitch="579" w:charSpace="-849"/></w:sectPr>'
    read = printed(docx(paragraph("字" * 28 * 24), last_section=grid))
    assert [len(read.lines(page)) for page in range(2)] == [FULL_PAGE, 2]
    assert all(len(line) == 28 for line in read.lines())


def test_lines_stand_on_an_exact_pitch_in_whatever_fonts(printed) -> None:
    words = [
        run("仿宋字"),
        run("黑体", '<w:rFonts w:eastAsia="黑体"/>'),
        run("Latin 123"),
        run("小", '<w:sz w:val="21"/>'),
    ]
    page = printed(docx(paragraph("".join(words)), paragraph("第二行"))).pages[0]
    bases = sorted({round(char["matrix"][5], 1) for char in page.chars})
    assert len(bases) == 2
    assert bases[1] - bases[0] == pytest.approx(28.0)


@pytest.mark.parametrize("count", range(FULL_PAGE - 3, FULL_PAGE + 1))
def test_no_heading_is_left_at_the_foot_of_a_page(printed, count: int) -> None:
    document = docx(
        *filler(count), paragraph("一、标题", "h1"), paragraph("（一）标题", "h2"), paragraph("文" * 100, "body")
    )
    for page in printed(document).pages:
        assert not page.extract_text().endswith("标题")


def test_two_lines_at_least_stay_of_a_paragraph_on_either_side_of_a_break(printed) -> None:
    for count in range(FULL_PAGE - 3, FULL_PAGE):
        read = printed(docx(*filler(count), paragraph("文" * 27 * 4)))
        on_first, on_second = (sum("文" in line for line in read.lines(page)) for page in range(2))
        assert on_first + on_second == 4
        assert on_first != 1
        assert on_second != 1


def test_a_paragraph_kept_whole_goes_to_the_next_page(printed) -> None:
    read = printed(docx(*filler(FULL_PAGE - 3), paragraph("文" * 27 * 4, properties="<w:keepLines/>")))
    assert len(read.lines(1)) == 4


def test_a_break_ends_the_page_where_it_stands(printed) -> None:
    read = printed(
        docx(paragraph(run("前") + PAGE_BREAK + run("后")), paragraph("另页", properties="<w:pageBreakBefore/>"))
    )
    assert [page.extract_text() for page in read.pages] == ["前", "后", "另页"]


@pytest.mark.parametrize("rows", range(47, 55))
def test_a_table_that_fills_its_page_is_not_followed_by_a_blank_one(printed, rows: int) -> None:
    full = table([4000], *[row(f"行{index}") for index in range(rows)])
    for between in (
        paragraph(properties=section()),
        paragraph(PAGE_BREAK),
        paragraph(PAGE_BREAK) + paragraph(properties=section()),
    ):
        read = printed(docx(full, between, paragraph("下一部分")))
        assert all(page.extract_text().strip() for page in read.pages)
        assert read.pages[-1].extract_text() == "下一部分"


def test_two_breaks_one_after_the_other_ask_for_a_blank_page(printed) -> None:
    read = printed(docx(paragraph(run("前") + PAGE_BREAK), paragraph(PAGE_BREAK), paragraph("后")))
    assert [page.extract_text() for page in read.pages] == ["前", "", "后"]


def test_sections_have_their_own_paper(printed) -> None:
    read = printed(
        docx(paragraph("竖"), paragraph(properties=section()), paragraph("横"), last_section=section(LANDSCAPE))
    )
    assert [(round(page.width), round(page.height)) for page in read.pages] == [(595, 842), (842, 595)]


def test_a_continuous_section_goes_on_on_the_same_page(printed) -> None:
    narrow = PORTRAIT.replace('w:left="1588"', 'w:left="3176"')
    document = docx(
        paragraph("甲", properties=section()), paragraph("乙"),
        last_section=f'<w:sectPr><w:type w:val="continuous"/>{narrow}</w:sectPr>',
    )  # fmt: skip
    read = printed(document)
    assert read.text == "甲\n乙"
    assert [round(char["x0"], 1) for char in read.pages[0].chars] == [79.4, 158.8]


def test_an_odd_section_begins_on_an_odd_page(printed) -> None:
    odd = f'<w:sectPr><w:type w:val="oddPage"/>{PORTRAIT}</w:sectPr>'
    read = printed(docx(paragraph("甲", properties=section()), paragraph("乙"), last_section=odd))
    assert [page.extract_text() for page in read.pages] == ["甲", "", "乙"]


def test_a_cover_stands_in_the_middle_of_its_page(printed) -> None:
    centred = f'<w:sectPr>{PORTRAIT}<w:vAlign w:val="center"/></w:sectPr>'
    (line,) = printed(docx(paragraph("封面"), last_section=centred)).pages[0].extract_text_lines()
    middle = 104.9 + (841.9 - 104.9 - 99.2) / 2
    assert (line["top"] + line["bottom"]) / 2 == pytest.approx(middle, abs=3)


FOOTERS = (
    '<w:footerReference w:type="default" r:id="footer1"/><w:footerReference w:type="even" r:id="footer2"/>'
    '<w:footerReference w:type="first" r:id="footer3"/>'
)


def test_page_numbers_stand_on_the_outer_edge_and_not_on_the_first_page(printed) -> None:
    document = docx(
        *filler(FULL_PAGE * 3), last_section=f"<w:sectPr>{FOOTERS}{PORTRAIT}<w:titlePg/></w:sectPr>",
        settings="<w:evenAndOddHeaders/>",
        stories={"footer1": page_number("right"), "footer2": page_number("left"), "footer3": paragraph()},
    )  # fmt: skip
    read = printed(document)
    feet = [read.pages[index].extract_text_lines()[-1] for index in range(3)]
    assert [foot["text"] for foot in feet] == ["第21行", "— 2 —", "— 3 —"]
    assert feet[1]["x0"] == pytest.approx(79.4, abs=1)
    assert feet[2]["x1"] == pytest.approx(595.3 - 73.7, abs=1)


def test_footers_are_inherited_and_numbers_start_where_a_section_says(printed) -> None:
    first = f'<w:sectPr>{FOOTERS}{PORTRAIT}<w:pgNumType w:fmt="upperRoman" w:start="3"/></w:sectPr>'
    document = docx(
        paragraph("甲", properties=first), paragraph("乙"),
        last_section=f'<w:sectPr>{PORTRAIT}<w:pgNumType w:start="1"/></w:sectPr>',
        stories={"footer1": page_number("right"), "footer2": paragraph(), "footer3": paragraph()},
    )  # fmt: skip
    read = printed(document)
    assert [page.extract_text() for page in read.pages] == ["甲\n— III —", "乙\n— 1 —"]


def test_a_header_taller_than_the_margin_pushes_the_text_down(printed) -> None:
    reference = '<w:headerReference w:type="default" r:id="header1"/>'
    tall = "".join(paragraph(f"页眉{index}") for index in range(5))
    document = docx(
        paragraph("正文"), last_section=f"<w:sectPr>{reference}{PORTRAIT}</w:sectPr>", stories={"header1": tall}
    )
    read = printed(document)
    assert read.lines()[-1] == "正文"
    assert read.tops()[-1] > 42.5 + 5 * 28


def test_numbers_of_pages_and_of_the_pages_of_a_section(printed) -> None:
    foot = paragraph(run("共") + field("NUMPAGES", "9") + run("页，本节") + field("SECTIONPAGES", "9") + run("页"))
    reference = '<w:footerReference w:type="default" r:id="footer1"/>'
    document = docx(
        *filler(FULL_PAGE + 1), paragraph(properties=f"<w:sectPr>{reference}{PORTRAIT}</w:sectPr>"), paragraph("尾"),
        stories={"footer1": foot},
    )  # fmt: skip
    assert [page.extract_text_lines()[-1]["text"] for page in printed(document).pages] == [
        "共3页，本节2页", "共3页，本节2页", "共3页，本节1页",
    ]  # fmt: skip


def test_contents_show_the_pages_as_printed_right_aligned_over_dots(printed) -> None:
    document = docx(
        contents_line("第一部分", "_Toc1"), contents_line("第二部分", "_Toc2"),
        heading("第一部分", "h1", "_Toc1", "<w:pageBreakBefore/>"), *filler(FULL_PAGE * 10),
        heading("第二部分", "h1", "_Toc2", "<w:pageBreakBefore/>"),
    )  # fmt: skip
    read = printed(document)
    assert read.printed.bookmark_pages == {"_Toc1": 2, "_Toc2": 13}
    lines = read.pages[0].extract_text_lines()
    assert [line["text"].replace(".", " ").split() for line in lines] == [["第一部分", "2"], ["第二部分", "13"]]
    assert all(line["x1"] == pytest.approx(79.4 + 442.2, abs=0.5) for line in lines)
    dots = [[char["x0"] for char in line["chars"] if char["text"] == "."] for line in lines]
    assert dots[0][: len(dots[1])] == pytest.approx(dots[1]), "the dots of all lines stand below each other"


def test_a_number_that_does_not_fit_beside_its_title_goes_right_aligned_to_the_next_line(printed) -> None:
    title = "长" * 27
    last = heading(title, "h1", "_Toc1", "<w:pageBreakBefore/>")
    read = printed(docx(contents_line(title, "_Toc1"), paragraph(PAGE_BREAK), *filler(FULL_PAGE * 8), last))
    first, second = read.pages[0].extract_text_lines()
    assert first["text"] == title
    assert second["text"].strip(". ") == "10"
    assert second["x1"] == pytest.approx(79.4 + 442.2, abs=0.5)


def test_contents_longer_than_a_page_still_show_the_right_numbers(printed) -> None:
    names = [f"_Toc{index}" for index in range(40)]
    document = docx(
        *[contents_line(f"第{index}条", name) for index, name in enumerate(names)],
        *[heading(f"第{index}条", "h1", name, "<w:pageBreakBefore/>") for index, name in enumerate(names)],
    )
    read = printed(document)
    assert [read.printed.bookmark_pages[name] for name in names] == list(range(3, 43))
    shown = [line.replace(".", " ").split()[-1] for page in range(2) for line in read.lines(page)]
    assert shown == [str(page) for page in range(3, 43)]


def test_lines_of_a_grid_snap_to_its_pitch(printed) -> None:
    grid = f'<w:sectPr>{PORTRAIT}<w:docGrid w:type="lines" w:linePitch="312"/></w:sectPr>'
    auto = '<w:spacing w:line="240" w:lineRule="auto"/>'
    size = '<w:sz w:val="21"/>'
    small = [paragraph("五号字", properties=f"{auto}<w:rPr>{size}</w:rPr>", look=size) for _ in range(3)]
    large = [paragraph("三号字", properties=auto) for _ in range(2)]
    tops = printed(docx(*small, *large, last_section=grid)).tops()
    assert [round(after - before, 1) for before, after in itertools.pairwise(tops)][:2] == [15.6, 15.6]
    assert tops[4] - tops[3] == pytest.approx(31.2)


def test_a_cell_text_may_be_a_heading_once(printed) -> None:
    head = row(cell(paragraph("表一", "h1")), properties="<w:tblHeader/>")
    read = printed(docx(table([4000], head, *[row(str(index)) for index in range(100)])))
    assert read.printed.pages > 1
    assert [one.text for one in read.printed.headings] == ["表一"]


def test_the_whole_publication(printed) -> None:
    read = printed(publication())
    assert read.printed.remarks == ()
    assert [(one.level, one.text, one.page) for one in read.printed.headings] == [
        (1, "第一部分　部门概况".replace("\u3000", " "), 3), (2, "一、主要职责", 3),
        (1, "第二部分 部门决算表", 9), (1, "第三部分 部门决算情况说明", 12),
    ]  # fmt: skip
    assert all(page.extract_text().strip() for page in read.pages)


def test_footnotes_stand_at_the_foot_of_the_page_that_refers_to_them(printed) -> None:
    notes = "".join(
        f'<w:footnote w:id="{index}">'
        + paragraph("<w:r><w:footnoteRef/></w:r>" + run(f" 注释{index}"), "cell")
        + "</w:footnote>"
        for index in (2, 3)
    )
    lines = filler(FULL_PAGE * 2)
    for index, at in ((2, 0), (3, FULL_PAGE)):
        lines[at] = paragraph(run("引用") + f'<w:r><w:footnoteReference w:id="{index}"/></w:r>')
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
    document = docx(
        *lines,
        parts={"word/footnotes.xml": f"<w:footnotes {NAMESPACES}>{notes}</w:footnotes>"},
        relations=f'<Relationship Id="rF" Target="footnotes.xml" Type="{kind}"/>',
    )
    read = printed(document)
    assert [read.lines(page)[-1] for page in range(2)] == ["1 注释2", "2 注释3"]
    assert read.lines()[0] == "引用1"
    for page in read.pages:
        words = page.extract_text_lines()
        (rule,) = page.lines
        assert words[-2]["bottom"] < rule["top"] < words[-1]["top"]
    assert read.text.count("第") == FULL_PAGE * 2 - 2, "nothing is lost"


@st.composite
def documents(draw: st.DrawFn) -> tuple[bytes, list[str]]:
    """A document of paragraphs and tables that stay together, split and merge as they like; and its words.

    Its sections are set in one to three columns.
    """
    words: list[str] = []

    def word() -> str:
        words.append(f"[{len(words)}]")
        return words[-1]

    def text(lines: int) -> str:
        return "\n".join(word() for _ in range(lines))

    sections = st.builds(
        lambda start, count: section(f'<w:type w:val="{start}"/>{PORTRAIT}', f'<w:cols w:num="{count}"/>'),
        st.sampled_from(["continuous", "nextPage"]), st.integers(1, 3),
    )  # fmt: skip
    flags = st.sampled_from(
        ["", "<w:keepNext/>", "<w:keepLines/>", "<w:pageBreakBefore/>", "<w:keepNext/><w:keepLines/>"]
    )
    blocks = []
    for _ in range(draw(st.integers(1, 5))):
        if blocks and draw(st.integers(0, 3)) == 0:
            blocks.append(paragraph(properties=draw(sections)))
        if draw(st.booleans()):
            blocks += [
                paragraph(text(draw(st.integers(1, 30))), properties=draw(flags))
                for _ in range(draw(st.integers(1, 4)))
            ]
            continue
        rows = []
        heads = draw(st.integers(0, 2))
        left = 0
        for index in range(draw(st.integers(1, 30))):
            if left == 0:
                left = draw(st.integers(1, 8))
                merge = '<w:vMerge w:val="restart"/>' if left > 1 else ""
                first = cell(text(draw(st.sampled_from([0, 1, 5, 60]))), merge)
            else:
                first = cell("", "<w:vMerge/>")
            left -= 1
            more = draw(st.sampled_from(["", "<w:cantSplit/>", '<w:trHeight w:val="1500"/>']))
            kept = "<w:keepNext/>" if draw(st.integers(0, 5)) == 0 else ""
            inner = "".join(paragraph(word(), "cell", kept) for _ in range(draw(st.sampled_from([1, 1, 2, 70]))))
            rows.append(row(first, cell(inner), properties=more + ("<w:tblHeader/>" if index < heads else "")))
        blocks += [table([3000, 3000], *rows), paragraph()]
    return docx(*blocks, last_section=draw(sections)), words


@pytest.mark.slow
@settings(max_examples=15, deadline=None)
@given(documents())
def test_nothing_is_lost_or_doubled_however_pages_break(made: tuple[bytes, list[str]]) -> None:
    document, words = made
    pdf = pypdfium2.PdfDocument(print_document(document, FontLibrary.of_machine(())).pdf)
    pages = [pdf[index].get_textpage().get_text_bounded() for index in range(len(pdf))]
    assert all(page.strip() for page in pages)
    found = re.findall(r"\[\d+\]", "".join(pages))
    assert set(found) == set(words)
    heads = {word for word in set(found) if found.count(word) > 1}
    assert all("tblHeader" in _row_of(document, word) for word in heads), "only heads of tables come again"


def _row_of(document: bytes, word: str) -> str:
    """The XML of the table row that a word stands in."""
    xml = zipfile.ZipFile(BytesIO(document)).read("word/document.xml").decode()
    at = xml.index(word)
    return xml[xml.rindex("<w:tr>", 0, at) : at]
