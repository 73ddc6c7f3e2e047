"""Entries written into the text of a YAML or JSON file, every other character of which stays as it is."""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml

from generator.reading.composing import events_in_place

Entries = Mapping[str, "str | Entries"]
"""What is to stand under a key: a value as it is written, or entries below it."""
_SAFE = re.compile(r"[^\W_][^\s,:#\[\]{}\"'&*!|>%@`]*(?: [^\s,:#\[\]{}\"'&*!|>%@`]+)*")
_LINE_END = re.compile(r"\r\n|\r|\n")
_NUMBER_OF_A_NAME = re.compile(r"(?<=\D)\d+")
_IN_BRACES = 2
"""How deep those keys are whose entries are written in braces: the rows of a table."""


def with_entries(text: str, entries: Entries) -> str:
    """`text` with `entries`: the values of keys that it has are replaced, other keys added.

    A key with a number is put before the first beside it with a greater one; others are put before all.
    """
    written, done = "", 0
    for edit in sorted(_Editor(text).edits(entries), key=lambda edit: edit.start):
        written += text[done : edit.start] + edit.text
        done = edit.end
    return written + text[done:]


def plain_or_quoted(text: str) -> str:
    """`text` as a key or a value of YAML, in quotes only where it needs them."""
    return text if _SAFE.fullmatch(text) else json.dumps(text, ensure_ascii=False)


def in_braces(entries: Entries, *, quoted: bool = False) -> str:
    """`entries` on one line: `{基本支出: 1.00, 项目支出: 2.00}`; `quoted`: with keys as JSON has them."""
    return f"{{{', '.join(_pairs(entries, quoted))}}}"


def _pairs(entries: Entries, quoted: bool) -> Iterator[str]:
    for key, value in entries.items():
        name = json.dumps(key, ensure_ascii=False) if quoted else plain_or_quoted(key)
        yield f"{name}: {value if isinstance(value, str) else in_braces(value, quoted=quoted)}"


@dataclass(frozen=True, slots=True)
class _Edit:
    start: int
    end: int
    text: str


@dataclass(slots=True)
class _Spot:
    """Where a node stands in the text."""

    start: int
    end: int
    in_braces: bool = False
    keys: dict[str, int] = field(default_factory=dict)
    """Of a mapping: where each key begins."""
    entries: dict[str, _Spot] = field(default_factory=dict)


class _Editor:
    def __init__(self, text: str) -> None:
        self._text = text
        self._lines = [0, *(found.end() for found in _LINE_END.finditer(text))]
        found = _LINE_END.search(text)
        self._line_end = found[0] if found else "\n"
        self._events = events_in_place(text)
        while not isinstance(event := next(self._events), yaml.NodeEvent):
            pass
        self._root = self._spot(event)

    def edits(self, entries: Entries) -> Iterator[_Edit]:
        """What is to be changed, each place once."""
        yield from self._below(self._root, entries, 0)

    def _spot(self, event: yaml.Event) -> _Spot:
        start = self._offset(event.start_mark)
        if isinstance(event, yaml.SequenceStartEvent):
            while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
                self._spot(event)
            return _Spot(start, self._offset(event.end_mark))
        if not isinstance(event, yaml.MappingStartEvent):
            return _Spot(start, self._offset(event.end_mark))
        spot = _Spot(start, start, bool(event.flow_style))
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            assert isinstance(event, yaml.ScalarEvent), "a document that was read has no other keys"
            key = event.value.strip()
            spot.keys[key] = self._offset(event.start_mark)
            spot.entries[key] = self._spot(next(self._events))
        spot.end = self._offset(event.end_mark)
        return spot

    def _offset(self, mark: Any) -> int:
        offset: int = self._lines[mark.line] + mark.column
        return offset

    def _below(self, spot: _Spot, entries: Entries, depth: int) -> Iterator[_Edit]:
        for key, value in entries.items():
            if key in spot.entries:
                yield from self._at(spot, key, value, depth)
        new = {key: value for key, value in entries.items() if key not in spot.entries}
        if new and spot.in_braces:
            yield self._added_in_braces(spot, new)
        elif new:
            yield from self._added_lines(spot, new, depth)

    def _at(self, above: _Spot, key: str, value: str | Entries, depth: int) -> Iterator[_Edit]:
        spot = above.entries[key]
        if spot.entries and not isinstance(value, str):
            yield from self._below(spot, value, depth + 1)
        elif isinstance(value, str):
            yield self._replaced(spot, value)
        elif above.in_braces or spot.in_braces or depth >= _IN_BRACES:
            yield self._replaced(spot, in_braces(value, quoted=self._root.in_braces))
        else:
            end = _LINE_END.search(self._text, spot.start)
            at = end.start() if end else len(self._text)
            indent = above.keys[key] - self._line_of(above.keys[key]) + 2
            yield _Edit(at, at, self._line_end + self._written(value, indent, depth + 1).removesuffix(self._line_end))

    def _replaced(self, spot: _Spot, value: str) -> _Edit:
        behind_colon = spot.start and self._text[spot.start - 1] == ":"
        return _Edit(spot.start, spot.end, f" {value}" if behind_colon else value)

    def _added_in_braces(self, spot: _Spot, new: Entries) -> _Edit:
        at = spot.start + 1
        pairs = list(_pairs(new, self._root.in_braces))
        if not spot.entries:
            return _Edit(at, at, ", ".join(pairs))
        # What parts the brace from the first entry parts each new one from the next.
        blank = re.compile(r"\s*").match(self._text, at)
        parted = blank[0] if blank else ""
        return _Edit(at, at, parted + "".join(f"{pair},{parted or ' '}" for pair in pairs).removesuffix(parted or "\0"))

    def _added_lines(self, spot: _Spot, new: Entries, depth: int) -> Iterator[_Edit]:
        for key, value in sorted(new.items(), key=lambda item: _order(item[0])):
            later = (at for name, at in spot.keys.items() if _order(name) > _order(key))
            at = next(later, spot.start)
            start = self._line_of(at)
            yield _Edit(start, start, self._written({key: value}, at - start, depth))

    def _written(self, entries: Entries, indent: int, depth: int) -> str:
        """`entries` as whole lines."""
        text = ""
        for key, value in entries.items():
            head = f"{' ' * indent}{plain_or_quoted(key)}:"
            if isinstance(value, str):
                text += f"{head} {value}{self._line_end}"
            elif depth >= _IN_BRACES:
                text += f"{head} {in_braces(value)}{self._line_end}"
            else:
                text += f"{head}{self._line_end}{self._written(value, indent + 2, depth + 1)}"
        return text

    def _line_of(self, offset: int) -> int:
        """Where the line of `offset` begins."""
        return self._lines[bisect_right(self._lines, offset) - 1]


def _order(key: str) -> str:
    """By what keys are sorted: 合计 before all, 表2 before 表10, 20601 before 2060101."""
    has_number = any(character.isdigit() for character in key)
    return _NUMBER_OF_A_NAME.sub(lambda found: found[0].zfill(9), key) if has_number else ""
