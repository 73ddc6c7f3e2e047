"""A chart as a drawing: columns, bars or a pie, whichever shows its figures."""

from dataclasses import dataclass, replace

from generator.charts.bars import draw_bars
from generator.charts.columns import draw_columns
from generator.charts.pie import draw_pie
from generator.charts.svg import Canvas, Look
from generator.charts.values import Chart
from generator.charts.wording import ChartWords
from generator.edition import ChartKind, Wording


@dataclass(frozen=True, slots=True)
class Drawing:
    """A drawn chart. `height` in points."""

    svg: str
    look: Look
    height: float
    description: str
    """What it shows, in words and figures, for those who do not see it."""


def draw(chart: Chart, wording: Wording, look: Look) -> Drawing:
    """Draws `chart`, which must not be empty. Where columns or a pie have no room for their text, it becomes bars."""
    canvas, words = Canvas(look), ChartWords(chart, wording)
    drawers = {ChartKind.COLUMNS: draw_columns, ChartKind.PIE: draw_pie, ChartKind.BARS: draw_bars}
    extent = drawers[chart.kind](canvas, chart, words)
    if extent is None:
        return draw(replace(chart, kind=ChartKind.BARS), wording, look)
    svg, height = canvas.finish(*extent)
    return Drawing(svg, look, height, words.description())
