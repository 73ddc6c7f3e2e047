"""The sandbox in which a template is filled, and its words: filters and functions with Chinese names.

Each word says here what it does and how it is written; `juesuan template names` shows just that.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from functools import lru_cache, partial, wraps
from types import CodeType
from typing import Any, ClassVar, NoReturn

from jinja2 import StrictUndefined, Template, Undefined, UndefinedError, nodes
from jinja2.runtime import LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import missing

from generator.edition import Wording
from generator.kinds import OutlineItem, meant, short
from generator.narrative.outline import outlined
from generator.narrative.seams import in_a_row, joined, with_seams
from generator.numbers import FigureWriter, chinese_number, plain_number

MERGE_WITH_ABOVE = "\ufdd0"
"""Text of a table cell that is to be merged with the one above it; no department's text can hold it."""
_MOST_NAMES_TOLD = 8


class TemplateFault(Exception):
    """The template does not go with the data: a Chinese sentence, and the paragraph where it shows (if known)."""

    def __init__(self, message: str, place: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.place = place


_HINTS = {
    "the inline if": "“甲 if 条件”在条件不成立时没有内容可写，请写成“甲 if 条件 else 乙”。",
    "there is no previous": "循环的第一项前面没有上一项，请先判断 loop.first。",
    "there is no next": "循环的最后一项后面没有下一项，请先判断 loop.last。",
}
"""What Jinja says of its own undefined values, by how it begins."""


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
        if hint := self._undefined_hint:
            return next((chinese for english, chinese in _HINTS.items() if hint.startswith(english)), hint)
        name, owner = str(self._undefined_name), self._undefined_obj
        if owner is missing:
            return f"没有“{name}”这个名称，{_perhaps(name, self.known)}"
        if isinstance(owner, Blank):
            owner._refuse()
        if isinstance(owner, Mapping):
            names = [str(key) for key in owner]
            told = "、".join(names[:_MOST_NAMES_TOLD]) + ("等" if len(names) > _MOST_NAMES_TOLD else "")
            return (
                f"没有“{name}”这一项（这里有：{told}），{_perhaps(name, names)}" if names else f"没有“{name}”这一项。"
            )
        return f"{described(owner)}没有下级“{name}”，请对照 juesuan template names 检查写法。"


def _perhaps(name: str, known: tuple[str, ...] | list[str]) -> str:
    near = meant(name, known)
    return f"是不是“{near}”？" if near else "请对照 juesuan template names 检查写法。"


def described(value: Any) -> str:
    """What kind of thing `value` is, for a message about a word that cannot use it."""
    if isinstance(value, str):
        return f"文字“{short(value)}”"
    if value is None or isinstance(value, bool):
        return "“是”或“否”的判断" if value is not None else "空的内容"
    if isinstance(value, Decimal | int | float):
        return f"数 {value}"
    if isinstance(value, Mapping):
        return "一组内容"
    return "一个列表" if isinstance(value, list | tuple) else "这样的内容"


class WordKind(Enum):
    """How a word is written in a template."""

    FILTER = "过滤器"  # after a value: 总收入|万元
    FUNCTION = "函数"  # before brackets: 占比(部分, 整体)
    DRAWING = "画图表的函数"  # a function in a paragraph of its own: {{p 画表('表1') }}
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
    numbers: int = 0
    """How many of the first things that it is given must be numbers."""
    goes_through: bool = False
    """Whether the first thing that it is given must be a list, or a text."""
    gives_number: bool = False
    """Whether a number comes of it, to be written in a way of its own."""
    item_parts: tuple[str, ...] = ()
    """What each item has, of a function that gives a list."""

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
    "各条": (OutlineItem(("推进……",), (OutlineItem(("完成……",)),)),),
}
"""The names of the usages."""


def template_words(wording: Wording) -> tuple[Word, ...]:
    """All words of a template of an edition with this `wording`."""
    figures = FigureWriter(wording)
    unit, decimals = wording.unit.value, "〇一两三四五六"[wording.decimals]
    meaning = f"正文里的金额：千分位、{decimals}位小数，带“{unit}”。"
    filter_, function, drawing = WordKind.FILTER, WordKind.FUNCTION, WordKind.DRAWING
    return (
        Word(unit, filter_, _exact(figures.amount), f"甲|{unit}", meaning, numbers=1),
        Word("表中数", filter_, _exact(figures.in_table), "甲|表中数", "自己画的表格里的金额，不带单位。", numbers=1),
        Word("数值", filter_, plain_number, "项目.得分|数值", "不是金额的数，如分值：不写多余的 0。", numbers=1),
        Word(
            "汉字",
            filter_,
            chinese_number,
            "23|汉字",
            "1 到 99 的汉字数字，用于编号：（{{ loop.index|汉字 }}）。",
            numbers=1,
        ),
        Word("顿号", filter_, in_a_row, "名单|顿号", "把名单用顿号连成一句。", goes_through=True),
        Word("分行", filter_, "\n".join, "名单|分行", "把名单分行写，一项一行。", goes_through=True),
        Word("项数", filter_, len, "名单|项数", "列表有几项。", goes_through=True, gives_number=True),
        Word(
            "变动",
            function,
            _exact(figures.change),
            "变动(甲, 乙, '上年决算数')",
            "前一个数比后一个数（第三项是它的名称）增加或减少多少、增长或降低百分之几；相同写“持平”。",
            numbers=2,
        ),
        Word(
            "增减",
            function,
            _exact(figures.growth),
            "增减(甲, 乙, '各')",
            "同“变动”，但句子前面已经说过与什么数比；第三项（可省略）写在“增加”“减少”前面，第四项（可省略）是后一个数的名称。",
            numbers=2,
        ),
        Word(
            "变动额",
            function,
            _exact(figures.named_difference),
            "变动额(甲, 乙, '年初预算数')",
            "同“变动”，只写增加或减少多少，不写百分之几。",
            numbers=2,
        ),
        Word(
            "增减额",
            function,
            _exact(figures.difference),
            "增减额(甲, 乙)",
            "同“增减”，只写增加或减少多少，不写百分之几。",
            numbers=2,
        ),
        Word(
            "占比",
            function,
            _exact(figures.share),
            "占比(乙, 甲)",
            "前一个数占后一个数的百分之几；第三项（可省略）是小数位数。",
            numbers=2,
        ),
        Word(
            "完成率",
            function,
            _exact(figures.completion),
            "完成率(乙, 甲)",
            "决算数完成预算数的百分之几，先写决算数；第三项（可省略）是小数位数。",
            numbers=2,
        ),
        Word(
            "大小",
            function,
            _exact(figures.comparison),
            "大小(甲, 乙)",
            "前一个数“大于”“等于”还是“小于”后一个数。",
            numbers=2,
        ),
        Word(
            "完成情况",
            function,
            _exact(figures.completed),
            "完成情况(乙, 甲, '预算')",
            "同“完成率”，也写出预算多少；第三项是它的名称，第四项（可省略）是小数位数。预算是 0 时不写完成百分之几。",
            numbers=2,
        ),
        Word("求和", function, _total, "求和(甲, 乙)", "各数之和，没有填写的不算。", gives_number=True),
        Word(
            "总分",
            function,
            _total_score,
            "总分(项目.得分, 各项, '得分')",
            "前一个数加上列表每一项的同名数。",
            gives_number=True,
        ),
        Word(
            "合并",
            function,
            _merged,
            "合并(loop, 行, '类别', '一级')",
            "在表格的循环里：写最后一个名称的内容；所列名称都与上一行相同时，与上一格合并。",
        ),
        Word(
            "逐条",
            function,
            outlined,
            "逐条(各条, '一是', '①', 'A.')",
            "把“层次”字段写成逐段的列表，每段有 级、序号、文字；后面各项是每一级第一条的编号样式。",
            item_parts=("级", "序号", "文字"),
        ),
        Word("同上", WordKind.CONSTANT, None, "同上", "在表格的循环里：这一格与上一格合并。"),
        Word("画表", drawing, None, "{{p 画表('表1') }}", "画一张决算表，或部门填写的自由表格；独占一段。"),
        Word("画图", drawing, None, "{{p 画图('图一') }}", "画一张图；独占一段。"),
    )


def template_environment(wording: Wording) -> ImmutableSandboxedEnvironment:
    """A Jinja environment with all filters and functions that a template may use, but for those that draw.

    Undefined names are errors, what is filled in is escaped, and nothing of the data is ever run.
    """
    environment = _Sandbox(undefined=MissingName, autoescape=True, finalize=partial(_as_it_is, wording.unit.value))
    environment.wording = wording
    words = template_words(wording)
    environment.filters = {word.name: word for word in words if word.kind is WordKind.FILTER}
    environment.globals = {word.name: word for word in words if word.kind is WordKind.FUNCTION}
    environment.globals["同上"] = MERGE_WITH_ABOVE
    return environment


class _Sandbox(ImmutableSandboxedEnvironment):
    wording: Wording
    joined = staticmethod(joined)

    def from_string(self, source: Any, *_: Any) -> Template:
        """The template that `source` is; its code is the same for all departments, so it is made once."""
        return Template.from_code(self, _compiled(source, self.wording), self.make_globals(None))

    def _generate(self, source: nodes.Template, *arguments: Any, **named: Any) -> str:
        return super()._generate(with_seams(source), *arguments, **named)

    def unsafe_undefined(self, obj: Any, attribute: str) -> Any:
        return self.undefined(f"模板里不能用“{attribute}”，请对照 juesuan template names 检查写法。")


@lru_cache(maxsize=16)
def _compiled(source: str, wording: Wording) -> CodeType:
    """`wording` counts too: where a filter is given a constant, Jinja writes the result of it into the code."""
    return template_environment(wording).compile(source)


def _as_it_is(unit: str, value: Any) -> Any:
    """A text or a count. Raises `TemplateFault` for what has no one way to be written: a figure, a list, a group."""
    if isinstance(value, str) or type(value) is int or isinstance(value, Blank | MissingName):
        return value
    if isinstance(value, Undefined):  # which Jinja makes of a condition without an else, and prints as nothing
        raise TemplateFault(_HINTS["the inline if"])
    if isinstance(value, Decimal | float):
        raise TemplateFault(f"这里的数 {value} 没有说明写法：金额写成“……|{unit}”，其他的数写成“……|数值”。")
    raise TemplateFault(f"这里要写出的是{described(value)}，不是文字或数：请写到其中的一项，列表用循环或“……|顿号”。")


def _exact(call: Callable[..., str]) -> Callable[..., str]:
    """`call`, whose first two arguments may be whole numbers too, such as counts."""

    @wraps(call)
    def exact(*arguments: Any) -> str:
        numbers = [Decimal(one) if type(one) is int else one for one in arguments[:2]]
        return call(*numbers, *arguments[2:])

    return exact


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
