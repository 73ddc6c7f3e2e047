"""Whether each relation holds, and what is said where it does not."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from generator.accounts import Accounts, Cell
from generator.checks.causes import likely_cause, say_same_difference
from generator.checks.kinds import KINDS, Failure
from generator.checks.relations import Figures, Part, Relation, Side, allowance, place_of, rounding, total
from generator.checks.wording import both_sides, names
from generator.edition import LAST_YEAR, TABLES, UNIT, Check, CheckKind
from generator.findings import Code, Comparison, Finding, Place
from generator.numbers import Unit

_LARGE_IN_YUAN = 100
"""In 万元: a department with more may well be in 元."""
_MOST_PLACES = 30

Failed = list[tuple[Relation, Failure]]


def check_figures(accounts: Accounts) -> list[Finding]:
    """A finding for every relation that does not hold, in the order of the edition's checks."""
    failed = [
        (relation, failure)
        for check in accounts.edition.checks
        for relation in relations(accounts, check)
        if (failure := KINDS[check.kind].failure(accounts, relation))
    ]
    other_unit, rest = _in_other_unit(accounts, failed)
    return [*other_unit, *say_same_difference([_finding(accounts, relation, failure) for relation, failure in rest])]


def _in_other_unit(accounts: Accounts, failed: Failed) -> tuple[list[Finding], Failed]:
    """One finding where a file in 元 seems to give figures in 万元, and what `failed` for another reason.

    Such figures are small, and their sums, which are exact in 元, are off by no more than by rounding.
    """
    small = accounts.unit is Unit.YUAN and max(map(accounts.ledger.amount, accounts.ledger.cells())) < _LARGE_IN_YUAN
    off = [one for one, failure in failed if small and failure.has_cause and _is_off_by_rounding(accounts, one)]
    places = [list(_places(accounts, (*one.left, *one.right))) for one in off]
    # One figure that all of them rest on is a slip of its own.
    if not off or set.intersection(*map(set, places)):
        return [], failed
    message = (
        f"以元填报，各数之和应当分毫不差，现在有 {len(off)} 处只差一两分，像是四舍五入的万元数，"
        f"如{both_sides(off[0])}。"
        "请核对“金额单位: 元”，是不是应当写“万元”；确是以元填的，请逐处改正。"
    )
    named = dict.fromkeys(place for together in places for place in together)
    finding = Finding(Code.OTHER_UNIT, message, (accounts.place_of((UNIT,)), *islice(named, _MOST_PLACES)))
    return [finding], [one for one in failed if one[0] not in off and one[0].check.kind is not CheckKind.AT_LEAST]


def _is_off_by_rounding(accounts: Accounts, relation: Relation) -> bool:
    return abs(relation.difference) <= rounding(accounts, relation, Unit.YUAN)


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
        f"{check.name}：{failure.message}{check.reason}{cause.sentence if cause else _advice(accounts, relation)}",
        tuple(dict.fromkeys([*suspected, *_places(accounts, left), *_places(accounts, right)])),
        check.severity,
        group=_group(relation),
        comparison=Comparison(names(left), total(left), names(right), total(right)) if right else None,
        cause=cause.sentence if cause else "",
    )


def _group(relation: Relation) -> str:
    source = relation.left[0].source
    return source.table if isinstance(source, Cell) else "其他内容"


def _places(accounts: Accounts, side: Side) -> Iterator[Place]:
    """Where the figures of `side` are written: for a derived one, the stated ones that it is made of, the first few.

    For one that nobody stated, where it should stand; for last year's, where last year's file says it.
    """
    for part in side:
        if accounts.previous and part.source[0] == LAST_YEAR:
            yield from accounts.previous.places_of(Cell(*map(str, part.source[1:])))
        elif place := place_of(accounts, part):
            yield place
        elif isinstance(part.source, Cell):
            stated_parts = islice(accounts.ledger.stated_parts(part.source), 3)
            yield from (accounts.ledger.stated[cell].place for cell in stated_parts)
            if len(side) == 1 and _is_blank(accounts, part):
                yield accounts.place_of((TABLES, *part.source)).within(str(part.source))


def _is_blank(accounts: Accounts, part: Part) -> bool:
    """Whether `part` is a cell that nobody stated, and nothing that it could be made of."""
    source = part.source
    return (
        isinstance(source, Cell) and source not in accounts.ledger.stated and not accounts.ledger.stated_parts(source)
    )


def _advice(accounts: Accounts, relation: Relation) -> str:
    """What to do where a figure is not there, or is in another file."""
    sides = [side for side in (relation.left, relation.right) if len(side) == 1]
    blank = next((side for side in sides if _is_blank(accounts, side[0])), None)
    said = f"{names(blank)}没有填，算作 0，应有数的请补上。" if blank else ""
    if any(part.source[0] == LAST_YEAR for part in (*relation.left, *relation.right)):
        said += "请改正本年填错的数；上年的填报文件有误的，先改正它。"
    return said
