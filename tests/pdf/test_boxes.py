"""Text boxes, frames, lines and columns; what is beside the text or in parts of the page."""

import io

import pypdf
import pytest
from word_documents import NAMESPACES, PORTRAIT, R, cell, docx, field, paragraph, row, run, section, table

from generator.pdf import document_fonts

LEFT, RIGHT, TOP = 79.4, 595.3 - 73.7, 104.9
SHAPES = 'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
FOOTER = '<w:footerReference w:type="default" r:id="footer1"/>'


def box(
    content: str, width: int, height: int, placed: str = "", body: str = "<wps:bodyPr/>", kind: str = "rect"
) -> str:
    """A run with a text box of so many points; `placed` is the inside of a wp:anchor that makes it float."""
    anchor = "anchor" if placed else "inline"
    inside = f"<wps:txbx><w:txbxContent>{content}</w:txbxContent></wps:txbx>" if content else ""
    return (
        f'<w:r><mc:AlternateContent><mc:Choice {SHAPES} Requires="wps"><w:drawing><wp:{anchor} behindDoc="0">{placed}'
        f'<wp:extent cx="{width * 12700}" cy="{height * 12700}"/><a:graphic><a:graphicData><wps:wsp><wps:spPr>'
        f'<a:prstGeom prst="{kind}"/><a:ln w="12700"><a:solidFill><a:srgbClr val="FF0000"/></a:solidFill></a:ln>'
        f"</wps:spPr>{inside}{body}</wps:wsp></a:graphicData></a:graphic></wp:{anchor}></w:drawing></mc:Choice>"
        "<mc:Fallback><w:pict/></mc:Fallback></mc:AlternateContent></w:r>"
    )


def at(across: str, x: int, down: str, y: int, wrap: str = "wrapNone") -> str:
    return (
        f'<wp:positionH relativeFrom="{across}"><wp:posOffset>{x * 12700}</wp:posOffset></wp:positionH>'
        f'<wp:positionV relativeFrom="{down}"><wp:posOffset>{y * 12700}</wp:posOffset></wp:positionV><wp:{wrap}/>'
    )


def red(page) -> list[dict]:
    return [line for line in page.lines if tuple(line["stroking_color"]) == (1, 0, 0)]


# Text boxes


def test_a_text_box_stands_where_it_is_anchored_with_its_frame(printed) -> None:
    read = printed(
        docx(paragraph("上"), paragraph(run("字") + box(paragraph("框内"), 120, 50, at("page", 300, "page", 400))))
    )
    page = read.pages[0]
    assert (min(line["x0"] for line in red(page)), max(line["x1"] for line in red(page))) == pytest.approx((300, 420))
    assert (min(line["top"] for line in red(page)), max(line["bottom"] for line in red(page))) == pytest.approx(
        (400, 450)
    )
    inner = next(char for char in page.chars if char["text"] == "框")
    assert inner["x0"] == pytest.approx(307.2, abs=0.1)
    assert read.printed.remarks == ()


def test_a_text_box_in_the_line_is_the_line(printed) -> None:
    single = '<w:spacing w:line="240" w:lineRule="auto"/>'
    made = paragraph(box(paragraph("框内"), 120, 50), properties=f'{single}<w:jc w:val="center"/>')
    read = printed(docx(paragraph("上"), made, paragraph("下")))
    left, right = min(line["x0"] for line in red(read.pages[0])), max(line["x1"] for line in red(read.pages[0]))
    assert (left + right) / 2 == pytest.approx((LEFT + RIGHT) / 2, abs=0.1)
    assert [line.strip() for line in read.lines()] == ["上", "框内", "下"]
    assert read.tops()[2] - read.tops()[0] == pytest.approx(28 + 50)


def test_a_text_box_that_grows_takes_all_its_text_and_another_is_remarked(printed) -> None:
    grows = "<wps:bodyPr><a:spAutoFit/></wps:bodyPr>"
    words = paragraph("框内的文字" * 10)
    grown, fixed = (
        printed(docx(paragraph(run("段") + box(words, 120, 30, at("page", 100, "page", 300), body))))
        for body in (grows, "<wps:bodyPr/>")
    )
    assert grown.printed.remarks == ()
    assert max(line["bottom"] for line in red(grown.pages[0])) > 300 + 28 * 5
    (remark,) = fixed.printed.remarks
    assert "文本框" in remark.message
    assert remark.place == "第 1 段“段”"
    assert fixed.text.replace("\n", "").count("框内") == 10, "nothing is lost"


def test_fonts_and_fields_in_a_text_box_are_those_of_the_document(printed) -> None:
    number = paragraph(run("第") + field("PAGE", "9") + run("页"), look="")
    made = docx(
        paragraph(run("甲") + box(number, 90, 40, at("page", 400, "page", 50))),
        paragraph("乙", properties="<w:pageBreakBefore/>"),
    )
    assert "第1页" in printed(made).text
    assert document_fonts(made) == ["仿宋"]


def test_page_numbers_in_a_text_box_of_the_footer_stand_on_every_page(printed) -> None:
    number = paragraph(run("— ") + field("PAGE", "1") + run(" —"))
    foot = paragraph(box(number, 90, 40, at("page", 250, "page", 780)))
    made = docx(
        paragraph("甲"), paragraph("乙", properties="<w:pageBreakBefore/>"),
        last_section=f"<w:sectPr>{FOOTER}{PORTRAIT}</w:sectPr>", stories={"footer1": foot},
    )  # fmt: skip
    assert [page.extract_text().split("\n")[-1] for page in printed(made).pages] == ["— 1 —", "— 2 —"]


def test_a_red_line_across_the_head_of_a_letter(printed) -> None:
    line = paragraph(run("某某局文件") + box("", 440, 0, at("margin", 0, "paragraph", 30), kind="line"))
    (rule,) = red(printed(docx(line)).pages[0])
    assert (rule["x0"], rule["x1"], rule["top"]) == pytest.approx((LEFT, LEFT + 440, TOP + 30), abs=0.1)


def test_shapes_beyond_boxes_and_lines_are_remarked(printed) -> None:
    read = printed(docx(paragraph(run("段") + box("", 20, 20, kind="star5"))))
    (remark,) = read.printed.remarks
    assert "形状" in remark.message


# The older language of drawings


def vml(shape: str) -> str:
    return f"<w:r><w:pict>{shape}</w:pict></w:r>"


def test_older_text_boxes_pictures_and_lines_are_printed(printed) -> None:
    place = "position:absolute;margin-left:100pt;margin-top:50pt;width:120pt;height:50pt"
    inside = f"<v:textbox><w:txbxContent>{paragraph('旧框')}</w:txbxContent></v:textbox>"
    line = '<v:line from="0,0" to="200pt,0" strokecolor="red" strokeweight="2pt" style="position:absolute"/>'
    read = printed(docx(paragraph(run("字") + vml(f'<v:rect style="{place}">{inside}</v:rect>') + vml(line))))
    page = read.pages[0]
    assert read.printed.remarks == ()
    assert {"旧框", "字"} <= set(read.text.split())
    frame = [line for line in page.lines if tuple(line["stroking_color"]) == (0, 0, 0)]
    assert (min(line["x0"] for line in frame), min(line["top"] for line in frame)) == pytest.approx(
        (LEFT + 100, TOP + 50), abs=0.1
    )
    (rule,) = red(page)
    assert (rule["x1"] - rule["x0"], rule["linewidth"]) == (pytest.approx(200), 2)


def test_a_watermark_of_word_art_is_remarked(printed) -> None:
    art = '<v:shape style="width:100pt;height:50pt"><v:textpath string="内部资料"/></v:shape>'
    (remark,) = printed(docx(paragraph(run("正文") + vml(art)))).printed.remarks
    assert "水印" in remark.message
    assert remark.place == "第 1 段“正文”"


# Frames


@pytest.mark.parametrize(("align", "place"), [("center", 0.5), ("right", 1.0), ("left", 0.0)])
def test_a_page_number_in_a_frame_stands_beside_the_text_of_the_footer(printed, align: str, place: float) -> None:
    frame = f'<w:framePr w:wrap="around" w:vAnchor="text" w:hAnchor="margin" w:xAlign="{align}" w:y="1"/>'
    foot = paragraph(run("第") + field("PAGE", "1") + run("页"), properties=frame) + paragraph("机关名称")
    made = docx(paragraph("甲"), last_section=f"<w:sectPr>{FOOTER}{PORTRAIT}</w:sectPr>", stories={"footer1": foot})
    page = printed(made).pages[0]
    number = [char for char in page.chars if char["text"] in "第1页"]
    width = number[-1]["x1"] - number[0]["x0"]
    assert number[0]["x0"] == pytest.approx(LEFT + (RIGHT - LEFT - width) * place, abs=0.5)
    name = next(char for char in page.chars if char["text"] == "机")
    assert name["top"] == pytest.approx(number[0]["top"], abs=0.1)


def test_a_dropped_initial_is_printed_in_the_text_and_remarked(printed) -> None:
    made = docx(
        paragraph("甲", properties='<w:framePr w:w="600" w:hAnchor="text" w:vAnchor="text"/>'), paragraph("乙丙")
    )
    read = printed(made)
    assert read.lines() == ["甲", "乙丙"]
    (remark,) = read.printed.remarks
    assert "图文框" in remark.message


# Columns


def columns(more: str = "", start: str = "continuous") -> str:
    return f'<w:sectPr><w:type w:val="{start}"/>{PORTRAIT}<w:cols w:num="2" w:space="400"{more}/></w:sectPr>'


def test_columns_of_a_section_within_a_page_are_equally_long(printed) -> None:
    made = docx(
        paragraph("之前", properties=section()),
        *[paragraph(f"行{index}") for index in range(10)],
        paragraph(properties=columns()),
        paragraph("之后"),
        last_section=f'<w:sectPr><w:type w:val="continuous"/>{PORTRAIT}</w:sectPr>',
    )
    page = printed(made).pages[0]
    lines = page.crop((0, 0, (LEFT + RIGHT) / 2, page.height)).extract_text().split()
    assert lines == ["之前", *[f"行{index}" for index in range(5)], "之后"]
    right = page.crop(((LEFT + RIGHT) / 2, 0, page.width, page.height))
    assert right.extract_text().split() == [f"行{index}" for index in range(5, 10)]
    tops = {word["text"]: word["top"] for word in page.extract_words()}
    assert tops["行0"] == pytest.approx(tops["行5"])
    assert tops["之后"] == pytest.approx(tops["行4"] + 28)


def test_columns_go_on_on_the_next_page(printed) -> None:
    made = docx(*[paragraph(f"行{index}") for index in range(22 * 2 + 3)], last_section=columns(' w:sep="1"'))
    read = printed(made)
    assert [len(page.extract_words()) for page in read.pages] == [44, 3]
    assert read.lines()[0].split() == ["行0", "行22"]
    (rule,) = read.pages[0].lines
    assert (rule["x0"], rule["height"]) == pytest.approx(((LEFT + RIGHT) / 2, 22 * 28), abs=0.1)
    assert read.printed.remarks == ()


def test_a_column_break_goes_on_in_the_next_column_and_then_on_the_next_page(printed) -> None:
    turn = '<w:r><w:br w:type="column"/></w:r>'
    read = printed(docx(*[paragraph(run(text) + turn) for text in "甲乙"], paragraph("丙"), last_section=columns()))
    assert [page.extract_text() for page in read.pages] == ["甲 乙", "丙"]


def test_a_table_goes_on_in_the_next_column_with_its_head(printed) -> None:
    rows = [row(cell("表头"), properties="<w:tblHeader/>"), *[row(cell(f"行{index}")) for index in range(80)]]
    read = printed(docx(table([3000], *rows), last_section=columns()))
    words = [word["text"] for page in read.pages for word in page.extract_words()]
    assert words.count("表头") == 2
    assert {f"行{index}" for index in range(80)} <= set(words)
    first = read.pages[0].extract_text_lines()[0]
    assert first["text"].split() == ["表头", "表头"]


def test_columns_of_different_widths_are_remarked_with_the_words_of_the_section(printed) -> None:
    uneven = '<w:cols w:num="2" w:equalWidth="0"><w:col w:w="2000"/><w:col w:w="5000"/></w:cols>'
    (remark,) = printed(docx(paragraph("甲乙丙"), last_section=section(more=uneven))).printed.remarks
    assert remark.place == "第 1 节“甲乙丙”"


# Margins, tabs, tables, notes, formulas


def test_mirrored_margins_change_sides_on_even_pages(printed) -> None:
    read = printed(
        docx(paragraph("甲"), paragraph("乙", properties="<w:pageBreakBefore/>"), settings="<w:mirrorMargins/>")
    )
    assert [page.chars[0]["x0"] for page in read.pages] == pytest.approx([79.4, 73.7], abs=0.1)


def test_tabs_of_a_header_reach_the_middle_and_the_right_edge(printed) -> None:
    tabs = [
        f'<w:r><w:ptab w:relativeTo="margin" w:alignment="{kind}" w:leader="none"/></w:r>'
        for kind in ("center", "right")
    ]
    read = printed(docx(paragraph(run("左") + tabs[0] + run("中") + tabs[1] + run("右"))))
    places = {char["text"]: (char["x0"] + char["x1"]) / 2 for char in read.pages[0].chars if char["text"] in "左中右"}
    assert places["中"] == pytest.approx((LEFT + RIGHT) / 2, abs=0.2)
    assert places["右"] == pytest.approx(RIGHT - 8, abs=0.2)


def test_a_diagonal_parts_the_corner_of_a_table(printed) -> None:
    corner = cell("项目", '<w:tcBorders><w:tl2br w:val="single" w:sz="8" w:color="FF0000"/></w:tcBorders>')
    page = printed(docx(table([3000, 3000], row(corner, cell("金额")), row("甲", "1.00")))).pages[0]
    (diagonal,) = red(page)
    assert diagonal["width"] == pytest.approx(150, abs=0.1)
    assert diagonal["height"] > 8
    assert page.extract_tables() == [[["项目", "金额"], ["甲", "1.00"]]]


def test_endnotes_stand_at_the_end_under_a_rule(printed) -> None:
    notes = f'<w:endnote w:id="2">{paragraph("<w:r><w:endnoteRef/></w:r>" + run(" 来源"), "cell")}</w:endnote>'
    made = docx(
        paragraph(run("引用") + '<w:r><w:endnoteReference w:id="2"/></w:r>'), paragraph("末段"),
        parts={"word/endnotes.xml": f"<w:endnotes {NAMESPACES}>{notes}</w:endnotes>"},
        relations=f'<Relationship Id="rE" Target="endnotes.xml" Type="{R}/endnotes"/>',
    )  # fmt: skip
    read = printed(made)
    assert read.lines() == ["引用i", "末段", "i 来源"]
    (rule,) = read.pages[0].lines
    assert read.tops()[1] < rule["top"] < read.tops()[2]


M = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'


def letters(text: str) -> str:
    return f"<m:r><m:t>{text}</m:t></m:r>"


@pytest.mark.parametrize(
    ("formula", "shown"),
    [
        (f"<m:f><m:num>{letters('a+b')}</m:num><m:den>{letters('c')}</m:den></m:f>", "(a+b)/c"),
        (f"<m:sSup><m:e>{letters('x')}</m:e><m:sup>{letters('2')}</m:sup></m:sSup>", "x^2"),
        (f"<m:rad><m:deg/><m:e>{letters('x+1')}</m:e></m:rad>", "√(x+1)"),
        (f"<m:d><m:e>{letters('x')}</m:e></m:d>", "(x)"),
    ],
)
def test_formulas_are_printed_in_one_line_and_remarked(printed, formula: str, shown: str) -> None:
    read = printed(docx(paragraph(run("即：") + f"<m:oMath {M}>{formula}</m:oMath>")))
    assert read.text == f"即：{shown}"
    (remark,) = read.printed.remarks
    assert shown in remark.message


@pytest.mark.parametrize(
    ("look", "said"),
    [('<w:em w:val="dot"/>', "着重号"), ('<w:bdr w:val="single"/>', "字符边框"), ("<w:outline/>", "空心字")],
)
def test_looks_of_text_beyond_the_printer_are_remarked(printed, look: str, said: str) -> None:
    read = printed(docx(paragraph("平常的字"), paragraph("特别的字", look=look)))
    (remark,) = read.printed.remarks
    assert said in remark.message
    assert remark.place == "第 2 段“特别的字”"


def test_links_in_a_text_box_lead_somewhere(printed) -> None:
    target = paragraph('<w:bookmarkStart w:id="1" w:name="there"/>' + run("目标"))
    link = paragraph(f'<w:hyperlink w:anchor="there">{run("去")}</w:hyperlink>')
    read = printed(docx(paragraph(box(link, 90, 40, at("page", 300, "page", 300))), target))
    (page,) = pypdf.PdfReader(io.BytesIO(read.printed.pdf)).pages
    assert len(page["/Annots"]) == 1


@pytest.mark.parametrize(
    ("more", "edges"),
    [(' w:offsetFrom="page"', (24, 24, 595.3 - 24, 841.9 - 24)), ("", (LEFT - 24, TOP - 24, RIGHT + 24, 742.7 + 24))],
)
def test_borders_stand_around_the_page_or_its_text(printed, more: str, edges: tuple[float, ...]) -> None:
    sides = "".join(f'<w:{side} w:val="single" w:sz="8" w:space="24"/>' for side in ("top", "left", "bottom", "right"))
    page = printed(docx(paragraph("甲"), last_section=section(more=f"<w:pgBorders{more}>{sides}</w:pgBorders>"))).pages[
        0
    ]
    found = [min(line[side] for line in page.lines) for side in ("x0", "top")]
    found += [max(line[side] for line in page.lines) for side in ("x1", "bottom")]
    assert found == pytest.approx(edges, abs=0.1)


def test_what_floats_in_a_header_is_behind_the_text(printed) -> None:
    fill = '<a:solidFill><a:srgbClr val="00FF00"/></a:solidFill>'
    mark = box(paragraph("底纹"), 300, 300, at("page", 60, "page", 100)).replace("<a:ln ", f"{fill}<a:ln ", 1)
    reference = '<w:headerReference w:type="default" r:id="header1"/>'
    made = docx(
        paragraph("正文"), last_section=f"<w:sectPr>{reference}{PORTRAIT}</w:sectPr>",
        stories={"header1": paragraph(mark)},
    )  # fmt: skip
    (page,) = pypdf.PdfReader(io.BytesIO(printed(made).printed.pdf)).pages
    drawn = page.get_contents().get_data()
    assert drawn.index(b" sh") < drawn.index(b" Tj"), "the fill is painted before any text"
