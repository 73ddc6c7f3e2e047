"""A batch in the terminal: its progress, and at the end a line for each department."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from rich import box
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from generator.batch import Batch, Outcome, Stage
from generator.findings import Severity
from generator.messages import print_findings

_SHOWN_FINDINGS = 5
_NAME = 20
"""Characters of a name beside the bar."""
_STYLES = {Stage.INVALID: "bold red", Stage.FAILED: "bold red", Stage.NOT_DONE: "yellow", Stage.CURRENT: "dim"}


class Tell(Protocol):
    """Takes each outcome when it is there."""

    def __call__(self, outcome: Outcome) -> None: ...


@contextmanager
def progress(console: Console, total: int) -> Iterator[Tell]:
    """Shows how far a batch of `total` departments is: a bar with the time left, or a line for each in a pipe."""
    if not console.is_terminal:
        yield _Lines(console, total)
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TextColumn("剩余"))
    with Progress(*columns, TimeRemainingColumn(), console=console, transient=True) as bar:
        task = bar.add_task("生成", total=total)

        def tell(outcome: Outcome) -> None:
            bar.update(task, advance=1, description=(outcome.department.name or outcome.department.file.name)[:_NAME])

        yield tell


class _Lines:
    def __init__(self, console: Console, total: int) -> None:
        self._console, self._total, self._done = console, total, 0

    def __call__(self, outcome: Outcome) -> None:
        self._done += 1
        self._console.print(f"[{self._done}/{self._total}] {outcome.state.value} {outcome.department.file.name}")


def print_batch(out: Console, err: Console, batch: Batch) -> None:
    """The departments as a table, and the first findings of those that could not be made."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for head in ("部门", "状态"):
        table.add_column(head, overflow="fold")
    for head in ("错误", "提醒", "页数", "秒"):
        table.add_column(head, justify="right", no_wrap=True)
    for one in batch.outcomes:
        counts = (str(one.count(severity) or "") for severity in Severity)
        name = one.department.name or one.department.file.name
        state = Text(one.state.value, style=_STYLES.get(one.state, ""))
        table.add_row(Text(name), state, *counts, str(one.pages or ""), f"{one.seconds:.1f}" if one.seconds else "")
    out.print(table, soft_wrap=False)
    for one in batch.outcomes:
        if one.state in (Stage.INVALID, Stage.FAILED):
            err.print(Text(f"── {one.department.file}", style="bold"))
            errors = [finding for finding in one.findings if finding.severity is Severity.ERROR]
            print_findings(err, errors[:_SHOWN_FINDINGS])
            if len(errors) > _SHOWN_FINDINGS:
                err.print(f"    其余 {len(errors) - _SHOWN_FINDINGS} 项错误见汇总表。")
    states = Counter(one.state for one in batch.outcomes)
    out.print("，".join(f"{state.value} {states[state]} 个" for state in Stage if states[state]) + "。")
