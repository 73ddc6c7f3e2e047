"""The blocks of a part: paragraphs and tables, resolved (ECMA-376 part 1, 17.2 to 17.4)."""

from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from generator.pdf.content import Block, Blocks, Floating, Inline, Offset, Paragraph, Tab, Text, TextBox
from generator.pdf.reading.inlines import InlineReader, plain_symbol
from generator.pdf.reading.shared import Shared
from generator.pdf.reading.styles import NOTHING, Level
from generator.pdf.reading.tables import TableReader
from generator.word import BOOKMARK, PARAGRAPH, SILENT, TABLE, Element, Places, child, content


class BlockReader:
    """Reads the blocks of one part. `name` says for remarks which part it is: "" for the body, 页眉, 页脚, 脚注."""

    def __init__(self, shared: Shared, part: str, name: str) -> None:
        self._shared = shared
        self._part = part
        self._inlines = InlineReader(shared, part, self._box, makes_room=name not in ("页眉", "页脚"))
        self._places = Places(name)
        self._tables = TableReader(shared.styles, shared.remarks, self._places, self.blocks)
        self._list_values = shared.numbering.paragraphs

    def blocks(self, container: Element, table: Level = NOTHING, place: str = "") -> Blocks:
        """The blocks inside an element. `place` names the table cell that it is, if it is one."""
        return _framed([self.block(element, table, place) for element in self.elements(container, place)])

    def _box(self, box: Element, place: str) -> Blocks:
        """The blocks of a text box: a story of its own inside a paragraph."""
        return BlockReader(self._shared, self._part, place).blocks(box, place=place)

    def block(self, element: Element, table: Level = NOTHING, place: str = "") -> Block:
        if element.tag == TABLE:
            return self._tables.read(element, place)
        return self.paragraph(element, table, place)

    def elements(self, container: Element, place: str = "") -> Iterator[Element]:
        """The paragraphs and tables of a container, those in content controls and insertions too."""
        for element in content(container):
            if element.tag in (PARAGRAPH, TABLE):
                yield element
            elif element.tag == BOOKMARK:
                # A bookmark between paragraphs marks the one that follows.
                self._inlines.pending_mark(element)
            elif element.tag not in SILENT:
                name = etree.QName(element).localname
                message = (
                    "以其他格式嵌入的内容（altChunk）没有打印"
                    if name == "altChunk"
                    else f"不认识的内容“{name}”没有打印"
                )
                self._shared.remarks.add(message, place or self._places.after_paragraph())

    def paragraph(self, element: Element, table: Level, place: str) -> Paragraph:
        shared = self._shared
        place = self._places.paragraph(place)
        setting = shared.styles.paragraph(child(element, "pPr"), table, self._list_values)
        look, style = setting.look, setting.text
        items: list[Inline] = []
        number = ""
        if look.list_id:
            label = shared.numbering.next(look.list_id, look.list_level)
            if label is not None and label.text:
                label_look = style.look(child(child(element, "pPr"), "rPr"), label.run)
                number = "".join(plain_symbol(char) or "•" for char in label.text)
                items.append(Text(number, label_look))
                if label.suffix != "nothing":
                    items.append(Tab(label_look) if label.suffix == "tab" else Text(" ", label_look))
        items += self._inlines.read(element, style, place)
        return Paragraph(look, tuple(items), setting.mark, place, number)


def _framed(blocks: list[Block]) -> Blocks:
    """Blocks with the paragraphs of each frame as one object, anchored in the paragraph that follows it."""
    found: list[Block] = []
    waiting: list[Paragraph] = []
    for block in blocks:
        frame = block.look.frame if isinstance(block, Paragraph) else None
        if waiting and frame != waiting[0].look.frame:
            anchored = _anchored(waiting)
            if isinstance(block, Paragraph) and frame is None:
                block = replace(block, items=(anchored, *block.items))
            else:
                found.append(_carrier(waiting[-1], anchored))
            waiting = []
        if isinstance(block, Paragraph) and frame is not None:
            waiting.append(block)
        else:
            found.append(block)
    if waiting:
        found.append(_carrier(waiting[-1], _anchored(waiting)))
    return tuple(found)


def _anchored(paragraphs: list[Paragraph]) -> Floating:
    frame = paragraphs[0].look.frame
    assert frame is not None
    box = TextBox(frame.width, frame.height, tuple(paragraphs), grows=True)
    return Floating(box, Offset(*frame.across), Offset(*frame.down), "front")


def _carrier(last: Paragraph, anchored: Floating) -> Paragraph:
    """An empty paragraph for a frame that no paragraph follows."""
    return replace(last, items=(anchored,))
