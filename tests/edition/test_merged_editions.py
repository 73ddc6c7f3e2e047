"""What an edition consists of that builds on another, and what it may not leave unclear."""

from __future__ import annotations

import pytest
import yaml
from copies import ROOT, copied_edition


def test_the_merged_specification_is_shown_whole(run):
    shown = run("edition", "show", "gz-2020", "表5.yaml").out
    assert shown.startswith("# 表5.yaml\n")
    table = yaml.load(shown, Loader=yaml.BaseLoader)
    older = yaml.load(
        (ROOT / "data_specs" / "gz-2019" / "表5.yaml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader
    )
    assert table["分栏"] == older["分栏"]
    assert table["注"] == ["注：本表反映部门本年度一般公共预算财政拨款实际支出情况。"]
    assert "# 勾稽关系.yaml\n" in run("edition", "show", "gz-2020").out
    assert "没有文件“表99.yaml”" in run("edition", "show", "gz-2020", "表99.yaml").err


# (file of gz-2020, what is replaced by what, part of the message, the text at which it points)
UNCLEAR = [
    ("勾稽关系.yaml", "代码: G203", "代码: G105", "“G105”写了两次", "- 代码: G105\n    名称: 表2"),
    ("勾稽关系.yaml", "去掉: [", "去掉: [G105, ", "“G105”又写在“去掉”里", "- 代码: G105"),
    ("版本.yaml", "年度: 2020\n", "", "缺少“年度”", "沿用版本: gz-2019"),
    ("表10.yaml", "编号: 表10\n", "编号: 表10\n沿用: 是\n", "沿用的版本里没有“表10.yaml”", "沿用: 是"),
]


@pytest.mark.parametrize(("name", "old", "new", "says", "spot"), UNCLEAR)
def test_what_is_unclear_is_refused_where_it_stands(run, tmp_path, name, old, new, says, spot):
    file = copied_edition("gz-2020", tmp_path) / name
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    result = run("edition", "check", "gz-2020", "--editions", tmp_path)
    assert result.status == 1
    assert says in result.err
    line = file.read_text(encoding="utf-8").partition(spot)[0].count("\n") + 1
    assert f"{name}:{line}:" in result.err


def test_messages_speak_the_unit_of_the_file(run, variant):
    file = variant(("金额单位: 万元", "金额单位: 元"), ("项目支出: 218.10", "项目支出: 1219.10"))
    assert "是 5,143.02，" in run("check", file).out
    assert "相差 1,001.00。" in run("check", file).out


# (file of gz-2019, what is replaced by what, part of the message): gz-2020 builds on it, and is told the file at fault
BELOW = [
    ("勾稽关系.yaml", "勾稽关系:\n", "勾稽:\n", "缺少“勾稽关系”"),
    ("勾稽关系.yaml", "代码: G102", "代码: G101", "“G101”写了两次"),
    ("功能分类.yaml", None, "- 一个列表", "这个文件应由若干“名称: 内容”组成"),
]


@pytest.mark.parametrize(("name", "old", "new", "says"), BELOW)
def test_a_fault_below_is_told_at_its_own_file(run, tmp_path, name, old, new, says):
    copied_edition("gz-2020", tmp_path)
    file = tmp_path / "data_specs" / "gz-2019" / name
    text = file.read_text(encoding="utf-8")
    file.write_text(new if old is None else text.replace(old, new, 1), encoding="utf-8")
    result = run("edition", "check", "gz-2020", "--editions", tmp_path)
    assert result.status == 1
    assert says in result.err
    assert f"gz-2019/{name}:" in result.err
