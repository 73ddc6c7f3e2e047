"""What `juesuan` does with spoilt copies of the examples: every one must end with a message, none with a traceback.

    python benchmarks/fuzz.py [--mutations 20000] [--seed 1] [--processes 2]
                              [--build-every 200] [--build-clean-every 1]

Each mutation is checked; every K-th is built too, and so is every one (or every K-th) of those that check clean.
Prints how often each exit status came, and every failure with its seed, by which `tests/support/mutations.py` makes the
same file again.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from functools import cache, partial
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "support")]

from mutations import build, check, mutation  # noqa: E402

from generator.accounts import loading  # noqa: E402

# The edition is the same every time, and reading it takes longer than checking.
loading.load_edition = cache(loading.load_edition)

Results = list[tuple[int, str, int | None, tuple[str, ...]]]


def tried(seeds: range, build_every: int, build_clean_every: int) -> Results:
    """For each seed its runs: the command, the exit status, and what was wrong."""
    results: Results = []
    for seed in seeds:
        with tempfile.TemporaryDirectory() as folder:
            ending, content = mutation(seed)
            file = Path(folder) / f"report{ending}"
            file.write_bytes(content)
            checked = check(file)
            results.append((seed, "check", checked.status, checked.faults))
            if seed % (build_every if checked.status else build_clean_every) == 0:
                built = build(file, Path(folder) / "output")
                # What checks clean need not build: a character may be in no font.
                unlike = ("built what does not check",) if checked.status and not built.status else ()
                results.append((seed, "build", built.status, (*built.faults, *unlike)))
    return results


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--mutations", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--build-every", type=int, default=200)
    parser.add_argument("--build-clean-every", type=int, default=1)
    parser.add_argument("--processes", type=int, default=2)
    options = parser.parse_args()

    begun = time.perf_counter()
    end = options.seed + options.mutations
    parts = [range(start, min(start + 100, end)) for start in range(options.seed, end, 100)]
    statuses: Counter[tuple[str, int | None]] = Counter()
    failures = 0
    with ProcessPoolExecutor(options.processes) as pool:
        builds = {"build_every": options.build_every, "build_clean_every": options.build_clean_every}
        for results in pool.map(partial(tried, **builds), parts):
            for seed, command, status, faults in results:
                statuses[command, status] += 1
                failures += bool(faults)
                for fault in faults:
                    print(f"seed {seed}, {command}: {fault}", flush=True)
    for (command, status), count in sorted(statuses.items(), key=str):
        print(f"{command}: exit {status}: {count}")
    print(f"{options.mutations} mutations, {failures} failures, {time.perf_counter() - begun:.0f} s")
    sys.exit(failures > 0)


if __name__ == "__main__":
    main()
