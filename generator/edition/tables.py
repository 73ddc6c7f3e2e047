"""Table specifications: what an official table shows, and which of its cells follow from others."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, model_validator

from generator.edition.terms import Term, parse_terms
from generator.numbers import Unit
from generator.reading import Specification, Texts, YesNo, word

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

    caption: str = word("头", "栏的标题，`\\n` 是换行")
    key: str = word("键", "栏的简称，填报和公式里用；不写就用标题", default="")
    content: Content = word(
        "内容",
        "`项目`、`行次`、`编码`、`类`、`款`、`项`（编码的三段）、`名称`、`金额`；不写就是 `金额`",
        default=Content.AMOUNT,
    )
    width: float = word("宽", "与其他栏相比的宽度；没有下级的栏必须写", default=0, ge=0, le=10_000)
    """Relative to the other columns of the table."""
    number: str = word("栏次", "印出的栏号", default="")
    equals: Texts = word("等于", "由本表的哪些栏（或别的表）相加得出", default=())
    """Terms that make up this column in every row (in subject tables: every last-level row)."""
    taken_from: Texts = word("来自", "本表没有填的行，从别的表取数", default=())
    """Terms of other tables that make up this column, subtotals and all, in rows for which nothing is stated here."""
    required: YesNo = word("必填", "写 `是`：列出的末级科目，这一栏不能空着，没有的填 0", default=False)
    below: tuple[Column, ...] = word("下级", "这个标题下面的各栏", default=())

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


ByColumn = Annotated[dict[str, Texts], BeforeValidator(_by_column, json_schema_input_type=Texts | dict[str, Texts])]


class RowSpec(Specification):
    """A fixed row of a table."""

    caption: str = word("项目", "行的名称，可以带编号", default="")
    line: str = word("行次", "行号；写了顺编的不写", default="")
    key: str = word("键", "行的简称，两行同名时用", default="")
    code: str = word("科目", "这一行是哪个科目的数", default="")
    """The subject whose figures this row shows."""
    level: int = word("级", "缩进的级，1 到 6", default=1, ge=1, le=6)
    equals: ByColumn = word("等于", "由哪些行（或别的表）相加得出；各栏不同的写 `{栏: [...]}`", default={})
    """Terms by column name; the empty name stands for every column."""
    only_if_any: YesNo = word("有数才列", "没有数就不列这一行", default=False)
    blank: YesNo = word("不填", "表格规定这一行空着", default=False)
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

    name: str = word("名称", "这一部分的名称，如左边的收入、右边的支出", default="")
    heads: tuple[Column, ...] = word("栏目", "各栏", min_length=1)
    rows: tuple[RowSpec, ...] = word("行", "固定的各行", default=())
    subjects: str = word("科目表", "按科目列行时，用哪个科目表", default="")
    """The code list whose subjects are the rows; a subject's row is the sum of the subjects below it."""
    listed: Texts = word("列示", "不论有没有数，全部列出的类", default=())
    """Classes of the code list that are listed in full, whether they have figures or not."""
    preset: Texts = word("预列", "没有数也列出的科目", default=())
    """Subjects that the form prints even where they have no figures."""
    rows_from: Texts = word("行来自", "这些表有数的科目，这里也列", default=())
    """Tables whose subjects with figures are rows here too."""
    closing: tuple[RowSpec, ...] = word("末行", "表尾的固定行，左右各部分对齐", default=())
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

    number: str = word("编号", "表的编号，与文件同名")
    label: str = word("表号", "印在表上的表号，与编号不同时写", default="")
    """The number as the table's head prints it, where that is not `表 1` for 表1."""
    title: str = word("名称", "表的名称")
    published: YesNo = word("公开", "写 `否`：只填写和核对，不印", default=True)
    """Whether the publication shows the table, or only uses its figures."""
    unit: Unit | None = word("公布单位", "这张表印成 `元` 还是 `万元`，与“写法”里的不同时写", default=None)
    lines: Literal["顺编"] | None = word("行次", "写 `顺编`：行号由程序编", default=None)
    """顺编: the rows are numbered from 1, block after block, and write no line numbers themselves."""
    guide: str = word("说明", "这张表怎样填，写在待填写的文件里", default="")
    blocks: tuple[Block, ...] = word("分栏", "表的各部分（左右并列）", min_length=1)
    number_label: str = word("栏次标签", "栏号那一行开头的字", default="")
    """What stands before the column numbers."""
    total: str = word("合计行", "按科目的表，最上面合计行的名称", default="")
    """Caption of the row above the first subject that adds all of them up."""
    repeat_total: YesNo = word("合计行重复", "每一页都有合计行", default=False)
    notes: Texts = word("注", "表下面的注，一条或几条", default=())
    no_activity: str = word("无发生额", "全表都是 0 时写在表下的话", default="")
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
