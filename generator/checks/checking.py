"""Everything that is looked for in a department's accounts."""

from __future__ import annotations

from generator.accounts import Accounts
from generator.checks.advice import advise
from generator.checks.alike import agreement
from generator.checks.evaluation import check_figures
from generator.checks.last_year import check_last_year
from generator.checks.prose import check_prose
from generator.edition import EDITION, UNIT
from generator.findings import Finding
from generator.reading import lost_texts

NOT_PUBLISHED = (EDITION, UNIT)
"""What stands at the head of a file for the program alone."""


def check_accounts(accounts: Accounts) -> list[Finding]:
    """What is wrong with texts as they were typed, or lost of them; relations that do not hold, in the order of the
    edition's checks; figures that are one and print apart; the words."""
    figures = [*check_figures(accounts), *check_last_year(accounts)]
    apart = advise(accounts, agreement(accounts, figures))
    return [*accounts.faults, *lost_texts(accounts.source, NOT_PUBLISHED), *figures, *apart, *check_prose(accounts)]
