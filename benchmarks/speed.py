"""How long a build takes and how much memory, beside LibreOffice printing the same Word file.

    python benchmarks/speed.py [--runs 5]

Both are whole processes from the shell, run in turn, so that the ratio holds on a machine whose speed drifts.
LibreOffice is left out where it is not installed.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

EXAMPLE = Path(__file__).resolve().parent.parent / "data_specs" / "examples" / "haizhu-2020.yaml"


def timed(command: list[str]) -> tuple[float, float]:
    """Seconds and peak memory (MB) of `command`, its children included in neither."""
    begun = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - begun
    if status:
        raise SystemExit(f"failed: {' '.join(command)}")
    return seconds, usage.ru_maxrss / 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=5)
    runs = parser.parse_args().runs
    soffice = shutil.which("soffice")
    with tempfile.TemporaryDirectory() as folder:
        build = [sys.executable, "-c", "from generator.cli import main; main()", "build", str(EXAMPLE), "-o", folder]
        timed(build)
        docx = next(Path(folder).glob("*.docx"))
        convert = [str(soffice), "--headless", "--convert-to", "pdf", "--outdir", f"{folder}/office", str(docx)]
        ours, theirs = [], []
        for _ in range(runs):
            ours.append(timed(build))
            if soffice:
                theirs.append(timed(convert))
    for name, figures in (("juesuan build: DOCX and PDF", ours), ("soffice: PDF alone", theirs)):
        if figures:
            seconds = [second for second, _ in figures]
            spread = f"min {min(seconds):.2f}, max {max(seconds):.2f}"
            peak = max(memory for _, memory in figures)
            print(f"{name:28} median {statistics.median(seconds):.2f} s ({spread}), peak {peak:.0f} MB")
    if theirs:
        ratios = [there[0] / our[0] for our, there in zip(ours, theirs, strict=True)]
        print(f"soffice takes {statistics.median(ratios):.1f} times as long (median of {runs} pairs)")


if __name__ == "__main__":
    main()
