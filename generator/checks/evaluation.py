"""Whether each relation holds, and what is said where it does not."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from generator.accounts import Accounts, Cell
from generator.checks.causes import likely_cause, say_same_difference
from generator.checks.kinds import KINDS, Failure
from generator.checks.relations import Figures, Relation, Side, allowance, place_of, total
from generator.checks.wording import names
from generator.edition import Check
from generator.findings import Comparison, Finding, Place


def check_figures(accounts: Accounts) -> list[Finding]:
    """A finding for every relation that does not hold, in the order of the edition's checks."""
    findings = [
        _finding(accounts, relation, failure)
        for check in accounts.edition.checks
        for relation in relations(accounts, check)
        if (failure := KINDS[check.kind].failure(accounts, relation))
    ]
    return say_same_difference(findings)


def relations(accounts: Accounts, check: Check) -> Iterator[Relation]:
    """`check` wherever it applies to `accounts`."""
    figures = Figures(accounts)
    if not all(figures.is_known(term) for side in check.sides for term in side):
        return
    if not any(figures.amount(term) for term in check.conditions):
        yield from KINDS[check.kind].relations(check, figures)


def _finding(accounts: Accounts, relation: Relation, failure: Failure) -> Finding:
    check = relation.check
    left, right = relation.left, relation.right
    cause = likely_cause(accounts, relation, allowance(accounts, relation)) if failure.has_cause else None
    suspected = [cause.place] if cause and cause.place else []
    return Finding(
        check.code,
        f"{check.name}：{failure.message}{check.reason}{cause.sentence if cause else ''}",
        tuple(dict.fromkeys([*suspected, *_places(accounts, (*left, *right))])),
        check.severity,
        group=_group(relation),
        comparison=Comparison(names(left), total(left), names(right), total(right)) if right else None,
        cause=cause.sentence if cause else "",
    )


def _group(relation: Relation) -> str:
    source = relation.left[0].source
    return source.table if isinstance(source, Cell) else "其他内容"


def _places(accounts: Accounts, side: Side) -> Iterator[Place]:
    """Where the figures of `side` are written: for a derived one, the stated ones that it is made of, the first few."""
    for part in side:
        if place := place_of(accounts, part):
            yield place
        elif isinstance(part.source, Cell):
            stated_parts = islice(accounts.ledger.stated_parts(part.source), 3)
            yield from (accounts.ledger.stated[cell].place for cell in stated_parts)
