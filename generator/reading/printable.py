"""Characters that no file may hold, since nobody sees them or no Word file can have them."""

from __future__ import annotations

import re

from generator.findings import Code, Finding, InvalidInput, Place

# What XML 1.0 cannot hold (production 2, Char): a Word file with such a character does not open. Nor may a file hold
# what nobody sees: what YAML takes for a line's end or refuses (the C1 controls, U+2028, U+2029, U+FEFF), and what
# makes two figures or names that look alike differ (spaces of no width, marks of direction). The noncharacters U+FDD0
# to U+FDEF, which no text may hold either, are kept free for marks of our own.
UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\ud800-\udfff\ufdd0-\ufdef\ufeff\ufffe\uffff]"
)


def unprintable(character: str, *places: Place) -> InvalidInput:
    """What is told of `character`, which is one of these, at `places`."""
    message = f"这里有一个看不见的控制字符（U+{ord(character):04X}），请删去。"
    return InvalidInput(Finding(Code.UNPRINTABLE_CHARACTER, message, places))
