"""The texts that a department typed, each with its place: what its words are checked in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.edition import Edition
from generator.findings import Place, in_words
from generator.kinds import ABOVE, HEADS, LEFT, FieldKind, FieldSpec, within_sentence
from generator.numbers import TYPED_AMOUNT
from generator.reading import Mapping, Node, Scalar, Sequence

Path = tuple[str | int, ...]

_OF_COLUMNS = ("键", "宽", "对齐", "类型")


@dataclass(frozen=True, slots=True)
class TypedText:
    """A text as it stands in the file."""

    text: str
    path: Path
    """The keys that lead to it, as they are written, and the numbers of items of lists."""
    start: Place
    below: bool = False
    """Whether it begins on the line below `start`."""

    def place_of(self, offset: int) -> Place:
        """Where the character at `offset` is written, by its line."""
        where = in_words(self.path)
        if not self.below or self.start.line is None:
            return self.start.within(where)
        line = self.start.line + 1 + self.text.count("\n", 0, offset)
        return Place(self.start.file, line, 1, where)


def typed_texts(edition: Edition, source: Mapping) -> Iterator[TypedText]:
    """Every text of the fields of `edition` in a department's file, in the order of the fields."""
    yield from _of_group(edition.fields, source, ())


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
        yield from _all(node, path, field.kind)
    elif not field.kind.repeats:
        yield from _of_group(field.below, node, path)
    elif isinstance(node, Sequence):
        for index, item in enumerate(node.items):
            yield from _of_group(field.below, item, (*path, index))
    elif isinstance(node, Mapping):
        for key, item in node.entries.items():
            yield from _of_group(field.below, item, (*path, key))


def _all(node: Node, path: Path, kind: FieldKind) -> Iterator[TypedText]:
    """Every text of `node`, which is a field of this `kind`; those of its keys too where they are published."""
    if isinstance(node, Scalar):
        if node.text.strip() not in ("", ABOVE, LEFT) and not TYPED_AMOUNT.fullmatch(node.text):
            text = within_sentence(node.text) if kind.in_sentence else node.text
            yield TypedText(text, path, node.place, node.below)
    elif isinstance(node, Sequence):
        for index, item in enumerate(node.items):
            yield from _all(item, (*path, index), kind)
    else:
        for key, item in node.entries.items():
            if kind.keys_are_texts:
                yield TypedText(key, path, node.keys[key])
            if HEADS not in path or key not in _OF_COLUMNS:
                yield from _all(item, (*path, key), kind)
