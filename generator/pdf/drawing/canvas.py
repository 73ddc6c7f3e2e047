"""Drawing sheets with reportlab. Nothing is decided here: every place is known."""

from collections.abc import Mapping, Sequence
from functools import cache
from io import BytesIO
from itertools import groupby, pairwise

from reportlab.lib.colors import Color
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import FILL_NON_ZERO, Canvas

from generator.pdf.content import Border
from generator.pdf.drawing.text import TextWriter, ink
from generator.pdf.layout.boxes import PlacedLine, PlacedPicture, Rule, Sheet, Stroke

_DASHES = {"dotted": (1.0, 1.5), "dashed": (4.0, 2.5)}


class SheetDrawer:
    """Draws sheets one after another on a canvas."""

    def __init__(self, canvas: Canvas, pictures: Mapping[str, bytes], marks: frozenset[str]) -> None:
        """`marks` are the bookmarks that links go to; those on a sheet become destinations."""
        self._canvas = canvas
        self._marks = marks
        self._reader = cache(lambda part: ImageReader(BytesIO(pictures[part])))
        self._writer = TextWriter(canvas)

    def draw(self, sheet: Sheet) -> None:
        """Draw one sheet and end its page."""
        canvas = self._canvas
        canvas.setPageSize((sheet.width, sheet.height))
        for name, y in sheet.marks.items():
            if name in self._marks:
                canvas.bookmarkPage(f"mark {name}", fit="XYZ", left=0, top=sheet.height - y)
        for layer in sheet.layers:
            self._fills(layer)
            self._texts(layer.lines, layer.height)
            for placed in layer.lines:
                self._beside_text(placed, layer.height)
            self._rules(layer.rules, layer.height)
        canvas.showPage()

    def _fills(self, sheet: Sheet) -> None:
        """Colour all shaded areas: clipped to and shaded over, as a painted rectangle reads as rules of a table."""
        areas: dict[tuple[float, float, float], list[tuple[float, float, float, float]]] = {}
        for fill in sheet.fills:
            box = (fill.x, sheet.height - fill.y - fill.height, fill.width, fill.height)
            areas.setdefault(fill.color, []).append(box)
        for placed in sheet.lines:
            base = sheet.height - placed.y - placed.line.baseline
            for patch in placed.line.patches:
                box = (placed.x + patch.x, base + patch.bottom, patch.end - patch.x, patch.top - patch.bottom)
                areas.setdefault(patch.color, []).append(box)
        for color, boxes in areas.items():
            self._canvas.saveState()
            path = self._canvas.beginPath()
            for box in boxes:
                path.rect(*box)
            self._canvas.clipPath(path, stroke=0, fill=0, fillMode=FILL_NON_ZERO)
            self._canvas.linearGradient(0, 0, 1, 0, (Color(*color), Color(*color)), extend=True)
            self._canvas.restoreState()

    def _texts(self, lines: Sequence[PlacedLine], height: float) -> None:
        """Draw all text in reading order."""
        placed = [
            (run, one.x + run.x + run.type.shift, height - one.y - one.line.baseline + run.type.rise)
            for one in lines
            for run in one.line.runs
        ]
        for color_and_stroke, runs in groupby(placed, key=lambda one: ink(one[0].type)):
            self._canvas.addLiteral(self._writer.operators(color_and_stroke, runs))

    def _beside_text(self, placed: PlacedLine, height: float) -> None:
        line, canvas = placed.line, self._canvas
        base = height - placed.y - line.baseline
        for stroke in line.strokes:
            self._stroke(stroke, placed.x, base + stroke.y)
        for picture in line.pictures:
            self._picture(picture, placed.x + picture.x, base)
        for link in line.links:
            area = (placed.x + link.x, height - placed.y - line.height, placed.x + link.end, height - placed.y)
            if not link.target.startswith("#"):
                canvas.linkURL(link.target, area)
            elif link.target[1:] in self._marks:
                canvas.linkAbsolute("", f"mark {link.target[1:]}", area, thickness=0)

    def _stroke(self, stroke: Stroke, x: float, y: float) -> None:
        """Draw an underline or a line through; kinds that Word has beyond these look like the nearest."""
        canvas, start, end = self._canvas, x + stroke.x, x + stroke.end
        canvas.setStrokeColorRGB(*stroke.color)
        canvas.setLineWidth(stroke.width * (2 if stroke.style in ("thick", "dashedHeavy", "dottedHeavy") else 1))
        kind = "dotted" if stroke.style.startswith("dot") else "dashed" if stroke.style.startswith("dash") else ""
        canvas.setDash(list(_DASHES[kind]) if kind else [])
        if stroke.style.startswith("wav"):
            points, up = [], False
            while start < end:
                points.append((start, y + (stroke.width if up else -stroke.width)))
                start, up = start + 1.5 * stroke.width, not up
            canvas.lines([(*one, *other) for one, other in pairwise(points)])
        elif stroke.style == "double":
            canvas.lines([(start, y + shift, end, y + shift) for shift in (stroke.width, -stroke.width)])
        else:
            canvas.line(start, y, end, y)
        canvas.setDash([])

    def _picture(self, placed: PlacedPicture, x: float, y: float) -> None:
        """Draw a picture, as far as it is not cropped, with its alternative text (14.9.3) and its frame."""
        canvas, picture = self._canvas, placed.picture
        canvas.saveState()
        canvas.translate(x, y)
        if picture.description:
            canvas.addLiteral(f"/Span <</Alt <FEFF{picture.description.encode('utf-16-be').hex().upper()}>>> BDC")
        left, top, right, bottom = picture.crop
        width, height = placed.width / (1 - left - right), placed.height / (1 - top - bottom)
        if any(picture.crop):
            path = canvas.beginPath()
            path.rect(0, 0, placed.width, placed.height)
            canvas.clipPath(path, stroke=0, fill=0)
            canvas.translate(-left * width, -bottom * height)
        if placed.vector is not None:
            from generator.pdf.drawing.vectors import draw_vector

            draw_vector(placed.vector, canvas, self._writer, width, height)
        else:
            canvas.drawImage(self._reader(picture.part), 0, 0, width, height, mask="auto")
        if picture.description:
            canvas.addLiteral("EMC")
        canvas.restoreState()
        if picture.border is not None:
            corners = [(x, y), (x + placed.width, y), (x + placed.width, y + placed.height), (x, y + placed.height)]
            edges = pairwise([*corners, corners[0]])
            self._rules([Rule(x1, -y1, x2, -y2, picture.border) for (x1, y1), (x2, y2) in edges], 0.0)

    def _rules(self, rules: Sequence[Rule], height: float) -> None:
        """Draw rules, those of one kind as one path. Square ends close the corners that thick ones would leave open."""
        canvas = self._canvas
        kinds: dict[Border, list[tuple[float, float, float, float]]] = {}
        for rule in rules:
            lines = kinds.setdefault(rule.border, [])
            for shift in (-rule.border.width / 3, rule.border.width / 3) if rule.border.style == "double" else (0.0,):
                across = rule.y1 == rule.y2
                x, y = (0.0, shift) if across else (shift, 0.0)
                lines.append((rule.x1 + x, height - rule.y1 - y, rule.x2 + x, height - rule.y2 - y))
        for border, lines in kinds.items():
            canvas.setStrokeColorRGB(*border.color)
            canvas.setLineWidth(border.width / 3 if border.style == "double" else border.width)
            canvas.setLineCap(2 if border.width > 1 else 0)
            canvas.setDash([unit * border.width for unit in _DASHES[border.style]] if border.style in _DASHES else [])
            canvas.lines(lines)
        canvas.setDash([])
        canvas.setLineCap(0)
