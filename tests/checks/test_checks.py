"""Every check of the edition finds what it is there for, says why and where, and nothing else."""

from __future__ import annotations

import random
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from copies import ROOT
from departments import EXAMPLE, example, written
from hypothesis import given, settings
from hypothesis import strategies as st
from random_departments import random_department

from generator.accounts import Accounts, load_accounts
from generator.checks import check_accounts
from generator.checks.evaluation import relations
from generator.checks.handbook import checks_handbook
from generator.checks.relations import allowance
from generator.edition import load_edition
from generator.findings import Finding, Severity

Changes = dict[str, Any]
"""By path, as `决算表/表5/2060103/基本支出`: what the example says there instead."""

ON = "决算表/"
FOREIGN, CARS, GUESTS = "三公经费/因公出国/", "三公经费/公务用车/", "三公经费/公务接待/"
CASES: dict[str, Changes] = {
    "G101": {ON + "表1/年末结转和结余": "5"},
    "G102": {ON + "表1/上级补助收入": "1"},
    "G103": {ON + "表1/本年收入合计": "5134.02"},
    "G104": {ON + "表1/本年支出合计": "5134.02"},
    "G105": {ON + "表1/一般公共预算财政拨款收入": "5000"},
    "G201": {ON + "表2/2060103/本年收入合计": "42"},
    "G202": {ON + "表2/20601/财政拨款收入": "4456.51"},
    "G203": {ON + "表2/2060103/财政拨款收入": "24.01"},
    "G301": {ON + "表3/2060103/本年支出合计": "42"},
    "G302": {ON + "表3/206/基本支出": "2000"},
    "G303": {ON + "表3/2060103/本年支出合计": "1"},
    "G304": {ON + "表3/2060103/基本支出": "1"},
    "G305": {ON + "表3/2010399/项目支出": "1"},
    "G401": {ON + "表4/支出总计/合计": "5000"},
    "G402": {ON + "表4/206/合计": "1"},
    "G403": {ON + "表4/本年收入合计": "1"},
    "G404": {ON + "表4/一般公共预算财政拨款年初结转和结余": "3"},
    "G405": {ON + "表8/2296003/年初结转和结余": "3", ON + "表4/支出总计/政府性基金预算财政拨款": "0"},
    "G406": {ON + "表4/国有资本经营预算财政拨款年初结转和结余": "3"},
    "G407": {ON + "表4/本年支出合计/一般公共预算财政拨款": "5000"},
    "G408": {ON + "表4/本年支出合计/政府性基金预算财政拨款": "1"},
    "G409": {ON + "表4/本年支出合计/国有资本经营预算财政拨款": "1"},
    "G410": {ON + "表4/年末财政拨款结转和结余/一般公共预算财政拨款": "3"},
    "G411": {ON + "表4/一般公共预算财政拨款年初结转和结余": "3"},
    "G501": {ON + "表5/2060103/本年支出合计": "42"},
    "G502": {ON + "表5/206/基本支出": "2000"},
    "G601": {ON + "表6/30201": "41.52"},
    "G602": {ON + "表6/301": "2000"},
    "G603": {ON + "表6/公用经费合计": "100"},
    "G701": {ON + "表7/预算数/合计": "2.50"},
    "G702": {ON + "表6/30212": "1"},
    "G703": {ON + "表6/31013": "1"},
    "G704": {ON + "表7/决算数/公务用车运行费": "1.05"},
    "G705": {ON + "表6/30217": "1"},
    "G706": {ON + "表7/决算数/公务用车运行费": "1.60"},
    "G707": {FOREIGN + "团组": "1", FOREIGN + "人次": "1"},
    "G708": {FOREIGN + "人次": "4"},
    "G709": {FOREIGN + "团组": "2", FOREIGN + "人次": "1"},
    "G710": {CARS + "购置数": "1"},
    "G711": {CARS + "保有量": "0"},
    "G712": {CARS + "保有量": "3"},
    "G713": {GUESTS + "国内批次": "1", GUESTS + "国内人数": "8"},
    "G714": {GUESTS + "外宾人次": "2"},
    "G715": {GUESTS + "国内人数": "8"},
    "G801": {ON + "表8/2296003/本年收入": "9", ON + "表8/2296003/年末结转和结余": "8"},
    "G802": {ON + "表8/22960/项目支出": "1"},
    "G803": {ON + "表8/2296003/本年收入": "9"},
    "G901": {ON + "表9/2230105/基本支出": "9", ON + "表9/2230105/本年支出": "8"},
    "G902": {ON + "表9/22301/基本支出": "1"},
    "G1001": {ON + "表10/其他利息收入/合计": "0.22"},
    "G1002": {ON + "表10/利息收入/纳入预算管理": "0.22"},
    "G1003": {ON + "表10/合计/纳入预算管理": "1.11"},
    "H101": {"政府采购/小微企业": "789.63"},
    "H102": {"政府采购/中小企业": "798.62"},
    "H103": {"机关运行经费/本年支出": "900.30"},
    "H105": {"变动原因/比上年/项目支出": ""},
    "H106": {"变动原因/比年初预算/一般公共预算财政拨款支出": ""},
    "H107": {"机关运行经费/年初预算": "60", "机关运行经费/变动原因": ""},
    "H114": {"上年/一般公共预算财政拨款收入": "0.40", "上年/基本支出": "0.25", "上年/项目支出": "0.15"},
    "H115": {
        "上年/一般公共预算财政拨款收入": "5143.02",
        "上年/基本支出": "2652.31",
        "上年/项目支出": "2490.71",
    },
    "G716": {ON + "表7/决算数/公务用车运行费": "5200"},
    "G717": {ON + "表7/预算数/公务用车运行费": "15000"},
    "G718": {FOREIGN + "团组": "1", FOREIGN + "人次": "2", ON + "表7/决算数/因公出国（境）费": "201"},
    "G719": {ON + "表7/决算数/公务用车运行费": "201"},
    "G720": {GUESTS + "国内批次": "1", GUESTS + "国内人数": "8", ON + "表7/决算数/公务接待费": "81"},
    "G1004": {ON + "表10/其他利息收入/纳入预算管理": "50000001"},
    "H116": {ON + "表2/2010399/财政拨款收入": "51430200"},
    "H117": {"机关运行经费/本年支出": "900300"},
    "H118": {"年初预算/一般公共预算财政拨款支出": "41419300"},
    "H119": {"上年/项目支出": "14980400"},
    "H120": {ON + "表2": {"2010399": {"财政拨款收入": "9"}}},
    "H129": {"机关运行经费/年初预算": "937600"},
    "H131": {"政府采购/货物": "1143000"},
    "H130": {"绩效/项目/0/本级财政拨款预算": "8003200"},
    "H121": {
        "决算表": {"表6": {str(code): "101" for code in range(30201, 30210)}},
        "机关运行经费/本年支出": "101",
        "机关运行经费/年初预算": "101",
    },
    "J101": {"绩效/自评项目资金": "9999"},
    "J102": {"绩效/整体自评一般公共预算支出": "9999"},
    "J103": {"绩效/整体自评政府性基金预算支出": "1"},
    "J104": {"绩效/整体支出/全年预算数": "5043.02"},
    "J105": {"绩效/项目/0/指标/1/得分": "21"},
    "J107": {"绩效/项目/0/指标/1/分值": "25"},
    "J108": {"绩效/项目/0/资金分值": "19.5"},
    "J106": {"绩效/项目/0/资金得分": "21"},
    "F101": {ON + "表6/30206": "-4.75"},
}
NEED_LAST_YEARS_FILE = {"H104", "H108", "H126", "H127", "H128"}  # tests/accounts/test_last_year.py


def put(data: dict[str, Any], path: str, value: Any) -> None:
    """Sets one figure; a row is found by its code or name, with or without the other behind it."""
    *above, last = path.split("/")
    at: Any = data
    for name in above:
        at = at[int(name)] if isinstance(at, list) else at.setdefault(_key(at, name), {})
    at[_key(at, last)] = value


def _key(at: dict[str, Any], name: str) -> str:
    return next((key for key in at if key.split(" ")[0] == name), name)


def changed(changes: Changes, **entries: object) -> dict[str, Any]:
    data = example() | entries
    for path, value in changes.items():
        put(data, path, value)
    return data


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("checks")


@pytest.fixture
def found(folder: Path) -> Callable[..., list[Finding]]:
    """What is found in the example with some figures changed."""

    def found(changes: Changes, **entries: object) -> list[Finding]:
        return check_accounts(load_accounts(written(folder, changed(changes, **entries))))

    return found


def test_nothing_is_found_in_the_example():
    assert check_accounts(load_accounts(EXAMPLE)) == []


def test_every_check_of_the_edition_has_a_case():
    assert CASES.keys() | NEED_LAST_YEARS_FILE == {check.code for check in load_edition("gz-2020").checks}


@pytest.mark.parametrize("code", CASES)
def test_a_check_finds_what_it_is_there_for(found, code):
    finding = next(finding for finding in found(CASES[code]) if finding.code == code)
    check = next(check for check in load_edition("gz-2020").checks if check.code == code)
    assert finding.message.startswith(check.name)
    assert check.reason in finding.message
    assert finding.severity.value == check.severity.value
    assert finding.group
    assert finding.places
    assert all(place.line and place.column and place.where for place in finding.places)


LAST_YEAR = ("上年/一般公共预算财政拨款收入", "上年/基本支出", "上年/项目支出")


@pytest.mark.parametrize(
    ("figures", "told"),
    [
        (("0.40", "0.25", "0.15"), "的一万倍左右"),
        (("40257700", "25277300", "1498.04"), "的一万分之一左右"),
        (("514.30", "265.23", "249.07"), "的十倍左右"),
        (("51.43", "26.52", "1498.04"), "的一百倍左右"),
        (("402.57", "252.77", "149.80"), ""),  # ten times less, but for what really changed
        (("0.40", "0", "0"), ""),  # one figure may grow like that
        (("4025.77", "2527.73", "0.15"), ""),
    ],
)
def test_figures_in_another_unit_are_told_by_how_many_differ_alike(found, figures, told):
    findings = [one for one in found(dict(zip(LAST_YEAR, figures, strict=True))) if one.code == "H114"]
    assert [told in one.message for one in findings] == ([True] if told else [])
    assert all("请核对“金额单位: 万元”" in one.message for one in findings)


def test_both_sides_and_the_difference_are_named_where_the_fault_is(found):
    findings = [finding for finding in found({ON + "表5/2010399/本年支出合计": "281.10"}) if finding.code == "G501"]
    assert len(findings) == 1, "the rows above 2010399 only add it up"
    assert "“表5 › 2010399 › 本年支出合计”是 281.10" in findings[0].message
    assert "“表5 › 2010399 › 基本支出”、“表5 › 2010399 › 项目支出”之和是 218.10，相差 63.00" in findings[0].message
    comparison = findings[0].comparison
    assert comparison is not None
    assert (comparison.left, comparison.right) == (Decimal("281.10"), Decimal("218.10"))
    assert findings[0].group == "表5"


@pytest.mark.parametrize(
    ("code", "changes", "cause"),
    [
        ("G501", {ON + "表5/2060103/本年支出合计": "42.00"}, "“表5 › 2060103 › 本年支出合计”有两位数字写颠倒了"),
        ("G601", {ON + "表6/30201": "1452"}, "“表6 › 30201 › 金额”小数点错位了"),
        ("G601", {ON + "表6/30201": "145200"}, "“表6 › 30201 › 金额”按元填写了，应按万元"),
        ("G601", {ON + "表6/30229": "-42.23"}, "“表6 › 30229 › 金额”正负号写反了"),
        ("G502", {ON + "表5/合计/基本支出": "2453.38"}, "差额正好等于“表5 › 221 › 基本支出”，可能漏加或者重复了这一项"),
    ],
)
def test_the_likeliest_cause_is_suggested(found, code, changes, cause):
    finding = next(finding for finding in found(changes) if finding.code == code)
    assert cause in finding.message
    assert finding.cause


def test_the_suspected_figure_is_the_first_place(found):
    finding = next(finding for finding in found({ON + "表6/30201": "1452"}) if finding.code == "G601")
    assert finding.places[0].where == "表6 › 30201 › 金额"


def test_a_later_finding_with_the_same_difference_refers_to_the_first(found):
    first, *later = found({ON + "表2/2060103/财政拨款收入": "31.37"})
    assert first.code == "G101"
    assert any("差额与 G101 相同，可能是同一处引起的" in finding.message for finding in later)


@pytest.mark.parametrize(("unit", "off", "count"), [("万元", "0.01", 0), ("万元", "0.02", 1), ("元", "0.01", 1)])
def test_what_rounding_explains_is_allowed(folder, unit, off, count):
    """In 万元 two parts and their sum may lie 0.01 apart; in 元 nothing is rounded."""
    stated = str(Decimal("30") + Decimal(off))
    parts = {"20601": {"项目支出": stated}, "2060101": {"项目支出": "10"}, "2060103": {"项目支出": "20"}}
    data = example() | {"金额单位": unit, "决算表": {"表5": parts}}
    findings = check_accounts(load_accounts(written(folder, data)))
    assert len([finding for finding in findings if finding.code == "G502"]) == count


def test_figures_that_both_sides_rest_on_take_no_part_in_the_allowance():
    """表1 and 表2 come down to the same ten figures: nothing between them was rounded."""
    accounts = load_accounts(EXAMPLE)
    checks = {check.code: check for check in accounts.edition.checks}
    allowances = {
        code: [allowance(accounts, relation) for relation in relations(accounts, checks[code])]
        for code in ("G103", "G601")
    }
    assert allowances["G103"] == [0]
    assert allowances["G601"] > [Decimal("0.1")]


def test_with_money_carried_over_a_subject_need_not_spend_what_it_receives(found):
    """24.01 received for 2060103 and 24.00 spent: as it is where there are carryovers."""
    carried_over = {ON + "表4/一般公共预算财政拨款年初结转和结余": "1", ON + "表1/年初结转和结余": "1"}
    assert "G203" in [finding.code for finding in found(CASES["G203"])]
    assert "G203" not in [finding.code for finding in found(CASES["G203"] | carried_over)]


def test_a_sum_of_0_below_0_by_rounding_is_said_to_be_that(found):
    fund = {ON + "表8/2296003/年初结转和结余": "1.01", ON + "表8/2296003/基本支出": "0.51"}
    negative = [f for f in found(fund | {ON + "表8/2296003/项目支出": "0.51"}) if f.code == "F101"]
    assert negative
    assert all("尾差" in finding.message for finding in negative)
    stated = fund | {ON + "表8/2296003/项目支出": "0.51", ON + "表8/2296003/年末结转和结余": "0"}
    assert [finding for finding in found(stated) if finding.code in ("F101", "G801")] == []


def test_the_handbook_in_the_documentation_is_what_the_command_prints():
    page = ROOT / "docs" / "勾稽关系-gz-2020.md"
    assert page.read_text(encoding="utf-8") == checks_handbook(load_edition("gz-2020"))


def test_figures_in_ten_thousand_under_yuan_are_one_finding_about_the_unit(found):
    [finding] = found({}, 金额单位="元")
    assert finding.code == "A115"
    assert "请核对“金额单位: 元”" in finding.message
    assert finding.places[0].where == "金额单位"


def test_one_sum_that_is_off_by_a_cent_in_yuan_is_a_slip(folder):
    parts = {"20601": {"项目支出": "300000.01"}, "2060101": {"项目支出": "100000"}, "2060103": {"项目支出": "200000"}}
    data = example() | {"金额单位": "元", "决算表": {"表2": {"2060101": {"财政拨款收入": "300000.01"}}, "表5": parts}}
    codes = [finding.code for finding in check_accounts(load_accounts(written(folder, data)))]
    assert "G502" in codes
    assert "A115" not in codes


@pytest.mark.parametrize(
    "path", ["机关运行经费/本年支出", "政府采购/工程", "绩效/项目/0/转移支付完成", "上年/其他收入"]
)
def test_amounts_outside_the_tables_are_not_negative_either(found, path):
    [finding] = [one for one in found({path: "-5"}) if one.code == "F101"]
    assert "是 -5.00" in finding.message
    assert finding.places[0].where == path.replace("0", "第 1 项").replace("/", " › ")


def test_what_is_no_amount_is_exact_and_written_as_it_is(found):
    """Rounding to 万元 explains no difference of scores and counts."""
    [score] = [one for one in found({"绩效/项目/0/指标/1/得分": "20.01"}) if one.code == "J105"]
    assert "是 20.01，" in score.message
    assert "是 20，多出 0.01。" in score.message
    [count] = [one for one in found({CARS + "保有量": "3"}) if one.code == "G712"]
    assert "“三公经费 › 公务用车 › 保有量”是 3，" in count.message


seeds = st.integers(0, 2**32)


@pytest.mark.slow
@given(seeds, st.sampled_from(["元", "万元"]))
@settings(max_examples=20, deadline=None)
def test_a_correct_department_gets_no_finding(folder, seed, unit):
    """But in 万元 that of figures which rounding prints apart."""
    rng = random.Random(seed)
    department = random_department(rng, subjects=rng.randint(1, 12), unit=unit)
    codes = {finding.code for finding in check_accounts(load_accounts(written(folder, department)))}
    assert codes <= ({"A113"} if unit == "万元" else set())


@pytest.mark.slow
@given(seeds, st.sampled_from(["元", "万元"]))
@settings(max_examples=20, deadline=None)
def test_any_one_figure_that_is_changed_is_noticed(folder, seed, unit):
    """In a file that states everything, so that each figure is part of some sum."""
    rng = random.Random(seed)
    department = random_department(rng, subjects=rng.randint(1, 6), unit=unit, stating=1, rich=True)
    cells = [
        (table, row, column)
        for table, rows in department["决算表"].items()
        for row, figures in rows.items()
        for column in figures
    ]
    table, row, column = rng.choice(cells)
    figures = department["决算表"][table][row]
    more = rng.choice(["1", "-1", "100.10"]) if unit == "万元" else rng.choice(["0.01", "-0.01", "10000"])
    figures[column] = str(Decimal(figures[column]) + Decimal(more))
    accounts: Accounts = load_accounts(written(folder, department))
    assert any(finding.severity is Severity.ERROR for finding in check_accounts(accounts)), (table, row, column)
