"""Where a change stands, as a reader of the document would say it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache

from generator.numbers import AMOUNT
from generator.revision.differences import At, Change, Difference, Kind, Place
from generator.revision.tables import Row, is_figure, rows_of, span_of
from generator.revision.xml import PARAGRAPH, PARAGRAPH_PROPERTIES, TABLE, Element, child, text_of, value, w

_BODY_TEXT = 9  # the outline level of what is no heading
_AMOUNT = re.compile(AMOUNT)


class Map:
    """The headings and tables of one document, by the blocks of its body."""

    def __init__(self, blocks: Sequence[Element], styles: Element | None) -> None:
        self._blocks = blocks
        levels, contents = _styles(styles)
        self._headings: list[tuple[str, ...]] = []
        self._contents: set[int] = set()
        path: tuple[str, ...] = ()
        depths: list[int] = []
        for index, block in enumerate(blocks):
            style = value(child(block.find(PARAGRAPH_PROPERTIES), "pStyle")) if block.tag == PARAGRAPH else ""
            level = levels.get(style)
            title = text_of(block).strip().replace("\n", "\u3000") if level is not None else ""
            if style in contents:
                self._contents.add(index)
            if level is None or not title:
                self._headings.append(path)
                continue
            above = sum(depth < level for depth in depths)
            self._headings.append(path[:above])
            path, depths = (*path[:above], title), [*depths[:above], level]
        self._last = path
        self._table = cache(self._read_table)

    def headings(self, block: int) -> tuple[str, ...]:
        """The headings above a block, the outermost first; of a heading those that it belongs to."""
        return self._headings[block] if block < len(self._headings) else self._last

    def is_contents(self, block: int) -> bool:
        """Whether the block is an entry of the table of contents."""
        return block in self._contents

    def place(self, at: At) -> Place:
        headings = self.headings(at.block)
        if at.row is None or at.block >= len(self._blocks) or self._blocks[at.block].tag != TABLE:
            return Place(headings)
        table = self._table(at.block)
        row = table.label(at.row, at.column) if at.row < len(table.rows) else ""
        column = table.head(at.row, at.column) if at.column is not None else ""
        return Place(headings, table.title, row, column)

    def _read_table(self, block: int) -> _Table:
        return _Table(rows_of(self._blocks[block]))


class _Table:
    """What the rows and columns of a table are called."""

    def __init__(self, rows: list[Row]) -> None:
        self.rows = rows
        heads = [row for row in rows if child(child(row.element, "trPr"), "tblHeader") is not None]
        # A row of sums may be repeated with the heads of its columns.
        self._head_rows = [row for row in heads if not any(_AMOUNT.fullmatch(text) for text in row.texts)] or rows[:1]
        self._heads = [row for row in self._head_rows if len(row.cells) > 2 and not _counts_columns(row)]
        self.title = " ".join(_plain(row.texts[0]) for row in heads if len(row.cells) == 1 and row.texts[0].strip())

    def label(self, row: int, column: int | None) -> str:
        """What is said left of a cell, nearest first; of a whole row, what it begins with."""
        cells = list(zip(self.rows[row].columns, self.rows[row].texts, strict=True))
        before = [_plain(text) for at, text in cells if column is None or at < column]
        if column is None:
            return " ".join(text for text in before if text and not is_figure(text))
        end = next((index for index in reversed(range(len(before))) if not is_figure(before[index])), None)
        if end is None:
            return next((text for text in map(_plain, self.rows[row].texts) if text and not is_figure(text)), "")
        start = end
        while start > 0 and before[start - 1] and not _AMOUNT.fullmatch(before[start - 1]):
            start -= 1
        return " ".join(before[start : end + 1])

    def head(self, row: int, column: int) -> str:
        """The heads above a cell, from the outermost."""
        if any(self.rows[row] is one for one in self._head_rows):
            return ""
        names: list[str] = []
        for head in self._heads:
            for at, cell, text in zip(head.columns, head.cells, head.texts, strict=True):
                name = _plain(text)
                if at <= column < at + span_of(cell) and name and name not in names:
                    names.append(name)
        return "/".join(names)


def _counts_columns(row: Row) -> bool:
    """Whether the row numbers the columns (栏次): a number for each that has a figure."""
    said = [text.strip() for text in row.texts if text.strip()]
    numbers = [text for text in said if text.isdigit() and len(text) < 3]
    return len(numbers) * 2 >= len(said) > 0


def _plain(text: str) -> str:
    """Text on one line; what is spread out for looks (项 目) is as it would be read."""
    text = re.sub(r"(?<=[\u3400-\u9fff])[ \n\t]+(?=[\u3400-\u9fff])", "", text.strip())
    return re.sub(r"\s+", " ", text)


def _styles(styles: Element | None) -> tuple[dict[str, int], set[str]]:
    """The outline level of each style that has one, and the styles of the table of contents."""
    own: dict[str, int] = {}
    parents: dict[str, str] = {}
    contents: set[str] = set()
    for style in styles.iter(w("style")) if styles is not None else ():
        identity = value(style, "styleId")
        parents[identity] = value(child(style, "basedOn"))
        level = value(child(child(style, "pPr"), "outlineLvl"))
        if level.isdigit():
            own[identity] = int(level)
        if value(child(style, "name")).lower().startswith("toc "):
            contents.add(identity)
    levels = {identity: _inherited(identity, own, parents) for identity in parents}
    return {identity: level for identity, level in levels.items() if level < _BODY_TEXT}, contents


def _inherited(style: str, own: Mapping[str, int], parents: Mapping[str, str]) -> int:
    for _ in parents:
        if style in own:
            return own[style]
        style = parents.get(style, "")
    return _BODY_TEXT


def name_places(changes: Sequence[Change], old: Map, new: Map) -> list[Difference]:
    """Changes with their places: where they stand in the new document, or stood in the old one if they are gone."""
    return [_difference(change, old, new) for change in changes]


def _difference(change: Change, old: Map, new: Map) -> Difference:
    gone = change.kind in (Kind.ROW_REMOVED, Kind.PARAGRAPH_REMOVED, Kind.TABLE_REMOVED)
    where, at = (old, change.old_at) if gone else (new, change.new_at)
    kind = Kind.CONTENTS if where.is_contents(at.block) else change.kind
    return Difference(kind, where.place(at), change.old, change.new, change.old_at, change.new_at)
