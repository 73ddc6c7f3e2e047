"""Slabs that have their height on the page become placed lines, fills and rules."""

from collections.abc import Sequence
from itertools import groupby

from generator.pdf.content import Paragraph, TextBox
from generator.pdf.layout.boxes import (
    CellBox,
    Fill,
    FloatBox,
    Line,
    LineSlab,
    Placed,
    RowSlab,
    Sheet,
    Slab,
    TableBox,
    stacked_height,
)
from generator.pdf.layout.placing.frames import frame_paragraphs, frame_text_box
from generator.pdf.layout.placing.parting import fitting_count, stack
from generator.pdf.layout.placing.positions import position
from generator.pdf.layout.placing.rules import diagonals, table_rules

_SHARE_ABOVE = {"top": 0.0, "center": 0.5, "bottom": 1.0}  # of the room that a text leaves in its cell or box


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
            frame_paragraphs(placed, x, sheet)
        for slab, top in placed:
            if slab.first and not repeated and slab.box.paragraph.look.outline is not None:
                sheet.headings.append((slab.box.paragraph, top))
            sheet.add_line(slab.line, x, top, repeated)
            for box in slab.floats:
                self._float(box, slab.box.paragraph, x, top, sheet, repeated)

    def _rows(self, table: TableBox, rows: list[tuple[RowSlab, float]], x: float, sheet: Sheet, repeated: bool) -> None:
        """Put consecutive rows of a table on a sheet: shades, contents, and then all rules at once."""
        left = x + table.x
        for index, (slab, top) in enumerate(rows):
            again = repeated or slab.repeated
            for box in dict.fromkeys(place[1] for place in table.grid[slab.row] if place is not None):
                if not box.merged:
                    self._cell(box, slab.content(box), slab, top, slab.height, left, sheet, again)
                elif index == 0 or rows[index - 1][0].row < box.row:
                    self._merged(box, rows[index:], left, sheet, again)
        sheet.rules += table_rules(table, rows, left)

    def _cell(
        self, box: CellBox, slabs: Sequence[Slab], row: RowSlab, top: float, height: float, left: float,
        sheet: Sheet, repeated: bool,
    ) -> None:  # fmt: skip
        """Put a cell that begins in a row on the sheet, with what of it is there."""
        cell, table = box.cell, row.table
        x, end = left + table.edges[box.column], left + table.edges[box.end_column]
        if cell.shade is not None:
            sheet.fills.append(Fill(x, top, end - x, height, cell.shade))
        sheet.rules += diagonals(cell, x, top, end, top + height)
        if not slabs:
            return
        rule = table.tops[row.row]
        room = height - rule - cell.margins.top - cell.margins.bottom - stacked_height(slabs)
        shift = max(room, 0.0) * _SHARE_ABOVE[cell.align]
        self.place(stack(slabs, top + rule + cell.margins.top + shift), x + cell.margins.left, sheet, repeated)

    def _merged(
        self, box: CellBox, rows: list[tuple[RowSlab, float]], left: float, sheet: Sheet, repeated: bool
    ) -> None:
        """Put what fits of a merged cell into its rows on this sheet; its last part takes all that is left."""
        own = [(slab, top) for slab, top in rows if box.row <= slab.row < box.end_row]
        (first, top), height = own[0], sum(slab.height for slab, _ in own)
        rest = box.slabs if repeated else self._rest.get(box, box.slabs)
        taken = self.taken(box, rest, [slab for slab, _ in own])
        if not repeated:
            self._rest[box] = rest[taken:]
        self._cell(box, rest[:taken], first, top, height, left, sheet, repeated)

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

    def _float(self, box: FloatBox, paragraph: Paragraph, x: float, y: float, sheet: Sheet, repeated: bool) -> None:
        """Put an object on its layer of the sheet; `x` and `y` are where its column and its paragraph begin."""
        floating = box.floating
        left, top = position(box, paragraph, x, y, sheet)
        layer = sheet if floating.layer == "block" else sheet.layer(floating.layer == "behind" or self.background)
        if box.picture is not None:
            layer.add_line(Line(box.height, box.height, pictures=[box.picture]), left, top, repeated)
        elif isinstance(floating.content, TextBox):
            self._text_box(box, floating.content, left, top, layer, repeated)

    def _text_box(self, box: FloatBox, content: TextBox, left: float, top: float, layer: Sheet, repeated: bool) -> None:
        frame_text_box(box, content, left, top, layer)
        margins = content.margins
        room = box.height - margins.top - margins.bottom - stacked_height(box.slabs)
        shift = max(room, 0.0) * _SHARE_ABOVE[content.align]
        self.place(stack(box.slabs, top + margins.top + shift), left + margins.left, layer, repeated)
