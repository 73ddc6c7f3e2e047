"""A batch from its departments to the outcome of each; the files themselves are made in worker processes."""

import contextlib
import os
import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from generator.batch.departments import Department
from generator.batch.outcome import Outcome, Stage
from generator.batch.pool import Died, run_all
from generator.batch.stopping import Stop
from generator.batch.sums import Sums, SumsByEdition
from generator.batch.working import Order, Workshop, broke_down
from generator.publish import TEMPORARY


@dataclass(frozen=True, slots=True)
class Batch:
    """What became of every department, in the order in which they were given, and the sums of those published."""

    outcomes: tuple[Outcome, ...]
    sums: tuple[Sums, ...]
    """One for each edition."""
    was_stopped: bool
    """Whether somebody ended it before all were done."""


def run_batch(
    departments: list[Department],
    order: Order,
    *,
    jobs: int = 0,
    fail_fast: bool = False,
    done: Callable[[Outcome], None] = lambda _: None,
) -> Batch:
    """Makes the publications of `departments`.

    `jobs`: how many processes; 0 for one on each core. `fail_fast`: none is begun after one that could not be made.
    `done` is told each outcome when it is there. Raises `OSError` where the folder cannot be made.
    """
    order.folder.mkdir(parents=True, exist_ok=True)
    left_behind = list(order.folder.glob(f"{TEMPORARY}*"))
    outcomes: dict[Path, Outcome] = {}
    sums = SumsByEdition()
    size = min(jobs or usable_cores(), len(departments))

    def bury(process: int) -> None:
        _remove(order.folder.glob(f"{TEMPORARY}{process}-*"))

    with Stop() as stop:
        made_to_stop = False
        for department, result in run_all(departments, Workshop, (order,), size=size, stop=stop, buried=bury):
            outcome = _of_dead(department, result) if isinstance(result, Died) else result
            if outcome.figures:
                sums[outcome.figures.edition].add(outcome.figures)
                outcome = replace(outcome, figures=None)
            outcomes[department.file] = outcome
            done(outcome)
            if fail_fast and not outcome.state.is_published and not stop.asked:
                made_to_stop = True
                stop.ask()
    # What a killed run left behind: by now nobody who was writing when this run began still is.
    _remove(left_behind)
    all_outcomes = tuple(outcomes.get(one.file) or Outcome(one, Stage.NOT_DONE) for one in departments)
    return Batch(all_outcomes, tuple(sums[edition] for edition in sorted(sums)), was_stopped=stop.asked > made_to_stop)


def _remove(paths: Iterable[Path]) -> None:
    """Removes temporary files and folders, as far as that can be done."""
    for path in paths:
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            with contextlib.suppress(OSError):
                path.unlink()


def usable_cores() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _of_dead(department: Department, died: Died) -> Outcome:
    how = f"进程被信号 {-died.exit_code} 结束" if died.exit_code < 0 else f"进程意外结束，代码 {died.exit_code}"
    again = "，已重试一次" if died.tries > 1 else ""
    return Outcome(department, Stage.FAILED, (broke_down(department, f"{how}{again}，可能是内存不足"),))
