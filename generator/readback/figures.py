"""Figures in a text: numbers with their unit, and the words that give a change its sign."""

import re
from dataclasses import dataclass
from decimal import Decimal
from itertools import zip_longest

from generator.numbers import NUMBER
from generator.pairing import passages

_WIDE = {ord("０") + digit: ord("0") + digit for digit in range(10)} | {
    ord("．"): ord("."),
    ord("％"): ord("%"),
    ord("－"): ord("-"),
    ord("−"): ord("-"),
}
_FIGURE = re.compile(
    rf"(?P<number>{NUMBER})"
    r"(?P<unit>\s*(?:万\s*元|亿\s*元|元|%|‰|个\s*百\s*分\s*点))?"
    r"|(?P<sign>增\s*加|增\s*长|上\s*升|减\s*少|下\s*降|降\s*低|持\s*平)"
)
_SIGNS = {"增加": "↑", "增长": "↑", "上升": "↑", "减少": "↓", "下降": "↓", "降低": "↓", "持平": "＝"}
_SENTENCE = re.compile(r"[^。；！？]*[。；！？]?")
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as it stands in a text, from `start` to `end`; two are alike where they mean the same."""

    text: str
    start: int
    end: int
    meaning: tuple[str, ...]
    is_number: bool


def figures_in(text: str) -> list[Figure]:
    """The figures of `text` in their order: `1,234.50万元` means the same as `1234.5 万元`."""
    plain = text.translate(_WIDE)
    return [_figure(found, text) for found in _FIGURE.finditer(plain)]


def _figure(found: re.Match[str], text: str) -> Figure:
    shown = "".join(text[found.start() : found.end()].split())
    if found["sign"]:
        return Figure(shown, found.start(), found.end(), (_SIGNS[shown],), False)
    number = Decimal(found["number"].replace(",", "")).normalize() or Decimal(0)
    unit = "".join((found["unit"] or "").split())
    return Figure(shown, found.start(), found.end(), (f"{number:f}", unit), True)


def masked(text: str) -> str:
    """`text` without spaces, each figure a `#`: the same for texts that differ in figures alone."""
    return _SPACE.sub("", _FIGURE.sub("#", text.translate(_WIDE)))


def sentence_at(text: str, position: int) -> str:
    """The sentence of `text` that `position` is in."""
    for found in _SENTENCE.finditer(text):
        if found.start() <= position < found.end():
            return found[0].strip()
    return text.strip()


def pairs_of(expected: str, found: str) -> list[tuple[Figure | None, Figure | None]]:
    """The figures of two texts side by side where they do not mean the same; `None` where one has none."""
    left, right = figures_in(expected), figures_in(found)
    if [one.meaning for one in left] == [one.meaning for one in right]:
        return []
    if len(left) == len(right) and (masked(expected) == masked(found) or len(left) == 1):
        return [(a, b) for a, b in zip(left, right, strict=True) if a.meaning != b.meaning]
    result: list[tuple[Figure | None, Figure | None]] = []
    for passage in passages([one.meaning for one in left], [one.meaning for one in right]):
        if not passage.is_same:
            result += zip_longest((left[i] for i in passage.old), (right[j] for j in passage.new))
    return result
