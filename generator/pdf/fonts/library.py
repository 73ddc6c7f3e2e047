"""Which font is printed for a font name: the machine's own if it has it, else one that comes with the installation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from generator.pdf.fonts.embedding import register
from generator.pdf.fonts.face import Face, FontFileError, open_face
from generator.pdf.fonts.installed import InstalledFonts, Location, font_folders
from generator.pdf.fonts.official import BY_NAME, OfficialFont, normalized

BOLD_STROKE = 0.03
"""Width in em of the stroke that makes a face bold (text rendering mode 2, fill and stroke)."""
SLANT = 0.2126
"""Horizontal shift by height that makes a face italic: the tangent of 12°."""

_BOLD = 600  # the lightest weight that passes for bold
_Style = tuple[bool, bool]  # bold, italic
_REGULAR: _Style = (False, False)


@dataclass(frozen=True, slots=True)
class FontChoice:
    """The face to print with, and what must be added by drawing because the face itself lacks it."""

    face: Face
    stroked: bool
    """Draw the outlines with a stroke too, `BOLD_STROKE` em wide: bold without a bold face, or a heavy display face."""
    slanted: bool
    """Slant by `SLANT`: italic without an italic face."""


@dataclass(frozen=True, slots=True)
class Substitution:
    """What a font name is printed with, for people to read."""

    asked: str
    face: Face
    real: bool
    """Whether it is the asked font itself."""
    reason: str
    """A Chinese sentence."""


@dataclass(frozen=True, slots=True)
class _Family:
    """The faces that print a font name, by style; the regular one is always there."""

    asked: OfficialFont
    faces: dict[_Style, Face]
    real: bool
    heavy: bool
    """Whether these faces need a stroke to look like the asked display face."""
    reason: str


class FontLibrary:
    """Finds the face for a font name. What was found once is remembered."""

    def __init__(self, installed: InstalledFonts) -> None:
        self._installed = installed
        self._family = cache(self._find)

    @classmethod
    def of_machine(cls, folders: Sequence[Path] | None = None) -> FontLibrary:
        """Return the library of the fonts below `folders`; None: where this system keeps fonts; (): only the fonts of
        the installation, which makes the same PDF on every machine."""
        return cls(InstalledFonts(font_folders() if folders is None else folders))

    def choose(self, name: str, *, bold: bool = False, italic: bool = False) -> FontChoice:
        """Return what prints the font `name`. Never fails: in the end it is a font of the installation."""
        return _choice(self._family(name), bold, italic)

    def choose_for(self, character: str, name: str, *, bold: bool = False, italic: bool = False) -> FontChoice | None:
        """Return what prints `character` in the font `name`: that font if it has the character, else a font of the
        installation that has it, else None."""
        choice = self.choose(name, bold=bold, italic=italic)
        if choice.face.covers(character):
            return choice
        family = self._family(name)
        for sans in (family.asked.sans, not family.asked.sans):
            face = _bundled(sans)
            if face.covers(character):
                return _choice(replace(family, faces={_REGULAR: face}, heavy=family.asked.heavy), bold, italic)
        return None

    def explain(self, name: str) -> Substitution:
        """Return what prints the font `name`, and why."""
        family = self._family(name)
        return Substitution(name, family.faces[_REGULAR], family.real, family.reason)

    def _find(self, name: str) -> _Family:
        """Look for the font, then for its stand-ins, then take the font of the installation."""
        official = BY_NAME.get(normalized(name)) or OfficialFont(name)
        refused: list[str] = []
        for candidate in (official, *(BY_NAME[normalized(stand_in)] for stand_in in official.stand_ins)):
            faces = self._faces_of(candidate, refused)
            if faces:
                return _found(official, candidate, name, faces, refused)
        face = _bundled(official.sans)
        why = refused[0] if refused else f"本机没有“{name}”"
        drawn = "，描边加粗" if official.heavy else ""
        return _Family(
            official,
            {_REGULAR: face},
            real=False,
            heavy=official.heavy,
            reason=f"{why}，用随程序安装的 {face.family}（{face.path.name}）代替{drawn}",
        )

    def _faces_of(self, font: OfficialFont, refused: list[str]) -> dict[_Style, Face]:
        """Return the installed faces of `font` that may be used, by style; none without a regular one."""
        faces: dict[_Style, Face] = {}
        for style, locations in self._locations_of(font).items():
            for location in locations:
                face = _usable(location, font.name, refused)
                if face is not None:
                    faces[style] = face
                    break
        return faces if _REGULAR in faces else {}

    def _locations_of(self, font: OfficialFont) -> dict[_Style, Sequence[Location]]:
        """Return where `font` is installed, by style: by its known file names, else by the names in all fonts."""
        files = {
            (False, False): font.regular,
            (True, False): font.bold,
            (False, True): font.italic,
            (True, True): font.bold_italic,
        }
        known: dict[_Style, Sequence[Location]] = {
            style: [Location(path) for name in names if (path := self._installed.by_file(name))]
            for style, names in files.items()
        }
        if known[_REGULAR]:
            return known
        for name in font.names:
            if locations := self._installed.by_name(name):
                return _by_style(locations)
        return {}


def _by_style(locations: Sequence[Location]) -> dict[_Style, Sequence[Location]]:
    """Sort the fonts of a family by style, those nearest to the usual weights (400, 700) first."""
    styles: dict[_Style, Sequence[Location]] = {}
    for bold, usual in ((False, 400), (True, 700)):
        for italic in (False, True):
            of_style = [at for at in locations if (at.weight >= _BOLD) is bold and at.italic is italic]
            styles[bold, italic] = sorted(of_style, key=lambda at: abs(at.weight - usual))
    if not styles[_REGULAR]:  # a family that is only there in bold or italic is still the one that was asked for
        styles[_REGULAR] = locations
    return styles


def _usable(location: Location, font_name: str, refused: list[str]) -> Face | None:
    """Return the face at `location`, None if it cannot or must not be embedded; `refused` is told why."""
    try:
        face = open_face(location.path, location.index)
        _ = face.collection  # damage in it must show now, while there is still a choice
    except FontFileError:
        refused.append(f"本机的“{font_name}”（{location.path.name}）已损坏或不是可用的字体文件")
        return None
    if not face.embeddable:
        refused.append(f"本机的“{font_name}”（{location.path.name}）的许可不允许嵌入 PDF")
        return None
    register(face)
    return face


def _found(
    official: OfficialFont, candidate: OfficialFont, name: str, faces: dict[_Style, Face], refused: list[str]
) -> _Family:
    file = faces[_REGULAR].path.name
    real = candidate is official
    if real:
        reason = f"本机已安装（{file}）"
    else:
        why = refused[0] if refused else f"本机没有“{name}”"
        reason = f"{why}，用本机的“{candidate.name}”（{file}）代替"
    heavy = official.heavy and not real and not candidate.heavy
    return _Family(official, faces, real=real, heavy=heavy, reason=reason)


def _choice(family: _Family, bold: bool, italic: bool) -> FontChoice:
    """Take the face of the style; where there is none, a bold upright one before a light italic one."""
    for style in ((bold, italic), (bold, False), (False, italic), _REGULAR):
        face = family.faces.get(style)
        if face is not None:
            break
    else:
        raise AssertionError("a family has a regular face")
    return FontChoice(face, stroked=(bold or family.heavy) and not face.bold, slanted=italic and not face.italic)


@cache
def _bundled(sans: bool) -> Face:
    """Return the font that comes with the installation (Noto, SIL Open Font License)."""
    import pylopdf_fonts_zh_cn

    face = open_face(pylopdf_fonts_zh_cn.sans_path() if sans else pylopdf_fonts_zh_cn.serif_path())
    register(face)
    return face
