"""A PDF held against the one it should be: its figures in the order of the text, whoever laid out its pages.

Lines and pages may break elsewhere, and heads of tables come again on other pages; so a figure is known by the words
before it and by how many figures stand between them and it, and what remains unmatched is held against each other by
its value.
"""

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate

import pypdfium2

from generator.pairing import passages
from generator.readback.figures import Figure, figures_in
from generator.readback.wrong_figures import Result, WrongFigure
from generator.word import Package, UnreadableDocument

_ENTRY = re.compile(r".*(?:[.．…·]\s?){3,}\s*[0-9ivxIVX]+\s*")
"""A line of the 目录: its number is that of a page, which is another one in another layout."""
_DASHED = re.compile(r"\s*[-—–]\s*\d+\s*[-—–]\s*")
_PAGE_NUMBER = re.compile(r"[-—–\s]*\d+[-—–\s]*|第\s*\d+\s*页.*")
_ROW = re.compile(r"\d{1,7}\s+[^\d\s].*[\d.]")
"""A row of a table that begins with its number or its code."""
_WORDS_KNOWN = 10
"""Characters before a figure that tell which one it is."""


@dataclass(frozen=True, slots=True)
class _Line:
    page: int
    """The number of its sheet, from 1."""
    text: str


@dataclass(frozen=True, slots=True)
class _Token:
    figure: Figure
    key: tuple[str, int]
    page: int
    line: str
    is_drawn: bool
    """Whether it may stand in a picture."""

    @property
    def identity(self) -> tuple[tuple[str, int], tuple[str, ...]]:
        """The same for two figures that say the same after the same words."""
        return self.key, self.figure.meaning

    @property
    def is_amount(self) -> bool:
        """Whether it is sure to be a figure of the accounts; a plain whole number may be a column's or a page's."""
        return "." in self.figure.text or bool(self.figure.meaning[1:] and self.figure.meaning[1])


_Pair = tuple[_Token | None, _Token | None]


def drawn_texts(docx: bytes) -> list[str]:
    """What stands in the pictures of a Word file that are there as SVG. Raises `UnreadableDocument`."""
    package = Package(docx)
    roots = [root for name in package.names if name.endswith(".svg") and (root := package.xml(name)) is not None]
    return ["".join(map(str, text.itertext())) for root in roots for text in root.iter("{*}text")]


def wrong_figures_of_pdf(expected: bytes, found: bytes, pictures: Collection[str] = ()) -> Result:
    """The figures of the PDF `found` that are not those of `expected`. Raises `UnreadableDocument`.

    `pictures`: texts that stand in pictures, which another program may have drawn without letters.
    """
    drawn = frozenset("".join(text.split()) for text in pictures)
    left, right = list(_tokens(expected, drawn)), list(_tokens(found, drawn))
    unequal: list[_Pair] = []
    doubtful: list[_Pair] = []
    for passage in passages([one.key for one in left], [one.key for one in right]):
        lost, extra = [left[i] for i in passage.old], [right[j] for j in passage.new]
        if passage.is_same:
            pairs = [(a, b) for a, b in zip(lost, extra, strict=True) if a.figure.meaning != b.figure.meaning]
            unequal += [(a, b) for a, b in pairs if a.is_amount and b.is_amount]
            doubtful += [(a, b) for a, b in pairs if not (a.is_amount or b.is_amount)]
            mixed = [(a, b) for a, b in pairs if a.is_amount is not b.is_amount]
            lost, extra = [a for a, _ in mixed], [b for _, b in mixed]
        doubtful += [(one, None) for one in lost]
        doubtful += [(None, one) for one in extra]
    # Heads of tables, and sums that stand there, come again on every page that a table goes on to.
    printed = {key for one in left for key in (one.identity, one.line)}
    found_again = {one.identity for one in right}
    for a, b in _settled(doubtful):
        if (a or not b or not printed & {b.identity, b.line}) and (b or not a or a.identity not in found_again):
            unequal.append((a, b))
    unequal.sort(key=lambda pair: max(one.page for one in pair if one))
    return Result(tuple(_wrong_figure(a, b) for a, b in unequal), sum(one.figure.is_number for one in left), 0)


def _settled(pairs: list[_Pair]) -> Iterator[_Pair]:
    """Of pairs that may be wrongly matched, those of whose values there is none on the other side.

    Pairs that remain as they were stay; other amounts are matched by the words before them.
    """
    lost, extra = ([pair[side] for pair in pairs if pair[side]] for side in (0, 1))
    values = Counter(one.figure.meaning for one in lost if one) & Counter(one.figure.meaning for one in extra if one)
    remaining = {id(one) for tokens in (lost, extra) for one in _without(tokens, values.copy())}
    after: defaultdict[tuple[str, int], list[_Token]] = defaultdict(list)
    rest: list[_Token] = []
    for a, b in pairs:
        if a and b and id(a) in remaining and id(b) in remaining:
            yield a, b
            continue
        if a and id(a) in remaining and a.is_amount and not a.is_drawn:
            rest.append(a)
        if b and id(b) in remaining and b.is_amount and not b.is_drawn:
            after[b.key].append(b)
    for one in rest:
        yield one, after[one.key].pop(0) if after[one.key] else None
    for tokens in after.values():
        yield from ((None, one) for one in tokens)


def _without(tokens: Iterable[_Token | None], values: Counter[tuple[str, ...]]) -> Iterator[_Token]:
    """`tokens` but for as many of each value as `values` says."""
    for one in tokens:
        if one and values[one.figure.meaning]:
            values[one.figure.meaning] -= 1
        elif one:
            yield one


def _wrong_figure(left: _Token | None, right: _Token | None) -> WrongFigure:
    token = right or left
    assert token is not None
    place = f"第 {token.page} 页，“{token.line}”" if right else f"应在第 {token.page} 页前后，“{token.line}”"
    texts = [one.figure.text if one else "" for one in (left, right)]
    return WrongFigure("文字", place, texts[0], texts[1], token.line)


def _tokens(pdf: bytes, drawn: Collection[str]) -> Iterator[_Token]:
    lines = list(_lines(pdf))
    starts = [0, *accumulate(len(line.text) + 1 for line in lines)]
    row_starts = {start for start, line in zip(starts, lines, strict=False) if _ROW.fullmatch(line.text)}
    text = "\n".join(line.text for line in lines)
    words, ordinal, end = "", 0, 0
    for figure in figures_in(text):
        line = lines[bisect_right(starts, figure.start) - 1]
        if figure.start in row_starts:
            continue  # a row's number or code is part of its words
        between = "".join(text[end : figure.start].split())
        end = figure.end
        if between:
            words, ordinal = between[-_WORDS_KNOWN:], 0
        ordinal += 1
        yield _Token(figure, (words, ordinal), line.page, line.text, _is_drawn(line.text, drawn))


def _is_drawn(line: str, drawn: Collection[str]) -> bool:
    return "".join(line.split()) in drawn or all(piece in drawn for piece in line.split())


def _lines(pdf: bytes) -> Iterator[_Line]:
    """The lines of text, without the 目录 and the numbers of pages."""
    try:
        document = pypdfium2.PdfDocument(pdf)
        try:
            for number in range(len(document)):
                text = document[number].get_textpage().get_text_bounded()
                lines = [line for line in text.splitlines() if line.strip()]
                for index, line in enumerate(lines):
                    is_edge = index in (0, len(lines) - 1)
                    is_number = _DASHED.fullmatch(line) or (is_edge and _PAGE_NUMBER.fullmatch(line.strip()))
                    if not _ENTRY.fullmatch(line) and not is_number:
                        yield _Line(number + 1, line.strip())
        finally:
            document.close()
    except pypdfium2.PdfiumError:
        raise UnreadableDocument("不是可读的 PDF。") from None
