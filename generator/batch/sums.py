"""The bureau's sums: every official table added up over departments, and held against the edition's relations again."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum

from generator.accounts import Accounts, Cell, Ledger, RelationKind, Stated, rows_below
from generator.checks import KINDS as CHECK_KINDS
from generator.edition import SAME_ROW, Check, CheckKind, Edition, TableSpec, load_edition
from generator.findings import Finding, Place
from generator.numbers import ZERO

RelationName = tuple[Cell, RelationKind] | str
"""A cell and in which way it is the sum of others, or the code of a check that two sums are equal."""


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one department adds to the sums; amounts in 万元, those of 0 left out."""

    edition: str
    amounts: dict[Cell, Decimal]
    undivided: dict[Cell, Decimal]
    """What this department does not divide among the rows below, where others may."""
    roundings: dict[RelationName, Decimal]
    """By how much the two sides of relations differ, where that is rounding alone."""
    own_subjects: dict[str, str]


def contribution_of(accounts: Accounts, findings: Iterable[Finding]) -> Contribution:
    """What `accounts`, of which checks made `findings`, add to the sums."""
    ledger = accounts.ledger
    codes = {finding.code for finding in findings}
    # What differs where no check says so does it by rounding.
    failed = {
        name
        for check in accounts.edition.checks
        if check.code in codes
        for name in (check.code, CHECK_KINDS[check.kind].relation)
    }
    amounts = {cell: amount for cell in ledger.cells() if (amount := ledger.amount(cell))}
    undivided = {
        cell: rest
        for cell in amounts
        if not ledger.relation(cell, RelationKind.HIERARCHY) and (rest := _undivided(ledger, cell))
    }
    roundings = {
        relation: rest
        for relation, rest in _differences(ledger)
        if (relation if isinstance(relation, str) else relation[1]) not in failed
    }
    return Contribution(accounts.edition.identifier, amounts, undivided, roundings, ledger.own)


def _undivided(ledger: Ledger, cell: Cell) -> Decimal:
    """The figure of `cell` less those of the fixed rows one level below."""
    table = ledger.edition.tables[cell.table]
    if cell.row not in table.row_names:
        return ledger.amount(cell)  # no subject is below it, else its row would be the sum of theirs
    block, row = table.row_names[cell.row]
    below = rows_below(block, row)
    parts = [Cell(cell.table, one.name, cell.column) for one in below if one.level == row.level + 1]
    return ledger.amount(cell) - sum(map(ledger.amount, parts), ZERO)


def _differences(ledger: Ledger) -> Iterator[tuple[RelationName, Decimal]]:
    for cell in ledger.cells():
        for kind in RelationKind:
            if (summands := ledger.relation(cell, kind)) and (rest := ledger.amount(cell) - ledger.total(summands)):
                yield (cell, kind), rest
    for check in _equalities(ledger.edition):
        left, right = (ledger.total(ledger.resolve(side)) for side in check.sides)
        if left != right:
            yield check.code, left - right


def _equalities(edition: Edition) -> list[Check]:
    """The checks that two sums of cells are equal, each cell named in full, in every department."""
    return [
        check
        for check in edition.checks
        if check.kind is CheckKind.EQUAL
        and not check.conditions
        and all(term.table and not term.last_year and term.row != SAME_ROW for side in check.sides for term in side)
    ]


class Verdict(Enum):
    """How a sum agrees with what the relations make of the other sums."""

    EQUAL = "相符"
    ROUNDED = "尾差"
    """Apart by just what the departments' own figures are by rounding."""
    UNEQUAL = "不符"


@dataclass(frozen=True, slots=True)
class Judged:
    """A sum that is the sum of others by one of the edition's relations."""

    cell: Cell
    amount: Decimal
    expected: Decimal
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class JudgedCheck:
    """The two sides of one of the edition's checks, over all departments."""

    check: Check
    left: Decimal
    right: Decimal
    verdict: Verdict


@dataclass
class Sums:
    """The figures of all departments of one edition, added up."""

    edition: Edition
    departments: int = 0
    amounts: defaultdict[Cell, Decimal] = field(default_factory=lambda: defaultdict(Decimal))
    _undivided: defaultdict[Cell, Decimal] = field(default_factory=lambda: defaultdict(Decimal))
    _roundings: defaultdict[RelationName, Decimal] = field(default_factory=lambda: defaultdict(Decimal))
    _own_subjects: dict[str, str] = field(default_factory=dict)

    def add(self, figures: Contribution) -> None:
        """Adds the figures of one department."""
        self.departments += 1
        for cell, amount in figures.amounts.items():
            self.amounts[cell] += amount
        for cell, rest in figures.undivided.items():
            self._undivided[cell] += rest
        for relation, difference in figures.roundings.items():
            self._roundings[relation] += difference
        self._own_subjects = figures.own_subjects | self._own_subjects

    def tables(self) -> list[TableSpec]:
        """The tables that publications show."""
        return [table for table in self.edition.tables.values() if table.published]

    def ledger(self) -> Ledger:
        """A ledger with every row that any of the departments has, which knows how rows and columns hang together."""
        place = Place("")
        stated = {cell: Stated(amount, place) for cell, amount in self.amounts.items()}
        subjects: defaultdict[str, set[str]] = defaultdict(set)
        for cell in stated:
            if cell.row.isdigit() and cell.row not in self.edition.tables[cell.table].row_names:
                subjects[cell.table].add(cell.row)
        return Ledger(self.edition, stated, subjects, self._own_subjects)

    def judged(self, ledger: Ledger, table: TableSpec) -> Iterator[Judged]:
        """Each sum of `table` that follows from others, once for each way in which it does."""
        for cell in ledger.cells([table.number]):
            for kind in RelationKind:
                if summands := ledger.relation(cell, kind):
                    expected = sum((sign * self.amount(part) for sign, part in summands), ZERO)
                    if kind is RelationKind.HIERARCHY:
                        expected += self._undivided.get(cell, ZERO)
                    rounding = self._roundings.get((cell, kind), ZERO)
                    yield Judged(cell, self.amount(cell), expected, _verdict(self.amount(cell) - expected, rounding))

    def judged_checks(self, ledger: Ledger) -> Iterator[JudgedCheck]:
        """The checks that hold sums of different rows or tables against each other."""
        for check in _equalities(self.edition):
            left, right = (
                sum((sign * self.amount(cell) for sign, cell in ledger.resolve(side)), ZERO) for side in check.sides
            )
            rounding = self._roundings.get(check.code, ZERO)
            yield JudgedCheck(check, left, right, _verdict(left - right, rounding))

    def amount(self, cell: Cell) -> Decimal:
        """The sum of `cell` in 万元."""
        return self.amounts.get(cell, ZERO)


def _verdict(difference: Decimal, rounding: Decimal) -> Verdict:
    if not difference:
        return Verdict.EQUAL
    return Verdict.ROUNDED if difference == rounding else Verdict.UNEQUAL


class SumsByEdition(dict[str, Sums]):
    """The sums of each edition, by its identifier: there as soon as they are asked for."""

    def __missing__(self, edition: str) -> Sums:
        self[edition] = sums = Sums(load_edition(edition))
        return sums
