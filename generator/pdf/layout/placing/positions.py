"""Where what floats beside the text stands on a sheet (20.4.2, 17.3.1.11)."""

from generator.pdf.content import IN_LINE, Offset, Paragraph
from generator.pdf.layout.boxes import FloatBox, Sheet


def position(box: FloatBox, paragraph: Paragraph, x: float, y: float, sheet: Sheet) -> tuple[float, float]:
    """The left and top edge of an object; `x` and `y` are where its column and its paragraph begin."""
    across, down = box.floating.across, box.floating.down
    if across.align == IN_LINE:  # in the line: where the paragraph's alignment puts a single object
        across = Offset("column", {"center": "center", "right": "right"}.get(paragraph.look.align, "left"))
    left = _within(_across(across.base, x, box.column, sheet), across, box.width, sheet)
    if box.floating.layer == "block":
        return left, y + max(down.by, 0.0)
    return left, _within(_down(down.base, y, sheet), down, box.height, sheet)


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


def _within(reach: tuple[float, float], offset: Offset, size: float, sheet: Sheet) -> float:
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
