"""What a kind of rule finds in a text, and the sentence in which it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_END = re.compile(r"[。！？；;\n]")
_TITLES = (("《", "》"), ("“", "”"), ("〔", "〕"), ("【", "】"), ("「", "」"))
_WIDE = {wide: wide - 0xFEE0 for wide in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}
_FOLDED = _WIDE | {ord("　"): " ", ord("\u00a0"): " ", ord("．"): ".", ord("％"): "%", ord("－"): "-", ord("＋"): "+"}
_AROUND = 8
"""Characters of a text that are quoted on each side of a slip."""


class Slip(NamedTuple):
    """A part of a text that is wrong, from `start` to before `end`, and what is to be said of it."""

    start: int
    end: int
    says: str
    """Goes on after the quoted text: `“2018年治理”里的“2018年”……`; ends with a full stop."""


def slips(pattern: re.Pattern[str], text: str, says: str) -> Iterator[Slip]:
    """A slip wherever `pattern` is found in `text`."""
    return (Slip(found.start(), found.end(), says) for found in pattern.finditer(text))


def sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """Where the sentence that holds `start` to `end` begins and ends in `text`."""
    before = [found.end() for found in _END.finditer(text, 0, start)]
    after = _END.search(text, end)
    return before[-1] if before else 0, after.start() if after else len(text)


def folded(text: str) -> str:
    """`text` with half-width digits, letters and signs of figures for full-width ones; as long as it was."""
    return text.translate(_FOLDED)


def in_title(before: str) -> bool:
    """Whether what follows `before` stands within the title of a document, or is quoted."""
    return any(before.rfind(opening) > before.rfind(closing) for opening, closing in _TITLES)


def quoted(text: str, start: int, end: int) -> str:
    """The slip with the words around it, as a message quotes it."""
    first, last = max(0, start - _AROUND), min(len(text), end + _AROUND)
    shown = " ".join(text[first:last].split())
    return f"“{'…' if first else ''}{shown}{'…' if last < len(text) else ''}”"
