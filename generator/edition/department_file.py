"""What stands in a department's file whatever the edition: keys, marks, units, and how much there may be of a thing."""

from __future__ import annotations

from decimal import Decimal
from enum import Enum

EDITION, YEAR, DEPARTMENT, UNIT, SUBJECTS, TABLES = "版本", "年度", "部门", "金额单位", "补充科目", "决算表"
HEAD = (EDITION, YEAR, DEPARTMENT, UNIT)

CONFIRMED = "已核实用语"
MAXIMUM_CONFIRMED = 200

CORRECTIONS = "更正"
DATE, REASON, PLACES = "日期", "原因", "位置"
MAXIMUM_CORRECTIONS = 200

# Of a free table.
TITLE, HEADS, ROWS, TOTAL_ROW, NOTES = "标题", "栏目", "行", "合计行", "注"
ABOVE, LEFT = "同上", "同左"
MAXIMUM_ROWS = 1_000

# Of numbered prose.
TEXT, BELOW = "文字", "下级"
DEEPEST = 5
MAXIMUM_ITEMS = 50
"""In one list; ㊿ is the last number of its kind."""


class Unit(Enum):
    """The unit in which a file gives its amounts."""

    YUAN = "元"
    TEN_THOUSAND = "万元"

    @property
    def in_ten_thousand(self) -> Decimal:
        """How many 万元 one of this unit is."""
        return Decimal("0.0001") if self is Unit.YUAN else Decimal(1)
