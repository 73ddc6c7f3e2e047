"""Tables: grid, rows, cells, and what the table style, the table and the cell say of each (ECMA-376 part 1, 17.4)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from generator.pdf.content import Blocks, Border, Color, Margins, Paragraph, Row, Table, TableCell
from generator.pdf.reading.properties import Values, borders, merge_paragraph, one_of, shade
from generator.pdf.reading.styles import NOTHING, Condition, Level, StyleSheet, content_key
from generator.pdf.remarks import Remarks
from generator.word import (
    Element,
    Places,
    attribute_points,
    cells,
    child,
    child_value,
    grid_before,
    number,
    place_of_cell,
    points,
    quoted,
    rows,
    span,
    switched_on,
    text_of,
    value,
    w,
)

# Word's own: no margin above and below, 5.4 pt at the sides.
DEFAULT_MARGINS = Margins(0.0, 5.4, 0.0, 5.4)

VERTICAL_DIRECTIONS = frozenset({"tbRl", "tbRlV", "tbLrV", "tbV", "btLr", "lr"})

# Conditional parts of a table style from weak to strong (17.7.6).
_CONDITIONS = (
    "wholeTable", "band1Vert", "band2Vert", "band1Horz", "band2Horz", "firstCol", "lastCol", "firstRow", "lastRow",
    "neCell", "nwCell", "seCell", "swCell",
)  # fmt: skip


def margins(element: Element | None, base: Margins) -> Margins:
    """The margins of a w:tblCellMar or w:tcMar; what it does not say is as in `base`."""
    if element is None:
        return base

    def side(*names: str) -> float | None:
        found = (attribute_points(child(element, name), "w") for name in names)
        return next((measure for measure in found if measure is not None), None)

    top, right, bottom, left = side("top"), side("right", "end"), side("bottom"), side("left", "start")
    return Margins(
        base.top if top is None else top,
        base.right if right is None else right,
        base.bottom if bottom is None else bottom,
        base.left if left is None else left,
    )


@dataclass(slots=True)
class _Frame:
    """What holds for all cells of a table, before its conditions, rows and cells say anything."""

    style: str
    borders: Mapping[str, Border]
    margins: Margins
    conditions: Mapping[str, list[Condition]]
    look: frozenset[str]
    rows: int
    columns: int


@dataclass(slots=True)
class _CellStyle:
    """What the table style says of cells in one position; shared by all of them, so that looks are resolved once."""

    level: Level
    borders: Mapping[str, Border]
    shade: Color | None
    align: str | None


@dataclass(frozen=True, slots=True)
class _CellProperties:
    """What a w:tcPr says."""

    span: int
    merge: Literal["none", "start", "continue"]
    vertical: bool
    align: str | None
    shaded: bool
    shade: Color | None
    margins: Element | None
    borders: Mapping[str, Border]
    width: tuple[float, Literal["dxa", "pct", "auto"]]


class TableReader:
    """Reads the tables of one part; `read_cell` reads a cell, with its level of styles and its place."""

    def __init__(
        self,
        styles: StyleSheet,
        remarks: Remarks,
        places: Places,
        read_cell: Callable[[Element, Level, str], Blocks],
    ) -> None:
        self._styles = styles
        self._remarks = remarks
        self._places = places
        self._read_cell = read_cell
        self._frames: dict[object, _CellStyle] = {}
        self._cells: dict[object, _CellProperties] = {}

    def read(self, element: Element, place: str) -> Table:
        """The table of a w:tbl. `place` names the cell that it is nested in."""
        name = self._places.table(place)
        properties = child(element, "tblPr")
        if child(properties, "tblpPr") is not None:
            self._remark("浮动的表格按普通表格打印，文字不排在它的两侧", name, element)
        spacing = child(properties, "tblCellSpacing")
        if spacing is not None and attribute_points(spacing, "w"):
            self._remark("单元格之间的间距没有打印", name, element)
        style = child_value(properties, "tblStyle") or self._styles.default_style("table")
        conditions = self._styles.table_conditions(style)
        grid = [attribute_points(column, "w") or 0.0 for column in element.iterfind(f"{w('tblGrid')}/{w('gridCol')}")]
        within = rows(element)
        frame = _Frame(style, {}, DEFAULT_MARGINS, conditions, _look(properties), len(within), len(grid))
        for condition in conditions.get("wholeTable", []):
            frame.borders = {**frame.borders, **borders(child(condition.table, "tblBorders"))}
            frame.margins = margins(child(condition.table, "tblCellMar"), frame.margins)
        frame.borders = {**frame.borders, **borders(child(properties, "tblBorders"))}
        frame.margins = margins(child(properties, "tblCellMar"), frame.margins)
        read = tuple(self._row(row, index, frame, name) for index, row in enumerate(within))
        align = child_value(properties, "jc") or _styled(conditions, "jc")
        return Table(
            columns=self._column_widths(grid, within),
            rows=read,
            width=_width(child(properties, "tblW")),
            align=one_of("right" if align == "end" else align, "left", "center", "right"),
            indent=attribute_points(child(properties, "tblInd"), "w") or 0.0,
        )

    def _remark(self, message: str, name: str, table: Element) -> None:
        self._remarks.add(message, f"{name}{quoted(text_of(table))}")

    def _row(self, element: Element, index: int, frame: _Frame, table: str) -> Row:
        properties = child(element, "trPr")
        height = child(properties, "trHeight")
        exceptions = child(element, "tblPrEx")
        frame = replace(
            frame,
            borders={**frame.borders, **borders(child(exceptions, "tblBorders"))},
            margins=margins(child(exceptions, "tblCellMar"), frame.margins),
        )
        column = grid_before(element)
        read = []
        for position, one in enumerate(cells(element), 1):
            cell = self._cell(one, index, column, frame, place_of_cell(table, index + 1, position))
            read.append(cell)
            column += cell.span
        measure = points(value(height, "val"))
        return Row(
            cells=tuple(read),
            height=measure or 0.0,
            height_rule=one_of(value(height, "hRule"), "atLeast", "exact", "auto") if measure else "auto",
            cant_split=switched_on(child(properties, "cantSplit")),
            header=switched_on(child(properties, "tblHeader")),
            keep_next=any(
                block.look.keep_next for cell in read for block in cell.blocks if isinstance(block, Paragraph)
            ),
        )

    def _cell(self, element: Element, row: int, column: int, frame: _Frame, place: str) -> TableCell:
        said = self._cell_properties(element)
        styled = self._styled_cell(frame, row, column, said.span)
        return TableCell(
            column=column,
            span=said.span,
            merge=said.merge,
            blocks=self._read_cell(element, styled.level, place),
            borders={**styled.borders, **said.borders} if styled.borders else said.borders,
            table_borders=frame.borders,
            margins=margins(said.margins, frame.margins),
            shade=said.shade if said.shaded else styled.shade,
            align=one_of(said.align or styled.align, "top", "center", "bottom"),
            vertical=said.vertical,
            place=place,
        )

    def _cell_properties(self, cell: Element) -> _CellProperties:
        """What a w:tcPr says; the same again and again in a table, so it is read once."""
        element = child(cell, "tcPr")
        key = content_key(element)
        said = self._cells.get(key)
        if said is None:
            merge = child(element, "vMerge")
            said = self._cells[key] = _CellProperties(
                span=span(cell),
                merge="none" if merge is None else "start" if value(merge) == "restart" else "continue",
                vertical=child_value(element, "textDirection") in VERTICAL_DIRECTIONS,
                align=child_value(element, "vAlign"),
                shaded=child(element, "shd") is not None,
                shade=shade(child(element, "shd")),
                margins=child(element, "tcMar"),
                borders=borders(child(element, "tcBorders")),
                width=_width(child(element, "tcW")),
            )
        return said

    def _column_widths(self, grid: list[float], rows: list[Element]) -> tuple[float, ...]:
        """The widths of the grid's columns, unless cells of one column say otherwise (17.18.87, fixed layout).

        Without a grid the cells decide alone; a column that nobody measures is 0 and shares what is left.
        """
        widths = list(grid)
        said: dict[int, float] = {}
        for row in rows:
            column = grid_before(row)
            for element in cells(row):
                cell = self._cell_properties(element)
                widths += [0.0] * (column + cell.span - len(widths))
                width, kind = cell.width
                if cell.span == 1 and kind == "dxa" and width > 0:
                    said[column] = max(said.get(column, 0.0), width)
                column += cell.span
        return tuple(said.get(column, width) for column, width in enumerate(widths))

    def _styled_cell(self, frame: _Frame, row: int, column: int, span: int) -> _CellStyle:
        holding = _holding(frame, row, column, span)
        key = (frame.style, holding)
        cell = self._frames.get(key)
        if cell is None:
            cell = self._frames[key] = _cell_style(frame.conditions, holding)
        return cell


def _styled(conditions: Mapping[str, list[Condition]], name: str) -> str | None:
    """What the table style says of the whole table by an element of w:tblPr."""
    said = [child_value(condition.table, name) for condition in conditions.get("wholeTable", [])]
    return next((one for one in reversed(said) if one is not None), None)


def _look(properties: Element | None) -> frozenset[str]:
    """Which conditions of its style a table takes: named attributes, or bits of a hexadecimal number (17.4.56)."""
    look = child(properties, "tblLook")
    if look is None:
        return frozenset()
    bits = int(value(look) or "0", 16) if set(value(look) or "0") <= set("0123456789abcdefABCDEF") else 0
    names = {
        "firstRow": 0x20, "lastRow": 0x40, "firstColumn": 0x80, "lastColumn": 0x100, "noHBand": 0x200, "noVBand": 0x400,
    }  # fmt: skip
    on = set()
    for name, bit in names.items():
        said = value(look, name)
        if said in ("1", "true", "on") if said is not None else bits & bit:
            on.add(name)
    return frozenset(on)


def _holding(frame: _Frame, row: int, column: int, span: int) -> tuple[str, ...]:
    """The conditions that hold for a cell, weak to strong."""
    look, styled = frame.look, frame.conditions
    holding = {"wholeTable"}
    first_row, last_row = "firstRow" in look and row == 0, "lastRow" in look and row == frame.rows - 1
    first_column = "firstColumn" in look and column == 0
    last_column = "lastColumn" in look and column + span >= frame.columns
    if "noHBand" not in look and not first_row and not last_row:
        holding.add("band1Horz" if (row - ("firstRow" in look)) % 2 == 0 else "band2Horz")
    if "noVBand" not in look and not first_column and not last_column:
        holding.add("band1Vert" if (column - ("firstColumn" in look)) % 2 == 0 else "band2Vert")
    named = {"firstRow": first_row, "lastRow": last_row, "firstCol": first_column, "lastCol": last_column}
    holding |= {name for name, holds in named.items() if holds}
    corners = {
        "nwCell": first_row and first_column, "neCell": first_row and last_column,
        "swCell": last_row and first_column, "seCell": last_row and last_column,
    }  # fmt: skip
    holding |= {name for name, holds in corners.items() if holds}
    return tuple(name for name in _CONDITIONS if name in holding and name in styled)


def _cell_style(conditions: Mapping[str, list[Condition]], holding: tuple[str, ...]) -> _CellStyle:
    paragraph: Values = {}
    run: Values = {}
    edges: dict[str, Border] = {}
    fill: Color | None = None
    align: str | None = None
    for name in holding:
        for condition in conditions[name]:
            merge_paragraph(paragraph, condition.level.paragraph)
            run.update(condition.level.run)
            edges.update(borders(child(condition.cell, "tcBorders")))
            fill = shade(child(condition.cell, "shd")) or fill
            align = child_value(condition.cell, "vAlign") or align
    level = Level(paragraph, run) if paragraph or run else NOTHING
    # insideH and insideV of a condition are between its own cells; they are kept as the table's own are.
    return _CellStyle(level, edges, fill, align)


def _width(element: Element | None) -> tuple[float, Literal["dxa", "pct", "auto"]]:
    kind, text = value(element, "type") or "auto", value(element, "w") or ""
    if kind == "pct" or text.endswith("%"):
        share = number(text.rstrip("%")) or 0.0
        return (share if text.endswith("%") else share / 50), "pct"
    if kind == "dxa":
        return (points(text) or 0.0), "dxa"
    return 0.0, "auto"
