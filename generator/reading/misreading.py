"""Where YAML, without a word, reads something else than a person does."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

import yaml

from generator.reading.signs import NAME_WITH_COLON, ODD_BLANK, ends_sentence, mistake_in

_BEFORE = re.compile(r" *(?:- +)*")
_BLANKS = re.compile(" *")


def misread_lines(event: yaml.ScalarEvent, lines: Sequence[str]) -> Iterator[int]:
    """Those of `lines`, from 0, that the text or key of `event` takes in though they were meant as something else.

    In quotes only names that stand as far left as the text's own: there a quote has no end. Blocks never.
    """
    if event.style in ("|", ">") or not (event.start_mark and event.end_mark):
        return
    first, column = event.start_mark.line, event.start_mark.column
    below = lines_below(event, lines)
    if event.style:
        depth = _end(_BEFORE, lines[first])
        if any(
            _end(_BEFORE, lines[line]) < depth + (depth < column) and _begins_with_name(lines[line]) for line in below
        ):
            yield first
        return
    if event.value and _end(_BLANKS, lines[first]) == column and _is_meant_otherwise(lines[first], column):
        yield first
    yield from (line for line in below if _looks_like_entry(lines[line], _end(_BLANKS, lines[line])))


def lines_below(event: yaml.ScalarEvent, lines: Sequence[str]) -> Iterable[int]:
    """Those of `lines`, from 0, in which the text of `event` goes on; some may be blank."""
    if not (event.start_mark and event.end_mark):
        return ()
    return range(event.start_mark.line + 1, min(event.end_mark.line + 1, len(lines)))


def next_items(event: yaml.ScalarEvent, lines: Sequence[str]) -> Iterator[int]:
    """Those of `lines`, from 0, that an item without quotes takes in though the one before ends a sentence."""
    if not event.style:
        yield from (line for line in lines_below(event, lines) if ends_sentence(lines[line - 1]))


def is_misread_name(event: yaml.ScalarEvent) -> bool:
    """Whether a key in { } with nothing behind it holds a colon that was meant to end it."""
    mistake = None if event.style else mistake_in(event.value)
    return mistake is not None and mistake[0].is_colon


def is_misread_list(only: yaml.Event) -> bool:
    """Whether the `only` item in [ ] holds commas that were meant to divide it."""
    return isinstance(only, yaml.ScalarEvent) and not only.style and "，" in only.value


def _begins_with_name(line: str) -> bool:
    return NAME_WITH_COLON.match(line, _end(_BLANKS, line)) is not None


def _is_meant_otherwise(line: str, column: int) -> bool:
    """Whether a text that stands alone in `line` has an odd indentation, or is an item without its blank."""
    return bool(ODD_BLANK.match(line, column) or ((found := mistake_in(line, column)) and found[0].is_dash))


def _looks_like_entry(line: str, column: int) -> bool:
    return bool(line.startswith("- ", column) or ODD_BLANK.match(line, column) or mistake_in(line, column))


def _end(pattern: re.Pattern[str], line: str) -> int:
    match = pattern.match(line)
    return match.end() if match else 0
