"""The text of a paragraph: one walk, from which each reader takes what it needs.

What stands there reads as: a tab as a tab, a line or page break as the end of a line, a hyphen that no line may break
at as a plain one, one that shows only where a line breaks as nothing. A field reads as its result.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from generator.word.content import content, paragraphs
from generator.word.names import (
    AS_DELETED,
    DELETED,
    FIELD_MARK,
    INSTRUCTION,
    LINK,
    PARAGRAPH,
    PARAGRAPH_PROPERTIES,
    RUN,
    RUN_PROPERTIES,
    SIMPLE_FIELD,
    TEXT,
    Element,
    child,
    value,
    w,
)

_READS = {w("tab"): "\t", w("ptab"): "\t", w("br"): "\n", w("cr"): "\n", w("noBreakHyphen"): "-", w("softHyphen"): ""}
WORDS = (TEXT, AS_DELETED[TEXT])
"""What holds text that somebody typed."""
_INSTRUCTIONS = (INSTRUCTION, AS_DELETED[INSTRUCTION])
_PROPERTIES = (PARAGRAPH_PROPERTIES, RUN_PROPERTIES)
_AS_BLANKS = str.maketrans("\t\n\r", "   ")


def reads(element: Element) -> str:
    """What an element of a run reads as; empty for what is no text."""
    if element.tag in WORDS:
        return (element.text or "").translate(_AS_BLANKS)
    return _READS.get(element.tag, "")


@dataclass(frozen=True, slots=True)
class Piece:
    """One thing that stands in a paragraph: the element, and what it reads as (empty in a field's instruction)."""

    element: Element
    text: str = ""
    run: Element | None = None
    deleted: bool = False
    fields: tuple[str, ...] = ()
    """The instructions of the fields that it stands in, the outermost first."""

    @property
    def is_words(self) -> bool:
        """Whether it is text that somebody typed."""
        return self.element.tag in WORDS


@dataclass(slots=True)
class _Field:
    instruction: str
    in_result: bool = False


class TextReader:
    """Reads the paragraphs of a part in their order: a field may begin in one and end in another."""

    def __init__(self) -> None:
        self._open: list[_Field] = []

    def pieces(self, parent: Element, *, deleted: bool = False) -> Iterator[Piece]:
        """What stands in a paragraph, but for its text boxes. A link or simple field comes before what is in it."""
        for element in content(parent):
            if element.tag == RUN:
                yield from self._run(element, deleted)
            elif element.tag in DELETED:
                yield from self.pieces(element, deleted=True)
            elif element.tag not in _PROPERTIES:
                yield self._piece(element, None, deleted)
                if element.tag == LINK:
                    yield from self.pieces(element, deleted=deleted)
                elif element.tag == SIMPLE_FIELD:
                    self._open.append(_Field(value(element, "instr") or "", in_result=True))
                    yield from self.pieces(element, deleted=deleted)
                    self._open.pop()

    def text(self, paragraph: Element) -> str:
        """What is to be read in a paragraph."""
        return "".join(piece.text for piece in self.pieces(paragraph) if not piece.deleted)

    def _run(self, run: Element, deleted: bool) -> Iterator[Piece]:
        for element in content(run):
            if element.tag == w("ruby"):
                base = child(element, "rubyBase")
                yield from self.pieces(base, deleted=deleted) if base is not None else ()
                continue
            if element.tag == FIELD_MARK:
                self._mark(value(element, "fldCharType"))
            elif element.tag in _INSTRUCTIONS and self._open and not self._open[-1].in_result:
                self._open[-1].instruction += element.text or ""
            if element.tag != RUN_PROPERTIES:
                yield self._piece(element, run, deleted)

    def _mark(self, kind: str | None) -> None:
        if kind == "begin":
            self._open.append(_Field(""))
        elif kind == "separate" and self._open:
            self._open[-1].in_result = True
        elif kind == "end" and self._open:
            self._open.pop()

    def _piece(self, element: Element, run: Element | None, deleted: bool) -> Piece:
        if not self._open:
            return Piece(element, reads(element), run, deleted)
        text = reads(element) if all(field.in_result for field in self._open) else ""
        return Piece(element, text, run, deleted, tuple(field.instruction.strip() for field in self._open))


def pieces_of(paragraph: Element) -> Iterator[Piece]:
    """What stands in a paragraph, or in a part of one, read alone."""
    return TextReader().pieces(paragraph)


def text_of(element: Element) -> str:
    """What is to be read in an element: a line for each paragraph in a cell, a table, a part."""
    if element.tag == PARAGRAPH:
        return TextReader().text(element)
    return "\n".join(map(text_of, paragraphs(element)))


def words_of(paragraph: Element) -> str:
    """What was typed in a paragraph, without tabs, breaks and hyphens: what a template's tags are made of."""
    return "".join(piece.text for piece in pieces_of(paragraph) if piece.is_words and not piece.deleted)


def one_line(text: str) -> str:
    """`text` on one line, as a title is quoted: a full-width space for each break or tab."""
    return "\u3000".join(filter(None, map(str.strip, text.replace("\t", "\n").split("\n"))))


def may_read(element: Element, text: str) -> bool:
    """Whether something in `element` may read as `text`: a piece of it does. Quicker than reading it all."""
    return any(piece.text == text for piece in element.iter(TEXT))
