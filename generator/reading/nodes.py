"""A document as a tree of nodes, each with its place.

Scalars keep the text that stands in the file: what it means (a subject code, an amount, a word) is decided by the
field it fills, so YAML's own guesses (`是`, `2020`, `1_000`, `1:30`) never turn one thing into another.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from generator.findings import Place


class NextLine(NamedTuple):
    """Where a text without quotes goes on, with the line before."""

    place: Place
    before: str


@dataclass(frozen=True, slots=True)
class Scalar:
    """A single value. `empty` is true for a key with nothing behind it, `~` or JSON's `null`."""

    text: str
    place: Place
    empty: bool = False
    comment: str = ""
    """What follows “ #” on its line, which is no part of it; of a text without quotes only."""
    lines: tuple[int, ...] = ()
    """Where in the text each line of the file below that of its place begins."""
    continued: tuple[NextLine, ...] = ()
    """Its further lines, where it has no quotes: YAML joins them."""


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list of nodes."""

    items: tuple[Node, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys and their nodes, in the order of the file; `keys` holds the place of each key."""

    entries: dict[str, Node]
    keys: dict[str, Place]
    place: Place


Node: TypeAlias = Scalar | Sequence | Mapping


def plain(node: Node) -> object:
    """`node` as texts, lists and dicts, `None` for an empty value."""
    if isinstance(node, Scalar):
        return None if node.empty else node.text
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    return {key: plain(value) for key, value in node.entries.items()}


def node_at(node: Node, path: tuple[int | str, ...]) -> Place:
    """The place of the node that `path` leads to, or of the nearest one above it."""
    place = node.place
    for step in path:
        if isinstance(node, Mapping) and isinstance(step, str) and step in node.entries:
            place, node = node.keys[step], node.entries[step]
        elif isinstance(node, Sequence) and isinstance(step, int) and step < len(node.items):
            node = node.items[step]
            place = node.place
    return place
