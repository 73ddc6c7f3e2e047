"""svglib's conversion of SVG shapes, with texts set by us. Imported only for a document that has an SVG."""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from math import isfinite
from typing import Any

from reportlab.graphics.renderPDF import _PDFRenderer
from reportlab.graphics.shapes import Drawing, Group
from reportlab.pdfgen.canvas import Canvas
from svglib.svglib import Svg2RlgAttributeConverter, Svg2RlgShapeConverter

from generator.pdf.content import BLACK, LONGEST, BeyondSvg, Color, Text
from generator.pdf.layout.boxes import Label
from generator.pdf.layout.setting.labels import DEFAULT_FONT, DEFAULT_SIZE, LabelSetter

_BOLD = frozenset(("bold", "bolder", "600", "700", "800", "900"))


@dataclass(slots=True)
class _Chunk:
    """Texts that stand one after another from one origin and are anchored together (SVG 2, 11.8)."""

    x: float
    y: float
    anchor: str
    texts: list[Text]


class LabelShapes(Svg2RlgShapeConverter):
    """Converts shapes as svglib does, and text into labels."""

    def __init__(self, attributes: Svg2RlgAttributeConverter, setter: LabelSetter) -> None:
        super().__init__(BytesIO(), attributes)
        self._setter = setter

    def convertText(self, node: Any) -> Group:
        group = Group()
        chunks: list[_Chunk] = []
        for element, text in _texts(node, collapse=node.attrib.get(f"{_XML}space") != "preserve"):
            self._add(chunks, element, text, node)
        for chunk in chunks:
            group.add(Label(chunk.x, chunk.y, self._setter.runs(chunk.texts, chunk.anchor)))
        return group

    def _add(self, chunks: list[_Chunk], element: Any, text: str | None, node: Any) -> None:
        """Add text that stands in `element`; None begins the element."""
        if text is None:
            placed = [name for name in ("x", "y", "dx", "dy") if element.attrib.get(name)]
            if element is node or placed:
                self._begin(chunks, element)
            return
        if text:
            if self._said(element, "fill") == "none" or self._said(element, "stroke") not in ("", "none"):
                raise BeyondSvg("有描边或不填充的文字")
            look = self._setter.look(
                self._family(element),
                self._length(element, "font-size", DEFAULT_SIZE, inherited=True),
                self._said(element, "font-weight") in _BOLD,
                self._said(element, "font-style") in ("italic", "oblique"),
                self._color(element),
            )
            chunks[-1].texts.append(Text(text, look))

    def _begin(self, chunks: list[_Chunk], element: Any) -> None:
        before = chunks[-1] if chunks else None
        if before is not None and before.texts and not element.attrib.get("x"):
            raise BeyondSvg("文字接排时移动了位置")
        x = self._length(element, "x", before.x if before else 0.0) + self._length(element, "dx", 0.0)
        y = self._length(element, "y", before.y if before else 0.0) + self._length(element, "dy", 0.0)
        chunks.append(_Chunk(x, y, self._said(element, "text-anchor") or "start", []))

    def _said(self, element: Any, name: str) -> str:
        return str(self.attrConverter.findAttr(element, name))

    def _length(self, element: Any, name: str, default: float, inherited: bool = False) -> float:
        text = self._said(element, name) if inherited else element.attrib.get(name, "")
        if not text:
            return default
        em = DEFAULT_SIZE if inherited else self._length(element, "font-size", DEFAULT_SIZE, inherited=True)
        measure = self.attrConverter.convertLength(text, em_base=em, attr_name=name)
        if not isinstance(measure, (int, float)):
            raise BeyondSvg("每个字有自己的位置")
        if not (isfinite(measure) and abs(measure) < LONGEST):
            raise BeyondSvg("大小不合理")
        return float(measure)

    def _family(self, element: Any) -> str:
        families = self.attrConverter.split_font_family_list(self._said(element, "font-family"))
        return str(families[0]) if families else DEFAULT_FONT

    def _color(self, element: Any) -> Color:
        said = self._said(element, "fill")
        color = self.attrConverter.convertColor(said) if said else None
        return (color.red, color.green, color.blue) if color is not None else BLACK


_XML = "{http://www.w3.org/XML/1998/namespace}"


def _texts(node: Any, collapse: bool) -> Iterator[tuple[Any, str | None]]:
    """The beginnings (None) and texts of a text element and the tspans in it, each with the element it stands in."""

    def walk(element: Any) -> Iterator[tuple[Any, str | None]]:
        yield element, None
        yield element, element.text or ""
        for child in element.iter_children():
            yield from walk(child)
            yield element, child.tail or ""

    parts = list(walk(node))
    last = max((index for index, (_, text) in enumerate(parts) if text and text.strip()), default=-1)
    blank = True  # whether white space before the next character falls away (SVG 1.1, 10.15)
    for index, (element, text) in enumerate(parts):
        if not text or not collapse:
            yield element, text
            continue
        words = " ".join(text.split())
        shown = ("" if blank or not text[0].isspace() else " ") + words if words else ("" if blank else " ")
        shown += " " if words and text[-1].isspace() and index < last else ""
        blank = shown.endswith(" ") if shown else blank
        yield element, shown if index <= last else ""


class _Trial(_PDFRenderer):  # type: ignore[misc]
    """Draws everything but labels, which cannot fail."""

    def draw_label(self, label: Label) -> None:
        pass


def draw_for_trial(drawing: Drawing) -> None:
    """Draw on a canvas that is thrown away: what cannot be drawn raises now, while there is still a choice."""
    _Trial().draw(drawing, Canvas(BytesIO()), 0, 0, showBoundary=False)
