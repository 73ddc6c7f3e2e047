"""A pie: slices true to their figures, each with its label outside at the end of a leader line.

Labels stand in a column on either side, in the order of their slices, moved apart as little as it takes so that they
never overlap. The pie is turned to where that is least: small slices then face the labels, which keeps leaders short.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from generator.charts.svg import Canvas, Point
from generator.charts.text import text_width, wrapped
from generator.charts.values import Chart
from generator.charts.wording import ChartWords

_RADIUS, _ELBOW, _ASIDE, _GAP = 7.0, 0.9, 2.2, 0.3
"""Of the pie; how far beyond it a leader runs straight on, and to the label; from there to the text."""
_LEADING, _APART = 1.15, 0.7
_TONES, _SLIVER = ("#BDBDBD", "#5C5C5C", "#DADADA", "#8C8C8C"), "#202020"
_SMALL, _HAIR = 0.25, 0.02
"""How wide at the edge a slice is that would be lost between greys if it were not dark; one that nobody can see."""
_FULL = 2 * math.pi * (1 - 1e-9)
_WHITE_GAP = 0.12
_TURN = math.radians(5)
_TOP = -math.pi / 2


@dataclass(frozen=True, slots=True)
class _Slice:
    """A slice: where it begins, clockwise from where the pie does, and how far it reaches, in radians."""

    begin: float
    reach: float
    lines: list[str]

    @property
    def middle(self) -> float:
        return self.begin + self.reach / 2

    @property
    def height(self) -> float:
        """Of its label, with the space to the next."""
        return len(self.lines) * _LEADING + _APART


@dataclass(frozen=True, slots=True)
class _Label:
    """A label in its place: `y` is its middle."""

    slice: _Slice
    angle: float
    y: float

    @property
    def side(self) -> int:
        """1 on the right, -1 on the left."""
        return 1 if math.cos(self.angle) >= 0 else -1


def draw_pie(canvas: Canvas, chart: Chart, words: ChartWords) -> tuple[float, float] | None:
    """Draws `chart` and returns its top and bottom, in em; `None` where its labels take more than the canvas's height.

    A slice of 0 is not drawn: the line below says that it is 0.
    """
    centre = canvas.width / 2
    slices = _slices(chart, words, centre - _RADIUS - _ASIDE - _GAP)
    turn = min(_turns(slices), key=lambda turn: _effort(slices, turn))
    labels = _labels(slices, turn)
    top = min(-_RADIUS, *(label.y - label.slice.height / 2 for label in labels)) - 0.2
    foot = max(_RADIUS, *(label.y + label.slice.height / 2 for label in labels)) + 0.8
    below = wrapped(words.total(), canvas.width - 2)
    bottom = foot + len(below) * _LEADING + 0.2
    if bottom - top > canvas.height:
        return None
    _draw_slices(canvas, centre, slices, _TOP + turn)
    for label in labels:
        _draw_label(canvas, centre, label)
    canvas.text((centre, foot + len(below) * _LEADING / 2), below, leading=_LEADING)
    return top, bottom


def _slices(chart: Chart, words: ChartWords, width: float) -> list[_Slice]:
    found: list[_Slice] = []
    begin, total = 0.0, chart.total
    for item in chart.items:
        if item.amount:
            reach = 2 * math.pi * float(item.amount / total)
            figures = words.figures(item)
            together = "，".join(figures)
            lines = wrapped(item.label, width) + ([together] if text_width(together) <= width else figures)
            found.append(_Slice(begin, reach, lines))
            begin += reach
    return found


def _turns(slices: Sequence[_Slice]) -> list[float]:
    """By how much the pie may be turned: every few degrees, and so that the labels part between any two slices."""
    halves = [half - part.begin for part in slices for half in (0.0, math.pi)]
    return [*(step * _TURN for step in range(72)), *halves]


def _effort(slices: Sequence[_Slice], turn: float) -> tuple[int, float]:
    """How much is wrong where the pie is turned by `turn`: leaders over the pie or over the next one, and then, in em,
    the length of all leaders and the height beyond that of the pie."""
    labels = _labels(slices, turn)
    length = sum(math.dist(*_way(label)) for label in labels)
    height = max(abs(label.y) + label.slice.height / 2 for label in labels)
    # All else alike, the largest slice's label stands beside it, and the pie begins at the top.
    largest = max(labels, key=lambda label: label.slice.reach)
    taste = 0.1 * abs(largest.y) + (3.0 if turn else 0.0)
    crossings = sum(map(_crosses_pie, labels)) + sum(_cross(one, two) for one, two in pairwise(labels))
    return crossings, length + 4 * max(0.0, height - _RADIUS) + taste


def _way(label: _Label) -> tuple[Point, Point]:
    """The ends of the part of a leader that runs from its elbow to its label."""
    return _elbow(label.angle), (label.side * (_RADIUS + _ASIDE), label.y)


def _crosses_pie(label: _Label) -> bool:
    (x, y), (end_x, end_y) = _way(label)
    across, down = end_x - x, end_y - y
    nearest = -(x * across + y * down) / (across**2 + down**2)
    return 0 < nearest < 1 and math.hypot(x + nearest * across, y + nearest * down) < _RADIUS


def _cross(one: _Label, two: _Label) -> bool:
    """Whether the leaders of two labels cross."""
    (a, b), (c, d) = _way(one), _way(two)
    return _side(a, b, c) * _side(a, b, d) < 0 and _side(c, d, a) * _side(c, d, b) < 0


def _side(start: Point, end: Point, point: Point) -> float:
    """On which side of a line `point` lies: positive on one, negative on the other."""
    return (end[0] - start[0]) * (point[1] - start[1]) - (end[1] - start[1]) * (point[0] - start[0])


def _labels(slices: Sequence[_Slice], turn: float) -> list[_Label]:
    placed: list[_Label] = []
    angles = [(part, _TOP + turn + part.middle) for part in slices]
    for right in (True, False):
        side = [(part, angle) for part, angle in angles if (math.cos(angle) >= 0) is right]
        side.sort(key=lambda found: (math.sin(found[1]), found[1] if right else -found[1]))
        wanted = [_elbow(angle)[1] for _, angle in side]
        ys = _apart(wanted, [part.height for part, _ in side])
        placed += [_Label(part, angle, y) for (part, angle), y in zip(side, ys, strict=True)]
    return placed


def _elbow(angle: float) -> Point:
    reach = _RADIUS + _ELBOW
    return reach * math.cos(angle), reach * math.sin(angle)


def _apart(wanted: Sequence[float], heights: Sequence[float]) -> list[float]:
    """Middles of boxes of `heights`, in order and clear of each other, as near to `wanted` as can be.

    Pooling of adjacent violators: boxes that touch form a block, which lies at the mean of what its boxes want.
    """
    blocks: list[tuple[float, int, float]] = []  # the sum of what the boxes want for the block's top, how many, height
    for want, height in zip(wanted, heights, strict=True):
        blocks.append((want - height / 2, 1, height))
        while len(blocks) > 1 and blocks[-2][0] / blocks[-2][1] + blocks[-2][2] > blocks[-1][0] / blocks[-1][1]:
            total, count, lower = blocks.pop()
            above, number, upper = blocks.pop()
            blocks.append((above + total - count * upper, number + count, upper + lower))
    middles: list[float] = []
    for total, count, _ in blocks:
        top = total / count
        for height in heights[len(middles) : len(middles) + count]:
            middles.append(top + height / 2)
            top += height
    return middles


def _draw_slices(canvas: Canvas, centre: float, slices: Sequence[_Slice], start: float) -> None:
    """The slices, and white between them; one narrower than a hair is there, but parts nothing."""
    wide = [part for part in slices if part.reach * _RADIUS > _HAIR]
    largest = max(range(len(wide)), key=lambda index: wide[index].reach)
    for index, part in enumerate(wide):
        sliver = part.reach * _RADIUS < _SMALL
        _draw_slice(canvas, centre, start, part, _SLIVER if sliver else _tone((index - largest) % len(wide), len(wide)))
    for before, part in zip((wide[-1], *wide), wide, strict=False):
        if part is not before:
            # Never so much white that a narrow slice vanishes under it.
            thickness = min(_WHITE_GAP, 0.3 * _RADIUS * min(before.reach, part.reach))
            angle = start + part.begin
            edge = (centre + _RADIUS * math.cos(angle), _RADIUS * math.sin(angle))
            canvas.line([(centre, 0), edge], "#FFFFFF", thickness)
    for part in slices:
        if part not in wide:
            _draw_slice(canvas, centre, start, part, _SLIVER)


def _tone(index: int, count: int) -> str:
    """The grey of the slice number `index`, counted round from the largest one, of `count`: unlike its neighbours'."""
    beside_first = index and index == count - 1 and index % len(_TONES) == 0
    return _TONES[1 if beside_first else index % len(_TONES)]


def _draw_slice(canvas: Canvas, centre: float, start: float, part: _Slice, tone: str) -> None:
    if part.reach > _FULL:
        canvas.circle((centre, 0), _RADIUS, tone)
    else:
        canvas.shape((centre, 0), _sector(centre, start + part.begin, part.reach), tone)


def _sector(centre: float, begin: float, reach: float) -> list[tuple[Point, Point, Point]]:
    """The curves of a slice from the centre: a straight one to the edge, then along it in parts of at most 90°."""
    parts = max(1, math.ceil(reach / (math.pi / 2)))
    step = reach / parts
    pull = _RADIUS * 4 / 3 * math.tan(step / 4)

    def at(angle: float, along: float = 0.0) -> Point:
        x, y = math.cos(angle), math.sin(angle)
        return centre + _RADIUS * x - along * y, _RADIUS * y + along * x

    first = at(begin)
    curves = [((centre, 0.0), first, first)]
    for part in range(parts):
        one, two = begin + part * step, begin + (part + 1) * step
        curves.append((at(one, pull), at(two, -pull), at(two)))
    return curves


def _draw_label(canvas: Canvas, centre: float, label: _Label) -> None:
    edge = _RADIUS * math.cos(label.angle), _RADIUS * math.sin(label.angle)
    canvas.line([(centre + x, y) for x, y in (edge, *_way(label))])
    anchor = "start" if label.side > 0 else "end"
    beside = centre + label.side * (_RADIUS + _ASIDE + _GAP)
    canvas.text((beside, label.y), label.slice.lines, anchor, _LEADING)
