"""A table in two versions as one with tracked changes."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from generator.numbers import AMOUNT
from generator.pairing import align, in_common
from generator.revision.elements import blocks_of, copy, made, signature
from generator.revision.marks import Marks, Side
from generator.revision.tokens import tokens
from generator.word import (
    CELL,
    Element,
    cells,
    child,
    columns,
    content,
    goes_on,
    grid_before,
    rows,
    span,
    text_of,
    value,
    w,
)

MergeBlocks = Callable[[list[Element], list[Element]], list[Element]]
OneSided = Callable[[list[Element], Side], list[Element]]

# What says how much, not what: an amount, a share, the number of a line, nothing.
_FIGURE = re.compile(rf"{AMOUNT}|[-—/]*[%％]?(?:（.*）)?|\d{{1,3}}")
_ALIKE = 0.6


@dataclass
class LabelledRow:
    """A row of a table; `above` is the one over it."""

    element: Element
    above: LabelledRow | None = None

    @cached_property
    def cells(self) -> list[Element]:
        return cells(self.element)

    @cached_property
    def columns(self) -> list[int]:
        """The grid column in which each cell begins."""
        return columns(self.element)[:-1]

    @cached_property
    def texts(self) -> list[str]:
        """What each cell says; one that goes on from above says what stands there."""
        return [
            self.above.text_at(column) if self.above is not None and goes_on(cell) else text_of(cell)
            for column, cell in zip(self.columns, self.cells, strict=True)
        ]

    def text_at(self, column: int) -> str:
        """What the cell that begins in this column of the grid says; nothing where none does."""
        return next((text for at, text in zip(self.columns, self.texts, strict=True) if at == column), "")

    @cached_property
    def label(self) -> tuple[str, ...]:
        """The cells that say what the row is about."""
        return tuple(text.strip() for text in self.texts if not _FIGURE.fullmatch(text.strip()))

    @cached_property
    def words(self) -> list[str]:
        return tokens(" ".join(self.label or self.texts))

    @cached_property
    def structure(self) -> tuple[object, ...]:
        """Which columns the cells take and which go on from above: rows can only be merged where that is the same."""
        cells = tuple(
            (span(cell), None if (merge := child(child(cell, "tcPr"), "vMerge")) is None else value(merge) or "")
            for cell in self.cells
        )
        return (grid_before(self.element), *cells)

    def likeness(self, other: LabelledRow) -> float:
        if self.structure[1:] != other.structure[1:] and len(self.cells) != len(other.cells):
            return 0.0
        same = sum(one == two for one, two in zip(self.texts, other.texts, strict=False)) / max(len(self.texts), 1)
        if self.label == other.label:
            return 2.0 + same
        return in_common(self.words, other.words)


def rows_of(table: Element) -> list[LabelledRow]:
    """The rows of a table, those in content controls too."""
    found: list[LabelledRow] = []
    for element in rows(table):
        found.append(LabelledRow(element, found[-1] if found else None))
    return found


def table_likeness(old: Element, new: Element) -> float:
    """How alike two tables are, by the labels of their rows."""
    labels = [[row.label for row in rows_of(table)] for table in (old, new)]
    return in_common(*labels)


@dataclass(slots=True)
class TableMerger:
    """Merges the tables of two documents; what stands in a cell is merged by `merge_blocks` and `one_sided`."""

    marks: Marks
    merge_blocks: MergeBlocks
    one_sided: OneSided

    def merge(self, old: Element, new: Element) -> Element:
        """The table with tracked changes."""
        rows, others = rows_of(old), rows_of(new)
        table = self._frame(old, new)
        pairs = align(
            [row.label for row in rows],
            [row.label for row in others],
            lambda one, two: rows[one].likeness(others[two]),
            least=_ALIKE,
        )
        for one, two in pairs:
            if one is not None and two is not None:
                table.extend(self._rows(rows[one], others[two]))
            elif one is not None:
                table.append(self.row(rows[one].element, "old"))
            elif two is not None:
                table.append(self.row(others[two].element, "new"))
        return table

    def whole(self, table: Element, side: Side) -> Element:
        """A table that only one document has."""
        result = made("tbl")
        result.extend(copy(part) for part in table if part.tag in (w("tblPr"), w("tblGrid")))
        result.extend(self.row(row.element, side) for row in rows_of(table))
        return result

    def row(self, row: Element, side: Side) -> Element:
        """A row that only one document has."""
        result = made("tr")
        for part in content(row):
            if part.tag == CELL:
                cell = self._cell_shell(part)
                cell.extend(self.one_sided(blocks_of(part), side))
                result.append(cell)
            else:
                result.append(copy(part))
        self.marks.row(result, side)
        return result

    def _frame(self, old: Element, new: Element) -> Element:
        """The table without its rows, with what changed of its properties and its grid."""
        table = made("tbl")
        table.extend(copy(part) for part in new if part.tag in (w("tblPr"), w("tblGrid")))
        properties, before = child(table, "tblPr"), child(old, "tblPr")
        if properties is not None and signature(properties) != signature(before):
            self.marks.changed("tblPr", before, properties)
        grid, grid_before = child(table, "tblGrid"), child(old, "tblGrid")
        if grid is not None and grid_before is not None and signature(grid) != signature(grid_before):
            mark = self.marks.mark("tblGridChange", [copy(grid_before)])
            for name in {w("author"), w("date")} & set(map(str, mark.keys())):  # this mark has neither
                del mark.attrib[name]
            grid.append(mark)
        return table

    def _rows(self, old: LabelledRow, new: LabelledRow) -> list[Element]:
        if signature(old.element) == signature(new.element):
            return [copy(new.element)]
        if old.structure != new.structure or len(old.cells) != len(new.cells):
            # Which cells are merged cannot be tracked: the old row goes, the new one comes.
            return [self.row(old.element, "old"), self.row(new.element, "new")]
        row = made("tr")
        cells = iter(old.cells)
        for part in content(new.element):
            row.append(self._cell(next(cells), part) if part.tag == CELL else copy(part))
        properties, before = child(row, "trPr"), child(old.element, "trPr")
        if signature(properties) != signature(before):
            if properties is None:
                properties = made("trPr")
                row.insert(0, properties)
            self.marks.changed("trPr", before, properties)
        return [row]

    def _cell(self, old: Element, new: Element) -> Element:
        if signature(old) == signature(new):
            return copy(new)
        cell = self._cell_shell(new)
        properties, before = child(cell, "tcPr"), child(old, "tcPr")
        if properties is not None and signature(properties) != signature(before):
            self.marks.changed("tcPr", before, properties)
        cell.extend(self.merge_blocks(blocks_of(old), blocks_of(new)))
        return cell

    def _cell_shell(self, cell: Element) -> Element:
        shell = made("tc")
        if (properties := child(cell, "tcPr")) is not None:
            shell.append(copy(properties))
        return shell
