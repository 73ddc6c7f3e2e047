"""A text of an SVG as set, among shapes of reportlab. Imported only for a document that has an SVG."""

from collections.abc import Sequence
from typing import Any

from reportlab.graphics.shapes import DirectDraw

from generator.pdf.layout.boxes.line import Run


class Label(DirectDraw):  # type: ignore[misc]
    """Runs from one origin, at its place in the SVG (y downward)."""

    def __init__(self, x: float, y: float, runs: Sequence[Run]) -> None:
        self.x, self.y, self.runs = x, y, runs

    def drawDirectly(self, renderer: Any) -> None:
        renderer.draw_label(self)

    def getBounds(self) -> tuple[float, float, float, float]:
        return self.x, self.y, self.x, self.y
