"""Words that may not stand in a text: left-overs of forms, marks of secrecy, names that are out of date."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from generator.checks.prose.slips import Slip, in_title
from generator.edition import ProseRule


def words(rule: ProseRule, text: str) -> Iterator[Slip]:
    """Each of the rule's words in `text`, the longest where several begin in one place."""
    right = [found.span() for found in one_of(tuple(rule.instead.values())).finditer(text)] if rule.instead else []
    for found in one_of((*rule.words, *rule.instead)).finditer(text):
        if any(start <= found.start() and found.end() <= end for start, end in right):
            continue  # 旅游局, a part of 文化广电旅游局
        better = rule.instead.get(re.sub(_BLANKS, "", found[0]))
        if better and (_FORMER.search(text, 0, found.start()) or in_title(text[: found.start()])):
            continue
        says = f"应改为“{better}”" if better else f"里有“{found[0]}”，请补上、改正或删去"
        yield Slip(found.start(), found.end(), f"{says}。")


_FORMER = re.compile("原(?!因)[^，。；]{0,10}$")
"""What says that the name which follows is a former one."""
_BLANKS = r"[ \t]*"
_ANY_BLANKS = re.compile(r"(?<=[^\x00-\xff])(?=[^\x00-\xff])")
"""Between Chinese characters and marks blanks may stand: 机 密."""


@lru_cache(maxsize=64)
def one_of(listed: tuple[str, ...]) -> re.Pattern[str]:
    """A pattern of any of the words `listed`; a Latin one is no part of a longer word but may follow a number, as in
    20XX; a Chinese one may be spaced."""
    longest_first = sorted(listed, key=len, reverse=True)
    return re.compile("|".join(_pattern(one) for one in longest_first))


def _pattern(one: str) -> str:
    if re.match("[0-9A-Za-z]", one):
        before = "A-Za-z" if one[0].isalpha() else "0-9A-Za-z"
        return rf"(?<![{before}]){re.escape(one)}(?![0-9A-Za-z])"
    return _BLANKS.join(re.escape(part) for part in _ANY_BLANKS.split(one))
