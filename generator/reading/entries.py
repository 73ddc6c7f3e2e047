"""What a line of a file holds as people write it: items, names and texts."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from generator.reading.signs import Mistake

ITEM, KEY, TEXT = "-", ":", ""
"""What an entry is known by: an item's mark, a key's colon, or neither."""
_BLOCK = re.compile(r"[|>][-+0-9]{0,2}")


@dataclass(slots=True, eq=False)
class Entry:
    """An item, a key or a text at its place. Lines and columns count from 0, as YAML's marks do."""

    mark: str
    line: int
    column: int
    depth: int
    """How far it is indented as it looks: a full-width blank is two wide."""
    name: str = ""
    """Of a key."""
    value: str = ""
    """What follows on its line, without a comment; of an item only where it is a text."""
    value_column: int = 0
    mistyped: Mistake | None = None
    """The sign by which it is what it is, where that is not as YAML wants it."""
    sign_column: int = 0
    rest: str = ""
    """What stands behind the end of a quoted text or of brackets, where nothing may."""
    is_unclosed: bool = False
    """Whether the quote or bracket that `value` begins with has no end."""
    brackets: list[tuple[int, int, str]] = field(default_factory=list)
    """Where `value` is in brackets: line by line (line, column, words), quoted texts blacked out."""
    continued: list[Entry] = field(default_factory=list)
    """The lines below that YAML takes for more of the same text."""
    below: list[Entry] = field(default_factory=list)

    @property
    def is_plain(self) -> bool:
        """Whether it ends in a text without quotes, which goes on in deeper lines."""
        return bool(self.value) and self.value[0] not in "\"'[{|>&*!%@`#"

    @property
    def is_block(self) -> bool:
        """Whether its text is the deeper lines below, as they stand there."""
        return _BLOCK.fullmatch(self.value) is not None
