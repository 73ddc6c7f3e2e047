"""What the expressions of a template stand for, without any data: do all names, words, rows and columns exist?

What one stands for is known as one or several `Name`s: a loop over a group of indicators may meet any of them.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from jinja2 import nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from generator.filling import Tag
from generator.kinds import ANYTHING, ROW_FUNCTION, TEXT, Name, meant
from generator.narrative import Word, WordKind
from generator.template.asking import ORDERING, Asked, as_defined, asked_by, path_of
from generator.template.operations import (
    JUDGEMENT,
    NUMBER,
    at_unknown_key,
    can,
    comparable,
    computed,
    is_list,
    is_number,
    is_text,
    may_be_a_list,
    may_be_a_number,
    sliced,
    sum_of,
)

Possible = tuple[Name, ...]
MACRO = Name("宏")
_JUDGEMENT = Name(JUDGEMENT)
_MAPPING_METHODS = ("items", "keys", "values")


@dataclass(frozen=True, slots=True)
class Drawn:
    """A thing that a template draws: a table or chart by its name, or a free table (then `name` is empty)."""

    word: str
    name: str
    tag: Tag
    branches: tuple[tuple[int, int], ...]
    """The conditions that it stands in: which, and which branch of it."""
    repeated: bool = False
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
class Open:
    """A statement that is still open: with the names of a loop, or the branch of a condition."""

    tag: Tag | None
    names: dict[str, Possible] = field(default_factory=dict)
    number: int = 0
    branch: int = 0
    asked: Asked = frozenset()
    refused: Asked = frozenset()
    """What is there where none of the branches of a condition up to here is taken."""
    repeats: bool = False
    is_ended: bool = False
    names_unknown: bool = False
    """Whether it may have given any name, as a loop that cannot be read."""

    @property
    def word(self) -> str:
        return self.tag.word if self.tag else ""


class Expressions:
    """Reads the expressions of one tag after the other, among the statements that are open there."""

    def __init__(
        self, environment: ImmutableSandboxedEnvironment, names: dict[str, Name], words: Iterable[Word], unit: str
    ) -> None:
        """`unit`: the filter by which amounts are written, which is that of the edition."""
        self.told = Told()
        self._environment = environment
        self._unit = unit
        known = list(words)
        self._words = {word.name: word for word in known if word.kind is not WordKind.FILTER}
        self._filters = {word.name: word for word in known if word.kind is WordKind.FILTER}
        self._names: dict[str, Possible] = {name: (what,) for name, what in names.items()}
        self._open: list[Open] = []
        self._conditions = 0
        self._unbound: list[tuple[Tag, str]] = []
        """The faults that are names that a loop may have given whose beginning is missing."""
        self._drawn: list[tuple[Drawn, list[Open]]] = []
        self._tag: Tag

    def _value(self, node: nodes.Node) -> Possible:
        """What `node` may stand for; faults of it and all that is in it are told."""
        match node:
            case nodes.Name():
                return self._named(node.name)
            case nodes.Const():
                return (Name(_kind_of_constant(node.value), constant=node.value),)
            case nodes.List() | nodes.Tuple():
                return (Name("列表", items=tuple(one for item in node.items for one in self._value(item))),)
            case nodes.Getattr():
                return self._below(node, self._value(node.node), (node.attr,))
            case nodes.Getitem(arg=nodes.Slice()):
                return self._sliced(node)
            case nodes.Getitem():
                keys = tuple(key.constant for key in self._value(node.arg))
                return self._below(node, self._value(node.node), keys)
            case nodes.Call():
                return self._call(node)
            case nodes.Filter():
                return self._filter(node)
            case nodes.Test():
                if node.name not in ("defined", "undefined"):
                    self._value(node.node)
                return (_JUDGEMENT,)
            case nodes.CondExpr():
                self._value(node.test)
                self._open.append(Open(None, asked=asked_by(node.test)))
                chosen = self._value(node.expr1)
                self._open.pop()
                return chosen + (self._value(node.expr2) if node.expr2 is not None else ())
            case nodes.Concat():
                for part in node.nodes:
                    self._value(part)
                return (TEXT,)
            case nodes.And() | nodes.Or():
                return self._value(node.left) + self._value(node.right)
            case nodes.Compare() | nodes.Not():
                self._judge(node)
                return (_JUDGEMENT,)
            case nodes.BinExpr():
                return self._computed(node)
            case nodes.Neg() | nodes.Pos():
                return tuple(replace(one, constant=None) for one in self._value(node.node))
        for inner in node.iter_child_nodes():
            self._value(inner)
        return (ANYTHING,)

    def _sliced(self, node: nodes.Getitem) -> Possible:
        for bound in node.arg.iter_child_nodes():
            self._value(bound)
        whole = self._value(node.node)
        found = tuple(one for what in whole if (one := sliced(what)) is not None)
        if not found:
            self._fault(f"{called_in(node.node)}是{whole[0].kind}，不能取其中的一段。")
        return found or (ANYTHING,)

    def _computed(self, node: nodes.BinExpr) -> Possible:
        results = [computed(node, left, right) for left in self._value(node.left) for right in self._value(node.right)]
        if all(fault for _, fault in results):
            self._fault(f"“{self._tag.source}”：{results[0][1]}")
        return tuple(what for what, _ in results)

    def _judge(self, node: nodes.Compare | nodes.Not) -> None:
        if isinstance(node, nodes.Not):
            self._value(node.node)
            return
        left = self._value(node.expr)
        for one in node.ops:
            right = self._value(one.expr)
            if one.op in ORDERING and not any(comparable(first, second) for first in left for second in right):
                self._fault(f"“{self._tag.source}”：{left[0].kind}和{right[0].kind}不能比较大小。")
            if one.op in ("in", "notin") and all(map(is_number, right)):
                self._fault(f"“{self._tag.source}”：{right[0].kind}里不能找别的内容，“in”后面写列表或文字。")
            left = right

    def _filter(self, node: nodes.Filter) -> Possible:
        given = [self._value(node.node) if node.node is not None else (ANYTHING,), *self._arguments(node)]
        word = self._filters.get(node.name)
        if word is None:
            return (ANYTHING,)
        self._use(word, given, [nodes.Const(""), *node.args], node.kwargs)
        return (Name(NUMBER),) if word.gives_number else (TEXT,)

    def _use(self, word: Word, given: list[Possible], arguments: list[nodes.Expr], named: Any) -> None:
        """Tells where `word` cannot take what it is `given`."""
        try:
            inspect.signature(word.call or len).bind(*arguments, **{one.key: one for one in named})
        except TypeError:
            self._fault(f"“{word.name}”括号里的项数不对，写法如：{word.usage}。")
            return
        for values in given[: word.numbers]:
            if not any(map(may_be_a_number, values)):
                self._fault(f"“{word.name}”要用数，这里给它的是{values[0].kind}。写法如：{word.usage}。")
        if word.goes_through and not any(may_be_a_list(what, joined=not word.gives_number) for what in given[0]):
            self._fault(f"“{word.name}”要用列表，这里给它的是{given[0][0].kind}。写法如：{word.usage}。")

    def _named(self, name: str) -> Possible:
        for scope in reversed(self._open):
            if name in scope.names:
                return scope.names[name]
        if name in self._names:
            return self._names[name]
        if name in self._words or any(one.names_unknown or as_defined(name) in one.asked for one in self._open):
            return (ANYTHING,)
        if name == "loop":
            self._fault("“loop”只能在循环里用。")
            self._unbound.append(self.told.faults[-1])
            return (ANYTHING,)
        known = [*self._names, *self._words, *(key for scope in self._open for key in scope.names)]
        self._fault(f"没有“{name}”这个名称{_perhaps(name, known)}")
        if not meant(name, known):
            self._unbound.append(self.told.faults[-1])
        return (ANYTHING,)

    def _below(self, node: nodes.Getattr | nodes.Getitem, owners: Possible, keys: tuple[object, ...]) -> Possible:
        found: list[Name] = []
        for key in keys:
            lacking = []
            for owner in owners:
                if isinstance(key, int) and is_list(owner):
                    found += owner.items
                elif key is None or (isinstance(key, int) and is_text(owner)):
                    found += [what] if (what := at_unknown_key(owner)) else []
                    lacking += [] if what else [owner]
                elif what := owner.below(key):
                    found.append(what)
                elif isinstance(node, nodes.Getattr) and can(self._environment, owner, key):
                    found.append(ANYTHING)
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
        if any(MACRO in scope.names.get(called.name, ()) for scope in self._open):
            return (ANYTHING,)
        word = self._words.get(called.name)
        if word is None:
            known = [name for name, one in self._words.items() if one.kind is not WordKind.CONSTANT]
            self._fault(f"没有函数“{called.name}”{_perhaps(called.name, known)}")
        elif word.kind is WordKind.DRAWING:
            self._draw(word, arguments)
        elif word.call is not None and not (node.dyn_args or node.dyn_kwargs):
            self._use(word, arguments, node.args, node.kwargs)
        if word is not None and word.gives_number:
            return (sum_of([what for values in arguments for what in values]),)
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
        return tuple(
            Name("列表", items=function.items) if function.kind == ROW_FUNCTION else ANYTHING for function in functions
        )

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
        for what in arguments[0]:
            name = what.constant if isinstance(what.constant, str) else ""
            self._drawn.append((Drawn(word.name, name, self._tag, branches), [*self._open]))

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
    where = called_in(owner_node)
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


def called_in(node: nodes.Node) -> str:
    path = path_of(node)
    return f"“{path}”" if path else "这里的内容"


def _kind_of_constant(value: object) -> str:
    if isinstance(value, bool):
        return JUDGEMENT
    return "文字" if isinstance(value, str) else NUMBER
