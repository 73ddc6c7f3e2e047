"""What a Word document holds, as values: blocks and their looks, lengths in points. Nothing here opens a file."""

from generator.pdf.content.document import (
    IN_LINE,
    Block,
    Blocks,
    Break,
    Columns,
    Document,
    Field,
    FieldKind,
    Floating,
    Grid,
    Inline,
    Margins,
    Mark,
    NoteReference,
    Offset,
    PageBorders,
    PageNumbers,
    Paragraph,
    Picture,
    Properties,
    Row,
    Section,
    Tab,
    Table,
    TableCell,
    Text,
    TextBox,
    items_of,
)
from generator.pdf.content.looks import BLACK, Border, Color, Frame, ParagraphLook, RunLook, TabStop
from generator.pdf.content.numerals import known, written
from generator.pdf.content.svg import LONGEST, BeyondSvg, Svg, read_svg
