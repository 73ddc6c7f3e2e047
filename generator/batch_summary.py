"""`汇总.xlsx`: the departments, what was found, and the bureau's sums with their checks."""

import io
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from generator.accounts import Cell, Ledger, TableRow
from generator.batch import Batch, Judged, Outcome, Sums, Verdict
from generator.edition import TableSpec
from generator.findings import Severity
from generator.publish import write_files

NAME = "汇总.xlsx"
_BOLD, _RED = Font(bold=True), PatternFill("solid", fgColor="FFC7CE")
_HEAD = PatternFill("solid", fgColor="D9E1F2")
_AMOUNT, _COUNT, _SECONDS = "#,##0.00", "0", "0.0"
_MOST_FINDINGS = 1_000
"""Of one department: a sheet holds a million rows."""
_LONGEST = 32_000
"""Characters of a text: a cell holds 32,767."""


def write_workbook(batch: Batch, folder: Path) -> Path:
    """Writes the summary of `batch` into `folder`, whole or not at all. Raises `OSError`."""
    book = Workbook(write_only=True)
    _departments(book, batch.outcomes)
    _findings(book, batch.outcomes)
    for sums in batch.sums:
        _sums(book, sums)
    content = io.BytesIO()  # a disk that is full half-way leaves openpyxl complaining
    book.save(content)
    (path,) = write_files(folder, {NAME: content.getvalue()})
    return path


def _departments(book: Workbook, outcomes: Sequence[Outcome]) -> None:
    heads = {
        "部门": 36,
        "填报文件": 30,
        "版本": 12,
        "状态": 9,
        "错误": 7,
        "提醒": 7,
        "页数": 7,
        "用时（秒）": 10,
        "公开文本": 60,
    }
    sheet = _Sheet(book, "部门", heads)
    for one in outcomes:
        sheet.row(
            [
                one.department.name,
                one.department.file.name,
                one.department.edition,
                one.state.value,
                *(_Number(one.count(severity), _COUNT) for severity in Severity),
                _Number(one.pages, _COUNT) if one.pages else None,
                _Number(one.seconds, _SECONDS),
                "、".join(one.files),
            ],
            fill=None if one.state.is_published else _RED,
        )


def _findings(book: Workbook, outcomes: Iterable[Outcome]) -> None:
    sheet = _Sheet(
        book, "核对结果", {"部门": 36, "填报文件": 30, "级别": 7, "代码": 8, "归属": 10, "说明": 100, "位置": 60}
    )
    for one in outcomes:
        for found in one.findings[:_MOST_FINDINGS]:
            places = "；".join(map(str, found.places))
            head = [one.department.name, one.department.file.name, found.severity.value, found.code, found.group]
            sheet.row([*head, found.message, places])
        if (more := len(one.findings) - _MOST_FINDINGS) > 0:
            sheet.row([one.department.name, one.department.file.name, None, None, None, f"其余 {more} 项没有列出。"])


def _sums(book: Workbook, sums: Sums) -> None:
    ledger = sums.ledger()
    for table in sums.tables():
        judged: defaultdict[str, list[Judged]] = defaultdict(list)
        for one in sums.judged(ledger, table):
            if one.verdict is not Verdict.EQUAL:
                judged[one.cell.row].append(one)
        _table_of_sums(book, sums, ledger, table, judged)
    _checks_of_sums(book, sums, ledger)


def _table_of_sums(
    book: Workbook, sums: Sums, ledger: Ledger, table: TableSpec, judged: dict[str, list[Judged]]
) -> None:
    widest = max(len(block.amounts) for block in table.blocks)
    columns = {"编码": 10, "项目": 44, **{f"金额{number}": 16 for number in range(widest)}, "核对": 60}
    sheet = _Sheet(book, _title(sums, table.number), columns, with_head=False)
    sheet.row([f"{table.number} {table.title}：{sums.departments} 个部门合计（单位：万元）"], font=_BOLD)
    for side in ledger.sides(table):
        names = [column.name for column in side.block.amounts]
        sheet.row(["编码", side.block.name or "项目", *names, "核对"], font=_BOLD, fill=_HEAD)
        for row in side.all_rows:
            if row.name:
                sheet.row(_row_of_sums(sums, table, row, names, judged.get(row.name, [])))


def _row_of_sums(sums: Sums, table: TableSpec, row: TableRow, names: list[str], judged: list[Judged]) -> list[Any]:
    wrong = {one.cell.column for one in judged if one.verdict is Verdict.UNEQUAL}
    amounts = [
        _Number(sums.amount(Cell(table.number, row.name, name)), _AMOUNT, _RED if name in wrong else None)
        for name in names
    ]
    words = [
        f"“{one.cell.column}”{one.verdict.value}：按勾稽关系是 {one.expected:,.2f}，"
        f"相差 {one.amount - one.expected:,.2f}"
        for one in judged
        if one.cell.column in names
    ]
    caption = "　" * (row.level - 1) + (row.caption or row.name)
    return [row.code, caption, *amounts, "；".join(words) or Verdict.EQUAL.value]


def _checks_of_sums(book: Workbook, sums: Sums, ledger: Ledger) -> None:
    heads = {"代码": 8, "勾稽关系": 50, "左边": 18, "右边": 18, "相差": 14, "核对": 8}
    sheet = _Sheet(book, _title(sums, "勾稽关系"), heads)
    for one in sums.judged_checks(ledger):
        amounts = [_Number(amount, _AMOUNT) for amount in (one.left, one.right, one.left - one.right)]
        fill = _RED if one.verdict is Verdict.UNEQUAL else None
        sheet.row([one.check.code, one.check.name, *amounts, one.verdict.value], fill=fill)


def _title(sums: Sums, what: str) -> str:
    """The title of a sheet: of 31 characters at most."""
    return f"{sums.edition.identifier[:20]} {what}"[:31]


@dataclass(frozen=True, slots=True)
class _Number:
    """A number and how it is shown."""

    value: Decimal | float
    shown: str
    fill: PatternFill | None = None


class _Sheet:
    """A sheet that is written row by row: its head stays in sight."""

    def __init__(self, book: Workbook, title: str, columns: dict[str, int], *, with_head: bool = True) -> None:
        self._sheet = book.create_sheet(title)
        for number, width in enumerate(columns.values(), 1):
            self._sheet.column_dimensions[get_column_letter(number)].width = width
        self._sheet.freeze_panes = "B2" if with_head else "C2"
        if with_head:
            self.row(list(columns), font=_BOLD, fill=_HEAD)

    def row(self, values: Iterable[Any], *, font: Font | None = None, fill: PatternFill | None = None) -> None:
        """Adds a row of texts, `_Number`s and `None`s."""
        self._sheet.append([self._cell(value, font, fill) for value in values])

    def _cell(self, value: Any, font: Font | None, fill: PatternFill | None) -> Any:
        if isinstance(value, _Number):
            cell = WriteOnlyCell(self._sheet, value.value)  # type: ignore[arg-type]  # it takes Decimal too
            cell.number_format = value.shown
            fill = value.fill or fill
        else:
            cell = WriteOnlyCell(self._sheet, ILLEGAL_CHARACTERS_RE.sub("", value or "")[:_LONGEST])
            cell.data_type = "s"  # what a department wrote is no formula, whatever it begins with
            cell.alignment = Alignment(vertical="top", wrap_text=len(value or "") > 40)
        if font:
            cell.font = font
        if fill:
            cell.fill = fill
        return cell
