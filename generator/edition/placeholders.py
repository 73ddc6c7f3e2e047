"""Placeholders: what `{…}` may stand for in the texts of an edition, and where.

The years are filled in as the edition is read, in every text; what depends on a department, a table or a figure is
filled in where the text is printed. Whatever else stands in braces would be printed as it is, so it is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from generator.findings import Code, Finding
from generator.kinds import meant
from generator.numbers import filled, placeholders
from generator.reading import Mapping, Node, Sequence

MEANINGS = {
    "部门": "部门的名称",
    "年度": "决算年度",
    "上年度": "决算年度的上一年",
    "单位": "金额单位",
    "差额": "增减的金额",
    "比率": "增减的百分比",
    "基数": "与它比较的数的叫法",
    "变动": "增减的整句话",
    "预算": "预算数，带单位",
}
"""All that a text of an edition may put in braces."""
_YEARS = ("年度", "上年度")
_AT_TABLE = ("部门", *_YEARS, "单位")
PRINTED_LATER = {
    "文件名": ("年度", "部门"),
    "部门栏": ("部门", *_YEARS),
    "单位栏": _AT_TABLE,
    "注": _AT_TABLE,
    "无发生额": _AT_TABLE,
    "增加": ("差额", "比率"),
    "减少": ("差额", "比率"),
    "增加额": ("差额",),
    "减少额": ("差额",),
    "与基数相比": ("基数", "变动"),
    "与基数持平": ("基数",),
    "基数为零的增长": ("基数",),
    "完成情况": ("基数", "预算", "比率"),
    "预算为零的完成情况": ("基数", "预算"),
}
"""By word of the specification, what its text may put in braces that is filled in where it is printed."""
_NEEDED = {
    "文件名": ("部门",),
    "增加额": ("差额",),
    "减少额": ("差额",),
    "与基数相比": ("变动",),
    "完成情况": ("比率",),
}
"""What a text must say lest something be lost: the figure, or which department's file it is."""
_SOUGHT = {("用语.yaml", word) for word in ("词语", "改为", "除外", "示例")}
"""Texts that are looked for, braces and all, and printed nowhere."""
_AS_IN_TEMPLATES = re.compile(r"(?<!\{)\{\{\s*(\w+)\s*\}\}(?!\})")
_FULL_WIDTH = re.compile(r"[｛{]\s*(\w+)\s*[｝}]")


def with_years(node: Node, file: str, year: str, faults: list[Finding]) -> Node:
    """`node`, which is the file of this name, with the years filled in; `faults` takes what is wrong with its texts."""
    years = {"年度": year, "上年度": str(int(year) - 1)} if re.fullmatch("[0-9]+", year) else {}

    def within(node: Node, word: str) -> Node:
        if isinstance(node, Mapping):
            parts = {k: part if (file, k) in _SOUGHT else within(part, k) for k, part in node.entries.items()}
            return Mapping(parts, node.keys, node.place)
        if isinstance(node, Sequence):
            return Sequence(tuple(within(part, word) for part in node.items), node.place)
        told = [f"{word}：{message}" for message in _faults(node.text, word)]
        faults.extend(Finding(Code.EDITION_FAULT, message, (node.place,)) for message in told)
        if word in PRINTED_LATER or not re.search("[{}]", node.text):
            return node
        return replace(node, text=filled(node.text, **years))

    return within(node, "")


def _faults(text: str, word: str) -> Iterator[str]:
    if word not in _NEEDED and not re.search("[{}｛｝]", text):
        return
    known = PRINTED_LATER.get(word, _YEARS)
    for found in _AS_IN_TEMPLATES.finditer(text):
        if found[1] in MEANINGS:
            yield f"“{found[0]}”只写一层花括号：{{{found[1]}}}；两层是模板里的写法。"
            return
    for found in _FULL_WIDTH.finditer(text):
        if found[1] in MEANINGS and found[0][0] + found[0][-1] != "{}":
            yield f"“{found[0]}”的花括号要用半角：{{{found[1]}}}。"
    *first, last = [f"{{{name}}}" for name in known]
    only = f"{'、'.join(first)} 和 {last}" if first else last
    for name in dict.fromkeys(placeholders(text)):
        if not name:
            yield "花括号要成对；要印出花括号，写成“{{”或“}}”。"
        elif name not in known:
            yield f"花括号里只能是 {only}，现在是“{{{name}}}”{_hint(name, known)}要印出花括号，写两层。"
    for name in _NEEDED.get(word, ()):
        if name not in placeholders(text):
            yield f"要写上 {{{name}}}：{MEANINGS[name]}，现在没有，印出来就会缺。"


def _hint(name: str, known: tuple[str, ...]) -> str:
    if near := meant(name, known):
        return f"，是不是 {{{near}}}？"
    return f"，那是{MEANINGS[name]}。" if name in MEANINGS else "。"
