"""The PDF file around the pages: outline, destinations, page labels, properties (PDF 32000-1, 12.3, 12.4, 14.3)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO

from reportlab import rl_config
from reportlab.pdfgen.canvas import Canvas

from generator.pdf.content import Document, Mark
from generator.pdf.drawing.canvas import SheetDrawer
from generator.pdf.layout.boxes import Sheet

rl_config.useA85 = 0  # streams stay binary: smaller, and quicker to write


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading as printed: `level` from 1, `page` its printed number, `sheet` the physical page from 1."""

    level: int
    text: str
    page: int
    sheet: int


def headings_of(sheets: Sequence[Sheet]) -> tuple[Heading, ...]:
    """The paragraphs with an outline level, in order."""
    return tuple(
        Heading((paragraph.look.outline or 0) + 1, text, sheet.number, index + 1)
        for index, sheet in enumerate(sheets)
        for paragraph, _ in sheet.headings
        if (text := " ".join(paragraph.text.split()))
    )


def heading_numbers(sheets: Sequence[Sheet]) -> dict[str, str]:
    """What automatic numbering puts before headings, by the bookmarks of these; none for a heading without number."""
    return {
        item.name: paragraph.label
        for sheet in sheets
        for paragraph, _ in sheet.headings
        for item in paragraph.items
        if isinstance(item, Mark) and paragraph.label
    }


class _Canvas(Canvas):  # type: ignore[misc]
    """A canvas whose pages begin without a font of reportlab's own, which would not be embedded."""

    def _make_preamble(self) -> None:
        self._preamble = ""


def draw_pdf(document: Document, sheets: Sequence[Sheet]) -> bytes:
    """Draw pages as a PDF file. The same pages give the same bytes."""
    output = BytesIO()
    properties = document.properties
    canvas = _Canvas(output, pageCompression=1, invariant=1, pdfVersion=(1, 7), lang=properties.language)
    canvas.setTitle(properties.title)
    canvas.setAuthor(properties.author)
    canvas.setSubject(properties.subject)
    canvas.setKeywords(properties.keywords)
    canvas.setCreator(properties.author)
    created = _pdf_date(properties.created)
    canvas.setDateFormatter(lambda *now: created)
    canvas.setViewerPreference("DisplayDocTitle", "true")
    _label_pages(canvas, sheets)
    drawer = SheetDrawer(canvas, document.pictures, _linked_marks(sheets))
    depth = -1
    for index, sheet in enumerate(sheets):
        for place, (paragraph, y) in enumerate(sheet.headings):
            text = " ".join(paragraph.text.split())
            if text:
                key = f"heading {index} {place}"
                canvas.bookmarkPage(key, fit="XYZ", left=0, top=sheet.height - y)
                # Levels that the document leaves out are closed up: an outline has no gaps.
                depth = min(paragraph.look.outline or 0, depth + 1)
                canvas.addOutlineEntry(text, key, depth, closed=depth > 0)
        drawer.draw(sheet)
    if depth >= 0:
        canvas.showOutline()
    canvas.save()
    return output.getvalue()


def _linked_marks(sheets: Sequence[Sheet]) -> frozenset[str]:
    """The bookmarks that a link on some page goes to and that are on some page."""
    lines = (placed.line for sheet in sheets for layer in sheet.layers for placed in layer.lines)
    wanted = {link.target[1:] for line in lines for link in line.links}
    return frozenset(name for sheet in sheets for name in sheet.marks if name in wanted)


_LABEL_STYLES = {
    "upperRoman": "ROMAN_UPPER", "lowerRoman": "ROMAN_LOWER", "upperLetter": "LETTERS_UPPER",
    "lowerLetter": "LETTERS_LOWER",
}  # fmt: skip


def _label_pages(canvas: Canvas, sheets: Sequence[Sheet]) -> None:
    """Tell the reader the printed numbers, where they are not simply those of the sheets (12.4.2)."""
    if all(sheet.number == index + 1 and sheet.style == "decimal" for index, sheet in enumerate(sheets)):
        return
    expected: tuple[int, str] | None = None
    for index, sheet in enumerate(sheets):
        if (sheet.number, sheet.style) != expected:
            canvas.addPageLabel(index, style=_LABEL_STYLES.get(sheet.style, "ARABIC"), start=sheet.number)
        expected = (sheet.number + 1, sheet.style)


def _pdf_date(text: str) -> str:
    """A W3CDTF date as PDF writes it (7.9.4); where the document has none, one that is the same on every day."""
    try:
        moment = datetime.fromisoformat(text.replace("Z", "+00:00"))
    except ValueError:
        moment = datetime(2000, 1, 1)
    moment = moment.astimezone(UTC) if moment.tzinfo else moment
    return f"D:{moment:%Y%m%d%H%M%S}+00'00'"
