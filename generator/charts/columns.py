"""Columns: groups of them, a number on each, an axis from 0 with round values."""

from collections.abc import Iterator
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from generator.charts.svg import BLACK, HAIR, Canvas
from generator.charts.text import text_width, wrapped
from generator.charts.values import Chart
from generator.charts.wording import ChartWords

TONES = {1: ("#6E6E6E",), 2: ("#B8B8B8", "#555555"), 3: ("#D0D0D0", "#999999", "#555555")}
"""Greys of the series by how many there are, the last the darkest; of more, each second one is light."""
_HEIGHT = 15.0
_WIDEST, _APART, _BETWEEN = 4.0, 0.7, 2.0
_INTERVALS = 5


def tones(count: int) -> tuple[str, ...]:
    """The fills of `count` series."""
    return TONES.get(count, tuple("#B8B8B8" if index % 2 == 0 else "#555555" for index in range(count)))


def draw_columns(canvas: Canvas, chart: Chart, words: ChartWords) -> tuple[float, float] | None:
    """Draws `chart` and returns its top and bottom, in em; `None` where its numbers have no room side by side."""
    values = ticks(*span(chart))
    left = max(text_width(words.tick(value)) for value in values) + 0.8
    slot = (canvas.width - left) / len(chart.groups)
    captions = [text for item in chart.items for text in (item.label, words.number(item))]
    pitch = max(text_width(text) for text in captions) + _APART
    series = len(chart.groups[0].items)
    if pitch * series + _BETWEEN - _APART > slot:
        return None

    low, high = values[0], values[-1]
    names = [wrapped(group.label, slot - _BETWEEN / 2) for group in chart.groups]

    def height(value: Decimal) -> float:
        return _HEIGHT * float((high - value) / (high - low))

    for value in values:
        canvas.line([(left, height(value)), (canvas.width, height(value))], HAIR)
        canvas.text((left - 0.4, height(value)), [words.tick(value)], "end")
    canvas.text((0, -2.3), [f"单位：{words.unit}"], "start")
    fills = tones(series)
    below = _HEIGHT + (1.8 if any(item.amount < 0 for item in chart.items) else 0.9)
    width = min(_WIDEST, pitch - _APART)
    for number, group in enumerate(chart.groups):
        middle = left + slot * (number + 0.5)
        for index, item in enumerate(group.items):
            at = middle + pitch * (index - (series - 1) / 2)
            end, zero = height(item.amount), height(Decimal(0))
            if item.amount:
                canvas.rect(at - width / 2, min(end, zero), width, abs(end - zero), fills[index])
            _number(canvas, (at, end + (0.8 if item.amount < 0 else -0.8)), words.number(item))
            if series > 1:
                canvas.text((at, below), [item.label])
        lines = names[number]
        canvas.text((middle, below + (1.6 if series > 1 else 0) + (len(lines) - 1) * 0.6), lines)
    canvas.line([(left, height(Decimal(0))), (canvas.width, height(Decimal(0)))], BLACK, 0.07)
    bottom = below + (1.6 if series > 1 else 0) + (max(map(len, names)) - 1) * 1.2 + 0.8
    return -3.0, bottom


def _number(canvas: Canvas, at: tuple[float, float], text: str) -> None:
    """A number, and white below it where it would cross a line."""
    width = text_width(text)
    canvas.rect(at[0] - width / 2, at[1] - 0.5, width, 1.0, "#FFFFFF")
    canvas.text(at, [text])


def span(chart: Chart) -> tuple[Decimal, Decimal]:
    """The least and the greatest of the figures and 0."""
    amounts = [item.amount for item in chart.items]
    return min(Decimal(0), *amounts), max(Decimal(0), *amounts)


def ticks(low: Decimal, high: Decimal) -> list[Decimal]:
    """Round values, 0 among them, from at most `low` to at least `high`, in at most five equal steps."""
    for step in _steps(high - low):
        first, last = (low / step).to_integral_value(ROUND_FLOOR), (high / step).to_integral_value(ROUND_CEILING)
        if last - first <= _INTERVALS:
            return [step * number for number in range(int(first), int(last) + 1)]
    raise AssertionError("the steps grow without end")


def _steps(reach: Decimal) -> Iterator[Decimal]:
    """Round steps, from one too small for `reach` upwards."""
    exponent = reach.adjusted() - 1
    while True:
        for step in ("1", "2", "2.5", "5"):
            yield Decimal(step).scaleb(exponent)
        exponent += 1
