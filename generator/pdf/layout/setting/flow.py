"""Blocks become slabs in a column: paragraphs lines, tables rows; what floats is on the line it is anchored in."""

from collections.abc import Sequence

from generator.pdf.content import (
    IN_LINE,
    Block,
    Blocks,
    Border,
    Floating,
    Grid,
    Inline,
    Mark,
    Paragraph,
    Table,
    TextBox,
)
from generator.pdf.layout.boxes import (
    FloatBox,
    Line,
    LineSlab,
    ParagraphBox,
    PlacedPicture,
    Slab,
    TableBox,
    stacked_height,
)
from generator.pdf.layout.setting.paragraphs import NO_GRID, Typesetter, indents
from generator.pdf.layout.setting.tables import SEEN_OVERFLOW, row_slabs, set_table
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
                found += row_slabs(self._table(block, width))
            else:
                following = blocks[index + 1] if index + 1 < len(blocks) else None
                found += self._paragraph(block, before, following, width, in_cell)
            before = block
        return found

    def _table(self, table: Table, width: float) -> TableBox:
        key = (table, width, self.grid)
        box = self._tables.get(key)
        if box is None:
            box = self._tables[key] = set_table(table, width, self._in_cell, self.modern_tables, self.remarks)
        return box

    def _in_cell(self, blocks: Blocks, width: float) -> list[Slab]:
        return self.slabs(blocks, width, in_cell=True)

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
        floats = [self._float(item, paragraph, width) for item in paragraph.items if isinstance(item, Floating)]
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

    def _float(self, floating: Floating, paragraph: Paragraph, column: float) -> FloatBox:
        """An object that is anchored in a paragraph in a column of this width (20.4.2, 17.3.1.11)."""
        content = floating.content
        if isinstance(content, TextBox):
            return self._text_box(floating, content, paragraph, column)
        width = min(content.width, column) if floating.layer == "block" else content.width
        height = content.height * width / content.width
        picture = PlacedPicture(0.0, width, height, content, self.typesetter.vector(content, paragraph))
        return FloatBox(floating, width, height, column, picture=picture)

    def _text_box(self, floating: Floating, content: TextBox, paragraph: Paragraph, column: float) -> FloatBox:
        margins = content.margins
        width = content.width or self._natural_width(content, column) + margins.left + margins.right
        slabs = self._in_cell(content.blocks, max(width - margins.left - margins.right, 1.0))
        needed = stacked_height(slabs) + margins.top + margins.bottom if slabs else 0.0
        height = max(content.height, needed) if content.grows or not content.height else content.height
        if needed > height + SEEN_OVERFLOW:
            self.remarks.add("文本框放不下其中的文字，打印时超出边框，请把文本框拉大", paragraph.place)
        return FloatBox(floating, width, height, column, slabs)

    def _natural_width(self, content: TextBox, column: float) -> float:
        """The width of the widest line, set in the whole column."""
        paragraphs = [block for block in content.blocks if isinstance(block, Paragraph)]
        lines = [line for one in paragraphs for line in self.typesetter.lines(one, column, self.grid)]
        return max((_ink_width(line) for line in lines), default=0.0) + 0.1

    def _remark_clipped(self, heights: Sequence[float], paragraph: Paragraph) -> None:
        """Say where Word cuts off what stands in a line whose height is fixed."""
        if paragraph.look.line_rule == "exact" and max(heights, default=0.0) > paragraph.look.line:
            message = "行距是固定值，Word 只显示图片或文本框的一部分，打印的是全部：请把该段行距改为单倍"
            self.remarks.add(message, paragraph.place)

    def _space(self, measure: float, lines: float) -> float:
        return lines / 100 * (self.grid.pitch or SINGLE_LINE) if lines else measure


def _ink_width(line: Line) -> float:
    ends = [run.x + run.width for run in line.runs] + [one.x + one.width for one in line.pictures]
    starts = [run.x for run in line.runs] + [one.x for one in line.pictures]
    return max(ends) - min(starts) if ends else 0.0


def _in_line(item: Inline) -> bool:
    return isinstance(item, Floating) and item.across.align == IN_LINE


def _border_room(border: Border | None) -> float:
    return border.space + border.width if border is not None and border.visible else 0.0


def _same_frame(one: Block | None, other: Paragraph) -> bool:
    """Whether two neighbours share one frame (17.3.1.24): the same borders between the same indents."""
    if not isinstance(one, Paragraph):
        return False
    return one.look.borders == other.look.borders and indents(one)[:2] == indents(other)[:2]
