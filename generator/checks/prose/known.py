"""The figures of a department that its words may mean, and what one of them is of another."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from generator.accounts import Accounts
from generator.findings import in_words
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
    others: dict[str, tuple[Decimal, ...]]
    """What else has a name, each with every figure of it: rows and columns of fixed tables, groups of fields."""
    subjects: dict[str, tuple[Decimal, ...]]
    """The figures of each subject by its name."""
    names: dict[Decimal, str]
    """What each figure, to two decimals, is called in a message."""
    outside_tables: frozenset[Decimal]
    """Those of indicators and fields, few enough to be known by fewer digits."""
    in_tables: frozenset[Decimal]
    """Those of the tables, last year's too, that are no indicator's."""
    groups: tuple[tuple[str, ...], ...]
    """Indicators that make a whole."""

    @cached_property
    def any_indicator(self) -> str:
        """A pattern of the name of an indicator."""
        return _any_of(self.indicators)

    @cached_property
    def any_name(self) -> str:
        """A pattern of the name of whatever has one, but for subjects."""
        return _any_of((*self.indicators, *self.others))

    @cached_property
    def any_subject(self) -> str:
        """A pattern of the name of a subject."""
        return _any_of(self.subjects)

    def figures_of(self, name: str) -> tuple[Decimal, ...]:
        """The figure of an indicator and what it is compared with, or the figures of what else is called so."""
        if name not in self.indicators:
            return self.others[name]
        return (self.indicators[name], *(base for (one, _), base in self.bases.items() if one == name))

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
    found += [(amount, in_words(path)) for path, amount in _amounts(accounts.values, ())]
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
    others, subjects = _by_name(accounts)
    others = {name: figures for name, figures in others.items() if name not in indicators}
    return Known(accounts.year, indicators, bases, others, subjects, names, outside_tables, in_tables, tuple(groups))


def _by_name(accounts: Accounts) -> tuple[dict[str, tuple[Decimal, ...]], dict[str, tuple[Decimal, ...]]]:
    """The figures of rows and columns of fixed tables and of groups of fields, and those of subjects, by name."""
    ledger, edition = accounts.ledger, accounts.edition
    others, subjects = defaultdict[str, list[Decimal]](list), defaultdict[str, list[Decimal]](list)
    for table in edition.tables.values():
        captions = edition.subjects_of(table.number)
        for cell in ledger.cells([table.number]):
            if caption := captions.get(cell.row):
                subjects[caption].append(ledger.amount(cell))
            elif not captions:
                for name in (cell.row, cell.column):
                    if name.endswith(_OF_AMOUNTS):
                        others[name].append(ledger.amount(cell))
    for field in edition.fields:
        if field.name.endswith(_OF_AMOUNTS) and isinstance(group := accounts.values.get(field.name), dict):
            others[field.name] += [amount for amount in group.values() if isinstance(amount, Decimal)]
    return _without_nothing(others), _without_nothing(subjects)


_OF_AMOUNTS = ("费", "收入", "支出", "结余")
"""How names of amounts end that a text may mention."""


def _without_nothing(figures: dict[str, list[Decimal]]) -> dict[str, tuple[Decimal, ...]]:
    return {name: distinct for name, found in figures.items() if any(distinct := tuple(dict.fromkeys(found)))}


def _any_of(names: Iterable[str]) -> str:
    """A pattern of any of `names`, the longest first; of none where there are none."""
    return "|".join(sorted(map(re.escape, names), key=len, reverse=True)) or "(?!)"


def percent(part: Decimal, whole: Decimal) -> Decimal:
    """What `part` is of `whole`, in percent."""
    return part / abs(whole) * 100


def _bases(accounts: Accounts, indicators: Iterable[str]) -> Iterator[tuple[tuple[str, str], Decimal]]:
    for name in indicators:
        for comparison in accounts.edition.comparisons_of(name):
            entered = accounts.values.get(accounts.edition.comparison_field(comparison))
            if isinstance(entered, dict) and isinstance(base := entered.get(name), Decimal):
                yield (name, comparison), base


def _amounts(value: object, path: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], Decimal]]:
    if isinstance(value, Decimal):
        yield path, value
    elif isinstance(value, dict):
        for key, part in value.items():
            yield from _amounts(part, (*path, str(key)))
    elif isinstance(value, list):
        for index, part in enumerate(value):
            yield from _amounts(part, (*path, index))
