"""A fault in a template stops the publication, named with its paragraph; what a department wrote never runs."""

from __future__ import annotations

import re

import pytest
from departments import EXAMPLE, replaced
from docx import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from template_changes import ASSETS, NAMESPACES, RUNNING_COSTS, at, number_of


# What is written at the end of a paragraph of a template, and what `build` says of it.
@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("{{ 总收人|万元 }}", "没有“总收人”这个名称，是不是“总收入”？"),
        ("{{ 三公经费.公务用车.保有两 }}", "没有“保有两”这一项（这里有：购置数、保有量、主要用途），是不是“保有量”？"),
        ("{{ 概况.机关.名称 }}", "文字“局机关”没有下级“名称”"),
        ("{{ 总收入|万圆 }}", "没有过滤器“万圆”，是不是“万元”？"),
        ("{{ 部门|万元 }}", "“万元”用得不对：给它的是文字“广州市海珠区政务服务数据管理局”。写法如：甲|万元。"),
        ("{{ 100|汉字 }}", "“汉字”只能写 1 到 99，不能写 100。"),
        ("{{ 总收入 / 0 }}", "这里的计算没有结果"),
        ("{{ 总收入 / '个' }}", "这里的内容不能这样用"),
        ("{{ 变动(总收入, 总支出) }}", "“变动”用得不对"),
        ("{{ 表10.下级名称('罚没收人') }}", "没有“罚没收人”这一行"),
        ("{% for 项 in 年度 %}{% endfor %}", "这里的内容不能这样用"),
        ("{{ 部门.__class__ }}", "模板里不能用“__class__”"),
        ("{{ 部门 部门 }}", "“{{ 部门 部门 }}”写得不对：写法不完整或多了内容"),
        ("{{ 国有资产.其他用车说明 }}", "模板要写出“国有资产.其他用车说明”，但填报文件没有填写"),
        ("{{ 总收入 }}", "没有说明写法：金额写成“……|万元”"),
        ("{{ 总收入 > 0 }}", "这里要写出的是“是”或“否”的判断"),
        ("{{ 概况 }}", "这里要写出的是一组内容"),
        ("{{ 表1 }}", "这里要写出的是一组内容"),
        ("{{ 部门 if 年度 == 1999 }}", "在条件不成立时没有内容可写"),
        ("{% for 项 in 收入项目 %}{{ loop.previtem.名称 }}{% endfor %}", "循环的第一项前面没有上一项"),
        ("{{ 画表('表1') }}", "要独占一段"),
        ("{% if 部门 %}", "后面没有“{% endif %}”结束它"),
    ],
)
def test_a_build_stops_with_the_paragraph_and_the_name(run, template, home, tmp_path, written, says):
    numbers = []

    def change(document):
        paragraph = at(document, RUNNING_COSTS)
        numbers.append(number_of(document, paragraph))
        paragraph.add_run(written)

    template(change)
    file = tmp_path / "填报.yaml"
    file.write_text(re.sub(r"(?m)^  其他用车说明:.*\n", "", replaced()), encoding="utf-8")
    result = run("build", file, "--editions", home, "-o", tmp_path / "output")
    assert (result.status, result.out) == (1, "")
    assert says in result.err
    assert f"gz-2020.docx（第 {numbers[0]} 段“{RUNNING_COSTS}" in result.err
    assert "Traceback" not in result.err
    assert not (tmp_path / "output").exists()


def test_a_fault_in_a_table_names_the_cell(run, template, home, tmp_path):
    def change(document):
        document.tables[0].rows[5].cells[2].paragraphs[0].add_run("{{ 行.没有 }}")

    template(change)
    result = run("build", EXAMPLE, "--editions", home, "-o", tmp_path / "output")
    assert "第 1 个表格第 6 行第 3 格“{{ 行.预期实现值 }}{{ 行.没有 }}”" in result.err


def test_a_cell_is_not_merged_with_one_that_there_is_not(run, template, home, tmp_path):
    """In the first row of the template, and in the first that a loop leaves."""

    def in_first_row(document):
        document.tables[0].rows[0].cells[0].paragraphs[0].text = "{{ 同上 }}"

    def in_first_that_is_left(document):
        table = document.tables[0]
        table.rows[4]._tr.addnext(table.rows[5]._tr)
        for row in table.rows[:4]:
            table._tbl.remove(row._tr)
        table.rows[1].cells[0].paragraphs[0].text = "{{ 同上 }}"

    for change, says in ((in_first_row, "表格的第一行用了“同上”"), (in_first_that_is_left, "上面没有同样宽的一格")):
        template(change)
        result = run("build", EXAMPLE, "--editions", home, "-o", tmp_path / "output")
        assert result.status == 1
        assert says in result.err


def test_a_template_without_a_size_of_paper(run, template, home, tmp_path):
    def change(document):
        for size in list(document.element.body.iter(qn("w:pgSz"))):
            size.getparent().remove(size)

    template(change)
    result = run("build", EXAMPLE, "--editions", home, "-o", tmp_path / "output")
    assert result.status == 1
    assert "模板没有纸张大小" in result.err


def test_a_cell_of_a_loop_over_nothing_stays_a_cell(run, template, home, tmp_path):
    """Word does not open a file with a cell that has no paragraph."""

    def change(document):
        cell = document.tables[0].rows[2].cells[0]
        cell.text = "{%p for 单位 in 概况.下属单位 %}"
        cell.add_paragraph("{{ 单位 }}")
        cell.add_paragraph("{%p endfor %}")

    template(change)
    file = tmp_path / "填报.yaml"
    file.write_text(re.sub(r"(?m)^  下属单位:\n(    - .*\n)+", "", replaced()), encoding="utf-8")
    assert run("build", file, "--editions", home, "-o", tmp_path / "output").status == 0
    (docx,) = (tmp_path / "output").glob("*.docx")
    cells = list(Document(str(docx)).element.body.iter(qn("w:tc")))
    assert [cell for cell in cells if cell[-1].tag != qn("w:p")] == []


def test_a_fault_in_a_row_of_a_loop_names_the_row(run, template, home, tmp_path):
    def change(document):
        for paragraph in document.tables[0].rows[4].cells[0].paragraphs:
            paragraph.text = paragraph.text.replace("整体.目标完成情况", "整体.目标")

    template(change)
    result = run("build", EXAMPLE, "--editions", home, "-o", tmp_path / "output")
    assert "第 1 个表格第 5 行第 1 格“{%tr for 行 in 整体.目标 %}”" in result.err


def test_a_fault_in_a_footer(run, template, home, tmp_path):
    def change(document):
        document.sections[1].footer.paragraphs[0].text = "{{ 部们 }}"

    template(change)
    result = run("build", EXAMPLE, "--editions", home, "-o", tmp_path / "output")
    assert result.status == 1
    assert "没有“部们”这个名称，是不是“部门”？" in result.err
    assert "页脚“{{ 部们 }}”" in result.err


def with_footnote(document, text):
    """Adds a footnote part with `text`, referred to from the paragraph on assets."""
    xml = (
        f'<w:footnotes {NAMESPACES}><w:footnote w:id="2"><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:footnote>'
        "</w:footnotes>"
    )
    name = PackURI("/word/footnotes.xml")
    part = Part(name, CONTENT_TYPE.WML_FOOTNOTES, xml.encode(), document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
    run = at(document, ASSETS).add_run()
    reference = OxmlElement("w:footnoteReference")
    reference.set(qn("w:id"), "2")
    run._r.append(reference)


def test_a_fault_in_a_footnote(run, template, home, tmp_path, check):
    template(lambda document: with_footnote(document, "见{{ 部们 }}。"))
    result = run("build", EXAMPLE, "--editions", home, "-o", tmp_path / "output")
    assert result.status == 1
    assert "脚注“见{{ 部们 }}。”" in result.err


@pytest.mark.slow
def test_a_footnote_is_filled_once_and_never_runs_what_a_department_wrote(run, template, home, tmp_path):
    template(lambda document: with_footnote(document, "{{ 概况.机关 }}"))
    file = tmp_path / "填报.yaml"
    file.write_text(replaced(("机关: 局机关", '机关: "{{ 总收入 }}"')), encoding="utf-8")
    assert run("build", file, "--editions", home, "-o", tmp_path / "output").status == 0
    (docx,) = (tmp_path / "output").glob("*.docx")
    shown = run("template", "show", docx).out
    assert re.search(r"== 脚注\n脚注 2\n +［.*］\{\{ 总收入 \}\}", shown)
