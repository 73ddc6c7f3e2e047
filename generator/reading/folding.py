"""A text over several lines, without the blanks that YAML puts between them: Chinese has none.

YAML joins lines before anyone can see where they were; so their ends are marked first, and the marks taken out after.
"""

from __future__ import annotations

import re

_CHINESE = "\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff01-\uff60\uffe0-\uffe6\U00020000-\U0003ffff“”‘’…—·"
# Behind a word of YAML's own (an alias, a tag, the head of a block) a mark would be taken for a part of it.
_WORD = r"(?<![&*!|>])\b(?<![&*!|>])[0-9A-Za-z]+[%)]?"
_LINE_END = re.compile(rf"(?P<end>[{_CHINESE}]|{_WORD}(?=[ \t]*\r?\n[ \t]*[{_CHINESE}]))(?=[ \t]*\r?$)", re.MULTILINE)


class Folding:
    """Marks the ends of the lines of `text`; `marked` is what YAML is given."""

    def __init__(self, text: str) -> None:
        folded = text.casefold()
        # A mark that no escape in the text makes too.
        self._mark = next((mark for mark in map(chr, range(0xFDD0, 0xFDF0)) if f"{ord(mark):x}" not in folded), "")
        self.marked = _LINE_END.sub(rf"\g<end>{self._mark}", text)

    def read(self, value: str) -> str:
        """`value`, which YAML made of one or more lines, as it is meant."""
        return value.replace(f"{self._mark} ", "").replace(self._mark, "") if self._mark else value
