"""Where a template's words and a department's meet: what both have written is printed once.

A sentence of a template says “主要用于” and goes on with a field; a department that begins with these words too would
have them printed twice. So each printed value is told, when a template is compiled, the words before and after it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from jinja2 import nodes

_BOUNDARY = re.compile(r"<w:p[ >]|</w:p>|<w:(?:br|tab|cr)\b")
_TAG = re.compile(r"<[^>]*>|[\ufdd1\n]")
_MARK = re.compile(r"[，。；：、！？（）“”《》\s]")
_MARKS = "，。；：、"
_BEFORE_NO_MARK, _AFTER_NO_MARK = tuple("，。；：、）"), tuple("，。；：、（")
_FEWEST, _SURE = 2, 4
"""So many characters are doubled words: the fewest where they are all that the template says there, else the sure."""
_TWICE = (
    "是",
    "用于",
    "包括",
    "包含",
    "主要",
    "其中",
    "安排",
    "原因",
    "情况",
    "支出",
    "收入",
    "经费",
    "项目",
    "万元",
    "等",
)
"""What is never rightly said twice."""
_LEADS = [
    (re.compile(ending), re.compile(lead))
    for ending, lead in (
        ("用于$", "(?:主要)?是?用于|主要是"),
        ("(?:包括|包含)$", "(?:主要)?(?:包括|包含)有?|主要[是有]"),
        ("原因[是为]?$", "(?:主要)?(?:原因)?[是为]?(?:由于|因为)|(?:主要)?原因[是为：]|主要是"),
        ("情况[是为]?$", "(?:主要)?(?:增减)?(?:变动)?(?:情况|原因)[是为：]|主要是"),
        ("主要是$", "主要[是有为]"),
    )
]
"""What is another lead-in where a template's words end so: 主要用于 after 用于, 由于 after 原因是."""
_AROUND = 20
"""Characters before and after a value that its seam is judged by."""


def with_seams(template: nodes.Template) -> nodes.Template:
    """`template` with each value that it prints given to the environment's `joined`, with the words around it."""
    for output in template.find_all(nodes.Output):
        parts: list[nodes.Expr | None] = [None, *output.nodes, None]
        output.nodes = [
            part if isinstance(part, nodes.TemplateData) else _told(part, _words_before(before), _words_after(after))
            for before, part, after in zip(parts, output.nodes, parts[2:], strict=False)
        ]
    return template


def joined(value: object, before: str, after: str) -> object:
    """A text without the words and marks at its beginning and end that the template has written; others as they are."""
    if type(value) is not str:
        return value
    text = value.rstrip(_MARKS + "！") if after[:1] in _BEFORE_NO_MARK else value
    text = text.lstrip(_MARKS) if before[-1:] in _AFTER_NO_MARK else text
    words = _MARK.split(before.rstrip("："))[-1]
    if led := max(_doubled(words, text), _lead(words, text)):
        text = text[led:].lstrip("，：、")
    words = _MARK.split(after)[0]
    return text[: len(text) - _doubled(text, words, whole=words)] or value


def in_a_row(names: Iterable[str]) -> str:
    """Names in one sentence; marks that stood at their ends, of lines of a list, are not theirs."""
    return "、".join(name.rstrip(_MARKS) or name for name in names)


def _lead(words: str, text: str) -> int:
    """How many characters of `text` are a lead-in as the template's `words` before it are."""
    found = next((lead.match(text) for ending, lead in _LEADS if ending.search(words)), None)
    return found.end() if found else 0


def _doubled(one: str, other: str, whole: str = "") -> int:
    """How many characters `one` ends and `other` begins with, if they are words doubled at the seam of the two.

    `whole`: what the template says there, where that is not `one`.
    """
    whole = whole or one
    for length in range(min(len(one), len(other)), 0, -1):
        if one[-length:] == other[:length]:
            is_whole = length == len(whole) >= _FEWEST
            return length if length >= _SURE or is_whole or other[:length] in _TWICE else 0
    return 0


def _told(value: nodes.Expr, before: str, after: str) -> nodes.Expr:
    if not (before or after):
        return value
    words: list[nodes.Expr] = [value, nodes.Const(before), nodes.Const(after)]
    call = nodes.Call(nodes.EnvironmentAttribute("joined"), words, [], None, None)
    call.set_lineno(value.lineno)
    return call


def _words_before(part: nodes.Expr | None) -> str:
    """What a sentence says just before a value: `主要用于`."""
    return _text(part, -1)[-_AROUND:]


def _words_after(part: nodes.Expr | None) -> str:
    """What a sentence says just after a value."""
    return _text(part, 0)[:_AROUND]


def _text(part: nodes.Expr | None, piece: int) -> str:
    """The text of one paragraph, or line of it, in a piece of the template."""
    return _TAG.sub("", _BOUNDARY.split(part.data)[piece]) if isinstance(part, nodes.TemplateData) else ""
