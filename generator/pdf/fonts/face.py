"""One font: what it covers, how wide its characters are. Read through HarfBuzz."""

import struct
from collections.abc import Iterable
from functools import cache, cached_property
from pathlib import Path

import uharfbuzz as harfbuzz

from generator.pdf.fonts.cff import CharacterCollection, character_collection

_RESTRICTED, _EMBEDDABLE_IF_ALSO, _NO_SUBSETTING, _BITMAPS_ONLY = 0x0002, 0x000C, 0x0100, 0x0200
_OUTLINES = ("glyf", "CFF ", "CFF2")

# A font without one of these still has a glyph that looks just like it; what is written stays what is copied out.
_LOOKS_LIKE = {"\u00a0": " ", "\u2011": "-"}


class FontFileError(Exception):
    """A file that cannot be used as a font; the message says why, in Chinese."""


class MissingCharacterError(Exception):
    """A character that the font has no glyph for. Nothing is printed in its place."""

    def __init__(self, character: str, font: str) -> None:
        shown = f"“{character}”（U+{ord(character):04X}）" if character.isprintable() else f"U+{ord(character):04X}"
        super().__init__(f"字体“{font}”里没有字符{shown}，请换一个字，或安装有这个字的字体")
        self.character = character


class Face:
    """One font of a file. Get faces from a `FontLibrary`: those are known to reportlab under `name`.

    The file is mapped into memory, not read, and is never changed.
    """

    path: Path
    index: int
    """Which font of a collection; 0 for a file that holds one font."""
    name: str
    """Unique; `canvas.setFont(face.name, size)`. Does not appear in the PDF."""
    family: str
    """What people call it, in Chinese where the font says so."""
    postscript_name: str
    bold: bool
    italic: bool

    def __init__(self, path: Path, index: int = 0) -> None:
        """Open font number `index` of `path`. Raises FontFileError."""
        self.path, self.index = path, index
        self.name = f"{path}#{index}"
        self.harfbuzz = _open(path, index)
        self._font = harfbuzz.Font(self.harfbuzz)
        self._upem: int = self.harfbuzz.upem
        self._glyphs: dict[str, int | None] = {}
        self._advances: dict[str, float] = {}
        self.postscript_name = _postscript_name(self.harfbuzz, path)
        self.family = _family(self.harfbuzz) or self.postscript_name
        self.weight, self.italic = style_of(self.harfbuzz)
        self.bold = self.weight >= 600

    def __repr__(self) -> str:
        return f"Face({self.name!r})"

    def covers(self, character: str) -> bool:
        """Return whether the font has a glyph for `character`."""
        return self.glyph(character) is not None

    def advance(self, character: str) -> float:
        """Return the width of `character` in em. Raises MissingCharacterError."""
        try:
            return self._advances[character]
        except KeyError:
            advance = self.glyph_advance(self.required_glyph(character))
            self._advances[character] = advance
            return advance

    def width(self, text: str) -> float:
        """Return the width of `text` in em, without kerning. Raises MissingCharacterError."""
        return sum(map(self.advance, text))

    def glyph(self, character: str) -> int | None:
        """Return the glyph number of `character`; None if the font has none."""
        try:
            return self._glyphs[character]
        except KeyError:
            glyph: int | None = self._font.get_nominal_glyph(ord(character))
            if not glyph:
                alike = _LOOKS_LIKE.get(character)
                glyph = self.glyph(alike) if alike else None
            self._glyphs[character] = glyph
            return glyph

    def required_glyph(self, character: str) -> int:
        """Return the glyph number of `character`. Raises MissingCharacterError."""
        glyph = self.glyph(character)
        if glyph is None:
            raise MissingCharacterError(character, self.family)
        return glyph

    def glyph_advance(self, glyph: int) -> float:
        """Return the width of a glyph in em."""
        return float(self._font.get_glyph_h_advance(glyph)) / self._upem

    def table(self, tag: str) -> bytes:
        """Return a table of the font file, empty if the font has none of that tag."""
        return bytes(self.harfbuzz.reference_table(tag).data)

    @property
    def is_cff(self) -> bool:
        return "glyf" not in self.harfbuzz.table_tags

    @property
    def embeddable(self) -> bool:
        """Whether the font's licence bits let a subset be embedded (OpenType, OS/2 fsType)."""
        table = self.table("OS/2")
        if len(table) < 10:
            return True
        (permission,) = struct.unpack_from(">H", table, 8)
        restricted = permission & _RESTRICTED and not permission & _EMBEDDABLE_IF_ALSO
        return not (restricted or permission & (_NO_SUBSETTING | _BITMAPS_ONLY))

    @cached_property
    def collection(self) -> CharacterCollection | None:
        """Return the CIDs of the glyphs, None unless the font is a CID-keyed CFF. Raises FontFileError."""
        if "CFF " not in self.harfbuzz.table_tags:
            return None
        try:
            return character_collection(self.table("CFF "), self.harfbuzz.glyph_count)
        except (IndexError, KeyError, ValueError, struct.error) as error:
            raise FontFileError(f"字体文件已损坏：{self.path}") from error


@cache
def open_face(path: Path, index: int = 0) -> Face:
    """Return the one Face of a font file, so that two libraries in a process share it. Raises FontFileError."""
    return Face(path, index)


def style_of(face: harfbuzz.Face) -> tuple[float, bool]:
    """Return the weight (400 is regular, 700 bold) and whether the face is italic."""
    font = harfbuzz.Font(face)
    return font.get_style_value(harfbuzz.StyleTag.WEIGHT), font.get_style_value(harfbuzz.StyleTag.ITALIC) >= 0.5


def names_of(face: harfbuzz.Face, ids: Iterable[int]) -> dict[tuple[int, str], str]:
    """Return {(name number, language): name} from the font's name table (OpenType `name`)."""
    wanted = set(ids)
    return {
        (int(entry.name_id), entry.language): face.get_name(entry.name_id, entry.language) or ""
        for entry in face.list_names()
        if entry.name_id in wanted
    }


def _open(path: Path, index: int) -> harfbuzz.Face:
    try:
        face = harfbuzz.Face(harfbuzz.Blob.from_file_path(str(path)), index)
    except harfbuzz.HarfBuzzError as error:
        raise FontFileError(f"字体文件打不开：{path}") from error
    tags = face.table_tags
    if not face.glyph_count or "cmap" not in tags or not any(tag in tags for tag in _OUTLINES):
        raise FontFileError(f"不是可用的字体文件（需要 TrueType 或 OpenType 轮廓字体）：{path}")
    if any(len(face.reference_table(tag)) < size for tag, size in (("head", 54), ("hhea", 36))):
        raise FontFileError(f"字体文件已损坏：{path}")
    return face


def _family(face: harfbuzz.Face) -> str:
    """Return the Chinese family name, else the English one."""
    names = names_of(face, (1, 16))
    for language in ("zh-cn", "zh", "en"):
        for number in (16, 1):
            if names.get((number, language)):
                return names[number, language]
    return next(iter(names.values()), "")


def _postscript_name(face: harfbuzz.Face, path: Path) -> str:
    """Return the PostScript name with only the characters that a PDF name takes without escapes."""
    name = next(iter(names_of(face, (6,)).values()), "") or path.stem
    return "".join(c for c in name if c.isascii() and (c.isalnum() or c in "-_")) or "Font"
