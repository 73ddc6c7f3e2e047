"""Whether each relation holds, and what is said where it does not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from decimal import Decimal
from itertools import islice

from generator.accounts import Accounts, Cell
from generator.checks.causes import likely_cause, say_same_difference
from generator.checks.relations import Part, Relation, Side, place_of, relations, total
from generator.checks.wording import names, show, shown, unit_of
from generator.edition import CheckKind, Unit
from generator.edition.terms import SAME_ROW
from generator.findings import Comparison, Finding, Place, Severity

_HALF_A_UNIT = Decimal("0.005")


def check_figures(accounts: Accounts) -> list[Finding]:
    """A finding for every relation that does not hold, in the order of the edition's checks."""
    findings = [
        finding
        for check in accounts.edition.checks
        for relation in relations(accounts, check)
        if (finding := _JUDGES[check.kind](accounts, relation))
    ]
    return say_same_difference(findings)


def allowance(accounts: Accounts, relation: Relation) -> Decimal:
    """How far the two sides may lie apart, in 万元.

    From 元 nothing: the sums are exact. From 万元 each figure is off by up to half of its last digit; so where one is
    held against the sum of n others, the two may be n × 0.005 apart. Figures that stand on both sides cancel out, a
    derived figure counts as the stated ones that it is made of, and a 0 is exact.
    """
    if accounts.unit is Unit.YUAN:
        return Decimal(0)
    counts: Counter[object] = Counter()
    for sign, side in ((1, relation.left), (-1, relation.right)):
        for part in side:
            for source, times in _stated_parts(accounts, part).items():
                counts[source] += sign * part.sign * times
    figures = sum(abs(times) for times in counts.values())
    return _HALF_A_UNIT * max(figures - 1, 0)


def _stated_parts(accounts: Accounts, part: Part) -> Counter[object]:
    if isinstance(part.source, Cell):
        return Counter(accounts.ledger.stated_parts(part.source))
    return Counter({part.source: 1} if part.amount else {})


def _judge_equal(accounts: Accounts, relation: Relation) -> Finding | None:
    difference = relation.difference
    if not difference or abs(difference) <= allowance(accounts, relation):
        return None
    message = f"{relation.check.name}：{_both_sides(relation)}，相差 {show(abs(difference), unit_of(relation.left))}。"
    return _finding(accounts, relation, message)


def _judge_at_most(accounts: Accounts, relation: Relation) -> Finding | None:
    difference = relation.difference
    if difference <= 0 or difference <= allowance(accounts, relation):
        return None
    message = f"{relation.check.name}：{_both_sides(relation)}，多出 {show(difference, unit_of(relation.left))}。"
    return _finding(accounts, relation, message)


def _judge_not_negative(accounts: Accounts, relation: Relation) -> Finding | None:
    if total(relation.left) >= 0:
        return None
    by_rounding = -total(relation.left) <= allowance(accounts, relation)
    hint = "由尾差形成，请直接填写这个数，如 0。" if by_rounding else ""
    message = f"{relation.check.name}：{names(relation.left)}是 {shown(relation.left)}。{hint}"
    return _finding(accounts, relation, message, with_cause=not by_rounding)


def _judge_together(accounts: Accounts, relation: Relation) -> Finding | None:
    if bool(total(relation.left)) == bool(total(relation.right)):
        return None
    message = f"{relation.check.name}：{_both_sides(relation)}，应当同有同无。"
    return _finding(accounts, relation, message)


def _judge_explained(accounts: Accounts, relation: Relation) -> Finding | None:
    check = relation.check
    now, base = total(relation.left), total(relation.right)
    threshold = check.threshold or Decimal(0)
    if abs(now - base) <= threshold * abs(base) or _has_reason(accounts, relation):
        return None
    message = (
        f"{check.name}：{_both_sides(relation)}，变动超过 {threshold:.0%}，请在“{_reasons_of(relation)}”里说明原因。"
    )
    return _finding(accounts, relation, message, with_cause=False)


def _reasons_of(relation: Relation) -> str:
    row = str(relation.left[0].source[1])
    return " › ".join(row if step == SAME_ROW else step for step in relation.check.reasons_path)


def _has_reason(accounts: Accounts, relation: Relation) -> bool:
    value: object = accounts.values
    for name in relation.reason_path:
        value = value.get(name) if isinstance(value, dict) else None
    return bool(value)


_JUDGES: dict[CheckKind, Callable[[Accounts, Relation], Finding | None]] = {
    CheckKind.IN_ROW: _judge_equal,
    CheckKind.HIERARCHY: _judge_equal,
    CheckKind.BETWEEN_ROWS: _judge_equal,
    CheckKind.EQUAL: _judge_equal,
    CheckKind.AT_MOST: _judge_at_most,
    CheckKind.NOT_NEGATIVE: _judge_not_negative,
    CheckKind.TOGETHER: _judge_together,
    CheckKind.EXPLAINED: _judge_explained,
}


def _both_sides(relation: Relation) -> str:
    left, right = relation.left, relation.right
    return f"{names(left)}是 {shown(left)}，{names(right)}是 {shown(right)}"


def _finding(accounts: Accounts, relation: Relation, message: str, *, with_cause: bool = True) -> Finding:
    check = relation.check
    left, right = relation.left, relation.right
    with_cause = with_cause and check.kind is not CheckKind.TOGETHER
    cause = likely_cause(accounts, relation, allowance(accounts, relation)) if with_cause else None
    suspected = [cause.place] if cause and cause.place else []
    return Finding(
        check.code,
        message + check.reason + (cause.sentence if cause else ""),
        tuple(dict.fromkeys([*suspected, *_places(accounts, (*left, *right))])),
        Severity(check.severity.value),
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
