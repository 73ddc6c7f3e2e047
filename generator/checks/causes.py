"""What is the likeliest cause of a difference, where it can be seen from the numbers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import islice

from generator.accounts import Accounts, Cell, Unit
from generator.checks.relations import Relation
from generator.checks.wording import show
from generator.findings import Finding, Place

_MOST_SUSPECTS = 60


@dataclass(frozen=True, slots=True)
class Cause:
    """The likeliest cause: a sentence, and where the suspected figure is written."""

    sentence: str
    place: Place | None = None


def likely_cause(accounts: Accounts, relation: Relation) -> Cause | None:
    """The figure that was probably miswritten, and how; `None` where nothing stands out.

    Each figure that the department stated and that the relation rests on is tried: what would it have to be for the two
    sides to agree, and is that a known slip away from what it is?
    """
    difference = relation.difference
    suspects = list(islice(_suspects(accounts, relation), _MOST_SUSPECTS))
    for explain in (_wrong_sign, _misplaced_point, _swapped_digits):
        for suspect in suspects:
            wanted = suspect.amount - difference / suspect.times
            if suspect.amount and wanted and (slip := explain(suspect.amount, wanted, accounts.unit)):
                name = f"可能是“{suspect.name}”{slip}：填的是 {show(suspect.amount)}"
                return Cause(f"{name}，若是 {show(wanted)} 就相符。", suspect.place)
    return _row_left_out(relation)


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


def _suspects(accounts: Accounts, relation: Relation) -> Iterator[_Suspect]:
    """The stated figures of both sides."""
    ledger = accounts.ledger
    for sign, side in ((1, relation.left), (-1, relation.right)):
        for part in side:
            if not isinstance(part.source, Cell):
                yield _Suspect(part.name, part.amount, sign * part.sign, part.place)
                continue
            for cell, times in ledger.stated_parts(part.source).items():
                stated = ledger.stated[cell]
                yield _Suspect(str(cell), stated.amount, sign * part.sign * times, stated.place)


def _wrong_sign(stated: Decimal, wanted: Decimal, unit: Unit) -> str:
    return "正负号写反了" if wanted == -stated else ""


def _misplaced_point(stated: Decimal, wanted: Decimal, unit: Unit) -> str:
    ratio = stated / wanted
    if ratio == 10_000 and unit is Unit.TEN_THOUSAND:
        return "按元填写了，应按万元"
    if ratio in (10, 100, 1000, 10_000, Decimal("0.1"), Decimal("0.01"), Decimal("0.001")):
        return "小数点错位了"
    return ""


def _swapped_digits(stated: Decimal, wanted: Decimal, unit: Unit) -> str:
    ours, theirs = f"{abs(stated):f}", f"{abs(wanted):f}"
    if len(ours) != len(theirs) or (stated < 0) != (wanted < 0):
        return ""
    apart = [index for index, (one, other) in enumerate(zip(ours, theirs, strict=True)) if one != other]
    if len(apart) != 2:
        return ""
    first, second = apart
    swapped = ours[first] == theirs[second] and ours[second] == theirs[first]
    next_to = second == first + 1 or ours[first + 1 : second] == "."
    return "有两位数字写颠倒了" if swapped and next_to else ""


def _row_left_out(relation: Relation) -> Cause | None:
    parts = relation.right if len(relation.right) > 1 else relation.left
    for part in parts if len(parts) > 1 else ():
        if part.amount and abs(part.amount) == abs(relation.difference):
            return Cause(f"差额正好等于“{part.name}”，可能漏加或者重复了这一项。", part.place)
    return None
