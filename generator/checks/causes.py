"""What is the likeliest cause of a difference, where it can be seen from the numbers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import islice, pairwise

from generator.accounts import Accounts, Cell
from generator.checks.relations import Relation, place_of
from generator.checks.wording import show
from generator.findings import Finding, Place

_MOST_SUSPECTS = 60


@dataclass(frozen=True, slots=True)
class Cause:
    """The likeliest cause: a sentence, and where the suspected figure is written."""

    sentence: str
    place: Place | None = None


def likely_cause(accounts: Accounts, relation: Relation, allowance: Decimal) -> Cause | None:
    """The figure that was probably miswritten, and how; `None` where nothing stands out.

    Each figure that the department stated and that the relation rests on is tried: with which known slip taken back
    would the two sides agree, within `allowance`? The one that leaves the least is named.
    """
    best: tuple[Decimal, Cause] | None = None
    for suspect in islice(_suspects(accounts, relation), _MOST_SUSPECTS):
        for slip, meant in _slips(suspect.amount, suspect.unit):
            left = abs(relation.difference - suspect.times * (suspect.amount - meant))
            if left <= allowance and (best is None or left < best[0]):
                name = f"可能是“{suspect.name}”{slip}：填的是 {show(suspect.amount, suspect.unit)}"
                best = left, Cause(f"{name}，若是 {show(meant, suspect.unit)} 就相符。", suspect.place)
    return best[1] if best else _row_left_out(accounts, relation, allowance)


def say_same_difference(findings: list[Finding]) -> list[Finding]:
    """`findings`, with a word where a later one differs by the same amount as an earlier one."""
    first: dict[Decimal, Finding] = {}
    result = []
    for finding in findings:
        difference = abs(finding.comparison.difference) if finding.comparison else Decimal(0)
        if difference and difference in first and not finding.cause:
            cause = f"差额与 {first[difference].code} 相同，可能是同一处引起的。"
            finding = replace(finding, message=finding.message + cause, cause=cause)
        elif difference:
            first.setdefault(difference, finding)
        result.append(finding)
    return result


@dataclass(frozen=True, slots=True)
class _Suspect:
    """A stated figure, and how often it counts in left less right."""

    name: str
    amount: Decimal
    times: int
    place: Place | None
    unit: Decimal | None


def _suspects(accounts: Accounts, relation: Relation) -> Iterator[_Suspect]:
    """The stated figures of both sides."""
    ledger = accounts.ledger
    for sign, side in ((1, relation.left), (-1, relation.right)):
        for part in side:
            if not isinstance(part.source, Cell):
                yield _Suspect(part.name, part.amount, sign * part.sign, place_of(accounts, part), part.unit)
                continue
            for cell, times in ledger.stated_parts(part.source).items():
                stated = ledger.stated[cell]
                yield _Suspect(str(cell), stated.amount, sign * part.sign * times, stated.place, part.unit)


def _slips(stated: Decimal, unit: Decimal | None) -> Iterator[tuple[str, Decimal]]:
    """The known ways to miswrite a figure, each with the figure that was then meant."""
    if not stated:
        return
    yield "正负号写反了", -stated
    for places in (1, -1, 2, -2, 3, -3, 4):
        meant = stated.scaleb(-places)
        if meant == round(meant, 2 if unit == 1 else 6):
            in_small = places == 4 and unit == 1
            yield "按元填写了，应按万元" if in_small else "小数点错位了", meant
    yield from (("有两位数字写颠倒了", meant) for meant in _neighbours_swapped(stated))


def _neighbours_swapped(stated: Decimal) -> Iterator[Decimal]:
    """`stated` with two neighbouring digits changed for each other, also across the point."""
    sign, digits, exponent = stated.as_tuple()
    for index, (one, other) in enumerate(pairwise(digits)):
        if one != other:
            swapped = (*digits[:index], other, one, *digits[index + 2 :])
            yield Decimal((sign, swapped, int(exponent)))


def _row_left_out(accounts: Accounts, relation: Relation, allowance: Decimal) -> Cause | None:
    parts = relation.right if len(relation.right) > 1 else relation.left
    for part in parts if len(parts) > 1 else ():
        if abs(part.amount) > allowance and abs(abs(part.amount) - abs(relation.difference)) <= allowance:
            return Cause(f"差额正好等于“{part.name}”，可能漏加或者重复了这一项。", place_of(accounts, part))
    return None
