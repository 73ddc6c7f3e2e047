"""Two sequences paired: which item of the new one stands for which of the old one."""

from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

Pair = tuple[int | None, int | None]
"""Indexes of an old and a new item that correspond; `None` for the one that is missing."""

ALIKE = 0.4
"""From this likeness on, an item is taken for another one that has changed."""
_MOST_COMPARED = 2_500
"""Pairs of one passage that are held against each other where it has to be quick."""


@dataclass(frozen=True, slots=True)
class Passage:
    """Neighbouring items, by their indexes: the same in both sequences, or others in the new one than in the old."""

    old: range
    new: range
    is_same: bool


def passages(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[Passage]:
    """Both sequences, whole and in their order, in passages that are the same and passages that are not."""
    steps = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return [Passage(range(i, i_end), range(j, j_end), kind == "equal") for kind, i, i_end, j, j_end in steps]


def align(
    old: Sequence[Hashable],
    new: Sequence[Hashable],
    alike: Callable[[int, int], float],
    *,
    least: float = ALIKE,
    quick: bool = False,
) -> list[Pair]:
    """Every index of both sequences once, in an order that keeps both; what has gone stands before what came.

    Equal items go together first; of the others those that together are most `alike`, a number for an index of each,
    and never those that are less than `least`. `quick`: a passage of many changes is paired in its order.
    """
    pairs: list[Pair] = []
    for passage in passages(old, new):
        if passage.is_same:
            pairs += zip(passage.old, passage.new, strict=True)
        elif quick and len(passage.old) * len(passage.new) > _MOST_COMPARED:
            pairs += _in_order(passage, alike, least)
        else:
            pairs += _best(passage, alike, least)
    return pairs


def likeness(old: Sequence[Hashable], new: Sequence[Hashable], least: float = ALIKE) -> float:
    """How much of two sequences is common and in the same order, from 0 to 1; it may be 0 where it is below `least`."""
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    return matcher.ratio() if matcher.quick_ratio() >= least else 0.0


def in_common(old: Sequence[Hashable], new: Sequence[Hashable]) -> float:
    """How much of two sequences is common in whatever order, from 0 to 1: quicker, and never less than `likeness`."""
    if not old and not new:
        return 1.0
    return 2 * (Counter(old) & Counter(new)).total() / (len(old) + len(new))


def _in_order(passage: Passage, alike: Callable[[int, int], float], least: float) -> list[Pair]:
    """The first with the first and so on, but for those that are not alike."""
    pairs: list[Pair] = []
    for one, other in zip(passage.old, passage.new, strict=False):
        pairs += [(one, other)] if alike(one, other) >= least else [(one, None), (None, other)]
    common = min(len(passage.old), len(passage.new))
    return [*pairs, *((one, None) for one in passage.old[common:]), *((None, other) for other in passage.new[common:])]


def _best(passage: Passage, alike: Callable[[int, int], float], least: float) -> list[Pair]:
    """The pairs that together are most alike (Needleman and Wunsch, without a price for gaps)."""
    old, new = passage.old, passage.new
    scores = [[score if (score := alike(one, other)) >= least else 0.0 for other in new] for one in old]
    # sums[row][column]: the greatest sum for the items from there on.
    sums = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for row in reversed(range(len(old))):
        for column in reversed(range(len(new))):
            paired = scores[row][column] + sums[row + 1][column + 1] if scores[row][column] else 0.0
            sums[row][column] = max(paired, sums[row + 1][column], sums[row][column + 1])
    pairs: list[Pair] = []
    row = column = 0
    while row < len(old) and column < len(new):
        score = scores[row][column]
        if score and sums[row][column] == score + sums[row + 1][column + 1]:
            pairs.append((old[row], new[column]))
            row, column = row + 1, column + 1
        elif sums[row][column] == sums[row + 1][column]:
            pairs.append((old[row], None))
            row += 1
        else:
            pairs.append((None, new[column]))
            column += 1
    return pairs + [(one, None) for one in old[row:]] + [(None, other) for other in new[column:]]
