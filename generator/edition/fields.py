"""Fields: what a department fills in beside the tables, as the edition lays it down."""

from __future__ import annotations

from enum import Enum

from pydantic import Field, model_validator

from generator.edition.base import Specification, YesNo


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


class FieldSpec(Specification):
    """One field, with what `juesuan schema`, `juesuan new` and the messages say of it."""

    name: str = Field(alias="名称")
    kind: FieldKind = Field(alias="类型")
    guide: str = Field(alias="说明", min_length=1)
    required: YesNo = Field(alias="必填", default=True)
    example: str = Field(alias="示例", default="")
    comparison: str = Field(alias="比较", default="")
    """For fields by indicator: which comparison they serve."""
    from_file: YesNo = Field(alias="可用文件", default=False)
    """Whether the path of last year's file may stand in place of the figures."""
    at_least: int = Field(alias="至少", default=0, ge=0)
    below: tuple[FieldSpec, ...] = Field(alias="下级", default=())

    @model_validator(mode="after")
    def _has_what_its_kind_needs(self) -> FieldSpec:
        if (self.kind in (FieldKind.GROUP, FieldKind.LIST)) != bool(self.below):
            raise ValueError(f"“{self.name}”：“组”和“列表”要有“下级”，其他类型不能有。")
        by_indicator = self.kind in (FieldKind.INDICATOR_AMOUNTS, FieldKind.INDICATOR_PHRASES)
        if by_indicator != bool(self.comparison):
            raise ValueError(f"“{self.name}”：“指标金额”和“指标说明”要写“比较”，其他类型不能写。")
        return self
