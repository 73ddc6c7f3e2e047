"""Following what the tags of a template say, without any data: do all names, words, rows and columns exist?

Every branch is followed, those that no example reaches too. What an expression stands for is known as one or several
`Name`s: a loop over a group of indicators may meet any of them.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from jinja2 import Environment, nodes

from generator.filling import Tag
from generator.kinds import ANYTHING, KINDS, ROW_FUNCTION, TEXT, Name, meant
from generator.narrative import Word, WordKind, parse_tag, syntax_fault

Possible = tuple[Name, ...]
_LOOP = Name(
    "循环",
    parts=dict.fromkeys(
        ("index", "index0", "first", "last", "length", "revindex", "revindex0", "previtem", "nextitem"), ANYTHING
    ),
)
_MAPPING_METHODS = ("items", "keys", "values")


@dataclass(frozen=True, slots=True)
class Drawn:
    """A thing that a template draws: a table or chart by its name, or a free table (then `name` is empty)."""

    word: str
    name: str
    tag: Tag
    branches: tuple[tuple[int, int], ...]
    """The conditions that it stands in: which, and which branch of it."""
    repeated: bool
    """Whether it stands in a loop that may draw it more than once."""


@dataclass(slots=True)
class Told:
    """What following a template's tags told."""

    unreadable: list[tuple[Tag, str]] = field(default_factory=list)
    faults: list[tuple[Tag, str]] = field(default_factory=list)
    unguarded: list[tuple[Tag, str]] = field(default_factory=list)
    """Entries that a department may leave out, printed without asking first whether they are there."""
    drawn: list[Drawn] = field(default_factory=list)


@dataclass(slots=True)
class _Open:
    """A statement that is still open: with the names of a loop, or the branch of a condition."""

    word: str
    names: dict[str, Possible] = field(default_factory=dict)
    number: int = 0
    branch: int = 0
    asked: set[str] = field(default_factory=set)
    repeats: bool = False


class Follower:
    """Follows the tags of one part of a template after the other, in their order."""

    def __init__(self, environment: Environment, names: dict[str, Name], words: Iterable[Word], unit: str) -> None:
        """`unit`: the filter by which amounts are written, which is that of the edition."""
        self.told = Told()
        self._environment = environment
        self._unit = unit
        self._words = {word.name: word for word in words if word.kind is not WordKind.FILTER}
        self._names: dict[str, Possible] = {name: (what,) for name, what in names.items()}
        self._open: list[_Open] = []
        self._conditions = 0
        self._tag: Tag

    def follow(self, tags: Iterable[Tag]) -> None:
        """Follows the tags of one part; nothing that it opens stays open."""
        self._open = [_Open("")]
        for tag in tags:
            if tag.is_comment:
                continue
            self._tag = tag
            if message := syntax_fault(self._environment, tag.is_statement, tag.content):
                self.told.unreadable.append((tag, f"“{tag.source}”写得不对：{message}"))
                if tag.is_statement and tag.word in ("for", "if"):
                    self._open.append(_Open(tag.word))
            elif tag.is_statement:
                self._statement(tag)
            else:
                expression = parse_tag(self._environment, False, tag.content)
                self._print(expression)
                self._ask(expression)

    def _statement(self, tag: Tag) -> None:
        if tag.word in ("endfor", "endif"):
            if len(self._open) > 1:
                self._open.pop()
        elif tag.word == "else":
            self._next_branch()
        else:
            tree = parse_tag(self._environment, True, tag.content)
            match tree:
                case nodes.For():
                    self._for(tree)
                case nodes.If() if tag.word == "elif":
                    self._next_branch()
                    self._value(tree.test)
                    self._open[-1].asked |= _paths(tree.test)
                case nodes.If():
                    self._value(tree.test)
                    self._conditions += 1
                    self._open.append(_Open("if", number=self._conditions, asked=_paths(tree.test)))
                case nodes.Assign():
                    values = self._value(tree.node)
                    scope = next(one for one in reversed(self._open) if one.word != "if")
                    self._bind(scope.names, tree.target, values)
                case _:
                    self._fault(f"“{tag.source}”应写成“set 名称 = 内容”。")

    def _next_branch(self) -> None:
        self._open[-1].branch += 1

    def _for(self, tree: nodes.For) -> None:
        whole = self._value(tree.iter)
        items = tuple(item for what in whole for item in what.items) or (ANYTHING,)
        for what in whole:
            if not what.items and not what.is_anything and not what.parts and what.by_code is None:
                self._fault(f"“{self._tag.source}”：{_called(tree.iter)}是{what.kind}，不是列表，不能循环。")
        followed = all(item.constant is not None for item in items)
        opened = _Open("for", {"loop": (_LOOP,)}, repeats=not followed)
        self._open.append(opened)
        self._bind(opened.names, tree.target, items)
        if tree.test is not None:
            self._value(tree.test)

    def _bind(self, names: dict[str, Possible], target: nodes.Node, values: Possible) -> None:
        if isinstance(target, nodes.Name):
            names[target.name] = values
        elif isinstance(target, nodes.Tuple):
            for index, one in enumerate(target.items):
                found = tuple(what.items[index] if what.kind == "对" else ANYTHING for what in values)
                self._bind(names, one, found)

    def _value(self, node: nodes.Node) -> Possible:
        """What `node` may stand for; faults of it and all that is in it are told."""
        match node:
            case nodes.Name():
                return self._named(node.name)
            case nodes.Const():
                return (Name("文字" if isinstance(node.value, str) else "数", constant=node.value),)
            case nodes.List() | nodes.Tuple():
                return (Name("列表", items=tuple(one for item in node.items for one in self._value(item))),)
            case nodes.Getattr():
                return self._below(node, self._value(node.node), (node.attr,))
            case nodes.Getitem():
                keys = self._value(node.arg)
                constants = tuple(key.constant for key in keys)
                return self._below(node, self._value(node.node), constants)
            case nodes.Call():
                return self._call(node)
            case nodes.Filter():
                self._arguments(node)
                if node.node is not None:
                    self._value(node.node)
                return (TEXT,)
            case nodes.Test():
                if node.name in ("defined", "undefined"):
                    return (ANYTHING,)
            case nodes.CondExpr():
                self._value(node.test)
                chosen = [self._value(one) for one in (node.expr1, node.expr2) if one is not None]
                return tuple(what for values in chosen for what in values)
        for part in node.iter_child_nodes():
            self._value(part)
        return (ANYTHING,)

    def _named(self, name: str) -> Possible:
        for scope in reversed(self._open):
            if name in scope.names:
                return scope.names[name]
        if name in self._names:
            return self._names[name]
        if name in self._words:
            return (ANYTHING,)
        if name == "loop":
            self._fault("“loop”只能在循环里用。")
            return (ANYTHING,)
        known = [*self._names, *self._words, *(key for scope in self._open for key in scope.names)]
        self._fault(f"没有“{name}”这个名称{_perhaps(name, known)}")
        return (ANYTHING,)

    def _below(self, node: nodes.Getattr | nodes.Getitem, owners: Possible, keys: tuple[object, ...]) -> Possible:
        found: list[Name] = []
        for key in keys:
            lacking = []
            for owner in owners:
                if key is None and (owner.parts or owner.items):
                    found.append(owner.by_code or next(iter(owner.parts.values()), None) or ANYTHING)
                elif isinstance(key, int) and owner.items:
                    found += owner.items
                elif what := owner.below(key):
                    found.append(what)
                else:
                    lacking.append(owner)
            if lacking:
                self._fault(_lacks(node.node, lacking, key))
        return tuple(found) or (ANYTHING,)

    def _call(self, node: nodes.Call) -> Possible:
        called = node.node
        if isinstance(called, nodes.Getattr):
            return self._method(node, called)
        arguments = self._arguments(node)
        if not isinstance(called, nodes.Name):
            self._value(called)
            return (ANYTHING,)
        word = self._words.get(called.name)
        if word is None:
            known = [name for name, one in self._words.items() if one.kind is not WordKind.CONSTANT]
            self._fault(f"没有函数“{called.name}”{_perhaps(called.name, known)}")
        elif word.kind is WordKind.DRAWING:
            self._draw(word, arguments)
        elif word.call is not None and not (node.dyn_args or node.dyn_kwargs):
            try:
                inspect.signature(word.call).bind(*node.args, **{one.key: one for one in node.kwargs})
            except TypeError:
                self._fault(f"“{word.name}”括号里的项数不对，写法如：{word.usage}。")
        if word is not None and word.item_parts:
            return (Name("列表", items=(Name("组", parts=dict.fromkeys(word.item_parts, TEXT)),)),)
        return (ANYTHING,)

    def _method(self, node: nodes.Call, called: nodes.Getattr) -> Possible:
        arguments = self._arguments(node)
        if called.attr in _MAPPING_METHODS:
            values = tuple(one.by_code or ANYTHING for one in self._value(called.node))
            return (Name("列表", items=tuple(Name("对", items=(TEXT, value)) for value in values)),)
        functions = self._value(called)
        if any(function.kind == ROW_FUNCTION for function in functions):
            constants = tuple(what.constant for values in arguments[:1] for what in values)
            self._below(called, self._value(called.node), constants)
        return tuple(Name("列表", items=function.items or (ANYTHING,)) for function in functions)

    def _arguments(self, node: nodes.Call | nodes.Filter) -> list[Possible]:
        values = [self._value(argument) for argument in node.args]
        for keyword in node.kwargs:
            self._value(keyword.value)
        return values

    def _draw(self, word: Word, arguments: list[Possible]) -> None:
        if len(arguments) != 1:
            self._fault(f"“{word.name}”括号里只写一项，写法如：{word.usage}。")
            return
        branches = tuple((one.number, one.branch) for one in self._open if one.word == "if")
        repeated = any(one.repeats for one in self._open)
        for what in arguments[0]:
            name = what.constant if isinstance(what.constant, str) else ""
            self.told.drawn.append(Drawn(word.name, name, self._tag, branches, repeated))

    def _print(self, expression: nodes.Node) -> None:
        """Tells of what has no one way to be written."""
        printed = self._value(expression)
        path = _path(expression)
        what = printed[0]
        if not path or what.is_anything:
            return
        kind = KINDS.get(what.kind)
        if kind and (filter_ := self._unit if kind.is_amount and kind.is_number else kind.filter):
            self._fault(f"“{path}”是{what.kind}，要说明写法，写成“{path}|{filter_}”。")
        elif what.parts or what.items or what.by_code:
            advice = "请用循环，或“……|顿号”" if what.items else "请写到其中的一项"
            self._fault(f"“{path}”是{what.kind}，不能直接写出，{advice}。")

    def _ask(self, expression: nodes.Node) -> None:
        """Tells of optional entries of `expression` that no condition around it asks for."""
        asked = {path for one in self._open for path in one.asked}
        for path, node in _chains(expression):
            if path not in asked and all(one.optional for one in self._quietly(node)):
                self.told.unguarded.append((self._tag, path))

    def _quietly(self, node: nodes.Node) -> Possible:
        faults = self.told.faults
        self.told.faults = []
        try:
            return self._value(node)
        finally:
            self.told.faults = faults

    def _fault(self, message: str) -> None:
        self.told.faults.append((self._tag, message))


def _lacks(owner_node: nodes.Node, owners: list[Name], key: object) -> str:
    """That `owners`, all that `owner_node` may stand for and that have no `key`, have none."""
    owner = owners[0]
    known = [*owner.parts, *owner.codes]
    where = _called(owner_node)
    if not known and not owner.items:
        return f"{where}是{owner.kind}，没有下级“{key}”。"
    if owner.items and not known:
        return f"{where}是列表，要先用循环取出每一项，不能直接写“{key}”。"
    kind = {"表": "行", "行": "栏"}.get(owner.kind, "")
    indicators = [one.meaning for one in owners if one.kind == "指标"]
    of = f"（指标{'、'.join(indicators[:3])}{'等' if indicators[3:] else ''}）" if indicators else ""
    return f"{where}{of}没有{kind}“{key}”{_perhaps(str(key), known)}"


def _perhaps(name: str, known: Iterable[str]) -> str:
    near = meant(name, known)
    return f"，是不是“{near}”？" if near else "，请对照 juesuan template names 检查写法。"


def _called(node: nodes.Node) -> str:
    path = _path(node)
    return f"“{path}”" if path else "这里的内容"


def _path(node: nodes.Node) -> str:
    """A chain of names as a template writes it; empty for any other expression."""
    match node:
        case nodes.Name():
            return node.name
        case nodes.Getattr():
            above = _path(node.node)
            return f"{above}.{node.attr}" if above else ""
        case nodes.Getitem(arg=nodes.Const() as key):
            above = _path(node.node)
            return f"{above}['{key.value}']" if above else ""
        case _:
            return ""


def _chains(node: nodes.Node) -> Iterator[tuple[str, nodes.Node]]:
    """The longest chains of names in `node` that are printed as they are: not those that words take."""
    if path := _path(node):
        yield path, node
    elif isinstance(node, nodes.Concat):
        for part in node.nodes:
            yield from _chains(part)
    elif isinstance(node, nodes.Filter) and node.node is not None:
        yield from _chains(node.node)
    elif isinstance(node, nodes.Call) and isinstance(node.node, nodes.Name) and node.node.name == "画表":
        for argument in node.args:
            yield from _chains(argument)


def _paths(test: nodes.Node) -> set[str]:
    """The chains that a condition asks for."""
    chains = test.find_all((nodes.Name, nodes.Getattr, nodes.Getitem))
    return {path for node in (test, *chains) if (path := _path(node))}
