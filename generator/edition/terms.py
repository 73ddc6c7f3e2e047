"""Terms: how a specification says which cells a figure is made of.

A relation is a list of terms that are added up. A term is

    表2/合计/财政拨款收入     a cell: table / row / column
    表5/*/基本支出            the cell of another table with the same subject code
    基本支出                  a column of the same row (in a column's relation)
    27  or  本年收入合计      a row of the same column (in a row's relation)
    甲至乙  or  1至8           all rows of the table from the one to the other, by name or by line number
    -28                       any of these, taken away

In checks a term may also be

    填报/机关运行经费/本年支出     a field of the department's file; in a list, that of every item
    填报/会议费/会议/各项之和/金额   the sum of a field over the items of a list, of a column over the rows of a table
    上年文件/表1/年末结转和结余/决算数  a cell of last year's file
"""

from __future__ import annotations

from dataclasses import dataclass

from generator.kinds import LAST_YEAR_FILE

SAME_ROW = "*"
FIELD, LAST_YEAR = "填报", LAST_YEAR_FILE
SUM = "各项之和"


@dataclass(frozen=True, slots=True)
class Term:
    """One summand. `table` is empty for a cell of the same table; `name` is then a row, a range or a column."""

    sign: int
    name: str = ""
    table: str = ""
    row: str = ""
    column: str = ""
    field: tuple[str, ...] = ()
    """The path of a field of the file; empty for a cell."""
    last_year: bool = False


def parse_terms(texts: tuple[str, ...]) -> tuple[Term, ...]:
    """The terms that `texts` stand for; raises `ValueError` with a Chinese sentence."""
    return tuple(map(_parse, texts))


def _parse(text: str) -> Term:
    sign, body = (-1, text[1:]) if text.startswith("-") else (1, text)
    body = body.strip()
    parts = [part.strip() for part in body.split("/")]
    if not all(parts):
        raise ValueError(f"“{text}”不完整，应写成“表/行/栏”。")
    if parts[0] == FIELD and len(parts) > 1:
        return Term(sign, field=tuple(parts[1:]))
    if parts[0] == LAST_YEAR and len(parts) == 4:
        return Term(sign, table=parts[1], row=parts[2], column=parts[3], last_year=True)
    if len(parts) == 1:
        return Term(sign, parts[0])
    if len(parts) == 3:
        return Term(sign, table=parts[0], row=parts[1], column=parts[2])
    raise ValueError(f"“{text}”应写成“表/行/栏”，或本表的一个行名、栏名。")
