"""An edition and those of its parts that are neither tables nor fields."""

from __future__ import annotations

import re
from enum import Enum
from functools import cached_property
from typing import Annotated, TypeVar

from pydantic import Field, field_validator

from generator.edition.charts import ChartSpec
from generator.edition.checks import Check
from generator.edition.prose import ProseRule
from generator.edition.tables import TableSpec
from generator.edition.terms import SAME_ROW, Term, parse_terms
from generator.kinds import KINDS, Amount, FieldKind, FieldSpec, field_at
from generator.numbers import Unit, filled
from generator.reading import Specification, Texts, YesNo, word

Filled = Annotated[str, Field(min_length=1)]
CodeList = dict[Annotated[str, Field(pattern=r"^\d{3}(\d\d){0,2}$")], Filled]
_NOT_IN_FILE_NAMES = re.compile(r'[\\/:*?"<>|]')


class HeadRow(Enum):
    """What stands above the columns of an official table, on every page of it."""

    NUMBER = "表号"
    TITLE = "表名"
    DEPARTMENT_AND_UNIT = "部门单位"


class Wording(Specification):
    """How figures are written, and what stands above the tables."""

    head_rows: tuple[HeadRow, ...] = word(
        "表头", "表的上面有哪几行，按顺序：`表号`、`表名`、`部门单位`；不写就是三行都有", default=tuple(HeadRow)
    )
    department_line: str = word("部门栏", "表左上角的话", default="部门：{部门}")
    unit_line: str = word("单位栏", "表右上角的话", default="单位：{单位}")
    unit: Unit = word(
        "公布单位", "金额印成 `元` 还是 `万元`，表里和正文都是；不写就是 `万元`", default=Unit.TEN_THOUSAND
    )
    decimals: int = word("金额小数位", "金额的小数位数，0 到 6；不写就是 2", default=2, ge=0, le=6)
    table_separators: YesNo = word("表中千分位", "表里的数要不要千分位，不写就是要", default=True)
    text_separators: YesNo = word("文中千分位", "正文的数要不要千分位，不写就是要", default=True)
    table_zero: str = word("表中零", '表里的零怎样写；写 `""` 就是空着')
    text_zero: str = word("文中零", "正文里的零怎样写")
    """An amount of 0 in running text, without its unit."""
    rate_decimals: int = word("比率小数位", "百分比的小数位数，0 到 4", ge=0, le=4)
    plain_whole_rates: YesNo = word("整比率不带小数", "正好是 0、100% 时不写小数，不写就是这样", default=True)
    """Whether a rate of exactly 0 or 100 percent is written without decimals."""
    more: str = word("增加", "增加时怎样写，用 `{差额}`、`{比率}`", default="增加{差额}，增长{比率}")
    less: str = word("减少", "减少时怎样写", default="减少{差额}，降低{比率}")
    more_by: str = word("增加额", "只说增加多少、不说比率时怎样写", default="增加{差额}")
    less_by: str = word("减少额", "只说减少多少、不说比率时怎样写", default="减少{差额}")
    compared: str = word("与基数相比", "句子里说明与什么比时怎样写，用 `{基数}`、`{变动}`", default="比{基数}{变动}")
    """How a change is said of a base that is named: `{变动}` is one of the two above."""
    unchanged: str = word("持平", "没有变动时怎样写", default="持平")
    same: str = word("与基数持平", "没有变动、又说明与什么比时怎样写", default="与{基数}持平")
    no_base: str = word("基数为零的增长", "与 0 比较时怎样写，可以写 `{基数}`")
    """With `{基数}` for what the template calls the base."""
    no_budget: str = word("预算为零的完成率", "预算是 0 时的完成率怎样写")
    completed: str = word(
        "完成情况", "完成多少预算的百分之几怎样写，用 `{基数}`、`{预算}`、`{比率}`", default="完成{基数}{预算}的{比率}"
    )
    nothing_to_complete: str = word(
        "预算为零的完成情况", "预算是 0 时的完成情况怎样写", default="{基数}为{预算}，完成率不可比"
    )


class Indicator(Specification):
    """A figure with a name that running text and comparisons use."""

    name: str = word("名称", "指标的名称，模板里就写它")
    equals: Texts = word("等于", "在哪一格、填报的哪一项，或前面的哪个指标；可以几个相加", min_length=1)
    comparisons: Texts = word("基数", "与哪些数比较，各起一个名称；会请部门填那个数", default=())
    derived_bases: dict[str, Texts] = word("基数取自", "能从表里取的基数，就不用填", default={})
    """Terms of what it is compared with, by comparison, where that stands in tables and is not asked for."""
    former_name: str = word("上年名称", "上年版本里叫别的名称的，写旧名称", default="")
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

    identifier: str = word("编号", "版本的编号，与文件夹同名")
    title: str = word("名称", "版本的名称")
    year: int = word("年度", "用于哪个决算年度")
    publication: str = word("文件名", "公开文本的文件名，可以写 `{年度}`、`{部门}`")
    tables: tuple[str, ...] = word("表", "有哪些表，按公开的顺序", min_length=1)
    code_lists: dict[str, str] = word("科目表", "科目表的名称和文件")
    wording: Wording = word("写法", "数怎样写，表头有什么")
    former_subjects: dict[str, str] = word("科目沿革", "编码变了的科目：`新编码: 旧编码`", default={})
    """Subjects that last year had another code, by their present one."""

    @field_validator("publication")
    @classmethod
    def _makes_a_file_name(cls, value: str) -> str:
        if found := dict.fromkeys(_NOT_IN_FILE_NAMES.findall(value)):
            raise ValueError(f"不能有文件名里不能用的符号：{'、'.join(found)}。")
        return value


class IndicatorsFile(Specification):
    """`指标.yaml`."""

    indicators: tuple[Indicator, ...] = word("指标", "各个有名称的数")
    groups: dict[str, tuple[str, ...]] = word("分组", "几个指标合成一组，模板里用循环逐个写", default={})

    @field_validator("indicators")
    @classmethod
    def _names_are_unique(cls, indicators: tuple[Indicator, ...]) -> tuple[Indicator, ...]:
        return refuse_twins(indicators)


class FieldsFile(Specification):
    """`填报.yaml`."""

    fields: tuple[FieldSpec, ...] = word("字段", "各个字段，按填写的先后")

    @field_validator("fields")
    @classmethod
    def _names_are_unique(cls, fields: tuple[FieldSpec, ...]) -> tuple[FieldSpec, ...]:
        return refuse_twins(fields)


class ChecksFile(Specification):
    """`勾稽关系.yaml`."""

    checks: tuple[Check, ...] = word("勾稽关系", "各条关系")

    @field_validator("checks")
    @classmethod
    def _codes_are_unique(cls, checks: tuple[Check, ...]) -> tuple[Check, ...]:
        codes = [check.code for check in checks]
        if twins := [code for code in codes if codes.count(code) > 1]:
            raise ValueError(f"代码“{twins[0]}”用了两次，请改成不同的代码。")
        return checks


class CodesFile(Specification):
    """A code list: `科目: {编码: 名称}`."""

    codes: CodeList = word("科目", '逐行写 `"编码": 名称`')

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
    prose: tuple[ProseRule, ...]
    """What is looked for in a department's words; none where the edition has no `用语.yaml`."""
    former_subjects: dict[str, str]
    charts: dict[str, ChartSpec]
    """By name, in the order of `图.yaml`."""

    def publication_name(self, department: str) -> str:
        """What the publication of `department` is called, its files without their endings too."""
        return filled(self.publication, 年度=self.year, 部门=department)

    def printed(self, text: str, table: TableSpec, department: str) -> str:
        """`text`, which stands over or under `table`, as it prints in the publication of `department`."""
        unit = self.unit_of(table).value
        return filled(text, 部门=department, 年度=self.year, 上年度=self.year - 1, 单位=unit)

    @property
    def published_unit(self) -> Unit:
        """The unit in which amounts are published, but for tables that have one of their own."""
        return self.wording.unit

    def unit_of(self, table: TableSpec) -> Unit:
        """The unit in which the figures of `table` are published."""
        return table.unit or self.wording.unit

    def compared(self, comparison: str) -> list[str]:
        """Names of the indicators that take part in `comparison`."""
        return [name for name, indicator in self.indicators.items() if indicator.is_compared(comparison)]

    def comparisons_of(self, name: str) -> tuple[str, ...]:
        """The comparisons in which the indicator `name` takes part."""
        indicator = self.indicators[name]
        return (*indicator.comparisons, *indicator.derived_bases)

    def indicators_of(self, field: FieldSpec) -> list[str]:
        """Names of the indicators that `field`, one by indicator, asks for."""
        names = self.compared(field.comparison)
        if not field.kind.is_amount:
            return names
        return [name for name in names if field.comparison not in self.indicators[name].derived_bases]

    def indicator_kind(self, name: str) -> FieldKind:
        """What the indicator `name` is: an amount, a count or another number."""
        first = self.indicators[name].terms[0]
        field = field_at(self.fields, first.field)
        return field.kind if field else self.indicator_kind(first.name) if first.name else KINDS[Amount.name]

    def reasons_field(self, check: Check) -> FieldSpec | None:
        """The field that holds the reasons of `check`, if there is one; of each subject: `科目说明/*/差异原因`."""
        path, fields = check.reasons_path, self.fields
        if SAME_ROW in path:
            at = path.index(SAME_ROW)
            holder = field_at(fields, path[:at])
            fields = holder.below if holder and holder.subjects_from else ()
            path = path[at + 1 :]
        return field_at(fields, path)

    def comparison_field(self, comparison: str) -> str:
        """Name of the field that holds the figures of `comparison`."""
        fields = (field.name for field in self.fields if field.comparison == comparison)
        return next(fields, comparison)

    def subjects_of(self, table: str) -> dict[str, str]:
        """The subjects that `table` may show, by code."""
        lists = (self.code_lists[block.subjects] for block in self.tables[table].blocks if block.subjects)
        return {code: name for codes in lists for code, name in codes.items()}
