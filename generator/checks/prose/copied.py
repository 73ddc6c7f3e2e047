"""Sentences of last year's file that stand in this year's word for word, and still name last year."""

from __future__ import annotations

from collections.abc import Iterator, Set

from generator.accounts import Accounts, typed_texts
from generator.checks.prose.slips import Slip, folded

_SHORTEST = 8
"""In characters; what is shorter may be said of any year."""


def texts_of_last_year(accounts: Accounts) -> frozenset[str]:
    """The texts of last year's file, where this year's names it."""
    previous = accounts.previous
    if previous is None:
        return frozenset()
    return frozenset(folded(typed.text) for typed in typed_texts(previous.ledger.edition, previous.source))


def copied(text: str, of_last_year: Set[str], year: int) -> Iterator[Slip]:
    """The first mention of last year in `text`, if that is one of the texts `of_last_year`."""
    at = text.find(f"{year - 1}年")
    if at >= 0 and len(text) >= _SHORTEST and text in of_last_year:
        yield Slip(at, at + 5, f"与上年的填报文件一字不差，还写着“{year - 1}年”，请改成本年的情况。")
