"""Charts as pictures of the Word document: vectors (SVG), and beside them a PNG for programs that show no SVG.

A template's style `图` sets the paragraph; the font and size that this style itself states are those of the chart.
"""

from __future__ import annotations

import io
from html import escape
from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.ns import nsdecls
from docx.oxml.parser import parse_xml

from generator.charts import NO_ACTIVITY, Chart, Drawing, FindFont, Look, draw, rasterised
from generator.edition import Wording
from generator.filling.placing import TextArea
from generator.word import WP, Element, child, child_value, named_styles, value

STYLE = "图"
"""The paragraph style of pictures; a template without it gets centred ones."""
_FONT, _LATIN_FONT, _SIZE = "宋体", "Times New Roman", 10.5
_MOST_OF_PAGE = 0.8
_EMU, _TWIPS = 12_700, 20
"""Of a point."""
_SVG_EXTENSION = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}"
_SVG_NAMESPACE = "http://schemas.microsoft.com/office/drawing/2016/SVG/main"
# Body text has an exact line pitch, which would cut a picture off.
_WHOLE_LINE = '<w:spacing w:line="240" w:lineRule="auto"/>'
_CENTRED = f'<w:keepNext/>{_WHOLE_LINE}<w:ind w:firstLineChars="0" w:firstLine="0"/><w:jc w:val="center"/>'


def draw_chart(chart: Chart, wording: Wording, area: TextArea, find_font: FindFont) -> list[Element]:
    """The paragraph with the picture of `chart`, or with a statement where there is nothing to show."""
    style = named_styles(area.document.styles.element).get(STYLE)
    if chart.is_empty:
        return [_paragraph(style, f'<w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr><w:t>{NO_ACTIVITY}</w:t>')]
    height = area.height / _TWIPS * _MOST_OF_PAGE
    drawing = draw(chart, wording, _look(style, area.width / _TWIPS, height))
    scale = min(1.0, height / drawing.height)
    width, height = (round(length * scale * _EMU) for length in (drawing.look.width, drawing.height))
    part = area.document.part
    png, _ = part.get_or_add_image(io.BytesIO(rasterised(drawing, find_font)))
    svg = part.relate_to(_svg_part(part.package, drawing), RELATIONSHIP_TYPE.IMAGE)
    title = f"{chart.name} {chart.title}"
    return [_paragraph(style, _picture(_next_id(area.document), title, drawing, width, height, png, svg))]


def _look(style: Element | None, width: float, height: float) -> Look:
    properties = child(style, "rPr")
    fonts = child(properties, "rFonts")
    font, latin = value(fonts, "eastAsia"), value(fonts, "ascii")
    half_points = float(child_value(properties, "sz") or _SIZE * 2)
    return Look(font or _FONT, latin or _LATIN_FONT, half_points / 2, width, height)


def _svg_part(package: Any, drawing: Drawing) -> Part:
    name: PackURI = package.next_partname("/word/media/chart%d.svg")
    return Part(name, "image/svg+xml", drawing.svg.encode("utf-8"), package)


def _next_id(document: Any) -> int:
    """An id that no drawing of the document has."""
    return 1 + max((int(drawing.get("id")) for drawing in document.element.body.iter(f"{{{WP}}}docPr")), default=0)


def _paragraph(style: Element | None, run: str) -> Element:
    properties = _CENTRED
    if style is not None:
        properties = f'<w:pStyle w:val="{escape(value(style, "styleId") or "")}"/>{_WHOLE_LINE}'
    return parse_xml(
        f'<w:p {nsdecls("w", "wp", "a", "pic", "r")} xmlns:asvg="{_SVG_NAMESPACE}">'
        f"<w:pPr>{properties}</w:pPr><w:r>{run}</w:r></w:p>"
    )


def _picture(id_: int, title: str, drawing: Drawing, width: int, height: int, png: str, svg: str) -> str:
    """An inline picture of `width` × `height` EMU; `png` and `svg` are the ids of the relationships to its parts."""
    said = f'id="{id_}" name="{escape(title)}" descr="{escape(drawing.description)}" title="{escape(title)}"'
    extension = f'<a:ext uri="{_SVG_EXTENSION}"><asvg:svgBlip r:embed="{svg}"/></a:ext>'
    return (
        '<w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{width}" cy="{height}"/><wp:docPr {said}/>'
        '<wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr>'
        '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>'
        f'<pic:nvPicPr><pic:cNvPr id="{id_}" name="{escape(title)}"/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip r:embed="{png}"><a:extLst>{extension}</a:extLst></a:blip>'
        "<a:stretch><a:fillRect/></a:stretch></pic:blipFill>"
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>'
        "</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing>"
    )
