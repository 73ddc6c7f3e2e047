"""Two Word documents compared: what differs, and both in one document with tracked changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import chain

from generator.revision.blocks import BlockMerger, align_blocks
from generator.revision.bookmarks import join_bookmarks, renumber
from generator.revision.differences import At, Difference, Place
from generator.revision.elements import blocks_of, put_blocks, signature
from generator.revision.marks import Marks
from generator.revision.paragraphs import mark_section
from generator.revision.places import Map, name_places
from generator.revision.relations import Opened, join_relations
from generator.revision.tables import rows_of
from generator.word import (
    PARAGRAPH,
    SECTION,
    STORIES,
    TABLE,
    Element,
    body_of,
    containers,
    paragraphs,
    put_bookmark,
    value,
)

AUTHOR = "决算"
_FIRST_ID = 1_000_000


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
    before, after = Opened.read(old), Opened.read(new)
    old_body, new_body = body_of(before.document), body_of(after.document)
    maps = [_map(package) for package in (before, after)]
    join_relations(before, after)
    _renumber_drawings(before.document)
    olds, news = blocks_of(old_body), blocks_of(new_body)
    pairs = align_blocks(olds, news)
    join_bookmarks(before.document, pairs, olds, news)

    marks = Marks(author, date, _FIRST_ID)
    merger = BlockMerger(marks)
    merged = merger.merge(olds, news, pairs)
    section, old_section = new_body.find(SECTION), old_body.find(SECTION)
    if section is not None and old_section is not None:
        mark_section(section, old_section, marks)
    put_blocks(new_body, merged)
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


def _map(opened: Opened) -> Map:
    # Places are named after the document as it was, so before anything in it is marked.
    package = opened.package
    return Map(blocks_of(package.body), package.xml(package.related(package.main, "styles")))


def _renumber_drawings(document: Element) -> None:
    """Gives the drawings of the old document ids that those of the new one do not have."""
    for number, drawing in enumerate(document.iter("{*}docPr"), start=_FIRST_ID):
        drawing.set("id", str(number))


# Headers, footers, notes


def _merge_stories(old: Opened, new: Opened, marks: Marks) -> tuple[dict[str, Element], list[Difference]]:
    """The parts beside the text that both have and that differ, merged by part name, and what differs in them."""
    merged: dict[str, Element] = {}
    differences: list[Difference] = []
    for kind, name in new.package.stories():
        before, after = old.package.xml(name), new.package.xml(name)
        if kind == "comments" or before is None or after is None or old.parts[name] == new.parts[name]:
            continue
        merger = BlockMerger(marks)
        for one, two in _containers(before, after):
            if signature(one) == signature(two):
                continue
            olds, news = blocks_of(one), blocks_of(two)
            result = merger.merge(olds, news, align_blocks(olds, news))
            put_blocks(two, result)
        merged[name] = after
        differences += [
            Difference(change.kind, Place(story=STORIES[kind]), change.old, change.new, None, None)
            for change in merger.changes
        ]
    return merged, differences


def _containers(old: Element, new: Element) -> list[tuple[Element, Element]]:
    """What holds blocks in a part: a header itself, or each note of the same id."""
    olds = {value(note, "id"): note for note in containers(old)}
    return [(olds[value(note, "id")], note) for note in containers(new) if value(note, "id") in olds]


# Bookmarks for pages


def _name(index: int) -> str:
    return f"_Difference{index + 1:05d}"


def _with_bookmarks(docx: bytes, places: Sequence[At | None]) -> bytes:
    opened = Opened.read(docx)
    blocks = blocks_of(body_of(opened.document))
    for index, at in enumerate(places):
        paragraph = _paragraph(blocks, at) if at is not None else None
        if paragraph is not None:
            put_bookmark(paragraph, _name(index), _FIRST_ID + index)
    return opened.pack({})


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
    return next(chain.from_iterable(paragraphs(cell) for cell in (*cells, *row.cells)), None)


def _paragraphs(block: Element) -> list[Element]:
    return [block] if block.tag == PARAGRAPH else list(paragraphs(block))
