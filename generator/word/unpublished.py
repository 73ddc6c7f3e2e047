"""What stands in a Word file and is not for the readers of what is made from it.

Comments, tracked changes, hidden text; notes that nothing refers to; who wrote the file, where, and from what.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from docx.oxml.parser import parse_xml

from generator.word.changes import accept_changes, changes_in
from generator.word.content import containers
from generator.word.hidden import HiddenText
from generator.word.names import CELL, PARAGRAPH, ROW, RUN, RUN_PROPERTIES, Element, R, remove, value, w
from generator.word.package import STORIES, Package, serialized
from generator.word.places import placed_paragraphs, quoted
from generator.word.text import pieces_of

_COMMENT_MARKS = tuple(map(w, ("commentRangeStart", "commentRangeEnd", "commentReference")))
_PERMISSIONS = (w("permStart"), w("permEnd"))
"""Who may edit what, by name."""
_CUSTOM = "custom-properties"
_KEPT_OF_PACKAGE = ("officeDocument", "core-properties", _CUSTOM)
_DROPPED_PARTS = (
    *("comments", "commentsExtended", "commentsIds", "commentsExtensible", "people", "customXml", "glossaryDocument"),
    *("attachedTemplate", "mailMergeSource", "mailMergeHeaderSource", "recipientData", "transform", "documenttasks"),
)
"""The kinds of relationships to what a reader never sees."""
_DROPPED_SETTINGS = (
    *map(w, ("attachedTemplate", "linkStyles", "trackRevisions", "documentProtection", "writeProtection", "mailMerge")),
    *map(w, ("docVars", "revisionView", "saveThroughXslt", "attachedSchema")),
)
_NOTES = {w("footnote"): w("footnoteReference"), w("endnote"): w("endnoteReference")}
_QUOTED = 30


@dataclass(frozen=True, slots=True)
class Unpublished:
    """One kind of what is not for readers: the places where it stands, and the names that go with it."""

    places: tuple[str, ...]
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AllUnpublished:
    """What a file has of each kind."""

    comments: Unpublished
    changes: Unpublished
    hidden: Unpublished


def unpublished(package: Package) -> AllUnpublished:
    """What of a file is not for readers. Raises UnreadableDocument."""
    hidden = HiddenText(package.xml(package.related(package.main, "styles")))
    comments: list[Element] = []
    found: list[tuple[list[Element], ...]] = []
    places: dict[Element, str] = {}
    parts = [("", package.root), *((STORIES[kind], package.xml(part)) for kind, part in package.stories())]
    for story, root in parts:
        if root is None:
            continue
        found.append((list(root.iter(_COMMENT_MARKS[-1])), changes_in(root), hidden.found(root)))
        for paragraph, name in placed_paragraphs(root, story):
            text = "".join(piece.text for piece in pieces_of(paragraph) if piece.is_words)
            places[paragraph] = f"{name}{quoted(text, _QUOTED)}"
    listed = package.xml(package.related(package.main, "comments"))
    comments = list(containers(listed)) if listed is not None and len(listed) else []
    marks = [[one for of_part in found for one in of_part[kind]] for kind in range(3)]
    return AllUnpublished(
        Unpublished(_places_of(marks[0], places), _authors(comments)),
        Unpublished(_places_of(marks[1], places), _authors(marks[1])),
        Unpublished(_places_of(marks[2], places)),
    )


def _places_of(marks: list[Element], places: dict[Element, str]) -> tuple[str, ...]:
    marked = {_paragraph_of(mark) for mark in marks}
    found = [place for paragraph, place in places.items() if paragraph in marked]
    return tuple(dict.fromkeys(found if len(found) == len(marked) else [*found, ""]))


def _paragraph_of(mark: Element) -> Element:
    """The paragraph that a mark stands in; of a row or cell the first."""
    above = next(mark.iterancestors(PARAGRAPH), None)
    if above is None:
        unit = next(mark.iterancestors(CELL, ROW), mark)
        above = next(unit.iter(PARAGRAPH), mark)
    return above


def _authors(marks: list[Element]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for mark in marks if (name := value(mark, "author"))))


def leave_to_readers(document: Any) -> None:
    """Takes out of a python-docx `document` all that is not for its readers; tracked changes are accepted."""
    package = document.part.package
    _keep(package.rels, lambda one: _kind(one) in _KEPT_OF_PACKAGE)
    for one in package.rels.values():
        if _kind(one) == _CUSTOM and not one.is_external:
            _drop_of_programs(one.target_part)
    hidden = HiddenText(document.styles.element)
    parts = [part for part in package.iter_parts() if "wordprocessingml" in part.content_type]
    for part in parts:
        _keep(part.rels, lambda one: _kind(one) not in _DROPPED_PARTS)
    parts = [part for part in package.iter_parts() if "wordprocessingml" in part.content_type]
    referred: set[tuple[str, str]] = set()
    for part in parts:
        root = part.element if hasattr(part, "element") else parse_xml(part.blob)
        before, had = serialized(root) if not hasattr(part, "element") else b"", _named(root)
        _clean(root, hidden)
        referred |= {(one.tag, value(one, "id") or "") for one in root.iter(*_NOTES.values())}
        for identity in had - _named(root):
            part.rels.pop(identity, None)
        if before and (after := serialized(root)) != before:
            part._blob = after
    _drop_notes(parts, referred)


def _clean(root: Element, hidden: HiddenText) -> None:
    accept_changes(root)
    for mark in list(root.iter(*_COMMENT_MARKS)):
        run = mark.getparent()
        remove(mark)
        if run is not None and run.tag == RUN and all(part.tag == RUN_PROPERTIES for part in run):
            remove(run)
    hidden.drop(root)
    for binding in list(root.iter("{*}dataBinding")):
        # Word would put there again what it was bound to, such as the name of the template's author.
        remove(binding)
    for one in [*root.iter(*_PERMISSIONS), *root.iterchildren(*_DROPPED_SETTINGS)]:
        remove(one)


def _drop_of_programs(part: Any) -> None:
    """Takes out the properties that programs put there for their own use, such as _AuthorEmail: a bureau's stay."""
    root = parse_xml(part.blob)
    own = [one for one in root if str(one.get("name", "")).startswith("_")]
    for one in own:
        remove(one)
    if own:
        part._blob = serialized(root)


def _drop_notes(parts: list[Any], referred: set[tuple[str, str]]) -> None:
    """Takes out the notes that nothing refers to: what did was deleted or hidden."""
    for part in parts:
        if hasattr(part, "element") or not any(name in part.blob for name in (b"footnote", b"endnote")):
            continue
        root = parse_xml(part.blob)
        lone = [
            note
            for note in root.iterchildren(*_NOTES)
            if note.get(w("type")) is None and (_NOTES[note.tag], value(note, "id") or "") not in referred
        ]
        for note in lone:
            remove(note)
        if lone:
            part._blob = serialized(root)


def _named(root: Element) -> set[str]:
    """The relationships that a part names."""
    prefix = f"{{{R}}}"
    return {
        str(text) for element in root.iter("*") for name, text in element.attrib.items() if str(name).startswith(prefix)
    }


def _kind(relationship: Any) -> str:
    return str(relationship.reltype).rpartition("/")[2]


def _keep(relationships: Any, is_kept: Callable[[Any], bool]) -> None:
    for identity in [identity for identity, one in relationships.items() if not is_kept(one)]:
        del relationships[identity]
