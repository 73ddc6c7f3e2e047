"""Colours of drawings: said outright, or by their name in the theme, lightened or darkened (20.1.2.3)."""

from collections.abc import Mapping

from generator.pdf.content import BLACK, Color
from generator.pdf.reading.properties import color
from generator.word import A, Element, number

Palette = Mapping[str, Color]

_MAPPED = {"bg1": "lt1", "tx1": "dk1", "bg2": "lt2", "tx2": "dk2"}


def palette(theme: Element | None) -> dict[str, Color]:
    """The colours of a theme by name: dk1, lt1, accent1 ..."""
    found: dict[str, Color] = {"lt1": (1.0, 1.0, 1.0), "dk1": BLACK}
    scheme = theme.find(f".//{{{A}}}clrScheme") if theme is not None else None
    for entry in scheme if scheme is not None else ():
        said = entry[0] if len(entry) else None
        shown = color(said.get("lastClr") or said.get("val")) if said is not None else None
        if shown is not None:
            found[entry.tag.rpartition("}")[2]] = shown
    return found


def solid(parent: Element | None, theme: Palette) -> Color | None:
    """The colour inside an element such as a:solidFill; None where it has none that is known."""
    for said in parent if parent is not None else ():
        name = said.tag.rpartition("}")[2]
        if name == "srgbClr":
            base = color(said.get("val"))
        elif name == "sysClr":
            base = color(said.get("lastClr"))
        elif name == "schemeClr":
            base = theme.get(_MAPPED.get(said.get("val", ""), said.get("val", "")))
        else:
            continue
        return None if base is None else _changed(base, said)
    return None


def _changed(base: Color, said: Element) -> Color:
    """A colour with its luminance scaled and shifted, or mixed with white (tint) or black (shade)."""
    red, green, blue = base
    for change in said:
        share = (number(change.get("val")) or 0.0) / 100_000
        name = change.tag.rpartition("}")[2]
        if name in ("lumMod", "shade"):
            red, green, blue = red * share, green * share, blue * share
        elif name == "lumOff":
            red, green, blue = red + share, green + share, blue + share
        elif name == "tint":
            red, green, blue = (1 - (1 - part) * share for part in (red, green, blue))
    return min(red, 1.0), min(green, 1.0), min(blue, 1.0)
