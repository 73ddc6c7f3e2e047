"""The figures of indicators (指标)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from generator.accounts.ledger import Ledger
from generator.edition import Term


def indicator_figure(name: str, ledger: Ledger, values: dict[str, Any]) -> Decimal | int:
    """The figure of the indicator `name` of the ledger's edition: an amount in 万元, a count or another number.

    `values`: the department's fields. There always is a figure: an edition makes no indicator of what may be left out.
    """
    return sum(term.sign * _figure(term, ledger, values) for term in ledger.edition.indicator_terms(name))


def _figure(term: Term, ledger: Ledger, values: dict[str, Any]) -> Decimal | int:
    if not term.field:
        return ledger.amount(ledger.cell_of(term))
    value: Any = values
    for step in term.field:
        value = value[step]
    assert isinstance(value, Decimal | int)
    return value
