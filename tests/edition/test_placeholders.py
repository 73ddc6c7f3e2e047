"""Placeholders (`{部门}`): filled in wherever an edition may write them, refused with file and line anywhere else."""

from __future__ import annotations

import re

import pytest
from copies import copied_edition, file_that_says, replace_in
from departments import EXAMPLE_OF_2019
from docx import Document
from published import text_of

from generator.edition import load_edition
from generator.findings import InvalidInput

NOTE = "注：本表反映部门本年度取得的各项收入情况。"
NONE = "无发生额: 本表本年度无发生额。"
# (file, what is replaced by what, the text that the message points to, a part of what it says)
FAULTS = [
    (
        "表2.yaml",
        NOTE,
        "注：{部们}本表",
        "  - 注：{部们}",
        "花括号里只能是 {部门}、{年度}、{上年度} 和 {单位}，现在是“{部们}”",
    ),
    ("表2.yaml", NOTE, "注：{比率}", "  - 注：{比率}", "那是增减的百分比"),
    ("表2.yaml", NOTE, "注：{部门", "  - 注：{部门", "花括号要成对"),
    ("表2.yaml", NOTE, "注：｛部门｝", "  - 注：｛部门｝", "要用半角：{部门}"),
    ("表2.yaml", NOTE, "注：{{ 部门 }}", "  - 注：{{ 部门 }}", "只写一层花括号：{部门}"),
    ("表2.yaml", NOTE, "注：{ 部门 }", "  - 注：{ 部门 }", "是不是 {部门}？"),
    ("表10.yaml", NONE, "无发生额: 本表{年}无发生额。", "无发生额", "是不是 {年度}？"),
    ("表2.yaml", "名称: 收入决算表", "名称: 收入决算表{部门}", "名称: ", "只能是 {年度} 和 {上年度}，现在是“{部门}”"),
    ("表2.yaml", "头: 经营收入", '头: "经营收入{单位}"', '头: "经营', "那是金额单位"),
    (
        "版本.yaml",
        '"部门：{部门}"',
        '"编制单位：{单位}"',
        "  部门栏",
        "现在是“{单位}”，那是金额单位",
    ),
    ("版本.yaml", '"单位：万元"', '"单位：{金额单位}"', "  单位栏", "是不是 {单位}？"),
    ("版本.yaml", '"{年度}年{部门}部门决算"', '"{年度}年部门决算"', "文件名", "要写上 {部门}"),
    ("版本.yaml", "表中千分位: 是", "增加: 增加{差数}", "  增加", "是不是 {差额}？"),
    ("版本.yaml", "表中千分位: 是", "增加额: 增加", "  增加额", "要写上 {差额}"),
    ("版本.yaml", "表中千分位: 是", "持平: 持平{差额}", "  持平", "那是增减的金额"),
    ("填报.yaml", "说明: 第一部分的内容。", "说明: " + "第一部分{标题}。", "说明: 第一部分{", "现在是“{标题}”"),
    ("勾稽关系.yaml", "理由: 两张表反映", "理由: 两张{部门}表反映", "理由: 两张{", "那是部门的名称"),
]


@pytest.mark.parametrize(("name", "old", "new", "spot", "says"), FAULTS)
def test_what_no_placeholder_is_meant_by_is_refused_with_its_line(copied, name, old, new, spot, says):
    file = file_that_says(old, name, copied)
    text = file.read_text(encoding="utf-8").replace(old, new, 1)
    file.write_text(text, encoding="utf-8")
    with pytest.raises(InvalidInput) as refused:
        load_edition("gz-2020", copied.parent)
    (finding,) = refused.value.findings
    assert says in finding.message
    assert str(finding.places[0]).startswith(f"{file}:{text.partition(spot)[0].count(chr(10)) + 1}:")


def test_the_years_may_stand_in_every_text_and_braces_doubled(copied):
    replace_in(
        copied / "表10.yaml",
        ("名称: 非税收入征缴情况表", "名称: " + '"{年度}年{{非税}}收入征缴情况表"'),
        ("头: 纳入预算管理", '头: "{上年度}年纳入"\n       , 键: 纳入预算管理'),
    )
    table = load_edition("gz-2020", copied.parent).tables["表10"]
    assert table.title == "2020年{非税}收入征缴情况表"
    assert [column.caption for column in table.blocks[0].amounts][1] == "2019年纳入"


def test_words_that_are_looked_for_may_hold_any_braces(copied):
    file = file_that_says("待补充", "用语.yaml", copied)
    replace_in(file, ("待补充, 待补,", '"{{", "{部门}", 待补充, 待补,'))
    (rule,) = [rule for rule in load_edition("gz-2020", copied.parent).prose if rule.code == "C101"]
    assert {"{{", "{部门}"} <= set(rule.words)


@pytest.mark.slow
def test_texts_over_and_under_a_table_say_department_years_and_unit(run, tmp_path):
    """A department's name is not read for placeholders again."""
    folder = copied_edition("gz-2019", tmp_path)
    replace_in(folder / "版本.yaml", ('"部门：{部门}"', '"{部门}（{年度}年）"'), ('"单位：万元"', '"金额单位：{单位}"'))
    file = folder / "表8.yaml"
    replace_in(file, ("  - 注：", '  - "{部门}{年度}年比{上年度}年，以{单位}计，{{"\n  - 注：'))
    text = EXAMPLE_OF_2019.read_text(encoding="utf-8")
    name = re.search("(?m)^部门: *(.*)$", text)[1]
    department = tmp_path / "填报.yaml"
    department.write_text(text.replace(f"部门: {name}", '部门: "某{年度}局"', 1), encoding="utf-8")
    result = run("build", department, "--draft", "--editions", tmp_path, "-o", tmp_path / "output")
    assert result.status == 0, result.err
    (made,) = (tmp_path / "output").glob("*.docx")
    document = text_of(Document(str(made)))
    assert "某{年度}局2019年比2018年，以万元计，{" in document
