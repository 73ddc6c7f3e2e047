"""The lines of a YAML file as people write them: items, names and texts by their indentation, read without giving up.

YAML stops at its first fault, and at a line that may be right. Here every line is looked at, whatever comes before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.reading.entries import ITEM, KEY, TEXT, Entry
from generator.reading.nesting import Nesting
from generator.reading.signs import BLANKS, LIKE_NAME, ODD_BLANK, Mistake, mistake_in

_MOST_ITEMS = 40
"""On one line; what has more was not written by hand."""

_INDENTATION = re.compile(f"[{BLANKS}]*")
_ITEM = re.compile(r"-(?:[ \t]+|$)")
_KEY = re.compile(r"""("[^"]*"|'[^']*'|(?!["'\[{|>&*!%@`#])(?:(?![ \t]#).)+?)[ \t]*:(?:[ \t]+|$)""")
_COMMENT = re.compile(r"(^|[ \t]+)#.*")
_QUOTED = {'"': re.compile(r'[^"\\]*(?:\\.[^"\\]*)*'), "'": re.compile(r"[^']*(?:''[^']*)*")}
_QUOTED_WHOLE = re.compile("|".join(f"{quote}{inside.pattern}{quote}" for quote, inside in _QUOTED.items()))
_NO_ENTRY = re.compile(r"$|#|%|(---|\.\.\.)($|\s)")


class Lines:
    """The lines of `text`; `top` is an entry that holds those without indentation."""

    def __init__(self, text: str) -> None:
        self.lines = [line.rstrip() for line in re.split(r"\r\n|\r|\n", text)]
        self.top = Entry(KEY, -1, -1, -1)
        self._nesting = Nesting(self.top)
        self.odd_blanks: dict[int, int] = {}
        """By line, the column of what is in its indentation and no blank."""
        self._running: tuple[Entry, int] | None = None
        """The text that a deeper line continues, and the depth that such a line exceeds."""
        number = 0
        while number < len(self.lines):
            number = self._read(number) + 1

    def families(self) -> Iterator[tuple[Entry, list[Entry]]]:
        """Every entry that has others below it, with these."""
        waiting = [self.top]
        while waiting:
            parent = waiting.pop()
            if parent.below:
                yield parent, parent.below
                waiting += parent.below

    def _read(self, number: int) -> int:
        """Reads the line `number`; returns the last one that belongs to it."""
        line = self.lines[number]
        column = len(_indentation(line))
        if _NO_ENTRY.match(line, column):
            return number
        if odd := ODD_BLANK.search(line, 0, column):
            self.odd_blanks[number] = odd.start()
        entries = _entries(line, number, column)
        first, last = entries[0], entries[-1]
        if self._running and not self._is_next_key(first) and first.mark == TEXT and first.depth > self._running[1]:
            self._running[0].continued.append(first)
            return number
        self._running = None
        if last.mark == TEXT:
            _take_for_key(last, line)
        family = self._nesting.place(entries)
        return self._value(last, number, family.depth if last.mark == TEXT and len(family.below) == 1 else last.depth)

    def _is_next_key(self, entry: Entry) -> bool:
        """Whether `entry` stands below the text of an item and has a colon as it has, or should; a key's it is then."""
        item = self._running[0] if self._running else None
        if not item or item.mark != ITEM or entry.depth != item.depth + item.value_column - item.column:
            return False
        text = Entry(TEXT, item.line, item.value_column, entry.depth, "", item.value, item.value_column)
        is_key = _take_for_key(text, self.lines[item.line]) or (entry.mark == KEY and LIKE_NAME.fullmatch(text.value))
        if not is_key or (entry.mark == TEXT and not _colon_in(entry)):
            return False
        item.value, item.below = "", [text]
        self._nesting.open(item)
        return True

    def _value(self, entry: Entry, number: int, parent: int) -> int:
        """Follows the value of `entry` to its end; returns its last line."""
        if entry.is_block:
            number = self._block(number, parent)
        elif entry.value[:1] in _QUOTED:
            return self._quoted(entry, number, parent)
        elif entry.value[:1] in ("[", "{"):
            return self._brackets(entry, number, parent)
        elif entry.is_plain:
            self._running = (entry, parent)
        return number

    def _block(self, number: int, parent: int) -> int:
        """The last line of the block that begins below the line `number`, which odd blanks do not end here."""
        while number + 1 < len(self.lines):
            line = self.lines[number + 1]
            odd = ODD_BLANK.search(line, 0, len(_indentation(line)))
            if not self._is_inside(number + 1, parent):
                if not odd or _depth(line) <= parent:
                    break
                self.odd_blanks[number + 1] = odd.start()
            number += 1
        return number

    def _is_inside(self, number: int, parent: int) -> bool:
        """Whether there is a line `number`, blank or indented, by blanks, more than `parent`."""
        if number == len(self.lines):
            return False
        line = self.lines[number]
        return not line or len(line) - len(line.lstrip(" ")) > parent

    def _quoted(self, entry: Entry, number: int, parent: int) -> int:
        last, column = number, entry.value_column + 1
        inside = _QUOTED[entry.value[0]]
        while True:
            line = self.lines[last]
            match = inside.match(line, column)
            end = match.end() if match else column
            if line[end : end + 1] == entry.value[0]:
                entry.rest = _COMMENT.sub("", line[end + 1 :]).strip()
                return last
            last, column = last + 1, 0
            if not self._is_inside(last, parent):
                entry.is_unclosed = True
                return number

    def _brackets(self, entry: Entry, number: int, parent: int) -> int:
        open_brackets, last, column = 0, number, entry.value_column
        while True:
            words = _blacked_out(self.lines[last][column:])
            for index, character in enumerate(words):
                open_brackets += (character in "[{") - (character in "]}")
                if not open_brackets and character in "]}":
                    entry.rest = words[index + 1 :].strip()
                    entry.brackets.append((last, column, words[: index + 1]))
                    return last
            entry.brackets.append((last, column, words))
            last, column = last + 1, 0
            if not self._is_inside(last, parent):
                entry.is_unclosed = True
                return number


def _entries(line: str, number: int, column: int) -> list[Entry]:
    """What stands in `line` from `column`: items one in the other, then a key or a text if there is one."""
    entries: list[Entry] = []
    depth = _depth(line)
    while (item := _item(line, number, column, depth)) and len(entries) < _MOST_ITEMS:
        entries.append(item)
        depth, column = depth + max(item.value_column - column, 2), item.value_column
    if key := _KEY.match(line, column):
        value = _COMMENT.sub("", line[key.end() :])
        return [*entries, Entry(KEY, number, column, depth, key[1], value, key.end())]
    text = _COMMENT.sub("", line[column:])
    if not entries:
        return [Entry(TEXT, number, column, depth, "", text, column)]
    entries[-1].value = text
    return entries


def _item(line: str, number: int, column: int, depth: int) -> Entry | None:
    if item := _ITEM.match(line, column):
        return Entry(ITEM, number, column, depth, value_column=item.end())
    found = mistake_in(line, column)
    if not found or not found[0].is_dash:
        return None
    end = _after_blanks(line, found[1].end())
    return Entry(ITEM, number, column, depth, value_column=end, mistyped=found[0], sign_column=column)


def _colon_in(entry: Entry) -> tuple[Mistake, re.Match[str]] | None:
    found = mistake_in(entry.value)
    return found if found and found[0].is_colon else None


def _take_for_key(entry: Entry, line: str) -> bool:
    """Makes a text with a mistyped colon the key that it was meant to be; returns whether it has one."""
    if not (found := _colon_in(entry)):
        return False
    mistake, match = found
    column = _after_blanks(line, entry.column + match.end())
    entry.mark, entry.mistyped, entry.sign_column = KEY, mistake, entry.column + match.start("sign")
    entry.name, entry.value, entry.value_column = match["name"], _COMMENT.sub("", line[column:]), column
    return True


def _after_blanks(line: str, column: int) -> int:
    return column + len(_indentation(line[column:]))


def _blacked_out(words: str) -> str:
    """`words` with quoted texts as nothing but quotes, and without a comment: all else keeps its place."""
    return _COMMENT.sub("", _QUOTED_WHOLE.sub(lambda quoted: quoted[0][0] * len(quoted[0]), words))


def _indentation(line: str) -> str:
    found = _INDENTATION.match(line)
    return found[0] if found else ""


def _depth(line: str) -> int:
    return sum(1 if character in " \xa0" else 2 for character in _indentation(line))
