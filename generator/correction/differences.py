"""What differs between two finished documents: sentences, cells, rows, paragraphs, pictures, pages in the 目录.

It reads what a reader of the publication does, and is quick enough to be done for every change that is taken back;
`revision`, which marks changes in Word's own way, has to look at much more.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Any

from generator.correction.document import Filled, FilledBlock, FilledParagraph, FilledTable
from generator.numbers import FIGURE
from generator.pairing import align, likeness

_SENTENCE = re.compile(r"[^。！？\n]*[。！？\n][”）]*|[^。！？\n]+")
_FIGURE = re.compile(FIGURE)
_MOST_LABELS = 3
_WHOLE, _SAME_LABEL = 1.0, 0.6


class What(Enum):
    """What of a document differs."""

    SENTENCE = "句"
    PARAGRAPH = "段"
    CELL = "单元格"
    ROW = "行"
    TABLE = "表"
    PICTURE = "图"
    PAGE = "目录页码"


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that differs, in the order of the new document; an empty text for what one of them does not have.

    The text of a row has tabs between its cells, that of a table a line for each row.
    """

    what: What
    headings: tuple[str, ...]
    where: tuple[str, ...]
    """Within a table: its title, the row, the column."""
    old: str
    new: str
    old_element: Any
    """The paragraph or row of the old document in which it stands, or in whose place; `None` where there is none."""
    new_element: Any
    position: int
    """Of its paragraph or table among the blocks of the new document."""

    @property
    def place(self) -> str:
        """The place in the user's terms."""
        return " › ".join((*self.headings, *self.where))

    def is_part_of(self, other: Difference) -> bool:
        """Whether `other`, a difference of the same new document from another old one, tells of the same change."""
        if not self.new:
            return not other.new and _overlap(self.old, other.old)
        same_place = self.position == other.position and all(
            a == b for a, b in zip(self.where, other.where, strict=False)
        )
        return same_place and bool(other.new) and _overlap(self.new, other.new)


def _overlap(one: str, other: str) -> bool:
    return one in other or other in one


def compare(
    old: Filled, new: Filled, only_first: Callable[[FilledTable], int | None] = lambda table: None
) -> list[Difference]:
    """All differences of two documents; of a table for which `only_first` gives a number, those of as many rows."""
    return list(_Comparing(old, new).differences(only_first))


def sentences(text: str) -> list[str]:
    """`text` in its sentences, each with its stop."""
    return [part.strip() for part in _SENTENCE.findall(text) if part.strip()]


class _Comparing:
    def __init__(self, old: Filled, new: Filled) -> None:
        self._old = old.blocks
        self._new = new.blocks

    def differences(self, only_first: Callable[[FilledTable], int | None]) -> Iterator[Difference]:
        position = 0
        keys, new_keys = ([block.key for block in blocks] for blocks in (self._old, self._new))
        for i, j in align(keys, new_keys, lambda i, j: _alike(self._old[i], self._new[j]), quick=True):
            one, other = self._old[i] if i is not None else None, self._new[j] if j is not None else None
            position = j if j is not None else position
            if isinstance(one, FilledTable) and isinstance(other, FilledTable):
                yield from _tables(one.begun(only_first(one)), other.begun(only_first(other)), position)
            elif isinstance(one, FilledParagraph) and isinstance(other, FilledParagraph):
                yield from _paragraphs(one, other, position)
            else:
                yield from _alone(one, other, position)


def _alike(one: FilledBlock, other: FilledBlock) -> float:
    if isinstance(one, FilledTable) and isinstance(other, FilledTable):
        if one.style != other.style:
            return 0.0
        same_heads = one.rows[: one.heads] == other.rows[: other.heads]
        return _WHOLE if one.heads and same_heads else likeness(one.key[:400], other.key[:400])
    if isinstance(one, FilledParagraph) and isinstance(other, FilledParagraph):
        if one.pictures and other.pictures:
            return _WHOLE
        return likeness(one.text, other.text) if bool(one.page) == bool(other.page) else 0.0
    return 0.0


def _alone(one: FilledBlock | None, other: FilledBlock | None, position: int) -> Iterator[Difference]:
    """A block that one document has and the other has not."""
    block = one or other
    assert block is not None
    elements = (_element(one), _element(other))
    if isinstance(block, FilledTable):
        texts = (_table_text(one), _table_text(other))
        yield Difference(What.TABLE, block.headings, (block.title,), *texts, *elements, position)
        return
    texts = (
        one.text if isinstance(one, FilledParagraph) else "",
        other.text if isinstance(other, FilledParagraph) else "",
    )
    if any(texts):
        yield Difference(What.PARAGRAPH, block.headings, (), *texts, *elements, position)
    if block.pictures:
        texts = (_said(block) if one else "", _said(block) if other else "")
        yield Difference(What.PICTURE, block.headings, (), *texts, *elements, position)


def _element(block: FilledBlock | None) -> Any:
    return block.elements[0] if isinstance(block, FilledTable) else block.element if block else None


def _table_text(block: FilledBlock | None) -> str:
    return block.key if isinstance(block, FilledTable) else ""


def _paragraphs(one: FilledParagraph, other: FilledParagraph, position: int) -> Iterator[Difference]:
    common = (one.element, other.element, position)
    if one.page != other.page:
        yield Difference(What.PAGE, (), (other.text,), one.page, other.page, *common)
    before, after = sentences(one.text), sentences(other.text)
    if one.text != other.text:
        for i, j in align(before, after, lambda i, j: likeness(before[i], after[j]), quick=True):
            texts = before[i] if i is not None else "", after[j] if j is not None else ""
            if texts[0] != texts[1]:
                yield Difference(What.SENTENCE, other.headings, (), *texts, *common)
    if one.pictures != other.pictures:
        yield Difference(What.PICTURE, other.headings, (), _said(one), _said(other), *common)


def _said(paragraph: FilledParagraph) -> str:
    """What the pictures of a paragraph say to those who cannot see them."""
    return "；".join(picture.split("\t")[0] for picture in paragraph.pictures)


def _tables(one: FilledTable, other: FilledTable, position: int) -> Iterator[Difference]:
    at, above = other.headings, (other.title,) if other.title else ()
    for i, j in align(one.rows, other.rows, lambda i, j: _rows_alike(one.rows[i], other.rows[j]), quick=True):
        elements = one.elements[i] if i is not None else None, other.elements[j] if j is not None else None
        before, after = one.rows[i] if i is not None else (), other.rows[j] if j is not None else ()
        if before == after:
            continue
        if len(before) != len(after):
            label = _label(after or before)
            texts = "\t".join(before), "\t".join(after)
            yield Difference(What.ROW, at, (*above, label), *texts, *elements, position)
            continue
        for column, (text, now) in enumerate(zip(before, after, strict=True)):
            if text != now:
                where = (*above, *dict.fromkeys((_label(after, column), _head(other, column, len(after)))))
                yield Difference(What.CELL, at, where, text, now, *elements, position)


def _rows_alike(one: tuple[str, ...], other: tuple[str, ...]) -> float:
    if len(one) != len(other):
        return 0.0
    same = sum(a == b for a, b in zip(one, other, strict=True)) / len(one)
    if _label(one) == _label(other):
        same = max(same, _SAME_LABEL)
    return max(same, likeness("\t".join(one), "\t".join(other)))


def _label(row: tuple[str, ...], column: int | None = None) -> str:
    """What a row is known by: its first text; to the left of a `column`, the texts there that are no figures."""
    first = next((text for text in row if text), "")
    texts = [text for text in row[:column] if text and not _FIGURE.fullmatch(text)] if column else []
    return " ".join(texts[-_MOST_LABELS:]) or first


def _head(table: FilledTable, column: int, columns: int) -> str:
    """What stands over a column, where the heads have as many cells as the row."""
    for row in reversed(table.rows[: table.heads]):
        if len(row) == columns and row[column]:
            return row[column]
    return f"第 {column + 1} 格"
