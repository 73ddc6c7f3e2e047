"""How many publications a batch makes a second, and how much memory its processes take at most.

    python benchmarks/throughput.py [--departments 200] [--jobs N]

The departments are variants of both examples: 36 and 52 pages, Word and PDF. A second run, for which all is current,
is timed too.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

EXAMPLES = Path(__file__).resolve().parent.parent / "data_specs" / "examples"
COMMAND = [sys.executable, "-c", "from generator.cli import main; main()"]


def write_departments(folder: Path, count: int) -> None:
    """Variants of both examples under other names, each with a duty of its own."""
    examples = [(EXAMPLES / name).read_text(encoding="utf-8") for name in ("haizhu-2020.yaml", "guangzhou-2019.yaml")]
    for number in range(count):
        text = re.sub(r"^部门: .*$", f"部门: 某市第{number:03d}局", examples[number % 2], count=1, flags=re.MULTILINE)
        duty = f"负责第 {random.Random(number).randint(1, 10**6)} 项工作。"
        text = re.sub(r"(  主要职责:\n)", rf"\1    - {duty}\n", text, count=1)
        (folder / f"{number:03d}.yaml").write_text(text, encoding="utf-8")


class Memory(threading.Thread):
    """Watches the peak memory (MB, of each process its own) of a process and its children, where the system tells."""

    def __init__(self, parent: int) -> None:
        super().__init__(daemon=True)
        self.parent = parent
        self.peaks: dict[int, int] = {}
        self.busy = 0.0
        """Seconds of CPU of all of them, once they have ended."""

    def run(self) -> None:
        while os.path.exists(f"/proc/{self.parent}"):
            for process in [self.parent, *_children(self.parent)]:
                try:
                    status = Path(f"/proc/{process}/status").read_text()
                except OSError:
                    continue
                if found := re.search(r"VmHWM:\s+(\d+) kB", status):
                    self.peaks[process] = int(found[1]) // 1024
            time.sleep(0.2)


def _children(parent: int) -> list[int]:
    try:
        tasks = list(Path(f"/proc/{parent}/task").iterdir())
        return [int(child) for task in tasks for child in (task / "children").read_text().split()]
    except OSError:
        return []


def run(command: list[str]) -> tuple[float, Memory]:
    """Seconds, and memory, of a command that must succeed."""
    begun, before = time.perf_counter(), os.times()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    memory = Memory(process.pid)
    memory.start()
    _, errors = process.communicate()
    if process.returncode:
        raise SystemExit(errors.decode())
    after = os.times()
    memory.busy = after.children_user + after.children_system - before.children_user - before.children_system
    return time.perf_counter() - begun, memory


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--departments", type=int, default=200)
    parser.add_argument("--jobs", type=int, default=len(os.sched_getaffinity(0)))
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        sources = Path(name) / "填报"
        sources.mkdir()
        write_departments(sources, arguments.departments)
        command = [*COMMAND, "batch", str(sources), "-o", f"{name}/公开", "--jobs", str(arguments.jobs)]
        for what in ("made", "all current"):
            seconds, memory = run(command)
            parent, *workers = memory.peaks.values()
            rate, cpu = arguments.departments / seconds, memory.busy / arguments.departments
            print(f"{what}: {arguments.departments} in {seconds:.1f} s with {arguments.jobs} processes,", end=" ")
            print(f"{rate:.2f} a second, {cpu:.2f} s of CPU each")
            print(f"    peak memory: parent {parent} MB, workers {', '.join(map(str, sorted(workers)))} MB", flush=True)


if __name__ == "__main__":
    main()
