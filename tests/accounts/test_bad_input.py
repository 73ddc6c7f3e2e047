"""What people write by mistake, and what they are told: one Chinese message with its place, and nothing is written."""

from __future__ import annotations

import errno
import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from copies import ROOT
from departments import EXAMPLE, EXAMPLE_OF_2019, TEXT, example, replaced, written
from hypothesis import given, settings
from hypothesis import strategies as st
from mutations import build, check, mutation
from rich.cells import cell_len
from rich.console import Console

from generator.accounts import loading
from generator.edition import load_edition
from generator.findings import Finding, InvalidInput, Place
from generator.messages import print_findings, print_summary

NAME = "2020年广州市海珠区政务服务数据管理局部门决算"
ROW = "    2060103 机关服务: {财政拨款收入: 24.00}"
LINE = TEXT[: TEXT.index(ROW)].count("\n") + 1

# (what stands in the place of 24.00, what is said of it)
AMOUNTS = [
    ("１２３", "“１２３”不是金额：里面有全角的数字或符号，请改成半角，是不是 123？"),
    ('"１，２３４．５６"', "是不是 1,234.56？"),
    ("24。00", "是不是 24.00？"),
    ('"1,6247.83"', "“1,6247.83”不是金额：千位分隔符位置不对：从小数点往左每三位一个，最好不写，是不是 16,247.83？"),
    ('"12,34"', "千位分隔符位置不对：从小数点往左每三位一个，最好不写。"),
    ('"1.234,56"', "逗号只能在小数点前面"),
    ("1.624.78", "有不止一个小数点。"),
    (".5", "小数点前后都要有数字，是不是 0.5？"),
    ("24.", "是不是 24？"),
    ("024", "前面多了 0，是不是 24？"),
    ("1_000", "请去掉下划线，是不是 1000？"),
    ("12万元", "“12万元”不是金额：只写数字，不带单位和其他文字。"),
    ("￥24", "是不是 24？"),
    ("$24", "请去掉货币符号，是不是 24？"),
    ("10%", "“10%”不是金额：这里不填百分比，请填数。"),
    ("NaN", "“NaN”不是金额：这是软件算不出时留下的记号"),
    (".inf", "这是软件算不出时留下的记号"),
    ("-Infinity", "这是软件算不出时留下的记号"),
    ("5.2e3", "“5.2e3”不是金额：这是科学记数法，请写成普通的数，是不是 5200？"),
    ("1e999999999", "这是科学记数法，请写成普通的数。"),
    ("是", "请填数，没有发生的填 0。"),
    ("no", "请填数，没有发生的填 0。"),
    ("true", "请填数，没有发生的填 0。"),
    ("—", "请填数，没有发生的填 0。"),
    ("2020-12-31", "“2020-12-31”不是金额：这像是日期或时间，请填数。"),
    ("1:30", "这像是日期或时间，请填数。"),
    ("1 234.56", "请去掉空格，是不是 1234.56？"),
    ('" 24 "', "请去掉空格，是不是 24？"),
    ("+24", "请去掉加号，是不是 24？"),
    ("−24", "负号请用键盘上的减号，是不是 -24？"),
    ("(24)", "负数不用括号，请在数字前面写减号，是不是 -24？"),
    ("=12*2", "这是算式，请填算好的数"),
    ("2O.0l", "里面有字母，请改成数字"),
    ("５％", "这里不填百分比，请填数。"),
    ("（24）", "请在数字前面写减号，是不是 -24？"),
    ("－", "请填数，没有发生的填 0。"),
    ("“24”", "请去掉引号，是不是 24？"),
    ("24\t25", "这里有几个数，请只留一个。"),
    ("2021.9.30", "这像是日期，请填数。"),
    ("贰拾肆", "请改用阿拉伯数字，如 1234。"),
    ("9" * 14, "位数太多，请核对。"),
    ("24" * 50_000, "不是金额：只写数字"),
]


@pytest.mark.parametrize(("amount", "says"), AMOUNTS, ids=[amount[:20] for amount, _ in AMOUNTS])
def test_what_is_no_amount_is_told_apart(amount, says, told):
    code, message, place = told(ROW.replace("24.00", amount))
    assert code == "A104"
    assert says in message
    assert place == f"{LINE}:{ROW.index('24.00') + 1}"


@pytest.mark.parametrize(
    ("written_as", "meant"), [("1,432.23", "1432.23"), ("1,6247.83", "16247.83"), ("1,000,432.23", "1000432.23")]
)
def test_a_comma_in_braces_splits_an_amount(written_as, meant, told):
    row = ROW.replace("24.00", written_as)
    code, message, place = told(row)
    assert code == "A104"
    assert f"请去掉千位分隔符，是不是 {meant}？" in message
    assert place == f"{LINE}:{row.index(',') + 2}"


@pytest.mark.parametrize(
    ("count", "says"),
    [
        ("2辆", "“2辆”不是整数：只写数字，不带单位"),
        ("２", "是不是 2？"),
        ("2.5", "请只写整数"),
        ("两", "请改用阿拉伯数字"),
        ("-2", "请只写整数"),
    ],
)
def test_what_is_no_count(count, says, told):
    code, message, _ = told("    保有量: " + count, instead_of="    保有量: 2")
    assert code == "A105"
    assert says in message


SUBJECTS = [
    ("twice, once with its name", f"{ROW}\n    2060103: {{财政拨款收入: 1}}", "A108", "“表2 › 2060103”写了两次", 1),
    ("twice, in other columns", f"{ROW}\n    2060103: {{其他收入: 1}}", "A108", "请合成一处，只保留一个", 1),
    ("twice alike", f"{ROW}\n{ROW}", "R208", f"写了两次（第一次在第 {LINE} 行）", 1),
    ("a column twice", ROW.replace("24.00", "24.00, 财政 拨款收入: 24.00"), "A108", "› 财政拨款收入”写了两次", 0),
    ("another's name", ROW.replace("机关服务", "行政运行"), "A107", "科目 2060103 的名称是“机关服务”", 0),
    ("another's code", ROW.replace("机关服务", "住房公积金"), "A107", "“住房公积金”的编码是 2210201。", 0),
    ("a digit wrong", ROW.replace("2060103", "2060183"), "A102", "“机关服务”的编码是 20", 0),
    ("no parent", ROW.replace("2060103 机关服务", "2069801 某某"), "A102", "连上级 20698 也没有", 0),
    ("full-width", ROW.replace("2060103", "２０６０１０３"), "A102", "请改成半角：2060103 机关服务", 0),
    (
        "of the other list",
        ROW.replace("2060103 机关服务", "30101"),
        "A102",
        "30101 是经济分类的科目，这张表不用经济分类",
        0,
    ),
    ("no code", ROW.replace("2060103 ", ""), "A102", "这张表按科目编码填写", 0),
]


@pytest.mark.parametrize(("rows", "code", "says", "below"), [pytest.param(*s[1:], id=s[0]) for s in SUBJECTS])
def test_subjects(rows, code, says, below, told):
    found, message, place = told(rows)
    assert found == code
    assert says in message
    assert place.startswith(f"{LINE + below}:")


def test_a_name_may_follow_its_code_closely_and_have_other_brackets(run, variant):
    file = variant(("30213 维修(护)费", "30213维修（护）费"))
    assert run("check", file).status == 0


@pytest.mark.parametrize(
    ("own", "code", "says"),
    [
        ("2069801: 某某", "A102", "科目 2069801 的上级 20698 没有名称"),
        ("20601010: 某某", "A102", "不是科目编码"),
        ("２０６９８: 某某", "A102", "不是科目编码"),
        ("2060101: 行政运行", "A109", "已在科目表中"),
    ],
)
def test_subjects_of_the_departments_own(own, code, says, told):
    found, message, place = told(f"补充科目:\n  {own}\n决算表:", instead_of="决算表:")
    assert (found, says in message) == (code, True)
    assert place.endswith(":3")


def test_a_table_twice_under_two_names(told):
    title = load_edition("gz-2020").tables["表7"].title
    code, message, place = told(f"  表7 {title}: {{}}\n  表7:", instead_of="  表7:")
    assert (code, "“表7”写了两次" in message) == ("A108", True)
    assert place.endswith(":3")


@pytest.mark.parametrize(
    ("year", "says"),
    [
        ("2019", "只用于 2020 年度"),
        ("2099", "只用于 2020 年度"),
        ("2020年", "只写四位半角数字，如 2020"),
        ("２０２０", "只写四位半角数字，如 2020"),
        ("二〇二〇", "只写四位半角数字，如 2020"),
    ],
)
def test_the_year(year, says, told):
    code, message, place = told(f"年度: {year}", instead_of="年度: 2020")
    assert (code, says in message, place) == ("A001", True, "5:5")


DUTY, UNIT = "    - 推进政务服务和电子政务标准化工作。", "    - 广州市海珠区企业审批服务中心"


@pytest.mark.parametrize("number", ["（七）", "(1) ", "1、", "２．", "一、", "二是", "①", "第一，", "⑴", "● "])
@pytest.mark.parametrize("item", [DUTY, "      - 标题: 优化政务服务", "    - 名称: 政务服务平台及数字政府建设经费"])
def test_no_number_is_typed_where_the_template_numbers(item, number, told):
    mark, _, text = item.rpartition(" ")
    code, message, _ = told(f"{mark} {number}{text}", instead_of=item)
    assert (code, f"请删去开头的“{number.strip()}”" in message) == ("A110", True)


@pytest.mark.parametrize("text", ["5G网络建设", "一体化平台", "3.5万人次的服务", "第一批项目", "（试行）制度建设"])
def test_what_only_looks_like_a_number_is_a_text(text, run, variant):
    assert run("check", variant(("      - 标题: 优化政务服务", f"      - 标题: {text}"))).status == 0


@pytest.mark.parametrize("rest", ["广州市海珠区企业审批服务中心", "企业审批服务中心"])
def test_a_name_in_a_list_stands_on_one_line(rest, told):
    code, message, place = told(f"      {rest}", instead_of=UNIT)
    assert (code, "前面加“- ”" in message, place) == ("R211", True, "14:7")


@pytest.mark.parametrize(
    "written", ['- "广州市海珠区\n      企业审批服务中心"', "- >-\n      广州市海珠区\n      企业审批服务中心"]
)
def test_a_long_name_may_be_quoted_over_lines(written, run, variant):
    assert run("check", variant((UNIT, f"    {written}"))).status == 0


@pytest.mark.parametrize("path", ['"上年\\file.yaml"', '"上年\\2019.yaml"', '"上年\\"'])
def test_a_backslash_in_double_quotes_is_explained(path, told):
    code, message, place = told(f"  本级: {path}", instead_of="  本级: 局本级")
    assert (code, "双引号里的反斜杠" in message, place) == ("R201", True, "10:7")


def test_a_colon_that_parts_a_text_is_shown(told):
    code, message, place = told("    - 热线: 12345", instead_of=DUTY)
    assert (code, place) == ("A101", "22:7")
    assert "“热线: 12345”里的冒号加空格却把它分成了两半：请给整段文字加引号" in message


def test_paragraphs_without_dashes_are_not_joined(told):
    duties = TEXT[TEXT.index("      - 持续优化") : TEXT.index("    目标完成情况:")]
    code, message, place = told(duties.replace("- ", ""), instead_of=duties)
    assert (code, "前面加“- ”" in message, place) == ("R211", True, "170:7")


FILES = [
    (
        "GBK",
        TEXT.encode("gbk"),
        "R105",
        "像是 GBK（ANSI）编码：请用记事本打开，点“文件”“另存为”，“编码”选 UTF-8",
        ":1:1",
    ),
    ("UTF-16", TEXT.encode("utf-16"), "R105", "像是 Unicode (UTF-16) 编码", ":1:1"),
    ("mixed", TEXT.encode() + b"\xff\xff\xff", "R105", "混用了几种编码", None),
    ("Excel", b"PK\x03\x04\x14\x00", "R105", "这是 Excel 或 Word 文件", ""),
    ("old Excel", b"\xd0\xcf\x11\xe0\xa1\xb1", "R105", "旧版 Excel", ""),
    ("PDF", b"%PDF-1.7", "R105", "这是 PDF 文件", ""),
    ("zero width", TEXT.replace("24.00", "24\u200b.00", 1).encode(), "R106", "看不见的控制字符（U+200B）", None),
    ("an Excel error", TEXT.replace("工程: 0", "工程: #REF!").encode(), "R107", "“#REF!”是表格软件算不出时", None),
    ("tabs", TEXT.replace("\n  ", "\n\t").encode(), "R201", "制表符（Tab）缩进，请改用空格", ":10:1"),
    ("full-width colons", TEXT.replace(":", "：").encode(), "R201", "这里用了全角冒号，请改成半角", ":4:3"),
    ("no space after colons", b"a:1\nb:2\n", "A002", "冒号用半角，后面空一格", ":1:1"),
    ("nothing", b"", "R202", "是空的，可用 juesuan new 生成一份", ""),
    ("an alias bomb", b"a: &a [x]\nb: &b [*a,*a]\nc: [*b,*b]\n", "R205", "填报文件不支持", ":1:4"),
    ("a million items", b"a: [" + b"1," * 1_000_000 + b"]", "R209", "超过 100000 项", None),
    ("100 deep", b"[" * 100 + b"]" * 100, "R204", "层次超过 40 层", ":1:42"),
    ("100 MB", b"a: 1\n" * 1_200_000, "R104", "超过 5 MB", ""),
    ("a name without end", b'{"' + "决".encode() * 500 + b'": 1}', "R210", "太长或分了行", ":1:2"),
    ("a name twice in JSON", b'{"a": 1,\n "a": 2}', "R208", "写了两次（第一次在第 1 行）", ":2:2"),
]


@pytest.mark.slow
@pytest.mark.parametrize(("content", "code", "says", "place"), [pytest.param(*f[1:], id=f[0]) for f in FILES])
def test_files_as_they_come(content, code, says, place, tmp_path, told_of):
    file = tmp_path / "填报.yaml"
    file.write_bytes(content)
    found, message, spot = told_of(file)
    assert found == code
    assert says in message
    if place is not None:
        assert spot == place.lstrip(":")


def test_two_hundred_faults_are_enough(run, tmp_path):
    file = written(tmp_path, example() | {f"多余{number}": "1" for number in range(5_000)})
    errors = [line for line in run("check", file).out.splitlines() if line.startswith("错误")]
    assert len(errors) == 201
    assert errors[0] == "错误 A100 这里只列出 200 项错误，请改正后再核对。"


def test_a_pipe_is_no_file_and_does_not_hang(told_of, tmp_path):
    os.mkfifo(tmp_path / "管道")
    code, message, _ = told_of(tmp_path / "管道")
    assert (code, "不是普通文件" in message) == ("R102", True)


@pytest.mark.parametrize(
    ("number", "says"), [(errno.EACCES, "没有权限"), (errno.EIO, "磁盘读写出错"), (errno.ENOTTY, "系统错误")]
)
def test_a_file_that_cannot_be_read(number, says, told_of, monkeypatch):
    """The system's refusal is made up: root, who may run the tests, may read everything."""

    def refuse(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(Path, "open", refuse)
    code, message, _ = told_of(EXAMPLE)
    assert (code, says in message) == ("R103", True)


@pytest.mark.slow
@pytest.mark.parametrize("fails_at", ["first", "second"])
def test_a_full_disk_leaves_what_was_there(fails_at, run, tmp_path, monkeypatch):
    """The full disk is made up: writing the first file, or the second, fails half-way, as the system does it."""
    for ending in (".docx", ".pdf"):
        (tmp_path / (NAME + ending)).write_bytes(b"published before")
    write = Path.write_bytes

    def fill_up(path: Path, data: bytes) -> int:
        if path.suffix == (".docx" if fails_at == "first" else ".pdf"):
            write(path, data[:1000])
            raise OSError(errno.ENOSPC, "No space left on device")
        return write(path, data)

    monkeypatch.setattr(Path, "write_bytes", fill_up)
    result = run("build", EXAMPLE, "-o", tmp_path)
    assert result.status == 1
    assert result.err.startswith("错误 W102 无法写入")
    assert "磁盘已满" in result.err
    assert sorted(path.name for path in tmp_path.iterdir()) == [NAME + ".docx", NAME + ".pdf"]
    assert {path.read_bytes() for path in tmp_path.iterdir()} == {b"published before"}


def test_a_full_disk_leaves_no_new_file_half_written(run, tmp_path, monkeypatch):
    """Made up too: the disk is full when the text is written, not when the file is opened."""

    class Full(io.StringIO):
        def write(self, _: str) -> int:
            raise OSError(errno.ENOSPC, "No space left on device")

    opened = Path.open

    def open_full(path: Path, mode: str = "r", **options: Any) -> Any:
        opened(path, mode, **options).close()
        return Full() if mode == "x" else opened(path, mode, **options)

    monkeypatch.setattr(Path, "open", open_full)
    result = run("new", "gz-2020", "-o", tmp_path / "填报.yaml")
    assert (result.status, "磁盘已满" in result.err) == (1, True)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a device that is always full")
@pytest.mark.parametrize("arguments", [["check", EXAMPLE], ["schema", "gz-2020"], ["rules", "gz-2020"]])
def test_output_that_cannot_be_written(arguments):
    with open("/dev/full", "wb") as full:
        done = in_a_process(arguments, full)
    assert done.returncode == 1
    assert done.stderr.decode() == "无法输出（磁盘已满）。\n"


@pytest.mark.slow
def test_a_reader_that_has_enough():
    """As `juesuan rules gz-2020 | head -1`: the pipe is closed before everything is through it."""
    reading, writing = os.pipe()
    os.close(reading)
    done = in_a_process(["rules", "gz-2020"], writing)
    os.close(writing)
    assert (done.returncode, done.stderr) == (1, b"")


def in_a_process(arguments: list[object], stdout: Any) -> subprocess.CompletedProcess[bytes]:
    """The command in a process of its own, with `stdout` for its output."""
    command = [sys.executable, "-c", "from generator.cli import main; main()", *map(str, arguments)]
    environment = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    return subprocess.run(command, stdout=stdout, stderr=subprocess.PIPE, env=environment, timeout=60, check=False)


@pytest.fixture(scope="module")
def _one_edition() -> Iterator[None]:
    """Reads the edition once for all mutations: it takes longer than they do."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(loading, "load_edition", cache(loading.load_edition))
        yield


@pytest.mark.slow
@pytest.mark.usefixtures("_one_edition")
@given(seed=st.integers(min_value=0, max_value=10**9))
@settings(max_examples=150, deadline=None, derandomize=True)
def test_whatever_is_spoilt_ends_with_a_message(seed, tmp_path_factory):
    ending, content = mutation(seed)
    file = tmp_path_factory.mktemp("spoilt") / f"report{ending}"
    file.write_bytes(content)
    outcome = check(file)
    assert outcome.faults == ()
    if outcome.status and seed % 20 == 0:
        assert build(file, file.parent / "output").faults == ()


LONG = Finding(
    "G603",
    "表6 人员经费和公用经费合计：“表6 › 人员经费合计 › 金额”是 2,478.61，各项之和是 12,345,678.90，相差 100.01。" * 3,
    (Place("填报.yaml", 71, 5, "表6 › 人员经费合计 › 金额"),),
    group="表6",
)


def shown(finding: Finding, **options: object) -> list[str]:
    """What a console of 80 columns prints of `finding`, line by line."""
    console = Console(file=io.StringIO(), width=80, highlight=False, markup=False, soft_wrap=True, **options)
    print_findings(console, [finding])
    print_summary(console, [finding])
    return re.sub(r"\x1b\[[0-9;]*m", "", console.file.getvalue()).splitlines()


def test_on_a_terminal_messages_are_broken_at_80_columns():
    lines = shown(LONG, force_terminal=True)
    assert lines[0] == "── 表6"
    assert lines[1].startswith("错误 G603 表6 人员经费和公用经费合计：")
    assert lines[-2] == "    填报.yaml:71:5（表6 › 人员经费合计 › 金额）"
    assert max(map(cell_len, lines)) <= 80
    assert [line for line in lines[2:-2] if not line.startswith("    ") or line[4] in "，。：”"] == []
    text = "".join(line.strip() for line in lines[1:-2])
    assert text.replace(" ", "") == f"错误 G603 {LONG.message}".replace(" ", ""), "nothing is lost"
    assert all("12,345,678.90" in line or "12,345" not in line for line in lines), "no number is broken"


def test_in_a_pipe_each_message_stays_on_one_line():
    quoting = Finding("A104", "“一\n二”不是金额。", LONG.places)
    assert shown(LONG)[1] == f"错误 G603 {LONG.message}"
    assert shown(quoting)[0] == "错误 A104 “一 二”不是金额。"


def test_in_colour_only_on_a_terminal(run, variant):
    assert "\x1b" not in run("check", variant(("年度: 2020", "年度: 2021"))).out


def test_findings_for_machines(run, variant):
    result = run("check", variant((ROW, ROW.replace("24.00", "１２３"))), "--format", "json")
    (finding,) = json.loads(result.out)
    assert result.status == 1
    assert finding["代码"] == "A104"
    assert finding["级别"] == "错误"
    assert [(place["行"], place["列"]) for place in finding["位置"]] == [(LINE, ROW.index("24.00") + 1)]


@pytest.fixture
def told_of(run, tmp_path) -> Callable[[Path], tuple[str, str, str]]:
    """The code, the message and the place (`line:column`, or nothing) of the one error that `build` finds in a file."""

    def told_of(file: Path) -> tuple[str, str, str]:
        result = run("build", file, "-o", tmp_path / "output")
        assert (result.status, result.out) == (1, "")
        assert not (tmp_path / "output").exists()
        message, place, *others = result.err.splitlines()
        assert not any(line.startswith("错误") for line in others)
        head = re.match(r"错误 ([A-Z]\d{3}) ", message)
        assert head, message
        return head[1], message, place.removeprefix(f"    {file}").partition("（")[0].lstrip(":")

    return told_of


@pytest.fixture
def told(told_of, tmp_path) -> Callable[..., tuple[str, str, str]]:
    """The same for the example with `instead_of`, once in it, replaced by the given text."""

    def told(text: str, instead_of: str = ROW) -> tuple[str, str, str]:
        assert TEXT.count(instead_of) == 1
        file = tmp_path / "填报.yaml"
        file.write_text(replaced((instead_of, text)), encoding="utf-8")
        return told_of(file)

    return told


@pytest.mark.parametrize(("char", "code"), [("\ue60e", "U+E60E"), ("\U000e0041", "U+E0041"), ("🎉", "U+1F389")])
def test_a_sign_that_no_font_has_is_named_and_nothing_is_written(run, variant, tmp_path, char, code):
    file = variant(("线上办件量明显", f"线上办件量{char}明显"))
    result = run("build", file, "-o", tmp_path / "output")
    assert result.status == 1
    assert code in result.err
    assert not (tmp_path / "output").exists()


def test_what_must_be_filled_in_for_each_subject_is_no_0_where_it_is_blank(tmp_path):
    """A budget that nobody wrote down would be published as one of 0."""
    text = EXAMPLE_OF_2019.read_text(encoding="utf-8")
    row = "2013811 标准化管理: {年初预算: 24.00, 调整预算: 24.00}"
    assert row in text
    file = tmp_path / "填报.yaml"
    file.write_text(text.replace(row, "2013811 标准化管理: {年初预算: 24.00}"), encoding="utf-8")
    with pytest.raises(InvalidInput) as refused:
        loading.load_accounts(file)
    [finding] = refused.value.findings
    assert finding.message == "预算 的“调整预算”没有填：2013811 标准化管理。没有的请填 0，空着不是 0。"
    assert finding.places[0].line == text[: text.index(row)].count("\n") + 1
