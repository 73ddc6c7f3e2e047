"""Phrases: texts of an edition in which `{名称}` stands for what is filled in, and `{{` and `}}` for a brace."""

from __future__ import annotations

import re
from collections.abc import Iterator

_PART = re.compile(r"\{\{|\}\}|\{([^{}]*)\}")


def filled(phrase: str, **parts: str | int) -> str:
    """`phrase` with its `{名称}` filled in, once: braces in what is filled in stay as they are."""
    return _PART.sub(lambda found: found[0][0] if found[1] is None else str(parts.get(found[1], found[0])), phrase)


def placeholders(phrase: str) -> Iterator[str]:
    """What stands in braces in `phrase`, in its order; an empty text for a brace that stands alone."""
    yield from (found[1] for found in _PART.finditer(phrase) if found[1] is not None)
    if re.search(r"[{}]", _PART.sub("", phrase)):
        yield ""
