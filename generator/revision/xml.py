"""Names and small readers of WordprocessingML that the modules of this room share."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from copy import deepcopy

from lxml import etree

Element = etree._Element

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def w(name: str) -> str:
    """The tag or attribute `name` of WordprocessingML."""
    return f"{{{W}}}{name}"


TEXT, BREAK, TAB = w("t"), w("br"), w("tab")
PARAGRAPH, TABLE, ROW, CELL, RUN = w("p"), w("tbl"), w("tr"), w("tc"), w("r")
PARAGRAPH_PROPERTIES, RUN_PROPERTIES, SECTION = w("pPr"), w("rPr"), w("sectPr")
PICTURES = (w("drawing"), w("pict"), w("object"))

_BETWEEN = {TAB: "\t", BREAK: "\n", w("cr"): "\n"}


def child(element: Element | None, name: str) -> Element | None:
    """The first child called `name`; None where there is none, or no element."""
    return None if element is None else element.find(w(name))


def value(element: Element | None, name: str = "val") -> str:
    """An attribute of WordprocessingML; empty where there is none, or no element."""
    return "" if element is None else element.get(w(name), "")


def text_of(element: Element) -> str:
    """What is to be read in `element`: a line for each paragraph, tabs and breaks as such."""
    if element.tag == PARAGRAPH:
        return "".join(
            _BETWEEN.get(part.tag, part.text or "")
            for part in element.iter(TEXT, *_BETWEEN)
            if part.tag == TEXT or _in_run(part)
        )
    return "\n".join(text_of(paragraph) for paragraph in paragraphs_of(element))


def _in_run(part: Element) -> bool:
    parent = part.getparent()
    return parent is not None and parent.tag == RUN


def paragraphs_of(element: Element) -> Iterator[Element]:
    """The paragraphs of `element` in the order of the text, those of nested tables too, not those of text boxes."""
    for part in element:
        if part.tag == PARAGRAPH:
            yield part
        elif part.tag not in (RUN, PARAGRAPH_PROPERTIES):
            yield from paragraphs_of(part)


def blocks_of(container: Element) -> list[Element]:
    """The blocks of a body, cell, header or note: what stands in it but its own properties."""
    return [part for part in container if part.tag not in (w("tcPr"), SECTION) and isinstance(part.tag, str)]


def canonical(element: Element | None) -> str:
    """The XML of `element` in its one canonical form; empty for None."""
    if element is None:
        return ""
    return etree.tostring(element, method="c14n", exclusive=True).decode("utf-8")


# What Word counts through a document and nobody reads.
_COUNTED = re.compile(
    r' w:rsid\w*="[^"]*"| w14:(?:paraId|textId)="[^"]*"|<w:bookmark(?:Start|End)\b[^>]*></w:bookmark(?:Start|End)>'
    r"|<w:(?:proofErr|lastRenderedPageBreak)\b[^>]*></w:(?:proofErr|lastRenderedPageBreak)>"
    r"|(?<=<wp:docPr)( [^>]*?)?\bid=\"[^\"]*\"|(?<=<pic:cNvPr)( [^>]*?)?\bid=\"[^\"]*\""
)
_TARGET = re.compile(r' w:anchor="[^"]*"|(?<=REF )\S+')


def signature(element: Element | None) -> str:
    """A text that is the same for elements that say the same; the names of bookmarks in them do not count."""
    return _COUNTED.sub("", canonical(element))


def loose_signature(element: Element) -> str:
    """A signature in which the targets of links and references do not count either."""
    return _TARGET.sub("", signature(element))


def made(name: str, attributes: dict[str, str] | None = None, content: Iterable[Element] = ()) -> Element:
    """A new element of WordprocessingML."""
    element = etree.Element(w(name), {w(key): text for key, text in (attributes or {}).items()}, nsmap={"w": W})
    element.extend(content)
    return element


def copy(element: Element) -> Element:
    """A copy of `element` without what follows it."""
    copied = deepcopy(element)
    copied.tail = None
    return copied
