"""Following the statements of a template's tags: what each branch and loop knows, asks for, and places.

Every branch is followed, those that no example reaches too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from jinja2 import nodes

from generator.filling import Tag, opener_of
from generator.kinds import ANYTHING, KINDS, TEXT, Name
from generator.narrative import parse_tag, syntax_fault
from generator.template.asking import Asked, asked_by, is_asked, needed, path_of
from generator.template.expressions import MACRO, Expressions, Open, Possible, called_in
from generator.template.operations import JUDGEMENT, is_text

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


class Follower(Expressions):
    """Follows the tags of one part of a template after the other, in their order."""

    def follow(self, tags: Iterable[Tag]) -> None:
        """Follows the tags of one part; nothing that it opens stays open."""
        self._open, self._unbound = [Open(None)], []
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
            self._open.append(Open(tag, names_unknown=True))
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
                self._open.append(Open(tag, number=self._conditions, asked=asked, refused=refused))
            case nodes.Assign():
                self._ask(tree.node, used=False)
                self._bind(self._scope().names, tree.target, self._value(tree.node))
            case nodes.AssignBlock():
                self._bind(self._scope().names, tree.target, (TEXT,))
                self._open.append(Open(tag))
            case nodes.With():
                opened = Open(tag)
                for target, value in zip(tree.targets, tree.values, strict=True):
                    self._bind(opened.names, target, self._value(value))
                self._open.append(opened)
            case nodes.Macro():
                self._scope().names[tree.name] = (MACRO,)
                self._open.append(Open(tag, {argument.name: (ANYTHING,) for argument in tree.args}))
            case _:
                self._fault(f"“{tag.source}”应写成“set 名称 = 内容”。")

    def _scope(self) -> Open:
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
                self._fault(f"“{self._tag.source}”：{called_in(tree.iter)}是{what.kind}，不是列表，不能循环。")
        followed = all(item.constant is not None for item in items)
        opened = Open(self._tag, {"loop": (_LOOP,)}, asked=asked_by(tree.test), repeats=not followed)
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

    def _print(self, expression: nodes.Node) -> None:
        """Tells of what has no one way to be written."""
        what = self._value(expression)[0]
        called = called_in(expression)
        if what.is_anything:
            return
        kind = KINDS.get(what.kind)
        if kind and (filter_ := self._unit if kind.is_amount and kind.is_number else kind.filter):
            written = path_of(expression) or "（……）"
            self._fault(f"{called}是{what.kind}，要说明写法，写成“{written}|{filter_}”。")
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
