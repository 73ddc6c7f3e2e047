"""The sandbox in which a template is filled, and its words: filters and functions with Chinese names.

Each word says here what it does and how it is written; `juesuan template names` shows just that.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import Any, ClassVar, NoReturn

from jinja2 import StrictUndefined, UndefinedError
from jinja2.runtime import LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import missing
from markupsafe import Markup, escape

from generator.accounts.values import meant, short
from generator.edition.models import Wording
from generator.narrative.amounts import Figures, chinese_number, comparison, plain_number

MERGE_WITH_ABOVE = "\ufdd0"
"""Text of a table cell that is to be merged with the one above it; no department's text can hold it."""
_MOST_NAMES_TOLD = 8


class TemplateFault(Exception):
    """The template does not go with the data: a Chinese sentence, and the paragraph where it shows (if known)."""

    def __init__(self, message: str, place: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.place = place


class Blank:
    """An entry that the department left out: false in a condition, and a fault where it would be printed."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __bool__(self) -> bool:
        return False

    def _refuse(self, *_: object) -> NoReturn:
        message = f"模板要写出“{self._name}”，但填报文件没有填写；请填写，或在模板里先判断有没有填。"
        raise TemplateFault(message)

    __str__ = __html__ = __iter__ = __len__ = _refuse
    __lt__ = __le__ = __gt__ = __ge__ = _refuse
    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __truediv__ = __rtruediv__ = __neg__ = _refuse


class MissingName(StrictUndefined):
    """A name that nothing goes by: refused in Chinese wherever it is used."""

    known: ClassVar[tuple[str, ...]] = ()
    """All names of the template, for a hint at what was meant."""

    @property
    def _undefined_message(self) -> str:
        if self._undefined_hint:
            return self._undefined_hint
        name, owner = str(self._undefined_name), self._undefined_obj
        if owner is missing:
            return f"没有“{name}”这个名称，{_perhaps(name, self.known)}"
        if isinstance(owner, Blank):
            owner._refuse()
        if isinstance(owner, Mapping):
            names = [str(key) for key in owner]
            told = "、".join(names[:_MOST_NAMES_TOLD]) + ("等" if len(names) > _MOST_NAMES_TOLD else "")
            return f"没有“{name}”这一项（这里有：{told}），{_perhaps(name, names)}" if names else f"没有“{name}”这一项。"
        return f"{described(owner)}没有下级“{name}”，请对照 juesuan template names 检查写法。"


def _perhaps(name: str, known: tuple[str, ...] | list[str]) -> str:
    near = meant(name, known)
    return f"是不是“{near}”？" if near else "请对照 juesuan template names 检查写法。"


def described(value: Any) -> str:
    """What kind of thing `value` is, for a message about a word that cannot use it."""
    if isinstance(value, str):
        return f"文字“{short(value)}”"
    if isinstance(value, bool | Decimal | int | float):
        return f"数 {value}"
    if isinstance(value, Mapping):
        return "一组内容"
    return "一个列表" if isinstance(value, list | tuple) else "这样的内容"


class WordKind(Enum):
    """How a word is written in a template."""

    FILTER = "过滤器"  # after a value: 总收入|万元
    FUNCTION = "函数"  # before brackets: 占比(部分, 整体)
    DRAWING = "画"  # a function in a paragraph of its own: {{p 画表('表1') }}
    CONSTANT = "记号"


@dataclass(frozen=True)
class Word:
    """A filter, function or mark that every template may use."""

    name: str
    kind: WordKind
    call: Callable[..., Any] | None
    """`None` for a drawing, which the room that draws it provides, and for a mark."""
    usage: str
    """An expression that uses it; `EXAMPLE_VALUES` are its names."""
    meaning: str

    def __call__(self, *arguments: Any, **named: Any) -> Any:
        assert self.call is not None
        try:
            return self.call(*arguments, **named)
        except (TemplateFault, UndefinedError):
            raise
        except Exception as error:
            # A template may hand it anything: whatever it cannot take is a fault of the template, told with its use.
            for argument in (*arguments, *named.values()):
                if isinstance(argument, Blank):
                    argument._refuse()
            raise TemplateFault(f"“{self.name}”用得不对：{self._why(error, arguments)}写法如：{self.usage}。") from None

    def _why(self, error: Exception, arguments: tuple[Any, ...]) -> str:
        if type(error) is ValueError:
            return str(error)
        given = "、".join(described(argument) for argument in arguments)
        return f"给它的是{given}。" if given else ""


EXAMPLE_VALUES: dict[str, Any] = {
    "甲": Decimal("5143.02"),
    "乙": Decimal("4025.77"),
    "名单": ["甲局", "乙中心", "丙所"],
    "项目": {"得分": Decimal("9.5")},
    "各项": [{"得分": Decimal(10)}, {"得分": Decimal("9.5")}],
}
"""The names of the usages."""


def template_words(wording: Wording) -> tuple[Word, ...]:
    """All words of a template of an edition with this `wording`."""
    figures = Figures(wording)
    filter_, function, drawing = WordKind.FILTER, WordKind.FUNCTION, WordKind.DRAWING
    return (
        Word("万元", filter_, figures.amount, "甲|万元", "正文里的金额：千分位、两位小数，带“万元”。"),
        Word("表中数", filter_, figures.in_table, "甲|表中数", "表格里的金额：写法同决算表，不带单位。"),
        Word("数", filter_, plain_number, "项目.得分|数", "不是金额的数，如分值：不写多余的 0。"),
        Word("汉字", filter_, chinese_number, "23|汉字", "1 到 99 的汉字数字，用于编号：（{{ loop.index|汉字 }}）。"),
        Word("顿号", filter_, "、".join, "名单|顿号", "把名单用顿号连成一句。"),
        Word("分行", filter_, "\n".join, "名单|分行", "把名单分行写，一项一行。"),
        Word("项数", filter_, len, "名单|项数", "列表有几项。"),
        Word(
            "变动",
            function,
            figures.change,
            "变动(甲, 乙, '上年决算数')",
            "前一个数比后一个数（第三项是它的名称）增加或减少多少、增长或降低百分之几；相同写“持平”。",
        ),
        Word("占比", function, figures.share, "占比(乙, 甲)", "前一个数占后一个数的百分之几。"),
        Word("完成率", function, figures.completion, "完成率(乙, 甲)", "决算数完成预算数的百分之几，先写决算数。"),
        Word("大小", function, comparison, "大小(甲, 乙)", "前一个数“大于”“等于”还是“小于”后一个数。"),
        Word("合计", function, _total, "合计(甲, 乙)", "各数之和，没有填写的不算。"),
        Word("总分", function, _total_score, "总分(项目.得分, 各项, '得分')", "前一个数加上列表每一项的同名数。"),
        Word(
            "合并",
            function,
            _merged,
            "合并(loop, 行, '类别', '一级')",
            "在表格的循环里：写最后一个名称的内容；所列名称都与上一行相同时，与上一格合并。",
        ),
        Word("同上", WordKind.CONSTANT, None, "同上", "在表格的循环里：这一格与上一格合并。"),
        Word("画表", drawing, None, "{{p 画表('表1') }}", "画一张决算表，或部门填写的自由表格；独占一段。"),
        Word("画图", drawing, None, "{{p 画图('图一') }}", "画一张图；独占一段。"),
    )


def template_environment(wording: Wording) -> ImmutableSandboxedEnvironment:
    """A Jinja environment with all filters and functions that a template may use, but for those that draw.

    Undefined names are errors, what is filled in is escaped, and nothing of the data is ever run.
    """
    environment = _Sandbox(undefined=MissingName, autoescape=True, finalize=_as_it_is)
    words = template_words(wording)
    environment.filters = {word.name: word for word in words if word.kind is WordKind.FILTER}
    environment.globals = {word.name: word for word in words if word.kind is WordKind.FUNCTION}
    environment.globals["同上"] = MERGE_WITH_ABOVE
    return environment


class _Sandbox(ImmutableSandboxedEnvironment):
    def unsafe_undefined(self, obj: Any, attribute: str) -> Any:
        return self.undefined(f"模板里不能用“{attribute}”，请对照 juesuan template names 检查写法。")


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
