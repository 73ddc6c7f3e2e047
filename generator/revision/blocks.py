"""A sequence of paragraphs and tables in two versions as one with tracked changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import chain

from generator.pairing import Pair, align, in_common
from generator.revision.elements import copy, loose_signature, made, signature
from generator.revision.ends import Tail, lone_tail, stretches
from generator.revision.marks import Marks, Side, paragraph_properties
from generator.revision.paragraphs import mark_properties, merge_paragraphs, one_sided, open_fields
from generator.revision.tables import TableMerger, table_likeness
from generator.revision.tokens import tokens
from generator.word import PARAGRAPH, PARAGRAPH_PROPERTIES, PICTURES, SECTION, TABLE, Element, style_of, text_of

_MUST_CORRESPOND = 100.0


class _Block:
    """A block with what aligning it needs, each found once."""

    def __init__(self, element: Element) -> None:
        self.element = element
        self.signature = loose_signature(element)
        properties = element.find(PARAGRAPH_PROPERTIES) if element.tag == PARAGRAPH else None
        self.style = style_of(element)
        self.section = properties is not None and properties.find(SECTION) is not None
        self.fields = open_fields(element) if element.tag == PARAGRAPH else ()
        self.words = tokens(text_of(element)) if element.tag == PARAGRAPH else []

    def likeness(self, other: _Block) -> float:
        """How likely a block stands for another one; 0 where it cannot."""
        if self.element.tag != other.element.tag or self.section != other.section or self.fields != other.fields:
            return 0.0
        if self.fields:
            return _MUST_CORRESPOND
        if self.signature == other.signature:
            return 2.0
        if self.element.tag == TABLE:
            return table_likeness(self.element, other.element)
        same_kind = self.style == other.style and _has_picture(self.element) == _has_picture(other.element)
        return in_common(self.words, other.words) if self.element.tag == PARAGRAPH and same_kind else 0.0


def _has_picture(element: Element) -> bool:
    return next(element.iter(*PICTURES), None) is not None


def _shows_pictures_only(paragraph: Element) -> bool:
    return _has_picture(paragraph) and not text_of(paragraph).strip()


def align_blocks(old: Sequence[Element], new: Sequence[Element]) -> list[Pair]:
    """Which block of `new` stands for which of `old`."""
    before, after = [_Block(one) for one in old], [_Block(one) for one in new]
    return align(
        [block.signature for block in before],
        [block.signature for block in after],
        lambda one, two: before[one].likeness(after[two]),
    )


@dataclass(slots=True)
class BlockMerger:
    """Merges the blocks of two documents."""

    marks: Marks
    _tables: TableMerger = field(init=False)

    def __post_init__(self) -> None:
        self._tables = TableMerger(self.marks, self.aligned, self._one_sided)

    def merge(self, old: Sequence[Element], new: Sequence[Element], pairs: Sequence[Pair]) -> list[Element]:
        """The blocks that are `old` where their changes are rejected and `new` where they are accepted."""
        result: list[Element] = []
        for stretch in stretches(pairs, old, new):
            tail = lone_tail(stretch, old, new)
            merged: list[list[Element]] = []
            for index, (one, two) in enumerate(stretch):
                if one is not None and two is not None:
                    ends_stretch = index == (tail.common if tail else len(stretch) - 1)
                    merged.append(self._pair(old[one], new[two], splits=not ends_stretch))
                elif one is not None:
                    merged.append(self._one_sided([old[one]], "old", last=False))
                elif two is not None:
                    merged.append(self._one_sided([new[two]], "new", last=False))
            if tail is not None:
                self._move_end(merged[tail.common][-1], merged[-1][-1], tail)
            result += chain.from_iterable(merged)
        return result

    def _pair(self, old: Element, new: Element, *, splits: bool) -> list[Element]:
        """What stands for two blocks that correspond: one block, or two where that `splits` a paragraph."""
        if signature(old) == signature(new):
            return [copy(new)]
        if new.tag == TABLE:
            return [self._tables.merge(old, new)]
        if new.tag != PARAGRAPH:
            return [copy(new)]
        if splits and _shows_pictures_only(old) and _shows_pictures_only(new):
            # A paragraph in which one picture goes and one comes is more than some programs can reject.
            return [one_sided(old, "old", self.marks), one_sided(new, "new", self.marks)]
        return [merge_paragraphs(old, new, self.marks)]

    def _one_sided(self, blocks: list[Element], side: Side, last: bool = True) -> list[Element]:
        """Blocks of one document; with `last`, the end of the last one stays, as that of a cell must."""
        result = []
        for index, block in enumerate(blocks):
            if block.tag == TABLE:
                result.append(self._tables.whole(block, side))
            elif block.tag == PARAGRAPH:
                result.append(one_sided(block, side, self.marks, ended=not last or index < len(blocks) - 1))
            else:
                result.append(copy(block))
        return result

    def aligned(self, old: list[Element], new: list[Element]) -> list[Element]:
        """The blocks of a part or a cell, of which nothing is known yet, merged."""
        return self.merge(old, new, align_blocks(old, new))

    def _move_end(self, common: Element, last: Element, tail: Tail) -> None:
        """Lets the end of the `common` paragraph come or go in place of that of the `last` one after it.

        The last one then ends as the common one does in the document that does not have it.
        """
        self.marks.paragraph(paragraph_properties(common), tail.side)
        last.remove(paragraph_properties(last))
        now, before = (tail.last, tail.old) if tail.side == "new" else (tail.new, tail.last)
        properties = now.find(PARAGRAPH_PROPERTIES)
        last.insert(0, made("pPr") if properties is None else copy(properties))
        mark_properties(last, before.find(PARAGRAPH_PROPERTIES), self.marks)
