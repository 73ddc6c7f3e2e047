"""Texts of which a part is lost: behind “ #”, YAML takes what follows for a comment."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator

from generator.findings import Code, Finding, Severity
from generator.numbers import TYPED_AMOUNT
from generator.reading.nodes import Node, Scalar, Sequence

_SHOWN = 20


def lost_texts(node: Node, besides: Container[str] = ()) -> Iterator[Finding]:
    """A reminder for each text in `node` that a comment follows, and each comment that stands where a text is due.

    Not for what the keys `besides` of `node` lead to.

    A comment behind a number is meant; so is one behind nothing, unless it begins without a blank (`#1机组`).
    """
    if isinstance(node, Scalar):
        if _is_lost(node):
            message = (
                f"“ #”后面的“{_short(node.comment)}”不会公布：要公布的，给整段文字加引号；是给自己看的说明，不用改。"
            )
            yield Finding(Code.TEXT_AFTER_HASH, message, (node.place,), Severity.WARNING)
        return
    if isinstance(node, Sequence):
        nodes: Iterable[Node] = node.items
    else:
        nodes = (below for key, below in node.entries.items() if key not in besides)
    for below in nodes:
        yield from lost_texts(below)


def _is_lost(node: Scalar) -> bool:
    if node.empty:
        return bool(node.comment.strip()) and not node.comment[0].isspace()
    return bool(node.comment.strip()) and not TYPED_AMOUNT.fullmatch(node.text.removesuffix("%"))


def _short(comment: str) -> str:
    words = comment.strip()
    return words if len(words) <= _SHOWN else words[:_SHOWN] + "……"
