"""Charts (图), drawn from the figures: what one shows, the same in words, as SVG, and as PNG.

    chart = chart_of(spec, accounts)
    drawing = draw(chart, wording, look)
    png = rasterised(drawing, find_font)

Read in the order of use: `values` (what a chart shows), `wording` (its numbers and sentence), `svg` and `text` (means
of drawing), `columns`, `bars` and `pie` (the drawings), `drawing` (which of them it is), `png`.
"""

from generator.charts.drawing import Drawing, draw
from generator.charts.png import FindFont, FontFile, font_of_installation, rasterised
from generator.charts.svg import Look
from generator.charts.values import Chart, Group, Item, chart_of
from generator.charts.wording import NO_ACTIVITY
