"""Subjects that the code lists lack: named in a row, registered, or unknown, which is told once with lines to paste."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from departments import TEXT

from generator.accounts import load_accounts

TABLE = "  表2:\n"
ROW = "    2060103 机关服务: {财政拨款收入: 24.00}\n"


@pytest.fixture
def told(run, variant) -> Callable[..., list[dict[str, object]]]:
    """The errors of the example with rows added to 表2, and subjects registered; codes, sentences, lines to paste."""

    def told(rows: str, own: str = "") -> list[dict[str, object]]:
        file = variant((ROW, ROW + rows), ("决算表:\n", own + "决算表:\n"))
        found = json.loads(run("check", file, "--format", "json").out)
        return [one for one in found if one["代码"].startswith("A")]

    return told


def test_a_subject_with_its_name_needs_no_second_registration(variant):
    file = variant((ROW, ROW + "    2060198 某项工作: {财政拨款收入: 0}\n"))
    assert load_accounts(file).ledger.names["2060198"] == "某项工作"


def test_its_class_and_section_may_be_registered_alone(told):
    own = "补充科目:\n  21303: 水利\n"
    assert not told("    2130301 行政运行: {财政拨款收入: 0}\n", own)


def test_all_unknown_ones_are_told_at_once_with_what_is_above_them(told):
    rows = (
        "    2139801 某项: {财政拨款收入: 0}\n    2139802: {财政拨款收入: 0}\n    2979901 另一项: {财政拨款收入: 0}\n"
    )
    (found,) = told(rows)
    assert found["代码"] == "A102" and len(found["位置"]) == 3
    assert "“2139801 某项”、“2139802”、“2979901 另一项”：连上级 21398、297、29799 也没有" in found["说明"]
    assert found["可粘贴"] == [
        "  21398:",
        "  2139801: 某项",
        "  2139802:",
        "  297:",
        "  29799:",
        "  2979901: 另一项",
    ]


def test_the_lines_may_be_pasted_as_they_are(run, told, variant):
    (found,) = told("    2139801 某项: {财政拨款收入: 0}\n")
    lines = "\n".join(line if line[-1] != ":" else f"{line} 某类" for line in found["可粘贴"])
    assert not told("    2139801 某项: {财政拨款收入: 0}\n", f"补充科目:\n{lines}\n")
    shown = run("check", variant((ROW, ROW + "    2139801 某项: {财政拨款收入: 0}\n"))).out
    assert "\n  2139801: 某项\n" in shown


def test_no_code_of_another_class_is_offered(told):
    (found,) = told("    2139801 行政运行: {财政拨款收入: 0}\n")
    assert "的编码是" not in found["说明"] or "的编码是 213" in found["说明"]


def test_a_code_that_is_a_slip_for_another_of_its_section_is_not_taken_for_a_new_one(told):
    (found,) = told("    2060193 机关服务: {财政拨款收入: 0}\n")
    assert "“机关服务”的编码是 2060103" in found["说明"]
    (found,) = told("    20611 科学技术管理事务: {财政拨款收入: 0}\n")
    assert "“科学技术管理事务”的编码是 20601" in found["说明"]
    (found,) = told("    2130311 行政运行: {财政拨款收入: 0}\n", "补充科目:\n  21303: 水利\n  2130301: 行政运行\n")
    assert "“行政运行”的编码是 2130301" in found["说明"]


def test_a_registered_name_that_is_wrong_is_blamed_and_not_its_uses(told):
    own = "补充科目:\n  2060198: 某项工做\n"
    (found,) = told("    2060198 某项工作: {财政拨款收入: 0}\n", own)
    assert found["代码"] == "A107" and "“补充科目”里科目 2060198 的名称是“某项工做”" in found["说明"]
    assert found["位置"][0]["行"] == TEXT[: TEXT.index("决算表:\n")].count("\n") + 2
