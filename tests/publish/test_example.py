"""The example becomes its publication: change a figure and everything that follows from it changes, nothing else."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from copies import ROOT
from departments import DEPARTMENT, EXAMPLE, example, written
from published import pdf_pages, plain, text_of, word

from generator.accounts import load_accounts
from generator.checks import check_accounts
from generator.edition import template_path
from generator.filling import fill_template
from generator.findings import Severity
from generator.pdf.fonts import FontLibrary
from generator.publish import Publication, publish

NUMBER = re.compile(r"(?<![\d,.])\d[\d,]*(?:\.\d+)?%?(?![\d,])")


def word_text(file: Path) -> str:
    """The text of the Word file for the department's file `file`, whose figures must agree with each other."""
    accounts = load_accounts(file)
    errors = [finding.message for finding in check_accounts(accounts) if finding.severity is Severity.ERROR]
    assert errors == []
    return text_of(fill_template(template_path(accounts.edition), accounts))


# For each case: what changes in the department's file, and every printed figure that must change with it.
CHANGES = {
    "a leaf of the general budget, in income and spending": (
        [
            ("项目支出: 762.35", "项目支出: 862.45"),
            ("2060101 行政运行: {财政拨款收入: 1432.23}", "2060101 行政运行: {财政拨款收入: 1532.33}"),
            ("20601 科学技术管理事务: {项目支出: 2262.61}", "20601 科学技术管理事务: {项目支出: 2362.71}"),
            ("2490.71", "2590.81"),  # what the department itself says was evaluated
            ("全年预算数: 5143.02", "全年预算数: 5243.12"),
        ],
        {
            "762.35": "862.45",
            "1,432.23": "1,532.33",
            "2,262.61": "2,362.71",
            "2,490.71": "2,590.81",
            "4,465.51": "4,565.61",
            "5,143.02": "5,243.12",
            "1,117.25": "1,217.35",
            "27.75%": "30.24%",
            "992.67": "1,092.77",
            "66.26%": "72.95%",
            "1,001.09": "1,101.19",
            "24.17%": "26.59%",
        },
    ),
    "a leaf of 表6 and what it belongs to in 表2 and 表5": (
        [
            ("30113 住房公积金: 198.93", "30113 住房公积金: 298.93"),
            ("2210201 住房公积金: {财政拨款收入: 198.93}", "2210201 住房公积金: {财政拨款收入: 298.93}"),
            ("2210201 住房公积金: {基本支出: 198.93}", "2210201 住房公积金: {基本支出: 298.93}"),
            ("人员经费合计: 2478.61", "人员经费合计: 2578.61"),
            ("全年预算数: 5143.02", "全年预算数: 5243.02"),
        ],
        {
            "198.93": "298.93",
            "2,435.48": "2,535.48",
            "2,478.61": "2,578.61",
            "2,652.31": "2,752.31",
            "5,143.02": "5,243.02",
            "1,117.25": "1,217.25",
            "27.75%": "30.24%",
            "124.58": "224.58",
            "4.93%": "8.88%",
            "1,001.09": "1,101.09",
            "24.17%": "26.58%",
        },
    ),
    "last year's income": (
        [("一般公共预算财政拨款收入: 4025.77", "一般公共预算财政拨款收入: 4000.00")],
        {"1,117.25": "1,143.02", "27.75%": "28.58%"},
    ),
    "non-tax revenue": (
        [("其他利息收入: {纳入预算管理: 0.11}", "其他利息收入: {纳入预算管理: 7.31}")],
        {"0.11": "7.31"},
    ),
    "the budget and the money of a project": (
        [("预算: 800.32", "预算: 900.32"), ("完成: 800.32", "完成: 900.32")],
        {"800.32": "900.32"},
    ),
}


@pytest.fixture(scope="module")
def example_text() -> str:
    return word_text(EXAMPLE)


@pytest.mark.parametrize(("replacements", "figures"), CHANGES.values(), ids=CHANGES)
def test_a_changed_figure_changes_everywhere_and_nothing_else_does(variant, example_text, replacements, figures):
    after = word_text(variant(*replacements))
    assert figures.keys() <= set(NUMBER.findall(example_text))
    assert not figures.keys() & set(NUMBER.findall(after))
    assert after == NUMBER.sub(lambda found: figures.get(found[0], found[0]), example_text)


SENTENCES = {
    "less than last year": (
        [("基本支出: 2527.73", "基本支出: 2700.00")],
        ["基本支出2,652.31万元，比上年决算增加124.58万元，增长4.93%，"],
        ["基本支出2,652.31万元，比上年决算减少47.69万元，降低1.77%，"],
    ),
    "nothing last year": (
        [("基本支出: 2527.73", "基本支出: 0")],
        ["比上年决算增加124.58万元，增长4.93%，"],
        ["比上年决算增加2,652.31万元，增长--%（基数为0，不可比），"],
    ),
    "as the initial budget": (
        [("一般公共预算财政拨款支出: 4141.93", "一般公共预算财政拨款支出: 5143.02")],
        ["比年初预算数增加1,001.09万元，增长24.17%"],
        ["一般公共预算财政拨款支出5,143.02万元，与年初预算数持平"],
    ),
    "less spent on the car than planned": (
        [
            ("决算数: {公务用车运行费: 1.50}", "决算数: {公务用车运行费: 1.20}"),
            ("公务用车运行维护费: 1.50", "公务用车运行维护费: 1.20"),
            ("30299 其他商品和服务支出: 15.74", "30299 其他商品和服务支出: 16.04"),
        ],
        ["支出决算为1.50万元，完成预算1.50万元的100%", "支出决算等于预算数"],
        [
            "“三公”经费财政拨款支出决算为1.20万元，完成预算1.50万元的80.00%",
            "公务用车购置及运行费支出决算为1.20万元，完成预算1.50万元的80.00%",
            "公务用车运行费支出决算为1.20万元，完成预算1.50万元的80.00%",
            "支出决算小于预算数",
            "公务用车购置及运行费支出1.20万元，占100%",
            "公务用车运行及维护支出1.20万元",
        ],
    ),
    "a reception beside the car": (
        [
            ("决算数: {公务用车运行费: 1.50}", "决算数: {公务用车运行费: 1.50, 公务接待费: 0.50}"),
            ("国内批次: 0", "国内批次: 1"),
            ("国内人数: 0", "国内人数: 5"),
        ],
        ["“三公”经费财政拨款支出决算为1.50万元", "公务用车购置及运行费支出1.50万元，占100%"],
        [
            "“三公”经费财政拨款支出决算为2.00万元，完成预算1.50万元的133.33%",
            "支出决算大于预算数",
            "公务用车购置及运行费支出1.50万元，占75.00%；公务接待费支出0.50万元，占25.00%",
            "3.公务接待费支出0.50万元。",
        ],
    ),
    "procurement": (
        [("货物: 114.30", "货物: 214.30")],
        ["支出总额789.62万元", "占政府采购支出总额的100%"],
        ["支出总额889.62万元，其中：政府采购货物支出214.30万元", "占政府采购支出总额的88.76%"],
    ),
    "another car": (
        [("机要通信用车: 0", "机要通信用车: 3")],
        ["共有车辆2辆"],
        ["共有车辆5辆", "机要通信用车3辆"],
    ),
    "another subordinate unit": (
        [("    - 广州市海珠区企业审批服务中心\n", "")],
        ["下属3个", "含下属单位3个", "企业审批服务中心"],
        ["单位共3个，包括局本级和下属2个预算单位", "局机关及下属2个单位"],
    ),
    "the department": (
        [(DEPARTMENT, "广州市天河区统计局")],
        ["海珠区政务服务数据管理局"],
        ["广州市天河区统计局概况", "部门：广州市天河区统计局", "部门名称：广州市天河区统计局"],
    ),
}


@pytest.mark.parametrize(("replacements", "gone", "there"), SENTENCES.values(), ids=SENTENCES)
def test_a_changed_figure_changes_the_words_around_it(variant, example_text, replacements, gone, there):
    after = word_text(variant(*replacements))
    assert [text for text in gone if text not in example_text or text in after] == []
    assert [text for text in there if text not in after] == []


def test_scores_add_up(tmp_path, example_text):
    data = example()
    data["绩效"]["项目"][0]["资金得分"] = "17.5"
    after = word_text(written(tmp_path, data))
    changed = [pair for pair in zip(example_text.splitlines(), after.splitlines(), strict=True) if pair[0] != pair[1]]
    assert changed == [("20", "17.5"), ("100", "97.5")]


def test_a_stated_sum_is_printed_as_it_is_stated(example_text):
    assert "2,262.61" in example_text  # 762.35 and 1,500.25 give 2,262.60
    assert "2,262.60" not in example_text


@pytest.mark.slow
def test_publishing_a_correction_leaves_nothing_of_the_old_figure(variant, tmp_path, open_fonts: FontLibrary):
    replacements, figures = CHANGES["a leaf of the general budget, in income and spending"]
    publish(load_accounts(EXAMPLE), tmp_path, open_fonts)
    files, findings = publish(load_accounts(variant(*replacements)), tmp_path, open_fonts)
    assert findings == []
    assert sorted(path.suffix for path in files) == [".docx", ".pdf"]
    assert sorted(tmp_path.glob("2020*")) == sorted(files)
    for text in (text_of(word(files[0].read_bytes())), "\n".join(pdf_pages(files[1].read_bytes()))):
        assert not figures.keys() & set(NUMBER.findall(text))
        assert set(figures.values()) <= set(NUMBER.findall(text))


HOSTILE = [
    "{{ 1+1 }}",
    "{% raw %}",
    "{%p if x %}",
    "{_{ 部门 }_}",
    "{# 注 #}",
    "{{r x }}",
    "<b>&amp;</b>",
    "a < b && c > d",
    "]]>",
    "\"'",
    "&#65;",
    "=1+1",
    "\\n",
]


@pytest.mark.slow
def test_text_of_a_department_comes_out_as_itself(tmp_path, open_fonts: FontLibrary):
    data = example()
    data["概况"]["主要职责"] = HOSTILE
    data["概况"]["下属单位"] = HOSTILE
    data["绩效"]["整体支出"]["目标完成情况"][0]["预期实现值"] = "甲\n乙 <w:br/>\n{{ 丙 }}"
    data["绩效"]["项目"][0]["名称"] = "{{ 部门 }}<项目>&"
    data["名词解释"] = {"{{ 词 }}": "a & b {% endfor %}"}
    files, findings = publish(load_accounts(written(tmp_path, data)), tmp_path, open_fonts)
    assert findings == []
    text = text_of(word(files[0].read_bytes()))
    pages = plain("".join(pdf_pages(files[1].read_bytes())))
    for part in [*HOSTILE, "甲\n乙 <w:br/>\n{{ 丙 }}", "{{ 部门 }}<项目>&", "{{ 词 }}：a & b {% endfor %}"]:
        assert part in text
        assert plain(part) in pages
    lines = text.splitlines()
    assert [line for line in lines if line.startswith("（三）{%p")] == ["（三）{%p if x %}"]


@pytest.mark.slow
def test_a_department_with_a_name_like_a_template(tmp_path, open_fonts: FontLibrary):
    files, _ = publish(load_accounts(written(tmp_path, example() | {"部门": "{{1+1}}局{年度}&"})), tmp_path, open_fonts)
    assert files[0].name == "2020年{{1+1}}局{年度}&部门决算.docx"
    assert "部门：{{1+1}}局{年度}&" in text_of(word(files[0].read_bytes()))


@pytest.mark.slow
def test_the_same_input_gives_the_same_bytes(tmp_path, publication: Publication):
    """In another process, with another hash seed, on another day and in another place."""
    root = str(ROOT)
    program = (
        "import sys; from pathlib import Path; from generator.publish import publish;"
        "from generator.pdf.fonts import FontLibrary; from generator.accounts import load_accounts;"
        "publish(load_accounts(Path(sys.argv[1])), Path(sys.argv[2]), FontLibrary.of_machine(()))"
    )
    for seed in ("1", "2"):
        subprocess.run(
            [sys.executable, "-c", program, EXAMPLE, tmp_path / seed],
            env=os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": root, "TZ": f"UTC{seed}", "LC_ALL": "C"},
            cwd=tmp_path,
            check=True,
            timeout=60,
        )
        assert (tmp_path / seed / f"{publication.name}.docx").read_bytes() == publication.docx
        assert (tmp_path / seed / f"{publication.name}.pdf").read_bytes() == publication.pdf
