"""What people mistype in a YAML file, found line by line: all of it at once, whatever YAML stumbled over first.

Asked only for a file that cannot be read as it stands, so that a guess here never refuses a right one.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from generator.findings import Code, Finding, Place
from generator.reading.entries import ITEM, KEY, TEXT, Entry
from generator.reading.lines import Lines
from generator.reading.signs import LIKE_NAME, Mistake, ends_sentence, mistake_in

_STEP = 2
_SHOWN = 20
_OR_TEXT = "；本来就是文字的，给整段文字加引号。"
_COLON = "这里用了全角冒号，请改成半角的“:”，后面空一格，如“名称: 内容”" + _OR_TEXT
_MISTAKES = {
    Mistake.FULL_WIDTH_COLON: _COLON,
    Mistake.TIGHT_COLON: "冒号后面少了一个空格，请写成“名称: 内容”" + _OR_TEXT,
    Mistake.FULL_WIDTH_DASH: "这里用了全角的横线，请改成半角的“-”，后面空一格，如“- 内容”" + _OR_TEXT,
    Mistake.TIGHT_DASH: "“-”后面少了一个空格，请写成“- 内容”" + _OR_TEXT,
    Mistake.NUMBERING: (
        "这一行会和上一行连成一段：另起一项的，前面加“- ”（不用写编号）；是同一段的，和上一行写在一行里。"
    ),
}
_CODES = {Mistake.NUMBERING: Code.RUN_TOGETHER}
_RUN_TOGETHER = "这一行会和上一行连成一段文字：请检查它的缩进、“- ”和冒号；本来就是一段的，写在一行里或加引号。"
NEXT_ITEM = "这一行会和上一行连成一段：另起一项的，前面加“- ”；本来就是一段的，写在一行里，或给整段文字加引号。"
_NO_COLON = "这一行缺少冒号，请写成“名称: 内容”（冒号用半角，后面空一格）；是上一行的文字的，和它写在一行里。"
_WRAPPED = "这一行前面没有名称：是上一行的文字的，和它写在一行里；另是一项的，写成“名称: 内容”。"
_NUMBER_FOR_DASH = "列表的每一项前面加“- ”，不用写编号。"
_NEEDLESS_DASH = "这一行有“- ”，同级的各行没有：不是列表的，请删去；是列表的，其他各行与“- ”后面的文字左边对齐。"
_NO_DASH = "这一行前面缺少“- ”：列表的每一项都以“- ”开头；是上一项的内容的，与上一项“- ”后面的文字左边对齐。"
_OR_NAME = "是名称的，后面写冒号。"
_LONE_DASH = "“-”不是数：没有发生的填 0；不用填的，把“-”删去。"
_COLON_IN_TEXT = "文字里有冒号加空格，请给整段文字加引号，或改成全角的“：”；写了两项的，分成两行。"
_AFTER_QUOTE = "引号后面还有别的字：请给整段文字加引号，里面的引号改成中文的“ ”。"
_AFTER_BRACKET = "括号后面还有别的字：文字以“[”“{”开头的，给整段文字加引号；不然请检查括号是否成对。"
_BEGINS_WITH_SIGN = "文字不能以“>”“|”开头，请给整段文字加引号。"
BACKSLASH = "双引号里的反斜杠“\\”连着后面的字会变成别的：是文件名的，改成“/”；是文字的，把双引号改成单引号。"
_OPEN_QUOTE = "引号没有成对，请检查这段文字的开头和结尾。"
_OPEN_BRACKET = "括号没有成对，或括号里缺少逗号，请检查 { } 和 [ ]。"
_BRACKET_CUT = "“ #”后面的字不算在内，括号就没有了另一半：给有“ #”的文字加引号，或去掉“#”前面的空格。"
_COMMA = "这里用了全角逗号，请改成半角的“,”；本来就是文字的，给这段文字加引号。"
_BRACKETS = "这里用了全角括号，请改成半角的 { } 或 [ ]；本来就是文字的，给整段文字加引号。"
_TABS = "这里用了制表符（Tab）缩进，请改用空格。"
_WIDE_BLANKS = "这里用了全角空格或不换行空格缩进，请改用半角空格。"

_START_IN_BRACKETS = re.compile(r"(?:^|[{\[,，])[ \t]*(?=[^\s{\[,，])")
_COMMA_IN_BRACKETS = re.compile(r"(?P<sign>，)[ \t]*(?:[^\s:：,，。;；]+[:：]|\"|'|$)|(?<=[\"'\]}])[ \t]*(?P<tight>，)")
_COLON_BEHIND_QUOTE = re.compile(r"[\"'][ \t]*(?P<sign>：)")


class Mistyping(NamedTuple):
    """One of them, at its place; lines and columns count from 0."""

    line: int
    column: int
    message: str
    code: Code = Code.NOT_YAML


def find_slips(text: str) -> list[Mistyping]:
    """All slips of `text`, in the order of their places."""
    lines = Lines(text)
    found = {
        Mistyping(line, column, _TABS if lines.lines[line][column] == "\t" else _WIDE_BLANKS)
        for line, column in lines.odd_blanks.items()
    }
    odd: set[Entry] = set()
    for parent, entries in lines.families():
        found.update(_of_family(parent, entries, lines, odd))
        for entry in entries:
            found.update(_of_value(entry, lines))
            found.update(_of_brackets(entry))
            found.update(_of_continued(entry))
    return sorted(found)


def as_findings(slips: Iterable[Mistyping], text: str, name: str) -> list[Finding]:
    """One finding for all slips of a kind, which shows the words of each place. `name`: of the file."""
    lines = text.splitlines()
    places: defaultdict[tuple[str, Code], list[Place]] = defaultdict(list)
    for slip in slips:
        words = lines[slip.line].strip() if slip.line < len(lines) else ""
        shown = words if len(words) <= _SHOWN else words[:_SHOWN] + "……"
        places[slip.message, slip.code].append(Place(name, slip.line + 1, slip.column + 1, shown))
    return [Finding(code, message, tuple(found)) for (message, code), found in places.items()]


def run_together(line: int, column: int) -> Mistyping:
    """The slip of a line that YAML joins to the one above it, where no other is found in it."""
    return Mistyping(line, column, _RUN_TOGETHER, Code.RUN_TOGETHER)


def _of_family(parent: Entry, entries: list[Entry], lines: Lines, odd: set[Entry]) -> Iterator[Mistyping]:
    """Slips by which entries do not go together. A text with a colon that stands alone may be just a text."""
    items = [entry for entry in entries if entry.mark == ITEM and entry.line not in lines.odd_blanks]
    is_list = bool(items) and not _is_one_among_names(items, entries)
    if not any(entry.line in lines.odd_blanks for entry in entries):
        yield from _misplaced(parent, entries, lines, odd)
    mistyped = [entry for entry in entries if entry.mistyped]
    are_entries = len(mistyped) > 1 or any(entry.mark != TEXT and not entry.mistyped for entry in entries)
    for entry in entries:
        if entry.mistyped and (entry.mistyped.is_dash or (are_entries and len(entries) > 1)):
            yield _mistyped(entry.line, entry.sign_column, entry.mistyped)
        elif entry.line in lines.odd_blanks:
            continue
        elif entry.mark == TEXT and (are_entries or entry.below):
            yield Mistyping(entry.line, entry.column, _unmarked(entry, is_list))
        elif entry.mark == KEY and is_list and (entry.depth == items[0].depth or entry is entries[0]):
            yield Mistyping(entry.line, entry.column, _NUMBER_FOR_DASH if _is_numbered(entry.name) else _NO_DASH)
        elif entry.mark == ITEM and not is_list:
            yield Mistyping(entry.line, entry.column, _NEEDLESS_DASH)


def _is_one_among_names(items: list[Entry], entries: list[Entry]) -> bool:
    """Whether a single item stands among names."""
    return len(items) == 1 and sum(entry.mark == KEY and entry.depth == items[0].depth for entry in entries) > 1


def _unmarked(entry: Entry, is_list: bool) -> str:
    """What is told of a text among entries that are items, or names with their content."""
    if is_list and _is_numbered(entry.value):
        return _NUMBER_FOR_DASH
    if is_list:
        return _NO_DASH + (_OR_NAME if LIKE_NAME.fullmatch(entry.value) else "")
    return _NO_COLON if entry.below or LIKE_NAME.fullmatch(entry.value) else _WRAPPED


def _is_numbered(text: str) -> bool:
    return Mistake.NUMBERING.value.match(text) is not None


def _misplaced(parent: Entry, entries: list[Entry], lines: Lines, odd: set[Entry]) -> Iterator[Mistyping]:
    """Those that do not stand below each other, which become `odd`."""
    if parent in odd and entries[0].line == parent.line:
        entries = entries[1:]  # the first one's place is the item's
    if len({entry.depth for entry in entries}) < 2:
        return
    wanted = _wanted_depth(parent, entries, lines)
    is_list = any(entry.mark == ITEM for entry in entries)
    for entry in entries:
        surplus = entry.depth - wanted
        if not surplus or entry.mark == TEXT or (is_list and entry.mark == KEY and surplus == _STEP):
            continue
        odd.add(entry)
        if surplus == 1 and entry.mark == KEY and _has_comment(lines, wanted):
            message = "这一行比同级的各行多一个空格，请删去：是不是只删了“#”，没有删后面的空格？"
        elif surplus > 0:
            message = _too_deep(surplus)
        else:
            message = f"这一行比同级的各行少缩进 {-surplus} 格，请左边对齐。"
        yield Mistyping(entry.line, entry.column, message)


def _wanted_depth(parent: Entry, entries: list[Entry], lines: Lines) -> int:
    """How far `entries` should be indented: as the usual ones, or as those on both sides of each that is not."""
    depths = [entry.depth for entry in entries]
    usual = parent.depth + _STEP if parent.depth >= 0 else 0
    if usual in depths and usual + 1 in depths and _has_comment(lines, usual):
        return usual
    around = zip(depths, depths[1:], depths[2:], strict=False)
    inside = [depth for before, depth, after in around if depth == before or before != after]
    if len(straight := {depths[0], *inside, depths[-1]}) == 1:
        return straight.pop()
    (most, count), *_ = Counter(depths).most_common(1)
    return most if usual not in depths or (count > 2 and count == len(depths) - 1) else usual


def _has_comment(lines: Lines, depth: int) -> bool:
    """Whether a line that far in is a comment."""
    return any(re.match(rf" {{{depth}}}#", line) for line in lines.lines)


def _too_deep(surplus: int) -> str:
    return f"这一行比同级的各行多缩进 {surplus} 格，请左边对齐；要作为上一行的下级的，上一行要以冒号结尾。"


def _of_value(entry: Entry, lines: Lines) -> Iterator[Mistyping]:
    """Slips in what follows a key or an item on its line."""
    value, place = entry.value, (entry.line, entry.value_column)
    if entry.is_unclosed:
        is_cut = " #" in lines.lines[entry.line]
        quote = BACKSLASH if value.startswith('"') and value.endswith('\\"') else _OPEN_QUOTE
        yield Mistyping(*place, quote if value[0] in "\"'" else _BRACKET_CUT if is_cut else _OPEN_BRACKET)
    elif entry.rest:
        yield Mistyping(*place, _AFTER_QUOTE if value[0] in "\"'" else _AFTER_BRACKET)
    elif value[:1] in ("|", ">") and not entry.is_block:
        yield Mistyping(*place, _BEGINS_WITH_SIGN)
    elif value == "-" and entry.mark == KEY:
        yield Mistyping(*place, _LONE_DASH, Code.LONE_DASH)
    elif value[:1] in ("｛", "［"):
        yield Mistyping(*place, _BRACKETS)
    elif entry.is_plain and entry.mark == KEY and (colon := re.search(r":(?=[ \t]|$)", value)):
        yield Mistyping(entry.line, entry.value_column + colon.start(), _COLON_IN_TEXT)


def _of_brackets(entry: Entry) -> Iterator[Mistyping]:
    """Slips inside of { } and [ ]."""
    for line, column, words in entry.brackets:
        for sign in _COMMA_IN_BRACKETS.finditer(words):
            yield Mistyping(line, column + max(sign.start("sign"), sign.start("tight")), _COMMA)
        if entry.value.startswith("[") and "," not in words:
            yield from (Mistyping(line, column + comma.start(), _COMMA) for comma in re.finditer("，", words))
        for sign in _COLON_BEHIND_QUOTE.finditer(words):
            yield Mistyping(line, column + sign.start("sign"), _COLON)
        if entry.value.startswith("{"):
            for start in _START_IN_BRACKETS.finditer(words):
                if (found := mistake_in(words, start.end())) and found[0].is_colon:
                    yield _mistyped(line, column + found[1].start("sign"), found[0])


def _of_continued(entry: Entry) -> Iterator[Mistyping]:
    """Slips in lines that would be read as more of the text of `entry`, and those of their kind where it begins."""
    mistakes = set()
    for before, line in zip([entry, *entry.continued], entry.continued, strict=False):
        if entry.mark == ITEM and ends_sentence(before.value):
            yield Mistyping(line.line, line.column, NEXT_ITEM, Code.RUN_TOGETHER)
        elif found := mistake_in(line.value):
            mistakes.add(found[0])
            yield _mistyped(line.line, line.column + found[1].start("sign"), found[0])
            # A name is most often one blank off; a paragraph that goes on is further in.
            if found[0].is_colon and entry.mark == KEY and line.depth == entry.depth + 1:
                yield Mistyping(line.line, line.column, _too_deep(1))
    if entry.mistyped and entry.mistyped in mistakes:
        yield _mistyped(entry.line, entry.sign_column, entry.mistyped)
    elif entry.mark != KEY and (own := mistake_in(entry.value)) and own[0] in mistakes:
        yield _mistyped(entry.line, entry.value_column + own[1].start("sign"), own[0])


def _mistyped(line: int, column: int, mistake: Mistake) -> Mistyping:
    return Mistyping(line, column, _MISTAKES[mistake], _CODES.get(mistake, Code.NOT_YAML))
