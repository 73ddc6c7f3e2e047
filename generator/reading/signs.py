"""The signs that make a line a name with its content or an item of a list, as people mistype them."""

from __future__ import annotations

import re
from enum import Enum

BLANKS = " \t\u3000\xa0\u1680\u2000-\u200a\u202f\u205f"
"""What looks like an indentation, as the inside of a character class. YAML takes the first alone for one."""
ODD_BLANK = re.compile(f"[{BLANKS[1:]}]")

# A name holds no mark of a sentence, so that prose does not look like one; a code may stand before it.
_NAME = r"(?:[0-9]{3,7}[ \t]?)?[^\s:：,，。;；！？!?|>{}\[\]#]{1,40}?"
_DASHES = "－﹣−–—‐‑‒"
_NUMERAL = "一二三四五六七八九十"
LIKE_NAME = re.compile(rf"{_NAME}(?:[ \t]+.*)?")
"""A whole text that may be a name, perhaps with its content, without the colon."""
NAME_WITH_COLON = re.compile(rf"(?:- )*{_NAME}:(?: |$)")


class Mistake(Enum):
    """What is mistyped; as a value the pattern of a text that begins so, with the sign in a group of that name."""

    FULL_WIDTH_COLON = re.compile(rf"(?P<name>{_NAME})[ \t]*(?P<sign>：)")
    # Behind a digit or a Latin letter stands a time, a ratio or an address, unless it is a subject's code.
    TIGHT_COLON = re.compile(rf"(?P<name>[0-9]{{5,7}}|{_NAME}(?<![0-9A-Za-z]))(?P<sign>:)(?![ \t/]|$)")
    FULL_WIDTH_DASH = re.compile(rf"(?P<sign>[{_DASHES}])(?![{_DASHES}0-9.])")
    TIGHT_DASH = re.compile(r"(?P<sign>-)(?![-0-9. \t]|$)")
    NUMBERING = re.compile(
        rf"(?P<sign>[（(]?[{_NUMERAL}]{{1,3}}[、）)．]|[（(][0-9]{{1,2}}[)）]|[0-9]{{1,2}}(?:[、）)．]|\.(?![0-9]))"
        r"|[①-⑳•●○■◆])"
    )

    @property
    def is_colon(self) -> bool:
        """Whether the text was meant as a name with its content."""
        return self in (Mistake.FULL_WIDTH_COLON, Mistake.TIGHT_COLON)

    @property
    def is_dash(self) -> bool:
        """Whether the text was meant as an item of a list."""
        return self in (Mistake.FULL_WIDTH_DASH, Mistake.TIGHT_DASH)


def ends_sentence(line: str) -> bool:
    """Whether nothing of the sentence that `line` ends with can follow on another line."""
    return line.rstrip()[-1:] in ("。", "；", "！", "？")


def mistake_in(line: str, column: int = 0) -> tuple[Mistake, re.Match[str]] | None:
    """What is mistyped in the text of `line` that begins at `column`, and where; `None` where it is just a text."""
    for mistake in _IN_ORDER:
        if match := mistake.value.match(line, column):
            return mistake, match
    return None


_IN_ORDER = sorted(Mistake, key=lambda mistake: not mistake.is_dash)
"""An item may begin with a name, a name never with an item's mark."""
