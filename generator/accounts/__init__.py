"""A department's file: read, typed by the edition's fields and tables, and everything that follows derived."""

from generator.accounts.ledger import Cell, Ledger, Stated, TableRow
from generator.accounts.loading import Accounts, load_accounts
from generator.accounts.values import Unit

__all__ = ["Accounts", "Cell", "Ledger", "Stated", "TableRow", "Unit", "load_accounts"]
