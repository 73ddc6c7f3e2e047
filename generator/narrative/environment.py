"""The sandbox in which a template is filled. Filters and functions have Chinese names, as all that a bureau meets."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, NoReturn

from jinja2 import StrictUndefined
from jinja2.runtime import LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape

from generator.edition.models import Wording
from generator.narrative.amounts import Figures, chinese_number, comparison, plain_number

MERGE_WITH_ABOVE = "\ufdd0"
"""Text of a table cell that is to be merged with the one above it; no department's text can hold it."""


class TemplateFault(Exception):
    """The template does not go with the data: a Chinese sentence."""


class Blank:
    """An entry that the department left out: false in a condition, and a fault where it would be printed."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __bool__(self) -> bool:
        return False

    def __str__(self) -> NoReturn:
        message = f"模板要写出“{self._name}”，但填报文件没有填写；请填写，或在模板里先判断有没有填。"
        raise TemplateFault(message)

    __html__ = __str__


def template_environment(wording: Wording) -> ImmutableSandboxedEnvironment:
    """A Jinja environment with all filters and functions that a template may use.

    Undefined names are errors, what is filled in is escaped, and nothing of the data is ever run.
    """
    figures = Figures(wording)
    environment = ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=True, finalize=_as_it_is)
    environment.filters.clear()
    environment.filters |= {
        "万元": figures.amount,
        "表中数": figures.in_table,
        "数": plain_number,
        "汉字": chinese_number,
        "顿号": "、".join,
        "分行": "\n".join,
        "项数": len,
    }
    environment.globals = {
        "变动": figures.change,
        "占比": figures.share,
        "完成率": figures.completion,
        "大小": comparison,
        "合计": _total,
        "总分": _total_score,
        "合并": _merged,
        "同上": MERGE_WITH_ABOVE,
    }
    return environment


def _as_it_is(value: Any) -> Any:
    """Text for the document. docxtpl takes `{_{` for an escaped `{{`: in data it is just these characters."""
    if isinstance(value, str) and not isinstance(value, Markup):
        return Markup(str(escape(value)).replace("_", "&#95;")) if "_" in value else value
    return value


def _total(*amounts: Decimal | int | Blank | None) -> Decimal | int:
    """The sum of numbers; entries left out count as nothing."""
    return sum(amount for amount in amounts if amount and not isinstance(amount, Blank))


def _total_score(first: Decimal, items: list[dict[str, Any]], name: str) -> Decimal:
    """`first` and the entry `name` of every item."""
    return first + sum((item[name] for item in items), Decimal(0))


def _merged(loop: LoopContext, item: dict[str, Any], *names: str) -> Any:
    """The last-named entry of `item`, or the mark for merging where all named entries are as in the item before."""
    if loop.first or any(item[name] != loop.previtem[name] for name in names):
        return item[names[-1]]
    return MERGE_WITH_ABOVE
