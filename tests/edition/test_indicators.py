"""Indicators (指标): figures with a name, made of cells, of what a department entered, and of one another."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from copies import replace_in
from departments import EXAMPLE, EXAMPLE_OF_2019
from docx import Document
from published import text_of
from template_changes import PURCHASES, at

LAST = "  - {名称: 一般公共预算基本支出, 等于: 表5/合计/基本支出}\n"


@pytest.fixture
def with_indicators(home: Path) -> Callable[[str], None]:
    """Adds indicators to gz-2020, after all those that it takes over."""
    file = home / "data_specs" / "gz-2020" / "指标.yaml"
    return lambda lines: replace_in(file, (LAST, f"{LAST}  - 车辆总数\n{lines}"))


@pytest.fixture
def text(run: Callable[..., Any], home: Path, tmp_path: Path) -> Callable[..., str]:
    """The text of the Word file that `home` makes of a department's file."""

    def text(file: Path = EXAMPLE) -> str:
        result = run("build", file, "--editions", home, "-o", tmp_path / "output")
        assert result.status == 0, result.err
        return text_of(Document(str(next((tmp_path / "output").glob("*.docx")))))

    return text


@pytest.mark.slow
def test_an_indicator_adds_up_entries_of_the_file_and_indicators_before_it(with_indicators, template, text):
    with_indicators(
        "  - {名称: 货物和服务, 等于: [填报/政府采购/货物, 填报/政府采购/服务]}\n"
        "  - {名称: 其余支出, 等于: [表1/本年支出合计/决算数, -货物和服务]}\n"
        "  - {名称: 其余用车, 等于: [车辆总数, -填报/国有资产/应急保障用车]}\n"
    )
    written = "货物和服务{{ 货物和服务|万元 }}，其余{{ 其余支出|万元 }}，{{ 上年度 }}年以来其余用车{{ 其余用车 }}辆。"
    template(lambda document: at(document, PURCHASES).add_run(written))
    assert "货物和服务789.62万元，其余4,353.40万元，2019年以来其余用车1辆。" in text()


@pytest.fixture
def with_entry(home: Path) -> Callable[[str], None]:
    """Adds an amount that no department has entered, 另行采购, described by the words given."""
    file = home / "data_specs" / "gz-2019" / "填报.yaml"
    before = "      - {名称: 小微企业,"
    added = "      - {{名称: 另行采购, 类型: 金额, 说明: 另行采购。, {}}}\n"
    return lambda words: replace_in(file, (before, added.format(words) + before))


@pytest.mark.slow
@pytest.mark.parametrize(("meaning", "written"), [("0", "0万元"), ("总收入", "5,143.02万元")])
def test_an_entry_left_out_counts_as_what_the_edition_says(
    with_indicators, with_entry, template, text, meaning, written
):
    with_entry(f"必填: 否, 不填即为: {meaning}")
    with_indicators("  - {名称: 另行采购总额, 等于: [填报/政府采购/工程, 填报/政府采购/另行采购]}\n")
    template(lambda document: at(document, PURCHASES).add_run("另有{{ 另行采购总额|万元 }}。"))
    assert f"另有{written}。" in text()


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("必填: 否", "“另行采购”可以不填，没有填不是 0：请写明“不填即为”"),
        ("必填: 否, 不填即为: 甲", "“另行采购”的“不填即为”要写 0，或前面的指标"),
        ("必填: 否, 不填即为: 车辆总数", "只能是同一种数"),
        ("不填即为: 0", "只有可以不填的金额、个数和数值能写“不填即为”，可以不填的组能写“不填即为: 0”"),
    ],
)
def test_an_entry_that_may_be_left_out_is_never_taken_for_0_unsaid(run, home, with_indicators, with_entry, words, says):
    with_entry(words)
    with_indicators("  - {名称: 甲, 等于: 填报/政府采购/另行采购}\n")
    result = run("edition", "check", "gz-2020", "--editions", home)
    assert result.status == 1
    assert says in result.err


RELATION = (
    "  - 代码: Z101\n    名称: 另行采购与工程\n    类型: 相等\n    左边: 填报/政府采购/另行采购\n"
    "    右边: 填报/政府采购/工程\n    理由: 另行采购的都是工程。\n"
)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("必填: 否, 不填即为: 总收入", "“政府采购 › 另行采购”是 5,143.02，“政府采购 › 工程”是 0.00，相差 5,143.02"),
        ("必填: 否", "“另行采购”可以不填，没有填不是 0：请写明“不填即为”"),
    ],
)
def test_a_relation_takes_an_entry_left_out_as_indicators_do(run, home, with_entry, words, says):
    with_entry(words)
    relations = home / "data_specs" / "gz-2020" / "勾稽关系.yaml"
    relations.write_text(relations.read_text(encoding="utf-8").rstrip() + "\n" + RELATION, encoding="utf-8")
    result = run("check", EXAMPLE, "--editions", home)
    assert result.status == 1
    assert says in result.out + result.err


@pytest.mark.parametrize(("only_if_changed", "told"), [("是", False), ("否", True)])
def test_the_reason_of_a_change_is_told_where_there_is_one(home, variant, text, only_if_changed, told):
    """The example gives a reason for 一般公共预算财政拨款收入; here its figure is that of last year."""
    fields = home / "data_specs" / "gz-2019" / "填报.yaml"
    replace_in(fields, ("有变动才写: 是", f"有变动才写: {only_if_changed}"))
    unchanged = text(variant(("一般公共预算财政拨款收入: 4025.77", "一般公共预算财政拨款收入: 5143.02")))
    assert "1.一般公共预算财政拨款收入5,143.02万元，与上年决算持平。" in unchanged
    assert ("一是人员增加，工资、津补贴" in unchanged) == told
    assert "主要变动情况：信息化项目的开发、运维" in unchanged, "a figure that did change"


@pytest.mark.slow
def test_a_reason_of_two_entries_or_of_a_subject_waits_for_a_change_too(text, tmp_path):
    """A check that asks for the reason (有原因) says which two figures it is of."""
    file = tmp_path / "2019.yaml"
    file.write_text(EXAMPLE_OF_2019.read_text(encoding="utf-8"), encoding="utf-8")
    assert {"主要原因为压减一般性支出，严格控制会议。", "差异的主要原因是节约开支。"} <= reasons_in(text(file))
    replace_in(
        file,
        ("年初预算: 9.08", "年初预算: 0"),
        ("年初预算: 24.00, 调整预算: 24.00", "年初预算: 23.36, 调整预算: 23.36"),
    )
    left = reasons_in(text(file))
    assert "差异的主要原因是节约开支，年中调减预算。" in left, "a figure that did change"
    assert not left & {"主要原因为压减一般性支出，严格控制会议。", "差异的主要原因是节约开支。"}


def reasons_in(text: str) -> set[str]:
    """The sentences of `text` that give the reason of a difference from the budget."""
    return set(re.findall(r"(?:主要原因为|差异的主要原因是).*?。", text))


FAULTS = [
    ("{名称: 甲, 等于: [乙]}\n  - {名称: 乙, 等于: 表1/收入总计/决算数}", "前面没有指标“乙”"),
    ("{名称: 甲, 等于: 甲}", "前面没有指标“甲”"),
    ("{名称: 甲, 等于: 填报/政府采购/货品}", "填报字段里没有“政府采购/货品”"),
    ("{名称: 甲, 等于: 填报/政府采购}", "“政府采购”不是数"),
    ("{名称: 甲, 等于: 填报/绩效/项目/指标/得分}", "“绩效/项目/指标/得分”不是“组”里的一个数"),
    ("{名称: 甲, 等于: [填报/政府采购/货物, 填报/国有资产/其他用车]}", "只能是同一种数"),
    ("{名称: 甲, 等于: [政府采购总额, 车辆总数]}", "只能是同一种数"),
    ("{名称: 甲, 等于: 填报/政府采购/货物, 基数: 上年}", "“等于”只能是“表/行/栏”"),
    ("{名称: 甲, 等于: 上年文件/表1/收入总计/决算数}", "只用于勾稽关系"),
]


@pytest.mark.parametrize(("line", "says"), FAULTS)
def test_an_indicator_that_leads_nowhere_is_refused_with_its_line(run, home, with_indicators, line, says):
    with_indicators(f"  - {line}\n")
    result = run("edition", "check", "gz-2020", "--editions", home)
    assert result.status == 1
    assert says in result.err
    file = home / "data_specs" / "gz-2020" / "指标.yaml"
    number = file.read_text(encoding="utf-8").partition("名称: 甲")[0].count("\n") + 1
    assert f"指标.yaml:{number}:" in result.err


def test_only_reasons_can_wait_for_a_change(run, home):
    replace_in(home / "data_specs" / "gz-2020" / "填报.yaml", ("类型: 指标金额", "类型: 指标金额\n    有变动才写: 是"))
    result = run("edition", "check", "gz-2020", "--editions", home)
    assert "只有“短语”和“指标说明”可以写“有变动才写”" in result.err


def test_a_reason_that_no_check_asks_for_cannot_wait_for_a_change(run, home):
    replace_in(home / "data_specs" / "gz-2019" / "勾稽关系.yaml", ("原因: 填报/会议费/原因", "原因: 填报/会议费/另因"))
    fields = home / "data_specs" / "gz-2019" / "填报.yaml"
    replace_in(
        fields,
        ("      - 名称: 会议\n", "      - {名称: 另因, 类型: 短语, 必填: 否, 说明: 另因。}\n      - 名称: 会议\n"),
    )
    result = run("edition", "check", "gz-2019", "--editions", home)
    assert "没有“有原因”的勾稽关系拿它作“原因”" in result.err
    line = fields.read_text(encoding="utf-8").partition("名称: 原因")[0].count("\n") + 1
    assert f"填报.yaml:{line}:" in result.err
