"""Things that are drawn, such as tables: reserved where the template places them, drawn once the document is filled."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from generator.narrative import TemplateFault
from generator.word import SECTION, Element, attribute_points, child, child_value, w

_TAG = "决算"


@dataclass(frozen=True, slots=True)
class TextArea:
    """Where something is drawn. Lengths are those between the margins of its section, in twentieths of a point."""

    document: Any
    """python-docx's."""
    width: int
    height: int


Draw = Callable[[TextArea], list[Element]]
"""Draws something as elements of the body."""


class Placeholders:
    """Elements, which no text can be mistaken for, in the places of what is drawn when the rest is filled in."""

    def __init__(self) -> None:
        self._drawings: list[Draw] = []

    def reserve(self, draw: Draw) -> Markup:
        """What stands in the place of a drawing until `fill`; a paragraph of its own in the template becomes it."""
        self._drawings.append(draw)
        tag = f'<w:sdtPr><w:tag w:val="{_TAG}:{len(self._drawings) - 1}"/></w:sdtPr>'
        return Markup(f"<w:sdt>{tag}<w:sdtContent><w:p/></w:sdtContent></w:sdt>")

    def fill(self, document: Any) -> None:
        """Draws everything reserved, in its place."""
        for element in list(document.element.body.iter(w("sdt"))):
            kind, _, index = (child_value(child(element, "sdtPr"), "tag") or "").partition(":")
            if kind == _TAG and index.isdigit() and int(index) < len(self._drawings):
                for drawn in self._drawings[int(index)](_text_area(document, element)):
                    element.addprevious(drawn)
                element.getparent().remove(element)


def _twips(element: Element | None, attribute: str) -> int:
    """A measure in twentieths of a point; the strict flavour of the format gives it with its unit."""
    return round(20 * (attribute_points(element, attribute) or 0))


def _text_area(document: Any, element: Element) -> TextArea:
    """The text area of the section that `element` is in."""
    top = next(found for found in (element, *element.iterancestors()) if found.getparent() is document.element.body)
    section = next((found for sibling in top.itersiblings() for found in sibling.iter(SECTION)), None)
    size, margins = child(section, "pgSz"), child(section, "pgMar")
    if size is None:
        message = "模板没有纸张大小，画不了表和图：请在 Word 的“布局”“纸张大小”里选定，再保存。"
        raise TemplateFault(message)

    def between(extent: str, *sides: str) -> int:
        return _twips(size, extent) - sum(_twips(margins, side) for side in sides)

    return TextArea(document, between("w", "left", "right"), between("h", "top", "bottom"))
