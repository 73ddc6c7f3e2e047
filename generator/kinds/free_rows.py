"""The rows of a free table, as cells in a grid.

A cell `同上` runs on from the one above, `同左` from the one to its left; both together make blocks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from generator.findings import Code, Place
from generator.kinds.free_columns import CellContent, FreeColumn
from generator.kinds.values import Faults, is_empty, read_amount, read_number, read_text, refuse_unknown, short
from generator.numbers import Unit
from generator.reading import Mapping, Node, Scalar, Sequence

ABOVE, LEFT = "同上", "同左"
MAXIMUM_ROWS = 1_000
_SPLIT = re.compile(r"-?[0-9]{1,3}"), re.compile(r"[0-9]{3}(\.[0-9]+)?")

CellValue = str | Decimal | None


@dataclass(frozen=True, slots=True)
class FreeCell:
    """A cell that fills `rows` by `columns` of the grid from (`row`, `column`), counted from 0. Amounts in 万元."""

    value: CellValue
    row: int
    column: int
    rows: int = 1
    columns: int = 1


Grid = tuple[tuple[FreeCell, ...], ...]
"""Cells by row and column; a merged one stands in every place that it fills."""


@dataclass(frozen=True, slots=True)
class _Entry:
    """What a file says for one place of the grid: a value, or the mark that the cell runs on."""

    value: CellValue
    mark: str
    place: Place


class RowReader:
    """Reads the rows of one table."""

    def __init__(self, columns: tuple[FreeColumn, ...], unit: Unit, faults: Faults) -> None:
        self._columns = columns
        self._unit = unit
        self._faults = faults

    def grid(self, node: Node) -> Grid:
        """The cells of the rows of `node`; none, with findings, where a row is wrong."""
        if not isinstance(node, Sequence):
            message = f"“行”应是一个列表，每行以“- ”开头，如 - [{', '.join(self._names)}]。"
            self._faults.add(Code.WRONG_SHAPE, message, node.place)
            return ()
        if len(node.items) > MAXIMUM_ROWS:
            message = f"这张表有 {len(node.items)} 行，最多 {MAXIMUM_ROWS} 行，请分成几张表。"
            self._faults.add(Code.WRONG_SHAPE, message, node.place)
            return ()
        if not node.items:
            self._faults.add(Code.MISSING, "这张表没有行，请至少写一行。", node.place)
            return ()
        before = len(self._faults.findings)
        entries = [self._row(index, row) for index, row in enumerate(node.items)]
        if len(self._faults.findings) > before:
            return ()
        return self._merged(entries)

    @property
    def _names(self) -> list[str]:
        return [column.name for column in self._columns]

    def _row(self, index: int, node: Node) -> list[_Entry]:
        with self._faults.within(f"第 {index + 1} 行"):
            cells = self._cells(node)
            return [self._entry(column, cell) for column, cell in zip(self._columns, cells, strict=False)]

    def _cells(self, node: Node) -> list[Node]:
        """The cells of a row in the order of the columns; none, with a finding, where they do not fit these."""
        if isinstance(node, Mapping):
            refuse_unknown(self._names, node, self._faults)
            nothing = Scalar("", node.place, empty=True)
            return [node.entries.get(name, nothing) for name in self._names]
        if not isinstance(node, Sequence):
            message = f"一行应写成 [{', '.join(self._names)}]，或逐栏写“栏名: 内容”。"
            self._faults.add(Code.WRONG_SHAPE, message, node.place)
            return []
        if len(node.items) == len(self._columns):
            return list(node.items)
        if not self._has_split_amount(node):
            message = (
                f"这一行有 {len(node.items)} 格，应有 {len(self._columns)} 格（{'、'.join(self._names)}）："
                f'空着的写 ""，和上面一格合并的写“{ABOVE}”，和左边一格合并的写“{LEFT}”。'
            )
            self._faults.add(Code.WRONG_SHAPE, message, node.place)
        return []

    def _has_split_amount(self, row: Sequence) -> bool:
        """Whether the row is too long because an amount was split at its thousands separator; a finding if so."""
        texts = [cell.text if isinstance(cell, Scalar) else "" for cell in row.items]
        for index, pair in enumerate(pairwise(texts)):
            split = all(pattern.fullmatch(text) for pattern, text in zip(_SPLIT, pair, strict=True))
            if split and len(texts) > len(self._columns):
                message = f"[ ] 里的逗号把金额断开了：请去掉千位分隔符，是不是 {''.join(pair)}？或给金额加上引号。"
                self._faults.add(Code.NOT_AN_AMOUNT, message, row.items[index].place)
                return True
        return False

    def _entry(self, column: FreeColumn, node: Node) -> _Entry:
        with self._faults.within(column.name or "（无名栏）"):
            if is_empty(node):
                return _Entry(None, "", node.place)
            if isinstance(node, Scalar) and (mark := node.text.strip()) in (ABOVE, LEFT):
                return _Entry(None, mark, node.place)
            return _Entry(self._value(column, node), "", node.place)

    def _value(self, column: FreeColumn, node: Node) -> CellValue:
        if column.content is CellContent.AMOUNT:
            return read_amount(node, self._unit, self._faults)
        if column.content is CellContent.NUMBER:
            return read_number(node, self._faults)
        return read_text(node, self._faults)

    def _merged(self, entries: list[list[_Entry]]) -> Grid:
        """The grid; empty, with a finding, where marks join cells to what is no rectangle."""
        origins: list[list[tuple[int, int]]] = []
        filled: dict[tuple[int, int], list[tuple[int, int]]] = {}
        for row, line in enumerate(entries):
            origins.append([])
            for column, entry in enumerate(line):
                if not self._can_run_on(entries, row, column):
                    return ()
                if entry.mark:
                    origin = origins[row - 1][column] if entry.mark == ABOVE else origins[row][column - 1]
                else:
                    origin = (row, column)
                origins[row].append(origin)
                filled.setdefault(origin, []).append((row, column))
        cells = {}
        for origin, places in filled.items():
            last = max(row for row, _ in places), max(column for _, column in places)
            for place in _rectangle(origin, last):
                if origins[place[0]][place[1]] != origin:
                    self._refuse_shape(entries, origin, place)
                    return ()
            value = entries[origin[0]][origin[1]].value
            cells[origin] = FreeCell(value, *origin, last[0] - origin[0] + 1, last[1] - origin[1] + 1)
        return tuple(tuple(cells[origin] for origin in row) for row in origins)

    def _can_run_on(self, entries: list[list[_Entry]], row: int, column: int) -> bool:
        """Whether there is a cell that the one at (row, column) may run on from, if it does; else a finding."""
        entry = entries[row][column]
        amounts = self._columns[column].is_amount and self._columns[column - 1].is_amount
        if entry.mark == ABOVE and row == 0:
            message = f'第一行上面没有格子，不能写“{ABOVE}”：请写内容，空着的写 ""。'
        elif entry.mark == LEFT and column == 0:
            message = f'第一栏左边没有格子，不能写“{LEFT}”：请写内容，空着的写 ""。'
        elif entry.mark == LEFT and amounts and isinstance(entries[row][column - 1].value, Decimal):
            message = f'左边是另一栏的金额，不能写“{LEFT}”：请写这一栏的金额，空着的写 ""。'
        else:
            return True
        with self._faults.within(*self._spot(row, column)):
            self._faults.add(Code.WRONG_SHAPE, message, entry.place)
        return False

    def _refuse_shape(self, entries: list[list[_Entry]], origin: tuple[int, int], place: tuple[int, int]) -> None:
        """A finding that the cell at `place` is missing in the block that begins at `origin`."""
        value = entries[origin[0]][origin[1]].value
        first = self._spot(*origin)
        with self._faults.within(*self._spot(*place)):
            message = (
                f"{first[0]}“{first[1]}”一格{f'（“{short(str(value))}”）' if value else ''}合并的范围不是长方形："
                f"这里也写“{ABOVE}”或“{LEFT}”，或者把它周围的“{ABOVE}”“{LEFT}”改成内容。"
            )
            self._faults.add(Code.WRONG_SHAPE, message, entries[place[0]][place[1]].place)

    def _spot(self, row: int, column: int) -> tuple[str, str]:
        return f"第 {row + 1} 行", self._columns[column].name or "（无名栏）"


def _rectangle(first: tuple[int, int], last: tuple[int, int]) -> Iterator[tuple[int, int]]:
    for row in range(first[0], last[0] + 1):
        for column in range(first[1], last[1] + 1):
            yield row, column
