"""An edition that builds on another (沿用): it holds what differs, and changes nothing of the other."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import NamedTuple

import pytest
from copies import ROOT, copied_edition, file_that_says, replace_in
from published import rows_of, text_of, word

from generator.accounts import load_accounts
from generator.edition import Edition, load_edition, template_path
from generator.findings import Finding, InvalidInput
from generator.publish import make_publication

CITY = ROOT / "tests" / "editions"
OTHER_DEPARTMENT = CITY / "data_specs" / "examples" / "青山市文化和旅游局-2021.yaml"


class Home(NamedTuple):
    """A folder with editions, in the layout of the checkout."""

    path: Path

    def write(self, edition: str, **files: str) -> None:
        """Writes files of `edition`, by name without `.yaml`."""
        folder = self.path / "data_specs" / edition
        folder.mkdir(exist_ok=True)
        for name, text in files.items():
            (folder / f"{name}.yaml").write_text(text, encoding="utf-8")

    def load(self, edition: str) -> Edition:
        return load_edition(edition, self.path / "data_specs")

    def refusal(self, edition: str) -> Finding:
        """The one finding with which `edition` is refused."""
        with pytest.raises(InvalidInput) as refused:
            self.load(edition)
        (finding,) = refused.value.findings
        assert re.search("[\u4e00-\u9fff]", finding.message)
        return finding


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    """Copies of gz-2020 (with gz-2019) and qs-2021, and an edition on top of each: gz-2021 and qs-2022."""
    copied_edition("gz-2020", tmp_path)
    copied_edition("qs-2021", tmp_path, CITY)
    made = Home(tmp_path)
    made.write("gz-2021", 版本="沿用版本: gz-2020\n编号: gz-2021\n名称: 广州市 2021 年度格式\n年度: 2021\n")
    made.write("qs-2022", 版本="沿用版本: qs-2021\n编号: qs-2022\n名称: 青山市 2022 年度格式\n年度: 2022\n")
    monkeypatch.setenv("JUESUAN_EDITIONS", str(tmp_path))
    return made


def without_head(edition: Edition) -> dict[str, object]:
    return edition.model_dump(exclude={"identifier", "lineage", "title", "year"})


@pytest.mark.parametrize(("edition", "base"), [("gz-2021", "gz-2020"), ("qs-2022", "qs-2021")])
def test_what_an_edition_lacks_is_the_others(home, edition, base):
    assert without_head(home.load(edition)) == without_head(home.load(base))
    assert home.load(edition).lineage == (edition, *home.load(base).lineage)
    assert home.load(edition).year == home.load(base).year + 1


def test_an_edition_may_build_on_one_that_builds_on_another(home):
    home.write("gz-2021", 功能分类='沿用: 是\n科目: {"20751": 市民讲堂}\n')
    home.write("gz-2022", 版本="沿用版本: gz-2021\n编号: gz-2022\n名称: 广州市 2022 年度格式\n年度: 2022\n")
    home.write("gz-2022", 功能分类='沿用: 是\n科目: {"20752": 社区书屋}\n')
    codes = home.load("gz-2022").code_lists["功能分类"]
    assert (codes["20751"], codes["20752"], codes["201"]) == ("市民讲堂", "社区书屋", "一般公共服务支出")
    assert "20752" not in home.load("gz-2021").code_lists["功能分类"]
    assert home.load("gz-2022").lineage == ("gz-2022", "gz-2021", "gz-2020", "gz-2019")


def test_an_edition_of_ones_own_may_build_on_one_of_the_installation(home):
    for name in ("gz-2020", "gz-2019"):
        shutil.rmtree(home.path / "data_specs" / name)
    assert without_head(load_edition("gz-2021")) == without_head(load_edition("gz-2020"))


def test_an_item_replaced_one_added_one_removed(home):
    home.write(
        "gz-2021",
        勾稽关系="""
沿用: 是
去掉: [G706]
勾稽关系:
  - {代码: G1102, 名称: 新的一条, 类型: 非负, 表: 表10, 理由: 征缴数不会是负数。}
  - {代码: G101, 名称: 收支相等, 类型: 相等, 左边: 表1/收入总计/决算数, 右边: 表1/支出总计/决算数, 理由: 两端相等。}
""",
    )
    before, after = home.load("gz-2020").checks, home.load("gz-2021").checks
    codes = [check.code for check in before]
    assert [check.code for check in after] == [code for code in codes if code != "G706"] + ["G1102"]
    assert after[0].name == "收支相等"
    assert after[1] == before[1]


def new_check(code: str) -> str:
    return f"{{代码: {code}, 名称: 新的一条, 类型: 非负, 表: 表10, 理由: 征缴数不会是负数。}}"


@pytest.mark.parametrize(
    ("said", "after", "new"),
    [
        (["G405", new_check("G4051"), new_check("G4052")], "G405", ["G4051", "G4052"]),
        (["G101", "G405", new_check("G4051")], "G405", ["G4051"]),
        ([new_check("G105"), new_check("G1051")], "G105", ["G1051"]),
        ([new_check("G1101"), new_check("G1102")], "F101", ["G1101", "G1102"]),
    ],
    ids=["after one that is named alone", "after the last that is named", "after one that is replaced", "at the end"],
)
def test_a_new_item_stands_after_the_one_before_it(home, said, after, new):
    home.write("gz-2021", 勾稽关系="沿用: 是\n勾稽关系:\n" + "".join(f"  - {item}\n" for item in said))
    codes = [check.code for check in home.load("gz-2020").checks]
    at = codes.index(after) + 1
    assert [check.code for check in home.load("gz-2021").checks] == codes[:at] + new + codes[at:]


def test_fields_and_charts_stand_where_their_list_says(home):
    phone = "{名称: 咨询电话, 类型: 文字, 说明: 公开后接受咨询的电话。}"
    chart = "{名称: 新图, 标题: 支出构成, 类型: 饼图, 各类: 表5/*/本年支出合计}"
    home.write("gz-2021", 版本="沿用版本: gz-2019\n编号: gz-2021\n名称: 有图的格式\n年度: 2021\n")
    before = home.load("gz-2021")
    fields, charts = [field.name for field in before.fields], list(before.charts)
    home.write(
        "gz-2021", 填报=f"沿用: 是\n字段: [{fields[0]}, {phone}]\n", 图=f"沿用: 是\n图: [{charts[0]}, {chart}]\n"
    )
    after = home.load("gz-2021")
    assert [field.name for field in after.fields] == [fields[0], "咨询电话", *fields[1:]]
    assert list(after.charts) == [charts[0], "新图", *charts[1:]]


def test_fields_and_indicators_are_laid_over_by_name(home):
    home.write(
        "qs-2022",
        指标="""
沿用: 是
指标:
  - {名称: 结转, 等于: 公开01表/年末结转和结余/决算数}
  - {名称: 古城保护, 等于: 公开06表/2079951/本年支出}
分组:
  各项支出: [基本支出, 项目支出, 古城保护]
""",
        填报="沿用: 是\n去掉: [重点项目]\n字段:\n  - {名称: 咨询电话, 类型: 文字, 说明: 公开后接受咨询的电话。}\n",
    )
    before, after = home.load("qs-2021"), home.load("qs-2022")
    assert after.indicators["结转"].equals == ("公开01表/年末结转和结余/决算数",)
    at = list(before.indicators).index("结转") + 1
    assert list(after.indicators) == [*list(before.indicators)[:at], "古城保护", *list(before.indicators)[at:]]
    assert after.indicator_groups == before.indicator_groups | {"各项支出": ("基本支出", "项目支出", "古城保护")}
    names = [field.name for field in before.fields if field.name != "重点项目"]
    assert [field.name for field in after.fields] == [*names, "咨询电话"]


def test_a_table_with_another_note_only(home):
    home.write("gz-2021", 表5="沿用: 是\n注: 注：本表的口径有变。\n")
    before, after = (home.load(edition).model_dump()["tables"] for edition in ("gz-2020", "gz-2021"))
    assert after["表5"]["notes"] == ("注：本表的口径有变。",)
    assert after["表5"] | {"notes": before["表5"]["notes"]} == before["表5"]
    assert after | {"表5": before["表5"]} == before


def test_a_file_that_does_not_say_so_is_taken_as_it_is(home):
    text = (home.path / "data_specs" / "gz-2020" / "表9.yaml").read_text(encoding="utf-8")
    assert "\n注:" in text
    home.write("gz-2021", 表9=text.partition("\n注:")[0].replace("名称: 国有", "名称: 另一张国有", 1))
    table = home.load("gz-2021").tables["表9"]
    assert (table.title, table.notes, table.no_activity) == ("另一张国有资本经营预算财政拨款支出决算表", (), "")
    assert home.load("gz-2020").tables["表9"].no_activity


def test_one_table_less(home):
    kept = ", ".join(f"表{number}" for number in range(1, 10))
    home.write(
        "gz-2021",
        版本=f"沿用版本: gz-2020\n编号: gz-2021\n名称: 少一张表\n年度: 2021\n表: [{kept}]\n",
        勾稽关系=f"""
沿用: 是
去掉: [G1001, G1002, G1003, G1004]
勾稽关系:
  - {{代码: F101, 名称: 金额不为负数, 类型: 非负, 表: [{kept}], 理由: 各数都不会是负数。}}
""",
    )
    assert list(home.load("gz-2021").tables) == [f"表{number}" for number in range(1, 10)]


def test_a_code_added_and_one_removed(home):
    home.write("gz-2021", 经济分类='沿用: 是\n去掉: ["30305"]\n科目: {"30240": 税金及附加费用, "30201": 办公费用}\n')
    before, after = home.load("gz-2020").code_lists["经济分类"], home.load("gz-2021").code_lists["经济分类"]
    changed = before | {"30240": "税金及附加费用", "30201": "办公费用"}
    assert after == {code: name for code, name in changed.items() if code != "30305"}


def test_one_word_of_the_wording(home):
    home.write("gz-2021", 版本="沿用版本: gz-2020\n编号: gz-2021\n名称: 零不写\n年度: 2021\n写法: {表中零: ''}\n")
    before, after = home.load("gz-2020").wording, home.load("gz-2021").wording
    assert after.table_zero == ""
    assert after.model_copy(update={"table_zero": before.table_zero}) == before


def test_the_template_is_taken_over_where_there_is_none(home):
    assert template_path(home.load("gz-2021")) == home.path / "templates" / "gz-2020.docx"
    shutil.copy(home.path / "templates" / "qs-2021.docx", home.path / "templates" / "gz-2021.docx")
    assert template_path(home.load("gz-2021")) == home.path / "templates" / "gz-2021.docx"
    assert template_path(home.load("gz-2020")) == home.path / "templates" / "gz-2020.docx"


def of_next_year(home: Home) -> Path:
    """The department's file, under the edition that builds on its own."""
    text = OTHER_DEPARTMENT.read_text(encoding="utf-8")
    file = home.path / "填报.yaml"
    file.write_text(text.replace("qs-2021", "qs-2022").replace("年度: 2021", "年度: 2022"), encoding="utf-8")
    return file


def test_a_publication_of_an_edition_that_builds_on_another(home, open_fonts):
    home.write(
        "qs-2022",
        版本="沿用版本: qs-2021\n编号: qs-2022\n名称: 下一年\n年度: 2022\n写法: {表中零: 零, 单位栏: 单位：万元}\n",
        公开05表="沿用: 是\n注: 说明：本表口径有变。\n",
        经济科目='沿用: 是\n去掉: ["30301"]\n科目: {"30206": 电费}\n',
    )
    document = word(make_publication(load_accounts(of_next_year(home)), open_fonts).docx)
    text = text_of(document)
    assert "2022年度决算公开" in text
    assert "说明：本表口径有变。" in text
    assert "本表为一般公共预算财政拨款安排的" not in text
    tables = [rows_of(table) for table in document.tables[1:]]
    assert {rows[2][1] for rows in tables} == {"单位：万元"}
    assert ["1.因公出国（境）费", "零", "零"] in tables[4]
    economic = [row for row in tables[6] if len(row) == 12]
    assert [row[5] for row in economic if row[4] == "302"][:4] == ["", "01", "06", "07"], "where its code belongs"
    assert "离休费" not in text


# (edition, its file, the text, where in it the message points to, a part of what it says)
HEAD = "编号: gz-2021\n名称: 下一年\n年度: 2021\n"
FAULTS = [
    ("gz-2021", "版本", f"{HEAD}沿用版本: gz-2021\n", "gz-2021\n", "已经沿用了本版本"),
    ("gz-2021", "版本", f"{HEAD}沿用版本: gz-1999\n", "gz-1999", "没有这个版本"),
    ("gz-2021", "版本", f"{HEAD}沿用版本: ../gz-2020\n", "../gz", "没有这个版本"),
    ("gz-2021", "表5", "沿用: gz-2020\n注: 注：……\n", "gz-2020", "“沿用”只能写“是”"),
    ("gz-2021", "勾稽关系", "沿用: 是\n\n去掉: [G101, G999]\n", "G999", "没有“G999”，不用去掉"),
    ("gz-2021", "勾稽关系", "沿用: 是\n去掉:\n  - G101\n  - [G102]\n", "[G102]", "不用去掉"),
    ("gz-2021", "功能分类", '沿用: 是\n去掉:\n  - "20100"\n', '"20100"', "没有“20100”"),
    ("gz-2021", "功能分类", '沿用: 是\n科目:\n  "2010": 某支出\n', '"2010"', "科目"),
    ("gz-2021", "表5", "沿用: 是\n标注: 注：……\n", "标注", "没有这个名称"),
    ("gz-2021", "勾稽关系", "沿用: 是\n勾稽关系:\n  - G405\n  - G999\n", "G999", "没有“G999”"),
    ("qs-2022", "指标", "沿用: 是\n指标: [结转, 结于]\n", "结于", "没有“结于”"),
    ("qs-2022", "填报", "沿用: 是\n字段:\n  - 重点工作\n", "重点工作", "没有“重点工作”"),
    ("qs-2022", "填报", "沿用: 是\n去掉: [重点工作]\n", "重点工作", "没有“重点工作”"),
    (
        "qs-2022",
        "指标",
        "沿用: 是\n指标:\n  - {名称: 结转, 等于: 公开01表/结余/决算数}\n",
        "{名称: 结转",
        "没有行“结余”",
    ),
]


@pytest.mark.parametrize(("edition", "name", "text", "spot", "says"), FAULTS)
def test_a_fault_is_told_with_file_and_line(home, edition, name, text, spot, says):
    home.write(edition, **{name: text})
    finding = home.refusal(edition)
    assert says in finding.message
    file = home.path / "data_specs" / edition / f"{name}.yaml"
    places = [str(place) for place in finding.places]
    start = text.rpartition(spot)[0] if edition in spot else text.partition(spot)[0]
    assert places[0].startswith(f"{file}:{start.count(chr(10)) + 1}:")


def test_a_fault_in_what_is_taken_over_is_told_where_it_stands(home):
    """What the one removes, the other's tables still name: the place is that of the other's file."""
    home.write("gz-2021", 经济分类='沿用: 是\n去掉: ["30212"]\n')
    finding = home.refusal("gz-2021")
    file = file_that_says("表6/30212/金额", "勾稽关系.yaml", home.path / "data_specs" / "gz-2020")
    line = file.read_text(encoding="utf-8").partition("表6/30212/金额")[0].count("\n") + 1
    assert "表6 没有行“30212”" in finding.message
    assert str(finding.places[0]).startswith(f"{file}:{line}:")


def test_editions_that_build_on_each_other(home):
    head = home.path / "data_specs" / "gz-2020" / "版本.yaml"
    replace_in(head, ("沿用版本: gz-2019", "沿用版本: gz-2021"))
    finding = home.refusal("gz-2021")
    assert "已经沿用了本版本" in finding.message
    line = head.read_text(encoding="utf-8").partition("沿用版本: gz-2021")[0].count("\n") + 1
    assert str(finding.places[0]).startswith(f"{head}:{line}:")


def test_a_file_laid_over_nothing(home):
    home.write("qs-2021", 公开05表="编号: 公开05表\n沿用: 是\n注: 说明：……\n")
    with pytest.raises(InvalidInput) as refused:
        home.load("qs-2021")
    file = home.path / "data_specs" / "qs-2021" / "公开05表.yaml"
    assert any(str(finding.places[0]).startswith(f"{file}:2:") for finding in refused.value.findings)


def test_a_refusal_reaches_the_user_of_the_command(home, run):
    home.write("qs-2022", 勾稽关系="沿用: 是\n去掉: [Q999]\n")
    result = run("check", of_next_year(home))
    assert result.status == 1
    assert "错误 S101 沿用的版本里没有“Q999”" in result.out
    assert "勾稽关系.yaml:2:" in result.out
