"""Bookmarks: how a paragraph is found again in what is printed."""

from collections.abc import Iterable

from generator.word.content import paragraphs
from generator.word.names import BOOKMARK, PARAGRAPH, PARAGRAPH_PROPERTIES, Element, remove, w
from generator.word.text import text_of

_FIRST_ID = 900_000
_NAME = "更正处{}"


def put_bookmark(paragraph: Element, name: str, identity: int) -> tuple[Element, Element]:
    """Puts a bookmark around all that stands in a paragraph; returns its start and its end."""
    start = paragraph.makeelement(BOOKMARK, {w("id"): str(identity), w("name"): name})
    end = paragraph.makeelement(w("bookmarkEnd"), {w("id"): str(identity)})
    properties = paragraph.find(PARAGRAPH_PROPERTIES)
    paragraph.insert(0 if properties is None else paragraph.index(properties) + 1, start)
    paragraph.append(end)
    return start, end


class PageMarks:
    """Bookmarks in some paragraphs and rows of a document, there while it is printed."""

    def __init__(self, elements: Iterable[Element]) -> None:
        self._elements = list(elements)
        self._marks = [
            mark
            for number, element in enumerate(self._elements)
            for mark in put_bookmark(_shown(element), _NAME.format(number), _FIRST_ID + number)
        ]

    def pages(self, bookmark_pages: dict[str, int]) -> dict[Element, int]:
        """The page on which each begins, given those of all bookmarks; one that is not printed has none."""
        names = {element: _NAME.format(number) for number, element in enumerate(self._elements)}
        return {element: bookmark_pages[name] for element, name in names.items() if name in bookmark_pages}

    def remove(self) -> None:
        """Leaves the document as it was."""
        for mark in self._marks:
            remove(mark)


def _shown(element: Element) -> Element:
    """The paragraph itself; of a row the first with text, as a cell that goes on from above is not printed."""
    inside = [element] if element.tag == PARAGRAPH else list(paragraphs(element))
    return next((paragraph for paragraph in inside if text_of(paragraph).strip()), inside[0])
