"""An SVG becomes shapes of reportlab, its texts set with the fonts of the document like all other text."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from math import isfinite
from typing import TYPE_CHECKING

from generator.pdf.layout.glyphs import Cases, Glyph, Type
from generator.pdf.reading.properties import Color, RunLook
from generator.pdf.reading.svg import BeyondSvg
from generator.pdf.remarks import Remarks
from generator.word import Element

if TYPE_CHECKING:
    from reportlab.graphics.shapes import Drawing

DEFAULT_FONT = "宋体"
DEFAULT_SIZE = 16.0
LARGEST = 1e6
_BEFORE_ANCHOR = {"start": 0.0, "middle": 0.5, "end": 1.0}


@dataclass(frozen=True, slots=True)
class LabelPiece:
    """Text of one type in a label; `x` from its origin, `y` above its baseline, `spacing` after each character."""

    x: float
    y: float
    text: str
    type: Type
    spacing: float


@dataclass(frozen=True, slots=True, eq=False)
class Vector:
    """A drawing in points of its own, from the bottom left corner."""

    drawing: Drawing
    width: float
    height: float


@dataclass(slots=True)
class Vectors:
    """The SVGs of a document (`roots`, by part) as drawings, each made once."""

    cases: Cases
    roots: Mapping[str, Element]
    remarks: Remarks
    _looks: dict[tuple[object, ...], RunLook] = field(default_factory=dict)
    _made: dict[str, Vector | None] = field(default_factory=dict)

    def of(self, part: str, place: str) -> Vector | None:
        """The drawing of an SVG; None, with a remark, where it cannot be drawn."""
        if part not in self._made:
            try:
                self._made[part] = self._make(self.roots[part])
            except BeyondSvg as reason:
                name = part.rpartition("/")[2]
                self.remarks.add(f"矢量图 {name} {reason}，改用随附的位图打印", place)
                self._made[part] = None
        return self._made[part]

    def _make(self, root: Element) -> Vector:
        # svglib is slow to import; most documents have no SVG.
        from svglib.svglib import SvgRenderer

        from generator.pdf.layout.shapes import LabelShapes, draw_for_trial

        logger, complaints = logging.getLogger("svglib.svglib"), _Complaints(logging.WARNING)
        logger.addHandler(complaints)
        try:
            renderer = SvgRenderer(BytesIO())
            renderer.shape_converter = LabelShapes(renderer.attrConverter, self._set)
            drawing = renderer.render(root)
            draw_for_trial(drawing)
        except BeyondSvg:
            raise
        except Exception as error:  # whatever a stranger's file makes of the library's parser: the PNG stands for it
            raise BeyondSvg("写法不完整") from error
        finally:
            logger.removeHandler(complaints)
        if not (drawing.width > 0 and drawing.height > 0 and _bounded(drawing)):
            raise BeyondSvg("没有大小或大小不合理")
        return Vector(drawing, drawing.width, drawing.height)

    def _set(self, texts: Sequence[LabelText], anchor: str) -> list[LabelPiece]:
        """Set the texts of one label one after another, before, around or after its origin as `anchor` says."""
        glyphs = [glyph for one in texts for glyph in self.cases.of(self._look(one)).glyphs(one.text)]
        width = sum(glyph.advance for glyph in glyphs)
        return list(_pieces(glyphs, -width * _BEFORE_ANCHOR.get(anchor, 0.0)))

    def _look(self, text: LabelText) -> RunLook:
        key = (text.family, text.size, text.bold, text.italic, text.color)
        look = self._looks.get(key)
        if look is None:
            look = self._looks[key] = RunLook(
                ascii=text.family, hansi=text.family, east_asia=text.family, size=text.size, bold=text.bold,
                italic=text.italic, color=text.color,
            )  # fmt: skip
        return look


@dataclass(frozen=True, slots=True)
class LabelText:
    """Characters of one look in an SVG text; `size` in units of the SVG."""

    text: str
    family: str
    size: float
    bold: bool
    italic: bool
    color: Color


class _Complaints(logging.Handler):
    """What svglib only warns of, it leaves out or guesses."""

    def emit(self, record: logging.LogRecord) -> None:
        raise BeyondSvg("含有不认识的写法")


def _bounded(value: object) -> bool:
    """Whether all numbers of a drawing are ones that a PDF can hold."""
    if isinstance(value, (int, float)):
        return isfinite(value) and abs(value) < LARGEST
    if isinstance(value, (list, tuple)):
        return all(map(_bounded, value))
    return (
        all(_bounded(one) for name, one in vars(value).items() if name != "pieces")
        if hasattr(value, "__dict__") and not callable(value)
        else True
    )


def _pieces(glyphs: Sequence[Glyph], x: float) -> Iterator[LabelPiece]:
    """Neighbours of one type and spacing as one piece."""
    start = 0
    for end in range(1, len(glyphs) + 1):
        first = glyphs[start]
        if end == len(glyphs) or glyphs[end].type is not first.type or glyphs[end].spacing != first.spacing:
            text = "".join(glyph.char for glyph in glyphs[start:end])
            yield LabelPiece(x + first.type.shift, first.type.rise, text, first.type, first.spacing)
            x += sum(glyph.advance for glyph in glyphs[start:end])
            start = end
