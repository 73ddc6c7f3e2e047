"""The texts that a department typed, each with its place: what its words are checked in."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from generator.edition import CORRECTIONS, DEPARTMENT, REASON, SUBJECTS, TABLES, Edition
from generator.findings import Place, in_words
from generator.kinds import ABOVE, FORMER_CONTENT, HEADS, LEFT, FieldSpec, within_sentence
from generator.numbers import TYPED_AMOUNT
from generator.reading import Mapping, Node, Scalar, Sequence

Path = tuple[str | int, ...]

_OF_COLUMNS = ("键", "宽", "对齐", "类型", FORMER_CONTENT)


@dataclass(frozen=True, slots=True)
class TypedText:
    """A text as it stands in the file."""

    text: str
    path: Path
    """The keys that lead to it, as they are written, and the numbers of items of lists."""
    start: Place
    lines: tuple[int, ...] = ()
    """Where in the text each line of the file below that of `start` begins."""

    def place_of(self, offset: int) -> Place:
        """Where the character at `offset` is written, by its line."""
        where = in_words(self.path)
        below = bisect_right(self.lines, offset)
        if not below or self.start.line is None:
            return self.start.within(where)
        return Place(self.start.file, self.start.line + below, 1, where)


def typed_texts(edition: Edition, source: Mapping) -> Iterator[TypedText]:
    """Every text in a department's file that is published: its name, its own subjects, the fields of `edition`, why
    it corrected what."""
    for name in (DEPARTMENT, SUBJECTS):
        if name in source.entries:
            yield from _all(source.entries[name], (name,))
    yield from _own_rows(edition, source.entries.get(TABLES))
    yield from _of_group(edition.fields, source, ())
    corrections = source.entries.get(CORRECTIONS)
    for index, one in enumerate(corrections.items if isinstance(corrections, Sequence) else ()):
        if isinstance(one, Mapping) and REASON in one.entries:
            yield from _all(one.entries[REASON], (CORRECTIONS, index, REASON))


def _of_group(fields: tuple[FieldSpec, ...], node: Node, path: Path) -> Iterator[TypedText]:
    for field in fields:
        if (
            isinstance(node, Mapping)
            and field.name in node.entries
            and not (field.kind.is_number or field.kind.is_amount)
        ):
            yield from _of_field(field, node.entries[field.name], (*path, field.name))


def _of_field(field: FieldSpec, node: Node, path: Path) -> Iterator[TypedText]:
    if not field.below:
        yield from _all(node, path, field.kind.in_sentence, field.kind.keys_are_texts)
    elif not field.kind.repeats:
        yield from _of_group(field.below, node, path)
    elif isinstance(node, Sequence):
        for index, item in enumerate(node.items):
            yield from _of_group(field.below, item, (*path, index))
    elif isinstance(node, Mapping):
        for key, item in node.entries.items():
            yield from _of_group(field.below, item, (*path, key))


def _own_rows(edition: Edition, tables: Node | None) -> Iterator[TypedText]:
    """The rows of tables whose subjects have their names from the department."""
    known = {code for codes in edition.code_lists.values() for code in codes}
    for number, rows in tables.entries.items() if isinstance(tables, Mapping) else ():
        for row, place in rows.keys.items() if isinstance(rows, Mapping) else ():
            code, _, name = row.partition(" ")
            if code.isdigit() and name and code not in known:
                yield TypedText(row, (TABLES, number), place)


def _all(node: Node, path: Path, in_sentence: bool = False, keys_too: bool = False) -> Iterator[TypedText]:
    """Every text of `node`, as it stands in a sentence of the template or on its own; those of its keys too where they
    are published."""
    if isinstance(node, Scalar):
        if node.text.strip() not in ("", ABOVE, LEFT) and not TYPED_AMOUNT.fullmatch(node.text):
            text = within_sentence(node.text) if in_sentence else node.text
            before = node.text.find(text)
            yield TypedText(text, path, node.place, tuple(max(0, at - before) for at in node.lines))
    elif isinstance(node, Sequence):
        for index, item in enumerate(node.items):
            yield from _all(item, (*path, index), in_sentence, keys_too)
    else:
        for key, item in node.entries.items():
            if keys_too:
                yield TypedText(key, path, node.keys[key])
            if HEADS not in path or key not in _OF_COLUMNS:
                yield from _all(item, (*path, key), in_sentence, keys_too)
