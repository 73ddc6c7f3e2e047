"""The figures of a department that its words may mean, and what one of them is of another."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from generator.accounts import Accounts
from generator.numbers import rounded

GROWTH, SHARE, COMPLETION = "增减", "占比", "完成"
_OF_ALL = ("总", "本年", "全年")
"""How the names of indicators of all 收入 or 支出 begin."""


@dataclass(frozen=True, slots=True)
class Ratio:
    """What one figure is of another, in percent, and how messages name it."""

    kind: str
    percent: Decimal
    name: str


@dataclass(frozen=True)
class Known:
    """The figures of a department, in 万元."""

    year: int
    indicators: dict[str, Decimal]
    bases: dict[tuple[str, str], Decimal]
    """What indicators are compared with, by name and comparison."""
    names: dict[Decimal, str]
    """What each figure, to two decimals, is called in a message."""
    outside_tables: frozenset[Decimal]
    """Those of indicators and fields, few enough to be known by fewer digits."""
    in_tables: frozenset[Decimal]
    """Those of the tables, last year's too, that are no indicator's."""
    groups: tuple[tuple[str, ...], ...]
    """Indicators that make a whole."""

    @cached_property
    def any_name(self) -> str:
        """A pattern of the name of an indicator."""
        return "|".join(sorted(map(re.escape, self.indicators), key=len, reverse=True))

    def may_be_of(self, name: str) -> list[Decimal]:
        """The figures of an indicator, and what it is compared with."""
        return [self.indicators[name], *(base for (one, _), base in self.bases.items() if one == name)]

    @cached_property
    def totals(self) -> dict[str, list[str]]:
        """The indicators of all 收入 and of all 支出."""
        return {
            kind: [before + kind for before in _OF_ALL if before + kind in self.indicators] for kind in ("收入", "支出")
        }

    @cached_property
    def ratios(self) -> tuple[Ratio, ...]:
        """The ratios of which a publication speaks: growth, shares of a whole, completion of budgets."""
        return (*self._of_bases(), *self._of_groups())

    def _of_bases(self) -> Iterator[Ratio]:
        for (name, comparison), base in self.bases.items():
            now = self.indicators[name]
            if base and rounded(now) != rounded(base):
                yield Ratio(GROWTH, percent(now - base, base), f"“{name}”比“{comparison}”增减的")
                if "预算" in comparison:
                    yield Ratio(COMPLETION, percent(now, base), f"“{name}”占“{comparison}”的")

    def _of_groups(self) -> Iterator[Ratio]:
        for group in self.groups:
            parts = {name: amount for name in group if (amount := self.indicators[name])}
            whole = sum(parts.values(), Decimal(0))
            if len(parts) > 1 and whole:
                for name, part in parts.items():
                    yield Ratio(SHARE, percent(part, whole), f"“{name}”占“{'、'.join(parts)}”之和的")


def known_figures(accounts: Accounts) -> Known:
    """Every figure of `accounts` that a text may mean: indicators, what they are compared with, fields, tables."""
    ledger, edition = accounts.ledger, accounts.edition
    amounts = [name for name in edition.indicators if edition.indicator_kind(name).is_amount]
    indicators = {name: Decimal(accounts.indicator(name)) for name in amounts}
    bases = dict(_bases(accounts, amounts))
    found = [(amount, name) for name, amount in indicators.items()]
    found += [(amount, " › ".join(path)) for path, amount in _amounts(accounts.values, ())]
    found += [(abs(indicators[name] - base), f"{name}比{base_name}增减") for (name, base_name), base in bases.items()]
    outside_tables = frozenset(rounded(amount) for amount, _ in found)
    cells = [(ledger.amount(cell), str(cell)) for cell in ledger.cells()]
    if previous := accounts.previous:
        cells += [(previous.ledger.amount(cell), f"上年 › {cell}") for cell in previous.ledger.cells()]
    in_tables = frozenset(rounded(amount) for amount, _ in cells) - {rounded(one) for one in indicators.values()}
    names: dict[Decimal, str] = {}
    for amount, name in (*found, *cells):
        names.setdefault(rounded(amount), name)
    groups = [group for group in edition.indicator_groups.values() if all(name in indicators for name in group)]
    return Known(accounts.year, indicators, bases, names, outside_tables, in_tables, tuple(groups))


def percent(part: Decimal, whole: Decimal) -> Decimal:
    """What `part` is of `whole`, in percent."""
    return part / abs(whole) * 100


def _bases(accounts: Accounts, indicators: Iterable[str]) -> Iterator[tuple[tuple[str, str], Decimal]]:
    for name in indicators:
        for comparison in accounts.edition.comparisons_of(name):
            entered = accounts.values.get(accounts.edition.comparison_field(comparison))
            if isinstance(entered, dict) and isinstance(base := entered.get(name), Decimal):
                yield (name, comparison), base


def _amounts(value: object, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Decimal]]:
    if isinstance(value, Decimal):
        yield path, value
    elif isinstance(value, dict):
        for key, part in value.items():
            yield from _amounts(part, (*path, str(key)))
    elif isinstance(value, list):
        for index, part in enumerate(value, 1):
            yield from _amounts(part, (*path, f"第 {index} 项"))
