"""Words written twice on end: 支出支出."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.checks.prose.slips import Slip

_TWICE = re.compile(r"([一-龥]{2,8})\1")
_CLAUSE = re.compile(r"[^，。；：、！？\n]*")
_LONGEST_CLAUSE = 40
"""In characters; more without any mark are no sentence but a table's words on end, where words come again."""
_BY_ONE = "一逐每"
"""How words begin that are rightly said twice: 一户一户, 逐项逐项."""


def doubled(text: str) -> Iterator[Slip]:
    """The words in `text` that follow themselves."""
    for clause in _CLAUSE.finditer(text):
        if len(clause[0]) > _LONGEST_CLAUSE:
            continue
        for found in _TWICE.finditer(text, clause.start(), clause.end()):
            if found[1][0] in _BY_ONE:
                continue
            yield Slip(*found.span(), f"里“{found[1]}”接连写了两次，请删去一个。")
