"""Run and paragraph properties: what one element says, and the complete look after all levels are merged.

What an element says is a mapping from the field names of the look to values, so that levels merge by updating
(ECMA-376 part 1, 17.7.2). Lengths are points; `*_chars` are hundredths of a character, `*_lines` hundredths of a line.
"""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from generator.pdf.content import BLACK, Border, Color, Frame, ParagraphLook, TabStop
from generator.word import OFF, VAL, Element, attribute_points, child, number, points, switched_on, value, w, whole

Values = dict[str, Any]
Word = TypeVar("Word", bound=str)

# Toggle properties (17.7.3): said by an odd number of style kinds means on.
TOGGLES = ("bold", "italic", "caps", "small_caps", "strike", "double_strike", "hidden")


HIGHLIGHTS = {
    "black": "000000", "blue": "0000FF", "cyan": "00FFFF", "green": "00FF00", "magenta": "FF00FF", "red": "FF0000",
    "yellow": "FFFF00", "white": "FFFFFF", "darkBlue": "00008B", "darkCyan": "008B8B", "darkGreen": "006400",
    "darkMagenta": "800080", "darkRed": "8B0000", "darkYellow": "808000", "darkGray": "A9A9A9", "lightGray": "D3D3D3",
}  # fmt: skip

WIDEST_BORDER = 100.0


def one_of(text: str | None, usual: Word, *others: Word) -> Word:
    """`text` where it is one of the words that are known here, else the usual one."""
    return next((word for word in others if word == text), usual)


def color(text: str | None) -> Color | None:
    """The colour of a hexadecimal RRGGBB; None for auto, missing or broken."""
    if text is None or len(text) != 6:
        return None
    try:
        return (int(text[0:2], 16) / 255, int(text[2:4], 16) / 255, int(text[4:6], 16) / 255)
    except ValueError:
        return None


def shade(element: Element | None) -> Color | None:
    """The fill of a w:shd; None for no fill. A percent pattern is mixed from its two colours (17.18.78)."""
    if element is None:
        return None
    pattern = element.get(VAL, "clear")
    fill = color(value(element, "fill"))
    if pattern == "solid":
        return color(value(element, "color")) or BLACK
    if pattern.startswith("pct"):
        share = (number(pattern[3:]) or 0.0) / 100
        fore, back = color(value(element, "color")) or BLACK, fill or (1.0, 1.0, 1.0)
        mixed = [share * f + (1 - share) * b for f, b in zip(fore, back, strict=True)]
        return (mixed[0], mixed[1], mixed[2])
    return fill


_BORDER_STYLES = {
    "nil": "none", "none": "none", "thick": "thick", "double": "double", "triple": "double", "dotted": "dotted",
    "dashed": "dashed", "dashSmallGap": "dashed", "dotDash": "dashed", "dotDotDash": "dashed",
}  # fmt: skip


def border(element: Element) -> Border:
    """A border of a paragraph, table or cell (17.3.4); every kind that is no dash, dot or double prints as single."""
    style = _BORDER_STYLES.get(element.get(VAL, "none"), "single")
    width = attribute_points(element, "sz", 8.0) or 0.0
    if not 0 < width <= WIDEST_BORDER:
        width = 0.5
    if style == "thick":
        width = max(width, 1.5)
    space = attribute_points(element, "space", 1.0) or 0.0
    return Border(style, width, color(value(element, "color")) or BLACK, space)


def borders(element: Element | None) -> dict[str, Border]:
    """The borders of a w:pBdr, w:tblBorders or w:tcBorders, by edge; start and end are left and right."""
    if element is None:
        return {}
    names = {"start": "left", "end": "right"}
    found = {}
    for edge in element:
        name = edge.tag.rpartition("}")[2]
        found[names.get(name, name)] = border(edge)
    return found


def _fonts(element: Element, theme: Mapping[str, str]) -> Values:
    said: Values = {}
    for name, slot in (("ascii", "ascii"), ("hAnsi", "hansi"), ("eastAsia", "east_asia")):
        theme_font = theme.get(value(element, f"{name}Theme") or "")
        font = theme_font or value(element, name)
        if font:
            said[slot] = font
    hint = value(element, "hint")
    if hint is not None:
        said["east_asia_hint"] = hint == "eastAsia"
    return said


def _on(name: str) -> Callable[[Element], Values]:
    return lambda element: {name: switched_on(element)}


def _measured(name: str, per_point: float) -> Callable[[Element], Values]:
    def read(element: Element) -> Values:
        measure = points(element.get(VAL), per_point)
        return {} if measure is None else {name: measure}

    return read


def _stretch(element: Element) -> Values:
    percent = number((element.get(VAL) or "").rstrip("%"))
    return {"stretch": percent / 100} if percent and 1 <= percent <= 600 else {}


def _size(element: Element) -> Values:
    size = points(element.get(VAL), 2.0)
    return {"size": size} if size is not None and 0.5 <= size <= 1638 else {}


_RUN: dict[str, Callable[[Element], Values]] = {
    w("sz"): _size,
    w("b"): _on("bold"),
    w("i"): _on("italic"),
    w("strike"): _on("strike"),
    w("dstrike"): _on("double_strike"),
    w("caps"): _on("caps"),
    w("smallCaps"): _on("small_caps"),
    w("vanish"): _on("hidden"),
    w("webHidden"): lambda element: {},
    w("u"): lambda element: {"underline": element.get(VAL, "single")},
    w("color"): lambda element: {"color": color(element.get(VAL)) or BLACK},
    w("highlight"): lambda element: {"highlight": color(HIGHLIGHTS.get(element.get(VAL, "")))},
    w("shd"): lambda element: {"shade": shade(element)},
    w("vertAlign"): lambda element: {"raised": element.get(VAL, "baseline")},
    w("position"): _measured("position", 2.0),
    w("spacing"): _measured("spacing", 20.0),
    w("w"): _stretch,
    w("snapToGrid"): _on("snap_to_grid"),
}


# What is not drawn of the look of text, and how people call it.
_UNPRINTED = {
    w("em"): "着重号", w("bdr"): "字符边框", w("outline"): "空心字", w("shadow"): "字的阴影", w("emboss"): "阳文",
    w("imprint"): "阴文", w("eastAsianLayout"): "双行合一或纵横混排", w("fitText"): "调整宽度",
}  # fmt: skip


def run_values(element: Element | None, theme: Mapping[str, str]) -> Values:
    """What a w:rPr says about the look of text. `theme` names the theme fonts (minorEastAsia and so on)."""
    said: Values = {}
    if element is None:
        return said
    for one in element:
        if one.tag == w("rFonts"):
            said.update(_fonts(one, theme))
        else:
            read = _RUN.get(one.tag)
            if read is not None:
                said.update(read(one))
            elif one.tag in _UNPRINTED and one.get(VAL, "1") not in (*OFF, "nil"):
                said["unprinted"] = (*said.get("unprinted", ()), _UNPRINTED[one.tag])
    return said


def _first_of(element: Element, *names: str) -> str | None:
    return next((text for name in names if (text := value(element, name)) is not None), None)


def _indents(element: Element) -> Values:
    said: Values = {}
    for field, names in (("left", ("left", "start")), ("right", ("right", "end"))):
        measure = points(_first_of(element, *names))
        if measure is not None:
            # A measure in twips sets aside an inherited one in characters, unless this element has one as well.
            said[field], said[f"{field}_chars"] = measure, 0.0
        chars = number(_first_of(element, *(f"{name}Chars" for name in names)))
        if chars is not None:
            said[f"{field}_chars"] = chars
    for name, sign in (("firstLine", 1), ("hanging", -1)):
        measure = attribute_points(element, name)
        if measure is not None:
            said["first"], said["first_chars"] = sign * measure, 0.0
    for name, sign in (("firstLineChars", 1), ("hangingChars", -1)):
        chars = number(value(element, name))
        if chars is not None and (chars or "first_chars" not in said):
            said["first_chars"] = sign * chars
    return said


# Word spaces an "automatic" paragraph (as web pages have) by 14 pt.
AUTOMATIC_SPACE = 14.0


def _spacing(element: Element) -> Values:
    said: Values = {}
    for side in ("before", "after"):
        measure = attribute_points(element, side)
        if measure is not None:
            said[side], said[f"{side}_lines"] = measure, 0.0
        lines = number(value(element, f"{side}Lines"))
        if lines is not None:
            said[f"{side}_lines"] = lines
        automatic = value(element, f"{side}Autospacing")
        if automatic in ("1", "true", "on"):
            said[side], said[f"{side}_lines"] = AUTOMATIC_SPACE, 0.0
    line = value(element, "line")
    rule = value(element, "lineRule")
    if line is not None:
        said["line_rule"] = rule if rule in ("exact", "atLeast") else "auto"
        said["line"] = (number(line) or 240) / 240 if said["line_rule"] == "auto" else abs(points(line) or 12.0)
    return said


LEADERS = {"dot": ".", "hyphen": "-", "underscore": "_", "heavy": "_", "middleDot": "·"}
_TAB_KINDS = {"start": "left", "num": "left", "end": "right"}


def _tabs(element: Element) -> Values:
    """Tab stops said here: they join the inherited ones, a cleared one takes one away (17.3.1.38)."""
    stops = []
    for tab in element:
        position = attribute_points(tab, "pos")
        kind = tab.get(VAL, "left")
        if position is not None:
            kind = _TAB_KINDS.get(kind, kind)
            stops.append(TabStop(position, kind, LEADERS.get(value(tab, "leader") or "", "")))
    return {"tabs": tuple(stops)}


def _outline(element: Element) -> Values:
    level = whole(element.get(VAL))
    return {"outline": level if level is not None and 0 <= level <= 8 else None}


def _list(element: Element) -> Values:
    said: Values = {}
    identity, level = whole(value(child(element, "numId"))), whole(value(child(element, "ilvl")))
    if identity is not None:
        said["list_id"] = identity
    if level is not None:
        said["list_level"] = max(0, min(8, level))
    return said


def _frame(element: Element) -> Values:
    if value(element, "dropCap") in ("drop", "margin"):
        return {}
    x, y = (attribute_points(element, axis) or 0.0 for axis in "xy")
    across, down = value(element, "hAnchor") or "page", value(element, "vAnchor") or "page"
    frame = Frame(
        width=attribute_points(element, "w") or 0.0,
        height=attribute_points(element, "h") or 0.0,
        across=({"text": "column"}.get(across, across), value(element, "xAlign") or "", x),
        down=({"text": "paragraph"}.get(down, down), value(element, "yAlign") or "", y),
    )
    return {"frame": frame}


_ALIGNMENTS = {"start": "left", "end": "right", "justify": "both", "thaiDistribute": "distribute"}

_PARAGRAPH: dict[str, Callable[[Element], Values]] = {
    w("jc"): lambda element: {"align": _ALIGNMENTS.get(element.get(VAL, "left"), element.get(VAL, "left"))},
    w("ind"): _indents,
    w("spacing"): _spacing,
    w("contextualSpacing"): _on("contextual"),
    w("keepNext"): _on("keep_next"),
    w("keepLines"): _on("keep_lines"),
    w("pageBreakBefore"): _on("page_break_before"),
    w("widowControl"): _on("widow_control"),
    w("tabs"): _tabs,
    w("pBdr"): lambda element: {"borders": borders(element) or None},
    w("shd"): lambda element: {"shade": shade(element)},
    w("outlineLvl"): _outline,
    w("snapToGrid"): _on("snap_to_grid"),
    w("autoSpaceDE"): _on("space_latin"),
    w("autoSpaceDN"): _on("space_digits"),
    w("numPr"): _list,
    w("framePr"): _frame,
}


def paragraph_values(element: Element | None) -> Values:
    """What a w:pPr says about the setting of a paragraph."""
    said: Values = {}
    if element is None:
        return said
    for one in element:
        read = _PARAGRAPH.get(one.tag)
        if read is not None:
            said.update(read(one))
    return said


def merge_paragraph(base: Values, said: Values) -> None:
    """Lay `said` over `base`: every value replaces, tab stops join."""
    inherited = base.get("tabs", ())
    base.update(said)
    if inherited and "tabs" in said:
        stops = {stop.position: stop for stop in inherited}
        stops.update((stop.position, stop) for stop in said["tabs"])
        base["tabs"] = tuple(stops.values())


def paragraph_look(values: Values) -> ParagraphLook:
    """The complete look of merged paragraph values."""
    stops = [stop for stop in values.get("tabs", ()) if stop.kind not in ("clear", "bar")]
    return ParagraphLook(**{**values, "tabs": tuple(sorted(stops, key=lambda stop: stop.position))})
