"""The fonts installed on this machine, found by file name first and by the names written in them only when needed."""

import os
import re
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import uharfbuzz as harfbuzz

from generator.pdf.fonts.face import names_of, style_of
from generator.pdf.fonts.official import normalized

_FONT_FILES = (".ttf", ".otf", ".ttc", ".otc")
_NAMES = (1, 4, 6, 16)  # family, full name, PostScript name, typographic family
_MOST_FONTS_OF_A_FILE = 64  # a damaged collection may claim billions
_FONTCONFIG_DIR = re.compile(rb'<dir(?:\s+prefix="(\w+)")?[^>]*>([^<]+)</dir>')


@dataclass(frozen=True, slots=True)
class Location:
    """A font: its file, its number in the file's collection, and its style."""

    path: Path
    index: int = 0
    weight: float = 400
    italic: bool = False


class InstalledFonts:
    """The font files below `folders`. Nothing is read before it is asked for."""

    def __init__(self, folders: Sequence[Path]) -> None:
        self._folders = folders

    def by_file(self, file_name: str) -> Path | None:
        """Return the font file of that name, letter case aside. Only lists folders; opens no file."""
        return self._files.get(file_name.casefold())

    def by_name(self, name: str) -> Sequence[Location]:
        """Return the fonts whose family, full or PostScript name is `name`, in any language. Opens every font once."""
        return self._names.get(normalized(name), ())

    @cached_property
    def _files(self) -> Mapping[str, Path]:
        files: dict[str, Path] = {}
        for folder in self._folders:
            for parent, folders, names in os.walk(folder):
                folders.sort()  # the order of a folder's entries differs between machines: the result must not
                for name in sorted(names):
                    if name.casefold().endswith(_FONT_FILES):
                        files.setdefault(name.casefold(), Path(parent, name))
        return files

    @cached_property
    def _names(self) -> Mapping[str, Sequence[Location]]:
        found: defaultdict[str, list[Location]] = defaultdict(list)
        for path in self._files.values():
            for face, index in _faces(path):
                weight, italic = style_of(face)
                location = Location(path, index, weight, italic)
                for name in {normalized(name) for name in names_of(face, _NAMES).values() if name}:
                    found[name].append(location)
        return found


def font_folders() -> tuple[Path, ...]:
    """Return the folders in which this system keeps fonts, the user's own first."""
    home = Path(os.path.expanduser("~"))
    if sys.platform == "win32":
        local = os.environ.get("LOCALAPPDATA")
        users = (Path(local, "Microsoft", "Windows", "Fonts"),) if local else ()
        return (*users, Path(os.environ.get("WINDIR", r"C:\Windows"), "Fonts"))
    if sys.platform == "darwin":
        return (home / "Library/Fonts", Path("/Library/Fonts"), Path("/System/Library/Fonts"))
    usual = (home / ".local/share/fonts", home / ".fonts", Path("/usr/local/share/fonts"), Path("/usr/share/fonts"))
    return tuple(dict.fromkeys((*usual, *fontconfig_folders(Path("/etc/fonts")))))


def fontconfig_folders(settings: Path) -> Iterator[Path]:
    """Yield the folders that fontconfig's settings name (fonts-conf(5), `dir`)."""
    data_home = Path(os.environ.get("XDG_DATA_HOME") or os.path.expanduser("~/.local/share"))
    for file in (settings / "fonts.conf", *sorted(settings.glob("conf.d/*.conf"))):
        try:
            text = file.read_bytes()
        except OSError:
            continue
        for prefix, folder in _FONTCONFIG_DIR.findall(text):
            path = os.fsdecode(folder.strip())
            yield data_home / path if prefix == b"xdg" else Path(os.path.expanduser(path))


def _faces(path: Path) -> Iterator[tuple[harfbuzz.Face, int]]:
    """Yield the fonts of a file; none if it is not a font file that can be read."""
    try:
        blob = harfbuzz.Blob.from_file_path(str(path))
        count = min(harfbuzz.Face(blob).count, _MOST_FONTS_OF_A_FILE)
        for index in range(count):
            face = harfbuzz.Face(blob, index)
            if face.glyph_count:
                yield face, index
    except harfbuzz.HarfBuzzError:
        return
