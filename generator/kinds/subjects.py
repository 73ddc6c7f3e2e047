"""The last-level subjects of a table: which of them a key of a department's file means."""

from __future__ import annotations

import re
from dataclasses import dataclass

from generator.findings import Code, Place
from generator.kinds.values import Faults, bare, meant

_KEY = re.compile(r"([0-9]+)\s*(.*)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Subjects:
    """The last-level subjects that a table shows for one department."""

    table: str
    names: dict[str, str]
    """By code, in the order of the table."""
    with_figures: list[str]
    """The codes of those for which the table has a figure other than 0."""

    def title(self, code: str) -> str:
        """A subject as files and messages name it: `2010301 行政运行`."""
        return f"{code} {self.names[code]}"

    def code_of(self, key: str, place: Place, faults: Faults) -> str:
        """The subject that `key` (`2010301 行政运行` or the code alone) means; empty, with a finding, if none."""
        match = _KEY.fullmatch(key)
        code, name = (match[1], match[2]) if match else ("", key)
        if code not in self.names:
            faults.add(Code.UNKNOWN_NAME, f"{self.table} 没有末级科目“{key}”：{self._instead(code, name)}", place)
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
            return f"{self.table} 没有填科目，请先填表。"
        if below := [known for known in self.names if code and known.startswith(code)]:
            return f"请分别写它下面的 {'、'.join(below)}。"
        same = [known for known, title in self.names.items() if name and bare(title) == bare(name)]
        if near := (same[0] if same else meant(code, self.names)):
            return f"是不是“{self.title(near)}”？请和{self.table} 的科目核对。"
        return f"请和{self.table} 的科目核对，如“{self.title(next(iter(self.names)))}”。"


def sample_subject(subjects: dict[str, str]) -> str:
    """Code and name of the first of `subjects` on the last level, which has the longest codes."""
    code = max(subjects, key=lambda code: (len(code), [-int(digit) for digit in code]))
    return f"{code} {subjects[code]}"
