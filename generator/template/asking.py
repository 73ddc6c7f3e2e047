"""What a template asks for before it uses it: which entries, left out by a department, would be missed."""

from __future__ import annotations

from collections.abc import Iterator

from jinja2 import nodes

Asked = frozenset[str]
_LENIENT = ("求和",)
"""Words that do without what was left out."""
ORDERING = ("lt", "lteq", "gt", "gteq")
"""Comparisons of which is greater."""


def path_of(node: nodes.Node) -> str:
    """A chain of names as a template writes it; empty for any other expression."""
    match node:
        case nodes.Name():
            return node.name
        case nodes.Getattr():
            above = path_of(node.node)
            return f"{above}.{node.attr}" if above else ""
        case nodes.Getitem(arg=nodes.Const() as key):
            above = path_of(node.node)
            return f"{above}['{key.value}']" if above else ""
        case _:
            return ""


def asked_by(test: nodes.Node | None, *, holds: bool = True) -> Asked:
    """The chains that are there where `test` holds, or does not; of a comparison all that it names."""
    match test:
        case None:
            return frozenset()
        case nodes.Not():
            return asked_by(test.node, holds=not holds)
        case nodes.And() | nodes.Or():
            left, right = asked_by(test.left, holds=holds), asked_by(test.right, holds=holds)
            return left | right if isinstance(test, nodes.And) == holds else left & right
        case nodes.Test(name="defined" | "undefined") if path := path_of(test.node):
            return frozenset((as_defined(path),)) if (test.name == "defined") == holds else frozenset()
        case nodes.Name() | nodes.Getattr() | nodes.Getitem() if path := path_of(test):
            return frozenset((path,)) if holds else frozenset()
    chains = test.find_all((nodes.Name, nodes.Getattr, nodes.Getitem))
    return frozenset(path for node in (test, *chains) if (path := path_of(node)))


def as_defined(path: str) -> str:
    """How it is kept that `path` is known to be a name at all; a department may have left out what it means."""
    return f"?{path}"


def is_asked(path: str, asked: Asked) -> bool:
    """Whether `path` is there where all of `asked` is: it, or something below it, was asked for."""
    return any(one == path or one.startswith((f"{path}.", f"{path}[")) for one in asked)


def needed(node: nodes.Node, asked: Asked, *, used: bool = True) -> Iterator[tuple[nodes.Node, Asked]]:
    """The longest chains that `node` cannot do without, each with what is asked for where it stands.

    `used`: whether the value of `node` itself is printed or computed with; a condition only looks whether it is there.
    """
    if path_of(node):
        if used:
            yield node, asked
        return
    match node:
        case nodes.CondExpr():
            yield from needed(node.test, asked, used=False)
            yield from needed(node.expr1, asked | asked_by(node.test), used=used)
            if node.expr2 is not None:
                yield from needed(node.expr2, asked | asked_by(node.test, holds=False), used=used)
        case nodes.And() | nodes.Or():
            yield from needed(node.left, asked, used=False)
            holds = isinstance(node, nodes.And)
            yield from needed(node.right, asked | asked_by(node.left, holds=holds), used=used)
        case nodes.Not():
            yield from needed(node.node, asked, used=False)
        case nodes.Test():
            yield from () if node.name in ("defined", "undefined") else needed(node.node, asked, used=False)
        case nodes.Compare():
            ordered = any(one.op in ORDERING for one in node.ops)
            for part in (node.expr, *(one.expr for one in node.ops)):
                yield from needed(part, asked, used=ordered)
        case nodes.Call():
            is_lenient = isinstance(node.node, nodes.Name) and node.node.name in _LENIENT
            for part in node.args:
                yield from needed(part, asked, used=not is_lenient)
        case _:
            for inner in node.iter_child_nodes():
                yield from needed(inner, asked)
