"""Word's tracked changes as elements: what is marked as inserted, deleted or changed (ECMA-376 part 1, 17.13.5)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import count
from typing import Literal

from generator.revision.elements import copy, made
from generator.word import AS_DELETED, PARAGRAPH_PROPERTIES, RUN_PROPERTIES, SECTION, Element, child, w

Side = Literal["old", "new"]

FIRST_ID = 1_000_000
"""Ids from here on are given here: those of the documents are less."""
_AUTHOR = "决算"
_WRAPPERS = {"old": "del", "new": "ins"}


@dataclass(slots=True)
class Marks:
    """Makes the marks of one comparison, each with an id of its own. `date`: ISO 8601."""

    date: str
    _ids: Iterator[int] = field(default_factory=lambda: count(FIRST_ID))

    def mark(self, name: str, content: Iterable[Element] = ()) -> Element:
        """A w:ins, w:del or w:…Change that holds `content`."""
        return made(name, {"id": str(next(self._ids)), "author": _AUTHOR, "date": self.date}, content)

    def runs(self, side: Side, content: Iterable[Element]) -> Element:
        """Runs that only the old or only the new document has."""
        wrapper = self.mark(_WRAPPERS[side], content)
        if side == "old":
            for part in wrapper.iter(*AS_DELETED):
                part.tag = AS_DELETED[part.tag]
        return wrapper

    def paragraph(self, properties: Element, side: Side) -> None:
        """Marks in a w:pPr that only one document has the end of this paragraph."""
        look = child(properties, "rPr")
        if look is None:
            look = made("rPr")
            later = [part for part in properties if part.tag in (SECTION, w("pPrChange"))]
            if later:
                later[0].addprevious(look)
            else:
                properties.append(look)
        look.insert(0, self.mark(_WRAPPERS[side]))

    def row(self, row: Element, side: Side) -> None:
        """Marks a row that only one document has."""
        properties = child(row, "trPr")
        if properties is None:
            properties = made("trPr")
            exceptions = child(row, "tblPrEx")
            row.insert(0 if exceptions is None else row.index(exceptions) + 1, properties)
        properties.append(self.mark(_WRAPPERS[side]))

    def changed(self, name: str, old: Element | None, new: Element, without: tuple[str, ...] = ()) -> None:
        """Marks in the properties `new` that they were `old`, but for the children called `without`."""
        before = made(name) if old is None else copy(old)
        for part in list(before):
            if part.tag in without:
                before.remove(part)
        new.append(self.mark(f"{name}Change", [before]))


def paragraph_properties(paragraph: Element) -> Element:
    """The w:pPr of a paragraph, made where it has none."""
    properties = paragraph.find(PARAGRAPH_PROPERTIES)
    if properties is None:
        properties = made("pPr")
        paragraph.insert(0, properties)
    return properties


BESIDE_PARAGRAPH = (RUN_PROPERTIES, SECTION)
"""What a w:pPr holds that is not the setting of the paragraph itself."""
