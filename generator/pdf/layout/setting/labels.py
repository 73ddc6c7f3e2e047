"""Setting the texts of an SVG with the fonts of the document, like all other text."""

from collections.abc import Iterator, Sequence
from functools import cache

from generator.pdf.content import Color, RunLook, Text
from generator.pdf.layout.boxes import Run
from generator.pdf.layout.setting.glyphs import Cases, Glyph

DEFAULT_FONT = "宋体"
DEFAULT_SIZE = 16.0
_BEFORE_ANCHOR = {"start": 0.0, "middle": 0.5, "end": 1.0}


class LabelSetter:
    """Sets labels with the cases of a document."""

    def __init__(self, cases: Cases) -> None:
        self._cases = cases
        self.look = cache(_look)  # texts that look alike share one

    def runs(self, texts: Sequence[Text], anchor: str) -> list[Run]:
        """The texts of one label one after another, before, around or after its origin as `anchor` says."""
        glyphs = [glyph for one in texts for glyph in self._cases.of(one.look).glyphs(one.text)]
        width = sum(glyph.advance for glyph in glyphs)
        return list(_runs(glyphs, -width * _BEFORE_ANCHOR.get(anchor, 0.0)))


def _look(font: str, size: float, bold: bool, italic: bool, color: Color) -> RunLook:
    """The look of text in an SVG; `size` in units of the SVG."""
    return RunLook(ascii=font, hansi=font, east_asia=font, size=size, bold=bold, italic=italic, color=color)


def _runs(glyphs: Sequence[Glyph], x: float) -> Iterator[Run]:
    """Neighbours of one type and spacing as one run."""
    start = 0
    for end in range(1, len(glyphs) + 1):
        first = glyphs[start]
        if end == len(glyphs) or glyphs[end].type is not first.type or glyphs[end].spacing != first.spacing:
            width = sum(glyph.advance for glyph in glyphs[start:end])
            yield Run(x, "".join(glyph.char for glyph in glyphs[start:end]), first.type, first.spacing, width)
            x += width
            start = end
