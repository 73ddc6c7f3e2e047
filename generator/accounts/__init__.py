"""A department's file: read, typed by the edition's fields and tables, and everything that follows derived."""

from generator.accounts.corrections import Correction
from generator.accounts.file_keys import below, file_keys
from generator.accounts.ledger import Ledger, RelationKind, Stated, Summand
from generator.accounts.loading import Accounts, load_accounts, read_accounts, restated
from generator.accounts.rows import Cell, Side, TableRow, rows_below
from generator.accounts.typed_texts import TypedText, typed_texts
