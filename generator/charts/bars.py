"""Bars: one below the other, so that there is room for any number of them, for long labels and for negative figures."""

from collections.abc import Iterator
from dataclasses import dataclass

from generator.charts.columns import span, tones
from generator.charts.svg import BLACK, Canvas
from generator.charts.text import text_width, wrapped
from generator.charts.values import Chart, Item
from generator.charts.wording import ChartWords

_LABEL, _THICK, _LEADING, _GAP = 13.0, 1.15, 1.15, 0.75


@dataclass(frozen=True, slots=True)
class _Row:
    """A bar with its label, or the label of a group alone; `top` and `height` in em."""

    top: float
    height: float
    lines: list[str]
    item: Item | None = None
    fill: str = ""

    @property
    def middle(self) -> float:
        return self.top + self.height / 2


def draw_bars(canvas: Canvas, chart: Chart, words: ChartWords) -> tuple[float, float] | None:
    """Draws `chart` and returns its top and bottom, in em; it always can."""
    low, high = span(chart)
    numbers = {item: "，".join(words.figures(item)) for item in chart.items}
    number = max(map(text_width, numbers.values())) + 0.5
    rows = list(_rows(chart, min(_LABEL, canvas.width / 3)))
    labels = max(text_width(line) for row in rows if row.item for line in row.lines) + 0.6
    left = labels + (number if low < 0 else 0)
    # A narrow place leaves hardly any room for bars; even then they keep their proportion.
    scale = max(canvas.width - number - left, 1.0) / float(high - low)
    zero = left - float(low) * scale
    for row in rows:
        if row.item is None:
            canvas.text((0, row.middle), row.lines, "start", _LEADING)
            continue
        canvas.text((labels - 0.6, row.middle), row.lines, "end", _LEADING)
        end = zero + float(row.item.amount) * scale
        if row.item.amount:
            canvas.rect(min(zero, end), row.middle - _THICK / 2, abs(end - zero), _THICK, row.fill)
        negative = row.item.amount < 0
        beside = end + (-0.4 if negative else 0.4)
        canvas.text((beside, row.middle), [numbers[row.item]], "end" if negative else "start")
    bottom = rows[-1].top + rows[-1].height + _GAP / 2
    canvas.line([(zero, 0), (zero, bottom)], BLACK, 0.07)
    return -0.3, bottom + 0.3


def _rows(chart: Chart, label_width: float) -> Iterator[_Row]:
    top = _GAP / 2
    for group in chart.groups:
        fills = tones(len(group.items)) if group.label else tones(1) * len(group.items)
        if group.label:
            lines = wrapped(group.label, 3 * label_width)
            yield _Row(top, height := len(lines) * _LEADING, lines)
            top += height + _GAP / 2
        for item, fill in zip(group.items, fills, strict=True):
            lines = wrapped(item.label, label_width)
            yield _Row(top, height := max(len(lines) * _LEADING, _THICK), lines, item, fill)
            top += height + _GAP
