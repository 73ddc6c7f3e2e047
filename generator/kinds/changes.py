"""What changed between two values of a field, entry by entry, in the terms of the department's file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from generator.numbers import plain_number
from generator.pairing import align, likeness, passages

Path = tuple[str | int, ...]
"""Names as the file has them; list items by index, from 0."""
Write = Callable[[Decimal], str]
"""How an amount in 万元 is shown."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where the comparing is: the paths in both versions, differing where list items have moved, and the field."""

    old: Path
    new: Path
    field: tuple[str, ...]
    """What is put back as a whole: a list or a table is, not its parts."""

    def below(self, *steps: str | int) -> Spot:
        return replace(self, old=(*self.old, *steps), new=(*self.new, *steps))

    def part(self, name: str) -> Spot:
        """What goes by `name` below, as a field of its own."""
        return replace(self.below(name), field=(*self.field, name))

    def item(self, old: int | None, new: int | None) -> Spot:
        """The items of a list with these indexes."""
        first = old if old is not None else new
        second = new if new is not None else old
        assert first is not None and second is not None
        return replace(self, old=(*self.old, first), new=(*self.new, second))


@dataclass(frozen=True, slots=True)
class EntryChange:
    """An entry as both versions have it, as text; empty where one has none."""

    spot: Spot
    old: str
    new: str
    moved: bool = False
    was: bool | None = None
    """Whether there was such an entry; `None`: where it reads as anything."""
    is_: bool | None = None
    """The same of the new version."""


def texts_changed(old: Sequence[str], new: Sequence[str], spot: Spot) -> Iterator[EntryChange]:
    """What changed in a list of texts."""
    for i, j, moved in with_moves(old, new):
        texts = old[i] if i is not None else "", new[j] if j is not None else ""
        if moved or texts[0] != texts[1]:
            yield EntryChange(spot.item(i, j), *texts, moved)


def with_moves(
    old: Sequence[str], new: Sequence[str], *, key_only: bool = False
) -> Iterator[tuple[int | None, int | None, bool]]:
    """Which entries belong together, and whether one stands elsewhere than before.

    `key_only`: entries are names, which are the same or not at all.
    """
    pairs = align(old, new, lambda i, j: 0.0 if key_only else likeness(old[i], new[j]), quick=True)
    gone = [i for i, j in pairs if j is None and i is not None]
    moved: dict[int, int] = {}
    for i, j in pairs:
        if i is None and j is not None and (source := next((g for g in gone if old[g] == new[j]), None)) is not None:
            gone.remove(source)
            moved[j] = source
    for i, j in pairs:
        if i is None and j in moved:
            yield moved[j], j, True
        elif j is not None or i in gone:
            yield i, j, False


def merged(old: Iterable[str], new: Iterable[str]) -> list[str]:
    """All of both, each once, in the order of both."""
    olds, news = list(old), list(new)
    result: dict[str, None] = {}
    for passage in passages(olds, news):
        result |= dict.fromkeys(olds[i] for i in passage.old)
        result |= dict.fromkeys(news[j] for j in passage.new)
    return list(result)


def shown(value: Any, amount: Write | None = None) -> str:
    """A single value as text; `amount`: how it is shown if it is one."""
    if value is None:
        return ""
    if isinstance(value, Decimal | int):
        return amount(Decimal(value)) if amount else plain_number(value)
    return str(value)


def flat(value: Any) -> str:
    """A value of any kind as one text, to be compared and shown."""
    match value:
        case None:
            return ""
        case dict():
            return "；".join(f"{key}：{text}" for key, entry in value.items() if (text := flat(entry)))
        case list() | tuple():
            return "；".join(map(flat, value))
        case Decimal():
            return f"{value.normalize():f}"
        case _:
            return str(value)
