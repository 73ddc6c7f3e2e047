"""Charts (图): which ones the text has, and which figures each of them shows."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from typing import Annotated

from pydantic import BeforeValidator, Field, field_validator, model_validator

from generator.edition.terms import SAME_ROW, Term, parse_terms
from generator.reading import Specification, Texts, word

Label = Annotated[str, Field(min_length=1)]


class ChartKind(Enum):
    """How a chart shows its figures."""

    COLUMNS = "柱形图"
    BARS = "条形图"
    PIE = "饼图"


@dataclass(frozen=True, slots=True)
class ChartTerm:
    """A summand of a figure: an indicator, what an indicator is compared with, or a cell."""

    indicator: str = ""
    comparison: str = ""
    cell: Term | None = None


def chart_terms(texts: tuple[str, ...]) -> tuple[ChartTerm, ...]:
    """What `总收入`, `上年/总收入`, `表7/决算数/公务接待费` stand for; raises `ValueError` with a Chinese sentence."""
    return tuple(_chart_term(text) for text in texts)


def _chart_term(text: str) -> ChartTerm:
    parts = [part.strip() for part in text.split("/")]
    if not all(parts) or len(parts) > 3:
        raise ValueError(f"“{text}”应写成指标名、“上年/指标名”这样的基数，或“表/行/栏”。")
    if len(parts) == 3:
        (cell,) = parse_terms((text,))
        return ChartTerm(cell=cell)
    return ChartTerm(indicator=parts[-1], comparison=parts[0] if len(parts) == 2 else "")


def _each_one_or_more(value: object) -> object:
    """A text in a list stands for a list of one."""
    return [(entry,) if isinstance(entry, str) else entry for entry in value] if isinstance(value, list) else value


FigureTerms = Annotated[
    tuple[tuple[str, ...], ...],
    BeforeValidator(_each_one_or_more, json_schema_input_type=tuple[str | tuple[str, ...], ...]),
]


class Series(Specification):
    """A figure for each category, such as those of one year."""

    name: Label = word("名称", "这一组、这一项的名称")
    figures: FigureTerms = word("各数", "系列：与“分类”一一对应的数")

    @cached_property
    def terms(self) -> tuple[tuple[ChartTerm, ...], ...]:
        """The terms of each figure."""
        return tuple(map(chart_terms, self.figures))

    @model_validator(mode="after")
    def _terms_are_readable(self) -> Series:
        _ = self.terms
        return self


class ChartItem(Specification):
    """A part of a whole, such as a slice."""

    name: Label = word("名称", "这一组、这一项的名称")
    equals: Texts = word("等于", "各项：这一项的数，几个数相加", min_length=1)

    @cached_property
    def terms(self) -> tuple[ChartTerm, ...]:
        return chart_terms(self.equals)

    @model_validator(mode="after")
    def _terms_are_readable(self) -> ChartItem:
        _ = self.terms
        return self


class ChartSpec(Specification):
    """One chart: series by category, the items of a whole, or the classes (类) of a table."""

    name: str = word("名称", "模板里用的名称", min_length=1)
    title: Label = word("标题", "图的标题，可以写 `{年度}`、`{上年度}`")
    kind: ChartKind = word("类型", "`柱形图`、`条形图`、`饼图`")
    categories: tuple[Label, ...] = word("分类", "横轴的各类", default=())
    series: tuple[Series, ...] = word("系列", "一组一组的数，与“分类”一起写", default=())
    items: tuple[ChartItem, ...] = word("各项", "逐项写名称和数", default=())
    classes_of: str = word("各类", "取一张表有数的全部类级科目", default="")
    """`表5/*/本年支出合计`: a table by subject, and the column whose figures are shown."""
    share_decimals: int | None = word("比率小数位", "饼图里百分比的小数位数", default=None, ge=0, le=4)

    @cached_property
    def class_column(self) -> tuple[str, str]:
        """The table and the column of `classes_of`; both empty where it is none."""
        terms = parse_terms((self.classes_of,)) if self.classes_of else ()
        return next(((term.table, term.column) for term in terms if term.row == SAME_ROW), ("", ""))

    @model_validator(mode="after")
    def _has_what_its_kind_needs(self) -> ChartSpec:
        by_series = bool(self.series or self.categories)
        if by_series + bool(self.items) + bool(self.classes_of) != 1:
            raise ValueError("“系列”（和“分类”）、“各项”、“各类”三样里要写一样，也只能写一样。")
        if self.kind is ChartKind.PIE and by_series:
            raise ValueError("“饼图”要写“各项”或“各类”，不能写“系列”和“分类”。")
        if self.kind is ChartKind.COLUMNS and not by_series:
            raise ValueError("“柱形图”要写“系列”和“分类”。")
        if by_series and not (self.series and self.categories):
            raise ValueError("“系列”和“分类”要一起写。")
        if self.classes_of and not all(self.class_column):
            raise ValueError("“各类”应写成“表/*/栏”，如“表5/*/本年支出合计”。")
        for series in self.series:
            if len(series.figures) != len(self.categories):
                wanted, found = len(self.categories), len(series.figures)
                raise ValueError(f"“分类”有 {wanted} 个，系列“{series.name}”的“各数”却有 {found} 个。")
        return self


class ChartsFile(Specification):
    """`图.yaml`."""

    charts: tuple[ChartSpec, ...] = word("图", "各幅图")

    @field_validator("charts")
    @classmethod
    def _names_are_unique(cls, charts: tuple[ChartSpec, ...]) -> tuple[ChartSpec, ...]:
        names = [chart.name for chart in charts]
        if twins := [name for name in names if names.count(name) > 1]:
            raise ValueError(f"有两幅图都叫“{twins[0]}”，请改名或删去一幅。")
        return charts
