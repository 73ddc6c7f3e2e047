"""From a file to a tree of nodes. YAML is read from its events, so that nothing in a file can make an object, repeat
a part by alias, or nest without end; JSON is read by the same reader, of which it is nearly a subset."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import yaml

from generator.findings import Code, Finding, InvalidInput, Place
from generator.numbers import is_split_amount
from generator.reading.failures import reason_of
from generator.reading.nodes import Mapping, Node, Scalar, Sequence

MAXIMUM_BYTES = 5_000_000
MAXIMUM_DEPTH = 40
MAXIMUM_NODES = 100_000
MAXIMUM_KEY = 200
EMPTY_VALUES = frozenset({"", "~", "null", "Null", "NULL"})
# What XML 1.0 cannot hold (production 2, Char): a Word file with such a character does not open. Nor may a file hold
# what nobody sees: what YAML takes for a line's end or refuses (the C1 controls, U+2028, U+2029, U+FEFF), and what
# makes two figures or names that look alike differ (spaces of no width, marks of direction). The noncharacters U+FDD0
# to U+FDEF, which no text may hold either, are kept free for marks of our own.
UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\ud800-\udfff\ufdd0-\ufdef\ufeff\ufffe\uffff]"
)
_FULL_WIDTH_COLON = re.compile(r"^[^\s#:：]+：", re.MULTILINE)
_SPREADSHEET_ERROR = re.compile(r":[ \t]+(#(?:N/A|DIV/0!|REF!|VALUE!|NAME\?|NUM!|NULL!))")

_OTHER_FORMATS = (
    (b"PK\x03\x04", "这是 Excel 或 Word 文件（或压缩包），填报文件应是 YAML 或 JSON 文本，可用 juesuan new 生成一份。"),
    (b"\xd0\xcf\x11\xe0", "这是旧版 Excel 或 Word 文件，填报文件应是 YAML 或 JSON 文本，可用 juesuan new 生成一份。"),
    (b"%PDF", "这是 PDF 文件，填报文件应是 YAML 或 JSON 文本，可用 juesuan new 生成一份。"),
)
_SAVE_AS_UTF8 = (
    "请用记事本打开，点“文件”“另存为”，“编码”选 UTF-8 后保存；用 WPS 的，另存为纯文本，编码选 Unicode (UTF-8)。"
)

# JSON writes a character beyond U+FFFF as two escapes (RFC 8259, 7), YAML does not know that.
_PAIR = re.compile(r"\\\\|\\u(d[89ab][0-9a-f]{2})\\u(d[c-f][0-9a-f]{2})", re.IGNORECASE)

_Loader: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_document(path: Path) -> Node:
    """The document in the YAML or JSON file `path`.

    Raises `InvalidInput` for a file that is missing, unreadable, not UTF-8, too large, or not well-formed.
    """
    return parse_document(read_text(path), str(path))


def read_text(path: Path) -> str:
    """The text of `path`, UTF-8 with or without a byte order mark."""
    place = Place(str(path))
    try:
        if os.path.exists(path) and not (os.path.isfile(path) or os.path.isdir(path)):
            raise _refusal(Code.NOT_A_FILE, f"“{path}”不是普通文件，请给出填报文件。", place)
        with path.open("rb") as file:
            data = file.read(MAXIMUM_BYTES + 1)
    except FileNotFoundError:
        raise _refusal(Code.FILE_MISSING, f"找不到文件“{path}”，请核对路径和文件名。", place) from None
    except OSError as error:
        if os.path.isdir(path):  # which Windows calls a lack of permission
            raise _refusal(Code.NOT_A_FILE, f"“{path}”是文件夹，请给出其中的填报文件。", place) from None
        message = f"无法读取“{path}”（{reason_of(error)}），请检查文件权限，或关闭正在使用它的程序。"
        raise _refusal(Code.UNREADABLE_FILE, message, place) from None
    if len(data) > MAXIMUM_BYTES:
        raise _refusal(
            Code.FILE_TOO_LARGE, f"文件“{path}”超过 {MAXIMUM_BYTES // 1_000_000} MB，不像是填报文件，请核对。", place
        )
    return _decode(data, str(path))


def _decode(data: bytes, name: str) -> str:
    """`data` as text; raises `InvalidInput` with what it seems to be instead."""
    for beginning, message in _OTHER_FORMATS:
        if data.startswith(beginning):
            raise _refusal(Code.OTHER_FORMAT, message, Place(name))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        message = f"第 {line} 行有不是 UTF-8 编码的文字，{_likely_encoding(data)}{_SAVE_AS_UTF8}"
        raise _refusal(Code.OTHER_FORMAT, message, Place(name, line, 1)) from None
    if found := UNPRINTABLE.search(text):
        if found[0] == "\0" and text.count("\0") > len(text) // 10:
            message = f"文件不像是 UTF-8 编码的文字，像是 Unicode (UTF-16) 编码：{_SAVE_AS_UTF8}"
            raise _refusal(Code.OTHER_FORMAT, message, Place(name, 1, 1))
        raise _unprintable(found[0], _spot(text, found.start(), name))
    if found := _SPREADSHEET_ERROR.search(text):
        message = f"“{found[1]}”是表格软件算不出时留下的记号，请填实际的数，没有发生的填 0。"
        raise _refusal(Code.SPREADSHEET_ERROR, message, _spot(text, found.start(1), name))
    return text


def _likely_encoding(data: bytes) -> str:
    """What `data`, which is not UTF-8, is probably written in."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "像是 Unicode (UTF-16) 编码："
    try:
        data.decode("gb18030")
    except UnicodeDecodeError:
        return "文件可能混用了几种编码，或已损坏："
    return "像是 GBK（ANSI）编码："


def parse_document(text: str, name: str) -> Node:
    """The document that `text` holds; `name` is the file's name for messages."""
    if text.lstrip()[:1] in ("{", "["):
        # JSON may be indented with tabs, YAML may not; JSON texts never hold a tab as such.
        text = _PAIR.sub(_one_character, text.replace("\t", " "))
    try:
        events = yaml.parse(text, Loader=_Loader)
        return _Composer(events, name).document()
    except yaml.MarkedYAMLError as error:
        if "nesting depth" in (error.problem or ""):  # newer libyaml gives up before we do
            raise _too_deep(_place_of(error, name)) from None
        if (colon := _FULL_WIDTH_COLON.search(text)) and "expected <document start>" in (error.problem or ""):
            message = "这里用了全角冒号，请改成半角的“:”，后面空一格，如“名称: 内容”。"
            raise _refusal(Code.NOT_YAML, message, _spot(text, colon.end() - 1, name)) from None
        raise _refusal(Code.NOT_YAML, _explain(error, text), _place_of(error, name)) from None
    except yaml.YAMLError:
        raise _refusal(Code.NOT_YAML, "文件不是正确的 YAML，请从上次能用的版本重新修改。", Place(name)) from None


class _Composer:
    """Builds the tree from YAML's events."""

    def __init__(self, events: Iterator[yaml.Event], name: str) -> None:
        self._events = events
        self._name = name
        self._nodes = 0

    def document(self) -> Node:
        root: Node | None = None
        for event in self._events:
            if isinstance(event, yaml.DocumentStartEvent) and root is not None:
                raise self._refuse(Code.SEVERAL_DOCUMENTS, "一个文件里只能写一份资料，请删去多余的“---”。", event)
            if isinstance(event, yaml.NodeEvent):
                root = self._node(event, 0)
        if root is None or (isinstance(root, Scalar) and root.empty):
            raise _refusal(
                Code.EMPTY_FILE, f"文件“{self._name}”是空的，可用 juesuan new 生成一份来填写。", Place(self._name)
            )
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
            is_empty = not event.style and event.value in EMPTY_VALUES
            return Scalar(event.value, self._place(event), is_empty, event.style == "|")
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(event, depth)
        return self._mapping(event, depth)

    def _refuse_marks(self, event: yaml.Event) -> None:
        """Refuses what would make more of an event than the text that stands there."""
        if getattr(event, "anchor", None):
            raise self._refuse(Code.ALIAS, "这里用了“&”或“*”开头的引用，填报文件不支持；如果是文字，请加引号。", event)
        if getattr(event, "tag", None) not in (None, "!"):
            raise self._refuse(Code.TAG, "这里有“!”开头的标记，填报文件不支持；如果是文字，请加引号。", event)
        # Quoted, a character may be written as an escape, which the file's own text does not show.
        if isinstance(event, yaml.ScalarEvent) and (found := UNPRINTABLE.search(event.value)):
            raise _unprintable(found[0], self._place(event))

    def _sequence(self, start: yaml.Event, depth: int) -> Sequence:
        items = []
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            items.append(self._node(event, depth + 1))
        return Sequence(tuple(items), self._place(start))

    def _mapping(self, start: yaml.Event, depth: int) -> Mapping:
        entries: dict[str, Node] = {}
        keys: dict[str, Place] = {}
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            if not isinstance(event, yaml.ScalarEvent):
                raise self._refuse(Code.KEY_NOT_A_NAME, "冒号前面应是一个名称，请检查这里的括号和缩进。", event)
            self._refuse_marks(event)
            key, place = event.value.strip(), self._place(event)
            if len(key) > MAXIMUM_KEY or "\n" in key:
                message = f"名称“{key[:20].strip()}……”太长或分了行：请检查这里是否缺少冒号，或引号没有成对。"
                raise self._refuse(Code.KEY_TOO_LONG, message, event)
            if key in entries:
                first = keys[key]
                message = f"“{key}”写了两次（第一次在第 {first.line} 行），请只保留一个。"
                if is_split_amount(key) and getattr(entries[key], "empty", False):
                    message += "如果是金额的后几位，请去掉千位分隔符，或给金额加上引号。"
                raise InvalidInput(Finding(Code.KEY_TWICE, message, (place, first)))
            entries[key] = self._node(next(self._events), depth + 1)
            keys[key] = place
        return Mapping(entries, keys, self._place(start))

    def _place(self, event: yaml.Event) -> Place:
        mark = event.start_mark
        return Place(self._name, mark.line + 1, mark.column + 1) if mark else Place(self._name)

    def _refuse(self, code: Code, message: str, event: yaml.Event) -> InvalidInput:
        return _refusal(code, message, self._place(event))


def _one_character(pair: re.Match[str]) -> str:
    if pair[1] is None:
        return pair[0]
    return chr(0x10000 + ((int(pair[1], 16) - 0xD800) << 10) + int(pair[2], 16) - 0xDC00)


def _refusal(code: Code, message: str, place: Place) -> InvalidInput:
    return InvalidInput(Finding(code, message, (place,)))


def _too_deep(place: Place) -> InvalidInput:
    return _refusal(Code.TOO_DEEP, f"层次超过 {MAXIMUM_DEPTH} 层，请检查缩进或括号。", place)


def _unprintable(character: str, place: Place) -> InvalidInput:
    return _refusal(
        Code.UNPRINTABLE_CHARACTER, f"这里有一个看不见的控制字符（U+{ord(character):04X}），请删去。", place
    )


def _place_of(error: yaml.MarkedYAMLError, name: str) -> Place:
    """Where the fault is: where a text begins that has no end, and otherwise where YAML could not go on."""
    without_end = "quoted scalar" in (error.context or "") or "could not find expected ':'" in (error.problem or "")
    first, second = error.problem_mark, error.context_mark
    mark = (second or first) if without_end else (first or second)
    return Place(name, mark.line + 1, mark.column + 1) if mark else Place(name)


def _spot(text: str, offset: int, name: str) -> Place:
    before = text[:offset]
    return Place(name, before.count("\n") + 1, offset - (before.rfind("\n") + 1) + 1)


def _explain(error: yaml.MarkedYAMLError, text: str) -> str:
    """What usually lies behind a YAML error, in the words of someone who does not know YAML."""
    problem = error.problem or ""
    if "cannot start any token" in problem and error.problem_mark:
        character = text.splitlines()[error.problem_mark.line][error.problem_mark.column]
        if character == "\t":
            return "这里用了制表符（Tab）缩进，请改用空格。"
        return f"“{character}”不能放在开头，请给这段文字加上引号。"
    if "escape" in problem:
        return "双引号里的反斜杠“\\”要写两个，或把双引号改成单引号。"
    if "mapping values are not allowed" in problem:
        return "这里的冒号位置不对：请检查上一行是否缺少冒号、缩进是否对齐；文字里有冒号加空格时请给整段加引号。"
    if "could not find expected ':'" in problem:
        return "这一行缺少冒号，请写成“名称: 内容”（冒号用半角，后面空一格）。"
    if "quoted scalar" in (error.context or ""):
        return "引号没有成对，请检查这段文字的开头和结尾。"
    if "flow" in (error.context or ""):
        return "括号没有成对，或括号里缺少逗号，请检查 { } 和 [ ]。"
    if "block" in (error.context or "") or "block" in problem:
        return "缩进没有对齐，请让同一级的各行左边对齐。"
    return "这里不符合 YAML 的写法，请检查缩进、冒号、引号和括号。"
