"""Whether every reference inside an edition leads somewhere: terms to cells, blocks to code lists."""

from __future__ import annotations

from collections.abc import Iterator

from generator.edition.charts import ChartTerm
from generator.edition.fields import FieldKind, FieldSpec
from generator.edition.models import Edition
from generator.edition.tables import TOTAL, Block, Column, TableSpec
from generator.edition.terms import SAME_ROW, SUM, Term

Path = tuple[int | str, ...]
_NUMBERS = (FieldKind.AMOUNT, FieldKind.COUNT, FieldKind.NUMBER)
Fault = tuple[Path, str]
"""Where in its file a fault stands, and a Chinese sentence."""


def identity_faults(wanted: str, found: str) -> Iterator[Fault]:
    """The fault of a file that calls itself by another name than it was looked for."""
    if found != wanted:
        yield ("编号",), f"这里写的是“{found}”，但按文件名应是“{wanted}”。"


def table_faults(edition: Edition, table: TableSpec) -> Iterator[Fault]:
    """The faults of one table's file."""
    for index, block in enumerate(table.blocks):
        path: Path = ("分栏", index)
        if block.subjects and block.subjects not in edition.code_lists:
            yield (*path, "科目表"), f"没有科目表“{block.subjects}”，请在“版本.yaml”的“科目表”中登记。"
            continue
        if unknown := [code for code in block.listed if code not in edition.code_lists.get(block.subjects, {})]:
            yield (*path, "列示"), f"科目表里没有“{unknown[0]}”。"
        if unknown := [code for code in block.preset if code not in edition.code_lists.get(block.subjects, {})]:
            yield (*path, "预列"), f"科目表里没有“{unknown[0]}”。"
        if unknown := [number for number in block.rows_from if number not in edition.tables]:
            yield (*path, "行来自"), f"没有表“{unknown[0]}”。"
        for head_path, column in _leaves(block.heads, (*path, "栏目")):
            for key, terms in (("等于", column.terms), ("来自", column.taken_terms)):
                for term in terms:
                    if problem := _column_problem(edition, block, term):
                        yield (*head_path, key), problem
        for kind, rows in (("行", block.rows), ("末行", block.closing)):
            for row_index, row in enumerate(rows):
                row_path = (*path, kind, row_index)
                if row.code and not any(row.code in codes for codes in edition.code_lists.values()):
                    yield (*row_path, "科目"), f"科目表里没有“{row.code}”。"
                for column_name, terms in row.terms.items():
                    if column_name and column_name not in {column.name for column in block.amounts}:
                        yield (*row_path, "等于"), f"没有栏“{column_name}”。"
                    for term in terms:
                        if problem := _row_problem(edition, table, block, term):
                            yield (*row_path, "等于"), problem


def indicator_faults(edition: Edition) -> Iterator[Fault]:
    """The faults of `指标.yaml`."""
    for index, indicator in enumerate(edition.indicators.values()):
        for term in indicator.terms:
            if problem := cell_problem(edition, term):
                yield ("指标", index, "等于"), problem
        for comparison, terms in indicator.base_terms.items():
            for term in terms:
                if problem := cell_problem(edition, term):
                    yield ("指标", index, "基数取自", comparison), problem
    for group, names in edition.indicator_groups.items():
        if unknown := [name for name in names if name not in edition.indicators]:
            yield ("分组", group), f"没有指标“{unknown[0]}”。"


def chart_faults(edition: Edition) -> Iterator[Fault]:
    """The faults of `图.yaml`."""
    for index, chart in enumerate(edition.charts.values()):
        number, column = chart.class_column
        blocks = edition.tables[number].blocks if number in edition.tables else ()
        if chart.classes_of and not any(b.subjects and column in {c.name for c in b.amounts} for b in blocks):
            yield ("图", index, "各类"), f"没有按科目列示、又有这一栏的表“{chart.classes_of}”。"
        terms: list[tuple[Path, tuple[ChartTerm, ...]]] = [
            (("图", index, "各项", position, "等于"), item.terms) for position, item in enumerate(chart.items)
        ]
        for place, series in enumerate(chart.series):
            terms += [(("图", index, "系列", place, "各数", at), figure) for at, figure in enumerate(series.terms)]
        for path, figure in terms:
            yield from ((path, problem) for term in figure if (problem := _chart_problem(edition, term)))


def _chart_problem(edition: Edition, term: ChartTerm) -> str:
    if term.cell:
        return cell_problem(edition, term.cell)
    if term.indicator not in edition.indicators:
        return f"没有指标“{term.indicator}”。"
    if term.comparison and not edition.indicators[term.indicator].is_compared(term.comparison):
        return f"指标“{term.indicator}”没有写“基数: {term.comparison}”。"
    return ""


def field_faults(edition: Edition) -> Iterator[Fault]:
    """The faults of `填报.yaml`."""
    for index, field in enumerate(edition.fields):
        if field.name in edition.indicators:
            yield ("字段", index, "名称"), f"已有指标叫“{field.name}”，模板会分不清，请改名。"
        for place, part in ((("字段", index), field), *_below(field, ("字段", index))):
            if part.comparison and not edition.compared(part.comparison):
                yield (*place, "基数"), f"没有指标写着“基数: {part.comparison}”。"
            if part.subjects_from and (problem := _subjects_problem(edition, part.subjects_from)):
                yield (*place, "科目来自"), problem


def _subjects_problem(edition: Edition, number: str) -> str:
    table = edition.tables.get(number)
    if table is None:
        return f"没有表“{number}”。"
    return "" if any(block.subjects for block in table.blocks) else f"{number} 不是按科目填写的表。"


def check_faults(edition: Edition) -> Iterator[Fault]:
    """The faults of `勾稽关系.yaml`."""
    for index, check in enumerate(edition.checks):
        path: Path = ("勾稽关系", index)
        if unknown := [number for number in check.tables if number not in edition.tables]:
            yield (*path, "表"), f"没有表“{unknown[0]}”。"
        if check.comparison and not edition.compared(check.comparison):
            yield (*path, "基数"), f"没有指标写着“基数: {check.comparison}”。"
        if check.reasons and not _holds_reasons(edition, check.reasons_path):
            yield (*path, "原因"), f"填报字段里没有“{'/'.join(check.reasons_path)}”。"
        for side, terms in zip(("左边", "右边", "前提为零"), (*check.sides, check.conditions), strict=True):
            for term in terms:
                if problem := _check_problem(edition, term):
                    yield (*path, side), problem


def prose_faults(edition: Edition) -> Iterator[Fault]:
    """The faults of `用语.yaml`."""
    given = {check.code for check in edition.checks}
    for index, rule in enumerate(edition.prose):
        if rule.code in given:
            yield ("用语", index, "代码"), f"代码“{rule.code}”已经用了，请改成不同的代码。"
        given.add(rule.code)


def _holds_reasons(edition: Edition, path: tuple[str, ...]) -> bool:
    """Whether `path` leads to a field; `科目说明/*/差异原因` to one of each subject."""
    if SAME_ROW not in path:
        return _field_at(edition.fields, path) is not None
    at = path.index(SAME_ROW)
    holder = _field_at(edition.fields, path[:at]) if at else None
    if holder is None or holder.kind is not FieldKind.BY_SUBJECT:
        return False
    return _field_at(holder.below, path[at + 1 :]) is not None


def _check_problem(edition: Edition, term: Term) -> str:
    # Last year's edition need not have the same tables: what it lacks is not compared.
    if term.last_year:
        return ""
    if not term.field:
        return cell_problem(edition, term)
    *above, last = term.field
    if SUM in above:
        return _sum_problem(edition, term.field)
    found = _field_at(edition.fields, term.field)
    if found is None and above and (holder := _field_at(edition.fields, tuple(above))):
        names = edition.compared(holder.comparison) if holder.kind is FieldKind.INDICATOR_AMOUNTS else []
        return "" if last in names else f"填报字段里没有“{'/'.join(term.field)}”。"
    if found is None:
        return f"填报字段里没有“{'/'.join(term.field)}”。"
    return "" if found.kind in _NUMBERS else f"“{'/'.join(term.field)}”不是数。"


def _sum_problem(edition: Edition, path: tuple[str, ...]) -> str:
    """Why `…/各项之和/…` is no sum over the items of a list or over a column of amounts; empty where it is."""
    at = path.index(SUM)
    found = _field_at(edition.fields, path[:at]) if at else None
    if found and found.kind is FieldKind.LIST:
        part = _field_at(found.below, path[at + 1 :])
        return "" if part and part.kind in _NUMBERS else f"“{'/'.join(path)}”不是数。"
    if found and found.kind is FieldKind.FREE_TABLE and found.columns:
        known = any(column.is_amount and column.name == path[-1] for column in found.columns)
        return "" if known and len(path) == at + 2 else f"“{'/'.join(path[:at])}”没有金额栏“{path[-1]}”。"
    return f"“{'/'.join(path[:at])}”不是列表，也不是定了栏目的表格，不能求“{SUM}”。"


def _field_at(fields: tuple[FieldSpec, ...], path: tuple[str, ...]) -> FieldSpec | None:
    """The field that `path` leads to through groups and lists."""
    found = next((field for field in fields if field.name == path[0]), None)
    if found is None or len(path) == 1:
        return found
    return _field_at(found.below, path[1:]) if found.kind is not FieldKind.BY_SUBJECT else None


def cell_problem(edition: Edition, term: Term) -> str:
    """Why `term`, which must name a cell in full, names none; empty where it does."""
    table = edition.tables.get(term.table)
    if table is None:
        return f"没有表“{term.table}”。" if term.table else f"“{term.name}”应写全为“表/行/栏”。"
    rows = table.row_names
    if term.row in rows:
        blocks = [rows[term.row][0]]
    else:
        blocks = [
            block for block in table.blocks if block.subjects and _is_subject_row(edition, table, block, term.row)
        ]
    if not blocks:
        return f"{table.number} 没有行“{term.row}”。"
    if not any(column.name == term.column for block in blocks for column in block.amounts):
        return f"{table.number} 的这一行没有栏“{term.column}”。"
    return ""


def _is_subject_row(edition: Edition, table: TableSpec, block: Block, row: str) -> bool:
    return row == SAME_ROW or (row == TOTAL and bool(table.total)) or row in edition.code_lists[block.subjects]


def _column_problem(edition: Edition, block: Block, term: Term) -> str:
    if term.table:
        return cell_problem(edition, term)
    return "" if any(column.name == term.name for column in block.amounts) else f"本表没有栏“{term.name}”。"


def _row_problem(edition: Edition, table: TableSpec, block: Block, term: Term) -> str:
    if term.table:
        return cell_problem(edition, term)
    if "至" in term.name and not table.rows_meant(term.name):
        return f"“{term.name}”的起止不对：要写同一分栏里的两行，前面的在前。"
    known = table.row_names.keys() | edition.code_lists.get(block.subjects, {}).keys()
    return "" if all(row in known for row in table.rows_meant(term.name)) else f"本表没有行“{term.name}”。"


def _below(field: FieldSpec, path: Path) -> Iterator[tuple[Path, FieldSpec]]:
    for index, part in enumerate(field.below):
        place = (*path, "下级", index)
        yield place, part
        yield from _below(part, place)


def _leaves(heads: tuple[Column, ...], path: Path) -> Iterator[tuple[Path, Column]]:
    for index, head in enumerate(heads):
        if head.below:
            yield from _leaves(head.below, (*path, index, "下级"))
        else:
            yield (*path, index), head
