"""The relations between figures (勾稽关系), evaluated on a department's accounts."""

from generator.checks.evaluation import check_accounts
from generator.checks.reasons import told_values

__all__ = ["check_accounts", "told_values"]
