"""Drawing in SVG: few kinds of elements, no styles, patterns or clipping, so that every program shows it alike."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

BLACK, LEADER, HAIR = "#000000", "#7A7A7A", "#D5D5D5"
_LATIN = re.compile(r"[!-~]+(?: [!-~]+)*")
_RISE = 0.36
"""Half the height of a Chinese character above the base line of its middle, in em."""

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Look:
    """How a chart looks where it stands. Lengths in points."""

    font: str
    latin_font: str
    """Of digits and letters."""
    size: float
    """Of the text; everything else is measured by it."""
    width: float
    height: float
    """At most; a pie that would be higher is shown as bars."""


class Canvas:
    """A drawing that grows: coordinates in em, from the left and downwards, negative ones too."""

    def __init__(self, look: Look) -> None:
        self._look = look
        self._elements: list[str] = []
        self.width = look.width / look.size
        """In em."""
        self.height = look.height / look.size
        """At most, in em."""

    def rect(self, left: float, top: float, width: float, height: float, fill: str) -> None:
        box = self._attributes(x=left, y=top, width=width, height=height)
        self._elements.append(f'<rect {box} fill="{fill}"/>')

    def circle(self, centre: Point, radius: float, fill: str) -> None:
        place = self._attributes(cx=centre[0], cy=centre[1], r=radius)
        self._elements.append(f'<circle {place} fill="{fill}"/>')

    def line(self, points: Sequence[Point], colour: str = LEADER, thickness: float = 0.05) -> None:
        """Straight lines through `points`."""
        path = " L ".join(map(self._point, points))
        self._elements.append(
            f'<path d="M {path}" fill="none" stroke="{colour}" stroke-width="{self._length(thickness)}"/>'
        )

    def shape(self, start: Point, curves: Iterable[tuple[Point, Point, Point]], fill: str) -> None:
        """The area from `start` along Bézier `curves` and straight back."""
        path = " ".join(f"C {' '.join(map(self._point, curve))}" for curve in curves)
        self._elements.append(f'<path d="M {self._point(start)} {path} Z" fill="{fill}"/>')

    def text(self, at: Point, lines: Sequence[str], anchor: str = "middle", leading: float = 1.15) -> None:
        """`lines` with their middle at `at`; `anchor` is `start`, `middle` or `end`."""
        first = at[1] - (len(lines) - 1) * leading / 2 + _RISE
        for index, line in enumerate(lines):
            place = self._attributes(x=at[0], y=first + index * leading)
            self._elements.append(f'<text {place} text-anchor="{anchor}">{self._spans(line)}</text>')

    def finish(self, top: float, bottom: float) -> tuple[str, float]:
        """The SVG of what lies between `top` and `bottom`, and its height in points."""
        width, height = self._look.width, (bottom - top) * self._look.size
        size = self._length(1)
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{_number(width)}pt" height="{_number(height)}pt" '
            f'viewBox="0 {self._length(top)} {_number(width)} {_number(height)}">'
            f'<g font-family="{escape(self._look.font)}" font-size="{size}" fill="{BLACK}">'
            f"{''.join(self._elements)}</g></svg>\n"
        ), height

    def _spans(self, line: str) -> str:
        """`line` with its digits and letters in their own font."""
        font = escape(self._look.latin_font)
        return _LATIN.sub(rf'<tspan font-family="{font}">\g<0></tspan>', escape(line, quote=False))

    def _attributes(self, **lengths: float) -> str:
        return " ".join(f'{name}="{self._length(value)}"' for name, value in lengths.items())

    def _point(self, point: Point) -> str:
        return f"{self._length(point[0])} {self._length(point[1])}"

    def _length(self, value: float) -> str:
        return _number(value * self._look.size)


def _number(value: float) -> str:
    """In points, to a hundredth: finer than any printer; short, and the same on every machine."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text
