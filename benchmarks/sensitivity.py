"""Of all figures of a correct file, each changed on its own: how many changes does a check notice?

    python benchmarks/sensitivity.py [--subjects 6]

Four files: the examples as they are, and a random department with everything (fund budget, state capital, other money,
carryovers) that states every figure, in 元 and in 万元. Each stated figure is changed by the least that its sums do not
allow, up and down (never below 0, which a check of its own would notice), by a tenth, and by a misplaced point.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "support")]

from departments import EXAMPLE, EXAMPLE_OF_2019  # noqa: E402
from random_departments import random_department  # noqa: E402

from generator.accounts import Accounts, Cell, Ledger, Stated, load_accounts  # noqa: E402
from generator.checks.evaluation import check_figures, relations  # noqa: E402
from generator.checks.relations import allowance  # noqa: E402
from generator.edition import CheckKind  # noqa: E402
from generator.numbers import Unit  # noqa: E402

SUMS = (CheckKind.IN_ROW, CheckKind.HIERARCHY, CheckKind.BETWEEN_ROWS, CheckKind.EQUAL)


def least_allowances(accounts: Accounts) -> dict[Cell, Decimal]:
    """For each stated figure that a sum rests on: how far it can move unnoticed by the narrowest of these sums.

    A sum that is off by rounding already can move back by as much before the allowance begins.
    """
    least: dict[Cell, Decimal] = {}
    for check in accounts.edition.checks:
        for relation in relations(accounts, check) if check.kind in SUMS else ():
            allowed = allowance(accounts, relation) + abs(relation.difference)
            times: Counter[Cell] = Counter()
            for sign, side in ((1, relation.left), (-1, relation.right)):
                for part in side:
                    if isinstance(part.source, Cell):
                        stated = part.source in accounts.ledger.stated
                        cells = {part.source: 1} if stated else accounts.ledger.stated_parts(part.source)
                        for cell, count in cells.items():
                            times[cell] += sign * part.sign * count
            for cell, count in times.items():
                if count:
                    least[cell] = min(allowed, least.get(cell, allowed))
    return least


def changes(accounts: Accounts, amount: Decimal, allowed: Decimal) -> Iterator[Decimal]:
    """Other figures for `amount`, each further from it than `allowed`."""
    unit = Decimal("0.01") * accounts.unit.in_ten_thousand
    digits = 2 if accounts.unit is Unit.TEN_THOUSAND else 6
    least = (allowed // unit + 1) * unit
    wanted = {amount + least, amount - least, round(amount * Decimal("1.1"), digits), amount * 10}
    yield from sorted(other for other in wanted if other >= 0 and abs(other - amount) > allowed)


def noticed(accounts: Accounts, cell: Cell, amount: Decimal) -> bool:
    """Whether anything is found once `cell` says `amount`."""
    stated = accounts.ledger.stated | {cell: Stated(amount, accounts.ledger.stated[cell].place)}
    subjects: dict[str, set[str]] = {}
    for other in stated:
        if other.row.isdigit():
            subjects.setdefault(other.table, set()).add(other.row)
    return bool(check_figures(replace(accounts, ledger=Ledger(accounts.edition, stated, subjects, {}))))


def measure(title: str, accounts: Accounts) -> None:
    assert not check_figures(accounts), "a correct file was wanted"
    least = least_allowances(accounts)
    tried: Counter[str] = Counter()
    found: Counter[str] = Counter()
    unguarded: dict[Cell, list[Decimal]] = {}
    for cell, figure in accounts.ledger.stated.items():
        allowed = least.get(cell, Decimal(0))
        if not figure.amount and accounts.unit is Unit.TEN_THOUSAND:
            # A 0 is exact: any other figure widens the allowance by a rounding of its own.
            allowed += Decimal("0.005")
        for other in changes(accounts, figure.amount, allowed):
            tried[cell.table] += 1
            if noticed(accounts, cell, other):
                found[cell.table] += 1
            else:
                unguarded.setdefault(cell, []).append(other)
    print(f"{title}: {len(accounts.ledger.stated)} figures stated, {tried.total()} changes,", end=" ")
    print(f"{found.total()} noticed ({found.total() / tried.total():.1%})")
    for table in accounts.edition.tables:
        if tried[table]:
            print(f"  {table:4} {found[table]:5} of {tried[table]:5} noticed ({found[table] / tried[table]:.1%})")
    for cell, others in unguarded.items():
        amount = accounts.ledger.stated[cell].amount
        print(f"  not noticed: {cell}: {amount.normalize():f} as {'、'.join(f'{x.normalize():f}' for x in others)}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--subjects", type=int, default=6)
    subjects = parser.parse_args().subjects
    for example in (EXAMPLE, EXAMPLE_OF_2019):
        measure(example.stem, load_accounts(example))
    with tempfile.TemporaryDirectory() as folder:
        for unit in ("元", "万元"):
            department = random_department(random.Random(1), subjects=subjects, unit=unit, stating=1, rich=True)
            file = Path(folder) / "填报.json"
            file.write_text(json.dumps(department, ensure_ascii=False), encoding="utf-8")
            measure(f"random department in {unit}", load_accounts(file))


if __name__ == "__main__":
    main()
