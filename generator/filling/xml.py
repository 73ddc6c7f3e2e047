"""Small steps with WordprocessingML that the other modules share."""

from __future__ import annotations

from typing import Any

from docx.oxml.ns import qn

Element = Any
"""An lxml element of python-docx's own classes, which have no types."""


def child(element: Element, name: str) -> Element:
    """The first child called `name` (such as `w:pPr`), `None` where there is none."""
    return element.find(qn(name))


def text_of(element: Element) -> str:
    """The text of all runs in `element`; a line break counts as a full-width space."""
    parts = element.iter(qn("w:t"), qn("w:br"))
    return "".join("\u3000" if part.tag == qn("w:br") else part.text or "" for part in parts)


def styled_as(paragraph: Element) -> str:
    """The style id of `paragraph`, empty for the default one."""
    found = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
    return found.get(qn("w:val")) if found is not None else ""
