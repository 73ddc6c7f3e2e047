"""In 万元, figures that are one are printed as one: the cell to state is named, with the lines to write."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest
import yaml
from departments import DEPARTMENT, EXAMPLE_OF_2019, TEXT, example, replaced, written
from hypothesis import given, settings
from hypothesis import strategies as st
from random_departments import random_department

from generator.accounts import load_accounts
from generator.checks import check_accounts
from generator.findings import Finding, Severity

# The published figures of the example state these: without them two tables differ by 0.01.
UNSTATED = ("{本年支出合计: 3009.28, 基本支出: 1509.02", "{基本支出: 1509.02")
ROW = "    2060199 其他科学技术管理事务支出: {本年支出合计: 3009.28, 基本支出: 1509.02, 项目支出: 1500.25}"


def told(folder: Path, text: str) -> list[Finding]:
    """What is said of figures that print apart in a file of `text`; nothing else may be wrong with it."""
    file = folder / "填报.yaml"
    file.write_text(text, encoding="utf-8")
    findings = check_accounts(load_accounts(file))
    assert [finding for finding in findings if finding.code not in ("A113", "A114")] == []
    return findings


def test_the_cell_to_state_is_named_with_the_line_to_write(tmp_path):
    (finding,) = told(tmp_path, replaced(UNSTATED))
    assert finding.severity is Severity.WARNING
    assert "“表5 › 2060199 › 本年支出合计”是 3,009.27，“表2 › 2060199 › 财政拨款收入”是 3,009.28" in finding.message
    assert finding.to_paste == (ROW,)
    line = TEXT.splitlines().index(ROW) + 1
    assert (finding.places[0].line, f"把第 {line} 行改成下面的行" in finding.message) == (line, True)
    assert "共 1 格" in finding.message


def test_a_typed_total_is_taken_by_all_that_it_must_equal(tmp_path):
    """All of them are told in one round, in the table and the row where they belong."""
    text = replaced(("  表5:\n", "  表5:\n    合计: {本年支出合计: 5143.01}\n"))
    findings = told(tmp_path, text)
    assert [finding.to_paste for finding in findings] == [
        ("  表1:", "    本年支出合计: 5143.01"),
        ("    合计: {本年收入合计: 5143.01, 财政拨款收入: 5143.01}",),
        ("  表4:", "    本年支出合计: {合计: 5143.01, 一般公共预算财政拨款: 5143.01}"),
    ]
    assert "共 5 格" in findings[0].message
    lines = {finding.group: "\n".join(finding.to_paste) + "\n" for finding in findings}
    text = text.replace("  表2:\n", f"{lines['表1']}{lines['表4']}  表2:\n{lines['表2']}")
    assert told(tmp_path, text) == []


def test_a_typed_total_that_nothing_else_allows_is_to_be_changed(tmp_path):
    """All else says 5,143.02, of which the budget of the year is no more."""
    text = replaced(("决算表:\n", "决算表:\n  表1:\n    收入总计: 5143.03\n"))
    text = text.replace(*UNSTATED)
    findings = told(tmp_path, text)
    assert ("    收入总计: 5143.02",) in [finding.to_paste for finding in findings]


@pytest.mark.parametrize(
    ("replacement", "lines"),
    [
        # A row written over several lines is added to; a figure that is there stays where it is.
        (
            (ROW, "    2060199:\n      基本支出: 1509.02\n      项目支出: 1500.25"),
            ("      本年支出合计: 3009.28",),
        ),
        ((ROW, ROW.replace("本年支出合计: 3009.28, ", "")), (ROW,)),
    ],
)
def test_the_line_is_written_as_the_row_is(tmp_path, replacement, lines):
    (finding,) = told(tmp_path, replaced(replacement))
    assert finding.to_paste == lines


def test_sums_of_several_figures_are_left_to_the_note(tmp_path):
    """20601 is 0.01 more than what stands below it, as the form's 注 says that it may be."""
    assert told(tmp_path, TEXT) == []
    assert check_accounts(load_accounts(EXAMPLE_OF_2019)) == []


def test_a_table_that_is_not_published_prints_nothing(tmp_path):
    """In 预算, 206 is 0.01 more than its only section, which adds up two items."""
    text = EXAMPLE_OF_2019.read_text(encoding="utf-8")
    item = "    2060503 科技条件专项: {年初预算"
    assert item in text
    assert told(tmp_path, text.replace(item, f"    206: {{调整预算: 2291.83}}\n{item}")) == []


def test_this_years_opening_is_printed_as_last_years_closing_was(tmp_path):
    """The openings of two budgets are 1.00 and 2.00; last year's file has 3.01 for both together."""
    before = yaml.load(EXAMPLE_OF_2019.read_text(encoding="utf-8"), yaml.BaseLoader) | {"部门": DEPARTMENT}
    before["决算表"] |= {"表1": {"年末结转和结余": "3.01"}, "表4": {"年末财政拨款结转和结余": {"合计": "3.01"}}}
    (tmp_path / "2019.yaml").write_text(yaml.safe_dump(before, allow_unicode=True), encoding="utf-8")
    now = example() | {"上年": {"上年文件": "2019.yaml", "国有资本经营预算财政拨款收入": "0"}}
    amounts = {"一般公共预算财政拨款": "1.00", "国有资本经营预算财政拨款": "2.00"}
    opening = {f"{budget}年初结转和结余": amount for budget, amount in amounts.items()}
    now["决算表"] |= {"表1": {"年初结转和结余": "3.01", "年末结转和结余": "3.01"}}
    now["决算表"] |= {"表4": {**opening, "年末财政拨款结转和结余": amounts}}
    findings = check_accounts(load_accounts(written(tmp_path, now)))
    advice = [finding for finding in findings if finding.code == "A113"]
    assert "“上年文件 › 表4 › 年末财政拨款结转和结余 › 合计”是 3.01" in "".join(one.message for one in advice)
    assert ["年初财政拨款结转和结余: 3.01"] in [[line.strip() for line in one.to_paste] for one in advice]


def test_while_sums_are_wrong_nobody_knows_which_figure_is_right(tmp_path):
    file = tmp_path / "填报.yaml"
    file.write_text(replaced(UNSTATED, ("30113 住房公积金: 198.93", "30113 住房公积金: 298.93")), encoding="utf-8")
    codes = {finding.code for finding in check_accounts(load_accounts(file))}
    assert codes == {"G603"}


def test_from_元_all_is_exact(tmp_path):
    department = random_department(random.Random(1), unit="元", rich=True, subjects=8)
    assert told(tmp_path, yaml.safe_dump(department, allow_unicode=True)) == []


@pytest.mark.slow
@given(st.integers(0, 2**32), st.sampled_from([0, 0.1, 0.5, 1]), st.booleans())
@settings(max_examples=25, deadline=None)
def test_whoever_follows_the_advice_once_is_done(tmp_path_factory, seed, stating, rich):
    """Figures that are roundings of exact ones: what is advised leaves nothing to be found, and every pair alike."""
    rng = random.Random(seed)
    department = random_department(rng, unit="万元", subjects=rng.randint(1, 12), stating=stating, rich=rich)
    text = yaml.safe_dump(department, allow_unicode=True, sort_keys=False, width=1000)
    folder = tmp_path_factory.mktemp("尾差")
    findings = told(folder, text)
    assert {finding.code for finding in findings} <= {"A113"}
    for finding in findings:
        wanted = finding.message.partition("请填明")[2]
        for table, row, column, amount in re.findall(r"“(\S+) › (\S+) › (\S+?)”是 (-?[\d.]+)", wanted):
            rows = department["决算表"].setdefault(table, {})
            named = next((key for key in rows if key.split()[0] == row), row)
            rows.setdefault(named, {})[column] = amount
    assert told(folder, yaml.safe_dump(department, allow_unicode=True, sort_keys=False, width=1000)) == []
