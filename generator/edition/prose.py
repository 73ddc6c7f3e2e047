"""Rules for a department's words (用语): what may not stand in them, in a vocabulary of a few kinds."""

from __future__ import annotations

from enum import Enum

from pydantic import model_validator

from generator.edition.checks import Percent
from generator.findings import RelationCode, Severity
from generator.reading import Specification, Texts, word


class ProseKind(Enum):
    """What a rule looks for."""

    WORDS = "禁用词"  # words that may not be there
    SELF = "自称"  # a name for itself that is not this department's
    YEAR = "年份"  # a year other than this and last that nothing explains
    COPIED = "照抄上年"  # a sentence of last year's file that still names its year
    DATE = "日期"  # a day that there is not
    PERCENTAGE = "百分比"  # a percentage beyond the threshold
    DECIMALS = "小数"  # more than two decimals
    FIGURE = "数"  # a figure that says something else than the tables
    DIRECTION = "增减"  # a reason that goes the other way than its figure
    DOUBLED = "重复"  # words written twice on end
    CLASHING = "连标点"  # marks that cannot stand together
    PAIRS = "成对"  # brackets and quotation marks without their other half
    HALF_WIDTH = "半角"  # half-width marks among Chinese
    IDENTITY_NUMBER = "身份证号"
    MOBILE_NUMBER = "手机号"
    BANK_ACCOUNT = "银行账号"
    PERSON = "人名"  # names of persons in lists


_BY_WORDS = (ProseKind.WORDS, ProseKind.SELF, ProseKind.BANK_ACCOUNT, ProseKind.PERSON)
"""Kinds that look for words, or after words, of the edition."""


class ProseRule(Specification):
    """One rule, with all that is said of it where it is broken."""

    code: RelationCode = word("代码", "一个大写字母加三四位数字，不能重复", pattern=r"^[A-Z]\d{3,4}$")
    name: str = word("名称", "说的是什么毛病")
    kind: ProseKind = word("类型", "查什么，是下面的一种")
    severity: Severity = word("级别", "`错误` 或 `提醒`；不写就是 `错误`", default=Severity.ERROR)
    reason: str = word("理由", "为什么不能这样写", min_length=4)
    """Why it is wrong: a sentence of the edition's handbook, and of the finding."""
    example: str = word("示例", "有这个毛病的一句话", min_length=1)
    words: Texts = word(
        "词语", "禁用词：不能出现的词；自称：各种自称；百分比：百分数前面的词；银行账号、人名：前面的词", default=()
    )
    instead: dict[str, str] = word("改为", "禁用词：不能出现的词，各改成什么", default={})
    unless: Texts = word("除外", "同一句里有这些词，就不算", default=())
    """Words that make it right where they stand in the same sentence."""
    threshold: Percent | None = word("阈值", "百分比：最大是多少", default=None)

    @model_validator(mode="after")
    def _has_what_its_kind_needs(self) -> ProseRule:
        if self.instead and self.kind is not ProseKind.WORDS:
            raise ValueError("只有“禁用词”可以写“改为”。")
        if self.words and self.kind not in (*_BY_WORDS, ProseKind.PERCENTAGE):
            raise ValueError(f"“{self.kind.value}”不能写“词语”。")
        if self.kind in _BY_WORDS and not (self.words or self.instead):
            raise ValueError(f"“{self.kind.value}”要写“词语”。")
        for listed in ((*self.words, *self.instead), self.unless):
            if "" in map(str.strip, listed):
                raise ValueError("有一个词是空的，请补上或删去。")
            if twins := [one for one in listed if listed.count(one) > 1]:
                raise ValueError(f"“{twins[0]}”写了两次，请只留一个。")
        if needless := set(self.unless) & {*self.words, *self.instead}:
            raise ValueError(f"“{needless.pop()}”又是要查的词，又写在“除外”里，永远查不出，请删去一处。")
        for wrong, right in self.instead.items():
            if not right.strip() or right == wrong:
                raise ValueError(f"“{wrong}”要写明改成什么。")
        if (self.threshold is not None) != (self.kind is ProseKind.PERCENTAGE):
            raise ValueError("“百分比”要写“阈值”，其他类型不能写。")
        return self


class ProseFile(Specification):
    """`用语.yaml`."""

    rules: tuple[ProseRule, ...] = word("用语", "部门填的文字里要查的各种毛病")
