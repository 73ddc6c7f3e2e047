"""`juesuan edition check`: what a build would trip over, or print wrong in silence, each with its file and line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from copies import file_that_says, replace_in
from template_changes import FOUND

from generator.edition import TEMPLATE_WORDS, load_edition
from generator.narrative import WordKind, template_words

INCOME = "  - {名称: 总收入, "
SELF = "      - {名称: 小微企业, "
TOP = "  - 名称: 上年\n"
GROUPS = "分组:\n"
FIRST_CHECK = "  - 代码: G101\n"


def an_indicator(name: str) -> str:
    return f"  - {{名称: {name}, 等于: 表1/收入总计/决算数}}\n{INCOME}"


def a_field(name: str) -> str:
    return f"      - {{名称: {name}, 类型: 文字, 说明: 另填的。}}\n{SELF}"


@pytest.fixture
def told(run: Callable[..., Any], copied: Path) -> Callable[..., list[tuple[str, str, str]]]:
    """What `edition check` says of a copy of gz-2020 with replacements in it: code, message, and the line it points to.

    Each replacement is made in the file of that name where the text stands: of gz-2020, or of what it takes over.
    """

    def told(*replacements: tuple[str, str, str]) -> list[tuple[str, str, str]]:
        files = [(file_that_says(old, name, copied), (old, new)) for name, old, new in replacements]
        for file, replacement in files:
            replace_in(file, replacement)
        result = run("edition", "check", copied.name, "--editions", copied.parent.parent)
        found = FOUND.findall(result.out + result.err)
        assert result.status == (1 if any(severity == "错误" for severity, *_ in found) else 0)
        return [(code, message, line_at(place)) for _, code, message, place in found]

    return told


def line_at(place: str) -> str:
    """The text of the line that `file:line:column` names."""
    file, *spot = place.rsplit(":", 2)
    return Path(file).read_text(encoding="utf-8").splitlines()[int(spot[0]) - 1] if spot else file


# (file, what is replaced by what, how the line begins that the message points to, its code, a part of what it says)
FAULTS = [
    ("指标.yaml", INCOME, an_indicator("部门"), "  - {名称: 部门", "S101", "“部门”在模板里是部门全称，请改名"),
    ("指标.yaml", INCOME, an_indicator("占比"), "  - {名称: 占比", "S101", "“占比”是模板的函数"),
    ("指标.yaml", INCOME, an_indicator("三公-经费"), "  - {名称: 三公-", "S101", "在模板里写不出来"),
    ("指标.yaml", INCOME, an_indicator("三公“经费”"), "  - {名称: 三公“", "S101", "在模板里写不出来"),
    ("指标.yaml", INCOME, an_indicator("2020支出"), "  - {名称: 2020", "S101", "在模板里写不出来"),
    ("指标.yaml", INCOME, an_indicator("支出.合计"), "  - {名称: 支出.", "S101", "在模板里写不出来"),
    ("指标.yaml", INCOME, an_indicator("表5"), "  - {名称: 表5", "S101", "已有表叫“表5”"),
    ("指标.yaml", GROUPS, "分组:\n  总收入: [本年收入]\n", "  总收入: ", "S101", "已有指标叫“总收入”"),
    ("指标.yaml", GROUPS, "分组:\n  各项: [本年收入, 本年收入]\n", "  各项: ", "S101", "“本年收入”写了两次"),
    ("填报.yaml", SELF, a_field("货物"), "      - {名称: 货物, 类型: 文字", "S101", "两项都叫“货物”"),
    ("填报.yaml", SELF, a_field("甲/乙"), "      - {名称: 甲/乙", "S101", "写不出来"),
    (
        "填报.yaml",
        TOP,
        "  - {名称: 年度, 类型: 文字, 说明: 另填的。}\n" + TOP,
        "  - {名称: 年度",
        "S101",
        "在模板里是决算年度",
    ),
    ("功能分类.yaml", '  "20103": 政府', '  "20104": 政府', '  "2010301"', "S101", "却没有它的上级“20103”"),
    (
        "经济分类.yaml",
        '  "301": 工资',
        '  "201": 支出\n  "301": 工资',
        '  "201"',
        "S101",
        "在“功能分类”里叫“一般公共服务支出”",
    ),
    ("勾稽关系.yaml", FIRST_CHECK, "  - 代码: R101\n", "  - 代码: R101", "S101", "“R101”是程序自己的消息代码"),
    ("勾稽关系.yaml", "右边: 表1/支出总计/决算数", "右边: 表1/收入总计/决算数", "    右边: ", "S101", "两边是同样的数"),
    ("表10.yaml", "栏次标签: 栏次\n", "栏次标签: 栏次\n合计行: 合计\n", "合计行", "S101", "只用于按科目列行的表"),
    ("表10.yaml", "  - 栏目:\n", "  - 列示: ['301']\n    栏目:\n", "  - 列示", "S101", "却没有写“科目表”"),
    (
        "表10.yaml",
        "合计, 等于: [政府性基金收入, ",
        "合计, 等于: [合计, ",
        "      - {项目: 合计",
        "S102",
        "由它自己算出",
    ),
    (
        "表10.yaml",
        "政府住房基金收入, 其他收入]",
        "政府住房基金收入, 其他收入, 其他收入]",
        "      - {项目: 合计",
        "S104",
        "“表10 › 其他收入 › 合计”写了两次",
    ),
    (
        "表10.yaml",
        "政府住房基金收入, 其他收入]",
        "政府住房基金收入, 其他收入, 利息收入]",
        "      - {项目: 合计",
        "S104",
        "里已经有“表10 › 利息收入 › 合计”",
    ),
    (
        "表10.yaml",
        "政府住房基金收入, 其他收入]",
        "政府住房基金收入]",
        "      - {项目: 九、其他收入",
        "S105",
        "没有哪个合计加上“其他收入”",
    ),
    (
        "版本.yaml",
        "  经济分类: ",
        "  旧的分类: 经济分类.yaml\n  经济分类: ",
        "  旧的分类",
        "S105",
        "没有哪张表用科目表“旧的分类”",
    ),
]


@pytest.mark.parametrize(("name", "old", "new", "line", "code", "says"), FAULTS)
def test_a_fault_is_told_with_its_line_and_nothing_else(told, name, old, new, line, code, says):
    ((found_code, message, found_line),) = told((name, old, new))
    assert found_code == code
    assert says in message
    assert found_line.startswith(line)


def test_a_circle_through_several_tables_is_told_with_each_of_its_links(run, copied):
    replace_in(
        copied / "表10.yaml", ("{项目: 一、政府性基金收入}", "{项目: 一、政府性基金收入, 等于: 表1/收入总计/决算数}")
    )
    replace_in(copied / "表1.yaml", ("{项目: 年初结转和结余}", "{项目: 年初结转和结余, 等于: 表10/合计/合计}"))
    result = run("edition", "check", "gz-2020", "--editions", copied.parent.parent)
    assert result.status == 1
    assert "S102" in result.err
    assert "表10 › 合计 › 合计 ← 表10 › 政府性基金收入 › 合计 ← 表1 › 收入总计 › 决算数" in result.err
    for file, text in (
        ("表1.yaml", "年初结转和结余, 等"),
        ("表1.yaml", "项目: 总计, 键: 收入"),
        ("表10.yaml", "一、政府性基金收入"),
    ):
        lines = (copied / file).read_text(encoding="utf-8").splitlines()
        number = next(number for number, line in enumerate(lines, 1) if text in line)
        assert f"{file}:{number}:" in result.err


def test_a_code_list_that_is_not_there_is_told_for_each_use(told):
    found = told(("表6.yaml", "  - 名称: 人员经费\n    科目表: 经济分类", "  - 名称: 人员经费\n    科目表: 经济科目"))
    assert found[0][1] == "没有科目表“经济科目”，请在“版本.yaml”的“科目表”中登记。"


def test_faults_of_several_files_are_told_in_one_round(told):
    faults = [fault[:3] for fault in FAULTS if fault[0] in ("指标.yaml", "填报.yaml", "勾稽关系.yaml")][:1]
    found = told(*faults, ("填报.yaml", SELF, a_field("甲/乙")), ("勾稽关系.yaml", FIRST_CHECK, "  - 代码: R101\n"))
    assert len(found) == 3


def test_what_is_meant_is_not_told(told):
    """A row apart from the sums, a name with brackets that a loop tells, names of fields below others."""
    assert not told(
        ("表10.yaml", "      - {项目: 九、其他收入}", "      - {项目: 九、其他收入}\n      - {项目: 其中：上缴省级}"),
        ("指标.yaml", INCOME, an_indicator("因公出国（境）费")),
        ("指标.yaml", "  支出项目: [基本支出, ", "  支出项目: [因公出国（境）费, 基本支出, "),
        ("填报.yaml", SELF, a_field("电话（传真）")),
    )


def test_a_file_that_nobody_reads_is_told(told, copied):
    (copied / "表11.yaml").write_text("编号: 表11\n", encoding="utf-8")
    result = told(("表10.yaml", "栏次标签: 栏次", "栏次标签: 栏次"))
    ((code, message, line),) = result
    assert (code, line) == ("S105", str(copied / "表11.yaml"))
    assert "这个文件没有用到" in message


def test_the_words_that_no_name_may_be_are_those_of_the_templates():
    words = template_words(load_edition("gz-2020").wording)
    assert {word.name for word in words if word.kind is not WordKind.FILTER} | {"loop"} == TEMPLATE_WORDS
