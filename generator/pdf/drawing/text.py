"""Text as operators of a page's content (PDF 32000-1, 9.4), written directly: this is most of what a page holds."""

from collections.abc import Iterable
from functools import cache

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas

from generator.pdf.content import Color
from generator.pdf.fonts import BOLD_STROKE, SLANT
from generator.pdf.layout.boxes import Run, Type

Ink = tuple[Color, float]
PlacedRun = tuple[Run, float, float]


def ink(type_: Type) -> Ink:
    """The colour of a type, and how wide its outline is stroked to make it bold (0: not)."""
    return type_.look.color, type_.size * BOLD_STROKE if type_.stroked else 0.0


class TextWriter:
    """Writes runs of text for one canvas. Codes of a text are asked of its font once."""

    def __init__(self, canvas: Canvas) -> None:
        # The fonts of reportlab keep what they embed by the document that a canvas writes.
        self._document = canvas._doc
        self._encoded = cache(self._codes)

    def operators(self, with_ink: Ink, runs: Iterable[PlacedRun]) -> str:
        """The operators that draw runs, each given with the place of its first baseline point from the bottom left."""
        color, stroke = with_ink
        red, green, blue = (f"{part:.4g}" for part in color)
        code = [f"q {red} {green} {blue} rg"]
        if stroke:
            code.append(f"{red} {green} {blue} RG {stroke:.3g} w 2 Tr")
        code.append("BT")
        type_: Type | None = None
        font, stretch, spacing, slanted = "", 1.0, 0.0, False
        at_x = at_y = 0
        for run, x, y in runs:
            new = run.type
            if new is not type_:
                type_, font = new, ""
                if new.stretch != stretch:
                    stretch = new.stretch
                    code.append(f"{stretch * 100:.4g} Tz")
            # Tz scales the space between characters too (9.3.4).
            if run.spacing / stretch != spacing:
                spacing = run.spacing / stretch
                code.append(f"{spacing:.3f} Tc")
            # Hundredths of a point: places are written relative to the last one and must not drift.
            to_x, to_y = round(x * 100), round(y * 100)
            if new.slanted or slanted:
                slanted = new.slanted
                code.append(f"1 0 {SLANT if slanted else 0} 1 {to_x / 100:g} {to_y / 100:.2f} Tm")
            else:
                code.append(f"{(to_x - at_x) / 100:g} {(to_y - at_y) / 100:g} Td")
            at_x, at_y = to_x, to_y
            for name, codes in self._encoded(new.face, run.text):
                if name != font:
                    font = name
                    code.append(f"{name} {new.size:g} Tf")
                code.append(f"<{codes}> Tj")
        code.append("ET Q")
        return " ".join(code)

    def _codes(self, face: str, text: str) -> list[tuple[str, str]]:
        """A text as (font resource, hexadecimal codes); more than one where characters share a glyph."""
        font = pdfmetrics.getFont(face)
        return [
            (font.getSubsetInternalName(layer, self._document), codes.hex())
            for layer, codes in font.splitString(text, self._document)
        ]
