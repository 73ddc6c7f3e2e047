"""A Word document held against the one it should be: rows of tables cell by cell, paragraphs figure by figure."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from generator.numbers import AMOUNT
from generator.pairing import align, likeness, passages
from generator.readback.figures import figures_in, masked, pairs_of, sentence_at
from generator.readback.wrong_figures import Result, WrongFigure
from generator.word import CellWords, Package, ParagraphWords, RowWords, words_of_document

_AMOUNT = re.compile(AMOUNT)
_LIKE = 0.5
"""From this likeness on, a paragraph or row is taken for another one changed."""
_SAME = 0.95
"""From this likeness on, paragraphs are taken for the same words, parted otherwise."""
_LONGEST_CONTEXT = 120


@dataclass(frozen=True, slots=True)
class _Item:
    """A paragraph, or a row of a table (which has `row`), with where it stands."""

    key: str
    text: str
    place: str
    row: RowWords | None = None
    heads: tuple[RowWords, ...] = ()
    is_table: bool = False


def wrong_figures_of_word(expected: bytes, found: bytes, asides: Collection[str] = ()) -> Result:
    """The figures of the Word document `found` that are not those of `expected`.

    `asides`: what stands in the heads of tables and names no column. Raises `UnreadableDocument`.
    """
    left, right = list(_items(expected, asides)), list(_items(found, asides))
    pairs: list[tuple[_Item | None, _Item | None]] = []
    for passage in passages([one.key for one in left], [one.key for one in right]):
        pairs += _paired([left[i] for i in passage.old], [right[j] for j in passage.new])
    wrong = [figure for a, b in pairs for figure in _compare(a, b, asides)]
    compared = sum(figure.is_number for one in left for figure in figures_in(one.text))
    reworded = sum(_is_reworded(a, b) for a, b in pairs)
    return Result(tuple(wrong), compared, reworded)


def _items(data: bytes, asides: Collection[str]) -> Iterator[_Item]:
    heading = ""
    for block in words_of_document(Package(data)):
        if isinstance(block, ParagraphWords):
            heading = block.text if block.is_heading else heading
            yield _Item(masked(block.text), block.text, heading)
        else:
            heads = tuple(row for row in block.rows if row.is_head)
            place = _title(heads, asides) or heading
            for row in block.rows:
                text = " ".join(cell.text for cell in row.cells if cell.text)
                yield _Item(_row_key(row), text, place, row, heads, True)


def _row_key(row: RowWords) -> str:
    texts = ("".join(cell.text.split()) for cell in row.cells)
    return "|".join("#" if _AMOUNT.fullmatch(text) else text for text in texts)


def _title(heads: tuple[RowWords, ...], asides: Collection[str]) -> str:
    """What stands over the whole width of a table, such as its number and name."""
    wide = (row.cells[0].text for row in heads if len(row.cells) == 1)
    return " ".join("".join(text.split()) for text in wide if text and text not in asides)


def _paired(left: list[_Item], right: list[_Item]) -> list[tuple[_Item | None, _Item | None]]:
    """The items of a passage, those alike side by side in their order."""
    if len(left) != len(right) and (whole := _rejoined(left, right)):
        return [whole]
    keys, found_keys = ([one.key for one in side] for side in (left, right))
    pairs = align(keys, found_keys, lambda i, j: _alike(left[i], right[j]), least=_LIKE, quick=True)
    return [(None if i is None else left[i], None if j is None else right[j]) for i, j in pairs]


def _rejoined(left: list[_Item], right: list[_Item]) -> tuple[_Item, _Item] | None:
    """Paragraphs that somebody has parted or joined, as one on each side; `None` where it is more than that."""
    if not left or not right or any(one.is_table for one in (*left, *right)):
        return None
    a, b = (_Item("".join(o.key for o in side), "".join(o.text for o in side), side[0].place) for side in (left, right))
    return (a, b) if likeness(a.key, b.key, _SAME) >= _SAME else None


def _alike(left: _Item, right: _Item) -> float:
    return likeness(left.key, right.key, _LIKE) if left.is_table is right.is_table else 0.0


def _compare(left: _Item | None, right: _Item | None, asides: Collection[str]) -> Iterator[WrongFigure]:
    if left and right:
        if left.row and right.row and len(left.row.cells) == len(right.row.cells):
            yield from _compare_cells(left, left.row, right.row, asides)
        elif left.text != right.text:
            yield from _compare_texts(left, right)
        return
    alone = left or right
    if alone and any(figure.is_number for figure in figures_in(alone.text)):
        kind = ("缺" if left else "多") + ("行" if alone.is_table else "段")
        text = _short(alone.text)
        place = f"{alone.place}{kind}"
        yield WrongFigure(kind, place, text if left else "", "" if left else text, "" if left else text)


def _compare_cells(item: _Item, expected: RowWords, found: RowWords, asides: Collection[str]) -> Iterator[WrongFigure]:
    for left, right in zip(expected.cells, found.cells, strict=True):
        if left.text == right.text:
            continue
        for a, b in pairs_of(left.text, right.text):
            label = _label(expected, left)
            column = _column([row for row in item.heads if row is not expected], left.start, asides)
            place = "，".join(part for part in (item.place, f"“{label}”行" if label else "", column) if part)
            context = _short(" ".join(cell.text for cell in found.cells if cell.text))
            yield WrongFigure("表格", place, a.text if a else "", b.text if b else "", context)


def _label(row: RowWords, of: CellWords) -> str:
    """What names the row of the cell `of`: the texts nearest before it that are not amounts."""
    texts: list[str] = []
    after_amount = False
    for cell in row.cells:
        if cell is of:
            break
        if _AMOUNT.fullmatch(cell.text.strip()):
            after_amount = True
        elif cell.text.strip():
            texts = [*([] if after_amount else texts), "".join(cell.text.split())]
            after_amount = False
    return " ".join(texts)


def _column(heads: Collection[RowWords], column: int, asides: Collection[str]) -> str:
    """The heads over a column, from above."""
    names: list[str] = []
    for row in heads:
        for cell in row.cells:
            name = "".join(cell.text.split())
            wanted = len(row.cells) > 1 and name not in (*names, "") and name not in asides
            if wanted and cell.start <= column < cell.end and not (name.isdecimal() or _AMOUNT.fullmatch(name)):
                names.append(name)
    return f"“{'·'.join(names)}”栏" if names else ""


def _compare_texts(left: _Item, right: _Item) -> Iterator[WrongFigure]:
    for a, b in pairs_of(left.text, right.text):
        sentence = _short(sentence_at(right.text, b.start) if b else sentence_at(left.text, a.start if a else 0))
        place = f"{left.place}，“{sentence}”" if left.place else f"“{sentence}”"
        yield WrongFigure("文字", place, a.text if a else "", b.text if b else "", sentence)


def _is_reworded(left: _Item | None, right: _Item | None) -> bool:
    texts = [[figure.meaning for figure in figures_in(one.text)] if one else [] for one in (left, right)]
    words = ["".join(one.text.split()) if one else "" for one in (left, right)]
    return texts[0] == texts[1] and masked(words[0]) != masked(words[1])


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST_CONTEXT else f"{text[:_LONGEST_CONTEXT]}……"
