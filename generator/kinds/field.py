"""A field, which a department fills in beside the tables, and what a kind of field has to say of it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any, ClassVar, NamedTuple, Protocol

from pydantic import PlainSerializer, PlainValidator, model_validator

from generator.findings import Code, Place, Severity
from generator.kinds.changes import EntryChange, Path, Spot, Write, shown
from generator.kinds.free_columns import FreeColumn, FreeColumns, leaves
from generator.kinds.names import Name
from generator.kinds.schema import Schema
from generator.kinds.subjects import Subjects
from generator.kinds.values import Faults, is_empty, refuse_numbers, says_nothing
from generator.numbers import Unit
from generator.reading import Mapping, Node, Specification, YesNo, word

Value = Any
"""What a field holds: `str`, `Decimal`, `int`, `None`, a `FreeTable`, tuples of texts or of `OutlineItem`s, or dicts
and lists of these."""
NOTHING = "0"
"""What `不填即为` says of an entry that, left out, is 0."""
STEP = "  "
"""By how much what stands below a name is indented."""


class Form(Protocol):
    """What a kind may ask of the edition."""

    @property
    def published_unit(self) -> Unit:
        """The unit in which amounts are published."""

    def compared(self, comparison: str) -> list[str]:
        """Names of the indicators that take part in `comparison`."""

    def indicators_of(self, field: FieldSpec) -> list[str]:
        """Names of the indicators that `field`, one by indicator, asks for."""

    def subjects_of(self, table: str) -> dict[str, str]:
        """The subjects that a table may show, by code."""


@dataclass(frozen=True, slots=True)
class FileAtHand:
    """What a kind may ask of the department's file that it is typed from."""

    form: Form
    unit: Unit
    faults: Faults
    subjects: Callable[[str], Subjects | None]
    """The last-level subjects of a table; `None` where the tables have faults."""
    last_year: Callable[[str], Value]
    """Last year's figure of an indicator, from last year's file; `None` where it has no such indicator."""


class FieldFigure(NamedTuple):
    """A number that a department's fields hold."""

    path: Path
    """Where from: the names that lead to it, items of lists by index."""
    number: Decimal
    """An amount in 万元."""
    is_amount: bool

    def below(self, step: str | int) -> FieldFigure:
        """The same, seen from one step above."""
        return self._replace(path=(step, *self.path))


class FieldKind(ABC):
    """A kind of field. What is not abstract here does for a text or a number that may be left out."""

    name: ClassVar[str]
    """As the specification and template names call it."""
    how_to_write: ClassVar[str]
    """For the guide to the fields: how a department writes it."""
    needs: ClassVar[tuple[str, ...]] = ()
    """The words of the specification that fields of this kind must have, and only fields of kinds that need them."""
    may_have_heads: ClassVar[bool] = False
    """Whether the specification may give it columns."""
    repeats: ClassVar[bool] = False
    """Whether its fields below stand in the file any number of times."""
    is_group: ClassVar[bool] = False
    """Whether it is fields below it, and these once."""
    is_number: ClassVar[bool] = False
    """Whether checks may name it: it holds one number."""
    is_amount: ClassVar[bool] = False
    """Whether what it holds is in the file's unit."""
    in_sentence: ClassVar[bool] = False
    """Whether it continues a sentence of the template, which brings the marks at its ends and may do without it."""
    may_be_numbered: ClassVar[bool] = False
    """Whether it is a text, or texts, that a template may print with a number."""
    keys_are_texts: ClassVar[bool] = False
    """Whether the keys below it are published."""
    filter: ClassVar[str] = ""
    """The filter by which a template must say how it is written."""
    items: ClassVar[tuple[Name, ...]] = ()
    """What a template's loop over it meets."""
    nothing: ClassVar[Value] = None
    """What a field holds that is left out."""
    editors: ClassVar[Schema]
    """What editors let a department write."""
    definitions: ClassVar[dict[str, Schema]] = {}
    """What the schema of such fields refers to, by name."""
    to_fill_in: ClassVar[tuple[str, ...]] = ()
    """The lines below its name in a file to fill in."""

    @abstractmethod
    def read(self, field: FieldSpec, node: Node, file: FileAtHand) -> Value:
        """What `node`, which is not empty, gives: what a template can print or loop over; faults go to the file's."""

    def empty(self, field: FieldSpec, file: FileAtHand) -> Value:
        """`nothing`, or what this field holds for it."""
        return self.nothing

    def is_required(self, field: FieldSpec, file: FileAtHand) -> bool:
        """Whether something must stand in `field`."""
        return field.required

    def blank(self, field: FieldSpec, form: Form) -> Iterator[str]:
        """`to_fill_in`, or what such a field shows for it."""
        yield from self.to_fill_in

    def schema(self, field: FieldSpec, form: Form) -> Schema:
        """`editors`, or what these let a department write in this field."""
        return self.editors

    def shown(self, field: FieldSpec, form: Form) -> Name:
        """What a template may name of it."""
        return Name(self.name, field.guide, items=self.items, optional=not field.required and self.nothing is None)

    def figures(self, field: FieldSpec, value: Value) -> Iterator[FieldFigure]:
        """The numbers of `value` that the edition asks for; none that is left out, and none of a department's own."""
        if self.is_number and value is not None:
            yield FieldFigure((), Decimal(value), self.is_amount)

    def changed(self, field: FieldSpec, old: Value, new: Value, spot: Spot, amount: Write) -> Iterator[EntryChange]:
        """What changed where `old` and `new` differ; either is `None` also where its version has no such field."""
        write = amount if self.is_amount else None
        yield EntryChange(spot, shown(old, write), shown(new, write), was=old is not None, is_=new is not None)


KINDS: dict[str, FieldKind] = {}
"""All kinds by name, in the order in which people read of them; `registry.py` puts them in."""


def _kind_of(name: object) -> FieldKind:
    if not isinstance(name, str) or name not in KINDS:
        raise ValueError(f"只能是 {'、'.join(KINDS)}。")
    return KINDS[name]


class _ForEditors:
    """Says to pydantic which kinds an editor offers."""

    def __get_pydantic_json_schema__(self, _core: object, _handler: object) -> Schema:
        return {"enum": list(KINDS)}


NamedKind = Annotated[FieldKind, PlainValidator(_kind_of), PlainSerializer(lambda kind: kind.name), _ForEditors()]


class FieldSpec(Specification):
    """One field, with what `juesuan schema`, `juesuan new` and the messages say of it."""

    name: str = word("名称", "字段的名称")
    kind: NamedKind = word("类型", "字段里填什么，是下面的一种")
    guide: str = word("说明", "告诉部门填什么", min_length=1)
    required: YesNo = word("必填", "写 `否`：可以不填", default=True)
    example: str = word("示例", "写在待填写的文件里的例子", default="")
    comparison: str = word("基数", "指标金额、指标说明：说的是哪一种基数", default="")
    """For fields by indicator: which comparison they serve."""
    left_out: str = word(
        "不填即为",
        "可以不填的数：没有填的算作什么，写 `0` 或前面的指标；可以不填的组：写 `0`，整组没有填的，里面的数算作 0",
        default="",
    )
    """What an entry that was left out counts as in indicators and checks: `NOTHING`, or the name of an indicator.

    The numbers of a group that was left out count as nothing in indicators; checks do not speak of them.
    """
    only_if_changed: YesNo = word("有变动才写", "短语、指标说明：变动的原因，两个数相同的，正文里不写", default=False)
    """A reason that a check asks for: not told where the figures that the check compares print alike."""
    from_file: YesNo = word("可用文件", "可以只写上年填报文件的文件名", default=False)
    """Whether the path of last year's file may stand in place of the figures."""
    numbered: YesNo = word("自动编号", "文字、短语、段落、名单：模板给它编号，部门自己写的编号要删去", default=False)
    """Whether the template prints it with a number, so that none may be typed."""
    at_least: int = word("至少", "最少几项", default=0, ge=0)
    heads: FreeColumns = word("栏目", "自由表格：各栏；不写由部门定", default=())
    """Of a free table: its columns, where the department does not choose them."""
    total: YesNo = word("合计行", "自由表格：最后有没有合计行", default=False)
    """Of a free table with such columns: whether it ends with a row of totals."""
    subjects_from: str = word("科目来自", "分科目：取哪张表的末级科目", default="")
    """Of fields by subject: the table whose subjects are meant."""
    below: tuple[FieldSpec, ...] = word("下级", "组、列表、分科目里面的字段", default=())

    @model_validator(mode="after")
    def _has_what_its_kind_needs(self) -> FieldSpec:
        for need, given in (("下级", self.below), ("基数", self.comparison), ("科目来自", self.subjects_from)):
            if (need in self.kind.needs) != bool(given):
                kinds = _quoted([kind for kind in KINDS.values() if need in kind.needs], "和")
                verb = "有" if need == "下级" else "写"
                raise ValueError(f"“{self.name}”：{kinds}要{verb}“{need}”，其他类型不能{verb}。")
        of_group = self.kind.is_group and self.left_out == NOTHING
        if self.left_out and (self.required or not (self.kind.is_number or of_group)):
            message = "只有可以不填的金额、个数和数值能写“不填即为”，可以不填的组能写“不填即为: 0”。"
            raise ValueError(f"“{self.name}”：{message}")
        if self.only_if_changed and not self.kind.in_sentence:
            kinds = _quoted([kind for kind in KINDS.values() if kind.in_sentence], "和")
            raise ValueError(f"“{self.name}”：只有{kinds}可以写“有变动才写”。")
        if self.numbered and not self.kind.may_be_numbered:
            kinds = _quoted([kind for kind in KINDS.values() if kind.may_be_numbered], "和")
            raise ValueError(f"“{self.name}”：只有{kinds}可以写“自动编号”。")
        if self.heads and not self.kind.may_have_heads:
            kinds = _quoted([kind for kind in KINDS.values() if kind.may_have_heads], "和")
            raise ValueError(f"“{self.name}”：只有{kinds}可以写“栏目”。")
        if self.total and not any(column.is_amount for column in self.columns[1:]):
            raise ValueError(f"“{self.name}”：写“合计行”的，“栏目”里要有“类型: 金额”的栏，并且不是第一栏。")
        if self.kind.repeats and any(part.comparison for part in self.below):
            repeating = _quoted([kind for kind in KINDS.values() if kind.repeats], "和")
            compared = _quoted([kind for kind in KINDS.values() if "基数" in kind.needs], "或")
            raise ValueError(f"“{self.name}”：{repeating}的下级不能是{compared}。")
        return self

    @property
    def stands_for(self) -> str:
        """The indicator that it counts as where it is left out; empty where it counts as nothing."""
        return "" if self.left_out == NOTHING else self.left_out

    @property
    def columns(self) -> tuple[FreeColumn, ...]:
        """The columns of a free table below its heads."""
        return leaves(self.heads)

    def read(self, node: Node | None, parent: Place, file: FileAtHand) -> Value:
        """What `node` gives for this field of the group at `parent`; a finding where it must give something."""
        with file.faults.within(self.name):
            if node is None or is_empty(node) or (not self.required and says_nothing(node)):
                if self.kind.is_required(self, file):
                    file.faults.add(Code.MISSING, f"缺少“{self.name}”：{self.guide}", node.place if node else parent)
                elif self.kind.is_group and isinstance(node, Mapping):
                    blank = f"“{self.name}”各项都空着，当作没有，公开文本里不写"
                    message = f"{blank}：有的请填写，确实没有的删去“{self.name}”这一段。"
                    file.faults.add_of_read(Code.GROUP_LEFT_BLANK, message, node.place, severity=Severity.WARNING)
                return self.kind.empty(self, file)
            value = self.kind.read(self, node, file)
            if self.numbered:
                refuse_numbers(node, file.faults)
            if self.at_least and len(value or ()) < self.at_least:
                message = f"“{self.name}”至少要有 {self.at_least} 项：{self.guide}"
                file.faults.add(Code.MISSING, message, node.place)
            return value

    def blank(self, form: Form) -> Iterator[str]:
        """Its lines in a file to fill in: what is asked for, its name, and what its kind writes below."""
        yield f"# {self.guide}" + ("" if self.required else "（可以不填）")
        yield f"{self.name}:"
        yield from (f"{STEP}{line}" for line in self.kind.blank(self, form))

    def for_editors(self, form: Form) -> Schema:
        """The schema of what a department may write, with what is asked for."""
        return self.kind.schema(self, form) | {"description": self.guide}

    def shown(self, form: Form) -> Name:
        """What a template may name of it."""
        return self.kind.shown(self, form)

    def changed(self, old: Value, new: Value, spot: Spot, amount: Write) -> Iterator[EntryChange]:
        """What changed between the values `old` and `new`; `amount`: how these are shown."""
        if old != new:
            yield from self.kind.changed(self, old, new, spot, amount)


def field_at(fields: tuple[FieldSpec, ...], path: tuple[str, ...]) -> FieldSpec | None:
    """The field that `path` leads to from `fields`, through groups and lists; `None` where to none."""
    found = None
    for name in path:
        found = next((field for field in fields if field.name == name), None)
        fields = found.below if found and not found.subjects_from else ()
    return found


def _quoted(kinds: list[FieldKind], last: str) -> str:
    """The names of `kinds` as a sentence lists them; `last`: the word before the last."""
    *names, end = [f"“{kind.name}”" for kind in kinds]
    return f"{''.join(names)}{last if names else ''}{end}"
