"""Text as words: what a reader takes in as one, and what of it changed."""

import re
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Literal

from generator.numbers import FIGURE
from generator.pairing import passages

Operation = Literal["same", "old", "new"]

_TOKEN = re.compile(rf"{FIGURE}|[A-Za-z]+|-+[%％]?|\s+|.", re.DOTALL)
_CHINESE = re.compile(r"[\u3400-\u9fff]+")
_ISLAND = 2


def tokens(text: str) -> list[str]:
    """`text` in pieces that change as a whole: a figure, a Latin word, a Chinese character, a sign."""
    return _TOKEN.findall(text)


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a comparison: the indices that it covers in the old and in the new sequence."""

    operation: Operation
    old: range
    new: range


def compare(old: Sequence[Hashable], new: Sequence[Hashable], words_old: Sequence[str]) -> list[Step]:
    """The steps from `old` to `new`; in each changed place the old goes before the new.

    `words_old` are the texts of `old`: one or two Chinese characters that happen to stay between changed ones
    (增*加*了 → 减*加*…) change too, since nobody reads them alone.
    """
    blocks = [(one.old.start, one.new.start, len(one.old)) for one in passages(old, new) if one.is_same]
    kept = [block for index, block in enumerate(blocks) if not _is_island(blocks, index, words_old, len(old), len(new))]
    steps: list[Step] = []
    at_old = at_new = 0
    for start_old, start_new, size in [*kept, (len(old), len(new), 0)]:
        if at_old < start_old:
            steps.append(Step("old", range(at_old, start_old), range(at_new, at_new)))
        if at_new < start_new:
            steps.append(Step("new", range(start_old, start_old), range(at_new, start_new)))
        if size:
            steps.append(Step("same", range(start_old, start_old + size), range(start_new, start_new + size)))
        at_old, at_new = start_old + size, start_new + size
    return steps


def _is_island(
    blocks: list[tuple[int, int, int]], index: int, words: Sequence[str], old_length: int, new_length: int
) -> bool:
    start, _, size = blocks[index]
    if not all(_CHINESE.fullmatch(word) for word in words[start : start + size]) or size > _ISLAND:
        return False
    before = blocks[index - 1] if index else (0, 0, 0)
    after = blocks[index + 1] if index + 1 < len(blocks) else (old_length, new_length, 0)
    left = words[before[0] + before[2] : start]
    right = words[start + size : after[0]]
    return _wordy(left) and _wordy(right)


def _wordy(words: Sequence[str]) -> bool:
    return any(_CHINESE.fullmatch(word) for word in words)
