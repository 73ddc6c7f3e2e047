"""From a file to its text, and from that to a document."""

from __future__ import annotations

import os
import re
from pathlib import Path

from generator.findings import Code, Finding, InvalidInput, Place
from generator.reading.composing import parse_document
from generator.reading.failures import reason_of
from generator.reading.nodes import Node
from generator.reading.printable import UNPRINTABLE, unprintable

MAXIMUM_BYTES = 5_000_000
MOST_PLACES = 50
"""Of one kind of fault; whoever mends so many finds the rest."""
_SPREADSHEET_ERROR = re.compile(r":[ \t]+(#(?:N/A|DIV/0!|REF!|VALUE!|NAME\?|NUM!|NULL!))")

_OTHER_FORMATS = (
    (b"PK\x03\x04", "这是 Excel 或 Word 文件（或压缩包），填报文件应是 YAML 或 JSON 文本，可用 juesuan new 生成一份。"),
    (b"\xd0\xcf\x11\xe0", "这是旧版 Excel 或 Word 文件，填报文件应是 YAML 或 JSON 文本，可用 juesuan new 生成一份。"),
    (b"%PDF", "这是 PDF 文件，填报文件应是 YAML 或 JSON 文本，可用 juesuan new 生成一份。"),
)
_SAVE_AS_UTF8 = (
    "请用记事本打开，点“文件”“另存为”，“编码”选 UTF-8 后保存；用 WPS 的，另存为纯文本，编码选 Unicode (UTF-8)。"
)


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
        spots = [_spot(text, one.start(), name) for one in UNPRINTABLE.finditer(text) if one[0] == found[0]]
        raise unprintable(found[0], *spots[:MOST_PLACES])
    if errors := list(_SPREADSHEET_ERROR.finditer(text)):
        signs = "”“".join(dict.fromkeys(error[1] for error in errors))
        message = f"“{signs}”是表格软件算不出时留下的记号，请填实际的数，没有发生的填 0。"
        spots = [_spot(text, error.start(1), name) for error in errors[:MOST_PLACES]]
        raise _refusal(Code.SPREADSHEET_ERROR, message, *spots)
    return text


def _likely_encoding(data: bytes) -> str:
    """What `data`, which is not UTF-8, is probably written in."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in data:
        return "像是 Unicode (UTF-16) 编码："
    try:
        data.decode("gb18030")
    except UnicodeDecodeError:
        return "文件可能混用了几种编码，或已损坏："
    return "像是 GBK（ANSI）编码："


def _refusal(code: Code, message: str, *places: Place) -> InvalidInput:
    return InvalidInput(Finding(code, message, places))


def _spot(text: str, offset: int, name: str) -> Place:
    before = text[:offset]
    return Place(name, before.count("\n") + 1, offset - (before.rfind("\n") + 1) + 1)
