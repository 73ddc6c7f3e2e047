"""Whether a tag can be read at all; what is wrong with it is said in Chinese, Jinja says it in English."""

from __future__ import annotations

import re
from collections.abc import Iterable

from jinja2 import Environment, TemplateSyntaxError, nodes

from generator.kinds import meant

_FRAMES = {
    "for": "{{% {} %}}{{% endfor %}}",
    "if": "{{% {} %}}{{% endif %}}",
    "elif": "{{% if x %}}{{% {} %}}{{% endif %}}",
    "set": "{{% {} %}}",
    "with": "{{% {} %}}{{% endwith %}}",
    "macro": "{{% {} %}}{{% endmacro %}}",
}
_BLOCK_SET = "{{% {} %}}{{% endset %}}"
_PLAIN = ("else", "endfor", "endif", "endset", "endwith", "endmacro")
_USUAL = ("for", "if", "elif", "else", "endfor", "endif", "set")
KEYWORDS = (*_FRAMES, *_PLAIN)
"""The words of all statements that a template may use."""
_FULL_WIDTH = {"（": "(", "）": ")", "，": ",", "｜": "|", "．": ".", "：": ":", "【": "[", "】": "]", "＝": "="}
_BRACKETS = {"(": ")", "[": "]", "{": "}"}
_TEXT = re.compile(r"'[^']*'|\"[^\"]*\"")


def parse_tag(environment: Environment, is_statement: bool, content: str) -> nodes.Node:
    """The syntax tree of one tag on its own: of an expression, or of a statement without what it encloses.

    Raises `TemplateSyntaxError`.
    """
    if not is_statement:
        output = environment.parse(f"{{{{ {content} }}}}").body[0]
        assert isinstance(output, nodes.Output)
        return output.nodes[0]
    word = content.split(None, 1)[0]
    frame = _BLOCK_SET if word == "set" and "=" not in content else _FRAMES[word]
    tree = environment.parse(frame.format(content)).body[0]
    if word == "elif":
        assert isinstance(tree, nodes.If)
        return tree.elif_[0]
    return tree


def syntax_fault(environment: Environment, is_statement: bool, content: str) -> str:
    """What keeps a tag from being read, as a Chinese sentence; empty where nothing does."""
    if not content:
        return "标记里没有内容。"
    if is_statement:
        word, _, rest = content.partition(" ")
        if word not in KEYWORDS:
            near = "endfor”或“endif" if word == "end" else meant(word, KEYWORDS)
            return f"没有“{word}”这种标记" + (f"，是不是“{near}”？" if near else f"，可用的是 {'、'.join(_USUAL)}。")
        if word not in _FRAMES:
            return f"“{word}”后面不能再写“{rest.strip()}”。" if rest.strip() else ""
    try:
        tree = parse_tag(environment, is_statement, content)
        # An unknown filter or test would only show when the tag is filled.
        for used in (tree, *tree.find_all((nodes.Filter, nodes.Test))):
            if isinstance(used, nodes.Filter) and used.name not in environment.filters:
                return _no_filter(used.name, environment.filters)
            if isinstance(used, nodes.Test) and used.name not in environment.tests:
                return f"没有判断“{used.name}”，“is”后面可写 defined。"
    except TemplateSyntaxError:
        return _explained(content)
    return ""


def _no_filter(name: str, known: Iterable[str]) -> str:
    near = meant(name, known)
    return f"没有过滤器“{name}”，" + (f"是不是“{near}”？" if near else f"现有：{'、'.join(known)}。")


def _explained(content: str) -> str:
    outside = _TEXT.sub("", content)
    for wide, narrow in _FULL_WIDTH.items():
        if wide in outside:
            return f"“{wide}”是全角符号，请改成半角的“{narrow}”。"
    if outside.count("'") % 2 or outside.count('"') % 2:
        return "引号没有成对。"
    for opening, closing in _BRACKETS.items():
        if outside.count(opening) != outside.count(closing):
            return f"括号“{opening}”和“{closing}”的个数不同。"
    if content.startswith("for") and " in " not in content:
        return "循环应写成“for 项 in 列表”。"
    if re.search(r"(?<![=!<>])=(?!=)", outside) and not content.startswith("set"):
        return "判断是否相等用两个等号“==”。"
    return "写法不完整或多了内容，请对照 juesuan template names 的写法检查。"
