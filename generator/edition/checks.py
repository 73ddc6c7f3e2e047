"""Checks (勾稽关系): what must hold between figures, in a vocabulary of a few kinds."""

from __future__ import annotations

import re
from decimal import Decimal
from enum import Enum
from functools import cached_property
from typing import Annotated

from pydantic import BeforeValidator, Field, model_validator

from generator.edition.base import Specification, Texts, word
from generator.edition.terms import FIELD, Term, parse_terms
from generator.findings import RelationCode


class CheckKind(Enum):
    """What a check says."""

    IN_ROW = "行内"  # in each row of the tables, a column is what the table's `等于` makes it of other columns
    HIERARCHY = "逐级"  # each subject is the sum of those below it, the total that of the classes
    BETWEEN_ROWS = "行间"  # a row is what its `等于` makes it of other rows and tables
    EQUAL = "相等"  # two sums of figures are equal
    AT_MOST = "不大于"  # one sum is at most the other
    NOT_NEGATIVE = "非负"  # no figure of the tables is negative
    TOGETHER = "同有同无"  # either both sums are 0 or neither is
    EXPLAINED = "有原因"  # a change beyond the threshold has a reason


class CheckSeverity(Enum):
    """How grave it is where a check does not hold."""

    ERROR = "错误"
    WARNING = "提醒"


_PERCENT = r"^(\d{1,4}(?:\.\d+)?)%$"


def _percent(value: object) -> Decimal:
    found = re.match(_PERCENT, value) if isinstance(value, str) else None
    if found is None:
        raise ValueError("应写成百分数，如 10%。")
    return Decimal(found[1]) / 100


Percent = Annotated[Decimal, BeforeValidator(_percent, json_schema_input_type=Annotated[str, Field(pattern=_PERCENT)])]

_BY_TABLE = (CheckKind.IN_ROW, CheckKind.HIERARCHY, CheckKind.BETWEEN_ROWS, CheckKind.NOT_NEGATIVE)
_BY_SIDES = (CheckKind.EQUAL, CheckKind.AT_MOST, CheckKind.TOGETHER)


class Check(Specification):
    """One relation, with all that is said of it where it does not hold."""

    code: RelationCode = word("代码", "一个大写字母加三四位数字，不能重复", pattern=r"^[A-Z]\d{3,4}$")
    name: str = word("名称", "关系的名称")
    kind: CheckKind = word("类型", "核对什么，是下面的一种")
    severity: CheckSeverity = word("级别", "`错误` 或 `提醒`；不写就是 `错误`", default=CheckSeverity.ERROR)
    reason: str = word("理由", "为什么必须成立", min_length=4)
    """Why it must hold: a sentence of the edition's handbook, and of the finding."""
    tables: Texts = word("表", "行内、逐级、行间、非负：核对哪些表", default=())
    except_columns: Texts = word("除外", "不核对的栏", default=())
    left: Texts = word("左边", "一边的数，几个数相加", default=())
    right: Texts = word("右边", "另一边的数", default=())
    only_if_zero: Texts = word("前提为零", "这些数都是 0 才核对", default=())
    """Figures that must all be 0 for the check to apply."""
    comparison: str = word("基数", "有原因：核对有这种基数的全部指标", default="")
    reasons: str = word("原因", "有原因：原因填在哪个字段", default="")
    """The field that holds the reasons: `填报/变动原因/比上年`."""
    threshold: Percent | None = word("阈值", "有原因：变动超过多少要有原因", default=None)

    @cached_property
    def sides(self) -> tuple[tuple[Term, ...], tuple[Term, ...]]:
        return parse_terms(self.left), parse_terms(self.right)

    @cached_property
    def reasons_path(self) -> tuple[str, ...]:
        """The path of the field that holds the reasons; empty where none are asked for."""
        return parse_terms((self.reasons,))[0].field if self.reasons else ()

    @cached_property
    def conditions(self) -> tuple[Term, ...]:
        """The terms of `only_if_zero`."""
        return parse_terms(self.only_if_zero)

    @model_validator(mode="after")
    def _has_what_its_kind_needs(self) -> Check:
        explained = self.kind is CheckKind.EXPLAINED
        by_sides = self.kind in _BY_SIDES or (explained and not self.comparison)
        for name, given, wanted in (
            ("表", self.tables, self.kind in _BY_TABLE),
            ("左边", self.left, by_sides),
            ("右边", self.right, by_sides),
            ("原因", self.reasons, explained),
            ("阈值", self.threshold is not None, explained),
        ):
            if bool(given) != wanted:
                raise ValueError(f"“{self.kind.value}”{'要写' if wanted else '不能写'}“{name}”。")
        if self.reasons and not self.reasons.startswith(f"{FIELD}/"):
            raise ValueError(f"“原因”应写成“填报/字段”，如“填报/变动原因/比上年”，现在是“{self.reasons}”。")
        parse_terms(self.left + self.right + self.only_if_zero)
        return self
