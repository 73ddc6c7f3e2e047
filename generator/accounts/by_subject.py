"""Fields by subject: which subjects a department can write of, and which of them a key of its file means."""

from __future__ import annotations

import re

from generator.accounts.ledger import Ledger
from generator.accounts.rows import Cell
from generator.accounts.values import Faults, bare, meant
from generator.edition import TableSpec
from generator.findings import Code, Place

_KEY = re.compile(r"([0-9]+)\s*(.*)", re.ASCII)


class Subjects:
    """The last-level subjects that a table shows for one department."""

    def __init__(self, ledger: Ledger, table: TableSpec) -> None:
        self._ledger = ledger
        self._table = table
        rows = [(row, side.block) for side in ledger.sides(table) for row in side.rows if row.code]
        codes = [row.code for row, _ in rows]
        self.names = {
            row.code: row.caption
            for row, _ in rows
            if not any(code != row.code and code.startswith(row.code) for code in codes)
        }
        """By code, in the order of the table."""
        self._columns = {row.code: [column.name for column in block.amounts] for row, block in rows}

    def title(self, code: str) -> str:
        """A subject as files and messages name it: `2010301 行政运行`."""
        return f"{code} {self.names[code]}"

    def with_figures(self) -> list[str]:
        """The codes of those for which the table has a figure other than 0."""
        number = self._table.number
        return [
            code
            for code in self.names
            if any(self._ledger.amount(Cell(number, code, column)) for column in self._columns[code])
        ]

    def code_of(self, key: str, place: Place, faults: Faults) -> str:
        """The subject that `key` (`2010301 行政运行` or the code alone) means; empty, with a finding, if none."""
        match = _KEY.fullmatch(key)
        code, name = (match[1], match[2]) if match else ("", key)
        if code not in self.names:
            faults.add(
                Code.UNKNOWN_NAME, f"{self._table.number} 没有末级科目“{key}”：{self._instead(code, name)}", place
            )
            return ""
        if name and bare(name) != bare(self.names[code]):
            others = [other for other, title in self.names.items() if bare(title) == bare(name)]
            hint = f"“{name}”的编码是 {others[0]}。" if others else ""
            message = f"科目 {code} 的名称是“{self.names[code]}”，这里写的是“{name}”，请核对编码和名称。{hint}"
            faults.add(Code.UNKNOWN_SUBJECT, message, place)
        return code

    def _instead(self, code: str, name: str) -> str:
        """What to write instead of a key that means no subject."""
        if not self.names:
            return f"{self._table.number} 没有填科目，请先填表。"
        if below := [known for known in self.names if code and known.startswith(code)]:
            return f"请分别写它下面的 {'、'.join(below)}。"
        same = [known for known, title in self.names.items() if name and bare(title) == bare(name)]
        if near := (same[0] if same else meant(code, self.names)):
            return f"是不是“{self.title(near)}”？请和{self._table.number} 的科目核对。"
        return f"请和{self._table.number} 的科目核对，如“{self.title(next(iter(self.names)))}”。"
