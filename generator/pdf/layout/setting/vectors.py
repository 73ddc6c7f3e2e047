"""An SVG becomes shapes of reportlab, its texts set with the fonts of the document like all other text."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from io import BytesIO
from math import isfinite

from generator.pdf.content import LONGEST, BeyondSvg, Svg
from generator.pdf.layout.boxes import Vector
from generator.pdf.layout.setting.glyphs import Cases
from generator.pdf.layout.setting.labels import LabelSetter
from generator.pdf.remarks import Remarks


@dataclass(slots=True)
class Vectors:
    """The SVGs of a document (`roots`, by part) as drawings, each made once."""

    cases: Cases
    roots: Mapping[str, Svg]
    remarks: Remarks
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

    def _make(self, root: Svg) -> Vector:
        # svglib is slow to import; most documents have no SVG.
        from svglib.svglib import SvgRenderer

        from generator.pdf.layout.setting.shapes import LabelShapes, draw_for_trial

        logger, complaints = logging.getLogger("svglib.svglib"), _Complaints(logging.WARNING)
        logger.addHandler(complaints)
        try:
            renderer = SvgRenderer(BytesIO())
            renderer.shape_converter = LabelShapes(renderer.attrConverter, LabelSetter(self.cases))
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


class _Complaints(logging.Handler):
    """What svglib only warns of, it leaves out or guesses."""

    def emit(self, record: logging.LogRecord) -> None:
        raise BeyondSvg("含有不认识的写法")


def _bounded(value: object) -> bool:
    """Whether all numbers of a drawing are ones that a PDF can hold."""
    if isinstance(value, (int, float)):
        return isfinite(value) and abs(value) < LONGEST
    if isinstance(value, (list, tuple)):
        return all(map(_bounded, value))
    return (
        all(_bounded(one) for name, one in vars(value).items() if name != "runs")
        if hasattr(value, "__dict__") and not callable(value)
        else True
    )
