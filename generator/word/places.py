"""Where something stands in a document, in the words of people who count paragraphs and tables on its pages."""

from collections.abc import Iterator
from dataclasses import dataclass

from generator.word.content import boxes, cells, containers, content, rows
from generator.word.names import PARAGRAPH, TABLE, Element

_BOX = "的文本框"


@dataclass(slots=True)
class Places:
    """Names the paragraphs and tables of one part in their order; `story` is empty for the text itself.

    Paragraphs of the text are counted without those of its tables.
    """

    story: str = ""
    _paragraphs: int = 0
    _tables: int = 0

    def paragraph(self, within: str = "") -> str:
        """The next paragraph, or one `within` a cell or text box: `第 12 段`, `页眉`."""
        if within:
            return within
        self._paragraphs += 1
        return self.story or f"第 {self._paragraphs} 段"

    def after_paragraph(self) -> str:
        """What stands between paragraphs."""
        return self.story or f"第 {self._paragraphs} 段之后"

    def table(self, within: str = "") -> str:
        """The next table: `第 1 个表格`, `页眉第 1 个表格`, `第 1 个表格第 2 行第 1 格中的表格`."""
        self._tables += 1
        return f"{within}中的表格" if within else f"{self.story}第 {self._tables} 个表格"


def place_of_cell(table: str, row: int, cell: int) -> str:
    """A cell of the table of that name; `row` and `cell` count from 1."""
    return f"{table}第 {row} 行第 {cell} 格"


def place_of_box(paragraph: str) -> str:
    """A text box in the paragraph of that name; a box within a box is not told apart."""
    return paragraph if paragraph.endswith(_BOX) else paragraph + _BOX


def quoted(text: str, limit: int = 16) -> str:
    """The beginning of a text in quotation marks, to find a place by; empty where there is no text."""
    text = " ".join(text.split())
    if not text:
        return ""
    return f"“{text[:limit]}……”" if len(text) > limit else f"“{text}”"


def placed_paragraphs(root: Element, story: str = "") -> Iterator[tuple[Element, str]]:
    """All paragraphs of a part with their places, in their order, those of tables and text boxes too."""
    places = Places(story)
    for container in containers(root):
        yield from _placed(container, places, "")


def _placed(container: Element, places: Places, within: str) -> Iterator[tuple[Element, str]]:
    for element in content(container):
        if element.tag == PARAGRAPH:
            place = places.paragraph(within)
            yield element, place
            for box in boxes(element):
                yield from _placed(box, places, place_of_box(place))
        elif element.tag == TABLE:
            name = places.table(within)
            for row_number, row in enumerate(rows(element), 1):
                for cell_number, cell in enumerate(cells(row), 1):
                    yield from _placed(cell, places, place_of_cell(name, row_number, cell_number))
