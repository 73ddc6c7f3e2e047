"""The tags of a template (`{{ … }}`, `{% … %}`), each with the paragraph that it stands in.

Word splits a tag over any number of runs; here a paragraph's text is whole. What docxtpl would lose or take for
something else without a word is a fault of the template here.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from generator.kinds import meant
from generator.narrative import KEYWORDS, TemplateFault
from generator.word import (
    PICTURES,
    ROW,
    STORIES,
    TABLE,
    Element,
    placed_paragraphs,
    quoted,
    rows,
    story_roots,
    words_of,
)
from generator.word import paragraphs as paragraphs_in

_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_STRAY = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}")
_OPEN_STATEMENT = re.compile(r"\{%(?:p|tr)?\s*(\w+)[^%}]*$")
_FULL_WIDTH = re.compile(r"[｛{][｛{％%]|[％%｝}][｝}]")
_SCOPE = re.compile("(p|tr|tc|r)(?= )")
_MISPLACED_SCOPE = re.compile(r"(p|tr)(?=\s+\w|[\u4e00-\u9fff]|(?:for|if|elif|else|endfor|endif|set)\b)")
_ASCII_QUOTES = str.maketrans("“”‘’", "\"\"''")
_QUOTED = 30
OPENING = {"for": "循环", "if": "条件", "with": "“with”", "macro": "宏", "set": "“set”"}
_CLOSING = {f"end{word}": word for word in OPENING}
_WITHIN = {"else": ("for", "if"), "elif": ("if",)}
_HALF_WIDTH = str.maketrans("｛｝％", "{}%")
_DRAWING = re.compile(r"画[表图]\s*\(")
_ALONE = {"p": "段", "tr": "行"}


@dataclass(frozen=True, slots=True)
class TaggedParagraph:
    """A paragraph of a part, with its own text only: that of a text box in it belongs to the box's paragraphs."""

    element: Element
    name: str
    """`第 12 段`, `第 1 个表格第 3 行第 2 格`, `页眉`."""
    text: str

    @property
    def place(self) -> str:
        """Where it stands, for people: its name and how it begins."""
        return f"{self.name}{quoted(self.text, _QUOTED)}"


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag: `content` is what stands between its braces, without the scope."""

    source: str
    paragraph: TaggedParagraph

    @property
    def scope(self) -> str:
        """`p` or `tr` for one that takes the place of its paragraph or row, empty for one within a text."""
        found = _SCOPE.match(self.source, 2)  # docxtpl: at once after the braces, then a blank
        return found[1] if found else ""

    @property
    def is_statement(self) -> bool:
        return self.source.startswith("{%")

    @property
    def is_comment(self) -> bool:
        return self.source.startswith("{#")

    @property
    def content(self) -> str:
        # docxtpl makes ASCII quotes of Chinese ones in tags.
        inner = self.source[2 + len(self.scope) : -2].translate(_ASCII_QUOTES)
        return inner.strip(" \n\t-+")

    @property
    def word(self) -> str:
        """The keyword of a statement; of one that is misspelt, what was meant."""
        written = self.content.split(None, 1)[0] if self.is_statement and self.content else ""
        return written if written in KEYWORDS else meant(written, KEYWORDS)

    @property
    def opens(self) -> bool:
        """Whether it is a statement that another one has to end."""
        return self.word in OPENING and (self.word != "set" or "=" not in self.content)

    @property
    def is_whole(self) -> bool:
        """Whether it ends before the next one begins."""
        return self.is_comment or not re.search(r"\{[{%]", self.source[2:-2])


def template_parts(document: Any) -> Iterator[tuple[str, Element]]:
    """The parts of a python-docx `document` that hold tags, as their names for people (empty: the body) and roots."""
    yield "", document.element.body
    yield from ((STORIES[kind], root) for kind, root in story_roots(document))


def paragraphs(root: Element, part: str = "") -> list[TaggedParagraph]:
    """All paragraphs below `root`, in their order, those of tables and text boxes too."""
    return [TaggedParagraph(element, name, words_of(element)) for element, name in placed_paragraphs(root, part)]


def tags_of(paragraph: TaggedParagraph) -> list[Tag]:
    """The tags of `paragraph`, in their order, comments too."""
    return [Tag(found[0], paragraph) for found in _TAG.finditer(_as_meant(paragraph.text))]


def _as_meant(text: str) -> str:
    """`text` with its tags as they were meant, so that one slip in a brace is told and not all that follows from it."""
    text = _FULL_WIDTH.sub(lambda found: found[0].translate(_HALF_WIDTH), text)
    return f"{text} %}}" if (found := _OPEN_STATEMENT.search(_TAG.sub("", text))) and found[1] in KEYWORDS else text


def words_between_tags(paragraph: TaggedParagraph) -> str:
    """The text of `paragraph` with a mark that no text may hold in place of each tag."""
    return _TAG.sub("\ufdd0", paragraph.text)


def tag_in_place_of(element: Element) -> Tag | None:
    """The tag that takes the place of the paragraph `element`; `None` where none does."""
    tags = tags_of(TaggedParagraph(element, "", words_of(element)))
    return next((tag for tag in tags if tag.scope == "p"), None)


def tag_faults(found: Iterable[TaggedParagraph]) -> Iterator[TemplateFault]:
    """What is wrong with how the tags of one part are placed and paired."""
    open_: list[Tag] = []
    tagged = [(paragraph, tags_of(paragraph)) for paragraph in found]
    following = deque(tag for _, tags in tagged for tag in tags)
    for paragraph, tags in tagged:
        if message := _text_fault(_TAG.sub("", paragraph.text)):
            yield TemplateFault(message, paragraph.place)
        for tag in tags:
            following.popleft()
            if message := _tag_fault(tag):
                yield TemplateFault(message, paragraph.place)
            if tag.is_statement:
                yield from _pair(tag, open_, following)
    yield from map(_unclosed, open_)


def _text_fault(text: str) -> str:
    """What is wrong with a paragraph's `text` outside its tags; empty where nothing is."""
    for wide in _FULL_WIDTH.findall(text):
        if not wide.isascii():
            return f"“{wide}”里有全角符号，标记要用半角的 {{{{ }}}} 和 {{% %}}。"
    if found := _STRAY.search(text):
        if found[0] in ("{{", "{%", "{#"):
            return f"“{found[0]}”开始的标记没有结束（缺少“{_counterpart(found[0])}”），一个标记要写在同一段里。"
        return f"多出“{found[0]}”：前面没有与它成对的“{_counterpart(found[0])}”。"
    return ""


def _counterpart(brace: str) -> str:
    return {"{{": "}}", "{%": "%}", "{#": "#}", "}}": "{{", "%}": "{%", "#}": "{#"}[brace]


def _tag_fault(tag: Tag) -> str:
    """What is wrong with where `tag` stands; empty where nothing is."""
    if not tag.is_whole:
        return f"“{tag.source}”里又开始了一个标记：前一个没有结束，缺少“{_counterpart(tag.source[:2])}”。"
    if _DRAWING.match(tag.content) and not _is_in_text(tag.paragraph):
        return f"“{tag.source}”只能放在正文里，不能放在页眉、页脚、脚注和文本框里。"
    if tag.content == "同上" and _is_in_first_row(tag):
        return "表格的第一行用了“同上”，上面没有一格可以合并，请写出内容。"
    if tag.scope in _ALONE:
        if not _is_alone(tag):
            unit = _ALONE[tag.scope]
            return f"“{tag.source}”要独占一{unit}：同一{unit}的其他内容会丢失，请移到别的{unit}。"
        if re.search("[%}]", tag.source[2:-2]):
            return f"“{tag.source}”里面不能有“%”和“}}”，请换一种写法。"
    elif tag.scope:
        return f"不能用“{tag.source[:2]}{tag.scope}”，只有独占一段的“p”和独占一行的“tr”可用。"
    elif not tag.is_comment and _DRAWING.match(tag.content):
        return f"“{tag.source}”要独占一段，并写成“{{{{p {tag.content} }}}}”。"
    elif found := _MISPLACED_SCOPE.match(tag.content):
        return f"“{tag.source}”里的“{found[1]}”要紧跟在“{tag.source[:2]}”后面，它的后面再空一格（半角）。"
    return ""


def _is_in_text(paragraph: TaggedParagraph) -> bool:
    """Whether `paragraph` belongs to the body, and to no text box in it."""
    return paragraph.name.startswith("第") and "文本框" not in paragraph.name


def _is_in_first_row(tag: Tag) -> bool:
    row = _above(tag.paragraph.element, ROW)
    table = None if row is None else _above(row, TABLE)
    return table is not None and rows(table)[0] is row


def _is_alone(tag: Tag) -> bool:
    element = tag.paragraph.element
    if tag.scope == "tr":
        row = _above(element, ROW)
        return (
            row is not None and _as_meant("".join(map(words_of, paragraphs_in(row, boxed=True)))).strip() == tag.source
        )
    # A picture would be lost with its paragraph; a break is kept.
    return _as_meant(tag.paragraph.text).strip() == tag.source and next(element.iter(*PICTURES), None) is None


def _pair(tag: Tag, open_: list[Tag], following: Iterable[Tag]) -> Iterator[TemplateFault]:
    """Opens or closes what `tag` opens or closes; `open_` are the ones still open, `following` the tags after it."""
    word, place = tag.word, tag.paragraph.place
    opened = opener_of(tag, open_)
    if tag.opens:
        open_.append(tag)
    elif word in _CLOSING:
        if _is_mistaken(tag, open_, opened, following):
            mistaken = open_.pop()
            message = (
                f"“{tag.source}”结束不了{mistaken.paragraph.name}的“{mistaken.source}”，应写成“{_end_of(mistaken)}”。"
            )
            yield TemplateFault(message, place)
            return
        if opened is None:
            inner = f"，最近打开的是{open_[-1].paragraph.name}的“{open_[-1].source}”" if open_ else ""
            message = f"“{tag.source}”没有可结束的{OPENING[_CLOSING[word]]}{inner}，请检查开头和结尾是否成对。"
            yield TemplateFault(message, place)
            return
        yield from map(_unclosed, open_[opened + 1 :])
        del open_[opened + 1 :]
        yield from _same_container(open_.pop(), tag)
    elif word in _WITHIN:
        if opened is None:
            yield TemplateFault(f"“{tag.source}”不在条件里，请检查前面的“if”。", place)
        else:
            yield from _same_container(open_[opened], tag)


def opener_of(tag: Tag, open_: Sequence[Tag]) -> int | None:
    """Which of the statements that are `open_` it is that `tag` ends, or that it is a branch of.

    The last of its kind, and of those one that is written as `tag` is: so one that was never ended does not take the
    ends of others. A tag within a text looks no further than the last one that stands for a paragraph or row.
    """
    wanted = _WITHIN.get(tag.word) or (_CLOSING.get(tag.word, ""),)
    if tag.word in _CLOSING and not tag.content.startswith(tag.word):
        wanted = tuple(OPENING)  # a misspelt end may be that of anything
    found = None
    for index in reversed(range(len(open_))):
        if open_[index].word in wanted:
            if open_[index].scope == tag.scope:
                return index
            found = index if found is None else found
        if open_[index].scope and not tag.scope:
            break
    return found


def _same_container(opening: Tag, tag: Tag) -> Iterator[TemplateFault]:
    """A fault where `tag` stands in another paragraph, table or cell than what it belongs to."""
    if opening.scope != tag.scope:
        message = f"“{tag.source}”与{opening.paragraph.name}的“{opening.source}”写法不同："
        yield TemplateFault(message + "开头和结尾要么都写“p”（或“tr”），要么都不写。", tag.paragraph.place)
    elif _container(opening) is not _container(tag):
        where = {"": "同一段", "p": "同一处（同在正文，或同在一格）", "tr": "同一个表格"}[tag.scope]
        message = f"“{tag.source}”与{opening.paragraph.name}的“{opening.source}”要在{where}里。"
        advice = "跨段的写成独占一段的“{%p … %}”。" if not tag.scope else ""
        yield TemplateFault(message + advice, tag.paragraph.place)


def _container(tag: Tag) -> Element | None:
    """What a statement and its end must both stand in."""
    element = tag.paragraph.element
    if tag.scope == "tr":
        return _above(element, TABLE)
    return element.getparent() if tag.scope == "p" else element


def _above(element: Element, name: str) -> Element | None:
    return next(element.iterancestors(name), None)


def _is_mistaken(tag: Tag, open_: Sequence[Tag], opened: int | None, following: Iterable[Tag]) -> bool:
    """Whether `tag`, which ends the one that `opened`, was to end the last one: nothing else does, and another one
    ends what it would end."""
    if not open_ or opened == len(open_) - 1 or open_[-1].scope != tag.scope or _are_ended(open_, following):
        return False
    return opened is None or _are_ended(open_[: opened + 1], following)


def _are_ended(open_: Sequence[Tag], following: Iterable[Tag]) -> bool:
    """Whether the tags `following` end the last of the `open_` ones, and all around it that end alike."""
    *outer, last = open_
    depth = ends = 0
    for tag in (one for one in following if one.is_statement and one.scope == last.scope):
        if tag.opens and tag.word == last.word:
            depth += 1
        elif _CLOSING.get(tag.word) == last.word:
            depth, ends = max(depth - 1, 0), ends + (not depth)
    return ends > sum(one.word == last.word and one.scope == last.scope for one in outer)


def _end_of(tag: Tag) -> str:
    return f"{{%{tag.scope} end{tag.word} %}}"


def _unclosed(tag: Tag) -> TemplateFault:
    end = _end_of(tag)
    where = {"p": "后面另起一段", "tr": "同一表格后面另起一行"}.get(tag.scope, "同一段里")
    message = f"这里的“{tag.source}”打开了{OPENING[tag.word]}，后面没有“{end}”结束它，请在{where}补上。"
    return TemplateFault(message, tag.paragraph.place)
