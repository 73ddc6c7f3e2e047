"""Fields: what a department fills in beside the tables, as the edition lays it down."""

from __future__ import annotations

from enum import Enum

from pydantic import model_validator

from generator.edition.base import Specification, YesNo, word
from generator.edition.free_columns import FreeColumn, FreeColumns, leaves


class FieldKind(Enum):
    """What a field holds."""

    GROUP = "组"  # fields below it
    LIST = "列表"  # any number of groups
    TEXT = "文字"  # one text; line breaks are kept
    PHRASE = "短语"  # a text that continues a sentence of the template: its own full stop is left out
    PARAGRAPHS = "段落"  # one or more paragraphs
    NAMES = "名单"  # a list of short texts
    TERMS = "词条"  # a word and its explanation, any number
    AMOUNT = "金额"  # in the file's unit
    COUNT = "个数"  # a whole number from 0
    NUMBER = "数值"  # a number with decimals that is no amount, such as a score
    INDICATOR_AMOUNTS = "指标金额"  # an amount for each indicator that the edition compares
    INDICATOR_PHRASES = "指标说明"  # a phrase for some of those indicators
    FREE_TABLE = "自由表格"  # a table that the department lays out, or whose columns the edition gives
    OUTLINE = "层次"  # numbered prose: a list of texts, each perhaps with a list below it
    BY_SUBJECT = "分科目"  # a group for each last-level subject of a table


class FieldSpec(Specification):
    """One field, with what `juesuan schema`, `juesuan new` and the messages say of it."""

    name: str = word("名称", "字段的名称")
    kind: FieldKind = word("类型", "字段里填什么，是下面的一种")
    guide: str = word("说明", "告诉部门填什么", min_length=1)
    required: YesNo = word("必填", "写 `否`：可以不填", default=True)
    example: str = word("示例", "写在待填写的文件里的例子", default="")
    comparison: str = word("基数", "指标金额、指标说明：说的是哪一种基数", default="")
    """For fields by indicator: which comparison they serve."""
    left_out: str = word("不填即为", "可以不填的数：没有填的算作什么，写 `0` 或前面的指标", default="")
    """What an entry that was left out counts as in indicators and checks: `NOTHING`, or the name of an indicator."""
    only_if_changed: YesNo = word("有变动才写", "短语、指标说明：变动的原因，两个数相同的，正文里不写", default=False)
    """A reason that a check asks for: not told where the figures that the check compares print alike."""
    from_file: YesNo = word("可用文件", "可以只写上年填报文件的文件名", default=False)
    """Whether the path of last year's file may stand in place of the figures."""
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
        if (self.kind in _WITH_PARTS) != bool(self.below):
            raise ValueError(f"“{self.name}”：“组”“列表”和“分科目”要有“下级”，其他类型不能有。")
        if (self.kind in BY_INDICATOR) != bool(self.comparison):
            raise ValueError(f"“{self.name}”：“指标金额”和“指标说明”要写“基数”，其他类型不能写。")
        if self.left_out and (self.required or self.kind not in NUMBERS):
            raise ValueError(f"“{self.name}”：只有可以不填的金额、个数和数值能写“不填即为”。")
        if self.only_if_changed and self.kind not in (FieldKind.PHRASE, FieldKind.INDICATOR_PHRASES):
            raise ValueError(f"“{self.name}”：只有“短语”和“指标说明”可以写“有变动才写”。")
        if (self.kind is FieldKind.BY_SUBJECT) != bool(self.subjects_from):
            raise ValueError(f"“{self.name}”：“分科目”要写“科目来自”，其他类型不能写。")
        if self.heads and self.kind is not FieldKind.FREE_TABLE:
            raise ValueError(f"“{self.name}”：只有“自由表格”可以写“栏目”。")
        if self.total and not any(column.is_amount for column in self.columns[1:]):
            raise ValueError(f"“{self.name}”：写“合计行”的，“栏目”里要有“类型: 金额”的栏，并且不是第一栏。")
        if self.kind in (FieldKind.LIST, FieldKind.BY_SUBJECT) and any(
            part.kind in BY_INDICATOR for part in self.below
        ):
            raise ValueError(f"“{self.name}”：“列表”和“分科目”的下级不能是“指标金额”或“指标说明”。")
        return self

    @property
    def columns(self) -> tuple[FreeColumn, ...]:
        """The columns of a free table below its heads."""
        return leaves(self.heads)


def field_at(fields: tuple[FieldSpec, ...], path: tuple[str, ...]) -> FieldSpec | None:
    """The field that `path` leads to from `fields`, through groups and lists; `None` where to none."""
    found = None
    for name in path:
        found = next((field for field in fields if field.name == name), None)
        fields = found.below if found and found.kind is not FieldKind.BY_SUBJECT else ()
    return found


NOTHING = "0"
NUMBERS = (FieldKind.AMOUNT, FieldKind.COUNT, FieldKind.NUMBER)
BY_INDICATOR = (FieldKind.INDICATOR_AMOUNTS, FieldKind.INDICATOR_PHRASES)
_WITH_PARTS = (FieldKind.GROUP, FieldKind.LIST, FieldKind.BY_SUBJECT)
