"""How findings name figures."""

from __future__ import annotations

from decimal import Decimal

from generator.checks.relations import Side


def names(side: Side, most: int = 3) -> str:
    """The figures of `side` by name, the first few of many."""
    shown = [f"{'减去' if part.sign < 0 else ''}“{part.name}”" for part in side[:most]]
    if len(side) == 1:
        return shown[0]
    return "、".join(shown) + (f"等 {len(side)} 项" if len(side) > most else "") + "之和"


def show(amount: Decimal) -> str:
    """A figure as a message shows it: two decimals, or all that it has where these are more."""
    return f"{amount:,.2f}" if amount == round(amount, 2) else f"{amount.normalize():,f}"
