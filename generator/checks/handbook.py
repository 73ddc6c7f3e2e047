"""The edition's handbook of checks: every relation, what it compares and why it must hold."""

from __future__ import annotations

from collections.abc import Iterator

from generator.checks.kinds import KINDS
from generator.checks.wording import name_of
from generator.edition import Edition


def checks_handbook(edition: Edition) -> str:
    """All checks of `edition` as a page of Markdown."""
    return "\n".join(_lines(edition)) + "\n"


def _lines(edition: Edition) -> Iterator[str]:
    yield f"# {edition.title}：勾稽关系"
    yield ""
    yield f"共 {len(edition.checks)} 条，核对时逐条检查。级别为“错误”的，改正前不能生成（--draft 除外）；“提醒”供核对。"
    yield "以元填报，两边必须分毫不差；以万元填报，n 个数之和与合计允许相差 n × 0.005 万元以内（尾差）。"
    for check in edition.checks:
        yield ""
        yield f"## {check.code} {check.name}"
        yield ""
        yield f"- 级别：{check.severity.value}"
        yield f"- 内容：{KINDS[check.kind].statement(check)}"
        if check.only_if_zero:
            yield f"- 前提：{'、'.join(map(name_of, check.only_if_zero))} 都是 0。"
        yield f"- 理由：{check.reason}"
