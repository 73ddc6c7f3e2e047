"""Kills a batch of 40 departments at random moments, with all its processes, and runs it again each time.

Every second kill waits for the moment in which files are being written.

    python benchmarks/kills.py [--kills 50] [--seed 0]

After every second run there must be 40 pairs of files, byte by byte those of a run that nobody disturbed, the summary,
and nothing else.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from docx import Document

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "support")]
COMMAND = [sys.executable, "-c", "from generator.cli import main; main()"]
SUMMARY = "汇总.xlsx"
DEPARTMENTS = 40


def write_departments(folder: Path, count: int) -> None:
    """`count` correct departments as JSON files in `folder`."""
    from random_departments import random_department

    folder.mkdir()
    for number in range(count):
        data = random_department(random.Random(number), subjects=1) | {"部门": f"某市第{number:02d}局"}
        (folder / f"{number:02d}.json").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")


def write_short_edition(folder: Path) -> None:
    """The editions of the checkout, with a template of one page: so that more of a batch's time is writing files."""
    shutil.copytree(ROOT / "data_specs", folder / "data_specs")
    template = Document(str(ROOT / "templates" / "gz-2020.docx"))
    body = template.element.body
    for element in body[:-1]:
        body.remove(element)
    template.add_paragraph("{{ 部门 }}{{ 年度 }}年度部门决算")
    (folder / "templates").mkdir()
    template.save(str(folder / "templates" / "gz-2020.docx"))


def batch(folder: Path, made: Path) -> subprocess.Popen[bytes]:
    """Starts the batch of the departments in `folder`, in a process group of its own."""
    command = [
        *COMMAND,
        "batch",
        str(folder / "填报"),
        "-o",
        str(made),
        "--editions",
        str(folder / "版本"),
        "--jobs",
        "2",
    ]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True)


def contents(made: Path) -> dict[str, bytes]:
    """Every file below `made` but the summary, which tells times; a folder, which should not be there, is named too."""
    return {
        str(path.relative_to(made)): path.read_bytes() if path.is_file() else b"folder"
        for path in made.rglob("*")
        if path.name != SUMMARY
    }


def prepare(folder: Path, count: int) -> tuple[dict[str, bytes], float]:
    """Writes departments and edition into `folder`; what an undisturbed run makes of them, and how long it takes."""
    write_departments(folder / "填报", count)
    write_short_edition(folder / "版本")
    begun = time.perf_counter()
    _finish(batch(folder, folder / "whole"))
    whole = contents(folder / "whole")
    assert len(whole) == 2 * count, sorted(whole)
    return whole, time.perf_counter() - begun


def kill_and_go_on(folder: Path, files: int, while_writing: bool, whole: dict[str, bytes]) -> tuple[int, int]:
    """Kills a batch when it has made so many files, and runs it again; how many files and strays it had left.

    `while_writing`: it is killed in the moment in which it next has a temporary folder.
    """
    made = folder / "made"
    shutil.rmtree(made, ignore_errors=True)
    process = batch(folder, made)
    while process.poll() is None and not _is_time(made, files, while_writing):
        time.sleep(0 if while_writing else 0.002)
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.communicate()
    between = contents(made) if made.is_dir() else {}
    _finish(batch(folder, made))
    now = contents(made)
    assert now.keys() == whole.keys(), sorted(now.keys() ^ whole.keys())
    assert now == whole, [name for name in whole if now[name] != whole[name]]
    assert (made / SUMMARY).is_file()
    finished = sum(name in whole for name in between)
    return finished, len(between) - finished


def _is_time(made: Path, files: int, while_writing: bool) -> bool:
    names = os.listdir(made) if made.is_dir() else []
    writing = any(name.startswith(".juesuan-") for name in names)
    return len(names) >= files and (writing or not while_writing)


def _finish(process: subprocess.Popen[bytes]) -> None:
    _, errors = process.communicate()
    assert process.returncode == 0, errors.decode()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    rng = random.Random(arguments.seed)
    with tempfile.TemporaryDirectory() as name:
        whole, seconds = prepare(Path(name), DEPARTMENTS)
        print(f"undisturbed: {seconds:.1f} s")
        for number in range(1, arguments.kills + 1):
            at = rng.randint(0, 2 * DEPARTMENTS - 2)
            finished, strays = kill_and_go_on(Path(name), at, number % 2 == 0, whole)
            print(f"kill {number}: {finished} files, {strays} temporary ones; then all, and nothing else", flush=True)


if __name__ == "__main__":
    main()
