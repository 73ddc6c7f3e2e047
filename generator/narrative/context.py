"""The names of a template: every field of the department's file, every table, every indicator."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import cached_property
from typing import Any

from generator.accounts import Accounts, Cell, TableRow
from generator.checks import told_values
from generator.edition import Edition, TableSpec
from generator.kinds import Value
from generator.narrative.environment import Blank
from generator.numbers import ZERO


def narrative_context(accounts: Accounts) -> dict[str, Any]:
    """Everything that a template of this edition may name, for one department."""
    edition = accounts.edition
    values = told_values(accounts)
    indicators = _indicators(accounts, values)
    return {
        "部门": accounts.department,
        "年度": accounts.year,
        "上年度": accounts.year - 1,
        **{name: _present(value, name) for name, value in values.items()},
        **{name: indicator["金额"] for name, indicator in indicators.items()},
        **{group: [indicators[name] for name in names] for group, names in edition.indicator_groups.items()},
        **{number: TableFigures(accounts, table) for number, table in edition.tables.items()},
    }


class TableFigures(Mapping[str, dict[str, Decimal]]):
    """A table's figures by row and column: `表7['决算数']['公务接待费']`.

    A subject that the table does not show has no figures there: each of its columns is 0.
    """

    def __init__(self, accounts: Accounts, table: TableSpec) -> None:
        self._ledger = accounts.ledger
        self._table = table
        self._rows = {
            row.name: (row, side.block) for side in self._ledger.sides(table) for row in side.all_rows if row.name
        }
        self._subjects = next((block for block in table.blocks if block.subjects), None)

    def __getitem__(self, row: str) -> dict[str, Decimal]:
        if row not in self._rows and self._subjects and row in self._ledger.names:
            return {column.name: ZERO for column in self._subjects.amounts}
        _, block = self._rows[row]
        return {
            column.name: self._ledger.amount(Cell(self._table.number, row, column.name)) for column in block.amounts
        }

    def __iter__(self) -> Any:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)

    @property
    def 各类(self) -> list[RowForTemplate]:
        """The subjects of the first level that the table shows, each with those below it."""
        return [row for row in self._tree.values() if row["编码"] and row["级"] == 1]

    @property
    def 各款(self) -> list[RowForTemplate]:
        """The subjects of the second level; the name of the one above each is its 上级."""
        return [section for top in self.各类 for section in top["下级"]]

    def 下级名称(self, row: str) -> list[str]:
        """The names of the rows one level below `row` that the table shows."""
        return [below["名称"] for below in self._tree[row]["下级"]]

    def 末级(self, row: str) -> list[RowForTemplate]:
        """The rows below `row` that have none below themselves."""
        return [leaf for below in self._tree[row]["下级"] for leaf in self.末级(below["行"]) or [below]]

    @cached_property
    def _tree(self) -> dict[str, RowForTemplate]:
        """Every row by name, with the rows one level below it."""
        tree = {name: RowForTemplate(row, self[name]) for name, (row, _) in self._rows.items()}
        above: list[RowForTemplate] = []
        for row in tree.values():
            above = [*above[: row["级"] - 1], row]
            if len(above) > 1:
                above[-2]["下级"].append(row)
                row["上级"] = above[-2]["名称"]
        return tree


class GroupForTemplate(dict[str, Any]):
    """What a department fills in below one name: false in a condition where all of it was left out."""

    def __bool__(self) -> bool:
        return not all(
            isinstance(entry, Blank) or (isinstance(entry, dict | list | tuple) and not entry)
            for entry in self.values()
        )


class RowForTemplate(dict[str, Any]):
    """A row of a table as a template sees it: name, code, level, figures by column, and the rows below it."""

    def __init__(self, row: TableRow, figures: dict[str, Decimal]) -> None:
        names = {"行": row.name, "编码": row.code, "名称": row.caption, "级": row.level, "上级": "", "下级": []}
        super().__init__(names | figures)


def _indicators(accounts: Accounts, values: dict[str, Value]) -> dict[str, dict[str, Any]]:
    """Each indicator with its figure, and with what the department said of it: last year's figure, reasons."""
    said = dict(_by_indicator(accounts.edition, values))
    indicators = {}
    for name in accounts.edition.indicators:
        entry: dict[str, Any] = {"名称": name, "金额": accounts.indicator(name)}
        for label, told in said.items():
            if name in told:
                entry[label] = _present(told[name], f"{label}.{name}")
        indicators[name] = entry
    return indicators


def _by_indicator(edition: Edition, values: dict[str, Value]) -> list[tuple[str, dict[str, Value]]]:
    """What is known of each indicator, by the names of the fields, wherever they stand, and of derived comparisons."""
    derived = {name for indicator in edition.indicators.values() for name in indicator.base_terms}
    found = [(name, values[name]) for name in sorted(derived)]
    for field in edition.fields:
        if field.comparison:
            found.append((field.name, values[field.name]))
        for part in field.below:
            if part.comparison:
                found.append((part.name, values[field.name][part.name]))
    return found


def _present(value: Value, name: str) -> Any:
    """`value` with every entry that was left out as a `Blank` that knows its name."""
    if value is None:
        return Blank(name)
    if isinstance(value, dict):
        return GroupForTemplate({key: _present(entry, f"{name}.{key}") for key, entry in value.items()})
    if isinstance(value, list):
        return [_present(entry, f"{name} 第 {index} 项") for index, entry in enumerate(value, 1)]
    return value
