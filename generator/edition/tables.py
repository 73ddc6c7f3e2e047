"""Table specifications: what an official table shows, and which of its cells follow from others."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator

from generator.edition.base import Specification, Texts, YesNo
from generator.edition.terms import Term, parse_terms

_ORDINAL = re.compile(r"^(?:[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|[(（]?[0-9]+[)）.．、])")
"""What a form counts rows with: 一、 （一） 1. 1、 (1) （1）."""
TOTAL = "合计"


class Content(Enum):
    """What a column shows."""

    ITEM = "项目"
    LINE = "行次"
    CODE = "编码"
    CLASS_CODE = "类"
    SECTION_CODE = "款"
    ITEM_CODE = "项"
    NAME = "名称"
    AMOUNT = "金额"

    @property
    def code_part(self) -> slice | None:
        """Which digits of a subject's code the column shows; `None` where it shows none."""
        return _CODE_PARTS.get(self)


_CODE_PARTS = {
    Content.CODE: slice(None),
    Content.CLASS_CODE: slice(0, 3),
    Content.SECTION_CODE: slice(3, 5),
    Content.ITEM_CODE: slice(5, 7),
}


class Column(Specification):
    """A column head: a leaf is a column of its own, one with `below` spans the columns below it."""

    caption: str = Field(alias="头")
    key: str = Field(alias="键", default="")
    content: Content = Field(alias="内容", default=Content.AMOUNT)
    width: float = Field(alias="宽", default=0, ge=0, le=10_000)
    """Relative to the other columns of the table."""
    number: str = Field(alias="栏次", default="")
    equals: Texts = Field(alias="等于", default=())
    """Terms that make up this column in every row (in subject tables: every last-level row)."""
    taken_from: Texts = Field(alias="来自", default=())
    """Terms of other tables that make up this column, subtotals and all, in rows for which nothing is stated here."""
    below: tuple[Column, ...] = Field(alias="下级", default=())

    @cached_property
    def name(self) -> str:
        """The column as relations and departments' files call it."""
        return self.key or re.sub(r"\s", "", self.caption)

    @cached_property
    def terms(self) -> tuple[Term, ...]:
        return parse_terms(self.equals)

    @cached_property
    def taken_terms(self) -> tuple[Term, ...]:
        return parse_terms(self.taken_from)

    @property  # not kept: a column that held itself could not be compared with another
    def leaves(self) -> tuple[Column, ...]:
        return tuple(leaf for head in self.below for leaf in head.leaves) if self.below else (self,)

    @cached_property
    def depth(self) -> int:
        """How many rows of heads this one and those below it take."""
        return 1 + max((head.depth for head in self.below), default=0)

    @model_validator(mode="after")
    def _is_leaf_or_group(self) -> Column:
        if not self.below and not self.width:
            raise ValueError(f"栏目“{self.caption}”缺少“宽”。")
        parse_terms(self.equals + self.taken_from)
        return self


def _by_column(value: object) -> object:
    return value if isinstance(value, dict) else {"": value}


class RowSpec(Specification):
    """A fixed row of a table."""

    caption: str = Field(alias="项目", default="")
    line: str = Field(alias="行次", default="")
    key: str = Field(alias="键", default="")
    code: str = Field(alias="科目", default="")
    """The subject whose figures this row shows."""
    level: int = Field(alias="级", default=1, ge=1, le=6)
    equals: Annotated[dict[str, Texts], BeforeValidator(_by_column)] = Field(alias="等于", default={})
    """Terms by column name; the empty name stands for every column."""
    only_if_any: YesNo = Field(alias="有数才列", default=False)
    blank: YesNo = Field(alias="不填", default=False)
    """The form leaves the amounts of this row empty."""

    @cached_property
    def name(self) -> str:
        """The row as relations and departments' files call it."""
        return self.key or self.code or self.bare_caption or self.line

    @cached_property
    def bare_caption(self) -> str:
        """The caption without blanks and the number before it."""
        return _ORDINAL.sub("", re.sub(r"\s", "", self.caption))

    @cached_property
    def terms(self) -> dict[str, tuple[Term, ...]]:
        return {column: parse_terms(texts) for column, texts in self.equals.items()}

    @cached_property
    def is_blank(self) -> bool:
        """Whether the row shows no amounts: nothing but a line number, or left empty by the form."""
        return self.blank or not (self.caption or self.key or self.code)

    @model_validator(mode="after")
    def _terms_are_readable(self) -> RowSpec:
        for texts in self.equals.values():
            parse_terms(texts)
        return self


class Block(Specification):
    """One side of a table: its columns, and its rows, fixed or by subject code."""

    name: str = Field(alias="名称", default="")
    heads: tuple[Column, ...] = Field(alias="栏目", min_length=1)
    rows: tuple[RowSpec, ...] = Field(alias="行", default=())
    subjects: str = Field(alias="科目表", default="")
    """The code list whose subjects are the rows; a subject's row is the sum of the subjects below it."""
    listed: Texts = Field(alias="列示", default=())
    """Classes of the code list that are listed in full, whether they have figures or not."""
    preset: Texts = Field(alias="预列", default=())
    """Subjects that the form prints even where they have no figures."""
    rows_from: Texts = Field(alias="行来自", default=())
    """Tables whose subjects with figures are rows here too."""
    closing: tuple[RowSpec, ...] = Field(alias="末行", default=())
    """Rows at the foot of the table, on the same line on both sides."""

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        return tuple(leaf for head in self.heads for leaf in head.leaves)

    @cached_property
    def amounts(self) -> tuple[Column, ...]:
        """The columns that hold figures."""
        return tuple(column for column in self.columns if column.content is Content.AMOUNT)

    @cached_property
    def fixed_rows(self) -> tuple[RowSpec, ...]:
        return self.rows + self.closing


def _rows_written(table: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The rows of a table's specification as they stand in its file, those of wrong shape left out."""
    blocks = table.get("分栏")
    for block in blocks if isinstance(blocks, list | tuple) else ():
        rows = block.get("行") if isinstance(block, dict) else ()
        yield from (row for row in (rows if isinstance(rows, list | tuple) else ()) if isinstance(row, dict))


class TableSpec(Specification):
    """An official table."""

    number: str = Field(alias="编号")
    label: str = Field(alias="表号", default="")
    """The number as the table's head prints it, where that is not `表 1` for 表1."""
    title: str = Field(alias="名称")
    published: YesNo = Field(alias="公开", default=True)
    """Whether the publication shows the table, or only uses its figures."""
    lines: Literal["顺编"] | None = Field(alias="行次", default=None)
    """顺编: the rows are numbered from 1, block after block, and write no line numbers themselves."""
    guide: str = Field(alias="说明", default="")
    blocks: tuple[Block, ...] = Field(alias="分栏", min_length=1)
    number_label: str = Field(alias="栏次标签", default="")
    """What stands before the column numbers."""
    total: str = Field(alias="合计行", default="")
    """Caption of the row above the first subject that adds all of them up."""
    repeat_total: YesNo = Field(alias="合计行重复", default=False)
    notes: Texts = Field(alias="注", default=())
    no_activity: str = Field(alias="无发生额", default="")
    """The sentence below the table where none of its figures is other than 0."""

    @cached_property
    def row_names(self) -> dict[str, tuple[Block, RowSpec]]:
        """Fixed rows by every name that a relation or a file may use for them."""
        names: dict[str, tuple[Block, RowSpec]] = {}
        for block in self.blocks:
            for row in block.fixed_rows:
                for name in {row.name, row.line, row.bare_caption if row.code else ""} - {""}:
                    names.setdefault(name, (block, row))
        return names

    def rows_meant(self, name: str) -> tuple[str, ...]:
        """The rows that a relation means by `name`, under their own names: one, or all from the first to the last.

        None where `name` is a range whose ends are not rows of one block, in this order.
        """
        if name in self.row_names or "至" not in name:
            return (self.row_name(name),)
        first, _, last = name.partition("至")
        if first not in self.row_names or last not in self.row_names:
            return ()
        block = self.row_names[first][0]
        names = [row.name for row in block.fixed_rows]
        ends = (self.row_name(first), self.row_name(last))
        if ends[1] not in names[names.index(ends[0]) :]:
            return ()
        between = block.fixed_rows[names.index(ends[0]) : names.index(ends[1]) + 1]
        return tuple(row.name for row in between if not row.is_blank)

    def row_name(self, name: str) -> str:
        """The row that goes by `name`, such as a line number, under its own name; a subject code is its own."""
        return self.row_names[name][1].name if name in self.row_names else name

    @model_validator(mode="before")
    @classmethod
    def _number_lines(cls, value: Any) -> Any:
        if isinstance(value, dict) and value.get("行次") == "顺编":
            for number, row in enumerate(_rows_written(value), 1):
                if "行次" in row:
                    raise ValueError("表格写了“行次: 顺编”，各行就不能再写“行次”。")
                row["行次"] = str(number)
        return value

    @model_validator(mode="after")
    def _names_are_unique(self) -> TableSpec:
        seen: set[str] = set()
        for block in self.blocks:
            for row in block.fixed_rows:
                if row.name and row.name in seen:
                    raise ValueError(f"有两行都叫“{row.name}”，请用“键”另起名称。")
                seen.add(row.name)
            columns = [column.name for column in block.amounts]
            if len(columns) != len(set(columns)):
                raise ValueError("同一分栏里有两栏同名，请用“键”另起名称。")
        return self
