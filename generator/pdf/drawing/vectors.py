"""Drawing an SVG on a canvas. Imported only for a document that has one."""

from typing import Any

from reportlab.graphics.renderPDF import _PDFRenderer
from reportlab.graphics.shapes import Rect
from reportlab.pdfgen.canvas import Canvas

from generator.pdf.drawing.text import TextWriter, ink
from generator.pdf.layout.boxes import Label, Vector


def draw_vector(vector: Vector, canvas: Canvas, writer: TextWriter, width: float, height: float) -> None:
    """Draw an SVG from the canvas's origin, scaled to this size."""
    canvas.saveState()
    canvas.scale(width / vector.width, height / vector.height)
    _Renderer(writer).draw(vector.drawing, canvas, 0, 0, showBoundary=False)
    canvas.restoreState()


class _Renderer(_PDFRenderer):  # type: ignore[misc]
    """reportlab's renderer, with labels drawn by our writer of text."""

    def __init__(self, writer: TextWriter) -> None:
        super().__init__()
        self._writer = writer

    def applyStateChanges(self, delta: dict[str, Any], new_state: dict[str, Any]) -> None:
        """Fonts are left out: reportlab would put its own into the file for nothing."""
        said = {name: value for name, value in delta.items() if name not in ("fontName", "fontSize")}
        super().applyStateChanges(said, new_state)

    def drawRect(self, rect: Rect) -> None:
        """Colour a rectangle by shading a clipped area: painted bars over the lines of a chart read as a table."""
        canvas = self._canvas
        if not self._fill or self._stroke or rect.rx or rect.ry:
            super().drawRect(rect)
            return
        canvas.saveState()
        path = canvas.beginPath()
        path.rect(rect.x, rect.y, rect.width, rect.height)
        canvas.clipPath(path, stroke=0, fill=0)
        canvas.linearGradient(0, 0, 1, 0, (rect.fillColor, rect.fillColor), extend=True)
        canvas.restoreState()

    def draw_label(self, label: Label) -> None:
        canvas = self._canvas
        canvas.saveState()
        canvas.transform(1, 0, 0, -1, label.x, label.y)
        for run in label.runs:
            placed = (run, run.x + run.type.shift, run.type.rise)
            canvas.addLiteral(self._writer.operators(ink(run.type), [placed]))
        canvas.restoreState()
