"""Figures that the form prints as equal where rounding prints them apart, and what to state so that it does not.

In 万元 each figure that a department types is rounded on its own, so what is added up from such figures may be off.
But each was rounded from an exact one, at most half of its last digit away, and the exact ones do add up. The likeliest
of these are sought (`_Exact`); where two figures that are one print apart, those that are not its rounding are to be
stated. Roundings of figures that add up are within every allowance: so what is stated raises no other finding.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from generator.accounts import Accounts, Cell, Ledger, Stated, restated
from generator.checks.evaluation import check_figures, relations
from generator.checks.kinds import KINDS
from generator.checks.relations import Part, Relation, Side, Source, rounded_figures
from generator.edition import Check, CheckKind
from generator.findings import Finding, Severity
from generator.numbers import Unit, rounded

EQUALITIES = (CheckKind.EQUAL, CheckKind.IN_ROW, CheckKind.HIERARCHY, CheckKind.BETWEEN_ROWS)
_ROUNDS, _SWEEPS = 30, 100
_STEP = Decimal("0.00000001")
_HALF, _NEAR = 500_000, 10_000
"""Half of the last digit of a typed figure, and what is as good as nothing, in units of `_STEP`."""
_Group = dict[Source, Decimal]
"""Figures that are one, each as it is now."""


class Alike(NamedTuple):
    """Two figures that are one by `check`."""

    check: Check
    one: Part
    other: Part

    @property
    def is_apart(self) -> bool:
        return rounded(self.one.amount) != rounded(self.other.amount)


@dataclass(frozen=True, slots=True)
class Statement:
    """A cell to be stated, in 万元."""

    cell: Cell
    amount: Decimal
    now: Decimal
    """What it is otherwise, once those before it are stated."""
    pair: Alike
    """For the sake of which."""


class Agreement(NamedTuple):
    """What makes the figures agree that the form prints as equal."""

    statements: list[Statement]
    left: list[Alike]
    """What still prints apart: it cannot be helped by stating a total."""


def agreement(accounts: Accounts, findings: list[Finding]) -> Agreement:
    """What is to be stated; `findings`: all that is said of the figures of `accounts`.

    Nothing from 元, where all is exact, and while sums are wrong: then nobody knows which figure is right.
    """
    if accounts.unit is Unit.YUAN or wrong_sums(accounts, findings) or not (pairs := _apart(accounts)):
        return Agreement([], [])
    exact = _Exact(accounts)
    for keeps_totals in (True, False):
        agreed = _attempt(accounts, exact, pairs, keeps_totals)
        # No figure is to be stated that another relation contradicts.
        if len(check_figures(_with(accounts, agreed.statements))) <= len(findings):
            return agreed
    return Agreement([], pairs)


def _attempt(accounts: Accounts, exact: _Exact, left: list[Alike], keeps_totals: bool) -> Agreement:
    """What is to be stated if totals that are stated already are kept where that can be, or if none need be."""
    statements: dict[Cell, Statement] = {}
    trial = accounts
    for _ in range(_ROUNDS):
        kept = trial.ledger.stated.keys() if keeps_totals else statements.keys()
        found = _next_statements(trial, exact, left, kept)
        new = {one.cell: one for one in found if one.cell not in statements}
        if not new:
            break
        statements |= new
        trial = _with(accounts, statements.values())
        if not (left := _apart(trial)):
            break
    return Agreement([*statements.values()], left)


def wrong_sums(accounts: Accounts, findings: list[Finding]) -> list[Finding]:
    """Those of `findings` that say that a sum is wrong by more than rounding explains."""
    codes = {check.code for check in accounts.edition.checks if check.kind in EQUALITIES}
    return [one for one in findings if one.code in codes and one.severity is Severity.ERROR]


def _with(accounts: Accounts, statements: Iterable[Statement]) -> Accounts:
    """`accounts` as they are once `statements` are written into the file."""
    ledger = accounts.ledger
    stated = {one.cell: Stated(one.amount, accounts.place) for one in statements}
    named = {number: set(codes) for number, codes in ledger.named.items()}
    for cell in stated:
        if cell.row.isdigit() and cell.row not in ledger.edition.tables[cell.table].row_names:
            named.setdefault(cell.table, set()).add(cell.row)
    return restated(accounts, Ledger(ledger.edition, ledger.stated | stated, named, ledger.own), accounts.values)


def _holding(accounts: Accounts, kinds: Iterable[CheckKind]) -> Iterator[Relation]:
    for check in accounts.edition.checks:
        if check.kind in kinds:
            for relation in relations(accounts, check):
                if not KINDS[check.kind].failure(accounts, relation):
                    yield relation


def _pair(relation: Relation) -> Alike | None:
    """The two figures that are one by `relation`: all others of its sums are 0; `None` where it is of more."""
    left, right = _single(relation.left), _single(relation.right)
    return Alike(relation.check, left, right) if left and right else None


def _single(side: Side) -> Part | None:
    parts = [part for part in side if part.amount] if len(side) > 1 else side
    return parts[0] if len(parts) == 1 and parts[0].sign > 0 else None


def _apart(accounts: Accounts) -> list[Alike]:
    return [
        pair
        for check in accounts.edition.checks
        if check.kind in EQUALITIES
        for relation in relations(accounts, check)
        if (pair := _pair(relation)) and pair.is_apart and _is_printed(accounts, pair)
        if not KINDS[check.kind].failure(accounts, relation)
    ]


def _is_printed(accounts: Accounts, pair: Alike) -> bool:
    """Whether both are shown by the publication, which leaves out the tables that are for the text alone."""
    cells = [part.source for part in (pair.one, pair.other) if isinstance(part.source, Cell)]
    return all(accounts.edition.tables[cell.table].published for cell in cells)


def _next_statements(
    accounts: Accounts, exact: _Exact, apart: list[Alike], kept: Collection[Cell]
) -> Iterator[Statement]:
    """The statements for those groups of figures that print apart on which no other such group rests."""
    groups = [(group, exact.target(accounts.ledger, group, kept)) for group in _groups(accounts, apart)]
    wrong = [_wrong(accounts.ledger, group, target) for group, target in groups]
    of_others = [set().union(*wrong[:at], *wrong[at + 1 :]) for at in range(len(wrong))]
    first = [not (_resting_on(accounts.ledger, cells) & others) for cells, others in zip(wrong, of_others, strict=True)]
    for (group, target), cells, is_first in zip(groups, wrong, first, strict=True):
        if is_first or not any(first):
            for cell in sorted(cells):
                if not _follows(accounts.ledger, cell, cells):
                    yield Statement(cell, target, group[cell], _reason(apart, group, cell, target))


def _groups(accounts: Accounts, apart: list[Alike]) -> list[_Group]:
    """All figures that are one with any of `apart`."""
    ledger = accounts.ledger
    alike: dict[Source, dict[Source, Decimal]] = {}

    def join(one: Source, amount: Decimal, other: Source, other_amount: Decimal) -> None:
        alike.setdefault(one, {})[other] = other_amount
        alike.setdefault(other, {})[one] = amount

    for pair in filter(None, map(_pair, _holding(accounts, EQUALITIES))):
        join(pair.one.source, pair.one.amount, pair.other.source, pair.other.amount)
    for cell in ledger.cells():
        if (source := _only_part(ledger, cell)) is not None:
            join(cell, ledger.amount(cell), source, ledger.amount(source))
    groups: list[_Group] = []
    for pair in apart:
        if not any(pair.one.source in group for group in groups):
            group = {pair.one.source: pair.one.amount}
            waiting: list[Source] = [pair.one.source]
            while waiting:
                new = {source: amount for source, amount in alike[waiting.pop()].items() if source not in group}
                group |= new
                waiting += new
            groups.append(group)
    return groups


def _only_part(ledger: Ledger, cell: Cell) -> Cell | None:
    """The one cell that `cell` is derived from, all others being 0."""
    if cell in ledger.stated:
        return None
    parts = [part for part in ledger.summands(cell) if ledger.amount(part.cell)]
    return parts[0].cell if len(parts) == 1 and parts[0].sign > 0 else None


def _wrong(ledger: Ledger, group: _Group, target: Decimal) -> set[Cell]:
    """The cells of `group` that do not print `target`, unless only the department can know them."""
    return {
        source
        for source, amount in group.items()
        if isinstance(source, Cell) and rounded(amount) != target and ledger.summands(source)
    }


def _follows(ledger: Ledger, cell: Cell, cells: set[Cell]) -> bool:
    """Whether `cell` will be what it should be once another of `cells` is."""
    return _only_part(ledger, cell) in cells


def _resting_on(ledger: Ledger, cells: Iterable[Cell]) -> set[Cell]:
    """All cells that `cells` are derived from."""
    found: set[Cell] = set()
    waiting = list(cells)
    while waiting:
        cell = waiting.pop()
        if cell not in ledger.stated:
            new = {part.cell for part in ledger.summands(cell)} - found
            found |= new
            waiting += new
    return found


def _reason(apart: list[Alike], group: _Group, cell: Cell, target: Decimal) -> Alike:
    """The pair to name for `cell`, the other one second: one of its own, else one that prints the target."""
    pairs = [pair for pair in apart if pair.one.source in group]
    turned = [*pairs, *(Alike(pair.check, pair.other, pair.one) for pair in pairs)]
    turned.sort(key=lambda pair: (pair.one.source != cell, rounded(pair.other.amount) != target))
    return turned[0]


class _Exact:
    """The likeliest exact figures from which those that the department typed were rounded.

    What a relation is off by is spread evenly over its rounded figures, each at most half of its last digit, again and
    again until all hold (projection onto convex sets). So it is the figures added up from many that give way.
    """

    def __init__(self, accounts: Accounts) -> None:
        self._ledger = accounts.ledger
        self._errors: dict[Source, int] = defaultdict(int)
        """By how much the exact figure is more than the typed one, in units of `_STEP`."""
        demands = list(self._demands(accounts))
        touching = defaultdict(list)
        for at, (parts, *_) in enumerate(demands):
            for source, _ in parts:
                touching[source].append(at)
        waiting, listed = deque(range(len(demands))), set(range(len(demands)))
        for _ in range(_SWEEPS * len(demands)):
            if not waiting:
                break
            at = waiting.popleft()
            listed.discard(at)
            for source in self._bring_together(*demands[at]):
                waiting.extend(one for one in touching[source] if one not in listed)
                listed.update(touching[source])

    def _demands(self, accounts: Accounts) -> Iterator[tuple[list[tuple[Source, int]], int, bool]]:
        """Each relation that may yet fail: its rounded figures, by how much it is off, whether it may be less."""
        for one in _holding(accounts, (*EQUALITIES, CheckKind.AT_MOST)):
            parts = [(source, times) for source, times in rounded_figures(accounts, one).items() if times]
            off, at_most = int(one.difference / _STEP), one.check.kind is CheckKind.AT_MOST
            if parts and not (at_most and off + _HALF * sum(abs(times) for _, times in parts) <= 0):
                yield parts, off, at_most

    def _bring_together(self, parts: list[tuple[Source, int]], off: int, at_most: bool) -> list[Source]:
        """Moves the exact figures so that left less right is 0, or no more; returns those that moved much."""
        errors = self._errors
        for source, times in parts:
            off += times * errors[source]
        if abs(off) < _NEAR or (at_most and off < 0):
            return []
        step = off // sum(times * times for _, times in parts)
        moved = []
        for source, times in parts:
            # What is half a digit more would have been rounded up.
            before, errors[source] = errors[source], max(-_HALF, min(errors[source] - times * step, _HALF - 1))
            if abs(errors[source] - before) * 10 > _NEAR:
                moved.append(source)
        return moved

    def target(self, ledger: Ledger, group: _Group, kept: Collection[Cell]) -> Decimal:
        """What all of `group` should print: what is given for one of them, else the rounding of the exact figure.

        What only the department, or last year's file, can know goes before a total, of which those `kept` are given.
        """
        firm = [
            one for one in group if not isinstance(one, Cell) or (one in ledger.stated and not ledger.summands(one))
        ]
        if given := firm or [one for one in group if one in kept]:
            return rounded(group[given[0]])
        cell = next(source for source in group if isinstance(source, Cell))
        parts = self._ledger.stated_parts(cell)
        error = sum(times * self._errors[source] for source, times in parts.items())
        # Where it is in the middle of two, what most of them print already.
        either = {rounded(self._ledger.amount(cell) + (error + off) * _STEP) for off in (-_NEAR, _NEAR)}
        printed = [rounded(amount) for amount in group.values()]
        return max(either, key=lambda amount: (printed.count(amount), amount))
