"""Which entries of two lists belong together: paragraphs, list items, rows of a table, sentences."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from difflib import SequenceMatcher
from typing import TypeVar

Item = TypeVar("Item")
Pair = tuple[int | None, int | None]
"""Indexes of an old and a new entry that belong together; `None` where one has no other."""

_ALIKE = 0.4
_MOST_COMPARED = 2_500
"""Pairs that are held against each other one by one; a longer stretch of changes is paired in its order."""


def likeness(old: str, new: str) -> float:
    """How much two texts have in common, from 0 to 1."""
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    return matcher.ratio() if matcher.quick_ratio() >= _ALIKE else 0.0


def align(
    old: Sequence[Item], new: Sequence[Item], key: Callable[[Item], str], alike: Callable[[Item, Item], float]
) -> list[Pair]:
    """Every index of `old` and of `new` once, in the order of both.

    Entries with the same `key` go together first; of the others, those that are most `alike`.
    """
    pairs: list[Pair] = []
    matcher = SequenceMatcher(None, [key(item) for item in old], [key(item) for item in new], autojunk=False)
    for kind, i, i_end, j, j_end in matcher.get_opcodes():
        if kind == "equal":
            pairs += zip(range(i, i_end), range(j, j_end), strict=True)
        else:
            pairs += _paired(old, new, range(i, i_end), range(j, j_end), alike)
    return pairs


def _paired(
    old: Sequence[Item], new: Sequence[Item], olds: range, news: range, alike: Callable[[Item, Item], float]
) -> list[Pair]:
    """The pairing of a stretch in which the sum of likenesses is greatest."""
    if not olds or not news:
        return [*((i, None) for i in olds), *((None, j) for j in news)]
    if len(olds) * len(news) > _MOST_COMPARED:
        common = min(len(olds), len(news))
        rest: list[Pair] = [*((i, None) for i in olds[common:]), *((None, j) for j in news[common:])]
        return [*zip(olds[:common], news[:common], strict=True), *rest]
    scores = [[alike(old[i], new[j]) for j in news] for i in olds]
    # best[a][b]: the greatest sum for the entries from a of the old stretch and from b of the new one.
    best = [[0.0] * (len(news) + 1) for _ in range(len(olds) + 1)]
    for a in reversed(range(len(olds))):
        for b in reversed(range(len(news))):
            together = scores[a][b] + best[a + 1][b + 1] if scores[a][b] >= _ALIKE else 0.0
            best[a][b] = max(together, best[a + 1][b], best[a][b + 1])
    pairs: list[Pair] = []
    a = b = 0
    while a < len(olds) or b < len(news):
        both = a < len(olds) and b < len(news) and scores[a][b] >= _ALIKE
        if both and best[a][b] == scores[a][b] + best[a + 1][b + 1]:
            pairs.append((olds[a], news[b]))
            a, b = a + 1, b + 1
        elif a < len(olds) and (b == len(news) or best[a][b] == best[a + 1][b]):
            pairs.append((olds[a], None))
            a += 1
        else:
            pairs.append((None, news[b]))
            b += 1
    return pairs
