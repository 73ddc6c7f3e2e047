"""Bars in the margin beside lines with tracked changes."""

from collections.abc import Iterable

from generator.pdf.content import BLACK, Border
from generator.pdf.layout.boxes import PlacedLine, Rule, Sheet

_BAR = Border("single", 1.0, BLACK)
_DISTANCE = 16.0  # from the text, left of it
_GAP = 1.0  # lines closer than this have one bar


def draw_change_bars(sheets: Iterable[Sheet]) -> None:
    """Adds the bars of each page to its rules."""
    for sheet in sheets:
        x = max(sheet.area[0] - _DISTANCE, 0.0)
        sheet.rules += [Rule(x, top, x, bottom, _BAR) for top, bottom in _spans(sheet.lines)]


def _spans(lines: Iterable[PlacedLine]) -> list[tuple[float, float]]:
    """From where to where on the page something changed, from the top."""
    spans: list[tuple[float, float]] = []
    for top, bottom in sorted((one.y, one.y + one.line.height) for one in lines if _is_revised(one)):
        if spans and top <= spans[-1][1] + _GAP:
            spans[-1] = (spans[-1][0], max(spans[-1][1], bottom))
        else:
            spans.append((top, bottom))
    return spans


def _is_revised(placed: PlacedLine) -> bool:
    line = placed.line
    return any(run.type.look.revised for run in line.runs) or any(one.picture.look.revised for one in line.pictures)
