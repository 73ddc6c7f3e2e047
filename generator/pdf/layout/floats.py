"""What stands beside the text: pictures, text boxes, lines and frames, set and placed (20.4.2, 17.3.1.11)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from generator.pdf.layout.paragraphs import Line, PlacedPicture
from generator.pdf.layout.sheet import Fill, Rule, Sheet
from generator.pdf.layout.slabs import Slab, stack, stacked_height
from generator.pdf.reading.content import IN_LINE, Floating, Margins, Offset, Paragraph, Picture, TextBox

if TYPE_CHECKING:
    from generator.pdf.layout.flow import Flow, Placer

NO_MARGINS = Margins(0.0, 0.0, 0.0, 0.0)
SEEN_OVERFLOW = 3.0  # lines have more than this of blank above and below their text


@dataclass(slots=True, eq=False)
class FloatBox:
    """A floating object set: its size, what is in it, and the width of the column that it is anchored in."""

    floating: Floating
    width: float
    height: float
    column: float
    slabs: list[Slab] = field(default_factory=list)
    picture: PlacedPicture | None = None

    @property
    def room(self) -> float:
        """The height that it takes between the lines of the text."""
        return max(self.floating.down.by, 0.0) + self.height


def set_float(floating: Floating, column: float, paragraph: Paragraph, flow: Flow) -> FloatBox:
    """Set an object that is anchored in a paragraph in a column of this width."""
    content = floating.content
    if isinstance(content, Picture):
        width = min(content.width, column) if floating.layer == "block" else content.width
        height = content.height * width / content.width
        placed = PlacedPicture(0.0, width, height, content, flow.typesetter.vector(content, paragraph))
        return FloatBox(floating, width, height, column, picture=placed)
    margins = content.margins or NO_MARGINS
    width = content.width or _natural_width(content, column, flow) + margins.left + margins.right
    slabs = flow.slabs(content.blocks, max(width - margins.left - margins.right, 1.0), in_cell=True)
    needed = stacked_height(slabs) + margins.top + margins.bottom if slabs else 0.0
    height = max(content.height, needed) if content.grows or not content.height else content.height
    if needed > height + SEEN_OVERFLOW:
        flow.remarks.add("文本框放不下其中的文字，打印时超出边框，请把文本框拉大", paragraph.place)
    return FloatBox(floating, width, height, column, slabs)


def _natural_width(content: TextBox, column: float, flow: Flow) -> float:
    """The width of the widest line, set in the whole column."""
    lines = [
        line
        for block in content.blocks
        if isinstance(block, Paragraph)
        for line in flow.typesetter.lines(block, column, flow.grid)
    ]
    return max((_ink_width(line) for line in lines), default=0.0) + 0.1


def _ink_width(line: Line) -> float:
    ends = [run.x + run.width for run in line.runs] + [one.x + one.width for one in line.pictures]
    starts = [run.x for run in line.runs] + [one.x for one in line.pictures]
    return max(ends) - min(starts) if ends else 0.0


def place_float(
    box: FloatBox, paragraph: Paragraph, x: float, y: float, sheet: Sheet, placer: Placer, repeated: bool
) -> None:
    """Put an object on its layer of the sheet; `x` and `y` are where its column and its paragraph begin."""
    floating = box.floating
    across = floating.across
    if across.align == IN_LINE:  # in the line: where the paragraph's alignment puts a single object
        across = Offset("column", {"center": "center", "right": "right"}.get(paragraph.look.align, "left"))
    left = _position(across, _across(across.base, x, box.column, sheet), box.width, sheet)
    down = floating.down
    between = _down("paragraph" if floating.layer == "block" else down.base, y, sheet)
    top = _position(down, between, box.height, sheet) if floating.layer != "block" else y + max(down.by, 0.0)
    layer = sheet if floating.layer == "block" else sheet.layer(floating.layer == "behind" or placer.background)
    if box.picture is not None:
        line = Line(box.height, box.height, pictures=[box.picture])
        layer.add_line(line, left, top, repeated)
    elif isinstance(floating.content, TextBox):
        _place_text_box(box, floating.content, left, top, layer, placer, repeated)


def _place_text_box(
    box: FloatBox, content: TextBox, left: float, top: float, layer: Sheet, placer: Placer, repeated: bool
) -> None:
    right, bottom = left + box.width, top + box.height
    if content.shade is not None:
        layer.fills.append(Fill(left, top, box.width, box.height, content.shade))
    if content.border is not None:
        layer.rules += [Rule(*line, content.border) for line in _outline(content, left, top, right, bottom)]
    margins = content.margins or NO_MARGINS
    room = box.height - margins.top - margins.bottom - stacked_height(box.slabs)
    shift = max(room, 0.0) * {"top": 0.0, "center": 0.5, "bottom": 1.0}[content.align]
    placer.place(stack(box.slabs, top + margins.top + shift), left + margins.left, layer, repeated)


def _outline(
    content: TextBox, left: float, top: float, right: float, bottom: float
) -> Sequence[tuple[float, float, float, float]]:
    if content.line:
        return [(left, top, right, bottom) if content.line == "falling" else (left, bottom, right, top)]
    return [
        (left, top, right, top),
        (left, bottom, right, bottom),
        (left, top, left, bottom),
        (right, top, right, bottom),
    ]


def _across(base: str, x: float, column: float, sheet: Sheet) -> tuple[float, float]:
    """From where to where the base of a horizontal position reaches."""
    left, _, right, _ = sheet.area
    odd = sheet.number % 2 == 1
    inside, outside = ((0.0, left), (right, sheet.width)) if odd else ((right, sheet.width), (0.0, left))
    return {
        "page": (0.0, sheet.width), "margin": (left, right), "leftMargin": (0.0, left),
        "rightMargin": (right, sheet.width), "insideMargin": inside, "outsideMargin": outside,
    }.get(base, (x, x + column))  # fmt: skip


def _down(base: str, y: float, sheet: Sheet) -> tuple[float, float]:
    """From where to where the base of a vertical position reaches."""
    _, top, _, bottom = sheet.area
    return {
        "page": (0.0, sheet.height), "margin": (top, bottom), "topMargin": (0.0, top),
        "bottomMargin": (bottom, sheet.height),
    }.get(base, (y, y))  # fmt: skip


def _position(offset: Offset, reach: tuple[float, float], size: float, sheet: Sheet) -> float:
    start, end = reach
    odd = sheet.number % 2 == 1
    align = {"inside": "left" if odd else "right", "outside": "right" if odd else "left"}.get(
        offset.align, offset.align
    )
    if align == "center":
        return (start + end - size) / 2
    if align in ("right", "bottom"):
        return end - size
    return start if align else start + offset.by
