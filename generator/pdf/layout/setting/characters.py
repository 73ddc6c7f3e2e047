"""Kinds of characters: which font slot they take, where lines may break, what blank a full-width mark holds.

Sources: ECMA-376 part 1, 17.3.2.26 (font slots); 中文排版需求 (clreq) 3.1 (标点、避头尾、挤压、中西间距), GB/T 15834.
"""

import re
from enum import IntEnum
from functools import cache
from typing import NamedTuple


class Kind(IntEnum):
    """What a character is to line breaking. A quotation mark is OPEN or CLOSE if its glyph is full-width."""

    IDEOGRAPH = 0
    LETTER = 1
    DIGIT = 2
    SPACE = 3
    OPEN = 4  # （《“ with the left half blank
    CLOSE = 5  # ）》” with the right half blank
    STOP = 6  # ，。、；： with the right half blank
    MARK = 7  # ！？ whose blank is used only beside another mark
    DASH = 8  # — … which come in pairs
    MIDDLE = 9  # · ～
    LATIN_OPEN = 10
    LATIN_CLOSE = 11
    POSTFIX = 12  # % ‰ ℃ after a number
    PREFIX = 13  # ￥ ＄ before a number
    OBJECT = 14  # a picture
    TAB = 15
    BREAK = 16
    GLUE = 17  # no-break blanks and joiners
    ZERO = 18  # a place to break without width
    SIGN = 19  # signs inside numbers and words that take no space to Chinese: - / + =


_OPEN = "（《「『【〈〔〖｛［〘〚"
_CLOSE = "）》」』】〉〕〗｝］〙〛"
_STOP = "，。、；：．"
_MARK = "！？"
_DASH = "—…⋯―–"
_MIDDLE = "·～〜・‧•"
_POSTFIX = "%‰％℃℉°′″"
_PREFIX = "￥＄￡"
_LATIN_OPEN = "([{"
_LATIN_CLOSE = ")]},.;:!?"
_QUOTES_OPEN = "“‘"
_QUOTES_CLOSE = "”’"
_NUMBER_SIGNS = "+-−±≈≤≥<>=~×÷/\\¥$£€#@&_*"
_NO_START_IDEOGRAPHS = "々ゝゞヽヾーぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ／"

NO_LINE_START = frozenset(
    _CLOSE + _STOP + _MARK + _DASH + _MIDDLE + _POSTFIX + _LATIN_CLOSE + _QUOTES_CLOSE + _NO_START_IDEOGRAPHS
)
NO_LINE_END = frozenset(_OPEN + _PREFIX + _LATIN_OPEN + _QUOTES_OPEN)

# What a number does not part from (GB/T 15835 writes units after their number); the longest is looked for first.
_UNITS = (
    "亿元 万元 千元 百元 元 亿 万 倍 成 度 个百分点 "
    "万人次 人次 万人 人 名 位 万户 户 万家 家 万个 个 "
    "批次 批 万次 次 期 场 组 类 款 项 件 台 套 万辆 辆 篇 份 条 张 本 册 处 所 座 间 "
    "万平方米 平方米 平方公里 立方米 公里 千米 厘米 毫米 米 公顷 万吨 吨 公斤 千克 "
    "年 月 日 时 分 秒 天 周 岁"
)
UNITS = tuple(_UNITS.split())

_NUMBER_AND_UNIT = re.compile(
    r"[0-9０-９][%％‰]? ?(?:" + "|".join(sorted(UNITS, key=lambda unit: (-len(unit), unit))) + ")"
)
_WORD_APOSTROPHE = re.compile(r"(?<=[A-Za-z])[’'](?=[A-Za-z])")

# Characters that print nothing: joiners, direction marks, variation selectors, byte order marks.
INVISIBLE = frozenset("\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff\u2061") | {
    chr(code) for code in range(0xFE00, 0xFE10)
}

# With w:hint="eastAsia" these Latin-1 characters take the East Asian font (17.3.2.26).
_HINTED_LATIN_1 = frozenset("¡¤§¨ª\u00ad¯°±²³´¶·¸¹º¼½¾¿×÷")


@cache
def slot(char: str, east_asia_hint: bool) -> str:
    """The font slot of a character: ascii, hansi or east_asia."""
    code = ord(char)
    if code < 0x80:
        return "ascii"
    if 0x2E80 <= code < 0xA4D0 or 0xAC00 <= code < 0xD7B0 or 0xF900 <= code < 0xFB00 or code >= 0x1F200:
        return "east_asia"
    if 0xFE10 <= code < 0xFE20 or 0xFE30 <= code < 0xFE70 or 0xFF00 <= code < 0xFFF0 or 0x1100 <= code < 0x1200:
        return "east_asia"
    if not east_asia_hint:
        return "hansi"
    if code < 0x100:
        return "east_asia" if char in _HINTED_LATIN_1 else "hansi"
    hinted = 0x2B0 <= code < 0x500 or 0x2000 <= code < 0x2C00 or 0xE000 <= code < 0xF900
    return "east_asia" if hinted else "hansi"


def is_east_asian(char: str) -> bool:
    """Whether a character is always set in the East Asian font."""
    return slot(char, False) == "east_asia"


_KINDS: dict[str, Kind] = {
    **dict.fromkeys(_OPEN, Kind.OPEN),
    **dict.fromkeys(_CLOSE, Kind.CLOSE),
    **dict.fromkeys(_STOP, Kind.STOP),
    **dict.fromkeys(_MARK, Kind.MARK),
    **dict.fromkeys(_DASH, Kind.DASH),
    **dict.fromkeys(_MIDDLE, Kind.MIDDLE),
    **dict.fromkeys(_POSTFIX, Kind.POSTFIX),
    **dict.fromkeys(_PREFIX, Kind.PREFIX),
    **dict.fromkeys(_LATIN_OPEN, Kind.LATIN_OPEN),
    **dict.fromkeys(_LATIN_CLOSE, Kind.LATIN_CLOSE),
    **dict.fromkeys(_NUMBER_SIGNS, Kind.SIGN),
    **dict.fromkeys(_NO_START_IDEOGRAPHS, Kind.MIDDLE),
    **dict.fromkeys(" \u2002\u2003\u2004\u2005\u2006\u2008\u2009\u200a", Kind.SPACE),
    **dict.fromkeys("\u00a0\u2007\u202f\u2060\u2011", Kind.GLUE),
    "\u3000": Kind.SPACE,
    "\u200b": Kind.ZERO,
    "\u00ad": Kind.ZERO,
    "\t": Kind.TAB,
    "\n": Kind.BREAK,
    "\ufffc": Kind.OBJECT,
}


@cache
def kind(char: str, full_width: bool) -> Kind:
    """The kind of a character whose glyph is a whole em wide or not."""
    if char in _QUOTES_OPEN:
        return Kind.OPEN if full_width else Kind.LATIN_OPEN
    if char in _QUOTES_CLOSE:
        return Kind.CLOSE if full_width else Kind.LATIN_CLOSE
    known = _KINDS.get(char)
    if known is not None:
        wide_sign = full_width and char > "\x7f" and known in (Kind.POSTFIX, Kind.SIGN)
        return known if not wide_sign else Kind.MIDDLE if known is Kind.POSTFIX else Kind.IDEOGRAPH
    if "0" <= char <= "9":
        return Kind.DIGIT
    if is_east_asian(char) or ord(char) >= 0x2190 or (full_width and ord(char) >= 0x2000):
        return Kind.IDEOGRAPH
    return Kind.LETTER


class Pair(NamedTuple):
    """What stands between two neighbours; the lengths are in em of the first character.

    `gap` is added always (autospace, or less than nothing where two blanks meet), `shrink` is what may be taken away
    and `stretch` how much of the line's slack it takes. `may_break`: a line may end here. `latin` and `digits` say
    that `gap` is the space between Chinese and Western text, which a paragraph may switch off.
    """

    gap: float
    shrink: float
    stretch: float
    may_break: bool
    latin: bool = False
    digits: bool = False


_WESTERN = frozenset(
    {Kind.LETTER, Kind.DIGIT, Kind.SIGN, Kind.LATIN_OPEN, Kind.LATIN_CLOSE, Kind.POSTFIX, Kind.PREFIX, Kind.GLUE}
)
_CLOSING = frozenset({Kind.CLOSE, Kind.STOP, Kind.MARK})
_NO_START = frozenset(
    {Kind.CLOSE, Kind.STOP, Kind.MARK, Kind.DASH, Kind.MIDDLE, Kind.LATIN_CLOSE, Kind.POSTFIX, Kind.SPACE, Kind.GLUE}
)
NO_END = frozenset({Kind.OPEN, Kind.LATIN_OPEN, Kind.PREFIX, Kind.GLUE})
AUTOSPACE = 0.25


def _pair(first: Kind, second: Kind) -> Pair:
    may_break = second not in _NO_START and first not in NO_END and not (first in _WESTERN and second in _WESTERN)
    if first is Kind.BREAK or second is Kind.TAB or first is Kind.ZERO:
        may_break = True
    if first is Kind.TAB:
        may_break = False
    if first in (Kind.BREAK, Kind.TAB) or second in (Kind.BREAK, Kind.TAB, Kind.ZERO):
        return Pair(0.0, 0.0, 0.0, may_break)
    if first is Kind.SPACE:
        return Pair(0.0, 0.0, 0.0 if second is Kind.SPACE else 2.0, may_break)
    if (first in _CLOSING and second in _CLOSING) or (first is Kind.OPEN and second is Kind.OPEN):
        return Pair(-0.5 if first is not Kind.MARK or second is not Kind.MARK else 0.0, 0.0, 0.0, may_break)
    if first in (Kind.CLOSE, Kind.STOP, Kind.MARK) and second is Kind.OPEN:
        return Pair(-0.5, 0.0, 1.0, may_break)
    if first in (Kind.CLOSE, Kind.STOP) or second is Kind.OPEN:
        return Pair(0.0, 0.5, 1.0 if second is not Kind.SPACE else 0.0, may_break)
    if (first is Kind.DASH and second is Kind.DASH) or second is Kind.SPACE:
        return Pair(0.0, 0.0, 0.0, may_break)
    ideographs, other = (first, second) if first is Kind.IDEOGRAPH else (second, first)
    if ideographs is Kind.IDEOGRAPH and other in (Kind.LETTER, Kind.DIGIT, Kind.POSTFIX):
        return Pair(AUTOSPACE, 0.125, 1.0, may_break, other is Kind.LETTER, other is not Kind.LETTER)
    if (first in _WESTERN and second in _WESTERN) or first is Kind.OPEN:
        return Pair(0.0, 0.0, 0.0, may_break)
    return Pair(0.0, 0.0, 1.0, may_break)


PAIRS: tuple[tuple[Pair, ...], ...] = tuple(tuple(_pair(first, second) for second in Kind) for first in Kind)


def unbreakable(text: str) -> list[tuple[int, int]]:
    """Stretches (start, end) of a text inside which no line ends: numbers with their units, words with apostrophes."""
    found = [(match.start(), match.end()) for match in _NUMBER_AND_UNIT.finditer(text)]
    if "’" in text:
        found += [(match.start() - 1, match.end() + 1) for match in _WORD_APOSTROPHE.finditer(text)]
    return found


_UNIT_STARTS = frozenset(unit[0] for unit in UNITS)
_INSIDE_NUMBERS = frozenset("0123456789,.+-−±")


def break_harm(before: str, after: str) -> int:
    """How much harm it does to end a line between two characters of a word wider than the line; 0 is none.

    1: inside a word; 2: inside a number, or between it and its unit; 3: a mark would begin or end a line.
    """
    if before in NO_LINE_END or after in NO_LINE_START:
        return 3
    if (after.isdigit() and before in _INSIDE_NUMBERS) or (before.isdigit() and after in _UNIT_STARTS):
        return 2
    return 1 if before.isalnum() and after.isalnum() else 0
