"""From a text to a tree of nodes. YAML is read from its events, so that nothing in a file can make an object, repeat
a part by alias, or nest without end; JSON is read by the same reader, of which it is nearly a subset."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import yaml

from generator.findings import Code, Finding, InvalidInput, Place
from generator.numbers import is_split_amount
from generator.reading.explaining import BACKSLASH, explained, swallowed
from generator.reading.folding import Folding
from generator.reading.misreading import is_misread_list, is_misread_name, lines_below, misread_lines, next_items
from generator.reading.nodes import Mapping, NextLine, Node, Scalar, Sequence
from generator.reading.printable import UNPRINTABLE, unprintable

MAXIMUM_DEPTH = 40
MAXIMUM_NODES = 100_000
MAXIMUM_KEY = 200
MAXIMUM_TWICE = 200
EMPTY_VALUES = frozenset({"", "~", "null", "Null", "NULL"})

# JSON writes a character beyond U+FFFF as two escapes (RFC 8259, 7), YAML does not know that.
_PAIR = re.compile(r"\\\\|\\u(d[89ab][0-9a-f]{2})\\u(d[c-f][0-9a-f]{2})", re.IGNORECASE)
_COMMENT = re.compile(r"[ \t]+#(.*)")
_ESCAPED = "\0\a\b\v\f\x1b\x85\u2028\u2029"
"""What YAML makes of a backslash and a letter or 0, as a path with backslashes has them."""

_Loader: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def parse_document(text: str, name: str) -> Node:
    """The document that `text` holds; `name` is the file's name for messages."""
    if text.lstrip()[:1] in ("{", "["):
        # JSON may be indented with tabs, YAML may not; JSON texts never hold a tab as such.
        text = _PAIR.sub(_one_character, text.replace("\t", " "))
    composer = _Composer(text, name)
    try:
        document = composer.document()
    except yaml.MarkedYAMLError as error:
        if "nesting depth" in (error.problem or "") and error.problem_mark:  # newer libyaml gives up before we do
            raise _too_deep(Place(name, error.problem_mark.line + 1, error.problem_mark.column + 1)) from None
        raise explained(error, text, name) from None
    except yaml.YAMLError:
        message = "文件不是正确的 YAML，请从上次能用的版本重新修改。"
        raise InvalidInput(Finding(Code.NOT_YAML, message, (Place(name),))) from None
    except InvalidInput as invalid:
        if not composer.misread:
            raise InvalidInput(*composer.twice, *invalid.findings) from None
    if composer.misread:
        raise swallowed(composer.misread, text, name)
    if composer.twice:
        raise InvalidInput(*composer.twice)
    return document


def events_in_place(text: str) -> Iterator[yaml.Event]:
    """The YAML events of `text`, which was read before, each marked with its place in it."""
    if text.lstrip()[:1] in ("{", "["):
        text = _PAIR.sub(lambda pair: pair[0] if pair[1] is None else "." * len(pair[0]), text.replace("\t", " "))
    events: Iterator[yaml.Event] = yaml.parse(text, Loader=_Loader)
    return events


class _Composer:
    """Builds the tree from YAML's events."""

    def __init__(self, text: str, name: str) -> None:
        self._folding = Folding(text)
        self._events: Iterator[yaml.Event] = yaml.parse(self._folding.marked, Loader=_Loader)
        self._lines = re.split(r"\r\n|\r|\n", text)
        self._name = name
        self._nodes = 0
        self.misread: dict[int, int] = {}
        """The lines, from 0, that YAML reads otherwise than a person does, each with the first line of its text."""
        self.twice: list[Finding] = []
        """What is told of names that come again."""

    def document(self) -> Node:
        root: Node | None = None
        for event in self._events:
            if isinstance(event, yaml.DocumentStartEvent) and root is not None:
                raise self._refuse(Code.SEVERAL_DOCUMENTS, "一个文件里只能写一份资料，请删去多余的“---”。", event)
            if isinstance(event, yaml.NodeEvent):
                root = self._node(event, 0)
        if root is None or (isinstance(root, Scalar) and root.empty):
            message = f"文件“{self._name}”是空的，可用 juesuan new 生成一份来填写。"
            raise InvalidInput(Finding(Code.EMPTY_FILE, message, (Place(self._name),)))
        return root

    def _node(self, event: yaml.Event, depth: int) -> Node:
        self._nodes += 1
        if self._nodes > MAXIMUM_NODES:
            raise self._refuse(
                Code.TOO_MANY_NODES, f"文件里的内容超过 {MAXIMUM_NODES} 项，不像是填报文件，请核对。", event
            )
        if depth > MAXIMUM_DEPTH:
            raise _too_deep(self._place(event))
        self._refuse_marks(event)
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(event, depth)
        assert isinstance(event, yaml.MappingStartEvent)
        return self._mapping(event, depth)

    def _refuse_marks(self, event: yaml.Event) -> None:
        """Refuses what would make more of an event than the text that stands there."""
        if getattr(event, "anchor", None):
            raise self._refuse(Code.ALIAS, "这里用了“&”或“*”开头的引用，填报文件不支持；如果是文字，请加引号。", event)
        if getattr(event, "tag", None) not in (None, "!"):
            raise self._refuse(Code.TAG, "这里有“!”开头的标记，填报文件不支持；如果是文字，请加引号。", event)
        # In quotes, a character may be written as an escape, which the file's own text does not show.
        if isinstance(event, yaml.ScalarEvent) and (found := UNPRINTABLE.search(self._folding.read(event.value))):
            if found[0] in _ESCAPED:
                raise self._refuse(Code.NOT_YAML, BACKSLASH, event)
            raise unprintable(found[0], self._place(event))

    def _scalar(self, event: yaml.ScalarEvent) -> Scalar:
        self._misread(event, misread_lines(event, self._lines))
        text, place = self._folding.read(event.value), self._place(event)
        lines = tuple(self._line_starts(event, text))
        if event.style:
            return Scalar(text, place, lines=lines)
        continued = tuple(self._continued(event))
        return Scalar(text, place, text in EMPTY_VALUES, self._comment_after(event), lines, continued)

    def _line_starts(self, event: yaml.ScalarEvent, text: str) -> Iterator[int]:
        """Where in `text` the lines of the file after its first begin: where the words of each stand."""
        start, end = event.start_mark, event.end_mark
        if start is None or end is None or start.line == end.line:
            return
        at = len(self._lines[start.line][start.column :].strip(" \t\"'")) if event.style not in ("|", ">") else 0
        for line in self._lines[start.line + 1 : end.line + 1]:
            found = text.find(words, at) if (words := line.strip(" \t\"'")) else -1
            at = found if found >= 0 else at
            yield at
            at += len(words) if found >= 0 else 0

    def _continued(self, event: yaml.ScalarEvent) -> Iterator[NextLine]:
        for number in lines_below(event, self._lines):
            if line := self._lines[number].strip():
                yield NextLine(
                    Place(self._name, number + 1, self._lines[number].index(line) + 1), self._lines[number - 1]
                )

    def _comment_after(self, event: yaml.ScalarEvent) -> str:
        end = event.end_mark
        comment = _COMMENT.match(self._lines[end.line], end.column) if end and end.line < len(self._lines) else None
        return comment[1] if comment else ""

    def _sequence(self, start: yaml.SequenceStartEvent, depth: int) -> Sequence:
        items: list[Node] = []
        first: yaml.Event = start
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            first = first if items else event
            if isinstance(event, yaml.ScalarEvent) and not start.flow_style:
                self._misread(event, next_items(event, self._lines))
            items.append(self._node(event, depth + 1))
        if start.flow_style and len(items) == 1 and is_misread_list(first):
            self._misread(start, _first_line(start))
        return Sequence(tuple(items), self._place(start))

    def _mapping(self, start: yaml.MappingStartEvent, depth: int) -> Mapping:
        entries: dict[str, Node] = {}
        keys: dict[str, Place] = {}
        lost_dash = False  # where an item begins anew, so do all its names
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            if not isinstance(event, yaml.ScalarEvent):
                raise self._refuse(Code.KEY_NOT_A_NAME, "冒号前面应是一个名称，请检查这里的括号和缩进。", event)
            self._refuse_marks(event)
            key, place = self._folding.read(event.value).strip(), self._place(event)
            if len(key) > MAXIMUM_KEY or "\n" in key:
                message = f"名称“{key[:20].strip()}……”太长或分了行：请检查这里是否缺少冒号，或引号没有成对。"
                raise self._refuse(Code.KEY_TOO_LONG, message, event)
            if key in entries and not lost_dash:
                lost_dash = depth > 1 and not start.flow_style and key == next(iter(entries))
                self._tell_twice(key, place, keys[key], entries[key], lost_dash)
            self._misread(event, misread_lines(event, self._lines))
            entries[key] = self._node(next(self._events), depth + 1)
            keys[key] = place
            if start.flow_style and getattr(entries[key], "empty", False) and is_misread_name(event):
                self._misread(event, _first_line(event))
        return Mapping(entries, keys, self._place(start))

    def _tell_twice(self, key: str, place: Place, first: Place, before: Node, lost_dash: bool) -> None:
        message = f"“{key}”写了两次（第一次在第 {first.line} 行），请只保留一个。"
        if is_split_amount(key) and getattr(before, "empty", False):
            message += "如果是金额的后几位，请去掉千位分隔符，或给金额加上引号。"
        elif lost_dash:
            message += "如果这里另起一项，前面加“- ”。"
        if len(self.twice) < MAXIMUM_TWICE:
            self.twice.append(Finding(Code.KEY_TWICE, message, (place, first)))

    def _misread(self, event: yaml.Event, lines: Iterable[int]) -> None:
        if event.start_mark:
            self.misread |= {line: event.start_mark.line for line in lines if line not in self.misread}

    def _place(self, event: yaml.Event) -> Place:
        mark = event.start_mark
        return Place(self._name, mark.line + 1, mark.column + 1) if mark else Place(self._name)

    def _refuse(self, code: Code, message: str, event: yaml.Event) -> InvalidInput:
        return InvalidInput(Finding(code, message, (self._place(event),)))


def _first_line(event: yaml.Event) -> tuple[int, ...]:
    return (event.start_mark.line,) if event.start_mark else ()


def _one_character(pair: re.Match[str]) -> str:
    if pair[1] is None:
        return pair[0]
    return chr(0x10000 + ((int(pair[1], 16) - 0xD800) << 10) + int(pair[2], 16) - 0xDC00)


def _too_deep(place: Place) -> InvalidInput:
    return InvalidInput(Finding(Code.TOO_DEEP, f"层次超过 {MAXIMUM_DEPTH} 层，请检查缩进或括号。", (place,)))
