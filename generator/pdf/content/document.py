"""What a Word document holds, read and resolved: sections of paragraphs and tables. Values only; lengths are points."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from generator.pdf.content.looks import Border, Color, ParagraphLook, RunLook
from generator.pdf.content.svg import Svg
from generator.word import quoted

FieldKind = Literal["PAGE", "NUMPAGES", "SECTIONPAGES", "PAGEREF"]


@dataclass(frozen=True, slots=True)
class Text:
    """Characters of one look. `link` is "#bookmark", a web address or None."""

    text: str
    look: RunLook
    link: str | None = None


@dataclass(frozen=True, slots=True)
class Tab:
    """A tab to the next stop or, with `align`, to the left, center or right of the column (17.3.3.23)."""

    look: RunLook
    link: str | None = None
    align: str = ""
    leader: str = ""


@dataclass(frozen=True, slots=True)
class Break:
    kind: Literal["line", "page", "column"]
    look: RunLook


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture: `part` is its part in the package, `vector` that of the SVG beside it or empty; sizes in points.

    `crop` is what is cut off at the left, top, right and bottom, in parts of the whole.
    """

    part: str
    width: float
    height: float
    look: RunLook
    vector: str = ""
    crop: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)
    border: Border | None = None
    description: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Field:
    """A number that only the layout knows. `stored` is what Word last showed, `target` the bookmark of a PAGEREF."""

    kind: FieldKind
    stored: str
    look: RunLook
    target: str = ""
    style: str = ""
    link: str | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """The place of a bookmark."""

    name: str


@dataclass(frozen=True, slots=True)
class NoteReference:
    """The place of a footnote and the number it prints with."""

    note: int
    number: str
    look: RunLook


@dataclass(frozen=True, slots=True)
class Margins:
    """Distances of text from the edges of a cell, box or page."""

    top: float = 0.0
    right: float = 0.0
    bottom: float = 0.0
    left: float = 0.0


IN_LINE = "line"


@dataclass(frozen=True, slots=True)
class Offset:
    """Where something stands that is not in the line: aligned within `base`, or `by` points from its beginning.

    `base` is page, margin, column, paragraph, or one of the page's edges (leftMargin, topMargin ...). What is aligned
    IN_LINE stands where the alignment of its paragraph puts it.
    """

    base: str
    align: str = ""
    by: float = 0.0


@dataclass(frozen=True, slots=True, eq=False)
class TextBox:
    """A frame of a size of its own with text, a border and a fill, as far as it has them.

    Without a width it is as wide as its text; `grows`: it is as high as its text at least. `line`: it is no frame but
    a straight line, from corner to corner, that falls or rises.
    """

    width: float
    height: float
    blocks: "tuple[Block, ...]" = ()
    margins: Margins = Margins()
    border: Border | None = None
    shade: Color | None = None
    align: Literal["top", "center", "bottom"] = "top"
    grows: bool = False
    line: Literal["", "falling", "rising"] = ""


@dataclass(frozen=True, slots=True, eq=False)
class Floating:
    """Something that stands beside the text: before (`layer` front) or behind it, or with room of its own (block)."""

    content: Picture | TextBox
    across: Offset
    down: Offset
    layer: Literal["front", "behind", "block"]


Inline = Text | Tab | Break | Picture | Field | Mark | NoteReference | Floating


@dataclass(frozen=True, slots=True, eq=False)
class Paragraph:
    """A paragraph. `mark` is the look of its end mark, which gives an empty paragraph its height.

    `label` is the number that automatic numbering puts before it, which is the first of its items too.
    """

    look: ParagraphLook
    items: tuple[Inline, ...]
    mark: RunLook
    part: str
    label: str = ""

    @property
    def place(self) -> str:
        """Where it stands, for people: 第 12 段“……”, 第 1 个表格第 3 行第 2 格“……”, 页脚“……”."""
        return f"{self.part}{quoted(self.text)}"

    @property
    def text(self) -> str:
        """The words of the paragraph; a tab or line break is a blank."""
        words = []
        for item in self.items:
            if isinstance(item, Text):
                words.append(item.text)
            elif isinstance(item, Field):
                words.append(item.stored)
            elif isinstance(item, (Tab, Break)):
                words.append(" ")
        return "".join(words)

    @property
    def empty(self) -> bool:
        """Whether nothing of it is printed (bookmarks aside)."""
        return all(isinstance(item, Mark) for item in self.items)


@dataclass(frozen=True, slots=True, eq=False)
class TableCell:
    """A table cell. Its own `borders` win over the table's (17.4.66); `merge` is its part in a vertical merge."""

    column: int
    span: int
    merge: Literal["none", "start", "continue"]
    blocks: "tuple[Block, ...]"
    borders: Mapping[str, Border]
    table_borders: Mapping[str, Border]
    margins: Margins
    shade: Color | None
    align: Literal["top", "center", "bottom"]
    vertical: bool
    place: str


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    cells: tuple[TableCell, ...]
    height: float
    height_rule: Literal["auto", "atLeast", "exact"]
    cant_split: bool
    header: bool
    keep_next: bool


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """A table. `columns` are the widths of its grid; `width` is an amount in points (dxa) or percent (pct)."""

    columns: tuple[float, ...]
    rows: tuple[Row, ...]
    width: tuple[float, Literal["dxa", "pct", "auto"]]
    align: Literal["left", "center", "right"]
    indent: float


Block = Paragraph | Table
Blocks = tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class PageNumbers:
    start: int | None = None
    style: str = "decimal"


@dataclass(frozen=True, slots=True)
class Grid:
    """The document grid: distance of its lines, and what it adds to the width of an East Asian character."""

    pitch: float = 0.0
    extra: float = 0.0


@dataclass(frozen=True, slots=True)
class PageBorders:
    """Rules around the pages of a section, by side: as far from the paper's edge as they say, or from the text."""

    sides: Mapping[str, Border]
    from_text: bool
    pages: Literal["all", "first", "others"]


@dataclass(frozen=True, slots=True)
class Columns:
    """How many columns of equal width the text has, the space between them, and whether a rule stands there."""

    count: int = 1
    space: float = 0.0
    rule: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Section:
    """A section with its page: `headers` and `footers` by default/first/even, those of earlier sections inherited."""

    blocks: Blocks
    start: Literal["nextPage", "continuous", "oddPage", "evenPage"]
    width: float
    height: float
    margins: Margins
    header_distance: float
    footer_distance: float
    headers: Mapping[str, Blocks]
    footers: Mapping[str, Blocks]
    title_page: bool
    numbers: PageNumbers
    grid: Grid
    align: Literal["top", "center", "bottom", "both"]
    columns: Columns
    borders: "PageBorders | None" = None

    @property
    def text_width(self) -> float:
        """The width between the margins."""
        return max(self.width - self.margins.left - self.margins.right, 1.0)


@dataclass(frozen=True, slots=True)
class Properties:
    """What docProps/core.xml says; `created` as it stands there (W3CDTF) or empty."""

    title: str = ""
    author: str = ""
    subject: str = ""
    keywords: str = ""
    created: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A whole document. `modern_tables`: a table begins at the margin (Word 2013 on), not its text."""

    sections: tuple[Section, ...]
    properties: Properties
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    vectors: Mapping[str, Svg] = field(default_factory=dict)
    notes: Mapping[int, Blocks] = field(default_factory=dict)
    default_tab: float = 36.0
    even_and_odd: bool = False
    modern_tables: bool = False
    mirrored_margins: bool = False


def items_of(blocks: Blocks) -> Iterator[tuple[Paragraph, Inline]]:
    """All that stands in the paragraphs of blocks, with the paragraph; that in table cells and text boxes too."""
    for block in blocks:
        if isinstance(block, Table):
            for row in block.rows:
                for cell in row.cells:
                    yield from items_of(cell.blocks)
            continue
        for item in block.items:
            yield block, item
            if isinstance(item, Floating) and isinstance(item.content, TextBox):
                yield from items_of(item.content.blocks)
