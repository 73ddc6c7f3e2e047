"""Two sequences aligned: which item of the new one stands for which of the old one."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Hashable, Sequence

Pair = tuple[int | None, int | None]
"""Indices of an old and a new item that correspond; None for the one that is missing."""


def align(old: Sequence[Hashable], new: Sequence[Hashable], likeness: Callable[[int, int], float]) -> list[Pair]:
    """Every index of both sequences once, in an order that keeps both; what has gone stands before what came.

    Items that are equal and occur once on each side are anchors (as in patience diff); between anchors the pairs are
    those with the greatest sum of `likeness`, which is 0 for items that never correspond.
    """
    pairs: list[Pair] = []
    start_old = start_new = 0
    for at_old, at_new in [*_anchors(old, new), (len(old), len(new))]:
        pairs += _best(range(start_old, at_old), range(start_new, at_new), likeness)
        if at_old < len(old):
            pairs.append((at_old, at_new))
        start_old, start_new = at_old + 1, at_new + 1
    return pairs


def _anchors(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[tuple[int, int]]:
    """The longest ascending chain of items that both sequences hold exactly once."""
    counted_old, counted_new = Counter(old), Counter(new)
    places = {item: index for index, item in enumerate(new) if counted_new[item] == 1}
    common = [(index, places[item]) for index, item in enumerate(old) if counted_old[item] == 1 and item in places]
    tails: list[int] = []
    ends: list[int] = []
    before: list[int | None] = []
    for index, (_, at_new) in enumerate(common):
        length = bisect_left(tails, at_new)
        tails[length : length + 1] = [at_new]
        ends[length : length + 1] = [index]
        before.append(ends[length - 1] if length else None)
    chain = []
    last = ends[-1] if ends else None
    while last is not None:
        chain.append(common[last])
        last = before[last]
    return chain[::-1]


def _best(old: range, new: range, likeness: Callable[[int, int], float]) -> list[Pair]:
    """The pairs of two gaps that together are most alike (Needleman and Wunsch, without a price for gaps)."""
    if not old or not new:
        return [(one, None) for one in old] + [(None, one) for one in new]
    alike = [[likeness(one, other) for other in new] for one in old]
    sums = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for row in reversed(range(len(old))):
        for column in reversed(range(len(new))):
            score = alike[row][column]
            paired = score + sums[row + 1][column + 1] if score > 0 else 0.0
            sums[row][column] = max(paired, sums[row + 1][column], sums[row][column + 1])
    pairs: list[Pair] = []
    row = column = 0
    while row < len(old) and column < len(new):
        score = alike[row][column]
        if score > 0 and sums[row][column] == score + sums[row + 1][column + 1]:
            pairs.append((old[row], new[column]))
            row, column = row + 1, column + 1
        elif sums[row][column] == sums[row + 1][column]:
            pairs.append((old[row], None))
            row += 1
        else:
            pairs.append((None, new[column]))
            column += 1
    return pairs + [(one, None) for one in old[row:]] + [(None, one) for one in new[column:]]
