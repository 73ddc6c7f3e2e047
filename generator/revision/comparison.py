"""Two Word documents compared: what differs, and both in one document with tracked changes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from itertools import chain

from generator.revision.blocks import BlockMerger, align_blocks
from generator.revision.bookmarks import bookmark, join_bookmarks, renumber
from generator.revision.differences import At, Difference, Place
from generator.revision.marks import Marks
from generator.revision.package import DOCUMENT, Package, join_relations
from generator.revision.paragraphs import mark_section
from generator.revision.places import Map, name_places
from generator.revision.tables import rows_of
from generator.revision.xml import (
    PARAGRAPH,
    PARAGRAPH_PROPERTIES,
    SECTION,
    TABLE,
    Element,
    blocks_of,
    paragraphs_of,
    signature,
    value,
    w,
)

AUTHOR = "决算"
_FIRST_ID = 1_000_000
_STORY = re.compile(r"word/(header|footer)\d*\.xml|word/(footnotes|endnotes)\.xml")
_STORY_NAMES = {"header": "页眉", "footer": "页脚", "footnotes": "脚注", "endnotes": "尾注"}


@dataclass(frozen=True, slots=True)
class Revision:
    """What comparing two documents came to.

    `tracked` is a .docx that Word shows with insertions and deletions: accepting all gives the new document, rejecting
    all the old one. `old` and `new` are the documents compared.
    """

    old: bytes
    new: bytes
    tracked: bytes
    differences: tuple[Difference, ...]

    @property
    def marked_old(self) -> bytes:
        """The old document with a bookmark where each difference is, to be printed for its pages."""
        return _with_bookmarks(self.old, [difference.old_at for difference in self.differences])

    @property
    def marked_new(self) -> bytes:
        """The new document with a bookmark where each difference is, to be printed for its pages."""
        return _with_bookmarks(self.new, [difference.new_at for difference in self.differences])


def compare(old: bytes, new: bytes, *, author: str = AUTHOR, date: str | None = None) -> Revision:
    """Compares two .docx, such as two versions made from one template.

    `author` and `date` (ISO 8601 with a time, such as 2021-09-01T00:00:00Z) stand at each tracked change; without a
    date none does. Styles and numbering are those of `new`; neither document may have tracked changes of its own.
    Raises UnreadableDocument.
    """
    before, after = Package.read(old), Package.read(new)
    maps = [_map(package) for package in (before, after)]
    join_relations(before, after)
    _renumber_drawings(before.document)
    olds, news = blocks_of(before.body), blocks_of(after.body)
    pairs = align_blocks(olds, news)
    join_bookmarks(before.document, pairs, olds, news)

    marks = Marks(author, date, _FIRST_ID)
    merger = BlockMerger(marks)
    merged = merger.merge(olds, news, pairs)
    section, old_section = after.body.find(SECTION), before.body.find(SECTION)
    if section is not None and old_section is not None:
        mark_section(section, old_section, marks)
    for block in news:
        after.body.remove(block)
    for index, block in enumerate(merged):
        after.body.insert(index, block)
    renumber(after.document)

    stories, others = _merge_stories(before, after, marks)
    differences = (*name_places(merger.changes, *maps), *others)
    return Revision(old, new, after.pack(stories), differences)


def paged(revision: Revision, old_pages: dict[str, int], new_pages: dict[str, int]) -> tuple[Difference, ...]:
    """The differences with their pages, from the pages of the bookmarks of `marked_old` and `marked_new`."""
    return tuple(
        replace(difference, old_page=old_pages.get(_name(index)), new_page=new_pages.get(_name(index)))
        for index, difference in enumerate(revision.differences)
    )


def _map(package: Package) -> Map:
    # Places are named after the document as it was, so before anything in it is marked.
    styles = package.xml("word/styles.xml") if "word/styles.xml" in package.parts else None
    return Map([deepcopy(block) for block in blocks_of(package.body)], styles)


def _renumber_drawings(document: Element) -> None:
    """Gives the drawings of the old document ids that those of the new one do not have."""
    for number, drawing in enumerate(document.iter("{*}docPr"), start=_FIRST_ID):
        drawing.set("id", str(number))


# Headers, footers, notes


def _merge_stories(old: Package, new: Package, marks: Marks) -> tuple[dict[str, Element], list[Difference]]:
    """The parts beside the text that both have and that differ, merged by part name, and what differs in them."""
    merged: dict[str, Element] = {}
    differences: list[Difference] = []
    for name in sorted(new.parts):
        found = _STORY.fullmatch(name)
        if not found or name not in old.parts or old.parts[name] == new.parts[name]:
            continue
        story = _STORY_NAMES[found[1] or found[2]]
        before, after = old.xml(name), new.xml(name)
        merger = BlockMerger(marks)
        for one, two in _containers(before, after):
            if signature(one) == signature(two):
                continue
            olds, news = blocks_of(one), blocks_of(two)
            result = merger.merge(olds, news, align_blocks(olds, news))
            for block in news:
                two.remove(block)
            two.extend(result)
        merged[name] = after
        differences += [
            Difference(change.kind, Place(story=story), change.old, change.new, None, None) for change in merger.changes
        ]
    return merged, differences


def _containers(old: Element, new: Element) -> list[tuple[Element, Element]]:
    """What holds blocks in a part: a header itself, or each note of the same id."""
    notes = (w("footnote"), w("endnote"))
    olds = {value(note, "id"): note for note in old.iter(*notes)}
    pairs = [(olds[value(note, "id")], note) for note in new.iter(*notes) if value(note, "id") in olds]
    return pairs or [(old, new)]


# Bookmarks for pages


def _name(index: int) -> str:
    return f"_Difference{index + 1:05d}"


def _with_bookmarks(docx: bytes, places: Sequence[At | None]) -> bytes:
    package = Package.read(docx)
    blocks = blocks_of(package.body)
    for index, at in enumerate(places):
        paragraph = _paragraph(blocks, at) if at is not None else None
        if paragraph is not None:
            start, end = bookmark(_name(index), _FIRST_ID + index)
            position = 0 if paragraph.find(PARAGRAPH_PROPERTIES) is None else 1
            paragraph.insert(position, start)
            paragraph.insert(position + 1, end)
    return package.pack({DOCUMENT: package.document})


def _paragraph(blocks: Sequence[Element], at: At) -> Element | None:
    """The paragraph in which a place begins; after the end of a table or of the document, the last one before."""
    if at.block >= len(blocks):
        return next(reversed([one for block in blocks for one in _paragraphs(block)]), None)
    block = blocks[at.block]
    if block.tag != TABLE or at.row is None:
        return next(iter(_paragraphs(block)), None)
    rows = rows_of(block)
    if not rows:
        return None
    row = rows[min(at.row, len(rows) - 1)]
    cells = [cell for column, cell in zip(row.columns, row.cells, strict=True) if column == (at.column or 0)]
    return next(chain.from_iterable(paragraphs_of(cell) for cell in (*cells, *row.cells)), None)


def _paragraphs(block: Element) -> list[Element]:
    return [block] if block.tag == PARAGRAPH else list(paragraphs_of(block))
