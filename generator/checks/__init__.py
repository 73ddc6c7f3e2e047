"""What must hold of a department's accounts: the relations between figures (勾稽关系), the rules for words (用语)."""

from generator.checks.advice import advise, amount_of, reason_of
from generator.checks.alike import Statement, agreement, wrong_sums
from generator.checks.checking import check_accounts
from generator.checks.evaluation import check_figures
from generator.checks.handbook import checks_handbook
from generator.checks.kinds import KINDS
from generator.checks.prose import check_examples, check_words
from generator.checks.reasons import told_values
from generator.checks.wording import show
