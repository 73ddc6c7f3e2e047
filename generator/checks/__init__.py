"""What must hold of a department's accounts: the relations between figures (勾稽关系), the rules for words (用语)."""

from generator.accounts import Accounts
from generator.checks.evaluation import check_figures
from generator.checks.prose import check_prose, check_words
from generator.findings import Finding

__all__ = ["check_accounts", "check_figures", "check_prose", "check_words"]


def check_accounts(accounts: Accounts) -> list[Finding]:
    """Everything that is found: of the figures first, in the order of the edition's checks, then of the words."""
    return [*check_figures(accounts), *check_prose(accounts)]
