"""Bookmarks, and with them the pages on which paragraphs and rows come to stand."""

from __future__ import annotations

from collections.abc import Iterable

from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement

from generator.word.xml import Element, text_of

_FIRST_ID = 900_000
_NAME = "更正处{}"


def bookmark(paragraph: Element, name: str, identifier: int) -> tuple[Element, Element]:
    """Puts a bookmark around the content of `paragraph`; returns its start and its end."""
    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    for mark in (start, end):
        mark.set(qn("w:id"), str(identifier))
    start.set(qn("w:name"), name)
    properties = paragraph.find(qn("w:pPr"))
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
            for mark in bookmark(_shown(element), _NAME.format(number), _FIRST_ID + number)
        ]

    def pages(self, bookmark_pages: dict[str, int]) -> dict[Element, int]:
        """The page on which each begins, given those of all bookmarks; one that is not printed has none."""
        names = {element: _NAME.format(number) for number, element in enumerate(self._elements)}
        return {element: bookmark_pages[name] for element, name in names.items() if name in bookmark_pages}

    def remove(self) -> None:
        """Leaves the document as it was."""
        for mark in self._marks:
            mark.getparent().remove(mark)


def _shown(element: Element) -> Element:
    """The paragraph itself; of a row the first with text, as a cell that goes on from above is not printed."""
    inside = [element] if element.tag == qn("w:p") else list(element.iter(qn("w:p")))
    return next((paragraph for paragraph in inside if text_of(paragraph).strip()), inside[0])
