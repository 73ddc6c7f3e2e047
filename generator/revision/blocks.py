"""A sequence of paragraphs and tables in two versions as one with tracked changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import chain

from generator.revision.differences import At, Change, Kind
from generator.revision.elements import copy, loose_signature, made, signature
from generator.revision.ends import Tail, lone_tail, stretches
from generator.revision.marks import Marks, Side, has_marks, paragraph_properties
from generator.revision.paragraphs import (
    mark_properties,
    merge_paragraphs,
    one_sided,
    open_fields,
)
from generator.revision.tables import TableMerger, table_likeness
from generator.revision.tokens import tokens
from generator.word import (
    PARAGRAPH,
    PARAGRAPH_PROPERTIES,
    PICTURES,
    SECTION,
    TABLE,
    Element,
    Pair,
    align,
    in_common,
    style_of,
    text_of,
)

_MUST_CORRESPOND = 100.0


class _Block:
    """A block with what aligning it needs, each found once."""

    __slots__ = ("element", "fields", "section", "signature", "style", "words")

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


def described(element: Element) -> str:
    """The alternative texts of the pictures in an element."""
    return "\n".join(filter(None, (picture.get("descr") for picture in element.iter("{*}docPr"))))


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
    """Merges blocks; `changes` are those of the body found so far."""

    marks: Marks
    changes: list[Change] = field(default_factory=list)
    _tables: TableMerger = field(init=False)

    def __post_init__(self) -> None:
        self._tables = TableMerger(self.marks, self._within_cell, self._one_sided)

    def merge(self, old: Sequence[Element], new: Sequence[Element], pairs: Sequence[Pair]) -> list[Element]:
        """The blocks that are `old` where their changes are rejected and `new` where they are accepted."""
        result: list[Element] = []
        at_old = at_new = 0
        for stretch in stretches(pairs, old, new):
            tail = lone_tail(stretch, old, new)
            merged: list[list[Element]] = []
            for index, (one, two) in enumerate(stretch):
                spot = (At(at_old), At(at_new))
                if one is not None and two is not None:
                    ends_stretch = index == (tail.common if tail else len(stretch) - 1)
                    merged.append(self._pair(old[one], new[two], *spot, splits=not ends_stretch))
                elif one is not None:
                    merged.append([self._single(old[one], "old", *spot)])
                elif two is not None:
                    merged.append([self._single(new[two], "new", *spot)])
                at_old, at_new = at_old + (one is not None), at_new + (two is not None)
            if tail is not None:
                self._move_end(merged[tail.common][-1], merged[-1][-1], tail)
            result += chain.from_iterable(merged)
        return result

    def _pair(self, old: Element, new: Element, old_at: At, new_at: At, *, splits: bool) -> list[Element]:
        """What stands for two blocks that correspond: one block, or two where that `splits` a paragraph."""
        if signature(old) == signature(new):
            return [copy(new)]
        if new.tag == TABLE:
            table, changes = self._tables.merge(old, new, old_at.block, new_at.block)
            self.changes += changes or ([Change(Kind.LOOK, "", "", old_at, new_at)] if has_marks(table) else [])
            return [table]
        if new.tag != PARAGRAPH:
            return [copy(new)]
        if splits and _shows_pictures_only(old) and _shows_pictures_only(new):
            # A paragraph in which one picture goes and one comes is more than some programs can reject.
            self.changes.append(Change(Kind.PICTURE, described(old), described(new), old_at, new_at))
            return [one_sided(old, "old", self.marks), one_sided(new, "new", self.marks)]
        merged = merge_paragraphs(old, new, self.marks)
        for said in merged.said:
            kind = Kind.PICTURE if said.picture else Kind.TEXT
            texts = (described(old), described(new)) if said.picture else (said.old, said.new)
            self.changes.append(Change(kind, *texts, old_at, new_at))
        if not merged.said and has_marks(merged.element):
            self.changes.append(Change(Kind.LOOK, text_of(old), text_of(new), old_at, new_at))
        return [merged.element]

    def _single(self, block: Element, side: Side, old_at: At, new_at: At) -> Element:
        kinds = {
            ("old", True): Kind.TABLE_REMOVED,
            ("old", False): Kind.PARAGRAPH_REMOVED,
            ("new", True): Kind.TABLE_ADDED,
            ("new", False): Kind.PARAGRAPH_ADDED,
        }
        text = text_of(block) or described(block)
        old, new = (text, "") if side == "old" else ("", text)
        self.changes.append(Change(kinds[side, block.tag == TABLE], old, new, old_at, new_at))
        return self._one_sided([block], side, last=False)[0]

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

    def _within_cell(self, old: list[Element], new: list[Element]) -> list[Element]:
        inner = BlockMerger(self.marks)
        return inner.merge(old, new, align_blocks(old, new))

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
