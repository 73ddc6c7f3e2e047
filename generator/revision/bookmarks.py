"""Bookmarks of two documents in one: equal names for what corresponds, other names for the rest."""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator.revision.alignment import Pair
from generator.revision.xml import Element, made, value, w

_START, _END = w("bookmarkStart"), w("bookmarkEnd")
_REFERENCE = re.compile(r"(?P<before>\b(?:PAGE|NOTE)?REF\s+|\\l\s+\"?)(?P<name>[^\s\"\\]+)")
_OLD = "_old"
_LONGEST_NAME = 40


def join_bookmarks(old: Element, pairs: Sequence[Pair], olds: Sequence[Element], news: Sequence[Element]) -> None:
    """Names the bookmarks of the old document as the new one names those of the corresponding blocks.

    So what refers to a heading refers to it still, although headings before it have come or gone. Other bookmarks of
    the old document get names that the new one does not have.
    """
    names: dict[str, str] = {}
    for one, two in pairs:
        if one is not None and two is not None:
            names.update(zip(_names(olds[one]), _names(news[two]), strict=False))
    taken = {name for block in news for name in _names(block)}
    for name in _names(old):
        if name not in names:
            names[name] = f"{name[: _LONGEST_NAME - len(_OLD)]}{_OLD}" if name in taken else name
    _rename(old, names)


def _names(element: Element) -> list[str]:
    return [value(start, "name") for start in element.iter(_START)]


def _rename(document: Element, names: dict[str, str]) -> None:
    for element in document.iter(_START, w("hyperlink"), w("instrText"), w("fldSimple")):
        if element.tag == w("instrText"):
            element.text = _in_instruction(element.text or "", names)
            continue
        for attribute in (w("name"), w("anchor"), w("instr")):
            text = element.get(attribute)
            if text is not None:
                renamed = _in_instruction(text, names) if attribute == w("instr") else names.get(text, text)
                element.set(attribute, renamed)


def _in_instruction(text: str, names: dict[str, str]) -> str:
    return _REFERENCE.sub(lambda found: found["before"] + names.get(found["name"], found["name"]), text)


def renumber(document: Element) -> None:
    """Gives every bookmark of `document` an id of its own; a name that comes twice stays where it comes first."""
    seen: set[str] = set()
    begun: dict[str, Element] = {}
    number = 0
    for mark in list(document.iter(_START, _END)):
        identity = value(mark, "id")
        if mark.tag == _START:
            if value(mark, "name") in seen or identity in begun:
                _remove(mark)
            else:
                seen.add(value(mark, "name"))
                begun[identity] = mark
        elif (start := begun.pop(identity, None)) is None:
            _remove(mark)
        else:
            number += 1
            for one in (start, mark):
                one.set(w("id"), str(number))
    for start in begun.values():
        _remove(start)


def _remove(mark: Element) -> None:
    parent = mark.getparent()
    if parent is not None:
        parent.remove(mark)


def bookmark(name: str, identity: int) -> tuple[Element, Element]:
    """The start and the end of a bookmark."""
    start = made("bookmarkStart", {"id": str(identity), "name": name})
    return start, made("bookmarkEnd", {"id": str(identity)})
