"""What a comparison finds: the differences of two documents, in the order of the document."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Kind(Enum):
    """What kind of place has changed."""

    TEXT = "文字"
    CELL = "表格单元格"
    ROW_ADDED = "行增"
    ROW_REMOVED = "行删"
    PARAGRAPH_ADDED = "段增"
    PARAGRAPH_REMOVED = "段删"
    TABLE_ADDED = "表增"
    TABLE_REMOVED = "表删"
    PICTURE = "图"
    CONTENTS = "目录"
    LOOK = "格式"


@dataclass(frozen=True, slots=True)
class At:
    """Where in a document: which block of the body (paragraph or table, from 0) and, in a table, which row and cell.

    `column` is a column of the table's grid, so that cells of one column have the same, whatever is merged above them.
    What only the other document has is where it would stand: before this block, row or cell.
    """

    block: int
    row: int | None = None
    column: int | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a reader finds a difference: the headings above it, outermost first, and in a table its title, row, column.

    `story` is 页眉, 页脚, 脚注 or 尾注 for what stands outside the text. What does not apply is empty.
    """

    headings: tuple[str, ...] = ()
    table: str = ""
    row: str = ""
    column: str = ""
    story: str = ""

    def __str__(self) -> str:
        return " › ".join(part for part in (self.story, *self.headings, self.table, self.row, self.column) if part)


@dataclass(frozen=True, slots=True)
class Difference:
    """One place that has changed: a sentence, a cell, a row, a paragraph, a picture.

    `old` and `new` are its texts; one is empty where it was added or removed; a row's are its cells with tabs between.
    `old_page` and `new_page` are the numbers printed on its pages, None until `paged` or where it has none.
    """

    kind: Kind
    place: Place
    old: str
    new: str
    old_at: At | None
    new_at: At | None
    old_page: int | None = None
    new_page: int | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """A difference found while merging, its place not named yet."""

    kind: Kind
    old: str
    new: str
    old_at: At
    new_at: At
