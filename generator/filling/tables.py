"""The official tables, drawn as WordprocessingML from the edition's table specifications.

What the table shows comes from the specification and the ledger; how it looks comes from the template's styles.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import groupby

from generator.accounts import Accounts, Cell, TableRow
from generator.edition import TOTAL, Block, Column, Content, HeadRow, TableSpec
from generator.filling.boxes import NO_BORDERS, OPEN_ABOVE, DrawnCell, DrawnRow, Pen, Style, place_head
from generator.numbers import FigureWriter
from generator.word import Element

TABLE = "决算表"
NUMBER, TITLE, DEPARTMENT, UNIT = "决算表号", "决算表名", "决算表部门", "决算表单位"
HEAD, TEXT, AMOUNT, CENTRED, NOTE = "决算表头", "决算表文字", "决算表数字", "决算表居中", "决算表注"
STYLES = (TABLE, NUMBER, TITLE, DEPARTMENT, UNIT, HEAD, TEXT, AMOUNT, CENTRED, NOTE)
"""The styles that a template must define."""


def draw_table(accounts: Accounts, table: TableSpec, styles: Mapping[str, Style], width: int) -> list[Element]:
    """The table and the notes below it. `width` is that of the text area, in twentieths of a point.

    `styles` gives the template's by the names in `STYLES`.
    """
    return _Drawing(accounts, table, styles).elements(width)


class _Drawing:
    def __init__(self, accounts: Accounts, table: TableSpec, styles: Mapping[str, Style]) -> None:
        self._accounts = accounts
        self._ledger = accounts.ledger
        self._table = table
        self._pen = Pen(styles)
        self._figures = FigureWriter(accounts.edition.wording, table.unit)
        self._columns = [column for block in table.blocks for column in block.columns]

    def elements(self, width: int) -> list[Element]:
        lines = [*self._titles(), *self._heads(), *self._numbers(), *self._body()]
        notes = [*map(self._printed, self._table.notes)]
        if self._table.no_activity and not self._ledger.has_activity(self._table):
            notes.append(self._printed(self._table.no_activity))
        lines[-1] = DrawnRow([replace(box, keep_next=True) for box in lines[-1].boxes])
        drawn = self._pen.table(lines, TABLE, [column.width for column in self._columns], width)
        return [drawn, *(self._pen.paragraph(note, NOTE) for note in notes)]

    def _printed(self, text: str) -> str:
        return self._accounts.edition.printed(text, self._table, self._accounts.department)

    def _titles(self) -> Iterator[DrawnRow]:
        """Number, title, department and unit: on every page of the table."""
        wording = self._accounts.edition.wording
        across = len(self._columns)
        left = self._columns_up_to(0.7)
        label = self._table.label or re.sub(r"^表(?=\d)", "表 ", self._table.number)
        rows = {
            HeadRow.NUMBER: [DrawnCell(label, NUMBER, across)],
            HeadRow.TITLE: [DrawnCell(self._table.title, TITLE, across)],
            HeadRow.DEPARTMENT_AND_UNIT: [
                DrawnCell(self._printed(wording.department_line), DEPARTMENT, left),
                DrawnCell(self._printed(wording.unit_line), UNIT, across - left),
            ],
        }
        for kind in wording.head_rows:
            borders = OPEN_ABOVE if kind is wording.head_rows[-1] else NO_BORDERS
            yield DrawnRow([replace(box, borders=borders) for box in rows[kind]], repeated=True)

    def _columns_up_to(self, share: float) -> int:
        """How many columns take `share` of the width, leaving at least one."""
        total, sum_, count = sum(column.width for column in self._columns), 0.0, 0
        for column in self._columns[:-1]:
            sum_ += column.width
            count += 1
            if sum_ >= share * total:
                break
        return count

    def _heads(self) -> Iterator[DrawnRow]:
        """The nested column heads: a group spans the columns below it, a column the rows down to the last."""
        named = any(block.name for block in self._table.blocks)
        depth = named + max(head.depth for block in self._table.blocks for head in block.heads)
        rows: list[list[DrawnCell]] = [[] for _ in range(depth)]
        if named:  # blocks side by side with one name, such as a long list in two halves, stand below one head
            for name, blocks in groupby(self._table.blocks, lambda block: block.name):
                rows[0].append(DrawnCell(name, HEAD, sum(len(block.columns) for block in blocks)))
        for head in (head for block in self._table.blocks for head in block.heads):
            place_head(rows, int(named), head, HEAD)
        for boxes in rows:
            yield DrawnRow(boxes, repeated=True)

    def _numbers(self) -> Iterator[DrawnRow]:
        """The 栏次 row."""
        if any(column.number for column in self._columns):
            boxes = [
                box
                for block in self._table.blocks
                for box in self._labelled(block, [column.number for column in block.amounts], HEAD)
            ]
            yield DrawnRow(boxes, repeated=True)

    def _labelled(self, block: Block, texts: list[str], style: str) -> list[DrawnCell]:
        """A row that begins with the 栏次 label: over code and name, or before the empty line number."""
        kinds = [column.content for column in block.columns if column.content is not Content.AMOUNT]
        labels: list[DrawnCell] = []
        if kinds:
            label = DrawnCell(self._table.number_label, HEAD)
            lines = kinds.count(Content.LINE)
            labels = [replace(label, columns=len(kinds) - lines), *[DrawnCell("", HEAD)] * lines]
        return labels + [DrawnCell(text, style) for text in texts]

    def _body(self) -> list[DrawnRow]:
        sides = [side.rows for side in self._ledger.sides(self._table)]
        feet = [side.closing for side in self._ledger.sides(self._table)]
        lines = []
        for part in (sides, feet):
            for index in range(max(len(rows) for rows in part)):
                boxes: list[DrawnCell] = []
                for block, rows in zip(self._table.blocks, part, strict=True):
                    boxes += self._side(block, rows[index] if index < len(rows) else None)
                total = self._table.total and self._table.repeat_total and part is sides and index == 0
                lines.append(DrawnRow(boxes, repeated=bool(total)))
        return lines

    def _side(self, block: Block, row: TableRow | None) -> list[DrawnCell]:
        """One side's cells of a row; all empty where the side has no such row."""
        if row is None:
            return [DrawnCell("", TEXT) for _ in block.columns]
        cells = [self._cell(column, row) for column in block.columns]
        labels = len(block.columns) - len(block.amounts)
        has_code = block.columns[0].content.code_part is not None
        if has_code and (row.name == TOTAL or not row.code):
            return [DrawnCell(row.caption, CENTRED, labels), *cells[labels:]]
        return cells

    def _cell(self, column: Column, row: TableRow) -> DrawnCell:
        if (digits := column.content.code_part) is not None:
            return DrawnCell(row.code[digits], TEXT)
        match column.content:
            case Content.ITEM | Content.NAME:
                return DrawnCell(row.caption, TEXT, level=row.level if column.content is Content.ITEM else 1)
            case Content.LINE:
                return DrawnCell(row.line, CENTRED)
            case _:
                amount = self._ledger.amount(Cell(self._table.number, row.name, column.name)) if row.name else None
                return DrawnCell("" if amount is None else self._figures.in_official_table(amount), AMOUNT)
