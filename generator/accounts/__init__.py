"""A department's file: read, typed by the edition's fields and tables, and everything that follows derived."""

from generator.accounts.ledger import Ledger, RelationKind, Stated, Summand
from generator.accounts.loading import Accounts, load_accounts
from generator.accounts.rows import Cell, TableRow

__all__ = ["Accounts", "Cell", "Ledger", "RelationKind", "Stated", "Summand", "TableRow", "load_accounts"]
