"""Checks (勾稽关系): what must hold between figures, in a vocabulary of a few kinds."""

from __future__ import annotations

import re
from decimal import Decimal
from enum import Enum
from functools import cached_property
from typing import Annotated

from pydantic import BeforeValidator, Field, model_validator

from generator.edition.terms import FIELD, Term, parse_terms
from generator.findings import RelationCode, Severity
from generator.reading import Specification, Texts, word


class CheckKind(Enum):
    """What a check says, as a specification calls it, and the words that such a check must have, and others not.

    A word with `?` it may have.

    What each of them means is in `checks/kinds.py`.
    """

    IN_ROW = "行内", "表"
    HIERARCHY = "逐级", "表"
    BETWEEN_ROWS = "行间", "表"
    EQUAL = "相等", "左边", "右边"
    AT_MOST = "不大于", "左边", "右边"
    LIMITED = "有上限", "表?", "左边?", "右边?", "上限"
    AT_LEAST = "有下限", "左边", "下限"
    SMALL_TOO = "有小额", "表", "上限"
    NOT_NEGATIVE = "非负", "表"
    TOGETHER = "同有同无", "左边", "右边"
    EXPLAINED = "有原因", "左边", "右边", "原因", "阈值"
    MAGNITUDE = "同量级", "左边", "右边"
    NOT_COPIED = "不照抄", "左边", "右边"

    needs: tuple[str, ...]

    def __new__(cls, name: str, *needs: str) -> CheckKind:
        kind = object.__new__(cls)
        kind._value_ = name
        kind.needs = needs
        return kind


_PERCENT = r"^(\d{1,4}(?:\.\d+)?)%$"


def _percent(value: object) -> Decimal:
    found = re.match(_PERCENT, value) if isinstance(value, str) else None
    if found is None:
        raise ValueError("应写成百分数，如 10%。")
    return Decimal(found[1]) / 100


Percent = Annotated[Decimal, BeforeValidator(_percent, json_schema_input_type=Annotated[str, Field(pattern=_PERCENT)])]


class Check(Specification):
    """One relation, with all that is said of it where it does not hold."""

    code: RelationCode = word("代码", "一个大写字母加三四位数字，不能重复", pattern=r"^[A-Z]\d{3,4}$")
    name: str = word("名称", "关系的名称")
    kind: CheckKind = word("类型", "核对什么，是下面的一种")
    severity: Severity = word("级别", "`错误` 或 `提醒`；不写就是 `错误`", default=Severity.ERROR)
    reason: str = word("理由", "为什么必须成立", min_length=4)
    """Why it must hold: a sentence of the edition's handbook, and of the finding."""
    tables: Texts = word("表", "行内、逐级、行间、非负、有上限、有小额：核对哪些表；后三种也可以写 `填报`", default=())
    exceptions: Texts = word("除外", "不核对的栏；填报的内容写 `填报/字段`", default=())
    left: Texts = word("左边", "一边的数，几个数相加", default=())
    right: Texts = word("右边", "另一边的数", default=())
    only_if_zero: Texts = word("前提为零", "这些数都是 0 才核对", default=())
    """Figures that must all be 0 for the check to apply."""
    comparison: str = word("基数", "有原因、同量级、不照抄：核对有这种基数的全部指标", default="")
    reasons: str = word("原因", "有原因：原因填在哪个字段", default="")
    """The field that holds the reasons: `填报/变动原因/比上年`."""
    limit: Decimal | None = word("上限", "有上限、有小额：最多多少万元；写了“右边”的，是它的几倍", default=None, gt=0)
    """In 万元, or how many times the right side."""
    least: Decimal | None = word("下限", "有下限：左边最少是多少万元", default=None, gt=0)
    """In 万元."""
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
        # Indicators, each with what it is compared with, are two sides as well.
        compared = ("左边", "右边") if self.comparison else ()
        for name, given in (
            ("表", self.tables),
            ("左边", self.left),
            ("右边", self.right),
            ("原因", self.reasons),
            ("上限", self.limit is not None),
            ("下限", self.least is not None),
            ("阈值", self.threshold is not None),
        ):
            wanted = name in self.kind.needs and name not in compared
            if bool(given) != wanted and not (given and f"{name}?" in self.kind.needs):
                raise ValueError(f"“{self.kind.value}”{'要写' if wanted else '不能写'}“{name}”。")
        if self.kind is CheckKind.LIMITED and bool(self.tables) == bool(self.left):
            raise ValueError("“有上限”要写“左边”或“表”，只写一种。")
        if self.comparison and self.kind not in (CheckKind.EXPLAINED, CheckKind.MAGNITUDE, CheckKind.NOT_COPIED):
            raise ValueError(f"“{self.kind.value}”不能写“基数”。")
        if self.reasons and not self.reasons.startswith(f"{FIELD}/"):
            raise ValueError(f"“原因”应写成“填报/字段”，如“填报/变动原因/比上年”，现在是“{self.reasons}”。")
        parse_terms(self.left + self.right + self.only_if_zero)
        return self
