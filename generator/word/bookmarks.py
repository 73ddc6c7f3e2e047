"""Bookmarks: how a paragraph is found again in what is printed."""

from __future__ import annotations

from generator.word.names import BOOKMARK, PARAGRAPH_PROPERTIES, Element, w


def put_bookmark(paragraph: Element, name: str, identity: int) -> None:
    """Puts a bookmark around all that stands in a paragraph."""
    start = paragraph.makeelement(BOOKMARK, {w("id"): str(identity), w("name"): name})
    properties = paragraph.find(PARAGRAPH_PROPERTIES)
    paragraph.insert(0 if properties is None else paragraph.index(properties) + 1, start)
    paragraph.append(paragraph.makeelement(w("bookmarkEnd"), {w("id"): str(identity)}))
