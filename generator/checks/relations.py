"""Whether figures agree: a stated one with what it is derived from, and the two sides of each check."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from generator.accounts import Accounts, Unit
from generator.accounts.ledger import Summand
from generator.findings import Finding, Place

DISAGREES = "K101"
_HALF_A_UNIT = Decimal("0.005")


def check_accounts(accounts: Accounts) -> list[Finding]:
    """Every relation that does not hold, in the order of the tables."""
    return [*_stated_against_derived(accounts), *_edition_checks(accounts)]


def allowance(unit: Unit, *sides: list[Decimal]) -> Decimal:
    """How far two sums of published figures may lie apart, in 万元.

    From 元 nothing: the sums are exact. From 万元 each figure is off by up to half of its last digit, so a sum of n
    figures other than 0 by n times that.
    """
    if unit is Unit.YUAN:
        return Decimal(0)
    return _HALF_A_UNIT * max(sum(1 for amount in side if amount) for side in sides)


def _stated_against_derived(accounts: Accounts) -> Iterator[Finding]:
    ledger = accounts.ledger
    for cell, stated in ledger.stated.items():
        summands = ledger.summands(cell)
        if not summands:
            continue
        parts = [part.sign * ledger.amount(part.cell) for part in summands]
        derived = sum(parts, Decimal(0))
        difference = stated.amount - derived
        if abs(difference) > allowance(accounts.unit, parts):
            message = (
                f"“{cell}”填的是 {_show(stated.amount)}，但{_sum_of(summands)}是 {_show(derived)}，"
                f"相差 {_show(difference)}；请核对，或删去这一项由程序计算。"
            )
            yield Finding(DISAGREES, message, (stated.place, *_places(accounts, summands)))


def _edition_checks(accounts: Accounts) -> Iterator[Finding]:
    ledger = accounts.ledger
    for check in accounts.edition.checks:
        left, right = (ledger.resolve(terms) for terms in check.sides)
        amounts = [[part.sign * ledger.amount(part.cell) for part in side] for side in (left, right)]
        totals = [sum(side, Decimal(0)) for side in amounts]
        difference = totals[0] - totals[1]
        if abs(difference) > allowance(accounts.unit, *amounts):
            message = (
                f"{check.name}：{_names(left)}是 {_show(totals[0])}，{_names(right)}是 {_show(totals[1])}，"
                f"相差 {_show(difference)}。{check.reason}"
            )
            places = _places(accounts, [*left, *right]) or (accounts.place,)
            yield Finding(check.code, message, places)


def _places(accounts: Accounts, summands: list[Summand]) -> tuple[Place, ...]:
    stated = accounts.ledger.stated
    return tuple(stated[part.cell].place for part in summands if part.cell in stated)


def _sum_of(summands: list[Summand]) -> str:
    return f"{summands[0].cell}" if len(summands) == 1 else f"{_names(summands)}之和"


def _names(summands: list[Summand], most: int = 3) -> str:
    names = [f"{'减 ' if part.sign < 0 else ''}“{part.cell}”" for part in summands]
    return "、".join(names[:most]) + (f"等 {len(names)} 项" if len(names) > most else "")


def _show(amount: Decimal) -> str:
    return f"{amount.normalize():,f}" if amount != round(amount, 2) else f"{amount:,.2f}"
