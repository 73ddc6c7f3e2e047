"""Tracked changes accepted, as Word's “accept all” does (ECMA-376 part 1, 17.13.5)."""

from generator.word.content import cells
from generator.word.names import (
    AS_DELETED,
    CELL,
    DELETED,
    PARAGRAPH,
    PARAGRAPH_PROPERTIES,
    ROW,
    RUN_PROPERTIES,
    TABLE,
    TEXT_BOX,
    VAL,
    Element,
    child,
    remove,
    value,
    w,
)

_INSERTED = (w("ins"), w("moveTo"))
_PROPERTIES = (RUN_PROPERTIES, w("trPr"), w("tcPr"), w("numPr"))
_OF_CELLS = (w("cellIns"), w("cellDel"), w("cellMerge"))
_CHANGES = tuple(
    w(f"{name}Change") for name in ("rPr", "pPr", "sectPr", "tblPr", "tblPrEx", "tblGrid", "trPr", "tcPr", "numbering")
)
_RANGES = tuple(
    w(f"{name}Range{end}")
    for name in ("moveFrom", "moveTo", "customXmlIns", "customXmlDel", "customXmlMoveFrom", "customXmlMoveTo")
    for end in ("Start", "End")
)
_CONTROL, _CONTROL_CONTENT = w("sdt"), w("sdtContent")
_MERGES = {"rest": "restart", "cont": "continue"}
_MARKS_OF_CHANGE = (*_INSERTED, *DELETED, *_OF_CELLS, *_CHANGES, *AS_DELETED.values())
_HOLDERS = (CELL, TEXT_BOX, w("hdr"), w("ftr"), w("footnote"), w("endnote"))
"""What must not be without a paragraph."""
_EMPTIED = (w("hyperlink"), w("fldSimple"), w("smartTag"), _CONTROL)


def changes_in(root: Element) -> list[Element]:
    """The marks of tracked changes in a part."""
    return list(root.iter(*_MARKS_OF_CHANGE))


def accept_changes(root: Element) -> None:
    """Leaves of a part what stands in it once all changes are accepted."""
    if not changes_in(root):
        return
    _accept_tables(root)
    for change in list(root.iter(*_CHANGES)):
        remove(change)
    _drop_deleted_controls(root)
    for mark in list(root.iter(*_RANGES)):
        remove(mark)
    ended = _accept_content(root)
    drop_emptied(root)
    for paragraph in ended:
        join_with_next(paragraph)
    drop_emptied(root)
    complete(root)


def join_with_next(paragraph: Element) -> None:
    """Takes away the end of a paragraph: what it holds begins the next one, which keeps its own properties.

    Before a table, or at the end of what holds it, a paragraph goes only where nothing is left in it.
    """
    held = [part for part in paragraph if part.tag != PARAGRAPH_PROPERTIES]
    following = next(paragraph.itersiblings(PARAGRAPH, TABLE, _CONTROL, w("sectPr")), None)
    if following is not None and following.tag == PARAGRAPH:
        at = 0 if following.find(PARAGRAPH_PROPERTIES) is None else 1
        following[at:at] = held
        remove(paragraph)
    elif not held and not _parts_tables(paragraph):
        remove(paragraph)


def drop_emptied(root: Element) -> None:
    """Takes away what is left of links, fields, content controls and tables that hold nothing any more."""
    for element in reversed(list(root.iter(*_EMPTIED))):
        inner = child(element, "sdtContent") if element.tag == _CONTROL else element
        if inner is not None and not any(part.tag not in (w("smartTagPr"), w("fldData")) for part in inner):
            remove(element)
    for table in reversed(list(root.iter(TABLE))):
        if next(table.iter(ROW), None) is None:
            remove(table)


def complete(root: Element) -> None:
    """Gives cells, text boxes, headers and notes that end without a paragraph an empty one: Word needs it."""
    for holder in root.iter(*_HOLDERS):
        if len(holder) == 0 or holder[-1].tag != PARAGRAPH:
            holder.append(holder.makeelement(PARAGRAPH))


def _parts_tables(paragraph: Element) -> bool:
    """Whether a table stands before `paragraph`, and another one, or nothing, after it."""
    before, after = paragraph.getprevious(), paragraph.getnext()
    return before is not None and before.tag == TABLE and (after is None or after.tag != PARAGRAPH)


def _accept_tables(root: Element) -> None:
    for row in list(root.iter(ROW)):
        properties = child(row, "trPr")
        if child(properties, "del") is not None or child(properties, "moveFrom") is not None:
            remove(row)
            continue
        for cell in cells(row):
            if child(child(cell, "tcPr"), "cellDel") is not None:
                remove(cell)
        if not cells(row):
            remove(row)
    for mark in list(root.iter(*_OF_CELLS)):
        properties = mark.getparent()
        merge = _MERGES.get(value(mark, "vMerge") or "")
        if merge and properties is not None and child(properties, "vMerge") is None:
            mark.addprevious(mark.makeelement(w("vMerge"), {VAL: merge}))
        remove(mark)


def _drop_deleted_controls(root: Element) -> None:
    """Opens the content controls that were deleted: what is in them is told apart from them."""
    for mark in list(root.iter(w("customXmlDelRangeStart"), w("customXmlMoveFromRangeStart"))):
        control = mark.getnext()
        if control is not None and control.tag == _CONTROL:
            inner = child(control, "sdtContent")
            for part in list(inner) if inner is not None else ():
                control.addprevious(part)
            remove(control)


def _accept_content(root: Element) -> list[Element]:
    """Lets what was inserted stand and what was deleted go; returns the paragraphs whose end was deleted."""
    ended = []
    for mark in list(root.iter(*_INSERTED, *DELETED, *AS_DELETED.values())):
        parent = mark.getparent()
        if parent is None:
            continue
        if mark.tag in _INSERTED and parent.tag not in _PROPERTIES:
            for part in list(mark):
                mark.addprevious(part)
        elif mark.tag in DELETED and parent.tag == RUN_PROPERTIES and _is_of_mark(parent):
            ended.append(next(mark.iterancestors(PARAGRAPH)))
        remove(mark)
    return ended


def _is_of_mark(properties: Element) -> bool:
    above = properties.getparent()
    return above is not None and above.tag == PARAGRAPH_PROPERTIES
