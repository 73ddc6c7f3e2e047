"""Fields of three kinds: 表格 (tables of the department's own), 层次 (numbered prose) and 分科目 (by subject)."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import docx
import jsonschema
import pytest
from copies import copied_edition, replace_in
from departments import example, written
from docx.oxml.ns import qn
from docx.table import Table
from hypothesis import given
from hypothesis import strategies as st
from published import grid_of, is_repeated, pdf_pages, plain, rows_of, text_of

from generator.accounts import load_accounts
from generator.edition import load_edition, template_path
from generator.edition.loading import EDITIONS_VARIABLE
from generator.filling import fill_template
from generator.filling.boxes import Style
from generator.filling.free_tables import FREE_TABLE_STYLES, draw_free_table
from generator.findings import InvalidInput
from generator.kinds import FieldSpec, FileAtHand
from generator.kinds.outline import OutlineItem
from generator.kinds.values import Faults
from generator.narrative import TemplateFault
from generator.narrative.outline import outlined
from generator.numbers import FigureWriter, Unit
from generator.publish import make_publication
from generator.reading.source import parse_document

FIELDS = """
  - {名称: 自由表, 类型: 自由表格, 必填: 否, 说明: 部门自己定栏目的表。}
  - 名称: 任务表
    类型: 自由表格
    必填: 否
    说明: 栏目由版本规定的表。
    栏目: [任务, {头: 支出, 下级: [{头: 预算, 类型: 金额}, {头: 决算, 类型: 金额}]}, {头: 得分, 类型: 数值}]
    合计行: 是
  - {名称: 工作, 类型: 层次, 必填: 否, 说明: 工作情况。}
  - 名称: 科目说明
    类型: 分科目
    科目来自: 表5
    必填: 否
    说明: 各科目的用途。
    下级:
      - {名称: 用途, 类型: 短语, 说明: 该科目用于什么。}
      - {名称: 成效, 类型: 层次, 必填: 否, 说明: 取得的成效。}
      - {名称: 年初数, 类型: 金额, 必填: 否, 说明: 年初预算。}
"""
PARAGRAPHS = (
    "{%p if 自由表 %}",
    "{{p 画表(自由表) }}",
    "{{p 画表(自由表) }}",
    "{%p endif %}",
    "{%p if 任务表 %}",
    "{{p 画表(任务表) }}",
    "{% for 行 in 任务表.行 %}{{ 行.任务 }}的{{ 行['预算']|万元 }}；{% endfor %}决算{{ 任务表.合计.决算|万元 }}",
    "{%p endif %}",
    "{%p for 条 in 逐条(工作, '一是', '①', 'A.', 'a.', '(a)') %}",
    "级{{ 条.级 }}：{{ 条.序号 }}{{ 条.文字 }}",
    "{%p endfor %}",
    "{%p for 编码, 项 in 科目说明.items() %}",
    "{{ 编码 }}{% if 项.用途 %}用于{{ 项.用途 }}{% endif %}"
    "{% for 条 in 逐条(项.成效, '（1）') %}{{ 条.序号 }}{{ 条.文字 }}{% endfor %}",
    "{%p endfor %}",
)
SUBJECT = "2060101 行政运行"


@pytest.fixture(autouse=True)
def edition(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An edition of one's own: gz-2020 with the four fields above, and a template that shows nothing else."""
    home = tmp_path / "版本"
    fields = copied_edition("gz-2020", home) / "填报.yaml"
    replace_in(fields, ("去掉: [科目说明, ", "去掉: ["))
    with fields.open("a", encoding="utf-8") as file:
        file.write(FIELDS)
    template(PARAGRAPHS).save(home / "templates" / "gz-2020.docx")
    monkeypatch.setenv(EDITIONS_VARIABLE, str(home))
    return home


def template(texts: tuple[str, ...]) -> Any:
    """The template of gz-2020 with nothing but these paragraphs."""
    document = docx.Document(str(template_path(load_edition("gz-2020"))))
    body = document.element.body
    model = next(p for p in document.paragraphs if p.style.name == "公文正文")._p
    paragraphs = []
    for text in texts:
        paragraph = copy.deepcopy(model)
        first, *others = paragraph.findall(qn("w:r"))
        first.find(qn("w:t")).text = text
        for run in others:
            paragraph.remove(run)
        paragraphs.append(paragraph)
    for element in list(body)[:-1]:
        body.remove(element)
    for paragraph in paragraphs:
        body[-1].addprevious(paragraph)
    return document


@pytest.fixture
def filled(tmp_path: Path) -> Callable[..., Any]:
    """The Word document of the example with other entries, and of another template if one is given."""

    def filled(paragraphs: tuple[str, ...] = (), **entries: object) -> Any:
        accounts = load_accounts(written(tmp_path, example() | entries))
        path = template_path(accounts.edition)
        if paragraphs:
            template(paragraphs).save(path)
        return fill_template(path, accounts)

    return filled


@pytest.fixture
def refused(tmp_path: Path) -> Callable[..., list[str]]:
    """What is said of the example with other entries: each message with its place in the user's terms."""

    def refused(**entries: object) -> list[str]:
        try:
            findings = load_accounts(written(tmp_path, example() | entries)).faults
        except InvalidInput as invalid:
            findings = invalid.findings
        assert findings
        assert all(finding.places[0].line for finding in findings)
        return [f"{finding.places[0].where}｜{finding.message}" for finding in findings]

    return refused


# 表格


def test_a_table_of_ones_own(filled):
    table = {
        "标题": "2020年度任务情况表",
        "栏目": ["任务", {"头": "情况", "下级": ["目标", "完成"]}, {"头": "支出", "类型": "金额"}],
        "行": [
            ["热线", "接通率\n不低于95%", "98%", "1,234.5"],
            ["同上", "满意率", "99%", ""],
            {"任务": "网格", "支出": "-0.5"},
        ],
        "合计行": "总计",
        "注": "注：支出为实际支付数。",
    }
    document = filled(自由表=table)
    assert grid_of(document.tables[0]) == [
        ["2020年度任务情况表", None, None, None],
        ["单位：万元", None, None, None],
        ["任务", "情况", None, "支出"],
        [None, "目标", "完成", None],
        ["热线", "接通率\n不低于95%", "98%", "1,234.50"],
        [None, "满意率", "99%", ""],
        ["网格", "", "", "-0.50"],
        ["总计", None, None, "1,234.00"],
    ]
    assert [is_repeated(row) for row in document.tables[0].rows] == [True] * 4 + [False] * 4
    assert document.paragraphs[0].text == "注：支出为实际支付数。"


def test_a_column_as_files_of_before_have_it(filled):
    document = filled(自由表={"栏目": ["甲", {"头": "乙", "内容": "数"}], "行": [["丙", "1200"]]})
    assert grid_of(document.tables[0])[-1] == ["丙", "1200"]


def test_tables_in_a_row_stay_apart(filled):
    document = filled(自由表={"栏目": ["甲"], "行": [["乙"]]})
    tags = [element.tag.split("}")[1] for element in document.element.body]
    assert tags[:4] == ["tbl", "p", "tbl", "p"]


def test_a_table_with_the_columns_of_the_edition_is_a_list_of_rows(filled):
    document = filled(任务表=[["甲", "1", "2.5", "9.50"], ["乙", "同上", "3", "10"], ["丙", "4", "", "同上"]])
    assert grid_of(document.tables[0]) == [
        ["单位：万元", None, None, None],
        ["任务", "支出", None, "得分"],
        [None, "预算", "决算", None],
        ["甲", "1.00", "2.50", "9.5"],
        ["乙", None, "3.00", "10"],
        ["丙", "4.00", "", None],
        ["合计", "5.00", "5.50", ""],
    ]
    assert document.paragraphs[0].text == "甲的1.00万元；乙的1.00万元；丙的4.00万元；决算5.50万元"


def test_amounts_are_in_the_unit_of_the_file(filled):
    data = {"自由表": {"栏目": ["事项", {"头": "支出（万元）", "类型": "金额"}], "行": [["甲", "12345.67"]]}}
    tables: dict[str, object] = {"表2": {"2060101": {"财政拨款收入": "1"}}, "表5": {"2060101": {"基本支出": "1"}}}
    document = filled(金额单位="元", 决算表=tables, **data)
    assert rows_of(document.tables[0]) == [["事项", "支出（万元）"], ["甲", "1.23"]]


def test_a_head_that_says_元_would_be_wrong(refused):
    table = {"栏目": ["事项", {"头": "支出（元）", "类型": "金额"}], "行": [["甲", "1"]]}
    (message,) = refused(自由表=table)
    assert message.startswith("自由表｜")
    assert "请把这里的“元”改成“万元”" in message


WRONG_TABLES = [
    ({"栏目": ["甲", "乙"], "行": [["1"]]}, "自由表 › 第 1 行｜这一行有 1 格，应有 2 格（甲、乙）"),
    ({"栏目": ["甲", "乙"], "行": [["1", "2", "3"]]}, "自由表 › 第 1 行｜这一行有 3 格"),
    ({"栏目": ["甲", "乙"], "行": [["1", "2"], ["1", "234.56", "3"]]}, "自由表 › 第 2 行｜[ ] 里的逗号把金额断开了"),
    ({"栏目": ["甲"], "行": [{"乙": "1"}]}, "自由表 › 第 1 行｜没有“乙”这一项"),
    ({"栏目": ["甲"], "行": ["一"]}, "自由表 › 第 1 行｜一行应写成 [甲]"),
    ({"栏目": ["甲"], "行": [[["一"]]]}, "自由表 › 第 1 行 › 甲｜这里应是一段文字"),
    ({"栏目": ["甲"], "行": []}, "自由表｜这张表没有行"),
    ({"栏目": ["甲"]}, "自由表｜“自由表”缺少“行”"),
    ({"行": [["一"]]}, "自由表｜缺少“栏目”"),
    ({"栏目": [], "行": [["一"]]}, "自由表｜“栏目”是空的"),
    ({"栏目": ["甲", "甲"], "行": [["1", "2"]]}, "自由表｜栏目：有两栏都叫“甲”"),
    ({"栏目": [{"头": "甲", "类型": "钱"}], "行": [["1"]]}, "只能是 文字、金额、数值"),
    ({"栏目": [f"栏{n}" for n in range(31)], "行": [["1"]]}, "最多 30 栏"),
    ({"栏目": ["甲"], "行": [["1"]] * 1001}, "自由表｜这张表有 1001 行，最多 1000 行"),
    ({"栏目": ["甲"], "行": [["1"]], "合计行": "是"}, "自由表｜合计行加总金额"),
    ({"栏目": ["甲"], "行": [["1"]], "备注": "无"}, "自由表｜没有“备注”这一项"),
    ([["1"]], "自由表｜“自由表”是一张表，下面应写栏目和行"),
    ("见附件", "自由表｜“自由表”是一张表"),
]


@pytest.mark.parametrize(("table", "says"), WRONG_TABLES)
def test_what_is_no_table_is_told_with_its_row(refused, table, says):
    (message,) = refused(自由表=table)
    assert says in message


@pytest.mark.parametrize(
    ("amount", "says"), [("12万元", "“12万元”不是金额"), ("1.234", "小数超过两位"), ("－1", "请改成半角")]
)
def test_an_amount_is_judged_as_everywhere(refused, amount, says):
    (message,) = refused(任务表=[["甲", "1", "2", "3"], ["乙", amount, "2", "3"]])
    assert message.startswith("任务表 › 第 2 行 › 预算｜")
    assert says in message


def test_the_columns_of_an_edition_are_not_for_the_department_to_change(refused):
    (message,) = refused(任务表={"栏目": ["甲"], "行": [["甲", "1", "2", "3"]]})
    assert "没有“栏目”这一项" in message


# Merged cells

WRONG_MERGES = [
    ([["同上", "1"]], "第 1 行 › 甲｜第一行上面没有格子"),
    ([["同左", "1"]], "第 1 行 › 甲｜第一栏左边没有格子"),
    ([["1", "同左"], ["同上", "2"]], "第 2 行 › 乙｜第 1 行“甲”一格（“1”）合并的范围不是长方形"),
    ([["1", "2"], ["同上", "同左"]], "第 1 行 › 乙｜第 1 行“甲”一格（“1”）合并的范围不是长方形"),
]


@pytest.mark.parametrize(("rows", "says"), WRONG_MERGES)
def test_cells_that_cannot_be_merged(refused, rows, says):
    (message,) = refused(自由表={"栏目": ["甲", "乙"], "行": rows})
    assert says in message


def test_an_amount_does_not_run_into_the_next_column(refused):
    (message,) = refused(任务表=[["甲", "1", "同左", "3"]])
    assert message.startswith("任务表 › 第 1 行 › 决算｜左边是另一栏的金额")


@st.composite
def merged_grids(draw: st.DrawFn) -> tuple[list[list[str]], list[list[str | None]]]:
    """A grid parted into rectangles: as a file writes it, and with `None` where a cell goes on."""
    rows, columns = draw(st.integers(1, 6)), draw(st.integers(1, 6))
    marks = [["" for _ in range(columns)] for _ in range(rows)]
    shown: list[list[str | None]] = [[None for _ in range(columns)] for _ in range(rows)]
    number = 0
    for row in range(rows):
        for column in range(columns):
            if marks[row][column]:
                continue
            wide = 1
            while column + wide < columns and not marks[row][column + wide] and draw(st.booleans()):
                wide += 1
            high = draw(st.integers(1, rows - row))
            number += 1
            shown[row][column] = f"格{number}"
            for y in range(row, row + high):
                for x in range(column, column + wide):
                    choices = (["同上"] if y > row else []) + (["同左"] if x > column else [])
                    marks[y][x] = draw(st.sampled_from(choices)) if choices else f"格{number}"
    return marks, shown


BLANK, FIGURES = docx.Document(), FigureWriter(load_edition("gz-2020").wording)


@given(merged_grids())
def test_what_is_drawn_has_the_cells_of_the_file(grid):
    marks, shown = grid
    heads = [f"栏{number}" for number in range(len(marks[0]))]
    node = parse_document(json.dumps({"栏目": heads, "行": marks}, ensure_ascii=False), "表.json")
    faults = Faults()
    field = FieldSpec.model_validate({"名称": "表", "类型": "自由表格", "说明": "表。"})
    file = FileAtHand(load_edition("gz-2020"), Unit.TEN_THOUSAND, faults, lambda table: None, lambda indicator: None)
    table = field.kind.read(field, node, file)
    assert table, faults.findings
    styles = dict.fromkeys(FREE_TABLE_STYLES, Style("Normal"))
    (drawn,) = draw_free_table(table, FIGURES, styles, 9000)
    assert grid_of(Table(drawn, BLANK)) == [heads, *shown]
    widths = [int(column.get(qn("w:w"))) for column in drawn.iter(qn("w:gridCol"))]
    assert (sum(widths), len(widths)) == (9000, len(heads))
    assert min(widths) > 0


# Widths, and pages


def test_widths_are_as_wished_or_after_the_content(filled):
    wished = {"栏目": [{"头": "甲", "宽": 10}, {"头": "乙", "宽": 30}], "行": [["一", "二"]]}
    one, other = (column.width for column in filled(自由表=wished).tables[0].columns)
    assert other / one == pytest.approx(3, rel=0.01)
    uneven = {
        "栏目": ["序号", "内容", {"头": "支出", "类型": "金额"}],
        "行": [["1", "很长的一段话。" * 60, "1234567890.12"]],
    }
    number, text, amount = (column.width.pt for column in filled(自由表=uneven).tables[0].columns)
    assert text > 3 * number
    assert amount > len("1,234,567,890.12") * 10.5 / 2


def months(count: int, amount: str) -> dict[str, object]:
    heads = ["项目", *({"头": f"{month}月", "类型": "金额"} for month in range(1, count + 1))]
    return {"栏目": heads, "行": [["甲", *[amount] * count]]}


def test_numbers_are_never_broken(filled, tmp_path, open_fonts):
    """A table of many numbers is set in the smaller type of the official tables, and refused if it fits in neither."""
    paragraphs = (*PARAGRAPHS[:2], PARAGRAPHS[3])
    usual = filled(paragraphs, 自由表=months(4, "12345.12")).tables[0]
    crowded = filled(paragraphs, 自由表=months(8, "12345.12")).tables[0]
    assert [table.rows[-1].cells[1].paragraphs[0].style.name for table in (usual, crowded)] == [
        "绩效表数字",
        "决算表数字",
    ]
    accounts = load_accounts(tmp_path / "填报.json")
    (page,) = pdf_pages(make_publication(accounts, open_fonts).pdf)
    assert page.count("12,345.12") == 8
    with pytest.raises(TemplateFault, match="有 13 栏，一页的宽度放不下这些数，请减少栏目，或分成几张表"):
        filled(paragraphs, 自由表=months(12, "12345.12"))


def test_a_long_cell_goes_on_on_the_next_page_below_the_head(tmp_path, open_fonts):
    lines = [f"第{number}件事已经办完。" for number in range(1, 121)]
    table = {
        "栏目": ["任务", "完成情况"],
        "行": [["政务服务", "\n".join(lines[:60])], ["同上", "\n".join(lines[60:])], ["短", "短"]],
    }
    accounts = load_accounts(written(tmp_path, example() | {"自由表": table}))
    template(PARAGRAPHS[1:2]).save(template_path(accounts.edition))
    publication = make_publication(accounts, open_fonts)
    pages = [plain(page) for page in pdf_pages(publication.pdf)]
    assert publication.remarks == ()
    assert len(pages) >= 3
    assert all("任务完成情况" in page for page in pages)
    told = "".join(pages)
    assert [line for line in lines if told.count(line) != 1] == []


def test_cells_with_a_short_one_in_common_stay_on_one_page(filled):
    table = {"栏目": ["甲", "乙"], "行": [["一", "1"], ["同上", "2"], ["同上", "3"], ["二", "4"]]}
    rows = filled(自由表=table).tables[0].rows[1:]
    kept = [bool(row._tr.findall(f".//{qn('w:keepNext')}")) for row in rows]
    assert kept == [True, True, False, False]


def test_a_template_without_the_styles_is_told_which(filled, tmp_path, edition):
    filled(自由表={"栏目": ["甲"], "行": [["乙"]]})
    path = edition / "templates" / "gz-2020.docx"
    document = docx.Document(str(path))
    style = document.styles["绩效表居中"].element
    style.getparent().remove(style)
    document.save(path)
    with pytest.raises(TemplateFault, match="模板缺少样式绩效表居中"):
        filled(自由表={"栏目": ["甲"], "行": [["乙"]]})


# 层次

PROSE = [
    "完成接口改造；",
    {
        "处理工单": [
            "转派及时",
            {"文字": "建立机制。\n另起的一段。", "下级": [{"培训": ["每月一次", {"考核": ["计入绩效"]}]}, "通报"]},
        ]
    },
]


def test_prose_is_numbered_by_the_template(filled):
    assert [paragraph.text for paragraph in filled(工作=PROSE).paragraphs if paragraph.text.startswith("级")] == [
        "级1：一是完成接口改造；",
        "级1：二是处理工单",
        "级2：①转派及时",
        "级2：②建立机制。",
        "级2：另起的一段。",
        "级3：A.培训",
        "级4：a.每月一次",
        "级4：b.考核",
        "级5：(a)计入绩效",
        "级3：B.通报",
    ]


@given(st.integers(1, 50), st.integers(0, 49))
def test_numbers_go_up(count, index):
    items = [OutlineItem((f"第{number}条",)) for number in range(count)]
    index %= count
    for style, expected in (
        ("一是", f"{CHINESE[index]}是"),
        ("（一）", f"（{CHINESE[index]}）"),
        ("1.", f"{index + 1}."),
        ("①", CIRCLED[index]),
        ("A.", "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[index % 26] * (index // 26 + 1) + "."),
        ("(a)", f"({'abcdefghijklmnopqrstuvwxyz'[index % 26] * (index // 26 + 1)})"),
    ):
        line = outlined(items, style)[index]
        assert line == {"级": 1, "序号": expected, "文字": f"第{index}条"}


CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳㉑㉒㉓㉔㉕㉖㉗㉘㉙㉚㉛㉜㉝㉞㉟㊱㊲㊳㊴㊵㊶㊷㊸㊹㊺㊻㊼㊽㊾㊿"
_ONES = ["", *"一二三四五六七八九"]
_TENS = ["", "十", "二十", "三十", "四十", "五十"]
CHINESE = [_TENS[number // 10] + _ONES[number % 10] for number in range(1, 51)]


NUMBERED = ["一是", "十二是", "①", "⑳", "A.", "a、", "1.", "12、", "(1)", "（一）", "一、"]
NOT_NUMBERED = ["1.5万件工单办结", "12345热线", "A股企业", "2020年完成", "一网通办", "（略）", "5G应用"]


@pytest.mark.parametrize("number", NUMBERED)
def test_typed_numbers_are_refused(refused, number):
    (message,) = refused(工作=["推进", {"推进": [f"{number}推进"]}])
    assert message.startswith("工作 › 第 2 条 › 第 1 条｜")
    assert f"编号由程序加，请删去开头的“{number}”。" in message


@pytest.mark.parametrize("text", NOT_NUMBERED)
def test_what_only_looks_like_a_number(filled, text):
    assert f"级1：一是{text}" in text_of(filled(工作=[text]))


WRONG_PROSE = [
    ("只有一段", "工作｜这里应是一个列表"),
    ([{"甲": "乙"}], "工作 › 第 1 条｜“甲:”后面应是它的下级"),
    ([{"甲": ["一"], "乙": ["二"]}], "工作 › 第 1 条｜这里把几条写成了一条"),
    ([{"下级": ["一"]}], "工作 › 第 1 条｜有“下级”没有“文字”"),
    ([{"文字": "甲", "下级": ["一"], "备注": "无"}], "工作 › 第 1 条｜没有“备注”这一项"),
    ([["甲"]], "工作 › 第 1 条｜下级要写在一条文字的下面"),
    (["甲", ""], "工作 › 第 2 条｜这一条没有文字"),
    (["甲"] * 51, "工作｜这一级有 51 条，最多 50 条"),
    ([{"1级": [{"2级": [{"3级": [{"4级": [{"5级": ["6级"]}]}]}]}]}], "第 1 条｜最多 5 级"),
]


@pytest.mark.parametrize(("prose", "says"), WRONG_PROSE)
def test_what_is_no_prose(refused, prose, says):
    (message,) = refused(工作=prose)
    assert says in message


@pytest.mark.parametrize(
    ("styles", "says"), [("'一是'", "内容有第 2 级，模板只写了 1 级"), ("'一是', '第'", "编号样式“第”里没有")]
)
def test_a_template_with_too_few_styles_of_numbering(filled, styles, says):
    paragraphs = (f"{{%p for 条 in 逐条(工作, {styles}) %}}", "{{ 条.文字 }}", "{%p endfor %}")
    with pytest.raises(TemplateFault, match=says):
        filled(paragraphs, 工作=PROSE)


# 分科目


def test_every_last_level_subject_has_its_group(filled):
    said = {SUBJECT: {"用途": "人员经费。", "成效": ["甲", "乙"]}, "2210201": {"用途": "住房公积金"}}
    assert [paragraph.text for paragraph in filled(科目说明=said).paragraphs] == [
        "2010399",
        "2060101用于人员经费（1）甲（2）乙",
        *("2060103", "2060199", "2080505", "2080506", "2100799", "2130599", "2199900"),
        "2210201用于住房公积金",
    ]


WRONG_SUBJECTS = [
    ({"2060101 机关服务": {"用途": "甲"}}, "科目说明 › 2060101 机关服务｜科目 2060101 的名称是“行政运行”"),
    ({"2060101 机关服务": {"用途": "甲"}}, "“机关服务”的编码是 2060103。"),
    ({"2060102": {"用途": "甲"}}, "科目说明 › 2060102｜表5 没有末级科目“2060102”：是不是“2060103 机关服务”"),
    ({"20601": {"用途": "甲"}}, "请分别写它下面的 2060101、2060103、2060199"),
    ({"行政运行": {"用途": "甲"}}, "是不是“2060101 行政运行”"),
    ({"2060101": {"用途": "甲"}, SUBJECT: {"用途": "乙"}}, "“2060101 行政运行”写了两次"),
    ({SUBJECT: {"成效": ["甲"]}}, "科目说明 › 2060101 行政运行 › 用途｜缺少“用途”"),
    ({SUBJECT: {"用途": "甲", "年初数": "约1"}}, "科目说明 › 2060101 行政运行 › 年初数｜“约1”不是金额"),
    ({SUBJECT: {"用途": "甲", "成效": ["一是乙"]}}, "科目说明 › 2060101 行政运行 › 成效 › 第 1 条｜"),
    ({SUBJECT: "甲"}, "科目说明 › 2060101 行政运行｜“科目说明”下面应写：用途、成效、年初数。"),
    (["甲"], "科目说明｜“科目说明”下面应逐个写表5 的科目"),
]


@pytest.mark.parametrize(("said", "says"), WRONG_SUBJECTS)
def test_subjects_are_named_in_messages(refused, said, says):
    (message,) = refused(科目说明=said)
    assert says in message


def required(edition: Path) -> None:
    """Makes the field by subject one that every department fills in."""
    replace_in(edition / "data_specs" / "gz-2020" / "填报.yaml", ("科目来自: 表5\n    必填: 否", "科目来自: 表5"))


def test_where_it_is_required_each_subject_with_figures_needs_an_entry(refused, edition):
    required(edition)
    assert refused()[0].startswith("科目说明｜缺少“科目说明”")
    codes = ["2060101", "2060103", "2060199", "2080505", "2080506", "2100799", "2130599", "2199900"]
    (message,) = refused(科目说明={code: {"用途": "甲"} for code in codes} | {"2210201": None})
    assert "缺少2010399 其他政府办公厅（室）及相关机构事务支出、2210201 住房公积金：各科目的用途。" in message


def test_where_the_figures_are_wrong_the_subjects_wait(refused, edition):
    required(edition)
    tables = example()["决算表"] | {"表5": {"2060101": {"基本支出": "约1"}}}
    (message,) = refused(决算表=tables, 科目说明={"2010399": {"用途": "甲"}})
    assert "“约1”不是金额" in message


def test_a_department_without_such_subjects_needs_no_entry(filled, edition):
    required(edition)
    tables = {"表2": {"2060101": {"其他收入": "1"}}, "表3": {"2060101": {"基本支出": "1"}}}
    assert filled(决算表=tables).paragraphs == []


# What the edition says, and what people start from

WRONG_FIELDS = [
    ("{头: 支出, 下级:", "{头: 支出（元）, 下级:", "请把这里的“元”改成“万元”"),
    ("{头: 得分, 类型: 数值}", "{头: 决算, 类型: 数值}", "有两栏都叫“决算”"),
    ("科目来自: 表5", "科目来自: 表11", "没有表“表11”"),
    ("科目来自: 表5", "科目来自: 表7", "表7 不是按科目填写的表"),
    ("    科目来自: 表5\n", "", "“分科目”要写“科目来自”"),
    ("类型: 层次, 必填: 否, 说明: 工作", "类型: 层次, 栏目: [甲], 必填: 否, 说明: 工作", "只有“自由表格”可以写“栏目”"),
    ("类型: 层次, 必填: 否, 说明: 工作", "类型: 层次, 自动编号: 是, 必填: 否, 说明: 工作", "可以写“自动编号”"),
    ("类型: 自由表格, 必填: 否, 说明: 部门", "类型: 自由表格, 合计行: 是, 必填: 否, 说明: 部门", "写“合计行”的"),
    ("{名称: 年初数, 类型: 金额,", "{名称: 年初数, 类型: 指标金额, 基数: 上年,", "不能是“指标金额”"),
]


@pytest.mark.parametrize(("old", "new", "says"), WRONG_FIELDS)
def test_a_broken_field_is_refused(edition, old, new, says):
    replace_in(edition / "data_specs" / "gz-2020" / "填报.yaml", (old, new))
    with pytest.raises(InvalidInput) as refused:
        load_edition("gz-2020")
    assert any(says in finding.message for finding in refused.value.findings)


def test_a_new_file_shows_how_they_are_written(run, tmp_path):
    file = tmp_path / "填报.yaml"
    run("new", "gz-2020", "-o", file)
    text = file.read_text(encoding="utf-8")
    for line in (
        "# 栏目: [事项, 完成情况, {头: 支出, 类型: 金额}]",
        "# 每行一个列表，按栏目的顺序写：任务、预算、决算、得分；",
        "# - 第一条；编号由程序加，不写“一是”“①”",
        "# 2010301 行政运行:",
        "#   # 该科目用于什么。",
    ):
        assert line in text


def test_a_list_left_as_it_is_in_a_new_file_says_nothing(filled):
    said = example()
    said["绩效"]["整体支出"]["附表"] = [{"标题": None, "表格": None}]
    assert filled(绩效=said["绩效"])


KINDS: dict[str, list[object]] = {
    "自由表": [
        {
            "栏目": ["甲", {"头": "乙", "类型": "金额"}],
            "行": [["一", 1.5], ["同上", "同左"], {"甲": "三"}],
            "合计行": "是",
        },
    ],
    "任务表": [[["甲", 1, "1,234.50", "同左"]], {"标题": "表", "行": [{"任务": "甲", "得分": 5}]}],
    "工作": [["甲", {"乙": ["丙"]}, {"文字": "丁", "下级": ["戊"]}], PROSE],
    "科目说明": [{SUBJECT: {"用途": "甲", "成效": ["乙"], "年初数": 1}}],
}
NOT_SO: dict[str, list[object]] = {
    "自由表": [{"栏目": ["甲"]}, {"栏目": [], "行": [["一"]]}, {"栏目": ["甲"], "行": ["一"]}],
    "任务表": [[["甲", 1]], [["甲", "约1", 1, 1]], {"栏目": ["甲"], "行": [["一"]]}],
    "工作": ["甲", [["甲"]], [{"甲": "乙"}], [{"1": [{"2": [{"3": [{"4": [{"5": ["6"]}]}]}]}]}]],
    "科目说明": [["甲"], {"行政运行": {"用途": "甲"}}, {SUBJECT: {"用处": "甲"}}],
}


def test_the_schema_knows_them(run):
    schema = json.loads(run("schema", "gz-2020").out)
    jsonschema.Draft202012Validator.check_schema(schema)
    for right, values in ((True, KINDS), (False, NOT_SO)):
        for name, cases in values.items():
            part = jsonschema.Draft202012Validator(schema["properties"][name] | {"$defs": schema["$defs"]})
            assert [case for case in cases if part.is_valid(case) is not right] == []


@pytest.mark.parametrize("number", ["1234567.5", "-12.5", "1,234,567"])
def test_a_column_of_numbers_takes_any_of_a_reasonable_size(tmp_path, number):
    data = example()
    table = {"栏目": ["任务", {"头": "增减", "类型": "数值"}], "行": [["甲", number]]}
    data["绩效"]["整体支出"]["附表"] = [{"标题": "表", "表格": table}]
    grid = load_accounts(written(tmp_path, data)).values["绩效"]["整体支出"]["附表"][0]["表格"].grid
    assert grid[0][1].value == Decimal(number.replace(",", ""))
