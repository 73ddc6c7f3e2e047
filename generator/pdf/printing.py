"""The whole way from a finished Word document to its PDF."""

from dataclasses import dataclass

from generator.pdf.drawing.file import Heading, draw_pdf, heading_numbers, headings_of
from generator.pdf.fonts import FontLibrary
from generator.pdf.layout.bars import draw_change_bars
from generator.pdf.layout.characters import slot
from generator.pdf.layout.flow import Flow
from generator.pdf.layout.glyphs import Cases
from generator.pdf.layout.pages import lay_out, marked_pages
from generator.pdf.layout.paragraphs import Typesetter
from generator.pdf.reading.content import Blocks, Document, Floating, Paragraph, Text, TextBox
from generator.pdf.reading.document import read_document
from generator.pdf.remarks import Remark, Remarks


@dataclass(frozen=True, slots=True)
class Printed:
    """A printed document: the file and what laying it out told.

    `bookmark_pages` gives for every bookmark the page number printed where it stands, which is what PAGEREF shows;
    `heading_numbers` for every bookmark of a heading that is numbered automatically its number.
    """

    pdf: bytes
    pages: int
    bookmark_pages: dict[str, int]
    heading_numbers: dict[str, str]
    headings: tuple[Heading, ...]
    remarks: tuple[Remark, ...]


@dataclass(frozen=True, slots=True)
class MissingCharacter:
    """A character that no font has: `font` is the name the document asked for, `place` where it stands first."""

    character: str
    font: str
    place: str

    def __str__(self) -> str:
        return f"“{self.character}”（U+{ord(self.character):04X}，字体“{self.font}”，{self.place}）"


class MissingCharacters(Exception):
    """Some characters have no font at all; the Chinese message names them all."""

    def __init__(self, characters: tuple[MissingCharacter, ...]) -> None:
        self.characters = characters
        listed = "、".join(map(str, characters))
        super().__init__(f"没有字体能打印这些字符：{listed}。请改用其他字符，或在本机安装有这些字符的字体。")


def print_document(docx: bytes, fonts: FontLibrary, *, revisions: bool = False) -> Printed:
    """Print a Word document (.docx) as a PDF.

    The same document and fonts give the same bytes. Raises UnreadableDocument where it cannot be read and
    MissingCharacters where a character cannot be printed; what is beyond the printer's subset is in `remarks`.

    Tracked changes print as accepted. With `revisions` they show: insertions in colour and underlined, deletions in
    another colour and struck through, a bar in the margin beside both, and page references as they are stored.
    """
    remarks = Remarks()
    document = read_document(docx, remarks, revisions=revisions)
    typesetter = Typesetter(fonts, document.default_tab, document.vectors, remarks)
    pages = lay_out(document, Flow(typesetter, remarks, document.modern_tables))
    _require_characters(typesetter.cases)
    if revisions:
        draw_change_bars(page.sheet for page in pages)
    return Printed(
        pdf=draw_pdf(document, pages),
        pages=len(pages),
        bookmark_pages={name: page.sheet.number for name, page in marked_pages(pages).items()},
        heading_numbers=heading_numbers(pages),
        headings=headings_of(pages),
        remarks=remarks.all(),
    )


def _require_characters(cases: Cases) -> None:
    if cases.missing:
        raise MissingCharacters(
            tuple(MissingCharacter(char, font, place) for (char, font), place in cases.missing.items())
        )


def document_fonts(docx: bytes) -> list[str]:
    """The font names that the text of a document is set in, in order of first use.

    Raises UnreadableDocument where the document cannot be read.
    """
    document = read_document(docx, Remarks())
    found: dict[str, None] = {}
    for blocks in _stories(document):
        _gather_fonts(blocks, found)
    return list(found)


def _stories(document: Document) -> list[Blocks]:
    stories: list[Blocks] = []
    for section in document.sections:
        stories += [section.blocks, *section.headers.values(), *section.footers.values()]
    return stories


def _gather_fonts(blocks: Blocks, found: dict[str, None]) -> None:
    for block in blocks:
        if isinstance(block, Paragraph):
            for item in block.items:
                if isinstance(item, Floating) and isinstance(item.content, TextBox):
                    _gather_fonts(item.content.blocks, found)
                elif isinstance(item, Text):
                    for char in item.text:
                        if not char.isspace():
                            found.setdefault(getattr(item.look, slot(char, item.look.east_asia_hint)))
        else:
            for row in block.rows:
                for cell in row.cells:
                    _gather_fonts(cell.blocks, found)
