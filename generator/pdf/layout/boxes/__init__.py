"""What setting makes and placing puts on sheets: values only."""

from generator.pdf.layout.boxes.label import Label
from generator.pdf.layout.boxes.line import Line, Link, Patch, PlacedPicture, Run, Stroke, Type, Vector
from generator.pdf.layout.boxes.sheet import Fill, PlacedLine, Rule, Sheet
from generator.pdf.layout.boxes.slabs import (
    CellBox,
    FloatBox,
    LineSlab,
    ParagraphBox,
    Placed,
    RowSlab,
    Slab,
    TableBox,
    stacked_height,
)
