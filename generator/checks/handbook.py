"""The edition's handbook of checks: every relation, what it compares and why it must hold; every rule for words."""

from __future__ import annotations

from collections.abc import Iterator

from generator.checks.kinds import KINDS
from generator.checks.wording import name_of
from generator.edition import Edition, ProseKind, ProseRule


def checks_handbook(edition: Edition) -> str:
    """All checks of `edition` as a page of Markdown."""
    return "\n".join(_lines(edition)) + "\n"


def _lines(edition: Edition) -> Iterator[str]:
    yield f"# {edition.title}：勾稽关系"
    yield ""
    yield f"共 {len(edition.checks)} 条，核对时逐条检查。级别为“错误”的，改正前不能生成（--draft 除外）；“提醒”供核对。"
    yield "以元填报，两边必须分毫不差；以万元填报，n 个数之和与合计允许相差 n × 0.005 万元以内（尾差）。"
    yield "应当相等的两个数，只因尾差印出来不一样的，另有提醒。"
    for check in edition.checks:
        yield ""
        yield f"## {check.code} {check.name}"
        yield ""
        yield f"- 级别：{check.severity.value}"
        yield f"- 内容：{KINDS[check.kind].statement(check)}"
        if check.only_if_zero:
            yield f"- 前提：{'、'.join(map(name_of, check.only_if_zero))} 都是 0。"
        yield f"- 理由：{check.reason}"
    if edition.prose:
        yield from ("", f"# {edition.title}：用语", "")
        yield f"共 {len(edition.prose)} 条，部门填的每段文字逐条检查。核实没有问题的，部门在“已核实用语”里写明。"
    for rule in edition.prose:
        yield from ("", f"## {rule.code} {rule.name}", "")
        yield f"- 级别：{rule.severity.value}"
        yield f"- 内容：{_SOUGHT[rule.kind]}{_details(rule)}"
        yield f"- 理由：{rule.reason}"
        yield f"- 示例：{rule.example}"


_SOUGHT = {
    ProseKind.WORDS: "不能出现的词",
    ProseKind.SELF: "不是本部门、下属单位的自称",
    ProseKind.YEAR: "不是本年、上年的年份，句子里没有说明的",
    ProseKind.COPIED: "与上年填报文件一字不差、又写着上年年份的话",
    ProseKind.DATE: "日历上没有的日期",
    ProseKind.PERCENTAGE: "过大的百分比",
    ProseKind.DECIMALS: "小数超过两位的金额和百分比",
    ProseKind.FIGURE: "与决算表、指标不一致的金额",
    ProseKind.DIRECTION: "与数的增减相反的原因",
    ProseKind.DOUBLED: "接连写了两次的词",
    ProseKind.CLASHING: "不能连用的标点",
    ProseKind.PAIRS: "不成对的括号、引号、书名号",
    ProseKind.HALF_WIDTH: "汉字之间的半角标点",
    ProseKind.IDENTITY_NUMBER: "身份证号（校验码相符的）",
    ProseKind.MOBILE_NUMBER: "手机号码",
    ProseKind.BANK_ACCOUNT: "银行账号",
    ProseKind.PERSON: "姓名",
}


def _details(rule: ProseRule) -> str:
    """What a rule adds to its kind: words, the right ones for them, a threshold, exceptions; with a full stop."""
    parts = [
        f"超过 {rule.threshold:.0%}" if rule.threshold is not None else "",
        "、".join(rule.words),
        "、".join(f"{wrong}（改为{right}）" for wrong, right in rule.instead.items()),
    ]
    said = "；".join(part for part in parts if part)
    unless = f"同一句里有{'、'.join(rule.unless)}的不算。" if rule.unless else ""
    return f"{f'：{said}' if said else ''}。{unless}"
