"""Setting the texts of an SVG with the fonts of the document, like all other text."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from generator.pdf.content.looks import Color, RunLook
from generator.pdf.layout.boxes.line import Run
from generator.pdf.layout.setting.glyphs import Cases, Glyph

DEFAULT_FONT = "宋体"
DEFAULT_SIZE = 16.0
_BEFORE_ANCHOR = {"start": 0.0, "middle": 0.5, "end": 1.0}


@dataclass(frozen=True, slots=True)
class LabelText:
    """Characters of one look in an SVG text; `size` in units of the SVG."""

    text: str
    family: str
    size: float
    bold: bool
    italic: bool
    color: Color


@dataclass(slots=True)
class LabelSetter:
    """Sets labels with the cases of a document."""

    cases: Cases
    _looks: dict[LabelText, RunLook] = field(default_factory=dict)

    def runs(self, texts: Sequence[LabelText], anchor: str) -> list[Run]:
        """The texts of one label one after another, before, around or after its origin as `anchor` says."""
        glyphs = [glyph for one in texts for glyph in self.cases.of(self._look(one)).glyphs(one.text)]
        width = sum(glyph.advance for glyph in glyphs)
        return list(_runs(glyphs, -width * _BEFORE_ANCHOR.get(anchor, 0.0)))

    def _look(self, text: LabelText) -> RunLook:
        key = replace(text, text="")
        look = self._looks.get(key)
        if look is None:
            look = self._looks[key] = RunLook(
                ascii=text.family, hansi=text.family, east_asia=text.family, size=text.size, bold=text.bold,
                italic=text.italic, color=text.color,
            )  # fmt: skip
        return look


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
