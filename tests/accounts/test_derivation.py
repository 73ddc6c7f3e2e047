"""Every figure is entered once: what follows from it is derived, and what is stated all the same is checked."""

from __future__ import annotations

import random
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from copies import copied_edition, replace_in
from departments import EXAMPLE, example, with_tables, written
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.accounts import Accounts, Cell, load_accounts
from generator.checks import check_accounts
from generator.edition import load_edition
from generator.edition.loading import EDITIONS_VARIABLE
from generator.findings import Severity

Tables = dict[str, dict[str, Any]]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("derivation")


@pytest.fixture
def accounts(folder):
    """The accounts of the example with other tables."""

    def accounts(tables: Tables, **entries: object) -> Accounts:
        return load_accounts(written(folder, with_tables(tables, **entries)))

    return accounts


def figure(accounts: Accounts, cell: str) -> Decimal:
    """The figure of `cell`, written as `表5/20601/项目支出`, in 万元."""
    return accounts.ledger.amount(Cell(*cell.split("/")))


def messages(accounts: Accounts) -> list[str]:
    return [finding.message for finding in check_accounts(accounts)]


def test_a_row_that_is_shown_only_with_figures_is_shown_with_derived_ones(tmp_path, monkeypatch):
    edition = copied_edition("gz-2020", tmp_path / "版本")
    old = "{项目: 其他利息收入, 级: 3, 有数才列: 是}"
    replace_in(edition / "表10.yaml", (old, old.replace("}", ", 等于: 表1/其他收入/决算数}")))
    monkeypatch.setenv(EDITIONS_VARIABLE, str(tmp_path / "版本"))

    def rows(income: str) -> set[str]:
        made = load_accounts(written(tmp_path, with_tables({"表2": {"2060101": {"其他收入": income}}})))
        return {row.name for side in made.ledger.sides(made.edition.tables["表10"]) for row in side.rows}

    assert {"利息收入", "其他利息收入"} <= rows("5")
    assert not {"利息收入", "其他利息收入"} & rows("0")


def test_a_leaf_of_表2_reaches_every_table_that_follows(accounts):
    made = accounts(
        {"表2": {"2060101": {"财政拨款收入": "10.01", "事业收入": "2.02"}, "2060103": {"财政拨款收入": "3"}}}
    )
    assert figure(made, "表2/2060101/本年收入合计") == Decimal("12.03")
    assert figure(made, "表2/20601/财政拨款收入") == Decimal("13.01")
    assert figure(made, "表2/206/财政拨款收入") == Decimal("13.01")
    assert figure(made, "表2/合计/本年收入合计") == Decimal("15.03")
    assert figure(made, "表1/一般公共预算财政拨款收入/决算数") == Decimal("13.01")
    assert figure(made, "表1/事业收入/决算数") == Decimal("2.02")
    assert figure(made, "表1/本年收入合计/决算数") == Decimal("15.03")
    assert figure(made, "表1/收入总计/决算数") == Decimal("15.03")
    assert figure(made, "表4/一般公共预算财政拨款收入/金额") == Decimal("13.01")
    assert figure(made, "表4/收入总计/金额") == Decimal("13.01")


def test_a_leaf_of_表5_reaches_every_table_that_follows(accounts):
    made = accounts({"表5": {"2080505": {"基本支出": "7.50"}, "2080506": {"基本支出": "1", "项目支出": "0.25"}}})
    assert figure(made, "表5/20805/基本支出") == Decimal("8.50")
    assert figure(made, "表5/208/本年支出合计") == Decimal("8.75")
    assert figure(made, "表5/合计/项目支出") == Decimal("0.25")
    assert figure(made, "表3/2080506/本年支出合计") == Decimal("1.25")
    assert figure(made, "表3/合计/基本支出") == Decimal("8.50")
    assert figure(made, "表1/208/决算数") == Decimal("8.75")
    assert figure(made, "表1/206/决算数") == 0
    assert figure(made, "表1/支出总计/决算数") == Decimal("8.75")
    assert figure(made, "表4/208/一般公共预算财政拨款") == Decimal("8.75")
    assert figure(made, "表4/208/合计") == Decimal("8.75")
    assert figure(made, "表4/支出总计/合计") == Decimal("8.75")


def test_the_government_fund_of_表8_with_what_it_carries_over(accounts):
    fund = {"年初结转和结余": "5", "本年收入": "20", "项目支出": "18.5"}
    made = accounts({"表8": {"2296003": fund}, "表2": {"2296003": {"财政拨款收入": "20"}}})
    assert figure(made, "表8/合计/年末结转和结余") == Decimal("6.5")
    assert figure(made, "表1/政府性基金预算财政拨款收入/决算数") == 20
    assert figure(made, "表1/一般公共预算财政拨款收入/决算数") == 0
    assert figure(made, "表4/政府性基金预算财政拨款年初结转和结余/金额") == 5
    assert figure(made, "表4/收入总计/金额") == 25
    assert figure(made, "表4/支出总计/合计") == 25
    assert figure(made, "表3/2296003/项目支出") == Decimal("18.5")
    assert figure(made, "表1/229/决算数") == Decimal("18.5")


def test_the_state_capital_budget_of_表9(accounts):
    made = accounts({"表9": {"2230105": {"基本支出": "4"}}})
    assert figure(made, "表9/22301/本年支出") == 4
    assert figure(made, "表3/合计/基本支出") == 4
    assert figure(made, "表4/223/国有资本经营预算财政拨款") == 4
    assert figure(made, "表1/支出总计/决算数") == 4


def test_spending_from_other_money_is_stated_in_表3(accounts):
    tables: Tables = {"表5": {"2060101": {"基本支出": "10"}, "2060103": {"基本支出": "3"}}}
    tables["表3"] = {"2060101": {"经营支出": "2"}, "2060199": {"项目支出": "1"}}
    made = accounts(tables)
    assert figure(made, "表3/2060101/基本支出") == 10
    assert figure(made, "表3/2060101/本年支出合计") == 12
    assert figure(made, "表3/20601/本年支出合计") == 16
    assert figure(made, "表3/合计/经营支出") == 2
    assert figure(made, "表1/206/决算数") == 16
    assert figure(made, "表4/206/合计") == 13


def test_a_total_stated_alone_in_表3_leaves_the_rest_of_its_row(accounts):
    tables: Tables = {
        "表5": {"合计": {"基本支出": "13.01"}, "2060101": {"基本支出": "10"}, "2060103": {"基本支出": "3"}}
    }
    made = accounts(tables | {"表3": {"合计": {"本年支出合计": "13"}}})
    assert figure(made, "表3/合计/基本支出") == Decimal("13.01")
    made = accounts(tables | {"表3": {"合计": {"本年支出合计": "14"}, "2060199": {"基本支出": "1"}}})
    assert figure(made, "表3/合计/基本支出") == 14


def test_表6_sums_its_two_sides(accounts):
    made = accounts({"表6": {"30101": "10.01", "30305 生活补助": "2", "30201": "3", "31002": "0.5"}})
    assert figure(made, "表6/301/金额") == Decimal("10.01")
    assert figure(made, "表6/人员经费合计/金额") == Decimal("12.01")
    assert figure(made, "表6/公用经费合计/金额") == Decimal("3.50")


def test_表7_sums_the_three_public_expenses(accounts):
    spent = {"因公出国（境）费": "1", "公务用车购置费": "20", "公务用车运行费": "3.5", "公务接待费": "0.25"}
    made = accounts({"表7": {"决算数": spent}})
    assert figure(made, "表7/决算数/公务用车购置及运行费") == Decimal("23.5")
    assert figure(made, "表7/决算数/合计") == Decimal("24.75")
    assert figure(made, "表7/预算数/合计") == 0


def test_表10_sums_details_or_takes_the_heading_itself(accounts):
    made = accounts({"表10": {"其他利息收入": {"纳入预算管理": "0.11"}, "罚没收入": {"纳入财政专户管理": "2"}}})
    assert figure(made, "表10/利息收入/合计") == Decimal("0.11")
    assert figure(made, "表10/国有资源（资产）有偿使用收入/纳入预算管理") == Decimal("0.11")
    assert figure(made, "表10/合计/合计") == Decimal("2.11")
    plain = accounts({"表10": {"国有资源（资产）有偿使用收入": {"纳入预算管理": "9"}}})
    assert figure(plain, "表10/合计/纳入预算管理") == 9
    assert "利息收入" not in {cell.row for cell in plain.ledger.cells() if cell.table == "表10"}


def test_a_subject_that_the_edition_lacks_is_named_by_the_department(accounts):
    subjects = {"20102": "政协事务", "2010201": "行政运行"}
    made = accounts({"表5": {"2010201": {"基本支出": "1"}}}, 补充科目=subjects)
    assert figure(made, "表5/201/基本支出") == 1
    assert made.ledger.names["20102"] == "政协事务"


def test_amounts_small_are_exact(accounts):
    made = accounts({"表5": {"2060101": {"项目支出": "12345.67"}, "2060103": {"项目支出": "0.01"}}}, 金额单位="元")
    assert figure(made, "表5/合计/项目支出") == Decimal("1.234568")


def test_元_and_万元_say_the_same(accounts):
    small = accounts({"表2": {"2060101": {"财政拨款收入": "14322300"}}}, 金额单位="元")
    large = accounts({"表2": {"2060101": {"财政拨款收入": "1,432.23"}}}, 金额单位="万元")
    assert small.ledger.cells() == large.ledger.cells()
    assert all(small.ledger.amount(cell) == large.ledger.amount(cell) for cell in small.ledger.cells())


def test_the_example_holds_together():
    assert check_accounts(load_accounts(EXAMPLE)) == []


def test_a_stated_sum_within_the_allowance_is_taken_as_it_is(accounts):
    """Two figures in 万元 may be off by 0.005 each, and their sum by 0.01."""
    made = accounts(
        {"表5": {"20601": {"项目支出": "3.01"}, "2060101": {"项目支出": "1"}, "2060103": {"项目支出": "2"}}}
    )
    assert [message for message in messages(made) if message.startswith("表5 逐级汇总")] == []
    assert figure(made, "表5/20601/项目支出") == Decimal("3.01")
    assert figure(made, "表5/206/项目支出") == Decimal("3.01")


def test_a_stated_sum_beyond_the_allowance_is_an_error_that_names_both_sides(accounts):
    made = accounts(
        {"表5": {"20601": {"项目支出": "3.02"}, "2060101": {"项目支出": "1"}, "2060103": {"项目支出": "2"}}}
    )
    finding = next(finding for finding in check_accounts(made) if finding.code == "G502")
    assert "“表5 › 20601 › 项目支出”是 3.02" in finding.message
    assert "“表5 › 2060101 › 项目支出”、“表5 › 2060103 › 项目支出”之和是 3.00，相差 0.02" in finding.message
    assert [place.where.split(" › ")[1] for place in finding.places] == ["20601", "2060101", "2060103"]
    assert all(place.line and place.column for place in finding.places)


def test_small_a_stated_sum_must_be_exact(accounts):
    tables: Tables = {
        "表5": {"20601": {"项目支出": "3.01"}, "2060101": {"项目支出": "1"}, "2060103": {"项目支出": "2"}}
    }
    assert any(message.startswith("表5 逐级汇总") for message in messages(accounts(tables, 金额单位="元")))
    tables["表5"]["20601"]["项目支出"] = "3.00"
    assert not any(message.startswith("表5 逐级汇总") for message in messages(accounts(tables, 金额单位="元")))


@pytest.mark.parametrize(
    ("tables", "code", "says"),
    [
        ({"表2": {"2060101": {"财政拨款收入": "1"}}}, "G101", "表1 收支总计相等"),
        ({"表2": {"2060101": {"财政拨款收入": "1"}}}, "G401", "表4 收支总计相等"),
        ({"表5": {"2060101": {"基本支出": "1"}}}, "G601", "表5 与表6 基本支出相等"),
    ],
)
def test_the_official_relations_are_checked(accounts, tables, code, says):
    found = {finding.code: finding for finding in check_accounts(accounts(tables))}
    assert says in found[code].message
    assert "1.00" in found[code].message
    assert "0.00" in found[code].message


LEAVES = [code for code in load_edition("gz-2020").code_lists["功能分类"] if len(code) == 7]
figures = st.dictionaries(
    st.sampled_from(LEAVES),
    st.integers(1, 10**9).map(lambda cents: str(Decimal(cents).scaleb(-2))),
    min_size=1,
    max_size=8,
)


def balanced(leaves: dict[str, str]) -> Tables:
    return {
        "表2": {code: {"财政拨款收入": amount} for code, amount in leaves.items()},
        "表5": {code: {"项目支出": amount} for code, amount in leaves.items()},
    }


@pytest.mark.slow
@given(figures)
@settings(max_examples=25, deadline=None)
def test_every_total_is_the_sum_of_its_leaves(folder, leaves):
    made = load_accounts(written(folder, with_tables(balanced(leaves))))

    def below(code: str) -> Decimal:
        return sum((Decimal(amount) for leaf, amount in leaves.items() if leaf.startswith(code)), Decimal(0))

    for code in {leaf[:length] for leaf in leaves for length in (3, 5, 7)}:
        assert figure(made, f"表2/{code}/本年收入合计") == below(code)
        assert figure(made, f"表3/{code}/项目支出") == below(code)
        assert figure(made, f"表5/{code}/本年支出合计") == below(code)
    for row in made.edition.tables["表1"].blocks[1].rows:
        if row.code:
            assert figure(made, f"表1/{row.code}/决算数") == below(row.code)
            assert figure(made, f"表4/{row.code}/合计") == below(row.code)
    for total in ("表1/收入总计/决算数", "表1/支出总计/决算数", "表4/收入总计/金额", "表4/支出总计/合计"):
        assert figure(made, total) == below("")
    # The rest of the example does not go with random figures; what holds between the tables holds all the same.
    between_tables = [finding for finding in check_accounts(made) if finding.code < "G6"]
    assert [finding.message for finding in between_tables if finding.severity is Severity.ERROR] == []


@pytest.mark.slow
@given(figures, st.randoms(use_true_random=False))
@settings(max_examples=10, deadline=None)
def test_the_order_of_rows_and_the_kind_of_file_make_no_difference(folder, leaves, shuffler: random.Random):
    names = list(leaves)
    shuffler.shuffle(names)
    in_json = load_accounts(written(folder, with_tables(balanced(leaves))))
    file = folder / "填报.yaml"
    shuffled = with_tables(balanced({name: leaves[name] for name in names}))
    file.write_text(yaml.safe_dump(shuffled, allow_unicode=True, sort_keys=False), encoding="utf-8")
    in_yaml = load_accounts(file)
    assert in_yaml.ledger.cells() == in_json.ledger.cells()
    assert [in_yaml.ledger.amount(cell) for cell in in_yaml.ledger.cells()] == [
        in_json.ledger.amount(cell) for cell in in_json.ledger.cells()
    ]
    assert in_yaml.values == in_json.values


def test_stating_everything_changes_nothing(folder):
    """A file that gives every derived figure too, as printed, is accepted and says the same."""
    derived = load_accounts(EXAMPLE)
    tables: Tables = {}
    for cell in derived.ledger.cells():
        rows = tables.setdefault(cell.table, {})
        rows.setdefault(cell.row, {})[cell.column] = str(derived.ledger.amount(cell))
    stated = load_accounts(written(folder, example() | {"决算表": tables}))
    assert check_accounts(stated) == []
    assert stated.ledger.cells() == derived.ledger.cells()
    assert all(stated.ledger.amount(cell) == derived.ledger.amount(cell) for cell in derived.ledger.cells())
