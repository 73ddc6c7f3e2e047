"""How findings and the handbook name figures."""

from __future__ import annotations

from decimal import Decimal

from generator.checks.relations import Relation, Side, total
from generator.numbers import plain_number


def names(side: Side, most: int = 3) -> str:
    """The figures of `side` by name, the first few of many."""
    shown = [f"{'减去' if part.sign < 0 else ''}“{part.name}”" for part in side[:most]]
    if len(side) == 1:
        return shown[0]
    return "、".join(shown) + (f"等 {len(side)} 项" if len(side) > most else "") + "之和"


def shown(side: Side) -> str:
    """The sum of `side` as `show` writes it."""
    return show(total(side), unit_of(side))


def unit_of(side: Side) -> Decimal | None:
    """The unit in which the amounts of `side` are written in the file; `None` where they are no amounts."""
    return side[0].unit if side else None


def show(amount: Decimal, unit: Decimal | None = Decimal(1)) -> str:
    """A figure as the department writes it: an amount in its file's `unit`, with two decimals or all if more."""
    if unit is None:
        return plain_number(amount)
    amount /= unit
    return f"{amount:,.2f}" if amount == round(amount, 2) else f"{amount.normalize():,f}"


def both_sides(relation: Relation) -> str:
    """Both sides of `relation`, each with its sum."""
    left, right = relation.left, relation.right
    return f"{names(left)}是 {shown(left)}，{names(right)}是 {shown(right)}"


def sum_of(terms: tuple[str, ...]) -> str:
    """The terms as a reader of the handbook sees them: `表1 › 收入总计 › 决算数 + …`."""
    shown = ""
    for term in terms:
        sign = " − " if term.startswith("-") else " + " if shown else ""
        shown += sign + name_of(term.removeprefix("-"))
    return shown


def name_of(term: str) -> str:
    """A term as a reader of the handbook sees it."""
    return term.replace("/*/", " › 各科目 › ").replace("/", " › ")
