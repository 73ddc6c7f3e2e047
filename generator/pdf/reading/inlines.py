"""The content of a paragraph: runs, fields, links, pictures, bookmarks (ECMA-376 part 1, 17.3.3 and 17.16)."""

from collections.abc import Callable
from dataclasses import dataclass, field

from lxml import etree

from generator.pdf.content import Blocks, Break, Field, FieldKind, Inline, Mark, NoteReference, RunLook, Tab, Text
from generator.pdf.reading import fields
from generator.pdf.reading.drawings import DrawingReader
from generator.pdf.reading.formulas import linear
from generator.pdf.reading.properties import LEADERS, one_of
from generator.pdf.reading.revisions import Change
from generator.pdf.reading.shared import Shared
from generator.pdf.reading.styles import TextStyle
from generator.pdf.reading.vml import VmlReader
from generator.word import (
    BOOKMARK,
    DELETED,
    LINK,
    RELATIONSHIP_ID,
    RUN,
    SILENT,
    SIMPLE_FIELD,
    WORDS,
    Element,
    M,
    Relationship,
    child,
    content,
    pieces_of,
    place_of_box,
    quoted,
    reads,
    text_of,
    value,
    w,
)

ZERO_WIDTH_SPACE = "\u200b"
WEB_SCHEMES = ("http://", "https://", "mailto:")

_CHANGES: dict[str, Change] = {
    w("ins"): "inserted", w("moveTo"): "inserted", w("del"): "deleted", w("moveFrom"): "deleted",
}  # fmt: skip

# Signs that documents take from symbol fonts, as the characters that they show.
_SYMBOLS = {
    0x50: "☑", 0x52: "☑", 0x6C: "●", 0x6E: "■", 0x6F: "□", 0x71: "❑", 0x74: "◆", 0x75: "◆", 0x76: "❖",
    0x9E: "·", 0x9F: "•", 0xA1: "○", 0xA3: "□", 0xA7: "▪", 0xA8: "□", 0xB7: "•", 0xD8: "➢", 0xE0: "→",
    0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
}  # fmt: skip


def plain_symbol(char: str) -> str | None:
    """A character that every reader knows for one of a symbol font (private use U+F000 to U+F0FF); None if unknown."""
    code = ord(char)
    return _SYMBOLS.get(code & 0xFF) if 0xF000 <= code <= 0xF0FF or code < 0x20 else char


@dataclass(slots=True)
class OpenField:
    """A field that has begun and not ended: first its instruction is read, then its stored result."""

    code: list[str] = field(default_factory=list)
    in_result: bool = False
    instruction: fields.Instruction = field(default_factory=lambda: fields.parse(""))
    link: str | None = None
    stored: list[str] = field(default_factory=list)
    look: RunLook | None = None
    as_stored: bool = False
    """Whether a page reference shows its stored result, in which changes may be tracked."""

    @property
    def is_number(self) -> bool:
        name = self.instruction.name
        return name in fields.NUMBER_FIELDS and not (self.as_stored and name == "PAGEREF")

    def begin_result(self) -> None:
        self.instruction = fields.parse("".join(self.code))
        self.in_result = True
        if self.instruction.name == "HYPERLINK":
            target = self.instruction.argument
            self.link = (
                web_link(target) if target else f"#{self.instruction.anchor}" if self.instruction.anchor else None
            )


def web_link(target: str) -> str | None:
    """The target if it is an address that a reader may be sent to; None for files, scripts and the rest."""
    return target if target.lower().startswith(WEB_SCHEMES) else None


class InlineReader:
    """Reads the content of paragraphs of one part. Fields may span paragraphs, so it lives as long as the part."""

    def __init__(self, shared: Shared, part: str, read_box: Callable[[Element, str], Blocks], makes_room: bool) -> None:
        """`read_box` reads the content of a text box, given with its place; `makes_room`: see DrawingReader."""
        self._relationships: dict[str, Relationship] = shared.package.relationships(part)
        self._remarks = shared.remarks
        self._footnotes, self._endnotes = shared.footnotes, shared.endnotes
        self._read_box = read_box
        self._drawings = DrawingReader(
            shared.package, self._relationships, shared.media, self._box_blocks, self.remark, makes_room
        )
        self._vml = VmlReader(self._drawings.part, self._box_blocks, self.remark)
        self._revised = shared.revised
        self._change: Change | None = None
        self._open: list[OpenField] = []
        self._pending: list[Inline] = []
        self._items: list[Inline] = []
        self._style: TextStyle | None = None
        self._element: Element | None = None
        self._place = ""
        self._readers: dict[str, Callable[[Element, RunLook, str | None], None]] = {
            **dict.fromkeys(WORDS, self._text),
            w("tab"): lambda element, look, link: self._emit(Tab(look, link)),
            w("ptab"): self._aligned_tab,
            w("br"): self._break,
            w("cr"): lambda element, look, link: self._emit(Break("line", look)),
            w("noBreakHyphen"): lambda element, look, link: self._emit(Text("\u2011", look, link)),
            w("softHyphen"): lambda element, look, link: self._emit(Text("\u00ad", look, link)),
            w("sym"): self._symbol,
            w("fldChar"): self._field_character,
            w("instrText"): self._instruction,
            w("delInstrText"): self._instruction,
            w("drawing"): self._drawing,
            w("pict"): self._pict,
            w("object"): self._object,
            w("footnoteReference"): self._footnote,
            w("endnoteReference"): self._endnote,
            w("footnoteRef"): self._note_number,
            w("endnoteRef"): self._note_number,
            w("pgNum"): lambda element, look, link: self._emit(Field("PAGE", "", look)),
        }

    def read(self, paragraph: Element, style: TextStyle, place: str) -> list[Inline]:
        """The items of a w:p whose text is of that style; `place` says where it stands, for remarks."""
        self._items, self._pending = self._pending, []
        self._style, self._element, self._place = style, paragraph, place
        self._children(paragraph, None)
        return self._items

    def pending_mark(self, element: Element) -> None:
        """Keep a bookmark that begins between paragraphs for the next one."""
        self._pending.append(Mark(value(element, "name") or ""))

    def remark(self, message: str) -> None:
        words = text_of(self._element) if self._element is not None else ""
        self._remarks.add(message, f"{self._place}{quoted(words)}")

    def _children(self, parent: Element, link: str | None) -> None:
        for element in content(parent, () if self._revised is None else _CHANGES):
            tag = element.tag
            if tag == RUN:
                self._run(element, link)
            elif self._revised is not None and tag in _CHANGES:
                self._changed(element, link)
            elif tag == LINK:
                self._children(element, self._hyperlink(element) or link)
            elif tag == BOOKMARK:
                self._items.append(Mark(value(element, "name") or ""))
            elif tag == SIMPLE_FIELD:
                self._simple_field(element, link)
            elif tag in DELETED:
                self._deleted(element)
            elif tag in (f"{{{M}}}oMath", f"{{{M}}}oMathPara"):
                self._formula(element, link)
            elif tag not in SILENT:
                self._unknown(element)

    def _run(self, run: Element, link: str | None) -> None:
        style = self._style
        assert style is not None
        properties = child(run, "rPr")
        look = style.look(properties)
        if self._revised is not None and self._change is not None:
            look = self._revised.look(look, self._change)
        if look.hidden and self._visible():
            self._hidden(run, look, link)
            return
        if look.unprinted:
            self.remark(f"{'、'.join(look.unprinted)}没有打印")
        self._run_content(run, look, link)

    def _run_content(self, run: Element, look: RunLook, link: str | None) -> None:
        for element in content(run):
            read = self._readers.get(element.tag)
            if read is not None:
                read(element, look, link)
            elif element.tag == w("ruby"):
                self.remark("拼音指南只打印正文，不打印注音")
                base = child(element, "rubyBase")
                if base is not None:
                    self._children(base, link)
            elif element.tag not in SILENT:
                self._unknown(element)

    def _hidden(self, run: Element, look: RunLook, link: str | None) -> None:
        """Hidden text does not print, but a field may begin or end in it."""
        for element in run:
            if element.tag in (w("fldChar"), w("instrText")):
                self._readers[element.tag](element, look, link)

    def _visible(self) -> bool:
        return all(one.in_result for one in self._open)

    def _emit(self, item: Inline) -> None:
        """Add an item, unless it belongs to a field's instruction or to the stored number of a field."""
        for one in self._open:
            if not one.in_result:
                return
            if one.is_number:
                if isinstance(item, Text):
                    one.stored.append(item.text)
                    one.look = one.look or item.look
                return
        if self._revised is not None and self._change is not None:
            item = self._revised.framed(item, self._change)
        self._items.append(item)

    def _link(self, link: str | None) -> str | None:
        return next((one.link for one in reversed(self._open) if one.link), link)

    def _text(self, element: Element, look: RunLook, link: str | None) -> None:
        if text := reads(element):
            self._emit(Text(text, look, self._link(link) if self._open else link))

    def _aligned_tab(self, element: Element, look: RunLook, link: str | None) -> None:
        leader = LEADERS.get(value(element, "leader") or "", "")
        self._emit(Tab(look, link, value(element, "alignment") or "left", leader))

    def _break(self, element: Element, look: RunLook, link: str | None) -> None:
        self._emit(Break(one_of(value(element, "type"), "line", "page", "column"), look))

    def _symbol(self, element: Element, look: RunLook, link: str | None) -> None:
        try:
            code = int(value(element, "char") or "", 16)
        except ValueError:
            code = 0
        char = plain_symbol(chr(code))
        if char is None:
            self.remark(f"符号字体“{value(element, 'font') or ''}”的符号 {code:04X} 打印为“□”")
            char = "□"
        self._emit(Text(char, look, self._link(link)))

    def _footnote(self, element: Element, look: RunLook, link: str | None) -> None:
        referred = self._footnotes.refer(element)
        if referred is not None:
            self._emit(NoteReference(*referred, look))

    def _endnote(self, element: Element, look: RunLook, link: str | None) -> None:
        referred = self._endnotes.refer(element)
        if referred is not None and referred[1]:
            self._emit(Text(referred[1], look, link))

    def _note_number(self, element: Element, look: RunLook, link: str | None) -> None:
        kind = self._footnotes if element.tag == w("footnoteRef") else self._endnotes
        self._emit(Text(kind.current, look))

    def _hyperlink(self, element: Element) -> str | None:
        anchor = value(element, "anchor")
        relationship = self._relationships.get(element.get(RELATIONSHIP_ID, ""))
        if relationship is not None and relationship.external:
            return web_link(relationship.target)
        return f"#{anchor}" if anchor else None

    def _changed(self, element: Element, link: str | None) -> None:
        """Read what was inserted or deleted, to be shown as such."""
        before = self._items[-1] if self._items else None
        if isinstance(before, Text) and before.look.revised:
            # A line may end between an old figure and the new one.
            self._items.append(Text(ZERO_WIDTH_SPACE, before.look))
        outer, self._change = self._change, _CHANGES[element.tag]
        self._children(element, link)
        self._change = outer

    def _deleted(self, element: Element) -> None:
        words = "".join(piece.text for piece in pieces_of(element))
        self.remark(f"修订中删除的文字没有打印：{quoted(words)}" if words else "修订中删除的内容没有打印")

    def _unknown(self, element: Element) -> None:
        name = etree.QName(element).localname
        known = {
            "AlternateContent": "图形（可能是组合图形或画布）没有打印，请改为嵌入型图片或正文",
            "commentReference": "批注没有打印",
        }
        self.remark(known.get(name, f"不认识的内容“{name}”没有打印"))

    # Fields

    def _simple_field(self, element: Element, link: str | None) -> None:
        one = OpenField([value(element, "instr") or ""])
        one.begin_result()
        self._open.append(one)
        self._children(element, link)
        self._end_field(link, None)

    def _field_character(self, element: Element, look: RunLook, link: str | None) -> None:
        kind = value(element, "fldCharType")
        if kind == "begin":
            self._open.append(OpenField(as_stored=self._revised is not None))
        elif kind == "separate" and self._open:
            self._open[-1].begin_result()
        elif kind == "end" and self._open:
            if not self._open[-1].in_result:
                self._open[-1].begin_result()
            self._end_field(link, look)

    def _instruction(self, element: Element, look: RunLook, link: str | None) -> None:
        if self._open and not self._open[-1].in_result:
            self._open[-1].code.append(element.text or "")

    def _end_field(self, link: str | None, look: RunLook | None) -> None:
        one = self._open.pop()
        style = self._style
        if not one.is_number or style is None:
            return
        instruction = one.instruction
        kind: FieldKind = instruction.name  # type: ignore[assignment]
        target = f"#{instruction.argument}" if kind == "PAGEREF" else None
        self._emit(
            Field(
                kind,
                "".join(one.stored).strip(),
                one.look or look or style.look(),
                instruction.argument,
                instruction.style,
                self._link(link) or target,
            )
        )

    # Pictures, text boxes, formulas

    def _drawing(self, element: Element, look: RunLook, link: str | None) -> None:
        for item in self._drawings.read(element, look):
            self._emit(item)

    def _pict(self, element: Element, look: RunLook, link: str | None) -> None:
        for item in self._vml.read(element, look):
            self._emit(item)

    def _object(self, element: Element, look: RunLook, link: str | None) -> None:
        self.remark("嵌入对象只打印它的预览图，请改为图片")
        self._pict(element, look, link)

    def _formula(self, element: Element, link: str | None) -> None:
        text = linear(element)
        assert self._style is not None
        self.remark(f"公式按一行文字打印：{quoted(text)}，请核对，或改为图片")
        self._emit(Text(text, self._style.look(), link))

    def _box_blocks(self, content: Element) -> Blocks:
        return self._read_box(content, place_of_box(self._place))
