"""Random correct departments: how many get a finding (none should), and how long checking takes.

python benchmarks/false_alarms.py [--departments 1000] [--first 0]
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "support")]

from departments import EXAMPLE, EXAMPLE_OF_2019  # noqa: E402
from random_departments import random_department  # noqa: E402

from generator.accounts import load_accounts  # noqa: E402
from generator.checks import check_accounts  # noqa: E402
from generator.findings import Finding, InvalidInput  # noqa: E402


def examined(file: Path) -> tuple[list[Finding], float, float]:
    """What is found in `file`, and the seconds that reading and checking it took."""
    begun = time.perf_counter()
    try:
        accounts = load_accounts(file)
    except InvalidInput as invalid:
        return list(invalid.findings), time.perf_counter() - begun, 0.0
    read = time.perf_counter()
    findings = check_accounts(accounts)
    return findings, read - begun, time.perf_counter() - read


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--departments", type=int, default=1000)
    parser.add_argument("--first", type=int, default=0, help="the first seed")
    wanted = parser.parse_args()
    alarmed, codes, checking = 0, Counter[str](), []
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "填报.json"

        def write(department: object) -> None:
            file.write_text(json.dumps(department, ensure_ascii=False), encoding="utf-8")

        for seed in range(wanted.first, wanted.first + wanted.departments):
            write(random_department(random.Random(seed)))
            findings, _, seconds = examined(file)
            # In 万元, rounding does print figures apart that are one: that is no false alarm.
            findings = [finding for finding in findings if finding.code != "A113"]
            checking.append(seconds)
            alarmed += bool(findings)
            codes.update(finding.code for finding in findings)
            if findings:
                print(f"seed {seed}: {findings[0].code} {findings[0].message}")
        print(f"{wanted.departments} correct departments, {alarmed} with findings {dict(codes)}")
        print(
            f"checking one: median {statistics.median(checking) * 1000:.0f} ms, longest {max(checking) * 1000:.0f} ms"
        )

        write(random_department(random.Random(1), subjects=500, unit="万元", stating=0))
        for name, path in ((EXAMPLE.stem, EXAMPLE), (EXAMPLE_OF_2019.stem, EXAMPLE_OF_2019), ("500 subjects", file)):
            runs = [examined(path)[1:] for _ in range(5)]
            read, checked = (min(run[step] for run in runs) * 1000 for step in (0, 1))
            print(f"{name}: reading {read:.0f} ms, checking {checked:.0f} ms (best of 5)")


if __name__ == "__main__":
    main()
