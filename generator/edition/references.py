"""Whether every reference inside an edition leads somewhere: terms to cells, blocks to code lists."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator

from generator.edition.charts import ChartTerm
from generator.edition.models import Edition, Indicator
from generator.edition.tables import TOTAL, Block, Column, Content, TableSpec
from generator.edition.terms import FIELD, SAME_ROW, SUM, Term
from generator.findings import Code
from generator.kinds import KINDS, NOTHING, Amount, FieldKind, FieldSpec, field_at

_UNIT_SAID = re.compile(r"(?:单位[：:是为以]*[“\"]?|转换[为成])([百千万亿]*元)|[（(]([百千万亿]*元)[）)]")
Path = tuple[int | str, ...]
Fault = tuple[Path, str]
"""Where in its file a fault stands, and a Chinese sentence."""


def identity_faults(wanted: str, found: str) -> Iterator[Fault]:
    """The fault of a file that calls itself by another name than it was looked for."""
    if found != wanted:
        yield ("编号",), f"这里写的是“{found}”，但按文件名应是“{wanted}”。"


def table_faults(edition: Edition, table: TableSpec) -> Iterator[Fault]:
    """The faults of one table's file."""
    if table.total and not any(block.subjects for block in table.blocks):
        yield ("合计行",), "“合计行”只用于按科目列行的表（写了“科目表”的），这张表不会有，请删去，合计写成一行。"
    if table.repeat_total and not table.total:
        yield ("合计行重复",), "没有写“合计行”，没有可以重复的，请写上合计行的名称，或删去。"
    for index, block in enumerate(table.blocks):
        path: Path = ("分栏", index)
        if block.subjects and block.subjects not in edition.code_lists:
            yield (*path, "科目表"), f"没有科目表“{block.subjects}”，请在“版本.yaml”的“科目表”中登记。"
            continue
        if not block.subjects:
            for word, given in (("列示", block.listed), ("预列", block.preset), ("行来自", block.rows_from)):
                if given:
                    yield (*path, word), f"写了“{word}”，却没有写“科目表”，不会起作用：请写明科目表，或删去。"
            if not block.fixed_rows:
                yield path, "这一部分没有“行”，也没有“科目表”，栏目下面什么也不会有，请补上。"
        codes = edition.code_lists.get(block.subjects)
        if codes and (unknown := [code for code in block.listed if code not in codes]):
            yield (*path, "列示"), f"科目表里没有“{unknown[0]}”。"
        if codes and (unknown := [code for code in block.preset if code not in codes]):
            yield (*path, "预列"), f"科目表里没有“{unknown[0]}”。"
        if unknown := [number for number in block.rows_from if number not in edition.tables]:
            yield (*path, "行来自"), f"没有表“{unknown[0]}”。"
        for head_path, column in leaves(block.heads, (*path, "栏目")):
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


def unit_line_faults(edition: Edition) -> Iterator[Fault]:
    """The fault of a 单位栏 that says another unit than the tables below it print."""
    for said in re.findall("[百千万亿]*元", edition.wording.unit_line):
        if units := {edition.unit_of(table).value for table in edition.tables.values() if table.published} - {said}:
            message = f"单位栏写的是“{said}”，表里的数却印成{units.pop()}：请写成“{{单位}}”"
            yield ("写法", "单位栏"), f"{message}；要印成{said}的，写“公布单位: {said}”。"


def unit_faults(edition: Edition, table: TableSpec) -> Iterator[Fault]:
    """The faults of texts of a table that say another unit than its figures print."""
    texts: list[tuple[Path, str]] = [(("名称",), table.title), (("无发生额",), table.no_activity)]
    texts += [(("注", index), note) for index, note in enumerate(table.notes)]
    for index, block in enumerate(table.blocks):
        texts += _captions(block.heads, ("分栏", index, "栏目"))
    unit = edition.unit_of(table).value
    for path, text in texts:
        for said in unit_said(text):
            if said != unit:
                yield path, f"这里写的是“{said}”，而这张表的数印成{unit}，请改正，或改“公布单位”。"


def unit_said(text: str) -> Iterator[str]:
    """The units that `text` gives amounts in: `单位：元`, `金额（万元）`."""
    yield from (found[1] or found[2] for found in _UNIT_SAID.finditer(text))


def _captions(heads: tuple[Column, ...], path: Path) -> Iterator[tuple[Path, str]]:
    """The captions over columns of figures."""
    for index, head in enumerate(heads):
        if any(leaf.content is Content.AMOUNT for leaf in head.leaves):
            yield (*path, index, "头"), head.caption
            yield from _captions(head.below, (*path, index, "下级"))


def indicator_faults(edition: Edition) -> Iterator[Fault]:
    """The faults of `指标.yaml`."""
    kinds: dict[str, FieldKind] = {}
    for index, indicator in enumerate(edition.indicators.values()):
        problems = [_indicator_problem(edition, indicator, term, kinds) for term in indicator.terms]
        found = {kind for term in indicator.terms for kind in _kinds_of(edition, term, kinds)}
        if len(found) > 1 and not any(problems):
            problems.append("一个指标里只能是同一种数：金额、个数或数值。")
        yield from ((("指标", index, "等于"), problem) for problem in problems if problem)
        kinds[indicator.name] = found.pop()
        for comparison, terms in indicator.base_terms.items():
            for term in terms:
                if problem := cell_problem(edition, term):
                    yield ("指标", index, "基数取自", comparison), problem
    for group, names in edition.indicator_groups.items():
        if unknown := [name for name in names if name not in edition.indicators]:
            yield ("分组", group), f"没有指标“{unknown[0]}”。"


def _indicator_problem(edition: Edition, indicator: Indicator, term: Term, kinds: dict[str, FieldKind]) -> str:
    """Why `term` is no part of `indicator`; empty where it is one. `kinds`: of the indicators before it, by name."""
    if term.last_year:
        return "上年文件里的数只用于勾稽关系。"
    if not term.field and not term.name:
        return cell_problem(edition, term)
    if indicator.comparisons or indicator.derived_bases:
        return "写“基数”和“基数取自”的指标，“等于”只能是“表/行/栏”。"
    if term.name:
        return "" if term.name in kinds else f"前面没有指标“{term.name}”；一格应写全为“表/行/栏”。"
    holders = [field_at(edition.fields, term.field[:end]) for end in range(1, len(term.field))]
    if any(holder and (holder.kind.repeats or not holder.below) for holder in holders):
        return f"“{'/'.join(term.field)}”不是“组”里的一个数，不能用于指标。"
    return _field_problem(edition, term.field, kinds)


def _kinds_of(edition: Edition, term: Term, kinds: dict[str, FieldKind]) -> Iterator[FieldKind]:
    field = field_at(edition.fields, term.field)
    yield field.kind if field else kinds.get(term.name, KINDS[Amount.name])
    if field and field.left_out in kinds:
        yield kinds[field.left_out]


def code_list_faults(edition: Edition, name: str) -> Iterator[Fault]:
    """The faults of one code list: a subject without the one above it, or called otherwise in another list."""
    codes = edition.code_lists[name]
    lists = list(edition.code_lists)
    others = {other: edition.code_lists[other] for other in lists[: lists.index(name)]}
    absent: set[str] = set()
    for code, title in codes.items():
        for above in (code[:length] for length in (3, 5) if length < len(code)):
            if above not in codes and above not in absent:
                absent.add(above)
                yield ("科目", code), f"有“{code}”，却没有它的上级“{above}”，各级的合计会缺它，请补上。"
                break
        for other, known in others.items():
            if known.get(code, title) != title:
                yield ("科目", code), f"“{code}”在“{other}”里叫“{known[code]}”，表上只能印一个名称，请改成一样的。"


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
            if part.only_if_changed and all(part is not edition.reasons_field(check) for check in edition.checks):
                yield (*place, "有变动才写"), "没有“有原因”的勾稽关系拿它作“原因”，不知道说的是哪个数的变动。"
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
        yield from _code_faults(check.code, (*path, "代码"))
        if check.left and sorted(check.left) == sorted(check.right):
            yield (*path, "右边"), "两边是同样的数，总是相等，什么也没有核对，请改正一边。"
        for word, names in (("表", check.tables), ("除外", check.exceptions)):
            yield from (((*path, word), problem) for name in names if (problem := _part_problem(edition, word, name)))
        if check.comparison and not edition.compared(check.comparison):
            yield (*path, "基数"), f"没有指标写着“基数: {check.comparison}”。"
        if check.reasons and not edition.reasons_field(check):
            yield (*path, "原因"), f"填报字段里没有“{'/'.join(check.reasons_path)}”。"
        for side, terms in zip(("左边", "右边", "前提为零"), (*check.sides, check.conditions), strict=True):
            for term in terms:
                if problem := _check_problem(edition, term):
                    yield (*path, side), problem


def _part_problem(edition: Edition, word: str, name: str) -> str:
    """Why `name` in 表 or 除外 is no part of the accounts; empty where it is one."""
    first, *path = name.split("/")
    if first == FIELD:
        return f"填报字段里没有“{'/'.join(path)}”。" if path and not field_at(edition.fields, tuple(path)) else ""
    if word == "表":
        return "" if name in edition.tables else f"没有表“{name}”。"
    columns = {column.name for table in edition.tables.values() for block in table.blocks for column in block.amounts}
    return "" if name in columns else f"没有栏“{name}”。"


def prose_faults(edition: Edition) -> Iterator[Fault]:
    """The faults of `用语.yaml`."""
    given = {check.code for check in edition.checks}
    for index, rule in enumerate(edition.prose):
        yield from _code_faults(rule.code, ("用语", index, "代码"))
        if rule.code in given:
            yield ("用语", index, "代码"), f"代码“{rule.code}”已经用了，请改成不同的代码。"
        given.add(rule.code)


def _code_faults(code: str, path: Path) -> Iterator[Fault]:
    if code in set(Code):
        yield path, f"“{code}”是程序自己的消息代码，用户会分不清，请换一个字母或数字。"


def _check_problem(edition: Edition, term: Term) -> str:
    # Last year's edition need not have the same tables: what it lacks is not compared.
    if term.last_year:
        return ""
    if not term.field:
        return cell_problem(edition, term)
    if SUM in term.field[:-1]:
        return _sum_problem(edition, term.field)
    return _field_problem(edition, term.field, edition.indicators)


def _field_problem(edition: Edition, path: tuple[str, ...], indicators: Container[str]) -> str:
    """Why `path` leads to no number, or perhaps to none; empty where to one, be it by `indicators` (不填即为)."""
    fields = [field_at(edition.fields, path[:end]) for end in range(1, len(path) + 1)]
    holder, last = fields[-2] if len(path) > 1 else None, fields[-1]
    compared = edition.compared(holder.comparison) if holder and holder.kind.is_amount else []
    if not last and path[-1] not in compared:
        return f"填报字段里没有“{'/'.join(path)}”。"
    if last and not last.kind.is_number:
        return f"“{'/'.join(path)}”不是数。"
    if last and last.left_out:
        known = last.left_out == NOTHING or last.left_out in indicators
        return "" if known else f"“{last.name}”的“不填即为”要写 {NOTHING}，或前面的指标。"
    may_lack = (field for field in fields if field and not field.required and not field.kind.repeats)
    left_out = [field.name for field in may_lack if not field.left_out]
    return f"“{left_out[0]}”可以不填，没有填不是 0：请写明“不填即为”。" if left_out else ""


def _sum_problem(edition: Edition, path: tuple[str, ...]) -> str:
    """Why `…/各项之和/…` is no sum over the items of a list or over a column of amounts; empty where it is."""
    at = path.index(SUM)
    found = field_at(edition.fields, path[:at])
    if found and found.kind.repeats and not found.subjects_from:
        part = field_at(found.below, path[at + 1 :])
        if not part or not part.kind.is_number:
            return f"“{'/'.join(path)}”不是数。"
        return "" if part.required or part.left_out == NOTHING else f"“{part.name}”可以不填：请写明“不填即为: 0”。"
    if found and found.columns:
        known = any(column.is_amount and column.name == path[-1] for column in found.columns)
        return "" if known and len(path) == at + 2 else f"“{'/'.join(path[:at])}”没有金额栏“{path[-1]}”。"
    return f"“{'/'.join(path[:at])}”不是列表，也不是定了栏目的表格，不能求“{SUM}”。"


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
    return row == SAME_ROW or (row == TOTAL and bool(table.total)) or row in edition.code_lists.get(block.subjects, {})


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


def leaves(heads: tuple[Column, ...], path: Path) -> Iterator[tuple[Path, Column]]:
    for index, head in enumerate(heads):
        if head.below:
            yield from leaves(head.below, (*path, index, "下级"))
        else:
            yield (*path, index), head
