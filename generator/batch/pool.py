"""Worker processes that each do one task at a time, where one that dies takes nothing with it but its task.

`concurrent.futures` gives up the whole pool when a process dies and does not tell which task it was at; here each
worker has a pipe of its own, so both are known.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any, Generic, TypeVar, cast

from generator.batch.stopping import Stop

Task = TypeVar("Task")
Result = TypeVar("Result")

# What is forked from this program holds the pipes of its siblings, which then outlive their parent. So a server forks,
# which has loaded what all need and holds nothing else; where there is none, each process loads it for itself.
if sys.platform == "linux":
    _CONTEXT = multiprocessing.get_context("forkserver")
    _CONTEXT.set_forkserver_preload(["generator.batch.working"])
else:
    _CONTEXT = multiprocessing.get_context("spawn")
_TRIES = 2
_SECONDS_BETWEEN_LOOKS = 0.2


@dataclass(frozen=True, slots=True)
class Died:
    """What comes in place of a result where the processes that had the task died, each time it was tried."""

    exit_code: int
    """Less than 0 for a signal."""
    tries: int


@dataclass(slots=True)
class _Worker(Generic[Task]):
    process: BaseProcess
    pipe: Connection
    task: Task | None = None
    tries: int = 0

    @classmethod
    def started(cls, prepare: Callable[..., Any], arguments: tuple[Any, ...]) -> _Worker[Task]:
        ours, theirs = _CONTEXT.Pipe()
        process = _CONTEXT.Process(target=_serve, args=(theirs, prepare, arguments), daemon=True)
        with _deaf_to_ctrl_c():
            process.start()
        theirs.close()
        return cls(process, ours)

    def give(self, task: Task, tries: int) -> None:
        self.task, self.tries = task, tries
        with contextlib.suppress(OSError):  # it is dead, as its pipe will tell
            self.pipe.send(task)

    def result(self) -> Any:
        """What came of the task; `Died` where the process did."""
        try:
            return self.pipe.recv()
        except (EOFError, OSError):
            self.end()
            return Died(self.process.exitcode or 0, self.tries)

    def end(self) -> None:
        """Ends the process, which is idle or dead."""
        self.pipe.close()
        self.process.join()


def run_all(
    tasks: Iterable[Task],
    prepare: Callable[..., Callable[[Task], Result]],
    arguments: tuple[Any, ...],
    *,
    size: int,
    stop: Stop,
    buried: Callable[[int], None] = lambda _: None,
) -> Iterator[tuple[Task, Result | Died]]:
    """Each task with its result, in the order in which they are done.

    Every process calls `prepare(*arguments)` once for the function that does its tasks. A task whose process dies is
    tried once more, after all others. `buried` is told the number of every process that died. Where `stop` is asked,
    tasks not yet begun do not come.
    """
    waiting = deque((task, 1) for task in tasks)
    workers: list[_Worker[Task]] = []
    try:
        while True:
            while waiting and not stop.asked and (idle := _idle(workers, size, prepare, arguments)):
                idle.give(*waiting.popleft())
            busy = {worker.pipe: worker for worker in workers if worker.task is not None}
            if not busy or stop.asked > 1:
                return
            for pipe in wait(list(busy), _SECONDS_BETWEEN_LOOKS):
                worker = busy[cast(Connection, pipe)]
                task, worker.task = worker.task, None
                assert task is not None
                result = worker.result()
                if isinstance(result, Died):
                    workers.remove(worker)
                    buried(worker.process.pid or 0)
                    if worker.tries < _TRIES and not stop.asked:
                        waiting.append((task, worker.tries + 1))
                        continue
                yield task, result
    finally:
        for worker in workers:
            if worker.task is not None:
                worker.process.kill()
            worker.end()
            if worker.task is not None:
                buried(worker.process.pid or 0)


@contextlib.contextmanager
def _deaf_to_ctrl_c() -> Iterator[None]:
    """What is started meanwhile ignores Ctrl-C, which reaches every process of a terminal: the parent decides."""
    try:
        before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    except ValueError:  # not in the main thread
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _idle(
    workers: list[_Worker[Task]], size: int, prepare: Callable[..., Any], arguments: tuple[Any, ...]
) -> _Worker[Task] | None:
    """A worker without a task, a new one where there are fewer than `size`; `None` where all are busy."""
    for worker in workers:
        if worker.task is None:
            return worker
    if len(workers) == size:
        return None
    workers.append(_Worker.started(prepare, arguments))
    return workers[-1]


def _serve(pipe: Connection, prepare: Callable[..., Callable[[Any], Any]], arguments: tuple[Any, ...]) -> None:
    """The life of a worker: tasks come in and results go out, until the other end of the pipe is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # again, where that is not inherited
    work = prepare(*arguments)
    with contextlib.suppress(EOFError, OSError):
        while True:
            pipe.send(work(pipe.recv()))
