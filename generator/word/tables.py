"""The official tables, drawn as WordprocessingML from the edition's table specifications.

What the table shows comes from the specification and the ledger; how it looks comes from the template's styles.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from html import escape
from itertools import pairwise

from docx.oxml.ns import nsdecls
from docx.oxml.parser import parse_xml

from generator.accounts import Accounts, Cell, TableRow
from generator.edition import Block, Column, Content, TableSpec
from generator.edition.models import HeadRow
from generator.edition.tables import TOTAL
from generator.narrative.amounts import Figures
from generator.word.xml import Element

TABLE = "决算表"
NUMBER, TITLE, DEPARTMENT, UNIT = "决算表号", "决算表名", "决算表部门", "决算表单位"
HEAD, TEXT, AMOUNT, CENTRED, NOTE = "决算表头", "决算表文字", "决算表数字", "决算表居中", "决算表注"
STYLES = (TABLE, NUMBER, TITLE, DEPARTMENT, UNIT, HEAD, TEXT, AMOUNT, CENTRED, NOTE)
"""The styles that a template must define."""

_NO_BORDERS = (
    '<w:tcBorders><w:top w:val="nil"/><w:left w:val="nil"/><w:bottom w:val="nil"/><w:right w:val="nil"/></w:tcBorders>'
)
_OPEN_ABOVE = '<w:tcBorders><w:top w:val="nil"/><w:left w:val="nil"/><w:right w:val="nil"/></w:tcBorders>'


@dataclass(frozen=True, slots=True)
class _Box:
    """A cell as drawn: `merge` is `restart` or `continue` for one that runs over several rows."""

    text: str
    style: str
    columns: int = 1
    merge: str = ""
    borders: str = ""
    level: int = 1
    keep_next: bool = False


@dataclass(frozen=True, slots=True)
class _Line:
    """A row as drawn."""

    boxes: list[_Box]
    repeated: bool = False


def draw_table(accounts: Accounts, table: TableSpec, styles: dict[str, str], width: int) -> list[Element]:
    """The table and the notes below it. `width` is that of the text area, in twentieths of a point.

    `styles` leads from the names in `STYLES` to the template's style ids.
    """
    return _Drawing(accounts, table, styles).elements(width)


class _Drawing:
    def __init__(self, accounts: Accounts, table: TableSpec, styles: dict[str, str]) -> None:
        self._accounts = accounts
        self._ledger = accounts.ledger
        self._table = table
        self._styles = styles
        self._figures = Figures(accounts.edition.wording)
        self._columns = [column for block in table.blocks for column in block.columns]

    def elements(self, width: int) -> list[Element]:
        lines = [*self._titles(), *self._heads(), *self._numbers(), *self._body()]
        notes = [*self._table.notes]
        if self._table.no_activity and not self._ledger.has_activity(self._table):
            notes.append(self._table.no_activity)
        lines[-1] = _Line([replace(box, keep_next=True) for box in lines[-1].boxes])
        drawn = [self._table_xml(lines, width), *(self._paragraph(note, NOTE) for note in notes)]
        return [parse_xml(xml.replace(">", f" {nsdecls('w')}>", 1)) for xml in drawn]

    def _titles(self) -> Iterator[_Line]:
        """Number, title, department and unit: on every page of the table."""
        wording = self._accounts.edition.wording
        across = len(self._columns)
        left = self._columns_up_to(0.7)
        label = self._table.label or f"{self._table.number[0]} {self._table.number[1:]}"
        department = wording.department_line.replace("{部门}", self._accounts.department)
        rows = {
            HeadRow.NUMBER: [_Box(label, NUMBER, across)],
            HeadRow.TITLE: [_Box(self._table.title, TITLE, across)],
            HeadRow.DEPARTMENT_AND_UNIT: [
                _Box(department, DEPARTMENT, left),
                _Box(wording.unit_line, UNIT, across - left),
            ],
        }
        for kind in wording.head_rows:
            borders = _OPEN_ABOVE if kind is wording.head_rows[-1] else _NO_BORDERS
            yield _Line([replace(box, borders=borders) for box in rows[kind]], repeated=True)

    def _columns_up_to(self, share: float) -> int:
        """How many columns take `share` of the width, leaving at least one."""
        total, sum_, count = sum(column.width for column in self._columns), 0.0, 0
        for column in self._columns[:-1]:
            sum_ += column.width
            count += 1
            if sum_ >= share * total:
                break
        return count

    def _heads(self) -> Iterator[_Line]:
        """The nested column heads: a group spans the columns below it, a column the rows down to the last."""
        named = any(block.name for block in self._table.blocks)
        depth = named + max(head.depth for block in self._table.blocks for head in block.heads)
        rows: list[list[_Box]] = [[] for _ in range(depth)]
        for block in self._table.blocks:
            if named:
                rows[0].append(_Box(block.name, HEAD, len(block.columns)))
            for head in block.heads:
                _place_head(rows, int(named), head)
        for boxes in rows:
            yield _Line(boxes, repeated=True)

    def _numbers(self) -> Iterator[_Line]:
        """The 栏次 row."""
        if any(column.number for column in self._columns):
            boxes = [
                box
                for block in self._table.blocks
                for box in self._labelled(block, [column.number for column in block.amounts], HEAD)
            ]
            yield _Line(boxes, repeated=True)

    def _labelled(self, block: Block, texts: list[str], style: str) -> list[_Box]:
        """A row that begins with the 栏次 label: over code and name, or before the empty line number."""
        kinds = [column.content for column in block.columns if column.content is not Content.AMOUNT]
        labels: list[_Box] = []
        if kinds:
            label = _Box(self._table.number_label, HEAD)
            labels = [label, _Box("", HEAD)] if Content.LINE in kinds else [replace(label, columns=len(kinds))]
        return labels + [_Box(text, style) for text in texts]

    def _body(self) -> list[_Line]:
        sides = [side.rows for side in self._ledger.sides(self._table)]
        feet = [side.closing for side in self._ledger.sides(self._table)]
        lines = []
        for part in (sides, feet):
            for index in range(max(len(rows) for rows in part)):
                boxes: list[_Box] = []
                for block, rows in zip(self._table.blocks, part, strict=True):
                    boxes += self._side(block, rows[index] if index < len(rows) else None)
                total = self._table.total and self._table.repeat_total and part is sides and index == 0
                lines.append(_Line(boxes, repeated=bool(total)))
        return lines

    def _side(self, block: Block, row: TableRow | None) -> list[_Box]:
        """One side's cells of a row; all empty where the side has no such row."""
        if row is None:
            return [_Box("", TEXT) for _ in block.columns]
        cells = [self._cell(column, row) for column in block.columns]
        labels = len(block.columns) - len(block.amounts)
        has_code = block.columns[0].content.code_part is not None
        if has_code and (row.name == TOTAL or not row.code):
            return [_Box(row.caption, CENTRED, labels), *cells[labels:]]
        return cells

    def _cell(self, column: Column, row: TableRow) -> _Box:
        if (digits := column.content.code_part) is not None:
            return _Box(row.code[digits], TEXT)
        match column.content:
            case Content.ITEM | Content.NAME:
                return _Box(row.caption, TEXT, level=row.level if column.content is Content.ITEM else 1)
            case Content.LINE:
                return _Box(row.line, CENTRED)
            case _:
                amount = self._ledger.amount(Cell(self._table.number, row.name, column.name)) if row.name else None
                return _Box("" if amount is None else self._figures.in_table(amount), AMOUNT)

    def _table_xml(self, lines: list[_Line], width: int) -> str:
        total = sum(column.width for column in self._columns)
        edges = [0.0]
        for column in self._columns:
            edges.append(edges[-1] + column.width / total * width)
        self._widths = [round(right) - round(left) for left, right in pairwise(edges)]
        grid = "".join(f'<w:gridCol w:w="{column}"/>' for column in self._widths)
        return (
            f'<w:tbl><w:tblPr><w:tblStyle w:val="{self._styles[TABLE]}"/><w:tblW w:w="{width}" w:type="dxa"/>'
            f'<w:jc w:val="center"/><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
            f"{''.join(self._row_xml(line) for line in lines)}</w:tbl>"
        )

    def _row_xml(self, line: _Line) -> str:
        header = "<w:tblHeader/>" if line.repeated else ""
        cells, at = [], 0
        for box in line.boxes:
            cells.append(self._cell_xml(box, sum(self._widths[at : at + box.columns])))
            at += box.columns
        return f"<w:tr><w:trPr><w:cantSplit/>{header}</w:trPr>{''.join(cells)}</w:tr>"

    def _cell_xml(self, box: _Box, width: int) -> str:
        span = f'<w:gridSpan w:val="{box.columns}"/>' if box.columns > 1 else ""
        merge = f'<w:vMerge w:val="{box.merge}"/>' if box.merge else ""
        properties = f'<w:tcW w:w="{width}" w:type="dxa"/>{span}{merge}{box.borders}<w:vAlign w:val="center"/>'
        return f"<w:tc><w:tcPr>{properties}</w:tcPr>{self._paragraph(box.text, box.style, box)}</w:tc>"

    def _paragraph(self, text: str, style: str, box: _Box | None = None) -> str:
        keep = "<w:keepNext/>" if box and box.keep_next else ""
        indent = f'<w:ind w:leftChars="{100 * (box.level - 1)}"/>' if box and box.level > 1 else ""
        run = f'<w:r><w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr>{_lines_xml(text)}</w:r>' if text else ""
        return f'<w:p><w:pPr><w:pStyle w:val="{self._styles[style]}"/>{keep}{indent}</w:pPr>{run}</w:p>'


def _lines_xml(text: str) -> str:
    return "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in text.split("\n"))


def _place_head(rows: list[list[_Box]], level: int, head: Column) -> None:
    """Puts `head` and all below it into `rows`, the first of which is `level`."""
    if head.below:
        rows[level].append(_Box(head.caption, HEAD, len(head.leaves)))
        for below in head.below:
            _place_head(rows, level + 1, below)
        return
    last = len(rows) - 1
    rows[level].append(_Box(head.caption, HEAD, merge="restart" if level < last else ""))
    for index in range(level + 1, len(rows)):
        rows[index].append(_Box("", HEAD, merge="continue"))
