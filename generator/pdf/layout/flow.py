"""Blocks become slabs, and slabs that have their height on the page become placed lines, fills and rules."""

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

from generator.pdf.layout.borders import NO_EDGE, Edge, edge, gathered, resolved
from generator.pdf.layout.floats import place_float, set_float
from generator.pdf.layout.paragraphs import NO_GRID, Line, Typesetter, indents
from generator.pdf.layout.sheet import Fill, Rule, Sheet
from generator.pdf.layout.slabs import (
    LineSlab,
    ParagraphBox,
    Placed,
    RowSlab,
    Slab,
    fitting_count,
    stack,
    stacked_height,
)
from generator.pdf.layout.tables import CellBox, TableBox, set_table
from generator.pdf.reading.content import (
    IN_LINE,
    Block,
    Blocks,
    Floating,
    Grid,
    Inline,
    Mark,
    Paragraph,
    Table,
    TableCell,
)
from generator.pdf.reading.properties import Border
from generator.pdf.remarks import Remarks

SINGLE_LINE = 12.0  # beforeLines and afterLines count lines of this height where there is no grid


class Flow:
    """Sets blocks in columns. Tables that were set are kept for the next pass over the pages."""

    def __init__(self, typesetter: Typesetter, remarks: Remarks, modern_tables: bool) -> None:
        self.typesetter = typesetter
        self.remarks = remarks
        self.modern_tables = modern_tables
        self.grid: Grid = NO_GRID
        self._tables: dict[tuple[Table, float, Grid], TableBox] = {}

    def slabs(self, blocks: Blocks, width: float, in_cell: bool = False) -> list[Slab]:
        """The slabs of blocks in a column of this width, with the grid of the section that is being set."""
        found: list[Slab] = []
        before: Block | None = None
        for index, block in enumerate(blocks):
            if isinstance(block, Table):
                found += self._table(block, width).slabs()
            else:
                following = blocks[index + 1] if index + 1 < len(blocks) else None
                found += self._paragraph(block, before, following, width, in_cell)
            before = block
        return found

    def _table(self, table: Table, width: float) -> TableBox:
        key = (table, width, self.grid)
        box = self._tables.get(key)
        if box is None:
            box = self._tables[key] = set_table(table, width, self)
        return box

    def _paragraph(
        self, paragraph: Paragraph, before: Block | None, following: Block | None, width: float, in_cell: bool
    ) -> list[Slab]:
        look = paragraph.look
        lines = self.typesetter.lines(paragraph, width, self.grid, in_cell)
        self._remark_clipped([one.height for line in lines for one in line.pictures], paragraph)
        left, right, first = indents(paragraph)
        box = ParagraphBox(paragraph, left + min(first, 0.0), width - right)
        above, below = self._space(look.before, look.before_lines), self._space(look.after, look.after_lines)
        if look.contextual and isinstance(before, Paragraph) and before.look.style == look.style:
            above = 0.0
        if look.contextual and isinstance(following, Paragraph) and following.look.style == look.style:
            below = 0.0
        if look.borders:
            above += _border_room(look.borders.get("top")) if not _same_frame(before, paragraph) else 0.0
            below += _border_room(look.borders.get("bottom")) if not _same_frame(following, paragraph) else 0.0
        last = len(lines) - 1
        slabs: list[LineSlab] = []
        for index, line in enumerate(lines):
            kept = look.keep_lines or (look.widow_control and index in (0, last - 1))
            slabs.append(
                LineSlab(
                    box, line,
                    above=above if index == 0 else 0.0,
                    below=below if index == last else 0.0,
                    glued=look.keep_next if index == last else kept,
                    first=index == 0,
                    last=index == last,
                    new_page=look.page_break_before and index == 0,
                )
            )  # fmt: skip
        return self._with_floats(slabs, width)

    def _with_floats(self, slabs: list[LineSlab], width: float) -> list[Slab]:
        """The slabs of a paragraph with what is anchored in it: on its first line, or with room before it."""
        first = slabs[0]
        paragraph = first.box.paragraph
        floats = [set_float(item, width, paragraph, self) for item in paragraph.items if isinstance(item, Floating)]
        if not floats:
            return list(slabs)
        self._remark_clipped([box.height for box in floats if _in_line(box.floating)], paragraph)
        first.floats = [box for box in floats if box.floating.layer != "block"]
        blocks = [
            LineSlab(first.box, Line(box.room, box.room), 0.0, 0.0, glued=True, first=False, last=False, floats=[box])
            for box in floats
            if box.floating.layer == "block"
        ]
        if not blocks:
            return list(slabs)
        blocks[0].new_page, first.new_page = first.new_page, False
        if all(isinstance(item, Mark) or _in_line(item) for item in paragraph.items) and len(slabs) == 1:
            # Nothing but boxes that stand in the line: they are the line.
            blocks[0].above, blocks[-1].below, blocks[-1].glued = first.above, first.below, first.glued
            blocks[0].line.marks = first.line.marks
            return list(blocks)
        return [*blocks, *slabs]

    def _remark_clipped(self, heights: Sequence[float], paragraph: Paragraph) -> None:
        """Say where Word cuts off what stands in a line whose height is fixed."""
        if paragraph.look.line_rule == "exact" and max(heights, default=0.0) > paragraph.look.line:
            message = "行距是固定值，Word 只显示图片或文本框的一部分，打印的是全部：请把该段行距改为单倍"
            self.remarks.add(message, paragraph.place)

    def _space(self, measure: float, lines: float) -> float:
        return lines / 100 * (self.grid.pitch or SINGLE_LINE) if lines else measure


def _in_line(item: Inline) -> bool:
    return isinstance(item, Floating) and item.across.align == IN_LINE


def _border_room(border: Border | None) -> float:
    return border.space + border.width if border is not None and border.visible else 0.0


def _same_frame(one: Block | None, other: Paragraph) -> bool:
    """Whether two neighbours share one frame (17.3.1.24): the same borders between the same indents."""
    if not isinstance(one, Paragraph):
        return False
    return one.look.borders == other.look.borders and indents(one)[:2] == indents(other)[:2]


class Placer:
    """Puts placed slabs on sheets. It remembers how far the text of merged cells has come on the pages before.

    What floats in a `background`, as headers and footers are, stands behind the text of the page.
    """

    def __init__(self, background: bool = False) -> None:
        self.background = background
        self._rest: dict[CellBox, list[Slab]] = {}

    def place(self, placed: Sequence[Placed], x: float, sheet: Sheet, repeated: bool = False) -> None:
        """Put slabs on a sheet in a column that begins at `x`; `repeated` ones are no targets of links and outline."""
        for table, run in groupby(placed, key=lambda one: one[0].table if isinstance(one[0], RowSlab) else None):
            if table is None:
                self._lines([(slab, top) for slab, top in run if isinstance(slab, LineSlab)], x, sheet, repeated)
            else:
                self._rows(table, [(slab, top) for slab, top in run if isinstance(slab, RowSlab)], x, sheet, repeated)

    def _lines(self, placed: list[tuple[LineSlab, float]], x: float, sheet: Sheet, repeated: bool) -> None:
        if any(slab.box.paragraph.look.borders or slab.box.paragraph.look.shade for slab, _ in placed):
            _frames(placed, x, sheet)
        for slab, top in placed:
            if slab.first and not repeated and slab.box.paragraph.look.outline is not None:
                sheet.headings.append((slab.box.paragraph, top))
            sheet.add_line(slab.line, x, top, repeated)
            for box in slab.floats:
                place_float(box, slab.box.paragraph, x, top, sheet, self, repeated)

    def _rows(self, table: TableBox, rows: list[tuple[RowSlab, float]], x: float, sheet: Sheet, repeated: bool) -> None:
        """Put consecutive rows of a table on a sheet: shades, contents, and then all rules at once."""
        left = x + table.x
        for index, (slab, top) in enumerate(rows):
            again = repeated or slab.repeated
            for box in dict.fromkeys(place[1] for place in table.grid[slab.row] if place is not None):
                if not box.merged:
                    self._cell(
                        box, slab.content(box), top, slab.height, table.tops[slab.row], left, table, sheet, again
                    )
                elif index == 0 or rows[index - 1][0].row < box.row:
                    self._merged(table, box, rows[index:], left, sheet, again)
        sheet.rules += _rules(table, rows, left)

    def _cell(
        self, box: CellBox, slabs: Sequence[Slab], top: float, height: float, rule: float, left: float,
        table: TableBox, sheet: Sheet, repeated: bool,
    ) -> None:  # fmt: skip
        cell = box.cell
        x, end = left + table.edges[box.column], left + table.edges[box.end_column]
        if cell.shade is not None:
            sheet.fills.append(Fill(x, top, end - x, height, cell.shade))
        sheet.rules += _diagonals(cell, x, top, end, top + height)
        if not slabs:
            return
        room = height - rule - cell.margins.top - cell.margins.bottom - stacked_height(slabs)
        shift = max(room, 0.0) * {"top": 0.0, "center": 0.5, "bottom": 1.0}[cell.align]
        self.place(stack(slabs, top + rule + cell.margins.top + shift), x + cell.margins.left, sheet, repeated)

    def _merged(
        self,
        table: TableBox,
        box: CellBox,
        rows: list[tuple[RowSlab, float]],
        left: float,
        sheet: Sheet,
        repeated: bool,
    ) -> None:
        """Put what fits of a merged cell into its rows on this sheet; its last part takes all that is left."""
        own = [(slab, top) for slab, top in rows if box.row <= slab.row < box.end_row]
        top, height = own[0][1], sum(slab.height for slab, _ in own)
        rest = box.slabs if repeated else self._rest.get(box, box.slabs)
        taken = self.taken(box, rest, [slab for slab, _ in own])
        if not repeated:
            self._rest[box] = rest[taken:]
        self._cell(box, rest[:taken], top, height, table.tops[own[0][0].row], left, table, sheet, repeated)

    @staticmethod
    def taken(box: CellBox, rest: Sequence[Slab], rows: Sequence[RowSlab]) -> int:
        """How many of the remaining slabs of a merged cell go into these of its rows."""
        if rows[-1].row == box.end_row - 1 and rows[-1].ends:
            return len(rest)
        edges = box.cell.margins.top + box.cell.margins.bottom + rows[0].table.tops[rows[0].row]
        return fitting_count(rest, sum(slab.height for slab in rows) - edges)

    def lacking(self, box: CellBox, page: Sequence[RowSlab], later: Sequence[RowSlab]) -> float:
        """How much higher the later rows of a merged cell must be, for what does not fit into those on this page."""
        rest = self._rest.get(box, box.slabs)
        left = rest[self.taken(box, rest, page) :]
        edges = box.cell.margins.top + box.cell.margins.bottom + later[0].table.tops[later[0].row]
        return stacked_height(left) + edges - sum(slab.height for slab in later) if left else 0.0


def _frames(placed: Sequence[tuple[LineSlab, float]], x: float, sheet: Sheet) -> None:
    """The frames and shades of paragraphs; neighbours with the same frame stand in one."""

    def key(one: tuple[LineSlab, float]) -> object:
        box = one[0].box
        look = box.paragraph.look
        return (box.left, box.end, look.shade, sorted(look.borders.items()) if look.borders else id(box))

    for _, run in groupby(placed, key=key):
        lines = list(run)
        (first, top), (last, bottom) = lines[0], lines[-1]
        look = first.box.paragraph.look
        left, right = x + first.box.left, x + first.box.end
        bottom += last.height
        edges = look.borders or {}
        spaces = {side: border.space + border.width / 2 for side, border in edges.items() if border.visible}
        left, right = left - spaces.get("left", 0.0), right + spaces.get("right", 0.0)
        top, bottom = top - spaces.get("top", 0.0), bottom + spaces.get("bottom", 0.0)
        if look.shade is not None:
            sheet.fills.append(Fill(left, top, right - left, bottom - top, look.shade))
        sides = {
            "top": (left, top, right, top), "bottom": (left, bottom, right, bottom),
            "left": (left, top, left, bottom), "right": (right, top, right, bottom),
        }  # fmt: skip
        for side, line in sides.items():
            ends = first.first if side == "top" else last.last if side == "bottom" else True
            if side in spaces and ends:
                sheet.rules.append(Rule(*line, edges[side]))


def _rules(table: TableBox, rows: Sequence[tuple[RowSlab, float]], left: float) -> Iterator[Rule]:
    """All rules of the rows of a table on one sheet."""
    at = [left + one for one in table.edges]
    tops = [top for _, top in rows] + [rows[-1][1] + rows[-1][0].height]
    for index, y in enumerate(tops):
        above = rows[index - 1][0] if index else None
        below = rows[index][0] if index < len(rows) else None
        across = [_between_rows(table, above, below, column) for column in range(len(at) - 1)]
        yield from gathered(across, at, _horizontal(y))
    for column, x in enumerate(at):
        down = [_between_columns(table, slab.row, column) for slab, _ in rows]
        yield from gathered(down, tops, _vertical(x))


def _diagonals(cell: TableCell, left: float, top: float, right: float, bottom: float) -> Iterator[Rule]:
    """The rules across a cell, from corner to corner (17.4.73, 17.4.79)."""
    for name, ends in (("tl2br", (left, top, right, bottom)), ("tr2bl", (right, top, left, bottom))):
        border = cell.borders.get(name)
        if border is not None and border.visible:
            yield Rule(*ends, border)


def _horizontal(y: float) -> Callable[[float, float, Border], Rule]:
    return lambda start, end, border: Rule(start, y, end, y, border)


def _vertical(x: float) -> Callable[[float, float, Border], Rule]:
    return lambda start, end, border: Rule(x, start, x, end, border)


def _between_rows(table: TableBox, above: RowSlab | None, below: RowSlab | None, column: int) -> Border | None:
    upper = table.grid[above.row][column] if above is not None else None
    lower = table.grid[below.row][column] if below is not None else None
    if upper is not None and lower is not None and upper[1] is lower[1]:
        return None
    last = len(table.grid) - 1
    one: Edge = NO_EDGE if upper is None or above is None else edge(upper[0], "bottom", above.row == last)
    other: Edge = NO_EDGE if lower is None or below is None else edge(lower[0], "top", below.row == 0)
    return resolved(one, other)


def _between_columns(table: TableBox, row: int, column: int) -> Border | None:
    cells = table.grid[row]
    before = cells[column - 1] if column else None
    after = cells[column] if column < len(cells) else None
    if before is not None and after is not None and before[0] is after[0]:
        return None
    one: Edge = NO_EDGE if before is None else edge(before[0], "right", after is None)
    other: Edge = NO_EDGE if after is None else edge(after[0], "left", before is None)
    return resolved(one, other)
