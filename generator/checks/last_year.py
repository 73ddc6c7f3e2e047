"""What a department states of last year beside last year's file."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from generator.accounts import Accounts
from generator.checks.wording import show
from generator.findings import Code, Finding, Severity
from generator.reading import Mapping

_ROUNDED = Decimal("0.005")
"""How far an amount of 万元 may be from the exact one, in 万元."""


def check_last_year(accounts: Accounts) -> Iterator[Finding]:
    """A finding for every figure that stands beside the name of last year's file, and is not what that file says."""
    unit = accounts.unit.in_ten_thousand
    for field in accounts.edition.fields:
        typed = accounts.source.entries.get(field.name)
        if not (field.from_file and accounts.previous and isinstance(typed, Mapping)):
            continue
        for name in accounts.edition.indicators_of(field):
            stated, before = accounts.values[field.name][name], accounts.previous.indicator(name)
            if name not in typed.entries or before is None or abs(stated - before) <= _ROUNDED:
                continue
            message = (
                f"“{name}”上年的数，这里填的是 {show(stated, unit)}，上年的填报文件是 {show(Decimal(before), unit)}："
                "请核对；与上年的文件一致的，删去这里的，按规定调整了口径的，以这里的为准。"
            )
            places = accounts.place_of((field.name, name)), *accounts.previous.places_of_indicator(name)
            yield Finding(Code.NOT_AS_LAST_YEAR, message, places, Severity.WARNING, group="其他内容")
