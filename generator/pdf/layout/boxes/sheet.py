"""A laid-out page: everything on it has its place, in points right of and below the top left corner of the sheet."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from generator.pdf.content import Border, Color, Paragraph
from generator.pdf.layout.boxes.line import Line


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line, drawn once, of a table or a paragraph's frame."""

    x1: float
    y1: float
    x2: float
    y2: float
    border: Border


@dataclass(frozen=True, slots=True)
class Fill:
    x: float
    y: float
    width: float
    height: float
    color: Color


@dataclass(frozen=True, slots=True)
class PlacedLine:
    """A line whose column edge is at `x` and whose top is at `y`."""

    line: Line
    x: float
    y: float


@dataclass(slots=True, eq=False)
class Sheet:
    """One page. `area` is where its text goes: left, top, right, bottom; `number` is printed in the format `style`.

    `under` and `over` are drawn before and after the rest: they hold what floats behind and before the text.
    """

    width: float
    height: float
    number: int
    style: str
    area: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)
    fills: list[Fill] = field(default_factory=list)
    lines: list[PlacedLine] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    headings: list[tuple[Paragraph, float]] = field(default_factory=list)
    marks: dict[str, float] = field(default_factory=dict)
    under: "list[Sheet]" = field(default_factory=list)
    over: "list[Sheet]" = field(default_factory=list)

    @property
    def layers(self) -> Iterator["Sheet"]:
        """The page and what is under and over it, in the order of drawing."""
        for sheet in self.under:
            yield from sheet.layers
        yield self
        for sheet in self.over:
            yield from sheet.layers

    def layer(self, behind: bool) -> "Sheet":
        """A further layer over or under this one; its headings and bookmarks are those of the page."""
        layer = Sheet(
            self.width, self.height, self.number, self.style, self.area, headings=self.headings, marks=self.marks,
        )  # fmt: skip
        (self.under if behind else self.over).append(layer)
        return layer

    def add_line(self, line: Line, x: float, y: float, repeated: bool) -> None:
        """Place a line; what is `repeated` (table heads on later pages) is no target of links."""
        self.lines.append(PlacedLine(line, x, y))
        if not repeated:
            for name in line.marks:
                self.marks.setdefault(name, y)
