"""What a finance bureau may change in its template with Word: styles, paper, tables, lists, pictures, notes, boxes."""

from __future__ import annotations

import io
import struct
import zlib
from typing import Any

from docx.enum.section import WD_ORIENTATION
from docx.enum.text import (
    WD_ALIGN_PARAGRAPH,
    WD_BREAK,
    WD_COLOR_INDEX,
    WD_LINE_SPACING,
    WD_TAB_ALIGNMENT,
    WD_TAB_LEADER,
)
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.ns import nsdecls, qn
from docx.oxml.parser import parse_xml
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph
from lxml import etree
from PIL import Image

SPACES = (
    nsdecls("w", "wp", "a", "pic", "r")
    + ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    + ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    + ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    + ' xmlns:v="urn:schemas-microsoft-com:vml" xmlns:w10="urn:schemas-microsoft-com:office:word"'
)


def at_the_end_of_part_one(document: Any) -> Any:
    """The paragraph before which this file puts what a bureau adds: it ends the section before 第二部分."""
    part_two = next(
        index
        for index, one in enumerate(document.paragraphs)
        if one.style.name == "Heading 1" and one.text.startswith("第二部分")
    )
    before = reversed(document.paragraphs[:part_two])
    return next(one for one in before if one._p.pPr is not None and one._p.pPr.sectPr is not None)


def add(document: Any, xml: str) -> Any:
    element = parse_xml(xml.replace(">", f" {SPACES}>", 1))
    at_the_end_of_part_one(document)._p.addprevious(element)
    return element


def add_paragraph(document: Any, text: str = "", style: str = "公文正文") -> Paragraph:
    element = add(document, "<w:p></w:p>")
    made = Paragraph(element, document._body)
    made.style = document.styles[style]
    if text:
        made.add_run(text)
    return made


def related_part(document: Any, name: str, content: str) -> None:
    kind = f"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{name}"
    media = f"application/vnd.openxmlformats-officedocument.wordprocessingml.{name}+xml"
    part = Part(PackURI(f"/word/{name}.xml"), media, f"<w:{name} {SPACES}>{content}</w:{name}>".encode())
    document.part.relate_to(part, kind)


def picture(width: int = 8, height: int = 4) -> bytes:
    """A red PNG of so many points, drawn at its size."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = zlib.compress((b"\0" + b"\xff\0\0" * width) * height)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def jpeg() -> bytes:
    output = io.BytesIO()
    Image.new("RGB", (40, 20), (0, 0, 200)).save(output, "JPEG")
    return output.getvalue()


def changed_look(document: Any) -> None:
    heading = document.styles["Heading 2"]
    heading.font.color.rgb = RGBColor(0xFF, 0, 0)
    heading.font.size = Pt(20)
    heading.element.rPr.rFonts.set(qn("w:eastAsia"), "楷体")
    heading.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for indent in heading.element.pPr.findall(qn("w:ind")):
        heading.element.pPr.remove(indent)
    heading.paragraph_format.space_before = Pt(40)
    body = document.styles["公文正文"]
    body.font.size = Pt(14)
    body.paragraph_format.line_spacing = Pt(24)
    for section in document.sections:
        portrait = section.orientation == WD_ORIENTATION.PORTRAIT
        section.page_width, section.page_height = (Cm(18.4), Cm(26)) if portrait else (Cm(42), Cm(29.7))
        section.left_margin = section.right_margin = Cm(2)
        section.top_margin = Cm(3)


TABLE = """
<w:tbl><w:tblPr><w:tblW w:w="8000" w:type="dxa"/><w:jc w:val="center"/><w:tblBorders>
  <w:top w:val="thick" w:sz="18"/><w:left w:val="single" w:sz="4"/><w:bottom w:val="double" w:sz="6"/>
  <w:right w:val="single" w:sz="4"/><w:insideH w:val="single" w:sz="4"/><w:insideV w:val="dashed" w:sz="4"/>
</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr>
<w:tblGrid><w:gridCol w:w="2000"/><w:gridCol w:w="1000"/><w:gridCol w:w="5000"/></w:tblGrid>
<w:tr><w:tc><w:tcPr><w:tcBorders><w:tl2br w:val="single" w:sz="4" w:color="0000FF"/></w:tcBorders></w:tcPr>{斜线}</w:tc>
  <w:tc><w:tcPr><w:gridSpan w:val="2"/><w:shd w:val="clear" w:fill="00FF00"/></w:tcPr>{合并的表头}</w:tc></w:tr>
<w:tr><w:tc><w:tcPr><w:vMerge w:val="restart"/></w:tcPr>{竖着合并}</w:tc><w:tc>{一}</w:tc><w:tc>{内容甲}</w:tc></w:tr>
<w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc><w:tc>{二}</w:tc>
  <w:tc><w:tcPr><w:tcBorders><w:bottom w:val="single" w:sz="12" w:color="FF0000"/></w:tcBorders></w:tcPr>{内容乙}</w:tc>
</w:tr>
</w:tbl>
"""


def with_words(xml: str) -> str:
    for word in ("斜线", "合并的表头", "竖着合并", "一", "内容甲", "二", "内容乙"):
        xml = xml.replace(f"{{{word}}}", f"<w:p><w:r><w:t>{word}</w:t></w:r></w:p>")
    return xml


def drawn_table(document: Any) -> None:
    add_paragraph(document, "下面是自己画的表。")
    add(document, with_words(TABLE).strip())
    add_paragraph(document, "表到此为止。")


LEVELS = [
    ("chineseCounting", "第%1章", ["第一章", "第二章"]),
    ("decimal", "%2.", ["1.", "1."]),
    ("chineseCounting", "(%3)", ["(一)", "(一)"]),
    ("bullet", "●", ["●", "●"]),
]


def numbered_list(document: Any) -> None:
    levels = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{style}"/><w:suff w:val="space"/>'
        f'<w:lvlText w:val="{text}"/><w:pPr><w:ind w:left="{480 * at}" w:firstLine="0"/></w:pPr></w:lvl>'
        for at, (style, text, _) in enumerate(LEVELS)
    )
    related_part(
        document, "numbering",
        f'<w:abstractNum w:abstractNumId="77"><w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum>'
        '<w:num w:numId="77"><w:abstractNumId w:val="77"/></w:num>',
    )  # fmt: skip
    for first in range(2):
        for at in range(len(LEVELS)):
            made = add_paragraph(document, f"编号条文{first}{at}", "Normal")
            made._p.get_or_add_pPr().append(
                parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{at}"/><w:numId w:val="77"/></w:numPr>')
            )


def headers_and_numbers(document: Any) -> None:
    first, contents = document.sections[0], document.sections[1]
    for header, text in (
        (first.first_page_header, "首页页眉"), (first.header, "奇数页页眉"), (first.even_page_header, "偶数页页眉")
    ):  # fmt: skip
        header.paragraphs[0].text = text
        header.paragraphs[0].style = document.styles["Header"]
    for old in contents._sectPr.findall(qn("w:pgNumType")):
        contents._sectPr.remove(old)
    contents._sectPr.append(parse_xml(f'<w:pgNumType {nsdecls("w")} w:fmt="upperRoman" w:start="1"/>'))


def pictures(document: Any) -> None:
    add_paragraph(document, "图片之前。")
    made = add_paragraph(document, "", "Normal")
    made.alignment = WD_ALIGN_PARAGRAPH.CENTER
    made.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
    made.add_run().add_picture(io.BytesIO(picture()), width=Pt(200))
    made.add_run().add_picture(io.BytesIO(jpeg()), width=Pt(100))
    seal = add_paragraph(document, "盖章的地方。", "Normal")
    seal.add_run().add_picture(io.BytesIO(picture(4, 4)), width=Pt(90))
    anchored(seal, "margin", 300, "page", 700)


def anchored(paragraph: Paragraph, across: str, x: float, down: str, y: float, wrap: str = "wrapNone") -> None:
    """Let the picture in a paragraph float."""
    (inline,) = paragraph._p.xpath(".//wp:inline")
    anchor = parse_xml(
        f'<wp:anchor {nsdecls("wp")} simplePos="0" relativeHeight="1" behindDoc="0" locked="0" layoutInCell="1" '
        'allowOverlap="1" distT="0" distB="0" distL="0" distR="0"><wp:simplePos x="0" y="0"/>'
        f'<wp:positionH relativeFrom="{across}"><wp:posOffset>{x * 12700}</wp:posOffset></wp:positionH>'
        f'<wp:positionV relativeFrom="{down}"><wp:posOffset>{y * 12700}</wp:posOffset></wp:positionV></wp:anchor>'
    )
    extent, *rest = list(inline)
    anchor.append(extent)
    anchor.append(parse_xml(f"<wp:{wrap} {nsdecls('wp')}/>"))
    for element in rest:
        anchor.append(element)
    inline.getparent().replace(inline, anchor)


def notes(document: Any) -> None:
    for name, reference in (("footnotes", "footnoteRef"), ("endnotes", "endnoteRef")):
        kind = name[:-1]
        text = {"footnotes": "脚注的文字", "endnotes": "尾注的文字"}[name]
        content = f"<w:p><w:r><w:{reference}/></w:r><w:r><w:t>{text}</w:t></w:r></w:p>"
        related_part(document, name, f'<w:{kind} w:id="5">{content}</w:{kind}>')
    add(
        document,
        '<w:p><w:r><w:t>有注</w:t></w:r><w:r><w:footnoteReference w:id="5"/></w:r><w:r><w:t>释的话</w:t></w:r>'
        '<w:r><w:endnoteReference w:id="5"/></w:r></w:p>',
    )


def decorated_text(document: Any) -> None:
    made = add_paragraph(document)
    made.add_run("加下划线").underline = True
    made.add_run("突出显示").font.highlight_color = WD_COLOR_INDEX.YELLOW
    made.add_run("升高").font.superscript = True
    tabbed = add_paragraph(document, "名称\t第9页", "Normal")
    tabbed.paragraph_format.tab_stops.add_tab_stop(Cm(15), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
    for words, rule, amount in (
        ("固定行距", WD_LINE_SPACING.EXACTLY, Pt(40)),
        ("多倍行距", WD_LINE_SPACING.MULTIPLE, 3),
        ("最小行距", WD_LINE_SPACING.AT_LEAST, Pt(50)),
    ):
        spaced = add_paragraph(document, words * 20, "Normal")
        spaced.paragraph_format.line_spacing = amount
        spaced.paragraph_format.line_spacing_rule = rule
    identity = document.part.relate_to(
        "https://www.gz.gov.cn/", "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink", True
    )
    add(document, f'<w:p><w:hyperlink r:id="{identity}"><w:r><w:t>政府网站</w:t></w:r></w:hyperlink></w:p>')


def breaks(document: Any) -> None:
    add_paragraph(document, "分页之前。").add_run().add_break(WD_BREAK.PAGE)
    add_paragraph(document, "段前分页的段落。").paragraph_format.page_break_before = True
    for _ in range(19):
        add_paragraph(document, "填满一页。", "Normal")
    add_paragraph(document, "与下段同页的段落。", "Normal").paragraph_format.keep_with_next = True
    add_paragraph(document, "下段。" * 60, "Normal").paragraph_format.keep_together = True


def text_box(text: str, width: int, height: int, placed: str = "", more: str = "") -> str:
    """A run with a text box in Word's newer drawing language; `placed` makes it float."""
    content = (
        f"<wps:txbx><w:txbxContent><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:txbxContent></wps:txbx>" if text else ""
    )
    shape = (
        f'<wp:extent cx="{width * 12700}" cy="{height * 12700}"/>{"<wp:wrapNone/>" if placed else ""}'
        '<wp:docPr id="9" name="box"/><a:graphic><a:graphicData '
        'uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp><wps:cNvSpPr/><wps:spPr>'
        f'<a:prstGeom prst="{"rect" if text else "line"}"/>{more}<a:ln w="12700"><a:solidFill><a:srgbClr val="FF0000"/>'
        f"</a:solidFill></a:ln></wps:spPr>{content}<wps:bodyPr/></wps:wsp></a:graphicData></a:graphic>"
    )
    kind = "anchor" if placed else "inline"
    return (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:{kind} behindDoc="0">{placed}{shape}'
        f"</wp:{kind}></w:drawing></mc:Choice><mc:Fallback><w:pict/></mc:Fallback></mc:AlternateContent></w:r>"
    )


def at(across: str, x: float, down: str, y: float) -> str:
    return (
        f'<wp:positionH relativeFrom="{across}"><wp:posOffset>{x * 12700}</wp:posOffset></wp:positionH>'
        f'<wp:positionV relativeFrom="{down}"><wp:posOffset>{y * 12700}</wp:posOffset></wp:positionV>'
    )


def boxes(document: Any) -> None:
    centred = '<w:pPr><w:spacing w:line="240" w:lineRule="auto"/><w:jc w:val="center"/></w:pPr>'
    add(document, f"<w:p>{centred}{text_box('行内的文本框', 200, 40)}</w:p>")
    add(
        document,
        f"<w:p>{text_box('浮动的文本框', 150, 40, at('page', 400, 'page', 60))}<w:r><w:t>锚定段落</w:t></w:r></w:p>",
    )
    add(document, f"<w:p>{text_box('', 400, 0, at('margin', 0, 'paragraph', 0))}<w:r><w:t>红线之下</w:t></w:r></w:p>")
    old = (
        '<w:pict><v:rect style="width:120pt;height:40pt" filled="f"><v:textbox><w:txbxContent><w:p><w:r>'
        "<w:t>旧式文本框</w:t></w:r></w:p></w:txbxContent></v:textbox></v:rect></w:pict>"
    )
    add(document, f"<w:p>{centred}<w:r>{old}</w:r></w:p>")


def two_columns(document: Any) -> None:
    end = at_the_end_of_part_one(document)._p.pPr.sectPr
    page = "".join(etree.tostring(end.find(qn(f"w:{name}")), encoding="unicode") for name in ("pgSz", "pgMar"))
    single = add_paragraph(document, "单栏到此。")
    single.paragraph_format.page_break_before = True
    single._p.get_or_add_pPr().append(parse_xml(f"<w:sectPr {nsdecls('w')}>{page}</w:sectPr>"))
    for index in range(4):
        add_paragraph(document, f"栏文{index}" + "分栏排列。" * 20)
    continuous = '<w:type w:val="continuous"/>'
    columns = f'<w:sectPr {nsdecls("w")}>{continuous}{page}<w:cols w:num="2" w:space="400"/></w:sectPr>'
    add_paragraph(document)._p.get_or_add_pPr().append(parse_xml(columns))
    add_paragraph(document, "又是单栏。")
    for old in end.findall(qn("w:type")):
        end.remove(old)
    end.insert(0, parse_xml(f'<w:type {nsdecls("w")} w:val="continuous"/>'))


def reported(document: Any) -> None:
    formula = "<m:f><m:num><m:r><m:t>本年数</m:t></m:r></m:num><m:den><m:r><m:t>上年数</m:t></m:r></m:den></m:f>"
    add(document, f"<w:p><w:r><w:t>增长：</w:t></w:r><m:oMath>{formula}</m:oMath></w:p>")
    document.add_comment(add_paragraph(document, "有批注的话").runs, text="请核对", author="审核", initials="审")
    add(document, '<w:p><w:r><w:rPr><w:em w:val="dot"/></w:rPr><w:t>着重的话</w:t></w:r></w:p>')


CONTENT = (
    decorated_text, drawn_table, numbered_list, headers_and_numbers, pictures, notes, boxes, two_columns, reported,
    breaks,
)  # fmt: skip  # fmt: skip
