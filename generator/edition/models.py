"""An edition and those of its parts that are neither tables nor fields."""

from __future__ import annotations

import re
from enum import Enum
from functools import cached_property
from typing import Annotated, TypeVar

from pydantic import Field, field_validator

from generator.edition.base import Specification, Texts, YesNo
from generator.edition.charts import ChartSpec
from generator.edition.checks import Check
from generator.edition.fields import FieldKind, FieldSpec
from generator.edition.tables import TableSpec
from generator.edition.terms import Term, parse_terms

Filled = Annotated[str, Field(min_length=1)]
CodeList = dict[Annotated[str, Field(pattern=r"^\d{3}(\d\d){0,2}$")], Filled]
_FILE_NAME = re.compile(r'(\{年度\}|\{部门\}|[^{}\\/:*?"<>|])+')


class HeadRow(Enum):
    """What stands above the columns of an official table, on every page of it."""

    NUMBER = "表号"
    TITLE = "表名"
    DEPARTMENT_AND_UNIT = "部门单位"


class Wording(Specification):
    """How figures are written, and what stands above the tables."""

    head_rows: tuple[HeadRow, ...] = Field(alias="表头", default=tuple(HeadRow))
    department_line: str = Field(alias="部门栏", default="部门：{部门}")
    unit_line: str = Field(alias="单位栏", default="单位：万元")
    table_separators: YesNo = Field(alias="表中千分位", default=True)
    text_separators: YesNo = Field(alias="文中千分位", default=True)
    table_zero: str = Field(alias="表中零")
    text_zero: str = Field(alias="文中零")
    """An amount of 0 in running text, without its unit."""
    rate_decimals: int = Field(alias="比率小数位", ge=0, le=4)
    plain_whole_rates: YesNo = Field(alias="整比率不带小数", default=True)
    """Whether a rate of exactly 0 or 100 percent is written without decimals."""
    more: str = Field(alias="增加", default="增加{差额}，增长{比率}")
    less: str = Field(alias="减少", default="减少{差额}，降低{比率}")
    more_by: str = Field(alias="增加额", default="增加{差额}")
    less_by: str = Field(alias="减少额", default="减少{差额}")
    compared: str = Field(alias="与基数相比", default="比{基数}{变动}")
    """How a change is said of a base that is named: `{变动}` is one of the two above."""
    unchanged: str = Field(alias="持平", default="持平")
    same: str = Field(alias="与基数持平", default="与{基数}持平")
    no_base: str = Field(alias="基数为零的增长")
    """With `{基数}` for what the template calls the base."""
    no_budget: str = Field(alias="预算为零的完成率")


class Indicator(Specification):
    """A figure with a name that running text and comparisons use."""

    name: str = Field(alias="名称")
    equals: Texts = Field(alias="等于", min_length=1)
    comparisons: Texts = Field(alias="基数", default=())
    derived_bases: dict[str, Texts] = Field(alias="基数取自", default={})
    """Terms of what it is compared with, by comparison, where that stands in tables and is not asked for."""
    former_name: str = Field(alias="上年名称", default="")
    """What last year's edition calls it, where it has been renamed."""

    @cached_property
    def terms(self) -> tuple[Term, ...]:
        return parse_terms(self.equals)

    @cached_property
    def base_terms(self) -> dict[str, tuple[Term, ...]]:
        """The terms of `derived_bases`."""
        return {comparison: parse_terms(texts) for comparison, texts in self.derived_bases.items()}

    def is_compared(self, comparison: str) -> bool:
        """Whether it takes part in `comparison`."""
        return comparison in self.comparisons or comparison in self.derived_bases


Named = TypeVar("Named", Indicator, FieldSpec)


def refuse_twins(items: tuple[Named, ...]) -> tuple[Named, ...]:
    """`items`; raises `ValueError` where two of them have the same name."""
    names = [item.name for item in items]
    if twins := [name for name in names if names.count(name) > 1]:
        raise ValueError(f"有两项都叫“{twins[0]}”，请改名或删去一项。")
    return items


class HeadFile(Specification):
    """`版本.yaml`: which edition this is, and what it consists of."""

    identifier: str = Field(alias="编号")
    title: str = Field(alias="名称")
    year: int = Field(alias="年度")
    publication: str = Field(alias="文件名")
    tables: tuple[str, ...] = Field(alias="表", min_length=1)
    code_lists: dict[str, str] = Field(alias="科目表")
    wording: Wording = Field(alias="写法")
    former_subjects: dict[str, str] = Field(alias="科目沿革", default={})
    """Subjects that last year had another code, by their present one."""

    @field_validator("publication")
    @classmethod
    def _makes_a_file_name(cls, value: str) -> str:
        if not _FILE_NAME.fullmatch(value):
            raise ValueError("花括号里只能是 {年度} 和 {部门}，也不能有文件名里不能用的符号。")
        return value


class IndicatorsFile(Specification):
    """`指标.yaml`."""

    indicators: tuple[Indicator, ...] = Field(alias="指标")
    groups: dict[str, tuple[str, ...]] = Field(alias="分组", default={})

    @field_validator("indicators")
    @classmethod
    def _names_are_unique(cls, indicators: tuple[Indicator, ...]) -> tuple[Indicator, ...]:
        return refuse_twins(indicators)


class FieldsFile(Specification):
    """`填报.yaml`."""

    fields: tuple[FieldSpec, ...] = Field(alias="字段")

    @field_validator("fields")
    @classmethod
    def _names_are_unique(cls, fields: tuple[FieldSpec, ...]) -> tuple[FieldSpec, ...]:
        return refuse_twins(fields)


class ChecksFile(Specification):
    """`勾稽关系.yaml`."""

    checks: tuple[Check, ...] = Field(alias="勾稽关系")

    @field_validator("checks")
    @classmethod
    def _codes_are_unique(cls, checks: tuple[Check, ...]) -> tuple[Check, ...]:
        codes = [check.code for check in checks]
        if twins := [code for code in codes if codes.count(code) > 1]:
            raise ValueError(f"代码“{twins[0]}”用了两次，请改成不同的代码。")
        return checks


class CodesFile(Specification):
    """A code list: `科目: {编码: 名称}`."""

    codes: CodeList = Field(alias="科目")

    @field_validator("codes")
    @classmethod
    def _in_order(cls, codes: dict[str, str]) -> dict[str, str]:
        return dict(sorted(codes.items()))


class Edition(Specification):
    """A whole edition, every reference inside it known to lead somewhere."""

    identifier: str
    lineage: tuple[str, ...]
    """Its own identifier, and those of the editions that it builds on, the nearest first."""
    title: str
    year: int
    publication: str
    """File name of a publication, with `{年度}` and `{部门}`."""
    wording: Wording
    tables: dict[str, TableSpec]
    """By table number, in the order of the publication."""
    code_lists: dict[str, CodeList]
    indicators: dict[str, Indicator]
    indicator_groups: dict[str, tuple[str, ...]]
    fields: tuple[FieldSpec, ...]
    checks: tuple[Check, ...]
    former_subjects: dict[str, str]
    charts: dict[str, ChartSpec]
    """By name, in the order of `图.yaml`."""

    def publication_name(self, department: str) -> str:
        """What the publication of `department` is called, its files without their endings too."""
        return self.publication.format(年度=self.year, 部门=department)

    def compared(self, comparison: str) -> list[str]:
        """Names of the indicators that take part in `comparison`."""
        return [name for name, indicator in self.indicators.items() if indicator.is_compared(comparison)]

    def indicators_of(self, field: FieldSpec) -> list[str]:
        """Names of the indicators that `field`, one by indicator, asks for."""
        names = self.compared(field.comparison)
        if field.kind is FieldKind.INDICATOR_PHRASES:
            return names
        return [name for name in names if field.comparison not in self.indicators[name].derived_bases]

    def comparison_field(self, comparison: str) -> str:
        """Name of the field that holds the figures of `comparison`."""
        fields = (field.name for field in self.fields if field.comparison == comparison)
        return next(fields, comparison)
