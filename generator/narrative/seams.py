"""Where a template's words and a department's meet: what both have written is printed once.

A sentence of a template says “主要用于” and goes on with a field; a department that begins with these words too would
have them printed twice. So each printed value is told, when a template is compiled, the words before and after it.
"""

from __future__ import annotations

import re

from jinja2 import nodes

_BOUNDARY = re.compile(r"<w:p[ >]|</w:p>|<w:(?:br|tab|cr)\b")
_TAG = re.compile(r"<[^>]*>|[\ufdd1\n]")
_MARK = re.compile(r"[，。；：、！？（）“”《》\s]")
_FEWEST, _SURE = 2, 4
"""So many characters are doubled words: the fewest where they are all that the template says there, else the sure."""
_LEADING = ("是", "用于", "包括", "包含", "主要", "其中", "安排", "原因", "情况", "支出")
"""What is never rightly said twice."""


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
    """A text without the words at its beginning and end that the template has written; any other value as it is."""
    if type(value) is not str:
        return value
    if led := _doubled(before, value):
        value = value[led:].lstrip("，：、")
    return value[: len(value) - _doubled(value, after, whole=after)]


def _doubled(one: str, other: str, whole: str = "") -> int:
    """How many characters `one` ends and `other` begins with, if they are words doubled at the seam of the two.

    `whole`: what the template says there, where that is not `one`.
    """
    whole = whole or one
    for length in range(min(len(one), len(other)), 0, -1):
        if one[-length:] == other[:length]:
            is_whole = length == len(whole) >= _FEWEST
            return length if length >= _SURE or is_whole or other[:length] in _LEADING else 0
    return 0


def _told(value: nodes.Expr, before: str, after: str) -> nodes.Expr:
    if not (before or after):
        return value
    words: list[nodes.Expr] = [value, nodes.Const(before), nodes.Const(after)]
    call = nodes.Call(nodes.EnvironmentAttribute("joined"), words, [], None, None)
    call.set_lineno(value.lineno)
    return call


def _words_before(part: nodes.Expr | None) -> str:
    """What a sentence says just before a value: `主要用于`; a colon may stand between the two."""
    if not isinstance(part, nodes.TemplateData):
        return ""
    text = _TAG.sub("", _BOUNDARY.split(part.data)[-1]).rstrip("：")
    return _MARK.split(text)[-1]


def _words_after(part: nodes.Expr | None) -> str:
    """What a sentence says just after a value."""
    if not isinstance(part, nodes.TemplateData):
        return ""
    return _MARK.split(_TAG.sub("", _BOUNDARY.split(part.data)[0]))[0]
