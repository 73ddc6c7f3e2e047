"""Frames and shades of paragraphs, text boxes and pages."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from generator.pdf.content import TextBox
from generator.pdf.layout.boxes import Fill, FloatBox, LineSlab, Rule, Sheet
from generator.pdf.layout.placing.page import Page

Ends = tuple[float, float, float, float]


def frame_paragraphs(placed: Sequence[tuple[LineSlab, float]], x: float, sheet: Sheet) -> None:
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
        for side, ends in _sides(left, top, right, bottom).items():
            shown = first.first if side == "top" else last.last if side == "bottom" else True
            if side in spaces and shown:
                sheet.rules.append(Rule(*ends, edges[side]))


def frame_text_box(box: FloatBox, content: TextBox, left: float, top: float, layer: Sheet) -> None:
    """The frame and shade of a text box, or the line from corner to corner that it is."""
    right, bottom = left + box.width, top + box.height
    if content.shade is not None:
        layer.fills.append(Fill(left, top, box.width, box.height, content.shade))
    if content.border is None:
        return
    lines = {"falling": [(left, top, right, bottom)], "rising": [(left, bottom, right, top)]}.get(content.line)
    layer.rules += [Rule(*ends, content.border) for ends in lines or _sides(left, top, right, bottom).values()]


def page_border_rules(page: Page) -> Iterator[Rule]:
    """The rules around a page that its section asks for."""
    borders, sheet = page.section.borders, page.sheet
    if borders is None or borders.pages not in ("all", "first" if page.first_of_section else "others"):
        return
    area = sheet.area if borders.from_text else (0.0, 0.0, sheet.width, sheet.height)
    outward = -1.0 if borders.from_text else 1.0
    spaces = [
        borders.sides[side].space if side in borders.sides else 0.0 for side in ("left", "top", "right", "bottom")
    ]
    left, top = area[0] + outward * spaces[0], area[1] + outward * spaces[1]
    right, bottom = area[2] - outward * spaces[2], area[3] - outward * spaces[3]
    sides = _sides(left, top, right, bottom)
    for side, border in borders.sides.items():
        if border.visible and side in sides:
            yield Rule(*sides[side], border)


def _sides(left: float, top: float, right: float, bottom: float) -> dict[str, Ends]:
    """From where to where each side of a frame goes."""
    return {
        "top": (left, top, right, top), "bottom": (left, bottom, right, bottom),
        "left": (left, top, left, bottom), "right": (right, top, right, bottom),
    }  # fmt: skip
