"""The names of an edition's templates, known from its specification alone: what each means and what is below it."""

from __future__ import annotations

from collections.abc import Iterator

from generator.edition import BASE_NAMES, TOTAL, Block, Edition, TableSpec
from generator.kinds import EACH_CODE, EACH_ITEM, ROW_FUNCTION, TEXT, Name

_ROW_GUIDES = {
    "行": Name("文字", "行的名称，写在 表['…'] 里的那个。"),
    "编码": Name("文字", "科目编码；不是科目的行为空。"),
    "名称": Name("文字", "表里印出的名称。"),
    "级": Name("个数", "1 类、2 款、3 项。"),
    "上级": Name("文字", "上一级的名称；最上一级的为空。"),
}


def template_names(edition: Edition) -> dict[str, Name]:
    """All names of the templates of `edition`, in the order in which `juesuan template names` shows them."""
    indicators = _indicators(edition)
    return {
        **{name: Name(*described) for name, described in BASE_NAMES.items()},
        **{one.name: one.shown(edition) for one in edition.fields},
        **_derived_comparisons(edition),
        **{name: indicator.parts["金额"] for name, indicator in indicators.items()},
        **{
            group: Name("列表", f"指标：{'、'.join(names)}。", items=tuple(indicators[name] for name in names))
            for group, names in edition.indicator_groups.items()
        },
        **{number: _of_table(edition, table) for number, table in edition.tables.items()},
    }


def _derived_comparisons(edition: Edition) -> dict[str, Name]:
    """What indicators are compared with where only tables tell it, and no field asks for any of it."""
    asked = {spec.comparison for spec in edition.fields}
    names = dict.fromkeys(name for one in edition.indicators.values() for name in one.derived_bases)
    return {
        comparison: Name("组", "由决算表得出的基数。", parts=dict.fromkeys(edition.compared(comparison), Name("金额")))
        for comparison in names
        if comparison not in asked
    }


def _indicators(edition: Edition) -> dict[str, Name]:
    """Each indicator as an item of a group: with its amount, and what it is compared with."""
    said = [
        (part.name, part.shown(edition)) for spec in edition.fields for part in (spec, *spec.below) if part.comparison
    ]
    indicators = {}
    for name, indicator in edition.indicators.items():
        parts = {
            "名称": Name("文字", "指标的名称。"),
            "金额": Name(edition.indicator_kind(name).name, f"指标：{' + '.join(indicator.equals)}。"),
        }
        for comparison in indicator.derived_bases:
            parts[edition.comparison_field(comparison)] = Name("金额", "由决算表得出的基数。")
        parts |= {label: what.parts[name] for label, what in said if name in what.parts}
        indicators[name] = Name("指标", name, parts=parts)
    return indicators


def _of_table(edition: Edition, table: TableSpec) -> Name:
    rows: dict[str, Name] = {}
    by_code = None
    for block in table.blocks:
        columns = Name("行", parts=_columns(block))
        rows |= {row.name: columns for row in block.fixed_rows if not row.is_blank}
        if block.subjects:
            by_code = by_code or columns
            if table.total:
                rows[TOTAL] = columns
    row = _row({name: column for block in table.blocks for name, column in _columns(block).items()})
    parts = rows | {
        "各类": Name("列表", "表里的各类科目，每项有下级。", items=(row,)),
        "各款": Name("列表", "表里的各款科目，每项有上级（类的名称）和下级。", items=(row,)),
        "下级名称": Name(ROW_FUNCTION, "一行的下一级各行的名称。", items=(TEXT,)),
        "末级": Name(ROW_FUNCTION, "一行下面最末一级的各行。", items=(row,)),
    }
    codes = frozenset(edition.subjects_of(table.number))
    return Name("表", f"{table.title}：表['行']['栏']。", parts=parts, by_code=by_code, codes=codes)


def _row(columns: dict[str, Name]) -> Name:
    row = Name("行", parts=_ROW_GUIDES | columns)
    row.parts["下级"] = Name("列表", "下一级各行。", items=(row,))
    return row


def _columns(block: Block) -> dict[str, Name]:
    return {column.name: Name("金额", "".join(column.caption.split())) for column in block.amounts}


def rows_and_columns(table: Name) -> tuple[list[str], list[str]]:
    """The names of the rows and columns of a table, as a template writes them; subjects go by their codes."""
    rows = {name: what for name, what in table.parts.items() if what.kind == "行"}
    columns = dict.fromkeys(column for what in (*rows.values(), table.by_code) if what for column in what.parts)
    return list(rows), list(columns)


def walk(names: dict[str, Name], above: str = "") -> Iterator[tuple[str, Name]]:
    """Every name, with those below it, as a template writes them; tables and lists as one."""
    for name, what in names.items():
        path = f"{above}.{name}" if above else name
        yield path, what
        if what.kind != "表":
            yield from walk(what.parts, path)
            for item in what.items[:1]:
                yield from walk(item.parts, f"{path}{EACH_ITEM}")
            if what.by_code:
                yield from walk(what.by_code.parts, f"{path}{EACH_CODE}")
