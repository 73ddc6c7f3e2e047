"""Two Word documents in one, with tracked changes."""

from generator.revision.blocks import BlockMerger, align_blocks
from generator.revision.bookmarks import join_bookmarks, renumber
from generator.revision.elements import blocks_of, put_blocks, signature
from generator.revision.marks import FIRST_ID, Marks
from generator.revision.paragraphs import mark_section
from generator.revision.relationships import Opened, join_relationships
from generator.word import SECTION, Element, body_of, containers, value


def tracked_changes(old: bytes, new: bytes, date: str) -> bytes:
    """A .docx that Word shows with insertions and deletions: all accepted it is `new`, all rejected `old`.

    `date` (ISO 8601 with a time, such as 2021-09-01T00:00:00Z) stands at each change. Styles and numbering are those
    of `new`; neither document may have tracked changes of its own. Raises UnreadableDocument.
    """
    before, after = Opened.read(old), Opened.read(new)
    old_body, new_body = body_of(before.document), body_of(after.document)
    join_relationships(before, after)
    _renumber_drawings(before.document)
    olds, news = blocks_of(old_body), blocks_of(new_body)
    pairs = align_blocks(olds, news)
    join_bookmarks(before.document, pairs, olds, news)

    marks = Marks(date)
    merger = BlockMerger(marks)
    merged = merger.merge(olds, news, pairs)
    section, old_section = new_body.find(SECTION), old_body.find(SECTION)
    if section is not None and old_section is not None:
        mark_section(section, old_section, marks)
    put_blocks(new_body, merged)
    renumber(after.document)
    return after.pack(_merge_stories(before, after, merger))


def _renumber_drawings(document: Element) -> None:
    """Gives the drawings of the old document ids that those of the new one do not have."""
    for number, drawing in enumerate(document.iter("{*}docPr"), start=FIRST_ID):
        drawing.set("id", str(number))


def _merge_stories(old: Opened, new: Opened, merger: BlockMerger) -> dict[str, Element]:
    """The parts beside the text that both have and that differ, merged, by part name."""
    merged: dict[str, Element] = {}
    for _, name in new.package.stories():
        before, after = old.package.xml(name), new.package.xml(name)
        if before is None or after is None or old.parts[name] == new.parts[name]:
            continue
        for one, two in _containers(before, after):
            if signature(one) == signature(two):
                continue
            put_blocks(two, merger.aligned(blocks_of(one), blocks_of(two)))
        merged[name] = after
    return merged


def _containers(old: Element, new: Element) -> list[tuple[Element, Element]]:
    """What holds blocks in a part: a header itself, or each note of the same id."""
    olds = {value(note, "id"): note for note in containers(old)}
    return [(olds[value(note, "id")], note) for note in containers(new) if value(note, "id") in olds]
