"""`juesuan fix`: the cells that make equal figures print alike, shown, and written with the user's word alone."""

from __future__ import annotations

import json
import random
import stat
from pathlib import Path

import pytest
from departments import TEXT, example, replaced, written
from random_departments import random_department

UNSTATED = ("{本年支出合计: 3009.28, 基本支出: 1509.02", "{基本支出: 1509.02")
TOTAL = ("  表5:\n", "  表5:\n    合计: {本年支出合计: 5143.01}\n")


def test_it_shows_what_it_would_state_and_writes_nothing(run, variant):
    file = variant(UNSTATED)
    before = file.read_bytes()
    result = run("fix", file)
    assert (result.status, result.err) == (0, "")
    first, why, last = result.out.splitlines()
    assert first == "表5 › 2060199 › 本年支出合计：3,009.27 → 3,009.28"
    assert "“表2 › 2060199 › 财政拨款收入”是 3,009.28" in why
    assert "共 1 格，还没有写" in last
    assert file.read_bytes() == before


def test_it_writes_them_and_nothing_else(run, variant):
    file = variant(UNSTATED)
    file.chmod(0o640)
    assert run("fix", file, "--write").status == 0
    assert file.read_text(encoding="utf-8") == TEXT
    assert stat.S_IMODE(file.stat().st_mode) == 0o640
    assert [path.name for path in file.parent.iterdir()] == [file.name]
    again = run("fix", file, "--write")
    assert (again.status, again.out) == (0, f"{file}：没有要填明的。\n")
    assert file.read_text(encoding="utf-8") == TEXT


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_line_ends_and_the_byte_order_mark_stay(run, tmp_path, mark, line_end):
    file = tmp_path / "填报.yaml"
    file.write_bytes(mark + replaced(UNSTATED).replace("\n", line_end).encode())
    assert run("fix", file, "--write").status == 0
    assert file.read_bytes() == mark + TEXT.replace("\n", line_end).encode()


def test_new_rows_and_tables_stand_where_they_belong(run, variant, tmp_path):
    file, new = variant(TOTAL), tmp_path / "新.yaml"
    assert run("fix", file, "-o", new).status == 0
    added = [line for line in new.read_text(encoding="utf-8").splitlines() if line not in TEXT.splitlines()]
    assert added == [
        "  表1:",
        "    本年支出合计: 5143.01",
        "    合计: {本年收入合计: 5143.01, 财政拨款收入: 5143.01}",
        "  表4:",
        "    本年支出合计: {一般公共预算财政拨款: 5143.01, 合计: 5143.01}",
        "    合计: {本年支出合计: 5143.01}",
    ]
    assert file.read_text(encoding="utf-8") == replaced(TOTAL)
    assert "核对无误" in run("check", new).out
    assert "W101" in run("fix", file, "-o", new).err


@pytest.mark.parametrize(
    ("row", "added"),
    [
        ("    2060199:  # 两项\n      # 公布数\n+      基本支出: 1509.02\n      项目支出: 1500.25\n", "      {}\n"),
        ("    2060199: {+ 基本支出: 1509.02,  # 基本\n      项目支出: 1500.25 }  # 项目\n", " {},"),
        ('    "2060199": {+"基本支出": "1,509.02", "项目支出": 1500.25}\n', "{}, "),
    ],
)
def test_a_row_keeps_the_way_in_which_it_is_written(run, variant, row, added):
    line = next(line for line in TEXT.splitlines(keepends=True) if "3009.28, 基本" in line)
    file = variant((line, row.replace("+", "")))
    assert run("fix", file, "--write").status == 0
    assert file.read_text(encoding="utf-8") == replaced((line, row.replace("+", added.format("本年支出合计: 3009.28"))))


def test_what_would_not_say_the_same_is_not_written(run, variant, monkeypatch):
    """Every text is read again before it is written."""
    monkeypatch.setattr("generator.fixing.with_entries", lambda text, entries: text.replace("2478.61", "3009.28"))
    file = variant(UNSTATED)
    result = run("fix", file, "--write")
    assert result.status == 1
    assert "错误 W107" in result.err
    assert file.read_text(encoding="utf-8") == replaced(UNSTATED)


def test_a_json_file_stays_one(run, tmp_path):
    data = example()
    del data["决算表"]["表5"]["2060199 其他科学技术管理事务支出"]["本年支出合计"]
    file = written(tmp_path, data)
    assert run("fix", file, "--write").status == 0
    assert json.loads(file.read_text(encoding="utf-8"))["决算表"]["表5"]["2060199 其他科学技术管理事务支出"] == {
        "本年支出合计": 3009.28,
        "基本支出": "1509.02",
        "项目支出": "1500.25",
    }
    assert "核对无误" in run("check", file).out


def test_what_is_not_rounding_is_said_and_nothing_written(run, variant):
    file = variant(UNSTATED, ("30113 住房公积金: 198.93", "30113 住房公积金: 298.93"))
    before = file.read_bytes()
    result = run("fix", file, "--write")
    assert (result.status, result.out) == (1, "")
    assert "错误 G603" in result.err
    assert "不是四舍五入引起的" in result.err
    assert file.read_bytes() == before


def test_other_errors_are_not_hidden(run, variant):
    result = run("fix", variant(UNSTATED, ("货物: 114.30", "货物: 4.30")))
    assert "3,009.27 → 3,009.28" in result.out
    assert "另有 1 项错误" in result.err


def test_from_元_there_is_nothing_to_state(run, tmp_path):
    file = written(tmp_path, random_department(random.Random(1), unit="元", subjects=3))
    assert run("fix", file, "--write").out == f"{file}：以元填报，各数分毫不差，没有要填明的。\n"


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(8))
def test_a_department_is_done_in_one_round(run, tmp_path: Path, seed: int):
    file = written(tmp_path, random_department(random.Random(seed), unit="万元", subjects=10, rich=True))
    assert run("fix", file, "--write").status == 0
    assert "核对无误" in run("check", file).out
    assert "没有要填明的" in run("fix", file).out
