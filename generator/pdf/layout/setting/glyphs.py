"""Characters become glyphs: the font that has them, their width in points, their kind; each is made once."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import uharfbuzz as harfbuzz

from generator.pdf.content import Paragraph, Picture, RunLook
from generator.pdf.fonts import Face, FontChoice, FontLibrary
from generator.pdf.layout.boxes import Type, Vector
from generator.pdf.layout.setting.characters import INVISIBLE, Kind, kind, slot

# Word spaces a line of East Asian text by 1.3 em and of Western text by about 1.15, whatever the file of the font says;
# saying it here makes the pages the same whichever font stands in for the official one.
EAST_ASIAN_LINE = 1.3
WESTERN_LINE = 1.15
# The em box of East Asian fonts: the baseline lies 0.86 em below its top. Western text shares that baseline.
EM_ASCENT = 0.86

RAISED_SIZE = 0.65
RAISED_BY = {"superscript": 0.34, "subscript": -0.14}
SMALL_CAPS_SIZE = 0.8
FULL_WIDTH = 0.98

# Blanks that few fonts have, in em.
_BLANKS = {
    "\u2002": 0.5, "\u2003": 1.0, "\u2004": 1 / 3, "\u2005": 0.25, "\u2006": 1 / 6, "\u2007": 0.5, "\u2008": 0.25,
    "\u2009": 0.2, "\u200a": 0.1, "\u202f": 0.2,
}  # fmt: skip


@dataclass(slots=True, eq=False)
class Glyph:
    """One character in its type. A picture is a glyph of its size.

    `advance` is its width in points as set, `spacing` the part of it that the font does not know of.
    """

    char: str
    advance: float
    spacing: float
    kind: Kind
    type: Type
    picture: Picture | None = None
    vector: Vector | None = None


_WITHOUT_GLYPH = frozenset("\t\n\ufffc\u200b\u00ad\u2060")

Missing = Callable[[str, str], None]


class Case:
    """The glyphs of one look, by character. `missing` is told of a character that no font has, with the font's name."""

    def __init__(self, look: RunLook, fonts: FontLibrary, missing: Missing, extra: float) -> None:
        self._look = look
        self._fonts = fonts
        self._missing = missing
        self._extra = extra
        self._glyphs: dict[str, Glyph] = {}
        self._types: dict[tuple[FontChoice, float, float, float | None], Type] = {}

    def glyphs(self, text: str) -> list[Glyph]:
        """The glyphs of a text; characters that print nothing are left out."""
        known = self._glyphs
        if self._look.caps:
            text = text.upper()
        try:
            return [known[char] for char in text]
        except KeyError:
            for char in text:
                if char not in known and char not in INVISIBLE:
                    known[char] = self._make(char)
            return [known[char] for char in text if char not in INVISIBLE]

    def glyph(self, char: str) -> Glyph:
        """The glyph of one character, control characters for tab, break and picture included."""
        glyph = self._glyphs.get(char)
        if glyph is None:
            glyph = self._glyphs[char] = self._make(char)
        return glyph

    def picture(self, picture: Picture, width: float) -> Glyph:
        return Glyph("\ufffc", width, 0.0, Kind.OBJECT, self.glyph("\ufffc").type, picture)

    def _make(self, char: str) -> Glyph:
        look = self._look
        if char in _WITHOUT_GLYPH or (char in _BLANKS and not self._covered(char)):
            choice = self._fonts.choose(look.east_asia, bold=look.bold, italic=look.italic)
            width = _BLANKS.get(char, 0.0) * look.size
            return Glyph(char, width, width, kind(char, False), self._type(choice, look.size, WESTERN_LINE))
        size, drawn = look.size, char
        if look.small_caps and char.islower():
            drawn, size = char.upper()[0], size * SMALL_CAPS_SIZE
        if look.raised in RAISED_BY:
            size *= RAISED_SIZE
        choice, east_asian = self._choose(drawn)
        line = EAST_ASIAN_LINE if east_asian else WESTERN_LINE
        width = choice.face.advance(drawn) if choice.face.covers(drawn) else 0.0
        if drawn == "—" and width < 1.0:
            return self._joined_dash(choice, size, line, width)
        natural = width * size * look.stretch
        spacing = look.spacing + (self._extra if east_asian and look.snap_to_grid else 0.0)
        return Glyph(
            drawn, natural + spacing, spacing, kind(drawn, width >= FULL_WIDTH), self._type(choice, size, line)
        )

    def _joined_dash(self, choice: FontChoice, size: float, line: float, width: float) -> Glyph:
        """A dash that fills its em, so that two make one stroke (破折号, clreq 3.1.2), whatever the font draws."""
        left, right = ink(choice.face, "—")
        stretch = self._look.stretch / (right - left)
        type_ = self._type(choice, size, line, stretch, -left * size * stretch)
        advance = size * self._look.stretch + self._look.spacing
        return Glyph("—", advance, advance - width * size * stretch, Kind.DASH, type_)

    def _covered(self, char: str) -> bool:
        return self._choose(char)[0].face.covers(char)

    def _choose(self, char: str) -> tuple[FontChoice, bool]:
        """The font of a character by its slot, and whether it sets lines as East Asian fonts do.

        A sign that the Western font lacks (①, ※) is looked for in the East Asian font of the text before any other.
        """
        look = self._look
        name = getattr(look, slot(char, look.east_asia_hint))
        choice = self._fonts.choose(name, bold=look.bold, italic=look.italic)
        if not choice.face.covers(char) and name != look.east_asia:
            beside = self._fonts.choose(look.east_asia, bold=look.bold, italic=look.italic)
            if beside.face.covers(char):
                return beside, True
        east_asian = name == look.east_asia or not name.isascii()
        found = self._fonts.choose_for(char, name, bold=look.bold, italic=look.italic)
        if found is None and char not in _BLANKS:
            self._missing(char, name)
        return found or choice, east_asian

    def _type(
        self, choice: FontChoice, size: float, line: float, stretch: float | None = None, shift: float = 0.0
    ) -> Type:
        key = (choice, size, line, stretch)
        type_ = self._types.get(key)
        if type_ is None:
            look = self._look
            rise = RAISED_BY.get(look.raised, 0.0) * look.size + look.position
            lead = (line - 1) / 2 * size
            # Raised text does not widen the lines around it.
            level = look.raised == "baseline"
            type_ = self._types[key] = Type(
                face=choice.face.name,
                size=size,
                stroked=choice.stroked,
                slanted=choice.slanted,
                look=look,
                rise=rise,
                above=max(EM_ASCENT * size + lead + rise, 0.0) if level else 0.0,
                below=max((1 - EM_ASCENT) * size + lead - rise, 0.0) if level else 0.0,
                stretch=look.stretch if stretch is None else stretch,
                shift=shift,
            )
        return type_


@cache
def ink(face: Face, char: str) -> tuple[float, float]:
    """From where to where a character's ink reaches, in em from its origin."""
    extents = harfbuzz.Font(face.harfbuzz).get_glyph_extents(face.required_glyph(char))
    per_em = face.harfbuzz.upem
    return extents.x_bearing / per_em, (extents.x_bearing + extents.width) / per_em


class Cases:
    """The cases of a document: one for each look and each grid's addition to East Asian characters."""

    def __init__(self, fonts: FontLibrary) -> None:
        self._fonts = fonts
        self._cases: dict[tuple[RunLook, float], Case] = {}
        self.missing: dict[tuple[str, str], str] = {}
        self.paragraph: Paragraph | None = None

    def of(self, look: RunLook, extra: float = 0.0) -> Case:
        case = self._cases.get((look, extra))
        if case is None:
            case = self._cases[look, extra] = Case(look, self._fonts, self._note_missing, extra)
        return case

    def _note_missing(self, char: str, font: str) -> None:
        self.missing.setdefault((char, font), self.paragraph.place if self.paragraph is not None else "")
