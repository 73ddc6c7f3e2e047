"""The walk through a part: what stands in an element, once everything that only wraps content is opened.

Content controls, insertions, smart tags and custom XML wrap paragraphs, rows, cells and runs alike (ECMA-376 part 1,
17.5 and 17.13); alternate content says the same in more than one way (part 3, 10.2). Nobody else has to know.
"""

from collections.abc import Container, Iterator

from generator.word.measures import whole
from generator.word.names import (
    CELL,
    DELETED,
    MC,
    PARAGRAPH,
    ROW,
    TABLE,
    TEXT_BOX,
    WORD_EXTENSIONS,
    WPS,
    Element,
    child,
    child_value,
    switched_on,
    value,
    w,
)

_CONTROL = w("sdt")
_WRAPPERS = frozenset(map(w, ("sdt", "sdtContent", "ins", "moveTo", "smartTag", "customXml", "dir", "bdo")))
_ALTERNATE, _CHOICE, _FALLBACK = (f"{{{MC}}}{name}" for name in ("AlternateContent", "Choice", "Fallback"))
_UNDERSTOOD = frozenset((WPS, *WORD_EXTENSIONS))
"""Extensions of the format that choices of alternate content may need."""
_NOTES = tuple(map(w, ("footnote", "endnote", "comment")))
_BODY = w("body")
_HOLDERS = frozenset((TABLE, ROW, CELL, *_NOTES, _BODY, TEXT_BOX))


def content(parent: Element, closed: Container[str] = ()) -> Iterator[Element]:
    """The elements in `parent`, those within wrappers in the place of these; wrappers in `closed` stay as they are.

    Of alternate content the first choice that is understood stands, else the fallback; where there is neither, the
    element itself.
    """
    for element in parent:
        tag = element.tag
        if tag in closed:
            yield element
        elif tag in _WRAPPERS:
            inner = child(element, "sdtContent") if tag == _CONTROL else element
            if inner is not None:
                yield from content(inner, closed)
        elif tag == _ALTERNATE and (chosen := _chosen(element)) is not None:
            yield from content(chosen, closed)
        elif isinstance(tag, str):
            yield element


def _chosen(alternate: Element) -> Element | None:
    for choice in alternate.iterchildren(_CHOICE):
        if all(choice.nsmap.get(prefix) in _UNDERSTOOD for prefix in choice.get("Requires", "?").split()):
            return choice
    return alternate.find(_FALLBACK)


def rows(table: Element) -> list[Element]:
    """The rows of a w:tbl, not those of tables in its cells."""
    return [element for element in content(table) if element.tag == ROW]


def cells(row: Element) -> list[Element]:
    """The cells of a w:tr."""
    return [element for element in content(row) if element.tag == CELL]


def span(cell: Element) -> int:
    """How many columns of the table's grid a cell takes."""
    return max(1, whole(child_value(child(cell, "tcPr"), "gridSpan")) or 1)


def grid_before(row: Element) -> int:
    """How many columns of the grid a row leaves empty before its first cell."""
    return max(0, whole(child_value(child(row, "trPr"), "gridBefore")) or 0)


def columns(row: Element) -> list[int]:
    """The column of the grid in which each cell of a row begins, and last the one after the row."""
    found = [grid_before(row)]
    for cell in cells(row):
        found.append(found[-1] + span(cell))
    return found


def goes_on(cell: Element) -> bool:
    """Whether a cell is merged with the one above it."""
    merge = child(child(cell, "tcPr"), "vMerge")
    return merge is not None and value(merge) != "restart"


def is_head(row: Element) -> bool:
    """Whether a row is repeated on every page."""
    return switched_on(child(child(row, "trPr"), "tblHeader"))


def containers(root: Element) -> list[Element]:
    """What holds the blocks of a part: its body, each of its notes, or the root itself."""
    return list(root.iterchildren(_BODY, *_NOTES)) or [root]


def paragraphs(container: Element, *, boxed: bool = False) -> Iterator[Element]:
    """The paragraphs in `container`, in reading order, those of its tables too, and with `boxed` of its text boxes."""
    for element in content(container):
        if element.tag == PARAGRAPH:
            yield element
            for box in boxes(element) if boxed else ():
                yield from paragraphs(box, boxed=True)
        elif element.tag in _HOLDERS:
            yield from paragraphs(element, boxed=boxed)


def boxes(element: Element) -> list[Element]:
    """What is in the text boxes of a paragraph (w:txbxContent), deleted ones and boxes within boxes aside."""
    if next(element.iter(TEXT_BOX), None) is None:
        return []
    return list(_boxes(element))


def _boxes(element: Element) -> Iterator[Element]:
    for part in content(element):
        if part.tag == TEXT_BOX:
            yield part
        elif part.tag not in DELETED:
            yield from _boxes(part)
