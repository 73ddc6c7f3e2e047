"""Free tables, drawn as WordprocessingML in the template's styles."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from unicodedata import east_asian_width

from generator.filling.boxes import NO_BORDERS, OPEN_ABOVE, DrawnCell, DrawnRow, Pen, Style, place_head
from generator.kinds import Alignment, CellContent, FreeCell, FreeColumn, FreeTable
from generator.narrative import TemplateFault
from generator.numbers import FigureWriter, plain_number
from generator.word import Element

TABLE, TITLE, UNIT, NOTE = "绩效表", "决算表名", "决算表单位", "决算表注"


@dataclass(frozen=True, slots=True)
class _Look:
    """The styles of cells, and what room they take, in twentieths of a point.

    The room decides the widths of columns, and whether the numbers of a table fit its page. It is that of the styles
    as they come; a bureau that makes them larger must expect narrower tables.
    """

    head: str
    text: str
    centred: str
    number: str
    character: int
    """Width of a half-width character; a Chinese one has two."""
    margins: int
    """Between the text of a cell and its sides."""

    def of(self, column: FreeColumn) -> str:
        """The style of the cells of `column`."""
        if column.alignment:
            aligned = {Alignment.LEFT: self.text, Alignment.CENTRED: self.centred, Alignment.RIGHT: self.number}
            return aligned[column.alignment]
        return self.text if column.content is CellContent.TEXT else self.number


_LOOKS = (
    _Look("绩效表头", "绩效表文字", "绩效表居中", "绩效表数字", 105, 180),  # 五号
    _Look("决算表头", "决算表文字", "决算表居中", "决算表数字", 90, 180),  # 小五, for tables of many numbers
)
FREE_TABLE_STYLES = (
    TABLE,
    TITLE,
    UNIT,
    NOTE,
    *(style for x in _LOOKS for style in (x.head, x.text, x.centred, x.number)),
)
"""The styles that a template with free tables must define."""

_NARROWEST = 8
"""Half-width characters of a text that its column has room for at least."""
_SHORT = 24
"""Half-width characters that should stand on one line."""
_TALLEST_WHOLE = 8
"""Rows of more lines may be parted at the end of a page, and so may rows with a cell in common."""


def draw_free_table(table: FreeTable, figures: FigureWriter, styles: Mapping[str, Style], width: int) -> list[Element]:
    """The table and the notes below it. `width` is that of the text area, in twentieths of a point.

    `styles` gives the template's by the names in `FREE_TABLE_STYLES`. Raises `TemplateFault` where
    the numbers do not fit that width.
    """
    return _Drawing(table, figures, Pen(styles)).elements(width)


class _Drawing:
    def __init__(self, table: FreeTable, figures: FigureWriter, pen: Pen) -> None:
        self._table = table
        self._columns = table.columns
        self._figures = figures
        self._pen = pen

    def elements(self, width: int) -> list[Element]:
        look, widths = self._fitting(width)
        lines = [*self._titles(), *self._heads(look), *self._rows(look, widths), *self._total(look)]
        if self._table.notes:
            lines[-1] = replace(lines[-1], boxes=[replace(box, keep_next=True) for box in lines[-1].boxes])
        notes = (self._pen.paragraph(note, NOTE) for note in self._table.notes)
        return [self._pen.table(lines, TABLE, widths, width), *notes]

    def _fitting(self, width: int) -> tuple[_Look, list[float]]:
        """The first look in which the numbers fit `width`, and the widths of the columns."""
        for look in _LOOKS:
            if widths := _widths(*self._wishes_and_needs(look), width):
                return look, widths
        names = "、".join(column.name for column in self._columns[:4])
        message = f"表格（{names}……）有 {len(self._columns)} 栏，一页的宽度放不下这些数，请减少栏目，或分成几张表。"
        raise TemplateFault(message)

    def _titles(self) -> Iterator[DrawnRow]:
        """The title, and the unit of amounts unless a head gives it: on every page of the table."""
        across = len(self._columns)
        heads = "".join(head.caption for head in _all_heads(self._table.heads))
        unit = self._figures.unit.value if any(column.is_amount for column in self._columns) else ""
        unit = "" if unit in heads + self._table.title else unit
        if self._table.title:
            yield DrawnRow(
                [DrawnCell(self._table.title, TITLE, across, borders=NO_BORDERS if unit else OPEN_ABOVE)], repeated=True
            )
        if unit:
            yield DrawnRow([DrawnCell(f"单位：{unit}", UNIT, across, borders=OPEN_ABOVE)], repeated=True)

    def _heads(self, look: _Look) -> Iterator[DrawnRow]:
        rows: list[list[DrawnCell]] = [[] for _ in range(max(head.depth for head in self._table.heads))]
        for head in self._table.heads:
            place_head(rows, 0, head, look.head)
        for boxes in rows:
            yield DrawnRow(boxes, repeated=True)

    def _rows(self, look: _Look, widths: Sequence[float]) -> Iterator[DrawnRow]:
        heights = [self._height(cells, look, widths) for cells in self._table.grid]
        for index, cells in enumerate(self._table.grid):
            going_on = [cell for cell in cells if cell.row + cell.rows > index + 1]
            whole = all(sum(heights[cell.row : cell.row + cell.rows]) <= _TALLEST_WHOLE for cell in going_on)
            before_total = bool(self._table.total) and index == len(heights) - 1
            boxes = [
                self._box(cell, index, look, keep_next=before_total or (bool(going_on) and whole))
                for column, cell in enumerate(cells)
                if cell.column == column
            ]
            # What stood in the middle of a row on two pages would be hard to find.
            yield DrawnRow(boxes, splits=heights[index] > _TALLEST_WHOLE, at_top=max(heights) > _TALLEST_WHOLE)

    def _box(self, cell: FreeCell, row: int, look: _Look, keep_next: bool) -> DrawnCell:
        merge = "" if cell.rows == 1 else "restart" if row == cell.row else "continue"
        text = "" if merge == "continue" else self._text(cell)
        return DrawnCell(text, look.of(self._columns[cell.column]), cell.columns, merge, keep_next=keep_next)

    def _text(self, cell: FreeCell) -> str:
        if cell.value is None or isinstance(cell.value, str):
            return cell.value or ""
        return self._number(cell.value, self._columns[cell.column])

    def _number(self, value: Decimal, column: FreeColumn) -> str:
        return self._figures.in_table(value) if column.is_amount else plain_number(value)

    def _total(self, look: _Look) -> Iterator[DrawnRow]:
        """The row of totals: its caption up to the first amount, then the sum of each amount column."""
        if not self._table.total:
            return
        first = next(index for index, column in enumerate(self._columns) if column.is_amount)
        sums = [
            DrawnCell(self._figures.in_table(self._table.sum_of(index)) if column.is_amount else "", look.of(column))
            for index, column in enumerate(self._columns)
        ]
        yield DrawnRow([DrawnCell(self._table.total, look.centred, first), *sums[first:]])

    def _wishes_and_needs(self, look: _Look) -> tuple[list[float], list[float]]:
        """How wide each column should be, and must be for its numbers to stay whole; in twentieths of a point."""
        wishes: list[float] = []
        needs: list[float] = []
        for index, column in enumerate(self._columns):
            texts = [column.caption, *self._texts_of(index)]
            is_number = column.content is not CellContent.TEXT
            numbers = max((_length(text) for text in texts[1:]), default=0) if is_number else 0
            words = min(_NARROWEST, max(_longest(text) for text in texts)) if not column.width else 2
            needs.append(max(numbers, words) * look.character + look.margins)
            natural = max(_breadth(text) for text in texts) * look.character + look.margins
            wishes.append(column.width * 2 * look.character or natural)
        return wishes, needs

    def _texts_of(self, index: int) -> Iterator[str]:
        """What stands in a column alone: its cells that none beside them are merged with, its sum."""
        for row in self._table.grid:
            if row[index].columns == 1:
                yield self._text(row[index])
        if self._table.total and self._columns[index].is_amount:
            yield self._figures.in_table(self._table.sum_of(index))

    def _height(self, cells: Sequence[FreeCell], look: _Look, widths: Sequence[float]) -> int:
        """How many lines a row takes; cells that run over several rows do not count."""
        heights = [1]
        for cell in cells:
            if cell.rows == 1:
                width = sum(widths[cell.column : cell.column + cell.columns]) - look.margins
                characters = max(width // look.character, 2)
                heights.append(sum(int(_length(line) // characters) + 1 for line in self._text(cell).split("\n")))
        return max(heights)


def _widths(wishes: Sequence[float], needs: Sequence[float], available: float) -> list[float]:
    """Widths that fill `available` in proportion to `wishes`, none below its need; empty where these do not fit."""
    if sum(needs) > available:
        return []
    narrow: set[int] = set()
    while True:
        room = available - sum(needs[index] for index in narrow)
        scale = room / (sum(wish for index, wish in enumerate(wishes) if index not in narrow) or 1)
        more = {index for index, wish in enumerate(wishes) if index not in narrow and wish * scale < needs[index]}
        if not more:
            return [needs[i] if i in narrow else wish * scale for i, wish in enumerate(wishes)]
        narrow |= more


def _length(text: str) -> int:
    """The width of `text` on one line."""
    return sum(2 if east_asian_width(character) in "WFA" else 1 for character in text)


def _longest(text: str) -> int:
    """The width of the longest line of `text`."""
    return max(_length(line) for line in text.split("\n"))


def _breadth(text: str) -> float:
    """The width that `text` should have: on one line if it is short; that of a long one grows slower than the text."""
    return min(_longest(text), _SHORT * math.pow(max(1.0, _length(text) / _SHORT), 0.4))


def _all_heads(heads: Sequence[FreeColumn]) -> Iterator[FreeColumn]:
    for head in heads:
        yield head
        yield from _all_heads(head.below)
