"""A drawing as PNG, for programs that show no SVG: greys in print quality, with given font files only."""

import io
from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import NamedTuple

from generator.charts.drawing import Drawing

_RESOLUTION = 240
"""Dots per inch. Programs that print well show the SVG."""
_GREYS, _STEP = 16, 17
_NEAREST = [round(level / _STEP) for level in range(256)]


class FontFile(NamedTuple):
    """The file that a font's characters are taken from, and the name that this file has for its font."""

    path: Path
    family: str


FindFont = Callable[[str], FontFile]
"""Leads from the name of a font to its file."""


def font_of_installation(_: str) -> FontFile:
    """The open font that comes with the program, whichever font is asked for."""
    import pylopdf_fonts_zh_cn

    return FontFile(Path(pylopdf_fonts_zh_cn.serif_path()), "Noto Serif SC")


def rasterised(drawing: Drawing, find_font: FindFont) -> bytes:
    """`drawing` as PNG in 16 greys. The same font files make the same picture on every machine."""
    # Only documents with charts need these, and they take their time to load.
    import resvg_py
    from PIL import Image

    svg, look = drawing.svg, drawing.look
    files = {name: find_font(name) for name in (look.font, look.latin_font)}
    for name, file in files.items():
        svg = svg.replace(f'font-family="{escape(name)}"', f'font-family="{escape(file.family)}"')
    image = resvg_py.svg_to_bytes(
        svg_string=svg,
        width=round(look.width / 72 * _RESOLUTION),
        dpi=72,
        background="white",
        skip_system_fonts=True,
        font_files=sorted({str(file.path) for file in files.values()}),
    )
    grey = Image.open(io.BytesIO(bytes(image))).convert("L").point(_NEAREST, "P")
    grey.putpalette([level for grey in range(_GREYS) for level in 3 * (grey * _STEP,)])
    result = io.BytesIO()
    grey.save(result, "PNG", dpi=(_RESOLUTION, _RESOLUTION))
    return result.getvalue()
