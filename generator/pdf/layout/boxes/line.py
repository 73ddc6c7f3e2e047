"""A line of text as set: runs of text, and all that is drawn with them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.pdf.content import Color, Field, NoteReference, Picture, RunLook

if TYPE_CHECKING:
    from reportlab.graphics.shapes import Drawing  # slow to import; most documents have no SVG


@dataclass(frozen=True, slots=True, eq=False)
class Type:
    """A font at a size in a look: what a piece of text is drawn with.

    `rise` lifts it over the baseline, `stretch` scales it horizontally, `shift` moves it to the right.
    """

    face: str
    size: float
    stroked: bool
    slanted: bool
    look: RunLook
    rise: float
    above: float  # what the line must hold above and below its baseline, at single spacing
    below: float
    stretch: float
    shift: float = 0.0


@dataclass(frozen=True, slots=True, eq=False)
class Vector:
    """A drawing in points of its own, from the bottom left corner."""

    drawing: Drawing
    width: float
    height: float


@dataclass(slots=True, eq=False)
class Run:
    """Text drawn with one operator: `x` from the column edge, `spacing` after each character, `width` to its end."""

    x: float
    text: str
    type: Type
    spacing: float
    width: float


@dataclass(frozen=True, slots=True)
class Stroke:
    """A horizontal line of text: an underline or a line through. `y` is above the baseline."""

    x: float
    end: float
    y: float
    width: float
    color: Color
    style: str


@dataclass(frozen=True, slots=True)
class Patch:
    """Colour behind text, from `bottom` to `top` above the baseline."""

    x: float
    end: float
    bottom: float
    top: float
    color: Color


@dataclass(frozen=True, slots=True)
class Link:
    x: float
    end: float
    target: str


@dataclass(frozen=True, slots=True)
class PlacedPicture:
    """A picture in a line, `x` from the column edge; `vector` is what is drawn of it where it has an SVG."""

    x: float
    width: float
    height: float
    picture: Picture
    vector: Vector | None = None


@dataclass(slots=True, eq=False)
class Line:
    """A line as set, measured from the column edge and the baseline, which is `baseline` below the line's top."""

    height: float
    baseline: float
    runs: Sequence[Run] = ()
    strokes: Sequence[Stroke] = ()
    patches: Sequence[Patch] = ()
    links: Sequence[Link] = ()
    pictures: Sequence[PlacedPicture] = ()
    marks: Sequence[str] = ()
    notes: Sequence[NoteReference] = ()
    fields: Sequence[Field] = ()
    turn: str = ""  # "page" or "column": what follows goes on another page
