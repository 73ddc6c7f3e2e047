"""A template changed by a finance bureau: each slip is found, named with its paragraph, and stops the publication."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from departments import EXAMPLE, replaced
from docx import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml
from PIL import Image
from published import text_of

from generator.accounts import load_accounts
from generator.edition import available_editions, load_edition
from generator.findings import Severity
from generator.narrative import narrative_context
from generator.pdf.fonts import FontLibrary
from generator.template.checking import check_template
from generator.template.names import template_names

ROOT = Path(__file__).parent.parent
EXAMPLES = sorted((ROOT / "data_specs" / "examples").glob("*.yaml"))
NAMESPACES = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
FOUND = re.compile(r"^(错误|提醒) (\w\d{3}) (.+)\n    (.+)$", re.MULTILINE)


@pytest.fixture
def home(tmp_path):
    """A folder with an edition of one's own: a copy of gz-2020."""
    shutil.copytree(ROOT / "data_specs" / "gz-2020", tmp_path / "自己的版本" / "data_specs" / "gz-2020")
    (tmp_path / "自己的版本" / "templates").mkdir()
    return tmp_path / "自己的版本"


@pytest.fixture
def template(home):
    """Writes the template of `home`: that of gz-2020, changed by a function of its python-docx document."""

    def template(change=lambda document: None):
        document = Document(str(ROOT / "templates" / "gz-2020.docx"))
        change(document)
        path = home / "templates" / "gz-2020.docx"
        document.save(str(path))
        return path

    return template


@pytest.fixture
def check(run, template):
    """The findings of `juesuan template check` for a changed template, as (severity, code, message, place)."""

    def check(change):
        result = run("template", "check", template(change), "--edition", "gz-2020")
        assert result.err == ""
        found = [finding for finding in FOUND.findall(result.out) if finding[1] != "P103"]
        assert result.status == (1 if any(severity == "错误" for severity, *_ in found) else 0)
        return found

    return check


def at(document, beginning):
    """The paragraph that begins so."""
    return next(paragraph for paragraph in document.paragraphs if paragraph.text.startswith(beginning))


def number_of(document, paragraph):
    return [one._p for one in document.paragraphs].index(paragraph._p) + 1


def rewrite(beginning, *replacements):
    """A change of one paragraph's text."""

    def change(document):
        paragraph = at(document, beginning)
        for old, new in replacements:
            assert old in paragraph.text
            paragraph.text = paragraph.text.replace(old, new)

    return change


def insert(before, *texts):
    """A change that puts paragraphs before the one that begins so."""

    def change(document):
        for text in texts:
            at(document, before).insert_paragraph_before(text)

    return change


ASSETS = "截至{{ 年度 }}年12月31日"
PURCHASES = "{{ 年度 }}年本部门政府采购支出总额"


def test_the_templates_of_all_editions_are_right(run):
    for edition in available_editions():
        result = run("template", "check", edition)
        assert (result.status, result.err) == (0, "")
        assert {code for _, code, *_ in FOUND.findall(result.out)} <= {"P103"}


# What is written in a paragraph, and a part of what is said of it.
SLIPS = [
    ("{{ 总收人|万元 }}", "没有“总收人”这个名称，是不是“总收入”？"),
    ("{{ 三公经费.公务用车.保有两 }}", "“三公经费.公务用车”没有“保有两”，是不是“保有量”？"),
    ("{{ 部门.全称 }}", "“部门”是文字，没有下级“全称”"),
    ("{{ 绩效.项目.名称 }}", "“绩效.项目”是列表，要先用循环取出每一项"),
    ("{{ 表7['决算数']['公务招待费']|万元 }}", "“表7['决算数']”没有栏“公务招待费”，是不是“公务接待费”？"),
    ("{{ 表7['决算书']['合计']|万元 }}", "“表7”没有行“决算书”，是不是“决算数”？"),
    ("{{ 表5['2990101']['基本支出']|万元 }}", "“表5”没有行“2990101”"),
    ("{% for 类 in ['专项收入', '罚没收人'] %}{{ 表10[类]['合计']|万元 }}{% endfor %}", "“表10”没有行“罚没收人”"),
    ("{{ 表10.下级('专项收人')|顿号 }}", "“表10”没有行“专项收人”"),
    (
        "{% for 项 in 收入项目 %}{{ 项.年初预算|万元 }}{% endfor %}",
        "“项”（指标一般公共预算财政拨款收入、政府性基金预算财政拨款收入、国有资本经营预算财政拨款收入等）没有“年初预算”",
    ),
    ("{% for 项 in 部门 %}{{ 项 }}{% endfor %}", "“部门”是文字，不是列表"),
    ("{% if 年度 == 1999 %}{{ 没有的名称 }}{% endif %}", "没有“没有的名称”这个名称"),
    ("{% if 部门 %}{% else %}{{ 表2['合计']['其它收入'] }}{% endif %}", "是不是“其他收入”？"),
    ("{{ '甲' if 部门 else 没有 }}", "没有“没有”这个名称"),
    ("{{ 总收入|万圆 }}", "没有过滤器“万圆”，是不是“万元”？"),
    ("{{ 总收入 is 大 }}", "没有判断“大”"),
    ("{{ 占此(总收入, 总支出) }}", "没有函数“占此”，是不是“占比”？"),
    ("{{ 变动(总收入, 总支出) }}", "“变动”括号里的项数不对，写法如：变动(甲, 乙, '上年决算数')。"),
    ("{{ loop.index }}", "“loop”只能在循环里用"),
    ("{{ 总收入 }}", "“总收入”是金额，要说明写法，写成“总收入|万元”"),
    ("{{ 概况.下属单位 }}", "“概况.下属单位”是名单，不能直接写出，请用循环，或“……|顿号”"),
    ("{{ 三公经费.公务用车 }}", "“三公经费.公务用车”是组，不能直接写出，请写到其中的一项"),
    ("{{ 变动（总收入，总支出） }}", "“（”是全角符号，请改成半角的“(”"),
    ("｛｛ 部门 ｝｝", "“｛｛”里有全角符号"),
    ("{{ 占比(总收入, 总支出 }}", "括号“(”和“)”的个数不同"),
    ("{{ 表7['决算数 }}", "引号没有成对"),
    ("{{ }}", "标记里没有内容"),
    ("{%p if 部门 %}", "要独占一段：同一段的其他内容会丢失"),
    ("{{ 画表('表1') }}", "要独占一段，并写成“{{p 画表('表1') }}”"),
    ("{{ p 部门 }}", "要紧跟在“{{”后面"),
]
# The same for what changes the meaning of all that follows.
BROKEN_TAGS = [
    ("{{ 总收入|万元 ", "“{{”开始的标记没有结束（缺少“}}”）"),
    ("总收入|万元 }}", "多出“}}”"),
    ("{% 如果 部门 %}", "没有“如果”这种标记"),
    ("{% fro 项 in 收入项目 %}", "没有“fro”这种标记，是不是“for”？"),
    ("{% if 年度 = 2020 %}{% endif %}", "两个等号"),
    ("{% if 部门 %}甲", "打开了条件，后面没有“{% endif %}”结束它，请在同一段里补上"),
    ("甲{% endif %}", "没有可结束的条件"),
    ("{% else %}", "不在条件里"),
    ("{%pif 部门 %}", "要紧跟在“{%”后面"),
    ("{{ 概况.下属单位|项数 + '个' }}", "用示例“haizhu-2020.yaml”填写时：这里的内容不能这样用"),
]


@pytest.fixture(scope="module")
def slips(tmp_path_factory):
    """The findings for a template with all `SLIPS`, each at the end of a paragraph of its own."""
    path = tmp_path_factory.mktemp("slips") / "gz-2020.docx"
    document = Document(str(ROOT / "templates" / "gz-2020.docx"))
    for number, (written, _) in enumerate(SLIPS):
        at(document, "第五部分").insert_paragraph_before(f"{number}号：{written}")
    document.save(str(path))
    return check_template(path, load_edition("gz-2020"), FontLibrary.of_machine(()))


@pytest.mark.parametrize(("number", "written", "says"), [(number, *slip) for number, slip in enumerate(SLIPS)])
def test_a_slip_in_a_tag_is_named_with_its_paragraph(slips, number, written, says):
    found = [finding for finding in slips if f"段“{number}号：" in finding.places[0].where]
    assert any(says in finding.message for finding in found), found
    for finding in found:
        assert finding.severity is Severity.ERROR
        assert f"段“{number}号：{written[:4]}" in finding.places[0].where
        assert is_chinese(finding.message)


def is_chinese(message):
    """Whether `message` has English in it only where it quotes, or names a command or a keyword."""
    return not re.search("[a-z]{4,}", re.sub("“.*?”|juesuan template names|defined|[a-z]+(、[a-z]+)+", "", message))


@pytest.mark.parametrize(("written", "says"), BROKEN_TAGS)
def test_a_tag_that_is_broken_is_named_with_its_paragraph(check, written, says):
    found = check(lambda document: at(document, ASSETS).add_run(written))
    assert any(says in message for _, _, message, _ in found), found
    for severity, _, message, place in found:
        assert severity == "错误"
        assert re.search(r"（第 \d+ 段“截至{{ 年度 }}年12月31日", place)
        assert is_chinese(message)


def test_a_template_as_it_is_has_no_findings_of_its_own(check):
    assert check(lambda document: None) == []


def test_every_slip_is_told_at_once_in_the_order_of_the_text(check):
    def change(document):
        rewrite(ASSETS, ("国有资产.专用设备", "国有资产.专业设备"))(document)
        rewrite(PURCHASES, ("政府采购.小微企业|", "政府采购.小微企业|圆|"))(document)
        insert("第五部分", "{%p for 甲 in 收入项目 %}")(document)

    first, second, third = [message for _, _, message, _ in check(change)]
    assert "没有过滤器“圆”" in first
    assert "是不是“专用设备”？" in second
    assert "后面没有“{%p endfor %}”结束它" in third


def test_a_tag_that_word_split_over_runs_is_whole_here(check, run, template, home, tmp_path):
    def change(document):
        paragraph = at(document, "第五部分").insert_paragraph_before()
        for piece in ("共{", "{ 总", "收入", "|万", "元 }", "}。"):
            paragraph.add_run(piece).bold = True

    assert check(change) == []
    assert run("build", EXAMPLE, "--editions", home, "-o", tmp_path / "output").status == 0
    (docx,) = (tmp_path / "output").glob("*.docx")
    assert "共5,143.02万元。" in text_of(Document(str(docx)))


def test_a_section_break_in_the_paragraph_of_a_tag_is_kept(check, run, template, home, tmp_path):
    """Word puts a section break into the paragraph before it, here one that becomes a table, or the end of a loop."""

    def change(document):
        for beginning in ("{{p 画表('表10')", "{%p endif %}"):
            tagged = [paragraph for paragraph in document.paragraphs if paragraph.text.startswith(beginning)][-1]
            carrier = tagged._p.getnext() if "画表" in beginning else document.paragraphs[-1]._p
            section = carrier.find(f"{qn('w:pPr')}/{qn('w:sectPr')}")
            if section is not None:
                tagged._p.get_or_add_pPr().append(section)
                carrier.getparent().remove(carrier)

    assert check(change) == []
    assert run("build", EXAMPLE, "--editions", home, "-o", tmp_path / "output").status == 0
    (docx,) = (tmp_path / "output").glob("*.docx")
    turned = [section.page_width > section.page_height for section in Document(str(docx)).sections]
    original = Document(str(ROOT / "templates" / "gz-2020.docx"))
    assert turned == [section.page_width > section.page_height for section in original.sections]


def test_a_condition_that_is_not_closed_within_a_loop(check):
    condition = "{%p if 甲.金额 %}"
    ((_, _, message, place),) = check(
        insert("第五部分", "{%p for 甲 in 收入项目 %}", condition, "{{ 甲.名称 }}", "{%p endfor %}")
    )
    assert f"这里的“{condition}”打开了条件，后面没有“{{%p endif %}}”结束它，请在后面另起一段补上" in message
    assert f"段“{condition}”" in place


def test_an_end_of_another_kind(check):
    first, second = check(insert("第五部分", "{%p if 部门 %}", "{%p endfor %}"))
    assert "后面没有“{%p endif %}”结束它" in first[2]
    assert re.search(r"“{%p endfor %}”没有可结束的循环，最近打开的是第 \d+ 段的“{%p if 部门 %}”", second[2])


def test_a_loop_may_not_begin_in_the_text_and_end_in_a_table(check):
    def change(document):
        document.tables[0]._tbl.addprevious(at(document, "{%p for 词").insert_paragraph_before("{%p if 部门 %}")._p)
        document.tables[0].rows[1].cells[0].paragraphs[0].insert_paragraph_before("{%p endif %}")

    ((_, _, message, place),) = check(change)
    assert "要在同一处（同在正文，或同在一格）里" in message
    assert "第 1 个表格第 2 行第 1 格“{%p endif %}”" in place


def test_a_row_of_a_loop_holds_nothing_else(check):
    def change(document):
        document.tables[0].rows[4].cells[0].paragraphs[0].add_run("关键指标")

    found = check(change)
    assert "要独占一行" in found[0][2]
    assert "第 1 个表格第 5 行第 1 格" in found[0][3]


def test_a_loop_of_rows_that_is_not_closed(check):
    def change(document):
        document.tables[0]._tbl.remove(document.tables[0].rows[6]._tr)

    ((_, _, message, place),) = check(change)
    assert "后面没有“{%tr endfor %}”结束它，请在同一表格后面另起一行补上" in message
    assert "第 1 个表格第 5 行第 1 格“{%tr for 行 in 整体.目标完成情况 %}”" in place


def test_a_table_that_is_not_drawn_or_drawn_twice(check):
    def change(document):
        paragraph = at(document, "{{p 画表('表5')")
        paragraph.text = "{{p 画表('表4') }}"

    twice, never = sorted(check(change), key=lambda found: "没有画" in found[2])
    assert "“表4”画了两次（另一处在第" in twice[2]
    assert "（第" in twice[3] and "{{p 画表('表4') }}" in twice[3]
    assert "没有画“表5”，请在模板里另起一段，写 {{p 画表('表5') }}。" in never[2]


def test_a_table_may_stand_in_two_branches_of_one_condition(check):
    def change(document):
        at(document, "{{p 画表('表5')").insert_paragraph_before("{%p if 项目支出 %}")
        at(document, "{{p 画表('表5')").insert_paragraph_before("{{p 画表('表5') }}")
        second = [paragraph for paragraph in document.paragraphs if paragraph.text == "{{p 画表('表5') }}"][1]
        second.insert_paragraph_before("{%p else %}")
        at(document, "六、一般公共预算财政拨款基本支出决算表").insert_paragraph_before("{%p endif %}")

    assert check(change) == []


def test_tables_and_charts_that_there_are_not(check):
    found = check(insert("第五部分", "{{p 画表('表99') }}", "{{p 画图('图一') }}"))
    assert "这个版本没有“表99”" in found[0][2]
    assert "这个版本没有“图一”" in found[1][2]


def test_a_table_that_is_not_public_is_not_drawn(check, home, run, template):
    file = home / "data_specs" / "gz-2020" / "表9.yaml"
    file.write_text(f"{file.read_text(encoding='utf-8')}\n公开: 否\n", encoding="utf-8")
    result = run("template", "check", template(), "--editions", home)
    assert result.status == 1
    assert "“表9”写着“公开: 否”，不应画在公开文本里" in result.out


@pytest.mark.parametrize("name", ["决算表注", "绩效表数字"])
def test_a_style_that_is_missing(check, name):
    def change(document):
        style = document.styles[name]
        style.element.getparent().remove(style.element)

    found = check(change)
    assert any(f"缺少样式{name}：" in message and severity == "错误" for severity, _, message, _ in found)


def test_no_contents_and_no_headings(check):
    def change(document):
        for text in document.element.body.iter(qn("w:instrText")):
            text.text = " DATE "
        for paragraph in document.paragraphs:
            if paragraph.style.name.startswith("Heading"):
                paragraph.style = document.styles["公文正文"]

    found = check(change)
    assert {severity for severity, *_ in found} == {"提醒"}
    assert any("没有目录：请在 Word 里用“引用”“目录”插入自动目录" in message for _, _, message, _ in found)
    assert any("目录会是空的" in message for _, _, message, _ in found)


def test_an_entry_that_may_be_left_out_is_asked_for_first(check):
    ((severity, _, message, place),) = check(
        rewrite(ASSETS, ("{% if 国有资产.其他用车说明 %}", ""), ("{% endif %}", ""))
    )
    assert severity == "提醒"
    assert "“国有资产.其他用车说明”部门可以不填" in message and "{% if 国有资产.其他用车说明 %}" in message
    assert "（第" in place


def test_what_the_pdf_cannot_show_is_told(check):
    def change(document):
        at(document, ASSETS)._p.addnext(parse_xml(f"<w:altChunk {NAMESPACES}/>"))

    found = check(change)
    assert [(severity, code) for severity, code, *_ in found] == [("提醒", "P101")]
    assert "（第" in found[0][3]


def test_text_boxes_headers_and_notes_are_followed_too(check):
    box = (
        f'<w:r {NAMESPACES}><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml" style="width:90pt;height:20pt">'
        "<v:textbox><w:txbxContent><w:p><w:r><w:t>{{ 部门名 }}</w:t></w:r></w:p></w:txbxContent></v:textbox>"
        "</v:shape></w:pict></w:r>"
    )

    def change(document):
        at(document, ASSETS)._p.append(parse_xml(box))
        document.sections[1].footer.paragraphs[0].text = "{{ 部们 }}"

    errors = [(message, place) for severity, _, message, place in check(change) if severity == "错误"]
    assert any(
        "没有“部门名”" in message and re.search(r"第 \d+ 段的文本框“{{ 部门名 }}”", place) for message, place in errors
    )
    assert any("没有“部们”" in message and "页脚“{{ 部们 }}”" in place for message, place in errors)


def test_a_table_is_not_drawn_in_a_footer(check, run, template, home, tmp_path):
    def change(document):
        document.sections[1].footer.paragraphs[0].text = "{{p 画表('表1') }}"

    assert any("只能放在正文里" in message and "（页脚“" in place for _, _, message, place in check(change))
    result = run("build", EXAMPLE, "--editions", home, "-o", tmp_path / "output")
    assert result.status == 1
    assert "只能放在正文里" in result.err


def test_a_file_tells_its_edition_by_its_name(run, template, tmp_path):
    path = template()
    named = tmp_path / "gz-2020（修改稿）.docx"
    shutil.copy(path, named)
    assert run("template", "check", named).status == 0
    unnamed = tmp_path / "修改稿.docx"
    shutil.copy(path, unnamed)
    result = run("template", "check", unnamed)
    assert result.status == 1
    assert "看不出属于哪个版本，请加上 --edition" in result.err
    assert run("template", "check", unnamed, "--edition", "gz-2020").status == 0


def test_a_file_that_is_no_word_document(run, tmp_path):
    path = tmp_path / "gz-2020.docx"
    path.write_text("模板", encoding="utf-8")
    for command in ("check", "show"):
        result = run("template", command, path)
        assert result.status == 1
        assert "Word" in result.out + result.err


def test_findings_as_json(run, template):
    path = template(rewrite(ASSETS, ("专用设备 }}", "专业设备 }}")))
    result = run("template", "check", path, "--format", "json")
    (finding,) = [finding for finding in json.loads(result.out) if finding["级别"] == "错误"]
    assert finding["位置"][0]["项目"].startswith("第 ")


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
        ("{{ 表10.下级('罚没收人') }}", "没有“罚没收人”这一行"),
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
        paragraph = at(document, PURCHASES)
        numbers.append(number_of(document, paragraph))
        paragraph.add_run(written)

    template(change)
    file = tmp_path / "填报.yaml"
    file.write_text(re.sub(r"(?m)^  其他用车说明:.*\n", "", replaced()), encoding="utf-8")
    result = run("build", file, "--editions", home, "-o", tmp_path / "output")
    assert (result.status, result.out) == (1, "")
    assert says in result.err
    assert f"gz-2020.docx（第 {numbers[0]} 段“{{{{ 年度 }}}}年本部门政府采购支出总额" in result.err
    assert "Traceback" not in result.err
    assert not (tmp_path / "output").exists()


def test_a_fault_in_a_table_names_the_cell(run, template, home, tmp_path):
    def change(document):
        document.tables[0].rows[5].cells[2].paragraphs[0].add_run("{{ 行.没有 }}")

    template(change)
    result = run("build", EXAMPLE, "--editions", home, "-o", tmp_path / "output")
    assert "第 1 个表格第 6 行第 3 格“{{ 行.预期实现值 }}{{ 行.没有 }}”" in result.err


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


def test_a_footnote_is_filled_once_and_never_runs_what_a_department_wrote(run, template, home, tmp_path):
    template(lambda document: with_footnote(document, "{{ 概况.机关 }}"))
    file = tmp_path / "填报.yaml"
    file.write_text(replaced(("机关: 局机关", '机关: "{{ 总收入 }}"')), encoding="utf-8")
    assert run("build", file, "--editions", home, "-o", tmp_path / "output").status == 0
    (docx,) = (tmp_path / "output").glob("*.docx")
    shown = run("template", "show", docx).out
    assert re.search(r"== 脚注\n脚注 2\n +［.*］\{\{ 总收入 \}\}", shown)


def test_show_is_one_thing_a_line_and_tells_what_changed(run, template, tmp_path):
    before = run("template", "show", template()).out.splitlines()

    def change(document):
        document.sections[0].left_margin = 914_400
        document.styles["公文正文"].font.bold = True
        document.tables[0].rows[3].cells[1].paragraphs[0].text = "主要指标"
        at(document, ASSETS).runs[0].font.italic = True

    after = run("template", "show", template(change)).out.splitlines()
    assert len([line for line in before if line not in after]) <= 5
    new = [line.strip() for line in after if line not in before]
    assert any("左 25.4 毫米" in line for line in new)
    assert any("加粗" in line and "字间距" in line for line in new)
    assert "［绩效表头］主要指标" in new
    assert any(line.startswith("文字“截至") and line.endswith("斜体") for line in new)


def test_show_tells_fields_tags_sections_and_styles(run, template):
    shown = run("template", "show", template()).out
    assert shown == run("template", "show", "gz-2020").out
    assert "［toc 1］［域 TOC" in shown
    assert "［公文正文］{{p 画表('表1') }}" in shown
    assert "纸张 297.0 毫米×210.0 毫米，横向" in shown
    assert "== 页脚 1" in shown
    assert "［heading 2］段落样式" in shown
    assert "中文字体 黑体，西文字体 黑体；字号 16 磅" in shown


def test_show_tells_one_picture_from_another(run, tmp_path):
    def shown(colour):
        picture = tmp_path / "图.png"
        Image.new("RGB", (20, 10), colour).save(picture)
        document = Document()
        document.add_picture(str(picture))
        document.save(str(tmp_path / "图.docx"))
        return run("template", "show", tmp_path / "图.docx").out

    assert "图形 7.1 毫米×3.5 毫米" in shown("red")
    assert shown("red") == shown("red")
    assert shown("red") != shown("blue")


def test_show_reads_a_finished_publication(run, publication, tmp_path):
    path = tmp_path / "公开文本.docx"
    path.write_bytes(publication.docx)
    shown = run("template", "show", path).out
    assert "5,143.02" in shown
    assert "PAGEREF" in shown


def test_git_shows_templates_as_text(template, tmp_path):
    """The line of configuration that the documentation gives, and the attributes of the repository."""
    repository = tmp_path / "库"
    repository.mkdir()
    command = f'"{sys.executable}" -c "from generator.cli import main; main()" template show'

    def git(*arguments):
        name = ("-c", "user.name=a", "-c", "user.email=a@example.org")
        done = subprocess.run(["git", *name, *arguments], cwd=repository, capture_output=True, check=True)
        return done.stdout.decode()

    git("init", "-q")
    git("config", "diff.juesuan.textconv", command)
    shutil.copy(ROOT / ".gitattributes", repository)
    shutil.copy(template(), repository / "gz-2020.docx")
    git("add", "-A")
    git("commit", "-qm", "1")
    shutil.copy(template(rewrite(ASSETS, ("专用设备", "特种设备"))), repository / "gz-2020.docx")
    changed = [line for line in git("diff").splitlines() if line[:1] in "+-" and line[:3] not in ("+++", "---")]
    assert len(changed) == 2
    assert "特种设备" in changed[1]


def test_names_lists_everything_with_its_value_in_the_example(run):
    shown = run("template", "names", "gz-2020").out
    assert "三公经费.公务用车.保有量（个数） = " in shown
    assert "总收入（金额） = 5,143.02" in shown
    assert "变动(甲, 乙, '上年决算数') → 比上年决算数增加1,117.25万元，增长27.75%" in shown
    assert "表7 一般公共预算财政拨款“三公”经费支出决算表" in shown


def test_names_as_json_are_complete(run):
    found = json.loads(run("template", "names", "gz-2020", "--format", "json").out)
    assert found["版本"] == "gz-2020"
    names = {name["名称"]: name for name in found["名称"]}
    assert names["概况.主要职责"]["说明"]
    assert names["收入项目[…].上年"]["示例值"] == "4,025.77"
    assert {table["名称"]: table["栏"] for table in found["表"]}["表6"] == ["金额"]
    assert all(word["说明"] and word["写法"] for word in found["过滤器和函数"])
    results = [word["结果"] for word in found["过滤器和函数"] if word["类型"] in ("过滤器", "函数")]
    assert results.count("") == 1  # 合并, which only a loop can show


def test_names_of_an_edition_without_an_example_have_no_values(run, home):
    assert run("edition", "new", "gz-2030", "--from", "gz-2020", "--editions", home).status == 0
    found = json.loads(run("template", "names", "gz-2030", "--format", "json", "--editions", home).out)
    assert {name["示例值"] for name in found["名称"]} == {""}
    assert found["名称"][0]["说明"] == "部门全称。"


@pytest.mark.parametrize(
    "example", sorted((ROOT / "data_specs" / "examples").glob("*.yaml")), ids=lambda path: path.stem
)
def test_the_names_known_without_data_are_those_that_there_are_with_data(example):
    accounts = load_accounts(example)
    context = narrative_context(accounts)
    known = template_names(load_edition(accounts.edition.identifier))
    assert list(context.keys() - known.keys()) == []
    assert list(known.keys() - context.keys()) == []

    def missing(value, name, path):
        if name.is_anything or name.kind == "表":
            return
        if isinstance(value, dict):
            for key, entry in value.items():
                below = name.below(key)
                if below is None and not name.items:
                    yield f"{path}.{key}"
                elif below:
                    yield from missing(entry, below, f"{path}.{key}")
        elif isinstance(value, list) and name.items:
            for entry in value:
                if isinstance(entry, dict):
                    yield from missing(entry, name.items[0], f"{path}[]")

    groups = accounts.edition.indicator_groups
    wrong = [path for key in known if key not in groups for path in missing(context[key], known[key], key)]
    assert wrong == []
    for group in groups:
        for item, name in zip(context[group], known[group].items, strict=True):
            assert item.keys() == name.parts.keys()
