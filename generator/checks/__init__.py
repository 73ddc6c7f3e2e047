"""The relations between figures (勾稽关系), evaluated on a department's accounts."""

from generator.checks.evaluation import check_accounts
from generator.checks.handbook import checks_handbook
from generator.checks.kinds import KINDS
from generator.checks.reasons import told_values
from generator.checks.wording import show
