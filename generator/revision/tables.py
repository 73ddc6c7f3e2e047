"""A table in two versions as one with tracked changes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

from generator.numbers import AMOUNT
from generator.revision.alignment import align
from generator.revision.differences import At, Change, Kind
from generator.revision.marks import Marks, Side
from generator.revision.tokens import likeness, tokens
from generator.revision.xml import (
    CELL,
    PICTURES,
    ROW,
    Element,
    blocks_of,
    child,
    copy,
    made,
    signature,
    text_of,
    value,
    w,
)

MergeBlocks = Callable[[list[Element], list[Element]], list[Element]]
OneSided = Callable[[list[Element], Side], list[Element]]

# What says how much, not what: an amount, a share, the number of a line, nothing.
_FIGURE = re.compile(rf"{AMOUNT}|[-—/]*[%％]?(?:（.*）)?|\d{{1,3}}")
_ALIKE_ENOUGH = 0.6


def is_figure(text: str) -> bool:
    return _FIGURE.fullmatch(text.strip()) is not None


@dataclass
class Row:
    """A row of a table; `above` is the one over it."""

    element: Element
    above: Row | None = None

    @cached_property
    def cells(self) -> list[Element]:
        return list(self.element.iterfind(w("tc")))

    @cached_property
    def columns(self) -> list[int]:
        """The grid column in which each cell begins."""
        columns = [int(value(child(child(self.element, "trPr"), "gridBefore")) or 0)]
        for cell in self.cells:
            columns.append(columns[-1] + span_of(cell))
        return columns[:-1]

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
        return tuple(text.strip() for text in self.texts if not is_figure(text))

    @cached_property
    def words(self) -> list[str]:
        return tokens(" ".join(self.label or self.texts))

    @cached_property
    def signature(self) -> str:
        return signature(self.element)

    @cached_property
    def structure(self) -> tuple[object, ...]:
        """Which columns the cells take and which go on from above: rows can only be merged where that is the same."""
        cells = tuple(
            (span_of(cell), None if (merge := child(child(cell, "tcPr"), "vMerge")) is None else value(merge))
            for cell in self.cells
        )
        return (value(child(child(self.element, "trPr"), "gridBefore")), *cells)

    def likeness(self, other: Row) -> float:
        if self.structure[1:] != other.structure[1:] and len(self.cells) != len(other.cells):
            return 0.0
        same = sum(one == two for one, two in zip(self.texts, other.texts, strict=False)) / max(len(self.texts), 1)
        if self.label == other.label:
            return 2.0 + same
        alike = likeness(self.words, other.words)
        return alike if alike >= _ALIKE_ENOUGH else 0.0


def span_of(cell: Element) -> int:
    """How many columns of the grid a cell takes."""
    return max(1, int(value(child(child(cell, "tcPr"), "gridSpan")) or 1))


def goes_on(cell: Element) -> bool:
    """Whether a cell is merged with the one above it."""
    merge = child(child(cell, "tcPr"), "vMerge")
    return merge is not None and value(merge) != "restart"


def rows_of(table: Element) -> list[Row]:
    """The rows of a table, those in content controls too."""
    rows: list[Row] = []
    for element in _row_elements(table):
        rows.append(Row(element, rows[-1] if rows else None))
    return rows


def _row_elements(parent: Element) -> Iterator[Element]:
    for element in parent:
        if element.tag == ROW:
            yield element
        elif element.tag in (w("sdt"), w("sdtContent"), w("customXml"), w("ins")):
            yield from _row_elements(element)


def table_likeness(old: Element, new: Element) -> float:
    """How alike two tables are, by the labels of their rows."""
    labels = [[row.label for row in rows_of(table)] for table in (old, new)]
    return likeness(*[[str(label) for label in one] for one in labels])


@dataclass(slots=True)
class TableMerger:
    """Merges the tables of two documents; what stands in a cell is merged by `merge_blocks` and `one_sided`."""

    marks: Marks
    merge_blocks: MergeBlocks
    one_sided: OneSided

    def merge(self, old: Element, new: Element, old_block: int, new_block: int) -> tuple[Element, list[Change]]:
        """The table with tracked changes, and what changed in it."""
        rows, others = rows_of(old), rows_of(new)
        table = self._frame(old, new)
        changes: list[Change] = []
        pairs = align(
            [row.label for row in rows],
            [row.label for row in others],
            lambda one, two: rows[one].likeness(others[two]),
        )
        at_old = at_new = 0
        for one, two in pairs:
            spot = (At(old_block, at_old), At(new_block, at_new))
            if one is not None and two is not None:
                merged, found = self._rows(rows[one], others[two], *spot)
                table.extend(merged)
                changes += found
            elif one is not None:
                table.append(self.row(rows[one].element, "old"))
                changes.append(Change(Kind.ROW_REMOVED, "\t".join(rows[one].texts), "", *spot))
            elif two is not None:
                table.append(self.row(others[two].element, "new"))
                changes.append(Change(Kind.ROW_ADDED, "", "\t".join(others[two].texts), *spot))
            at_old, at_new = at_old + (one is not None), at_new + (two is not None)
        return table, changes

    def whole(self, table: Element, side: Side) -> Element:
        """A table that only one document has."""
        result = made("tbl")
        result.extend(copy(part) for part in table if part.tag in (w("tblPr"), w("tblGrid")))
        result.extend(self.row(row.element, side) for row in rows_of(table))
        return result

    def row(self, row: Element, side: Side) -> Element:
        """A row that only one document has."""
        result = made("tr")
        for part in row:
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

    def _rows(self, old: Row, new: Row, old_at: At, new_at: At) -> tuple[list[Element], list[Change]]:
        if old.signature == new.signature:
            return [copy(new.element)], []
        changes = list(_cell_changes(old, new, old_at, new_at))
        if old.structure != new.structure or len(old.cells) != len(new.cells):
            # Which cells are merged cannot be tracked: the old row goes, the new one comes.
            return [self.row(old.element, "old"), self.row(new.element, "new")], changes
        row = made("tr")
        cells = iter(old.cells)
        for part in new.element:
            row.append(self._cell(next(cells), part) if part.tag == CELL else copy(part))
        properties, before = child(row, "trPr"), child(old.element, "trPr")
        if signature(properties) != signature(before):
            if properties is None:
                properties = made("trPr")
                row.insert(0, properties)
            self.marks.changed("trPr", before, properties)
        return [row], changes

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


def _cell_changes(old: Row, new: Row, old_at: At, new_at: At) -> Iterator[Change]:
    """What is to be read differently in a row, cell by cell; the whole row where its cells no longer correspond."""
    if len(old.cells) != len(new.cells):
        yield Change(Kind.ROW_REMOVED, "\t".join(old.texts), "", old_at, new_at)
        yield Change(Kind.ROW_ADDED, "", "\t".join(new.texts), old_at, new_at)
        return
    cells = zip(old.cells, new.cells, old.texts, new.texts, old.columns, new.columns, strict=True)
    for before, after, text, text_now, column, column_now in cells:
        if goes_on(before) and goes_on(after):
            continue
        pictures = [[signature(part) for part in cell.iter(*PICTURES)] for cell in (before, after)]
        if text == text_now and pictures[0] == pictures[1]:
            continue
        kind = Kind.CELL if text != text_now else Kind.PICTURE
        places = (At(old_at.block, old_at.row, column), At(new_at.block, new_at.row, column_now))
        yield Change(kind, text, text_now, *places)
