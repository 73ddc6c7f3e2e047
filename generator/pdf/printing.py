"""The whole way from a finished Word document to its PDF."""

from dataclasses import dataclass

from generator.pdf.content import Text, items_of
from generator.pdf.drawing import Heading, draw_pdf, heading_numbers, headings_of
from generator.pdf.fonts import FontLibrary
from generator.pdf.layout.placing import draw_change_bars, lay_out, marked_sheets
from generator.pdf.layout.setting import Flow, Typesetter, slot
from generator.pdf.reading import read_document
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
    sheets = lay_out(document, Flow(typesetter, remarks, document.modern_tables))
    if missing := typesetter.cases.missing:
        raise MissingCharacters(tuple(MissingCharacter(char, font, place) for (char, font), place in missing.items()))
    if revisions:
        draw_change_bars(sheets)
    return Printed(
        pdf=draw_pdf(document, sheets),
        pages=len(sheets),
        bookmark_pages={name: sheet.number for name, sheet in marked_sheets(sheets).items()},
        heading_numbers=heading_numbers(sheets),
        headings=headings_of(sheets),
        remarks=remarks.all(),
    )


def document_fonts(docx: bytes) -> list[str]:
    """The font names that the text of a document is set in, in order of first use.

    Raises UnreadableDocument where the document cannot be read.
    """
    document = read_document(docx, Remarks())
    found: dict[str, None] = {}
    for section in document.sections:
        for blocks in (section.blocks, *section.headers.values(), *section.footers.values()):
            for _, item in items_of(blocks):
                if isinstance(item, Text):
                    look = item.look
                    shown = (char for char in item.text if not char.isspace())
                    found.update((getattr(look, slot(char, look.east_asia_hint)), None) for char in shown)
    return list(found)
