"""What a file says is what is read: signs mistyped as Chinese keyboards make them, lines that YAML would take for a
part of the line above. All of a kind is told at once, each at its line; what is right passes."""

from __future__ import annotations

from pathlib import Path

import pytest
from departments import TEXT, replaced

from generator.findings import InvalidInput
from generator.reading import read_document
from generator.reading.nodes import plain


@pytest.fixture
def read(tmp_path):
    """What is read from a text."""

    def read(text: str, name: str = "填报.yaml") -> object:
        file = tmp_path / name
        file.write_bytes(text.encode())
        return plain(read_document(file))

    return read


@pytest.fixture
def told(read):
    """What is told of a text: by a part of the message, the lines of its places."""

    def told(text: str, name: str = "填报.yaml") -> list[tuple[str, str, list[int | None]]]:
        with pytest.raises(InvalidInput) as refused:
            read(text, name)
        return [(f.code, f.message, [place.line for place in f.places]) for f in refused.value.findings]

    return told


COLON, NO_BLANK, DASH, DASH_WITHOUT_BLANK = "全角冒号", "冒号后面少了一个空格", "全角的横线", "“-”后面少了一个空格"
COMMA, WIDE, TAB, NUMBERED, QUOTE = "全角逗号", "全角空格", "制表符", "前面加“- ”", "引号没有成对"
SLIPS = [
    ("colons below a name", "车:\n  购置：0\n  保有：1\n客:\n  批次: 0\n", COLON, [2, 3]),
    ("colons among right ones", "车:\n  购置: 0\n  保有：1\n  用途：巡河\n", COLON, [3, 4]),
    ("a colon in front of right ones", "车:\n  购置：0\n  保有: 1\n", COLON, [2]),
    ("a colon one blank too deep", "  内容：完成\n".join(["项:\n  - 标题: 甲\n ", "  - 标题: 乙\n"]), COLON, [3]),
    ("colons in an item", "项:\n  - 标题：甲\n    内容：乙\n  - 标题: 丙\n", COLON, [2, 3]),
    ("a colon that opens a list", "职责：\n  - 甲\n  - 乙\n年度: 1\n", COLON, [1]),
    ("a colon after a code", "表6:\n  30101 基本工资：1\n  30102: 2\n", COLON, [2]),
    ("colons in braces", "行: {基本：1, 项目：2}\n", COLON, [1, 1]),
    ("colons in JSON", '{"年度"：2020,\n"部门"："局"}', COLON, [1, 2]),
    ("with Windows lines", "车:\r\n  购置：0\r\n  保有：1\r\n", COLON, [2, 3]),
    ("with a byte order mark", "\ufeff车:\n  购置：0\n  保有：1\n", COLON, [2, 3]),
    ("colons without a blank", "车:\n  购置:0\n  保有:1\n", NO_BLANK, [2, 3]),
    ("one with a no-break blank", "车:\n  购置: 0\n  保有:\xa01\n", NO_BLANK, [3]),
    ("one without a blank in braces", "行: {基本:1, 项目: 2}\n", NO_BLANK, [1]),
    ("dashes without a blank", "职责:\n  -甲\n  -乙\n", DASH_WITHOUT_BLANK, [2, 3]),
    ("one alone", "职责:\n  -甲\n", DASH_WITHOUT_BLANK, [2]),
    ("one among right ones", "职责:\n  - 甲\n  -乙\n", DASH_WITHOUT_BLANK, [3]),
    ("with a full-width blank", "职责:\n  -　甲\n  -　乙\n", DASH_WITHOUT_BLANK, [2, 3]),
    ("before names", "项:\n  -标题: 甲\n  -标题: 乙\n", DASH_WITHOUT_BLANK, [2, 3]),
    ("full-width dashes", "职责:\n  - 甲\n  －乙\n  － 丙\n", DASH, [3, 4]),
    ("other dashes", "职责:\n  – 甲\n  — 乙\n", DASH, [2, 3]),
    ("commas in braces", "行: {基本: 1，项目: 2，其他: 3}\n", COMMA, [1, 1]),
    ("commas in brackets", "单位: [甲中心，乙中心]\n", COMMA, [1]),
    ("commas in JSON", '{"年度": 2020，\n"部门": "局"，\n"a": [1]}', COMMA, [1, 2]),
    ("full-width indentation", "概况:\n　　本级: 甲\n　　机关: 乙\n", WIDE, [2, 3]),
    ("no-break indentation", "概况:\n\xa0\xa0本级: 甲\n", WIDE, [2]),
    ("in a block", "概况: |\n　　第一段\n　　第二段\n年度: 1\n", WIDE, [2, 3]),
    ("in the middle of a text", "概况: 第一段\n  　　第二段\n", WIDE, [2]),
    ("tabs", "概况:\n\t本级: 甲\n\t机关: 乙\n", TAB, [2, 3]),
    ("numbers in place of dashes", "职责:\n  一、甲\n  二、乙\n", NUMBERED, [2, 3]),
    ("others", "职责:\n  - 甲\n    （2）乙\n", NUMBERED, [3]),
    ("a quote without end", '甲: "文字\n乙: 文字\n', QUOTE, [1]),
    ("two of them", '甲: "文字\n乙: 文字"\n', QUOTE, [1]),
    ("a brace without end", "甲: {子: 1\n乙: {子: 1}\n", "括号没有成对", [1]),
    ("a brace cut by a comment", "甲: {子: 甲 #1机组, 丑: 1}\n乙: 1\n", "给有“ #”的文字加引号", [1]),
    ("a quoted word in front", '甲: "三公"经费\n乙: "数字"政府\n', "引号后面还有别的字", [1, 2]),
    ("brackets in front", "甲: [2020]5号\n", "括号后面还有别的字", [1]),
    ("a sign in front", "甲: >90%\n乙: >=95%\n", "不能以“>”“|”开头", [1, 2]),
    ("a colon in a text", "甲: 时间: 九点\n乙: 1\n", "文字里有冒号加空格", [1]),
    ("full-width braces", "行: ｛基本: 1｝\n", "全角括号", [1]),
    ("names without colons", "甲: 1\n乙 2\n丙 3\n", "缺少冒号", [2, 3]),
    ("lone dashes", "甲: -\n乙: -\n", "“-”不是数", [1, 2]),
    ("a name that opens a list", "年度: 1\n职责\n  - 甲\n  - 乙\n", "缺少冒号", [2]),
    ("one after another list", "项:\n  - 甲\n职责\n  - 甲\n  - 乙\n", "是名称的，后面写冒号", [3]),
    ("an item's first name", "项:\n  - 标题 甲\n    内容: 乙\n  - 标题: 丙\n", "缺少冒号", [2]),
    ("what a spreadsheet leaves", "甲: #DIV/0!\n乙: 1\n丙: #N/A\n", "“#DIV/0!”“#N/A”", [1, 3]),
    ("what nobody sees", "甲\u200b: 1\n乙: 1\n3010\u200b1: 1\n", "看不见", [1, 3]),
    ("a dash too many", "概况:\n  本级: 甲\n  - 机关: 乙\n  单位: 丙\n", "不是列表的，请删去", [3]),
]


@pytest.mark.parametrize(("text", "says", "lines"), [pytest.param(*slip[1:], id=slip[0]) for slip in SLIPS])
def test_all_slips_of_a_kind_are_told_at_once_each_at_its_line(text, says, lines, told):
    assert [found for _, message, found in told(text) if says in message] == [lines]


@pytest.mark.parametrize(
    ("text", "says", "lines"),
    [
        ("单位:\n  - 甲\n   - 乙\n  - 丙\n", "多缩进 1 格", [3]),
        ("单位:\n  - 甲\n - 乙\n", "少缩进 1 格", [3]),
        ("概况:\n  本级: 甲\n   机关: 乙\n", "多缩进 1 格", [3]),
        ("概况:\n  本级: 甲\n    机关: 乙\n", "上一行要以冒号结尾", [3]),
        ("项:\n  - 标题: 甲\n   内容: 乙\n", "少缩进 1 格", [3]),
        ("车: 无\n  购置: 0\n  保有: 1\n", "上一行要以冒号结尾", [2, 3]),
        ("名词:\n  甲: 是指甲。\n   乙：是指乙。\n", "多缩进 1 格", [3]),
        (
            "表6:\n  # 30101 甲: 0\n   30102 乙: 1\n   30103 丙: 1\n   30107 丁: 1\n  30108 戊: 1\n",
            "只删了“#”",
            [3, 4, 5],
        ),
    ],
)
def test_a_line_that_is_not_aligned_is_named_and_not_its_neighbours(text, says, lines, told):
    assert [found for _, message, found in told(text) if says in message] == [lines]


LINES_OF_THEIR_OWN = [
    ("a row as far left as its table", "决算:\n  表2:\n    甲: 1\n  乙: 1\n    丙: 1\n  表5:\n    甲: 1\n", 4),
    ("an item's part", "项:\n  - 标题: 甲\n    内容: 乙\n    结果: 丙\n  - 标题: 甲\n   内容: 乙\n    结果: 丙\n", 6),
    ("an item with its parts", "项:\n  - 标题: 甲\n    内容: 乙\n - 标题: 甲\n    内容: 乙\n  - 标题: 丙\n", 4),
    ("an item further in", "项:\n  - 标题: 甲\n    内容: 乙\n   - 标题: 甲\n    内容: 乙\n  - 标题: 丙\n", 4),
    ("a name with a list", "概况:\n  本级: 甲\n 单位:\n    - 乙\n  职责:\n    - 丙\n", 3),
    ("the first name below another", "概况:\n本级: 甲\n  机关: 乙\n  单位: 丙\n年度: 1\n", 2),
    ("a name and all below it", "版本: 1\n  概况:\n  本级: 甲\n  机关: 乙\n年度: 1\n", 2),
    ("where four blanks are usual", "表:\n    甲: 1\n  乙: 1\n    丙: 1\n    丁: 1\n", 3),
    ("a line that went on", "概况:\n  本级: 办理业务，\n接待群众。\n  机关: 乙\n  单位: 丙\n", 3),
    ("a number in place of the first dash", "职责:\n  1、甲\n  - 乙\n  - 丙\n", 2),
    ("the first dash forgotten", "职责:\n  甲\n  - 乙\n  - 丙\n", 2),
    ("the first dash of many names forgotten", "项:\n    标题: 甲\n    内容: 乙\n  - 标题: 甲\n    内容: 乙\n", 2),
    ("a later one", "项:\n  - 标题: 甲\n    内容: 乙\n    标题: 甲\n    内容: 乙\n", 4),
]


@pytest.mark.parametrize(("text", "line"), [pytest.param(*slip[1:], id=slip[0]) for slip in LINES_OF_THEIR_OWN])
def test_one_line_that_is_off_is_the_only_one_told(text, line, told):
    assert {lines[0] for _, _, lines in told(text)} == {line}


def test_names_that_come_again_are_told_at_once(told):
    assert [lines for _, _, lines in told("甲: 1\n乙: 1\n甲: 2\n丙: 1\n乙: 2\n")] == [[3, 1], [5, 2]]


@pytest.mark.parametrize("end", "。；！？")
def test_an_item_without_its_dash_behind_a_whole_sentence_is_not_joined(end, told):
    code, message, lines = told(f"职责:\n  - 甲{end}\n    乙。\n  - 丙\n")[0]
    assert (code, lines) == ("R211", [3]) and "前面加“- ”" in message


def test_a_slip_does_not_bring_others_with_it(told):
    everywhere = TEXT.replace(":", "：")
    assert len(told(everywhere)) == 1
    assert len(told(TEXT.replace("\n  ", "\n\t"))) == 1


def test_slips_of_several_kinds_are_told_in_one_round(told):
    text = "概况:\n  本级：甲\n  机关：乙\n职责:\n  - 甲\n  －乙\n行: {基本: 1，项目: 2}\n额: -\n"
    assert [lines for _, _, lines in told(text)] == [[2, 3], [6], [7], [8]]


def test_what_yaml_refuses_first_is_told_with_the_slips_below_it(told):
    found = told("年度: @2020\n车:\n  购置：0\n  保有: 1\n")
    assert [lines for _, _, lines in found] == [[1], [3]]
    assert "不能放在开头" in found[0][1]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("全年办理\n  业务。\n", "全年办理业务。"),
        ("全年办理\n  12件，\n  比例1:2，\n  9:00开始\n", "全年办理12件，比例1:2，9:00开始"),
        ("见 http://a.cn\n  http://b.cn/甲\n", "见 http://a.cn http://b.cn/甲"),
        ("改革\n  ——以服务为例\n", "改革——以服务为例"),
        ("使用 OA\n  系统\n", "使用 OA系统"),
        ("plain words\n  go on\n", "plain words go on"),
        ('"全年\n  办理"\n', "全年办理"),
        ("'全年：甲\n  - 乙\n  内容: 丙'\n", "全年：甲- 乙内容: 丙"),
        (">-\n  全年：\n  - 办理\n", "全年：- 办理"),
        ("|-\n  一、甲\n  　　内容：乙\n  -丙\n", "一、甲\n　　内容：乙\n-丙"),
        ("主要成效：完成了任务\n", "主要成效：完成了任务"),
        ("2#楼和C#语言\n", "2#楼和C#语言"),
        ("1.5亿元\n", "1.5亿元"),
        ("-5\n", "-5"),
        ("[甲, '乙，丙']\n", ["甲", "乙，丙"]),
        ("[甲，乙。, 丙]\n", ["甲，乙。", "丙"]),
        ("{子: '甲：乙', 丑: 丙：丁}\n", {"子": "甲：乙", "丑": "丙：丁"}),
    ],
)
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_what_is_right_is_read_as_it_stands_without_blanks_between_chinese_lines(written, meant, ends, read):
    text = f"甲:\n  {written}乙: 0\n" if written[0] not in "|>" else f"甲: {written}乙: 0\n"
    assert read(text.replace("\n", ends)) == {"甲": meant, "乙": "0"}


@pytest.mark.parametrize("mark", range(0xFDD0, 0xFDD3))
def test_a_mark_of_the_programs_own_is_refused_as_an_escape_too(mark, told):
    assert told(f'甲: "乙\\u{mark:04X}"\n')[0][0] == "R106"


def test_a_file_of_a_department_in_which_a_unit_would_be_lost_is_not_published(run, tmp_path):
    file: Path = tmp_path / "填报.yaml"
    unit = "    - 广州市海珠区企业审批服务中心"
    file.write_text(replaced((unit, " " + unit)), encoding="utf-8")
    result = run("build", file, "-o", tmp_path / "公开")
    assert result.status == 1 and f"{file}:14:6" in result.err
    assert not (tmp_path / "公开").exists()


@pytest.mark.parametrize(
    ("old", "new", "lost"),
    [
        ("  机关: 局机关", "  机关: 局机关 #1楼", "1楼"),
        ("    - 推进政务服务和电子政务标准化工作。", "    - 推进政务 # 服务和标准化工作。", "服务和标准化工作。"),
        ("    补充说明: 我部门年初预算未安排公务接待支出", "    补充说明: #1楼的接待", "1楼的接待"),
    ],
)
def test_text_behind_a_number_sign_is_not_lost_without_a_word(old, new, lost, run, variant):
    file = variant((old, new))
    result = run("check", file)
    assert result.status == 0
    line = file.read_text(encoding="utf-8").partition(new)[0].count("\n") + 1
    assert f"提醒 R213 “ #”后面的“{lost}”不会公布" in result.out and f"{file}:{line}:" in result.out


@pytest.mark.parametrize(
    "written",
    [
        "工程: 0 # 没有工程",
        "工程: 0 #没有工程",
        "服务: 675.32\n  # 服务",
        "小微企业: 0 # x",
        "    补充说明: # 不填",
        "金额单位: 万元 # 全文件",
    ],
)
def test_a_comment_that_hides_no_text_is_a_comment(written, run, variant):
    old = {"工程": "工程: 0", "服务": "服务: 675.32", "小微": "小微企业: 0", "金额": "金额单位: 万元"}.get(
        written[:2], "    补充说明: 我部门年初预算未安排公务接待支出"
    )
    assert "核对无误" in run("check", variant((old, written))).out


def test_quoted_text_may_hold_a_number_sign(run, variant):
    assert "核对无误" in run("check", variant(("  机关: 局机关", '  机关: "局机关 #1楼" # 引号里的都公布'))).out


def test_a_full_width_colon_in_the_only_line_of_a_part_is_named(run, variant):
    file = variant(
        ("    外宾团组: 0\n    外宾人次: 0\n    国内批次: 0\n    国内人数: 0\n", ""),
        ("    补充说明: 我", "    补充说明：我"),
    )
    assert "这里的冒号是全角的" in run("check", file).out
