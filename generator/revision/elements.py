"""Elements of two documents held against each other, and made for the one that tells of both."""

import re
from collections.abc import Iterable, Sequence
from copy import deepcopy

from lxml import etree

from generator.word import SECTION, Element, W, content, w

_PROPERTIES = (w("tcPr"), SECTION)


def blocks_of(container: Element) -> list[Element]:
    """The blocks of a body, cell, header or note: what stands in it but its own properties."""
    return [part for part in content(container) if part.tag not in _PROPERTIES]


def put_blocks(container: Element, blocks: Sequence[Element]) -> None:
    """Puts `blocks` in the place of those that `container` has."""
    container[:] = [*blocks, *container.iterchildren(SECTION)]


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
