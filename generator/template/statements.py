"""Following what the tags of a template say, without any data: do all names, words, rows and columns exist?

Every branch is followed, those that no example reaches too. What an expression stands for is known as one or several
`Name`s: a loop over a group of indicators may meet any of them.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from jinja2 import nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from generator.filling import Tag, opener_of
from generator.kinds import ANYTHING, KINDS, ROW_FUNCTION, TEXT, Name, meant
from generator.narrative import Word, WordKind, parse_tag, syntax_fault
from generator.template.asking import ORDERING, Asked, as_defined, asked_by, is_asked, needed, path_of
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
_LOOP = Name(
    "循环",
    parts=dict.fromkeys(
        (
            *("index", "index0", "first", "last", "length", "revindex", "revindex0", "previtem", "nextitem"),
            *("depth", "depth0", "cycle", "changed"),
        ),
        ANYTHING,
    ),
)
_MACRO = Name("宏")
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
class _Open:
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


class Follower:
    """Follows the tags of one part of a template after the other, in their order."""

    def __init__(
        self, environment: ImmutableSandboxedEnvironment, names: dict[str, Name], words: Iterable[Word]
    ) -> None:
        self.told = Told()
        self._environment = environment
        known = list(words)
        self._words = {word.name: word for word in known if word.kind is not WordKind.FILTER}
        self._filters = {word.name: word for word in known if word.kind is WordKind.FILTER}
        self._names: dict[str, Possible] = {name: (what,) for name, what in names.items()}
        self._open: list[_Open] = []
        self._conditions = 0
        self._unbound: list[tuple[Tag, str]] = []
        """The faults that are names that a loop may have given whose beginning is missing."""
        self._drawn: list[tuple[Drawn, list[_Open]]] = []
        self._tag: Tag

    def follow(self, tags: Iterable[Tag]) -> None:
        """Follows the tags of one part; nothing that it opens stays open."""
        self._open, self._unbound = [_Open(None)], []
        for tag in tags:
            if tag.is_comment or not tag.is_whole:
                continue
            self._tag = tag
            if message := syntax_fault(self._environment, tag.is_statement, tag.content):
                self.told.unreadable.append((tag, f"“{tag.source}”写得不对：{message}"))
                self._unreadable(tag)
            elif tag.is_statement:
                self._statement(tag, tag.content)
            else:
                expression = parse_tag(self._environment, False, tag.content)
                self._print(expression)
                self._ask(expression)
        # A loop that is never ended is told as that; what stands after it is not repeated.
        self.told.drawn += [
            replace(drawn, repeated=any(one.repeats and one.is_ended for one in within))
            for drawn, within in self._drawn
        ]
        self._drawn = []

    def _unreadable(self, tag: Tag) -> None:
        """Goes on after a statement that cannot be read as if it were what was meant, so that it alone is told."""
        written, _, rest = tag.content.partition(" ")
        meant_so = f"{tag.word} {rest}".strip()
        if tag.is_statement and tag.word != written and not syntax_fault(self._environment, True, meant_so):
            self._statement(tag, meant_so)
        elif tag.opens:
            self._open.append(_Open(tag, names_unknown=True))
        elif tag.word == "set":
            self._scope().names |= dict.fromkeys(re.findall(r"\w+", rest.partition("=")[0]), (ANYTHING,))

    def _statement(self, tag: Tag, content: str) -> None:
        if tag.word.startswith("end"):
            self._end(tag)
        elif tag.word in ("else", "elif"):
            condition = parse_tag(self._environment, True, content) if tag.word == "elif" else None
            self._next_branch(tag, condition.test if isinstance(condition, nodes.If) else None)
        else:
            self._opening(tag, parse_tag(self._environment, True, content))

    def _opening(self, tag: Tag, tree: nodes.Node) -> None:
        match tree:
            case nodes.For():
                self._for(tree)
            case nodes.If():
                self._test(tree.test)
                self._conditions += 1
                asked, refused = asked_by(tree.test), asked_by(tree.test, holds=False)
                self._open.append(_Open(tag, number=self._conditions, asked=asked, refused=refused))
            case nodes.Assign():
                self._ask(tree.node, used=False)
                self._bind(self._scope().names, tree.target, self._value(tree.node))
            case nodes.AssignBlock():
                self._bind(self._scope().names, tree.target, (TEXT,))
                self._open.append(_Open(tag))
            case nodes.With():
                opened = _Open(tag)
                for target, value in zip(tree.targets, tree.values, strict=True):
                    self._bind(opened.names, target, self._value(value))
                self._open.append(opened)
            case nodes.Macro():
                self._scope().names[tree.name] = (_MACRO,)
                self._open.append(_Open(tag, {argument.name: (ANYTHING,) for argument in tree.args}))
            case _:
                self._fault(f"“{tag.source}”应写成“set 名称 = 内容”。")

    def _scope(self) -> _Open:
        """Where a name belongs that is set here."""
        return next(one for one in reversed(self._open) if one.word not in ("if", "set"))

    def _opened(self, tag: Tag) -> int | None:
        """The place among what is open of what `tag` ends, or is a branch of."""
        found = opener_of(tag, [one.tag for one in self._open if one.tag])
        return None if found is None else found + 1

    def _end(self, tag: Tag) -> None:
        if (opened := self._opened(tag)) is not None:
            self._open[opened].is_ended = True
            del self._open[opened:]
        elif tag.word == "endfor":
            # The names of a loop whose beginning is missing: that there is only its end is told already.
            self.told.faults = [fault for fault in self.told.faults if fault not in self._unbound]

    def _next_branch(self, tag: Tag, test: nodes.Node | None) -> None:
        if test is not None:
            self._test(test)
        if (opened := self._opened(tag)) is not None:
            one = self._open[opened]
            one.branch += 1
            one.asked = one.refused | asked_by(test)
            one.refused |= asked_by(test, holds=False)

    def _test(self, test: nodes.Node) -> None:
        self._value(test)
        self._ask(test, used=False)

    def _for(self, tree: nodes.For) -> None:
        whole = self._value(tree.iter)
        items = tuple(item for what in whole for item in what.items) or (ANYTHING,)
        for what in whole:
            walks = what.items or what.is_anything or what.parts or what.by_code or is_text(what)
            if not walks or (is_text(what) and path_of(tree.iter)):
                self._fault(f"“{self._tag.source}”：{_called(tree.iter)}是{what.kind}，不是列表，不能循环。")
        followed = all(item.constant is not None for item in items)
        opened = _Open(self._tag, {"loop": (_LOOP,)}, asked=asked_by(tree.test), repeats=not followed)
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
                self._open.append(_Open(None, asked=asked_by(node.test)))
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
            self._fault(f"{_called(node.node)}是{whole[0].kind}，不能取其中的一段。")
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
        if any(_MACRO in scope.names.get(called.name, ()) for scope in self._open):
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

    def _print(self, expression: nodes.Node) -> None:
        """Tells of what has no one way to be written."""
        what = self._value(expression)[0]
        called = _called(expression)
        if what.is_anything:
            return
        if (kind := KINDS.get(what.kind)) and kind.filter:
            written = path_of(expression) or "（……）"
            self._fault(f"{called}是{what.kind}，要说明写法，写成“{written}|{kind.filter}”。")
        elif what.parts or what.items or what.by_code:
            advice = "请用循环，或“……|顿号”" if what.items else "请写到其中的一项"
            self._fault(f"{called}是{what.kind}，不能直接写出，{advice}。")
        elif what.kind == JUDGEMENT:
            self._fault(f"{called}是{what.kind}，不能直接写出，请写成“甲 if 条件 else 乙”。")

    def _ask(self, expression: nodes.Node, *, used: bool = True) -> None:
        """Tells of optional entries that `expression` needs and that no condition around it asks for."""
        around = frozenset(path for one in self._open for path in one.asked)
        for node, asked in needed(expression, around, used=used):
            if path := self._unasked(node, asked):
                self.told.unguarded.append((self._tag, path))

    def _unasked(self, node: nodes.Node, asked: Asked) -> str:
        """The shortest part of a chain that may be left out, unless something asks for it; empty where none."""
        found = self._quietly(node)
        if any(KINDS[one.kind].nothing is not None for one in found if one.kind in KINDS):
            return ""
        chain = [node]
        while isinstance(above := chain[-1], nodes.Getattr | nodes.Getitem):
            chain.append(above.node)
        for one in reversed(chain):
            if all(what.optional for what in self._quietly(one)) and not is_asked(path_of(one), asked):
                return path_of(one)
        return ""

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
    path = path_of(node)
    return f"“{path}”" if path else "这里的内容"


def _kind_of_constant(value: object) -> str:
    if isinstance(value, bool):
        return JUDGEMENT
    return "文字" if isinstance(value, str) else NUMBER
