"""Sizes of text in a drawing, without asking a font: the chart must have room in whichever font shows it."""

import unicodedata

_DIGIT, _POINT, _OTHER = 0.56, 0.34, 1.0
"""Widths in em, at least those of the fonts of official documents and of the open ones that replace them."""
_NOT_FIRST = "，。、；：！？）》”’%％…·"
_NOT_LAST = "（《“‘"


def text_width(text: str) -> float:
    """The width of `text` in em, at most a little more than it takes."""
    return sum(_DIGIT if char.isdecimal() and char.isascii() else _POINT if char in ",. " else _OTHER for char in text)


def wrapped(text: str, width: float) -> list[str]:
    """`text` in lines of at most `width` em, as even as they can be; no sign stands on the wrong side of a break."""
    lines = _filled(text, width)
    # Lines of about equal length look better than full ones and a rest: so in the narrowest width that takes no more.
    narrower = text_width(text) / len(lines)
    while narrower < width:
        even = _filled(text, narrower)
        if len(even) <= len(lines):
            return even
        narrower += 0.5
    return lines


def _filled(text: str, width: float) -> list[str]:
    lines = [""]
    for unit in _units(text):
        if lines[-1] and text_width(lines[-1] + unit) > width:
            lines.append("")
        lines[-1] += unit
    return [line.strip() for line in lines]


def _units(text: str) -> list[str]:
    """`text` in pieces that a line may end after: each Chinese character, with the signs that belong to it."""
    units: list[str] = []
    for char in text:
        joined = units and (char in _NOT_FIRST or units[-1][-1] in _NOT_LAST or _is_narrow(units[-1][-1], char))
        if joined:
            units[-1] += char
        else:
            units.append(char)
    return units


def _is_narrow(*chars: str) -> bool:
    """Whether all of `chars` are parts of one word or number."""
    return all(not char.isspace() and unicodedata.east_asian_width(char) not in "WFA" for char in chars)
