"""A department's words: what may not be published is said with its line, what is right is not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from departments import EXAMPLE, EXAMPLE_OF_2019, example, replaced, written

from generator import Finding, Severity, check, load
from generator.edition import ProseKind, load_edition

REASON = "落实中央八项规定精神和厉行节约的要求，从严控制“三公”经费开支"
"""A phrase of the example, about nothing in particular."""

Said = Callable[..., list[Finding]]


@pytest.fixture
def said(tmp_path: Path) -> Said:
    """What is found in the example once it says `text` in place of a phrase; `entries`: others at the top."""

    def found(text: str, **entries: object) -> list[Finding]:
        data = example() | entries
        data["三公经费"]["总体情况"] = text
        return check(load(written(tmp_path, data)))

    return found


def codes(findings: list[Finding]) -> list[str]:
    return [finding.code for finding in findings]


def by_rule(text: str) -> str:
    """The code of the rule of gz-2020 that is called so."""
    return next(rule.code for rule in load_edition("gz-2020").prose if rule.name == text)


@pytest.mark.parametrize("file", [EXAMPLE, EXAMPLE_OF_2019], ids=lambda file: file.stem)
def test_nothing_is_said_of_the_examples(file: Path):
    assert check(load(file)) == []


def test_what_is_left_of_a_form_is_an_error_with_its_line(run, tmp_path):
    file = tmp_path / "填报.yaml"
    file.write_text(replaced((REASON, "开支比上年增加（减少）")), encoding="utf-8")
    line = file.read_text(encoding="utf-8").split("增加（减少）")[0].count("\n") + 1
    result = run("check", file)
    assert result.status == 1
    assert "没有填完的地方：“开支比上年增加（减少）”里有“增加（减少）”，请补上、改正或删去。" in result.out
    assert f"填报.yaml:{line}:" in result.out and "三公经费 › 总体情况" in result.out


def test_the_line_is_that_of_the_words_in_a_text_of_several_lines(run, tmp_path):
    file = tmp_path / "填报.yaml"
    lines = "工作完成概述:\n      - |-\n        全区政务服务系统运行平稳。\n        全年服务群众待补充人次。\n      - "
    file.write_text(replaced(("工作完成概述:\n      - ", lines)), encoding="utf-8")
    line = file.read_text(encoding="utf-8").split("待补充")[0].count("\n") + 1
    assert f"填报.yaml:{line}:" in run("check", file).out


def test_a_latin_word_is_no_part_of_a_longer_one(said):
    assert codes(said("向XX镇采购")) == ["C101"]
    assert codes(said("采购XXL号防护服")) == []


# Answers


def test_what_the_department_has_confirmed_is_not_said_again(said):
    text = "采购“某某之家”宣传品"
    assert codes(said(text)) == ["C101"]
    assert said(text, 已核实用语={"“某某之家”": "是宣传品的名称"}) == []


def test_an_answer_holds_for_its_own_words_alone(said):
    assert codes(said("采购“某某之家”宣传品，另有某某项目", 已核实用语={"“某某之家”": "是名称"})) == []
    assert codes(said("采购某某之家宣传品", 已核实用语={"“某某之家”": "是名称"})) == ["C101", "A112"]


def test_an_answer_needs_its_reason(run, tmp_path):
    file = written(tmp_path, example() | {"已核实用语": {"某某之家": ""}})
    assert "“某某之家”后面要写明为什么没有问题。" in run("check", file).out


def test_an_answer_that_nothing_asks_for_is_a_reminder(said):
    (finding,) = said(REASON, 已核实用语={"某某之家": "是名称"})
    assert (finding.code, finding.severity) == ("A112", Severity.WARNING)
    assert finding.places[0].line


# The edition's own rules


def test_a_bureau_adds_rules_of_its_own(run, tmp_path):
    run("edition", "new", "gz-2021", "--from", "gz-2020", "--editions", tmp_path / "版本")
    file = tmp_path / "版本" / "data_specs" / "gz-2021" / "用语.yaml"
    rule = "代码: C901, 名称: 旧名称, 类型: 禁用词, 改为: {老街办: 街道办}, 理由: 机构已经改名。, 示例: 老街办"
    file.write_text(f"沿用: 是\n用语:\n  - {{{rule}}}\n", encoding="utf-8")
    data = example() | {"版本": "gz-2021", "年度": "2021"}
    data["三公经费"]["总体情况"] = "与老街办一起节约开支"
    result = run("check", written(tmp_path, data), "--editions", tmp_path / "版本")
    assert "旧名称：“与老街办一起节约开支”应改为“街道办”。机构已经改名。" in result.out
    assert "C901 旧名称" in run("rules", "gz-2021", "--editions", tmp_path / "版本").out


def test_a_code_is_used_once_in_all(run, tmp_path):
    run("edition", "new", "gz-2021", "--from", "gz-2020", "--editions", tmp_path / "版本")
    file = tmp_path / "版本" / "data_specs" / "gz-2021" / "用语.yaml"
    rule = "代码: G101, 名称: 旧名称, 类型: 禁用词, 词语: 老街办, 理由: 机构已经改名。, 示例: 老街办"
    file.write_text(f"沿用: 是\n用语:\n  - {{{rule}}}\n", encoding="utf-8")
    result = run("edition", "check", "gz-2021", "--editions", tmp_path / "版本")
    assert result.status == 1
    assert "用语.yaml" in result.err and "代码“G101”已经用了" in result.err


BY_FIGURES = (ProseKind.FIGURE, ProseKind.DIRECTION, ProseKind.COPIED)


@pytest.mark.parametrize("rule", load_edition("gz-2020").prose, ids=lambda rule: rule.code)
def test_a_rule_finds_its_own_example(said, rule):
    if rule.kind not in BY_FIGURES:
        assert rule.code in codes(said(rule.example))
