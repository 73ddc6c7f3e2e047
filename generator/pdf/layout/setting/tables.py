"""Setting a table: widths of columns, contents of cells, heights of rows (ECMA-376 part 1, 17.4)."""

from collections.abc import Callable, Sequence

from generator.pdf.content import Blocks, Table, TableCell
from generator.pdf.layout.boxes import CellBox, RowSlab, Slab, TableBox
from generator.pdf.layout.setting.borders import edge
from generator.pdf.layout.setting.upright import upright
from generator.pdf.remarks import Remarks

SEEN_OVERFLOW = 3.0  # lines have more than this of blank above and below their text

SetCell = Callable[[Blocks, float], list[Slab]]  # sets blocks in a column of that width


def set_table(table: Table, width: float, set_cell: SetCell, modern: bool, remarks: Remarks) -> TableBox:
    """Set a table in a column of this width, its cells with `set_cell`. `modern`: as Word does from 2013 on."""
    widths = column_widths(table, width)
    edges = [0.0]
    for one in widths:
        edges.append(edges[-1] + one)
    boxes, grid = _boxes(table, len(widths))
    for row in boxes:
        for box in row:
            _fill(box, edges, set_cell, remarks)
    headers = next((index for index, row in enumerate(table.rows) if not row.header), len(table.rows))
    tops = [_top_border(row) for row in grid]
    return TableBox(
        table=table,
        x=_offset(table, edges[-1], width, modern),
        edges=edges,
        heights=_heights(table, boxes, tops, remarks),
        boxes=boxes,
        grid=grid,
        headers=headers if headers < len(table.rows) else 0,
        tops=tops,
    )


def row_slabs(box: TableBox) -> list[Slab]:
    """The rows of a table, to be put on pages. A merged cell does not hold its rows together."""
    return [
        RowSlab(box, index, box.heights[index], glued=row.keep_next or index < box.headers)
        for index, row in enumerate(box.table.rows)
    ]


def column_widths(table: Table, available: float) -> list[float]:
    """The widths of the grid's columns; those nobody measured share what is left of the table's width."""
    widths = list(table.columns) or [0.0]
    amount, kind = table.width
    total = amount if kind == "dxa" and amount else available * amount / 100 if kind == "pct" and amount else 0.0
    unmeasured = [index for index, width in enumerate(widths) if width <= 0]
    if unmeasured:
        left = max((total or available) - sum(widths), 0.0)
        for index in unmeasured:
            widths[index] = max(left / len(unmeasured), 1.0)
    if kind == "pct" and total:
        scale = total / sum(widths)
        widths = [width * scale for width in widths]
    return widths


def _offset(table: Table, total: float, width: float, modern: bool) -> float:
    """Where the table's left edge is in its column: up to Word 2010 the text of the first cell stands at the margin."""
    if table.align == "center":
        return (width - total) / 2
    if table.align == "right":
        return width - total
    first = next((row.cells[0] for row in table.rows if row.cells), None)
    margin = 0.0 if modern or first is None else first.margins.left
    return table.indent - margin


def _boxes(table: Table, columns: int) -> tuple[list[list[CellBox]], list[list[tuple[TableCell, CellBox] | None]]]:
    """The boxes of all cells: a vertical merge goes on while cells of the same columns continue it."""
    boxes: list[list[CellBox]] = []
    grid: list[list[tuple[TableCell, CellBox] | None]] = []
    for index, row in enumerate(table.rows):
        begun: list[CellBox] = []
        places: list[tuple[TableCell, CellBox] | None] = [None] * columns
        for cell in row.cells:
            end = min(cell.column + cell.span, columns)
            above = grid[-1][cell.column] if grid and cell.column < columns else None
            box = above[1] if cell.merge == "continue" and above is not None else None
            if (
                box is None
                or above is None
                or above[0].merge == "none"
                or (box.column, box.end_column) != (cell.column, end)
            ):
                box = CellBox(cell, index, index + 1, cell.column, end)
                begun.append(box)
            else:
                box.end_row = index + 1
            for column in range(cell.column, end):
                places[column] = (cell, box)
        boxes.append(begun)
        grid.append(places)
    return boxes, grid


def _fill(box: CellBox, edges: Sequence[float], set_cell: SetCell, remarks: Remarks) -> None:
    """Set the content of a cell; of a merged one that of its first cell, the others are empty (17.4.84)."""
    cell = box.cell
    width = max(edges[box.end_column] - edges[box.column] - cell.margins.left - cell.margins.right, 1.0)
    blocks = upright(cell, remarks) if cell.vertical else cell.blocks
    box.slabs = set_cell(blocks, width)


def _top_border(row: Sequence[tuple[TableCell, CellBox] | None]) -> float:
    """The width of the widest rule above a row, which its cells begin below."""
    widths = [0.0]
    for place in row:
        if place is not None:
            border, _ = edge(place[0], "top", outer=place[1].row == 0)
            if border is not None and border.visible:
                widths.append(border.width)
    return max(widths)


def _heights(table: Table, boxes: Sequence[Sequence[CellBox]], tops: Sequence[float], remarks: Remarks) -> list[float]:
    heights = []
    for row, begun, top in zip(table.rows, boxes, tops, strict=True):
        highest = max((box for box in begun if not box.merged), key=lambda box: box.height, default=None)
        needed = highest.height + top if highest is not None else 0.0
        if row.height_rule != "exact":
            heights.append(max(needed, row.height))
            continue
        heights.append(row.height)
        if highest is not None and needed > row.height + SEEN_OVERFLOW:
            remarks.add("内容高于固定的行高，打印时超出单元格，请把行高改为“最小值”", highest.cell.place)
    for begun in boxes:
        for box in begun:
            if box.merged:
                missing = box.height + tops[box.row] - sum(heights[box.row : box.end_row])
                if missing > 0 and table.rows[box.end_row - 1].height_rule != "exact":
                    heights[box.end_row - 1] += missing
    return heights
