"""Numbers and names of persons, and numbers of accounts, which may not be published."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from generator.checks.prose.slips import Slip
from generator.edition import ProseRule

_IDENTITY = re.compile(
    r"(?<![0-9A-Za-z])[1-9][0-9]{5}[ -]?(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])"
    r"[ -]?[0-9]{3}[0-9Xx](?![0-9A-Za-z])"
)
_MOBILE = re.compile(
    r"(?<![0-9A-Za-z.])(?:\+?86[ -]?)?1[3-9][0-9][ -]?[0-9]{4}[ -]?[0-9]{4}(?![0-9A-Za-z]|\.[0-9]|\s*[万亿元])"
)
_CARD = re.compile(r"(?<![0-9A-Za-z.])[0-9]{4}[ -]?[0-9]{4}[ -]?[0-9]{4}[ -]?[0-9]{4}[ -]?[0-9]{0,3}(?![0-9A-Za-z])")
_SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱郭何罗宋郑梁谢韩唐冯董萧曹袁邓许傅沈曾彭吕苏卢蒋蔡贾魏薛叶阎余潘杜戴"
    "夏钟汪姜谭廖邹熊陆孔崔邱秦顾侯邵孟龙尹钱汤黎贺龚莫"
)
"""The most frequent that begin few other words."""
_NAME = rf"(?:欧阳|司徒|上官|[{_SURNAMES}])[一-龥]{{1,2}}"
_LIST = re.compile(rf"(?<![一-龥]){_NAME}(?:、{_NAME}){{2,}}(?![一-龥])")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_LAST = "10X98765432"


def identity_numbers(text: str) -> Iterator[Slip]:
    """The numbers of identity cards in `text`: those whose check digit is right (GB 11643)."""
    for found in _IDENTITY.finditer(text):
        digits = re.sub("[ -]", "", found[0]).upper()
        if digits[-1] == _LAST[sum(w * int(d) for w, d in zip(_WEIGHTS, digits, strict=False)) % 11]:
            yield Slip(*found.span(), "里有身份证号，请删去。")


def mobile_numbers(text: str) -> Iterator[Slip]:
    """The numbers of mobile telephones in `text`."""
    return (Slip(*found.span(), "里有手机号码，请删去。") for found in _MOBILE.finditer(text))


def bank_accounts(rule: ProseRule, text: str) -> Iterator[Slip]:
    """The numbers of bank cards in `text` (by their check digit, ISO/IEC 7812), and what follows the rule's words."""
    spans = {found.span(1) for found in _numbers_after(rule.words).finditer(text)}
    spans |= {found.span() for found in _CARD.finditer(text) if _is_card(re.sub("[ -]", "", found[0]))}
    identities = {slip[:2] for slip in identity_numbers(text)}
    yield from (Slip(*span, "里有银行账号，请删去。") for span in sorted(spans) if span not in identities)


@lru_cache(maxsize=16)
def _numbers_after(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(map(re.escape, words))})[^0-9，。；]{{0,8}}([0-9][0-9 -]{{7,}}[0-9])")


def person_names(rule: ProseRule, text: str) -> Iterator[Slip]:
    """Names of persons in `text`: after the rule's words, and three or more in a list."""
    for found in _names_after(rule.words).finditer(text):
        yield Slip(*found.span(1), "里有姓名，请删去。")
    for found in _LIST.finditer(text):
        yield Slip(*found.span(), "像是姓名的名单，请删去。")


@lru_cache(maxsize=16)
def _names_after(words: tuple[str, ...]) -> re.Pattern[str]:
    before = rf"(?:{'|'.join(map(re.escape, words))})[为是有：:（(\s]*"
    return re.compile(rf"{before}({_NAME}(?:[、，]{_NAME})*)(?=[。；，、（）()：:\s0-9等]|电话|$)")


def _is_card(digits: str) -> bool:
    doubled = [int(digit) * (1 + index % 2) for index, digit in enumerate(reversed(digits))]
    return sum(number - 9 if number > 9 else number for number in doubled) % 10 == 0
