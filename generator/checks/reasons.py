"""Which of the reasons that a department gives for what changed are told."""

from __future__ import annotations

from typing import Any

from generator.accounts import Accounts
from generator.checks.evaluation import relations
from generator.checks.relations import has_reason, total
from generator.numbers import FigureWriter


def told_values(accounts: Accounts) -> dict[str, Any]:
    """The fields of `accounts` without the reasons (有变动才写) of figures that print as what they are held against."""
    values, figures = accounts.values, FigureWriter(accounts.edition.wording)
    for check in accounts.edition.checks:
        field = accounts.edition.reasons_field(check)
        if field and field.only_if_changed:
            for relation in relations(accounts, check):
                alike = figures.comparison(total(relation.left), total(relation.right)) == "等于"
                if alike and has_reason(accounts, relation):
                    values = _without(values, *relation.reason_path)
    return values


def _without(values: dict[str, Any], name: str, *below: str) -> dict[str, Any]:
    return values | {name: _without(values[name], *below) if below else None}
