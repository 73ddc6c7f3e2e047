"""Last year's figures from last year's file, of an edition that had other names and codes for some of them."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from copies import copied_edition, replace_in
from departments import DEPARTMENT, EXAMPLE, EXAMPLE_OF_2019, example

from generator.accounts import Accounts, Cell, load_accounts
from generator.checks import check_accounts
from generator.edition.loading import EDITIONS_VARIABLE
from generator.findings import Finding, InvalidInput, Severity

GAVE_FIGURES = example()["上年"]


# The edition of 2019: that of 2020 with other names.
OLD_EDITION = {
    "版本": "编号: 旧-2019\n沿用版本: gz-2020\n名称: 2019 年度格式\n年度: 2019\n",
    "指标": """
沿用: 是
去掉: [其他收入]
指标: [附属单位上缴收入, {名称: 杂项收入, 等于: 表1/其他收入/决算数, 基数: 上年}]
分组:
  收入项目: [一般公共预算财政拨款收入, 政府性基金预算财政拨款收入, 国有资本经营预算财政拨款收入, 杂项收入]
""",
    "功能分类": '沿用: 是\n科目: {"21799": 其他金融支出, "2179900": 其他支出}\n',
}


@pytest.fixture(autouse=True)
def editions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Editions of one's own: a gz-2020 that knows what has been renamed since 旧-2019.

    In 2019 其他收入 was 杂项收入, and the subject 2199900 was 2179900.
    """
    home = tmp_path / "版本"
    now = copied_edition("gz-2020", home)
    before = now.parent / "旧-2019"
    before.mkdir()
    for name, text in OLD_EDITION.items():
        (before / f"{name}.yaml").write_text(text, encoding="utf-8")
    renamed = "{名称: 其他收入, 上年名称: 杂项收入, 等于: 表1/其他收入/决算数, 基数: 上年}"
    replace_in(now / "指标.yaml", ("\n指标:\n", f"\n指标:\n  - {renamed}\n"))
    replace_in(now / "版本.yaml", ("写法:", '科目沿革:\n  "2199900": "2179900"\n写法:'))
    monkeypatch.setenv(EDITIONS_VARIABLE, str(home))
    return home


def last_year(**entries: object) -> dict[str, Any]:
    """A file of 2019 with the figures that the example gives as last year's."""
    tables = {
        "表2": {"2060101": {"财政拨款收入": "4025.77", "其他收入": "12.34"}, "2179900": {"其他收入": "1.00"}},
        "表5": {"2060101": {"基本支出": "2527.73", "项目支出": "1498.04"}},
        "表3": {"2179900": {"项目支出": "1.00"}},
        "表1": {"年末结转和结余": "12.34"},
        "表6": {"30101": "2500", "30201": "27.73"},
    }
    figures = {("杂项收入" if name == "其他收入" else name): "0" for name in GAVE_FIGURES}
    reasons: dict[str, Any] = {"比上年": dict.fromkeys(figures, "任务增加")}
    names = ("一般公共预算财政拨款支出", "政府性基金预算财政拨款支出", "国有资本经营预算财政拨款支出")
    reasons["比年初预算"] = dict.fromkeys(names, "任务增加")
    changed = {"版本": "旧-2019", "年度": "2019", "决算表": tables, "上年": figures, "变动原因": reasons}
    return example() | changed | entries


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Writes this year's file beside last year's."""

    def write(before: dict[str, Any] | None, path: str = "2019.yaml", **entries: object) -> Path:
        if before is not None:
            text = yaml.safe_dump(before, allow_unicode=True, sort_keys=False)
            (tmp_path / "2019.yaml").write_text(text, encoding="utf-8")
        file = tmp_path / "2020.yaml"
        this_year = example() | {"上年": path} | entries
        file.write_text(yaml.safe_dump(this_year, allow_unicode=True, sort_keys=False), encoding="utf-8")
        return file

    return write


def refused(file: Path) -> list[Finding]:
    with pytest.raises(InvalidInput) as caught:
        load_accounts(file)
    return list(caught.value.findings)


def found(accounts: Accounts) -> list[str]:
    return [finding.code for finding in check_accounts(accounts)]


def test_last_years_file_says_what_the_figures_said(write):
    from_file = load_accounts(write(last_year())).values["上年"]
    from_figures = load_accounts(EXAMPLE).values["上年"]
    assert from_file.pop("其他收入") == Decimal("13.34"), "its name in 2019 was 杂项收入"
    assert from_file.pop("项目支出") == Decimal("1499.04")
    assert from_file == {name: value for name, value in from_figures.items() if name in from_file}


def test_a_subject_is_found_under_its_code_of_last_year(write):
    previous = load_accounts(write(last_year())).previous
    assert previous is not None
    assert previous.amount(Cell("表2", "2199900", "其他收入")) == 1
    assert previous.amount(Cell("表2", "2060101", "财政拨款收入")) == Decimal("4025.77")
    assert previous.amount(Cell("表2", "2060103", "财政拨款收入")) == 0
    assert previous.amount(Cell("表99", "2060103", "财政拨款收入")) is None
    assert previous.amount(Cell("表2", "2060103", "捐赠收入")) is None


def test_last_years_file_may_be_in_元(write):
    before = last_year(金额单位="元")
    before["决算表"] = {"表2": {"2060101": {"财政拨款收入": "40257700"}}}
    values = load_accounts(write(before)).values["上年"]
    assert values["一般公共预算财政拨款收入"] == Decimal("4025.77")


@pytest.mark.slow
def test_what_was_carried_over_must_be_what_was_left(write):
    assert "H104" in found(load_accounts(write(last_year())))
    tables = example()["决算表"] | {"表1": {"年初结转和结余": "12.34", "年末结转和结余": "12.34"}}
    held = found(load_accounts(write(last_year(), 决算表=tables)))
    assert "H104" not in held
    assert "H108" not in held


def test_what_was_carried_over_of_fiscal_money_must_be_what_was_left(write):
    before = last_year()
    before["决算表"]["表4"] = {"年末财政拨款结转和结余": {"一般公共预算财政拨款": "12.34"}}
    finding = next(f for f in check_accounts(load_accounts(write(before))) if f.code == "H108")
    assert "“上年文件 › 表4 › 年末财政拨款结转和结余 › 合计”是 12.34" in finding.message
    assert any(place.file.endswith("2020.yaml") and place.line for place in finding.places)


def test_what_was_left_and_not_carried_over_is_said_with_both_places_and_what_to_do(write):
    finding = next(f for f in check_accounts(load_accounts(write(last_year()))) if f.code == "H104")
    assert "“表1 › 年初结转和结余 › 决算数”没有填，算作 0，应有数的请补上。" in finding.message
    assert "上年的填报文件有误的，先改正它" in finding.message
    here, before = finding.places
    assert (Path(here.file).name, here.where) == ("2020.yaml", "表1 › 年初结转和结余 › 决算数")
    assert (Path(before.file).name, before.where) == ("2019.yaml", "表1 › 年末结转和结余 › 决算数")


def test_a_figure_beside_last_years_file_that_says_otherwise_is_told(write):
    beside = {"上年文件": "2019.yaml", "基本支出": "2572.73", "项目支出": "1499.04"}
    findings = check_accounts(load_accounts(write(last_year(), 上年=beside)))
    [finding] = [finding for finding in findings if finding.code == "A116"]
    assert "这里填的是 2,572.73，上年的填报文件是 2,527.73" in finding.message
    assert [Path(place.file).name for place in finding.places] == ["2020.yaml", "2019.yaml"]
    assert finding.severity is Severity.WARNING


@pytest.mark.parametrize("changed", [{}, {"30201": "27.74"}])
def test_one_table_that_is_last_years_is_told(write, changed):
    figures = {"30101": "2500", "30201": "27.73", "30202": "1", "30211": "2"}
    before = last_year()
    before["决算表"]["表6"] = figures
    now = example()["决算表"] | {"表6": figures | changed}
    assert ("H128" in found(load_accounts(write(before, 决算表=now)))) is not bool(changed)


def test_without_last_years_file_nothing_is_compared_with_it():
    assert found(load_accounts(EXAMPLE)) == []


@pytest.mark.parametrize(
    ("before", "path", "says"),
    [
        (last_year(), "2020.yaml", "应是 2019 年度的，“2020.yaml”是 2020 年度的"),
        (last_year(部门="某市某局"), "2019.yaml", f"是“某市某局”的，不是“{DEPARTMENT}”的"),
        (last_year(), "../2019.yaml", "要和本文件放在同一个文件夹里"),
        (last_year(), "/etc/passwd", "要和本文件放在同一个文件夹里"),
        (None, "2018.yaml", "找不到上年的填报文件“2018.yaml”：请核对文件名"),
        (last_year(), "2019.yml", "是不是“2019.yaml”？"),
        (last_year(), "D:\\决算\\2019.yaml", "要和本文件放在同一个文件夹里"),
        (last_year(), "上年文件：2019.yaml", "后面的冒号要用半角的“:”，再空一格，如“上年文件: 2019.yaml”"),
        (last_year(), "2019\n.yaml", "反斜杠"),
    ],
)
def test_a_file_that_cannot_be_last_years_is_refused(write, before, path, says):
    findings = refused(write(before, path))
    assert any(says in finding.message for finding in findings)
    assert "A003" in {finding.code for finding in findings}
    assert len(findings) == 1


def test_a_broken_file_of_last_year_says_what_is_wrong_in_it(write, tmp_path):
    before = last_year()
    before["决算表"]["表2"]["2060101"]["财政拨款收入"] = "1,6247.83"
    by_code = {finding.code: finding for finding in refused(write(before))}
    assert by_code.keys() == {"A003", "A104"}
    assert "“2019.yaml”不能用，请先改正它" in by_code["A003"].message
    assert by_code["A003"].places[0].file == str(tmp_path / "2020.yaml")
    assert "1,6247.83" in by_code["A104"].message
    assert by_code["A104"].places[0].file == str(tmp_path / "2019.yaml")


def test_last_years_file_of_the_edition_before(write, tmp_path, monkeypatch):
    """A department that wrote its file of 2019 for gz-2019, and goes over to gz-2020."""
    monkeypatch.delenv(EDITIONS_VARIABLE)
    text = EXAMPLE_OF_2019.read_text(encoding="utf-8")
    assert "部门: 广州市政务服务数据管理局\n" in text
    before = text.replace("部门: 广州市政务服务数据管理局\n", f"部门: {DEPARTMENT}\n")
    (tmp_path / "2019.yaml").write_text(before, encoding="utf-8")
    lacking = "国有资本经营预算财政拨款收入"
    said = [(finding.code, finding.message) for finding in refused(write(None, "2019.yaml"))]
    assert said == [
        (
            "A103",
            f"上年的填报文件“2019.yaml”没有{lacking}：请在“上年:”下面缩进写一行“上年文件: 2019.yaml”，"
            "再逐行写这些指标上年的数；没有发生额的填 0。",
        )
    ]
    entered = {"上年文件": "2019.yaml"} | {lacking: "0"}
    values = load_accounts(write(None, entered)).values["上年"]
    assert values["一般公共预算财政拨款收入"] == Decimal("24557.16")
    assert values["国有资本经营预算财政拨款收入"] == 0
    assert (values["基本支出"], values["项目支出"]) == (Decimal("7595.40"), Decimal("16961.36"))
    assert values["其他收入"] == Decimal("6.96")
    assert values.keys() == GAVE_FIGURES.keys()
