"""What became of a department in a batch: small, since it crosses from one process to another."""

from dataclasses import dataclass
from enum import Enum

from generator.batch.departments import Department
from generator.batch.sums import Contribution
from generator.findings import Finding, Severity


class Stage(Enum):
    """How far a department got."""

    MADE = "已生成"
    CURRENT = "未变"
    """Both files are there, made from the very same."""
    DRAFTED = "草稿"
    INVALID = "有误"
    """Its file does not allow a publication."""
    FAILED = "失败"
    """The program, not the file, is at fault: it broke down, or its process died."""
    NOT_DONE = "未处理"
    """The batch ended before its turn."""

    @property
    def is_published(self) -> bool:
        return self in (Stage.MADE, Stage.CURRENT, Stage.DRAFTED)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of `department`."""

    department: Department
    state: Stage
    findings: tuple[Finding, ...] = ()
    files: tuple[str, ...] = ()
    """Names of the files of its publication."""
    pages: int = 0
    seconds: float = 0.0
    figures: Contribution | None = None
    """For the sums over all departments; of published ones alone."""

    def count(self, severity: Severity) -> int:
        """How many findings are of `severity`."""
        return sum(finding.severity is severity for finding in self.findings)
