"""Amounts in a text that say something else than the tables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import pairwise

from generator.accounts import Accounts
from generator.checks.prose.slips import Slip
from generator.numbers import NUMBER, rounded, separated

_UNITS = {"亿元": Decimal(10_000), "万元": Decimal(1), "元": Decimal("0.0001")}
_AMOUNT = re.compile(rf"({NUMBER})\s*(亿元|万元|元)")
_BEFORE = r"(?:^|(?<=[，。；：、（\s年度局委办门]))"
_BETWEEN = r"(?:总额|合计|总计|决算|数|共计?|为|达到?|是|约|：|:)*"
_FEWEST_DIGITS = 5
"""Of shorter figures too many are alike by chance."""


@dataclass(frozen=True)
class Known:
    """The figures of a department, in 万元, by how they print."""

    indicators: dict[str, Decimal]
    names: dict[Decimal, str]
    """What each figure, to two decimals, is called in a message."""
    outside_tables: frozenset[Decimal]
    """Those of indicators and fields, few enough to be known by fewer digits."""

    @cached_property
    def named_in_text(self) -> re.Pattern[str]:
        """An indicator's name and the amount that follows it."""
        names = sorted(map(re.escape, self.indicators), key=len, reverse=True)
        return re.compile(rf"{_BEFORE}({'|'.join(names)}){_BETWEEN}({NUMBER})\s*(亿元|万元|元)")

    @cached_property
    def by_digits(self) -> dict[str, Decimal]:
        """The figures with digits enough to be known by them."""
        return {digits: amount for amount in self.names if len(digits := _digits(amount)) >= _FEWEST_DIGITS}


def known_figures(accounts: Accounts) -> Known:
    """Every figure of `accounts` that a text may mean: indicators, what they are compared with, fields, tables."""
    ledger, edition = accounts.ledger, accounts.edition
    amounts = [name for name in edition.indicators if edition.indicator_kind(name).is_amount]
    indicators = {name: Decimal(accounts.indicator(name)) for name in amounts}
    found = [(amount, name) for name, amount in indicators.items()]
    found += [(amount, " › ".join(path)) for path, amount in _amounts(accounts.values, ())]
    outside_tables = frozenset(rounded(amount) for amount, _ in found)
    found += [(ledger.amount(cell), str(cell)) for cell in ledger.cells()]
    if previous := accounts.previous:
        found += [(previous.ledger.amount(cell), f"上年 › {cell}") for cell in previous.ledger.cells()]
    names: dict[Decimal, str] = {}
    for amount, name in found:
        names.setdefault(rounded(amount), name)
    return Known(indicators, names, outside_tables)


def contradicting(text: str, known: Known) -> Iterator[Slip]:
    """The amounts in `text` that stand after an indicator's name and are not its, or are a known one miswritten."""
    wrong = set()
    for found in known.named_in_text.finditer(text) if known.indicators else ():
        meant = known.indicators[found[1]]
        if not _prints_as(found[2], found[3], meant) and not _is_known(found[2], found[3], known):
            wrong.add(found.span(2))
            yield Slip(
                found.start(1), found.end(), f"写的是 {found[2]}{found[3]}，而“{found[1]}”是 {separated(meant)} 万元。"
            )
    for found in _AMOUNT.finditer(text):
        if found[2] != "万元" or found.span(1) in wrong or _is_known(found[1], found[2], known):
            continue
        if near := _miswritten(found[1], known):
            how, amount = near
            says = f"里的 {found[1]} 与“{known.names[amount]}”的 {separated(amount)} {how}，请核对。"
            yield Slip(*found.span(), says)


def _amounts(value: object, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Decimal]]:
    if isinstance(value, Decimal):
        yield path, value
    elif isinstance(value, dict):
        for key, part in value.items():
            yield from _amounts(part, (*path, str(key)))
    elif isinstance(value, list):
        for index, part in enumerate(value, 1):
            yield from _amounts(part, (*path, f"第 {index} 项"))


def _prints_as(written: str, unit: str, amount: Decimal) -> bool:
    """Whether `amount` (万元) rounded as `written` is the same figure."""
    decimals = len(written.partition(".")[2])
    return rounded(amount / _UNITS[unit], decimals) == Decimal(written.replace(",", ""))


def _is_known(written: str, unit: str, known: Known) -> bool:
    amount = Decimal(written.replace(",", "")) * _UNITS[unit]
    return rounded(amount) in known.names or any(_prints_as(written, unit, one) for one in known.indicators.values())


def _digits(amount: Decimal) -> str:
    return f"{abs(amount):.2f}".replace(".", "").lstrip("0")


def _miswritten(written: str, known: Known) -> tuple[str, Decimal] | None:
    """How `written`, with two decimals, differs from a known figure by one slip of the pen, and from which."""
    if len(written.partition(".")[2]) != 2:
        return None
    digits = _digits(Decimal(written.replace(",", "")))
    for other, amount in known.by_digits.items():
        if len(other) == len(digits):
            apart = [at for at, (one, two) in enumerate(zip(digits, other, strict=True)) if one != two]
            if len(apart) == 1 and (len(digits) > _FEWEST_DIGITS or amount in known.outside_tables):
                return "只差一个数字", amount
            if len(apart) == 2 and _are_swapped(digits, other, apart):
                return "有两个数字写颠倒了", amount
    return None


def _are_swapped(one: str, other: str, apart: list[int]) -> bool:
    (first, second), *_ = pairwise(apart)
    return second == first + 1 and one[first] == other[second] and one[second] == other[first]
