"""What a Word document says, as it comes out on paper: styles, lists, fields, content beyond the printer."""

import zlib

import pytest
from word_documents import STYLES, cell, docx, field, paragraph, row, run, table

from generator.pdf import MissingCharacters, document_fonts, print_document
from generator.word import UnreadableDocument


def level(style: str, text: str, at: int = 0, more: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{style}"/>{more}<w:lvlText w:val="{text}"/>'
        f'<w:pPr><w:ind w:left="{640 * (at + 1)}" w:hanging="640"/></w:pPr></w:lvl>'
    )


def lists(*levels: str, more: str = "") -> str:
    named = f'<w:num w:numId="1"><w:abstractNumId w:val="0"/>{more}</w:num>'
    return f'<w:abstractNum w:abstractNumId="0">{"".join(levels)}</w:abstractNum>{named}'


def item(text: str, at: int = 0, identity: int = 1) -> str:
    return paragraph(text, properties=f'<w:numPr><w:ilvl w:val="{at}"/><w:numId w:val="{identity}"/></w:numPr>')


def sizes(read) -> dict[str, float]:
    return {char["text"]: char["size"] for char in read.pages[0].chars}


# Styles


def test_styles_build_on_each_other_and_runs_have_the_last_word(printed) -> None:
    styles = STYLES + (
        '<w:style w:type="paragraph" w:styleId="small"><w:basedOn w:val="a"/>'
        '<w:rPr><w:sz w:val="20"/></w:rPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="smaller"><w:basedOn w:val="small"/><w:rPr><w:b/></w:rPr></w:style>'
        '<w:style w:type="character" w:styleId="big"><w:rPr><w:sz w:val="40"/></w:rPr></w:style>'
    )
    words = run("甲") + run("乙", '<w:rStyle w:val="big"/>') + run("丙", '<w:rStyle w:val="big"/><w:sz w:val="60"/>')
    assert sizes(printed(docx(paragraph(words, "smaller"), styles=styles))) == {"甲": 10, "乙": 20, "丙": 30}


def test_bold_in_a_character_style_over_bold_is_plain_again(printed) -> None:
    styles = STYLES + (
        '<w:style w:type="paragraph" w:styleId="strong"><w:basedOn w:val="a"/><w:rPr><w:b/></w:rPr></w:style>'
        '<w:style w:type="character" w:styleId="turn"><w:rPr><w:b/></w:rPr></w:style>'
    )
    words = run("粗") + run("细", '<w:rStyle w:val="turn"/>') + run("又", '<w:rStyle w:val="turn"/><w:b/>')
    content = printed(docx(paragraph(words, "strong"), styles=styles)).printed.pdf
    drawn = b"".join(_streams(content))
    assert drawn.count(b"2 Tr") == 2


def _streams(pdf: bytes) -> list[bytes]:
    found = []
    for part in pdf.split(b"stream\n")[1:]:
        try:
            found.append(zlib.decompress(part.split(b"endstream")[0]))
        except zlib.error:
            continue
    return found


def test_a_ring_of_styles_is_no_trap(printed) -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="x"><w:basedOn w:val="y"/><w:rPr><w:sz w:val="20"/></w:rPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="y"><w:basedOn w:val="x"/></w:style>'
    )
    assert sizes(printed(docx(paragraph("甲", "x"), styles=styles))) == {"甲": 10}


def test_a_document_that_says_nothing_is_set_in_10_points(printed) -> None:
    assert sizes(printed(docx(paragraph("甲"), styles=""))) == {"甲": 10}


def test_the_head_of_a_styled_table_is_bold(printed) -> None:
    styles = STYLES + (
        '<w:style w:type="table" w:styleId="headed"><w:basedOn w:val="grid"/><w:tblStylePr w:type="firstRow"><w:rPr>'
        '<w:sz w:val="40"/></w:rPr></w:tblStylePr></w:style>'
    )
    properties = '<w:tblStyle w:val="headed"/><w:tblLook w:val="0020" w:firstRow="1"/>'
    cells = [cell(paragraph(run(text))) for text in "甲乙"]
    plain = STYLES.replace('<w:sz w:val="32"/>', "", 1)
    read = printed(
        docx(table([3000], row(cells[0]), row(cells[1]), properties=properties), styles=styles.replace(STYLES, plain))
    )
    assert sizes(read) == {"甲": 20, "乙": 10}


def test_theme_fonts_are_those_of_the_theme() -> None:
    theme = (
        '<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
        '<a:themeElements><a:fontScheme name="x">'
        '<a:majorFont><a:latin typeface="Arial"/><a:ea typeface=""/></a:majorFont>'
        '<a:minorFont><a:latin typeface="Georgia"/><a:ea typeface=""/>'
        '<a:font script="Hans" typeface="楷体"/></a:minorFont>'
        "</a:fontScheme></a:themeElements></a:theme>"
    )
    look = '<w:rFonts w:asciiTheme="minorHAnsi" w:hAnsiTheme="minorHAnsi" w:eastAsiaTheme="minorEastAsia"/>'
    related = (
        '<Relationship Id="rX" Target="theme/theme1.xml" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/theme"/>'
    )
    document = docx(paragraph("字 A", look=look), parts={"word/theme/theme1.xml": theme}, relations=related)
    assert document_fonts(document) == ["楷体", "Georgia"]


def test_quotation_marks_follow_the_hint() -> None:
    fonts = '<w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:eastAsia="黑体"{}/>'
    assert document_fonts(docx(paragraph("“”", look=fonts.format("")))) == ["Arial"]
    assert document_fonts(docx(paragraph("“”", look=fonts.format(' w:hint="eastAsia"')))) == ["黑体"]


def test_indents_in_characters_follow_the_size_of_the_text(printed) -> None:
    indent = '<w:ind w:firstLineChars="200" w:firstLine="100"/>'
    page = printed(docx(paragraph("字" * 60, properties=indent, look='<w:sz w:val="42"/>'))).pages[0]
    first, second, *_ = page.extract_text_lines()
    assert first["x0"] - second["x0"] == pytest.approx(42.0)


def test_space_between_paragraphs_of_one_style_falls_away_where_it_says_so(printed) -> None:
    spaced = '<w:spacing w:before="200" w:after="200"/>'
    apart = printed(docx(paragraph("甲", properties=spaced), paragraph("乙", properties=spaced))).tops()
    close = printed(docx(*[paragraph(text, properties=spaced + "<w:contextualSpacing/>") for text in "甲乙"])).tops()
    assert apart[1] - apart[0] == pytest.approx(28 + 20)
    assert close[1] - close[0] == pytest.approx(28)


# Lists


@pytest.mark.parametrize(
    ("style", "labels"),
    [
        ("decimal", ["1", "2", "3"]),
        ("chineseCounting", ["一", "二", "三"]),
        ("chineseCountingThousand", ["一", "二", "三"]),
        ("lowerLetter", ["a", "b", "c"]),
        ("upperRoman", ["I", "II", "III"]),
        ("decimalEnclosedCircle", ["①", "②", "③"]),
        ("none", ["", "", ""]),
    ],
)
def test_lists_count_in_the_formats_of_word(printed, style: str, labels: list[str]) -> None:
    read = printed(docx(*[item("条") for _ in range(3)], numbering=lists(level(style, "（%1）"))))
    assert read.lines() == [f"（{label}） 条" for label in labels]


def test_levels_start_anew_and_name_those_above(printed) -> None:
    numbering = lists(level("chineseCounting", "%1、"), level("decimal", "%1.%2", 1, "<w:isLgl/>"))
    read = printed(docx(item("甲"), item("乙", 1), item("丙", 1), item("丁"), item("戊", 1), numbering=numbering))
    assert [line.replace(" ", "") for line in read.lines()] == ["一、甲", "1.1乙", "1.2丙", "二、丁", "2.1戊"]


def test_a_second_list_on_the_same_levels_starts_where_it_says(printed) -> None:
    second = (
        '<w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/>'
        "</w:lvlOverride></w:num>"
    )
    numbering = lists(level("decimal", "%1.")) + second
    read = printed(docx(item("甲"), item("乙"), item("丙", identity=2), item("丁", identity=2), numbering=numbering))
    assert [line.split()[0] for line in read.lines()] == ["1.", "2.", "5.", "6."]


def test_a_list_hangs_its_text_beside_the_label(printed) -> None:
    page = printed(docx(item("文" * 50), numbering=lists(level("decimal", "%1.")))).pages[0]
    first, second = page.extract_text_lines()
    text_begins = next(char["x0"] for char in first["chars"] if char["text"] == "文")
    assert text_begins == pytest.approx(second["x0"], abs=0.1)


# Fields, links, what is not printed


def test_fields_that_the_layout_does_not_know_print_what_word_stored(printed) -> None:
    simple = '<w:fldSimple w:instr="DATE">' + run("2020年10月") + "</w:fldSimple>"
    assert printed(docx(paragraph(run("日期：") + simple + field("REF x", "表一")))).text == "日期：2020年10月表一"


def test_a_missing_bookmark_prints_the_stored_page_and_is_remarked(printed) -> None:
    read = printed(docx(paragraph(run("见第") + field("PAGEREF gone \\h", "7") + run("页"))))
    assert read.text == "见第7页"
    assert ["gone" in one.message for one in read.printed.remarks] == [True]


def test_inserted_text_is_printed_and_deleted_text_remarked(printed) -> None:
    words = (
        f'{run("甲")}<w:ins w:id="1">{run("乙")}</w:ins><w:del w:id="2"><w:r><w:delText>丙</w:delText></w:r></w:del>'
    )
    read = printed(docx(paragraph(words)))
    assert read.text == "甲乙"
    (remark,) = read.printed.remarks
    assert "丙" in remark.message
    assert remark.place == "第 1 段“甲乙”"


def test_content_controls_smart_tags_and_fallbacks_are_read_through(printed) -> None:
    control = f"<w:sdt><w:sdtPr/><w:sdtContent>{run('乙')}</w:sdtContent></w:sdt>"
    tag = f'<w:smartTag w:element="x">{run("丙")}</w:smartTag>'
    alternate = (
        f'<mc:AlternateContent><mc:Choice Requires="wps"/><mc:Fallback>{run("丁")}</mc:Fallback></mc:AlternateContent>'
    )
    block = f"<w:sdt><w:sdtContent>{paragraph('戊')}</w:sdtContent></w:sdt>"
    read = printed(docx(paragraph(run("甲") + control + tag + alternate), block))
    assert read.text == "甲乙丙丁\n戊"
    assert read.printed.remarks == ()


def test_hidden_text_is_not_printed(printed) -> None:
    assert printed(docx(paragraph(run("甲") + run("乙", "<w:vanish/>")))).text == "甲"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("<w:r><w:pict><v:shape/></w:pict></w:r>", "旧式图形"),
        ("<w:r><w:object/></w:r>", "嵌入对象"),
        ("<w:r><w:somethingNew/></w:r>", "somethingNew"),
    ],
)
def test_what_is_beyond_the_printer_is_said_with_its_place(printed, content: str, said: str) -> None:
    read = printed(docx(paragraph("首"), table([3000], row(cell(paragraph(run("格内") + content), style="")))))
    (remark,) = read.printed.remarks
    assert said in remark.message
    assert remark.place == "第 1 个表格第 1 行第 1 格“格内”"


# What cannot be printed at all


@pytest.mark.parametrize("broken", [b"", b"no zip", b"PK\x03\x04 nor this"])
def test_what_is_no_word_document_is_refused(fonts, broken: bytes) -> None:
    with pytest.raises(UnreadableDocument, match="docx"):
        print_document(broken, fonts)


def test_broken_xml_is_refused_with_the_name_of_the_part(fonts) -> None:
    with pytest.raises(UnreadableDocument, match=r"word/styles\.xml"):
        print_document(docx(paragraph("甲"), parts={"word/styles.xml": "<broken"}), fonts)


def test_entities_are_not_followed(fonts) -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">]><w:styles xmlns:w="http://x">&a;</w:styles>'
    assert print_document(docx(paragraph("甲"), parts={"word/styles.xml": bomb}), fonts).pages == 1


def test_characters_without_any_font_are_all_named_with_their_places(fonts) -> None:
    with pytest.raises(MissingCharacters) as caught:
        print_document(docx(paragraph("生僻字\U0002b820与\U00030000")), fonts)
    assert {one.character for one in caught.value.characters} >= {"\U00030000"}
    assert "U+30000" in str(caught.value)
    assert "第 1 段“生僻字" in str(caught.value)
