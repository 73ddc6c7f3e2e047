"""Free tables: laid out by the department, or with columns that the edition gives, and filled in by the department."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from generator.accounts.free_rows import Grid, RowReader
from generator.accounts.values import Faults, is_empty, read_paragraphs, read_text, refuse_unknown
from generator.edition import FieldSpec
from generator.edition.base import Specification
from generator.edition.department_file import HEADS, NOTES, ROWS, TITLE, TOTAL_ROW, Unit
from generator.edition.free_columns import FreeColumn, FreeColumns, leaves
from generator.findings import Code, InvalidInput
from generator.reading import Mapping, Node, Sequence, validate

_TOTAL_CAPTION = "合计"


@dataclass(frozen=True, slots=True)
class FreeTable:
    """A free table. Its Chinese properties are what templates read."""

    heads: tuple[FreeColumn, ...]
    grid: Grid
    title: str = ""
    total: str = ""
    """Caption of the row of totals; empty where there is none."""
    notes: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.grid)

    @property
    def columns(self) -> tuple[FreeColumn, ...]:
        return leaves(self.heads)

    def sum_of(self, index: int) -> Decimal:
        """The sum of an amount column in 万元; a merged amount counts once."""
        cells = {cell: None for row in self.grid if (cell := row[index]).column == index}
        return sum((cell.value for cell in cells if isinstance(cell.value, Decimal)), Decimal(0))

    @property
    def 标题(self) -> str:
        return self.title

    @property
    def 行(self) -> list[dict[str, str | Decimal]]:
        """Each row by column name; a place that a merged cell fills has its value, an empty one the empty text."""
        names = [column.name for column in self.columns]
        return [
            {n: c.value if c.value is not None else "" for n, c in zip(names, row, strict=True)} for row in self.grid
        ]

    @property
    def 合计(self) -> dict[str, Decimal]:
        """The sum of each amount column by its name."""
        return {column.name: self.sum_of(index) for index, column in enumerate(self.columns) if column.is_amount}


class _Heads(Specification):
    """A table's 栏目 in a department's file."""

    栏目: FreeColumns


def read_free_table(field: FieldSpec, node: Node, unit: Unit, faults: Faults) -> FreeTable | None:
    """The table that `node` gives for `field`; `None`, with findings, where it gives none."""
    if isinstance(node, Sequence) and field.heads:
        grid = RowReader(field.columns, unit, faults).grid(node)
        return FreeTable(field.heads, grid, total=_TOTAL_CAPTION if field.total else "") if grid else None
    needed = f"{ROWS}（每行一个列表）" if field.heads else f"{HEADS}和{ROWS}"
    if not isinstance(node, Mapping):
        faults.add(Code.WRONG_SHAPE, f"“{field.name}”是一张表，下面应写{needed}。", node.place)
        return None
    known = [TITLE, *([] if field.heads else [HEADS]), ROWS, TOTAL_ROW, NOTES]
    misspelt = refuse_unknown(known, node, faults)
    heads = field.heads or _heads(node, misspelt, faults)
    rows = node.entries.get(ROWS)
    if rows is None or is_empty(rows):
        if ROWS not in misspelt:
            faults.add(Code.MISSING, f"“{field.name}”缺少“{ROWS}”：下面应写{needed}。", node.place)
        return None
    if not heads:
        return None
    title = (read_text(node.entries[TITLE], faults) or "") if TITLE in node.entries else ""
    total = _total(field, node, heads, faults)
    notes = read_paragraphs(node.entries[NOTES], faults) if NOTES in node.entries else ()
    grid = RowReader(leaves(heads), unit, faults).grid(rows)
    return FreeTable(heads, grid, title, total, notes) if grid else None


def _heads(node: Mapping, misspelt: set[str], faults: Faults) -> tuple[FreeColumn, ...]:
    if HEADS not in node.entries:
        if HEADS not in misspelt:
            faults.add(Code.MISSING, f"缺少“{HEADS}”：请写各栏的名称，如 {HEADS}: [任务, 完成情况]。", node.place)
        return ()
    heads = Mapping({HEADS: node.entries[HEADS]}, {HEADS: node.keys[HEADS]}, node.place)
    try:
        found = validate(heads, _Heads, Code.WRONG_SHAPE).栏目
    except InvalidInput as invalid:
        for finding in invalid.findings:
            faults.add(Code.WRONG_SHAPE, finding.message, *finding.places)
        return ()
    if not found:
        faults.add(Code.MISSING, f"“{HEADS}”是空的：请写各栏的名称，如 {HEADS}: [任务, 完成情况]。", node.keys[HEADS])
    return found


def _total(field: FieldSpec, node: Mapping, heads: tuple[FreeColumn, ...], faults: Faults) -> str:
    """The caption of the row of totals."""
    wanted = node.entries.get(TOTAL_ROW)
    if wanted is None:
        return _TOTAL_CAPTION if field.total else ""
    caption = read_text(wanted, faults)
    if caption in (None, "否", "false"):
        return ""
    if not any(column.is_amount for column in leaves(heads)[1:]) or leaves(heads)[0].is_amount:
        message = (
            "合计行加总金额：请给要加总的栏写“类型: 金额”，如 {头: 金额（万元）, 类型: 金额}，第一栏留给“合计”两字。"
        )
        faults.add(Code.WRONG_SHAPE, message, wanted.place)
        return ""
    return _TOTAL_CAPTION if caption in ("是", "true") else caption
