"""A department's file with the cells stated that make figures print alike which are one (see `checks/alike.py`)."""

from __future__ import annotations

import codecs
from pathlib import Path
from typing import Any

from generator.accounts import Accounts, file_keys, read_accounts
from generator.checks import Statement, amount_of
from generator.edition import TABLES
from generator.findings import Code, Finding, InvalidInput
from generator.publish import write_files
from generator.reading import not_written, parse_document, plain, read_text, with_entries


def with_statements(accounts: Accounts, statements: list[Statement]) -> bytes:
    """The file of `accounts` with `statements` written into it, and not a byte of it otherwise.

    Raises `InvalidInput` where it is written in a way that does not take them.
    """
    file = Path(accounts.place.file)
    text = read_text(file)
    new = with_entries(text, _entries(accounts, statements))
    if not _says(new, accounts, statements):
        message = f"“{file}”的写法特别，不能自动写入，没有改动：请照 juesuan check 列出的行自己填明。"
        raise InvalidInput(Finding(Code.NOT_FIXED, message, (accounts.place,)))
    with file.open("rb") as source:
        mark = codecs.BOM_UTF8 if source.read(3) == codecs.BOM_UTF8 else b""
    return mark + new.encode()


def replace_file(file: Path, content: bytes) -> None:
    """Puts `content` in the place of `file`, whole or not at all. Raises `InvalidInput` where that cannot be done."""
    target = file.resolve()  # a link stays one
    try:
        mode = target.stat().st_mode if target.exists() else None
        write_files(target.parent, {target.name: content})
        if mode is not None:
            target.chmod(mode)
    except OSError as error:
        raise not_written(file, error) from None


def _entries(accounts: Accounts, statements: list[Statement]) -> dict[str, Any]:
    """What `statements` are as entries of the file."""
    entries: dict[str, Any] = {}
    for statement in statements:
        *above, last = file_keys(accounts, statement.cell)
        at = entries
        for key in above:
            at = at.setdefault(key, {})
        at[last] = amount_of(statement)
    return entries


def _says(text: str, accounts: Accounts, statements: list[Statement]) -> bool:
    """Whether `text` says what the file does, and `statements`, and nothing else."""
    try:
        new = read_accounts(parse_document(text, accounts.place.file))
    except InvalidInput:
        return False
    amounts = {cell: stated.amount for cell, stated in accounts.ledger.stated.items()}
    amounts |= {one.cell: one.amount for one in statements}
    is_stated = amounts == {cell: stated.amount for cell, stated in new.ledger.stated.items()}
    return is_stated and _beside_tables(new) == _beside_tables(accounts)


def _beside_tables(accounts: Accounts) -> dict[str, object]:
    return {key: plain(node) for key, node in accounts.source.entries.items() if key != TABLES}
