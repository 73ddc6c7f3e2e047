"""Marks that cannot stand together, that lack their other half, or that are of the wrong width."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.checks.prose.slips import Slip, slips

_CLASHING = re.compile(
    r"(?!？！|！？)[，。；：、！？,;]\s*[，。；：、！？,;.]+|[，、；：](?=[）》〕】])|[（《〔【][，。；：、]"
)
_HALF_WIDTH = re.compile(
    r"(?<=[一-龥”》）])(?:[,;:?!](?=[一-龥“《（0-9])|\.(?=[一-龥]|\s*\Z)|\((?=[一-龥]{3}))|(?<=[一-龥])\"|\"(?=[一-龥])"
)
_OTHER_HALVES = {"(": "）", "（": "）", "《": "》", "“": "”", "‘": "’", "〔": "〕", "【": "】", "「": "」"}
_CLOSING = {closing: opening for opening, closing in _OTHER_HALVES.items()} | {")": "（"}
_NUMBER = re.compile(r"(?:^|(?<=[\s，。；：、]))[0-9A-Za-z一二三四五六七八九十]{1,3}[)）]", re.MULTILINE)
"""A number that has a bracket on one side alone: `1）`."""


def clashing(text: str) -> Iterator[Slip]:
    """Where marks stand together in `text` of which one is too many: `，，`, `。；`."""
    return slips(_CLASHING, text, "里的标点连用了，请只留一个。")


def half_width(text: str) -> Iterator[Slip]:
    """The half-width marks among Chinese in `text`."""
    return slips(_HALF_WIDTH, text, "里有半角标点，汉字之间请用全角的。")


def unpaired(text: str) -> Iterator[Slip]:
    """The brackets and quotation marks in `text` that lack their other half, or whose halves are exchanged."""
    closing, opening = _without_other_half(text)
    for at in closing:
        before = _CLOSING[text[at]]
        if exchanged := next((one for one in opening if one > at and text[one] == before), None):
            opening.remove(exchanged)
            yield Slip(at, exchanged + 1, f"里的 {text[at]} 和 {before} 写反了，请对调。")
        else:
            yield Slip(at, at + 1, f"里的 {text[at]} 没有前一半 {before}，请补上或删去。")
    for at in opening:
        yield Slip(at, at + 1, f"里的 {text[at]} 没有后一半 {_OTHER_HALVES[text[at]]}，请补上或删去。")


def _without_other_half(text: str) -> tuple[list[int], list[int]]:
    """Where the closing and the opening marks stand in `text` that lack the other."""
    numbers = {found.end() - 1 for found in _NUMBER.finditer(text)}
    closing: list[int] = []
    opened: list[int] = []
    for at, mark in enumerate(text):
        if mark in _OTHER_HALVES:
            opened.append(at)
        elif mark in _CLOSING:
            if opened and _OTHER_HALVES[text[opened[-1]]] == _OTHER_HALVES[_CLOSING[mark]]:
                opened.pop()
            elif at not in numbers:
                closing.append(at)
    return closing, opened
