"""The columns of a free table, as an edition or a department's file lays them out."""

from __future__ import annotations

import re
from enum import Enum
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, ValidationInfo, model_validator

from generator.numbers import Unit
from generator.reading import Specification, word

MAXIMUM_COLUMNS = 30
_DEEPEST_HEAD = 4
FORMER_CONTENT = "内容"
"""What 类型 was called, with 数 for 数值."""
_UNIT_SAID = re.compile(r"[（(][^（）()]*?([百千万亿]*元)[^（）()]*[）)]")


class CellContent(Enum):
    """What the cells of a column hold."""

    TEXT = "文字"
    AMOUNT = "金额"  # in the file's unit; published in 万元
    NUMBER = "数值"  # a number that is no amount


class Alignment(Enum):
    """How the cells of a column are set."""

    LEFT = "左"
    CENTRED = "居中"
    RIGHT = "右"


class FreeColumn(Specification):
    """A column head: a leaf is a column of its own, one with `below` spans the columns below it."""

    caption: str = word("头", "栏的标题；只有标题的可以只写标题", max_length=200)
    key: str = word("键", "栏的简称", default="")
    width: float = word("宽", "大约几个字宽；不写由程序定", default=0, ge=0, le=1_000)
    """In characters; a table is widened or narrowed as a whole to fit the page. 0: after its content."""
    alignment: Alignment | None = word("对齐", "`左`、`居中`、`右`", default=None)
    content: CellContent = word("类型", "`文字`、`金额`、`数值`；不写就是 `文字`", default=CellContent.TEXT)
    below: tuple[_Head, ...] = word("下级", "这个标题下面的各栏，最多四层", default=())

    @property
    def name(self) -> str:
        """The column as rows and templates call it."""
        return self.key or re.sub(r"\s", "", self.caption)

    @property
    def leaves(self) -> tuple[FreeColumn, ...]:
        return leaves(self.below) if self.below else (self,)

    @property
    def depth(self) -> int:
        """How many rows of heads this one and those below it take."""
        return 1 + max((head.depth for head in self.below), default=0)

    @property
    def is_amount(self) -> bool:
        return self.content is CellContent.AMOUNT

    @model_validator(mode="after")
    def _is_leaf_or_group(self, info: ValidationInfo) -> FreeColumn:
        if self.below and self.model_fields_set & {"key", "width", "alignment", "content"}:
            raise ValueError(f"栏目“{self.caption}”有下级：“键”“宽”“对齐”“类型”要写在下级的各栏里。")
        unit, said = (info.context or Unit.TEN_THOUSAND).value, _UNIT_SAID.search(self.caption)
        if said and said[1] != unit and any(leaf.is_amount for leaf in self.leaves):
            raise ValueError(f"栏目“{self.caption}”：公布的金额都以{unit}为单位，请把这里的“{said[1]}”改成“{unit}”。")
        return self


def leaves(heads: tuple[FreeColumn, ...]) -> tuple[FreeColumn, ...]:
    """The columns that `heads` stand over."""
    return tuple(leaf for head in heads for leaf in head.leaves)


def _named(value: object) -> object:
    """A column may be given by its name alone, or as departments' files of before have it, which are still quoted."""
    if isinstance(value, dict) and FORMER_CONTENT in value and "类型" not in value:
        content = value[FORMER_CONTENT]
        kept = {key: part for key, part in value.items() if key != FORMER_CONTENT}
        return kept | {"类型": CellContent.NUMBER.value if content == "数" else content}
    return {"头": value} if isinstance(value, str) else value


def _can_be_told_apart(heads: tuple[FreeColumn, ...]) -> tuple[FreeColumn, ...]:
    names = [column.name for column in leaves(heads)]
    if twins := [name for name in names if names.count(name) > 1]:
        raise ValueError(f"有两栏都叫“{twins[0]}”，请改名，或用“键”另起名称。")
    if len(names) > MAXIMUM_COLUMNS:
        raise ValueError(f"有 {len(names)} 栏，一页放不下，最多 {MAXIMUM_COLUMNS} 栏，请分成几张表。")
    if any(head.depth > _DEEPEST_HEAD for head in heads):
        raise ValueError(f"栏目最多 {_DEEPEST_HEAD} 层，请减少下级。")
    return heads


_Head = Annotated[FreeColumn, BeforeValidator(_named, json_schema_input_type=str | FreeColumn)]
FreeColumns = Annotated[tuple[_Head, ...], AfterValidator(_can_be_told_apart)]
FreeColumn.model_rebuild()
