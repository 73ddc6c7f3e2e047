"""Bad input: one Chinese message that says what, where and what to do; nothing is written, nothing is touched."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from departments import EXAMPLE, TEXT, example, replaced

from generator.accounts import load_accounts
from generator.findings import InvalidInput
from generator.reading import read_document
from generator.reading.nodes import plain

NAME = "2020年广州市海珠区政务服务数据管理局部门决算"
LEAF = "{财政拨款收入: 1432.23}"

# (what is wrong, what is replaced by what, the text that the message points to, its code, a part of what it says)
FAULTS = [
    ("a tab", ("  本级: 局本级", "\t本级: 局本级"), "\t本级", "R201", "制表符"),
    ("no colon", ("年度: 2020", "年度 2020"), "年度 2020", "R201", "缺少冒号"),
    ("full-width colon", ("年度: 2020", "年度：2020"), "：2020", "R201", "半角"),
    ("open quote", ("部门: 广", '部门: "广'), '"广', "R201", "引号没有成对"),
    ("open brace", (LEAF, "{财政拨款收入: 1432.23"), "{财政拨款收入: 1432.23", "R201", "括号没有成对"),
    ("indent", ("  机关: 局机关", "   机关: 局机关"), "机关: 局机关", "R201", "对齐"),
    ("a sign in front", ("局本级", "@局本级"), "@局本级", "R201", "加上引号"),
    ("a backslash", ("局本级", r'"C:\局"'), '"C:', "R201", "反斜杠"),
    ("two documents", ("\n上年:\n", "\n---\n上年:\n"), "---", "R203", "只能写一份"),
    ("an anchor", ("年度: 2020", "年度: &a 2020"), "&a", "R205", "引用"),
    ("an alias", ("年度: 2020", "年度: *a"), "*a", "R205", "引用"),
    ("an anchored key", ("年度: 2020", "&a 年度: 2020"), "&a", "R205", "引用"),
    ("a merge key", ("年度: 2020", "<<: *a"), "*a", "R205", "引用"),
    ("a tag", ("年度: 2020", "年度: !!python/object:os.system 2020"), "!!python", "R206", "标记"),
    ("a tagged key", ("年度: 2020", "!!str 年度: 2020"), "!!str", "R206", "标记"),
    ("a list as a key", ("年度: 2020", "? [年度]\n: 2020"), "[年度]", "R207", "名称"),
    ("a key twice", ("年度: 2020", "年度: 2020\n年度: 2020"), None, "R208", "写了两次"),
    ("a control character", ("局本级", "局\x01本级"), "\x01", "R106", "U+0001"),
    ("an invisible mark", ("局本级", "局\ufeff本级"), "\ufeff", "R106", "U+FEFF"),
    ("a line separator", ("局本级", "局\u2028本级"), "\u2028", "R106", "U+2028"),
    ("a control character as an escape", ("局本级", r'"局\x01本级"'), '"局', "R106", "U+0001"),
    ("our own mark as an escape", ("局本级", r'"\uFDD0"'), r'"\uFDD0"', "R106", "U+FDD0"),
    ("another edition", ("版本: gz-2020", "版本: gz-1999"), "gz-1999", "A001", "现有：gz-2019、gz-2020"),
    ("another year", ("年度: 2020", "年度: 2021"), "2021", "A001", "2020 年度"),
    ("another unit", ("金额单位: 万元", "金额单位: 亿元"), "亿元", "A002", "“元”或“万元”"),
    ("a name no file may have", ("部门: 广州市", "部门: ../广州市"), "../广州市", "A002", "文件名"),
    ("a list for a name", ("部门: 广州市海珠区政务服务数据管理局", "部门: [局]"), "[局]", "A101", "一段文字"),
    ("no name", ("部门: 广州市海珠区政务服务数据管理局", "部门:"), None, "A103", "缺少“部门”"),
    ("white space for a text", ("局本级", '"  "'), '"  "', "A103", "缺少“本级”"),
    ("an unknown key", ("年度: 2020", "年度: 2020\n备注: 无"), "备注", "A102", "没有“备注”"),
    ("a misspelt key", ("  机关: 局机关", "  机构: 局机关"), "机构: 局机关", "A102", "是不是“机关”？"),
    ("a misspelt key at the top", ("年度: 2020", "年份: 2020"), "年份", "A102", "是不是“年度”？"),
    ("a missing key", ("  机关: 局机关\n", ""), "本级: 局本级", "A103", "缺少“机关”"),
    ("a missing figure of last year", ("  事业收入: 0\n", ""), "一般公共预算财政拨款收入: 4025.77", "A103", "事业收入"),
    ("a misspelt part", ("决算表:", "决算报表:"), "决算报表", "A102", "是不是“决算表”？"),
    ("an unknown table", ("  表7:", "  表17:"), "表17", "A102", "没有表“表17”"),
    ("an unknown row", ("    决算数: {", "    决算额: {"), "决算额", "A102", "是不是“决算数”？"),
    ("an unknown column", (LEAF, "{财政拔款收入: 1432.23}"), "财政拔款收入", "A102", "是不是“财政拨款收入”？"),
    ("an unknown code", ("    2060103 机关服务: {财政", "    2060104 机关服务: {财政"), "2060104", "A102", "补充科目"),
    ("another subject's name", ("2060103 机关服务: {财", "2060103 行政运行: {财"), "2060103", "A107", "机关服务"),
    ("no amount", (LEAF, "{财政拨款收入: 约1400}"), "约1400", "A104", "不是金额"),
    ("an amount with its unit", (LEAF, "{财政拨款收入: 1432.23万元}"), "1432.23万元", "A104", "不带单位"),
    ("an amount in scientific notation", (LEAF, "{财政拨款收入: 1e3}"), "1e3", "A104", "不是金额"),
    ("too many decimals", (LEAF, "{财政拨款收入: 1432.234}"), "1432.234", "A104", "超过两位"),
    ("an amount as a program adds it", (LEAF, "{财政拨款收入: 0.30000000000000004}"), "0.300", "A104", "超过两位"),
    ("an amount with decimals without end", (LEAF, "{财政拨款收入: 1." + "1" * 99_999 + "}"), "1.1111", "A104", "……"),
    ("an amount out of all measure", (LEAF, '{财政拨款收入: "1' + ",000" * 12 + '"}'), '"1,000', "A104", "不是金额"),
    ("a list for an amount", (LEAF, "{财政拨款收入: [1432.23]}"), "[1432.23]", "A101", "不能再分"),
    ("an amount split in { }", (LEAF, "{财政拨款收入: 1,432.23}"), "432.23}", "A104", "千位分隔符"),
    ("an amount split twice", (LEAF, "{财政拨款收入: 1,000,432.23}"), "000,432.23}", "A104", "千位分隔符"),
    ("two amounts split alike", (LEAF, "{财政拨款收入: 1,000, 事业收入: 2,000}"), None, "R208", "千位分隔符"),
    ("no column where there are many", (LEAF, "1432.23"), "1432.23", "A101", "写明栏名"),
    ("a figure twice", ("30101 基本工资: 245.71", "30101 基本工资: 245.71\n    30101: 245.71"), None, "A108", "两次"),
    ("no count", ("团组: 0\n    人次", "团组: 无\n    人次"), "无\n    人次", "A105", "整数"),
]


@pytest.mark.parametrize(("change", "spot", "code", "says"), [pytest.param(*f[1:], id=f[0]) for f in FAULTS])
def test_each_fault_is_told_once_with_its_place(change, spot, code, says, variant, run, tmp_path):
    file = variant(change) if change[0].count("\n") or TEXT.count(change[0]) == 1 else variant(unique(change))
    published = tmp_path / "output"
    published.mkdir()
    for ending in (".docx", ".pdf"):
        (published / (NAME + ending)).write_bytes(b"published before")

    result = run("build", file, "-o", published)

    assert result.status == 1
    assert result.out == ""
    message, place, *others = result.err.splitlines()
    assert message.startswith(f"错误 {code} ")
    assert says in message
    assert not re.search("[A-Za-z]{5,}", message.replace("juesuan", "")), "a message is Chinese"
    assert re.fullmatch(rf"    {re.escape(str(file))}:\d+:\d+", place.partition("（")[0])
    if spot:
        assert place.partition("（")[0].endswith(f":{line_and_column(file, spot)}")
    assert not any(line.startswith("错误") for line in others)
    assert {path.name for path in published.iterdir()} == {NAME + ".docx", NAME + ".pdf"}
    assert all(path.read_bytes() == b"published before" for path in published.iterdir())


def unique(change: tuple[str, str]) -> tuple[str, str]:
    """`change` widened so that it touches the first occurrence in the example only."""
    old, new = change
    rest = TEXT.partition(old)[2][:60]
    return old + rest, new + rest


def line_and_column(file: Path, spot: str) -> str:
    before = file.read_text(encoding="utf-8").partition(spot)[0]
    assert before, f"{spot!r} stands somewhere"
    return f"{before.count(chr(10)) + 1}:{len(before.rpartition(chr(10))[2]) + 1}"


def test_a_file_that_is_not_there(run, tmp_path):
    result = run("build", tmp_path / "没有.yaml", "-o", tmp_path / "output")
    assert result.status == 1
    assert "找不到文件" in result.err
    assert not (tmp_path / "output").exists()


def test_a_folder_instead_of_a_file(run, tmp_path):
    result = run("check", tmp_path)
    assert result.status == 1
    assert "是文件夹" in result.out


def test_a_file_in_another_encoding(run, tmp_path):
    file = tmp_path / "填报.yaml"
    file.write_bytes("版本: gz-2020\n部门: ".encode() + "广州".encode("gbk"))
    result = run("check", file)
    assert result.status == 1
    assert "UTF-8" in result.out
    assert f"{file}:2:1" in result.out


@pytest.mark.parametrize("text", ["", "\n\n", "# 只有说明\n", "~"])
def test_an_empty_file(run, tmp_path, text):
    file = tmp_path / "填报.yaml"
    file.write_text(text, encoding="utf-8")
    result = run("check", file)
    assert result.status == 1
    assert "是空的" in result.out


@pytest.mark.parametrize("text", ["决算", "- 决算", '["决算"]'])
def test_a_file_without_names(run, tmp_path, text):
    file = tmp_path / "填报.yaml"
    file.write_text(text, encoding="utf-8")
    result = run("check", file)
    assert result.status == 1
    assert "名称: 内容" in result.out
    assert f"{file}:1:1" in result.out


@pytest.mark.parametrize("opening", ["[", '{"a": ', "- "])
def test_nesting_without_end(tmp_path, opening):
    file = tmp_path / "填报.yaml"
    file.write_text(opening * 100_000, encoding="utf-8")
    with pytest.raises(InvalidInput, match="层次超过") as refused:
        read_document(file)
    assert [finding.code for finding in refused.value.findings] == ["R204"]


def test_a_file_too_large_to_be_one(tmp_path):
    file = tmp_path / "填报.yaml"
    file.write_bytes(b"# " + b"x" * 5_000_000)
    with pytest.raises(InvalidInput, match="超过 5 MB"):
        read_document(file)


def test_every_fault_of_a_file_is_told_in_the_order_of_its_lines(run, variant):
    file = variant(("金额单位: 万元", "金额单位: 亿元"), ("  机关: 局机关\n", ""), ("货物: 114.30", "货物: 无"))
    result = run("check", file)
    assert [line[:7] for line in result.out.splitlines() if line.startswith("错误")] == [
        "错误 A002",
        "错误 A103",
        "错误 A104",
    ]


def test_texts_mean_what_stands_there(tmp_path):
    """YAML's own guesses at booleans, dates, sexagesimals and octals do not take place."""
    file = tmp_path / "值.yaml"
    file.write_text("a: 是\nb: no\nc: 1:30\nd: 010\ne: 2020-12-31\nf: 1_000\ng:\nh: ~\ni: ''\n", encoding="utf-8")
    assert plain(read_document(file)) == {
        "a": "是",
        "b": "no",
        "c": "1:30",
        "d": "010",
        "e": "2020-12-31",
        "f": "1_000",
        "g": None,
        "h": None,
        "i": "",
    }


def test_a_byte_order_mark_and_windows_lines_make_no_difference(tmp_path):
    file = tmp_path / "填报.yaml"
    file.write_bytes(b"\xef\xbb\xbf" + TEXT.replace("\n", "\r\n").encode())
    assert load_accounts(file).values == load_accounts(EXAMPLE).values


@pytest.mark.parametrize("indent", [None, 2, "\t"])
@pytest.mark.parametrize("ascii_only", [True, False])
def test_json_says_the_same_as_yaml(tmp_path, indent, ascii_only):
    data = example()
    data["概况"]["下属单位"][0] = "𬭚与𠮷中心"  # beyond U+FFFF: two escapes in JSON
    from_yaml, from_json = tmp_path / "填报.yaml", tmp_path / "填报.json"
    from_yaml.write_text(replaced(("广州市海珠区电子政务技术信息中心\n    - ", "𬭚与𠮷中心\n    - ")), encoding="utf-8")
    from_json.write_text(json.dumps(data, ensure_ascii=ascii_only, indent=indent), encoding="utf-8")
    one, other = load_accounts(from_yaml), load_accounts(from_json)
    assert one.values == other.values
    assert {cell: stated.amount for cell, stated in one.ledger.stated.items()} == {
        cell: stated.amount for cell, stated in other.ledger.stated.items()
    }


def test_numbers_of_json_need_no_quotes(tmp_path):
    file = tmp_path / "数.json"
    file.write_text('{"a": 1432.23, "b": null, "c": "1,432.23"}', encoding="utf-8")
    assert plain(read_document(file)) == {"a": "1432.23", "b": None, "c": "1,432.23"}
