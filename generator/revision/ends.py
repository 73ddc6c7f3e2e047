"""Where paragraphs end that came or went.

A tracked change of a paragraph is one of its content and one of its end, and where that end goes, what is left joins
the next paragraph. So an end cannot come or go where no paragraph follows: at the end of a body or a cell, and before
a table. There the end of the last paragraph stays, and another one, before it, comes or goes in its place.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from generator.pairing import Pair
from generator.revision.marks import Side
from generator.word import PARAGRAPH, PARAGRAPH_PROPERTIES, SECTION, TABLE, Element

Blocks = Sequence[Element]


@dataclass(frozen=True, slots=True)
class Tail:
    """Paragraphs that only one document (`side`) has, after the last common paragraph of a stretch.

    `common` is the index of the common pair in the stretch, `old` and `new` are its paragraphs, `last` is the last
    paragraph of the tail.
    """

    common: int
    side: Side
    old: Element
    new: Element
    last: Element


def stretches(pairs: Sequence[Pair], old: Blocks, new: Blocks) -> list[list[Pair]]:
    """Pairs up to and after each table, so paired that each stretch can end in both documents."""
    found: list[list[Pair]] = [[]]
    for pair in _with_ends_paired(pairs, old, new):
        if _block(pair, old, new).tag == TABLE:
            found += [[pair], []]
        else:
            found[-1].append(pair)
    return [_with_last_paired(stretch, old, new) for stretch in found if stretch]


def _with_ends_paired(pairs: Sequence[Pair], old: Blocks, new: Blocks) -> list[Pair]:
    """Pairs in which the very last paragraphs correspond, unless only paragraphs follow the last common one."""
    one, two = len(old) - 1, len(new) - 1
    if (one, two) in pairs or not (old and new and old[one].tag == new[two].tag == PARAGRAPH):
        return list(pairs)
    if lone_tail(pairs, old, new) is not None:
        return list(pairs)
    parted: list[Pair] = []
    for before, after in pairs:
        if before == one:
            parted += [] if after is None else [(None, after)]
        elif after == two:
            parted += [] if before is None else [(before, None)]
        else:
            parted.append((before, after))
    return [*parted, (one, two)]


def _with_last_paired(stretch: list[Pair], old: Blocks, new: Blocks) -> list[Pair]:
    """A stretch in which the last paragraph that went corresponds to the last that came, if both end it."""
    tail = _after_common(stretch)
    gone = [pair for pair in tail if pair[1] is None]
    come = [pair for pair in tail if pair[0] is None]
    if not gone or not come:
        return stretch
    one, two = gone[-1][0], come[-1][1]
    assert one is not None and two is not None
    if not all(_can_move(block) for block in (old[one], new[two])):
        return stretch
    return [pair for pair in stretch if pair not in (gone[-1], come[-1])] + [(one, two)]


def lone_tail(stretch: Sequence[Pair], old: Blocks, new: Blocks) -> Tail | None:
    """The tail of a stretch, where it has one and all of it is paragraphs of one document."""
    tail = _after_common(stretch)
    common = len(stretch) - len(tail) - 1
    if common < 0 or not tail or len({two is None for _, two in tail}) > 1:
        return None
    if not all(_can_move(_block(pair, old, new)) for pair in stretch[common:]):
        return None
    one, two = stretch[common]
    assert one is not None and two is not None
    side: Side = "old" if tail[0][1] is None else "new"
    return Tail(common, side, old[one], new[two], _block(tail[-1], old, new))


def _after_common(stretch: Sequence[Pair]) -> Sequence[Pair]:
    """The pairs after the last one that both documents have."""
    start = next((index for index in reversed(range(len(stretch))) if None not in stretch[index]), -1)
    return stretch[start + 1 :]


def _block(pair: Pair, old: Blocks, new: Blocks) -> Element:
    one, two = pair
    if two is not None:
        return new[two]
    assert one is not None
    return old[one]


def _can_move(block: Element) -> bool:
    """Whether the end of a block is that of a paragraph and nothing else, such as of a section."""
    return block.tag == PARAGRAPH and block.find(f"{PARAGRAPH_PROPERTIES}/{SECTION}") is None
