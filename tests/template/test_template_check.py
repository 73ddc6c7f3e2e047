"""`juesuan template check`: each slip in a template that a finance bureau changed is found, with its paragraph."""

from __future__ import annotations

import json
import re
import shutil

import pytest
from departments import EXAMPLE
from docx import Document
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml
from published import text_of
from template_changes import ASSETS, FOUND, NAMESPACES, PURCHASES, RUNNING_COSTS, TEMPLATE, at, insert, rewrite

from generator.edition import available_editions, load_edition
from generator.findings import Severity
from generator.pdf.fonts import FontLibrary
from generator.template.checking import check_template


@pytest.mark.slow
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
    ("{{ 表10.下级名称('专项收人')|顿号 }}", "“表10”没有行“专项收人”"),
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
    ("{{ 概况.下属单位|项数 + '个' }}", "数和文字不能这样计算，连接文字用“~”"),
    ("{{ (年度 + 77)|汉字 }}", "用示例“haizhu-2020.yaml”填写时：“汉字”用得不对"),
]


@pytest.fixture(scope="module")
def slips(tmp_path_factory):
    """The findings for a template with all `SLIPS`, each at the end of a paragraph of its own."""
    path = tmp_path_factory.mktemp("slips") / "gz-2020.docx"
    document = Document(str(TEMPLATE))
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
    found = check(lambda document: at(document, RUNNING_COSTS).add_run(written))
    assert any(says in message for _, _, message, _ in found), found
    for severity, _, message, place in found:
        assert severity == "错误"
        assert re.search(rf"（第 \d+ 段“{RUNNING_COSTS[:16]}", place)
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


@pytest.mark.slow
def test_a_tag_that_word_split_over_runs_is_whole_here(check, run, template, home, tmp_path):
    def change(document):
        paragraph = at(document, "第五部分").insert_paragraph_before()
        for piece in ("共{", "{ 总", "收入", "|万", "元 }", "}。"):
            paragraph.add_run(piece).bold = True

    assert check(change) == []
    assert run("build", EXAMPLE, "--editions", home, "-o", tmp_path / "output").status == 0
    (docx,) = (tmp_path / "output").glob("*.docx")
    assert "共5,143.02万元。" in text_of(Document(str(docx)))


@pytest.mark.slow
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
    original = Document(str(TEMPLATE))
    assert turned == [section.page_width > section.page_height for section in original.sections]


def test_a_condition_that_is_not_closed_within_a_loop(check):
    condition = "{%p if 甲.金额 %}"
    ((_, _, message, place),) = check(
        insert("第五部分", "{%p for 甲 in 收入项目 %}", condition, "{{ 甲.名称 }}", "{%p endfor %}")
    )
    assert f"这里的“{condition}”打开了条件，后面没有“{{%p endif %}}”结束它，请在后面另起一段补上" in message
    assert f"段“{condition}”" in place


def test_an_end_of_another_kind(check):
    ((_, _, message, _),) = check(insert("第五部分", "{%p if 部门 %}", "{%p endfor %}"))
    assert re.search(r"“{%p endfor %}”结束不了第 \d+ 段的“{%p if 部门 %}”，应写成“{%p endif %}”。", message)


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


def test_a_heading_that_skips_a_level_is_named(check):
    def change(document):
        at(document, "（一）部门主要职责").style = document.styles["Heading 3"]

    ((severity, code, message, place),) = check(change)
    assert (severity, code) == ("提醒", "T111")
    assert message.startswith("这是 3 级标题，前面的标题是 1 级，中间跳过了一级：请改用“标题 2”")
    assert "段“（一）部门主要职责”" in place


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


def test_what_was_not_filled_in_is_found_everywhere(check):
    box = (
        f'<w:r {NAMESPACES}><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml" style="width:90pt;height:40pt">'
        "<v:textbox><w:txbxContent><w:p><w:r><w:t>共……项</w:t></w:r></w:p></w:txbxContent></v:textbox>"
        "</v:shape></w:pict></w:r>"
    )

    def change(document):
        at(document, ASSETS)._p.append(parse_xml(box))
        document.sections[1].footer.paragraphs[0].add_run("XX")
        document.sections[1].header.is_linked_to_previous = False
        document.sections[1].header.paragraphs[0].text = "某某局"

    places = [place for _, code, _, place in check(change) if code == "C101"]
    assert [re.search("页眉|页脚|文本框", place)[0] for place in places] == ["文本框", "页脚", "页眉"]


def test_a_table_is_not_drawn_in_a_footer(check, run, template, home, tmp_path):
    def change(document):
        document.sections[1].footer.paragraphs[0].text = "{{p 画表('表1') }}"

    assert any("只能放在正文里" in message and "（页脚“" in place for _, _, message, place in check(change))
    result = run("build", EXAMPLE, "--editions", home, "-o", tmp_path / "output")
    assert result.status == 1
    assert "只能放在正文里" in result.err


@pytest.mark.slow
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


def test_what_is_not_for_readers_is_told_and_neither_checked_nor_run(check):
    """A comment, a deletion with a tag that leads to nothing, one tag of which half is deleted, and hidden text."""
    marks = 'w:id="1" w:author="张三" w:date="2021-01-01T00:00:00Z"'
    pieces = (
        f"<w:del {marks}><w:r><w:delText>{{{{ 没有的名称 }}}}……</w:delText></w:r></w:del>"
        "<w:r><w:t>{{ 部</w:t></w:r>"
        f"<w:del {marks}><w:r><w:delText>分</w:delText></w:r></w:del>"
        f"<w:ins {marks}><w:r><w:t>门</w:t></w:r></w:ins><w:r><w:t> }}}}</w:t></w:r>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>{{ 也没有 }}</w:t></w:r>"
    )

    def change(document):
        written = at(document, ASSETS).insert_paragraph_before()
        for element in parse_xml(f"<w:p {NAMESPACES}>{pieces}</w:p>"):
            written._p.append(element)
        document.add_comment(at(document, PURCHASES).runs[:1], "这里请核对", author="李四")

    comments, changes, hidden = check(change)
    assert comments[:3] == ("提醒", "T110", "模板里有 1 处批注（李四）：不会公开，生成时去掉。请核对是不是这样。")
    assert "“{{ 年度 }}年本部门政府采购" in comments[3]
    assert "1 处修订（张三）：生成时按“接受所有修订”处理" in changes[2]
    assert "1 处隐藏文字：不会公开" in hidden[2]
    assert "{{ 没有的名称 }}……{{ 部分门 }}" in hidden[3]
