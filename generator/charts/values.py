"""What a chart shows: labels and amounts, from the edition's specification and a department's accounts."""

from dataclasses import dataclass, replace
from decimal import Decimal

from generator.accounts import Accounts, Cell
from generator.edition import ChartKind, ChartSpec, ChartTerm
from generator.narrative import TemplateFault

_CLASS = 3
"""Digits in the code of a class (类)."""
MAXIMUM_ITEMS = 30
"""More would not be legible: there are 26 classes (类)."""


@dataclass(frozen=True, slots=True)
class Item:
    """A labelled figure, in 万元."""

    label: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Group:
    """Figures side by side, such as a category's in two years. The parts of a whole are one group without a label."""

    label: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """All that a chart says."""

    name: str
    title: str
    kind: ChartKind
    groups: tuple[Group, ...]
    share_decimals: int | None = None
    """Decimals of a share in percent; `None`: the edition's."""

    @property
    def items(self) -> tuple[Item, ...]:
        return tuple(item for group in self.groups for item in group.items)

    @property
    def is_whole(self) -> bool:
        """Whether its items are the parts of a whole: then each has a share."""
        return not any(group.label for group in self.groups) and all(item.amount >= 0 for item in self.items)

    @property
    def total(self) -> Decimal:
        return sum((item.amount for item in self.items), Decimal(0))

    @property
    def is_empty(self) -> bool:
        """Whether no figure is other than 0."""
        return not any(item.amount for item in self.items)


def chart_of(spec: ChartSpec, accounts: Accounts) -> Chart:
    """The chart `spec` with the figures of `accounts`.

    Parts of a whole beyond `MAXIMUM_ITEMS` are put together as 其余n项, the smallest ones; a pie that would have a
    negative slice is shown as bars. Raises `TemplateFault` where a figure to compare with was left out.
    """
    if spec.series:
        groups = tuple(
            Group(category, _category(spec, index, accounts)) for index, category in enumerate(spec.categories)
        )
    else:
        groups = (Group("", _few(_classes(spec, accounts) if spec.classes_of else _items(spec, accounts))),)
    chart = Chart(spec.name, spec.title, spec.kind, groups, spec.share_decimals)
    if spec.kind is ChartKind.PIE and any(item.amount < 0 for item in chart.items):
        return replace(chart, kind=ChartKind.BARS)
    return chart


def _category(spec: ChartSpec, index: int, accounts: Accounts) -> tuple[Item, ...]:
    """The figure of each series for the category number `index`."""
    return tuple(Item(series.name, _sum(spec, series.terms[index], accounts)) for series in spec.series)


def _items(spec: ChartSpec, accounts: Accounts) -> list[Item]:
    return [Item(item.name, _sum(spec, item.terms, accounts)) for item in spec.items]


def _classes(spec: ChartSpec, accounts: Accounts) -> list[Item]:
    """The classes (类) of a table by subject that have figures, in the order of the table."""
    number, column = spec.class_column
    rows = [row for side in accounts.ledger.sides(accounts.edition.tables[number]) for row in side.all_rows]
    items = [
        Item(row.caption, accounts.ledger.amount(Cell(number, row.name, column)))
        for row in rows
        if len(row.code) == _CLASS
    ]
    return [item for item in items if item.amount]


def _few(items: list[Item]) -> tuple[Item, ...]:
    by_size = sorted(range(len(items)), key=lambda index: -abs(items[index].amount))
    kept, rest = sorted(by_size[: MAXIMUM_ITEMS - 1]), by_size[MAXIMUM_ITEMS - 1 :]
    if len(rest) < 2:
        return tuple(items)
    together = sum((items[index].amount for index in rest), Decimal(0))
    return (*(items[index] for index in kept), Item(f"其余{len(rest)}项", together))


def _sum(spec: ChartSpec, terms: tuple[ChartTerm, ...], accounts: Accounts) -> Decimal:
    return sum((_amount(spec, term, accounts) for term in terms), Decimal(0))


def _amount(spec: ChartSpec, term: ChartTerm, accounts: Accounts) -> Decimal:
    if term.cell:
        return accounts.ledger.total(accounts.ledger.resolve((term.cell,)))
    if not term.comparison:
        return Decimal(accounts.indicator(term.indicator))
    field = accounts.edition.comparison_field(term.comparison)
    stated = accounts.values.get(field)
    amount = stated.get(term.indicator) if isinstance(stated, dict) else None
    if not isinstance(amount, Decimal):
        raise TemplateFault(f"“{spec.name}”要用到“{field}”里的“{term.indicator}”，但填报文件没有填写。")
    return amount
