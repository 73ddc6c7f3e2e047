"""Numbers and names of persons, and numbers of accounts, which may not be published."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from generator.checks.prose.slips import Slip
from generator.edition import ProseRule

_GAP = "[ \\-–—·]?"
_IDENTITY = re.compile(rf"(?<![0-9A-Za-z])[1-9](?:{_GAP}[0-9]){{16}}{_GAP}[0-9Xx](?![0-9A-Za-z])")
_SAID_IDENTITY = re.compile(r"身份证(?:件|号|码|号码)*[为是：:\s]*([0-9]{17}[0-9Xx]|[0-9]{15})(?![0-9A-Za-z])")
"""One that is said to be, though its check digit may be mistyped, or that is old and has none."""
_BORN = re.compile(r"[1-9][0-9]{5}(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{3}[0-9X]")
_MOBILE = re.compile(
    rf"(?<![0-9A-Za-z.])(?:\+?86{_GAP})?1[3-9](?:{_GAP}[0-9]){{9}}(?![0-9A-Za-z]|[.,][0-9]|\s*[万亿元])"
)
_CARD = re.compile(rf"(?<![0-9A-Za-z.])[3-69](?:{_GAP}[0-9]){{15,18}}(?![0-9A-Za-z])")
_SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱郭何罗宋郑梁谢韩唐冯董萧曹袁邓许傅沈曾彭吕苏卢蒋蔡贾魏薛叶阎余潘杜戴"
    "夏钟汪姜谭廖邹熊陆孔崔邱秦顾侯邵孟龙尹钱汤黎贺龚莫"
)
"""The most frequent that begin few other words."""
_OTHER_SURNAMES = (
    "林高马方任石田于江金白丁万史毛康段雷易武乔赖文施牛洪樊殷温季俞章鲁葛韦申辛管祝左涂尚华柳霍向庄温麦区冼招"
)
"""Some that begin many: of names where others stand beside them, or after 联系人."""
_OF_TWO = "欧阳|司徒|上官|诸葛|司马"
_NAME = rf"(?:{_OF_TWO}|[{_SURNAMES}])[一-龥]{{1,2}}"
_ANY_NAME = rf"(?:{_OF_TWO}|[{_SURNAMES}{_OTHER_SURNAMES}])[一-龥]{{1,2}}"
_LIST = re.compile(
    rf"(?:(?<![一-龥])|(?<=[工员志表象户师为是由])){_ANY_NAME}(?:[、，, ] ?{_ANY_NAME}){{2,}}?(?=等|同志|[^一-龥]|$)"
)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_LAST = "10X98765432"


def identity_numbers(text: str) -> Iterator[Slip]:
    """The numbers of identity cards in `text`: those whose check digit is right (GB 11643)."""
    for found in _IDENTITY.finditer(text):
        digits = re.sub(_GAP, "", found[0]).upper()
        if (
            _BORN.fullmatch(digits)
            and digits[-1] == _LAST[sum(w * int(d) for w, d in zip(_WEIGHTS, digits, strict=False)) % 11]
        ):
            yield Slip(*found.span(), "里有身份证号，请删去。")
    for found in _SAID_IDENTITY.finditer(text):
        yield Slip(*found.span(1), "里有身份证号，请删去。")


def mobile_numbers(text: str) -> Iterator[Slip]:
    """The numbers of mobile telephones in `text`."""
    return (Slip(*found.span(), "里有手机号码，请删去。") for found in _MOBILE.finditer(text))


def bank_accounts(rule: ProseRule, text: str) -> Iterator[Slip]:
    """The numbers of bank cards in `text` (by their check digit, ISO/IEC 7812), and what follows the rule's words."""
    spans = {found.span(1) for found in _numbers_after(rule.words).finditer(text)}
    spans |= {found.span() for found in _CARD.finditer(text) if _is_card(re.sub(_GAP, "", found[0]))}
    identities = {slip[:2] for slip in identity_numbers(text)}
    yield from (Slip(*span, "里有银行账号，请删去。") for span in sorted(spans) if span not in identities)


@lru_cache(maxsize=16)
def _numbers_after(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(map(re.escape, words))})[^0-9，。；]{{0,8}}([0-9](?:{_GAP}[0-9]){{8,}})")


def person_names(rule: ProseRule, text: str) -> Iterator[Slip]:
    """Names of persons in `text`: after the rule's words, and three or more in a list."""
    for found in _names_after(rule.words).finditer(text):
        yield Slip(*found.span(1), "里有姓名，请删去。")
    for found in _LIST.finditer(text):
        names = re.split("[、，, ]+", found[0])
        if 2 * sum(bool(re.match(_NAME, name)) for name in names) >= len(names):
            yield Slip(*found.span(), "像是姓名的名单，请删去。")


@lru_cache(maxsize=16)
def _names_after(words: tuple[str, ...]) -> re.Pattern[str]:
    before = rf"(?:{'|'.join(map(re.escape, words))})[为是有：:（(\s]*"
    return re.compile(rf"{before}({_ANY_NAME}(?:[、，]{_ANY_NAME})*)(?=[。；，、（）()：:\s0-9等]|电话|$)")


def _is_card(digits: str) -> bool:
    doubled = [int(digit) * (1 + index % 2) for index, digit in enumerate(reversed(digits))]
    return sum(number - 9 if number > 9 else number for number in doubled) % 10 == 0
