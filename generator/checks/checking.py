"""Everything that is looked for in a department's accounts."""

from __future__ import annotations

from generator.accounts import Accounts
from generator.checks.evaluation import check_figures
from generator.checks.prose import check_prose
from generator.edition import EDITION, UNIT
from generator.findings import Finding
from generator.reading import lost_texts

NOT_PUBLISHED = (EDITION, UNIT)
"""What stands at the head of a file for the program alone."""


def check_accounts(accounts: Accounts) -> list[Finding]:
    """Texts that the file loses, relations that do not hold, in the order of the edition's checks, then the words."""
    return [*lost_texts(accounts.source, NOT_PUBLISHED), *check_figures(accounts), *check_prose(accounts)]
