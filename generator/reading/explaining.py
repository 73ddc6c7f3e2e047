"""Why a text is no YAML that means what it seems to say, in the words of someone who does not know YAML."""

from __future__ import annotations

from collections.abc import Mapping

import yaml

from generator.findings import Code, Finding, InvalidInput, Place
from generator.reading.slips import BACKSLASH, as_findings, find_slips, run_together


def explained(error: yaml.MarkedYAMLError, text: str, name: str) -> InvalidInput:
    """What is told where YAML could not read `text`: all that is mistyped, and its own fault where that is another."""
    slips = find_slips(text)
    findings = as_findings(slips, text, name)
    place = _place_of(error, name)
    if place.line is None or not any(slip.line < place.line for slip in slips):
        findings.insert(0, Finding(Code.NOT_YAML, _explain(error, text), (place,)))
    return InvalidInput(*findings)


def swallowed(lines: Mapping[int, int], text: str, name: str) -> InvalidInput:
    """What is told where `lines` (from 0) would be read as a part of the text that begins on others, or as a name."""
    slips = find_slips(text)
    told = {slip.line for slip in slips}
    slips += [run_together(line, 0) for line, first in lines.items() if not told & {line, first}]
    return InvalidInput(*as_findings(sorted(slips), text, name))


def _place_of(error: yaml.MarkedYAMLError, name: str) -> Place:
    """Where the fault is: where a text begins that has no end, and otherwise where YAML could not go on."""
    without_end = "quoted scalar" in (error.context or "") or "could not find expected ':'" in (error.problem or "")
    first, second = error.problem_mark, error.context_mark
    mark = (second or first) if without_end else (first or second)
    return Place(name, mark.line + 1, mark.column + 1) if mark else Place(name)


def _explain(error: yaml.MarkedYAMLError, text: str) -> str:
    problem = error.problem or ""
    if "cannot start any token" in problem and error.problem_mark:
        character = text.splitlines()[error.problem_mark.line][error.problem_mark.column]
        if character == "\t":
            return "这里用了制表符（Tab）缩进，请改用空格。"
        return f"“{character}”不能放在开头，请给这段文字加上引号。"
    if "escape" in problem:
        return BACKSLASH
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
