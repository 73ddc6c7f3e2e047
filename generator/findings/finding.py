"""Findings: what is said to the user about the input, and where it stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from generator.findings.codes import Code, RelationCode


class Severity(Enum):
    """How grave a finding is: only an error stops a publication from being made."""

    ERROR = "错误"
    WARNING = "提醒"


@dataclass(frozen=True, slots=True)
class Place:
    """A spot in an input file; `line` and `column` count from 1, `None` where the file as a whole is meant."""

    file: str
    line: int | None = None
    column: int | None = None
    where: str = ""
    """The same spot in the user's terms, such as `表3 › 2060101 › 基本支出`; may be empty."""

    def within(self, where: str) -> Place:
        """This place, named `where` in the user's terms."""
        return Place(self.file, self.line, self.column, where)

    def __str__(self) -> str:
        spot = self.file if self.line is None else f"{self.file}:{self.line}:{self.column}"
        return f"{spot}（{self.where}）" if self.where else spot


def in_words(path: Iterable[str | int], separator: str = " › ") -> str:
    """A path in a file, items of lists by index from 0, as a message says it: `绩效 › 项目 › 第 1 项`."""
    return separator.join(f"第 {step + 1} 项" if isinstance(step, int) else step for step in path)


@dataclass(frozen=True, slots=True)
class Comparison:
    """The two sides of a relation that does not hold, in 万元 (counts as they are)."""

    left_name: str
    left: Decimal
    right_name: str
    right: Decimal

    @property
    def difference(self) -> Decimal:
        return self.left - self.right


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing said about the input: a stable code, a Chinese sentence saying what to do, and the places."""

    code: Code | RelationCode
    message: str
    places: tuple[Place, ...] = ()
    severity: Severity = Severity.ERROR
    group: str = ""
    """What it belongs to, such as a table's number; empty where it is about the file as a whole."""
    comparison: Comparison | None = None
    cause: str = ""
    """The likeliest cause, already part of the message."""
    to_paste: tuple[str, ...] = ()
    """Lines that mend it, as they may be put into the file."""


class InvalidInput(Exception):
    """Raised where the input cannot be used at all; carries every finding made up to then."""

    def __init__(self, *findings: Finding) -> None:
        super().__init__("\n".join(finding.message for finding in findings))
        self.findings = findings
