"""Words that may not stand in a text: left-overs of forms, marks of secrecy, names that are out of date."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from generator.checks.prose.slips import Slip
from generator.edition import ProseRule


def words(rule: ProseRule, text: str) -> Iterator[Slip]:
    """Each of the rule's words in `text`, the longest where several begin in one place."""
    for found in one_of((*rule.words, *rule.instead)).finditer(text):
        better = rule.instead.get(found[0])
        says = f"应改为“{better}”" if better else f"里有“{found[0]}”，请补上、改正或删去"
        yield Slip(found.start(), found.end(), f"{says}。")


@lru_cache(maxsize=64)
def one_of(listed: tuple[str, ...]) -> re.Pattern[str]:
    """A pattern of any of the words `listed`; a Latin one is no part of a longer word."""
    longest_first = sorted(listed, key=len, reverse=True)
    return re.compile("|".join(_pattern(one) for one in longest_first))


def _pattern(one: str) -> str:
    return rf"(?<![0-9A-Za-z]){re.escape(one)}(?![0-9A-Za-z])" if re.match("[0-9A-Za-z]", one) else re.escape(one)
