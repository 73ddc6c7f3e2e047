"""What comes of the names of a template where it computes with them, cuts them, or calls what they can do."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from jinja2 import nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from generator.kinds import ANYTHING, KINDS, TEXT, Name

_TEXTS = ("文字", "短语")
NUMBER, JUDGEMENT = "数", "“是”或“否”的判断"
_EXACT = ("金额", "数值")
"""Kinds of numbers that are decimal fractions."""
_ARITHMETIC = (nodes.Add, nodes.Sub, nodes.Mul, nodes.Div, nodes.FloorDiv, nodes.Mod, nodes.Pow)


def is_text(what: Name) -> bool:
    return what.kind in _TEXTS


def is_number(what: Name) -> bool:
    return what.kind == NUMBER or (what.kind in KINDS and KINDS[what.kind].is_number)


def is_list(what: Name) -> bool:
    return bool(what.items) and not what.parts


def sliced(what: Name) -> Name | None:
    """What a slice (`部门[0:2]`) gives; `None` where nothing can be cut out."""
    if is_text(what):
        return TEXT
    return what if is_list(what) or what.is_anything else None


def at_unknown_key(what: Name) -> Name | None:
    """What any key may lead to (`表5[编码]`): all that may stand there as one; `None` where nothing has keys."""
    found = [*what.items, *what.parts.values(), *([what.by_code] if what.by_code else ())]
    if is_text(what):
        return TEXT
    if what.is_anything or (found and any(one.is_anything for one in found)):
        return ANYTHING
    if what.kind == "表":
        found = [one for one in found if one.kind == "行"]
    if not found:
        return None
    if len(found) == 1 or not all(one.parts for one in found):
        return found[0] if len({one.kind for one in found}) == 1 else ANYTHING
    return Name(found[0].kind, parts={name: part for one in found for name, part in one.parts.items()})


def can(environment: ImmutableSandboxedEnvironment, what: Name, method: object) -> bool:
    """Whether `what` can do this (`部门.replace`), as the sandbox allows it."""
    sample: Any = {} if what.parts or what.by_code else None
    if is_text(what):
        sample = ""
    elif is_number(what):
        sample = Decimal(0) if what.kind in _EXACT else 0
    elif is_list(what):
        sample = []
    if sample is None or not isinstance(method, str) or not hasattr(sample, method):
        return False
    return environment.is_safe_attribute(sample, method, getattr(sample, method))


def computed(node: nodes.BinExpr, left: Name, right: Name) -> tuple[Name, str]:
    """What an arithmetic expression gives, and what is wrong with it."""
    if left.is_anything or right.is_anything or not isinstance(node, _ARITHMETIC):
        return ANYTHING, ""
    if is_number(left) and is_number(right):
        return _number(node, left, right)
    if is_text(left) and (is_text(right) if isinstance(node, nodes.Add) else isinstance(node, nodes.Mod)):
        return TEXT, ""
    if isinstance(node, nodes.Mul) and is_number(left) != is_number(right):
        return ANYTHING, ""  # a text or list so many times
    if is_list(left) and is_list(right):
        return ANYTHING, ""
    advice = "，连接文字用“~”" if is_text(left) or is_text(right) else ""
    return ANYTHING, f"{left.kind}和{right.kind}不能这样计算{advice}。"


def _number(node: nodes.BinExpr, left: Name, right: Name) -> tuple[Name, str]:
    exact = next((one for one in (left, right) if one.kind in _EXACT), None)
    if isinstance(node, nodes.Div | nodes.FloorDiv | nodes.Mod) and right.constant == 0:
        return ANYTHING, "这里除以 0，没有结果。"
    if exact is None:
        return (ANYTHING if isinstance(node, nodes.Div | nodes.Pow) else Name(NUMBER)), ""
    if any(isinstance(one.constant, float) for one in (left, right)):
        return ANYTHING, f"{exact.kind}不能与带小数点的数一起计算，请改用整数，或在“指标”里算好。"
    return Name(exact.kind), ""


def comparable(left: Name, right: Name) -> bool:
    """Whether the one may be asked to be greater than the other."""
    if left.is_anything or right.is_anything:
        return True
    return (is_number(left) and is_number(right)) or (is_text(left) and is_text(right))


def may_be_a_number(what: Name) -> bool:
    return what.is_anything or is_number(what)


def may_be_a_list(what: Name, *, joined: bool) -> bool:
    """Whether a word that goes through a list, perhaps to make one text of it, can take it; of a text it takes the
    characters."""
    if joined and what.items and all(one.parts for one in what.items):
        return False
    return not is_number(what) and what.kind != JUDGEMENT


def sum_of(parts: list[Name]) -> Name:
    """What the sum of numbers is."""
    if any(one.is_anything for one in parts):
        return ANYTHING
    return Name(next((one.kind for one in parts if one.kind in _EXACT), NUMBER))
