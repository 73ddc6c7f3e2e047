"""Bookmarks of two documents in one: equal names for what corresponds, other names for the rest."""

import re
from collections.abc import Sequence

from generator.pairing import Pair
from generator.word import BOOKMARK, INSTRUCTION, LINK, SIMPLE_FIELD, Element, remove, value, w

_END = w("bookmarkEnd")
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
    return [value(start, "name") or "" for start in element.iter(BOOKMARK)]


def _rename(document: Element, names: dict[str, str]) -> None:
    for element in document.iter(BOOKMARK, LINK, INSTRUCTION, SIMPLE_FIELD):
        if element.tag == INSTRUCTION:
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
    for mark in list(document.iter(BOOKMARK, _END)):
        identity, name = value(mark, "id") or "", value(mark, "name") or ""
        if mark.tag == BOOKMARK:
            if name in seen or identity in begun:
                remove(mark)
            else:
                seen.add(name)
                begun[identity] = mark
        elif (start := begun.pop(identity, None)) is None:
            remove(mark)
        else:
            number += 1
            for one in (start, mark):
                one.set(w("id"), str(number))
    for start in begun.values():
        remove(start)
