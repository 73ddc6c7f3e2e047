"""The schemas of a specification's files, for editors: what the program takes they take, slips of the pen they mark."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from copies import ROOT

KINDS = ("版本", "表", "科目表", "指标", "填报", "勾稽关系", "用语", "图")
FOLDERS = [
    ROOT / "data_specs" / "gz-2019",
    ROOT / "data_specs" / "gz-2020",
    ROOT / "tests" / "editions" / "data_specs" / "qs-2021",
]
FILES = [file for folder in FOLDERS for file in sorted(folder.glob("*.yaml"))]


def kind_of(name: str) -> str:
    if name in KINDS:
        return name
    return "科目表" if name.endswith(("分类", "科目")) else "表"


@pytest.fixture
def schema(run: Callable[..., Any]) -> Callable[[str], dict[str, Any]]:
    """The schema of a kind of file, as the command prints it."""
    return lambda kind: json.loads(run("edition", "schema", kind).out)


def faults(schema: dict[str, Any], text: str) -> list[str]:
    """What an editor, which takes `1` for a number, marks in a file that says `text`."""
    return [fault.message for fault in jsonschema.Draft202012Validator(schema).iter_errors(yaml.safe_load(text))]


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}-{file.stem}")
def test_the_files_of_the_editions_are_accepted(schema, file: Path):
    assert faults(schema(kind_of(file.stem)), file.read_text(encoding="utf-8")) == []


@pytest.mark.slow
def test_a_whole_edition_is_accepted_as_it_is_shown(schema, run):
    shown = re.split(r"^# (.+)\.yaml$", run("edition", "show", "gz-2020").out, flags=re.MULTILINE)[1:]
    names = shown[::2]
    assert {kind_of(name) for name in names} == set(KINDS)
    for name, text in zip(names, shown[1::2], strict=True):
        assert "沿用" not in text
        assert faults(schema(kind_of(name)), text) == [], name


# (kind of file, a file, what is replaced in it by what)
SLIPS = [
    ("版本", "gz-2019/版本", "文件名:", "文件名称:"),
    ("版本", "gz-2019/版本", "表中零:", "表里零:"),
    ("版本", "gz-2019/版本", "表: [表1,", "表格: [表1,"),
    ("版本", "gz-2019/版本", '  文中零: "0"\n', ""),
    ("版本", "gz-2019/版本", "比率小数位: 2", "比率小数位: 9"),
    ("版本", "gz-2020/版本", "沿用版本: gz-2019\n", ""),
    ("版本", "gz-2020/版本", "编号: gz-2020\n", ""),
    ("版本", "gz-2020/版本", "沿用版本:", "沿用:"),
    ("表", "gz-2019/表2", "合计行重复: 是", "合计行重复: 对"),
    ("表", "gz-2019/表2", "头: 项 目", "标题: 项 目"),
    ("表", "gz-2019/表1", "内容: 行次", "内容: 行数"),
    ("表", "gz-2019/表1", "名称: 收入支出决算总表\n", ""),
    ("表", "gz-2019/表9", "级: 2", "级: 9"),
    ("表", "gz-2020/表2", "沿用: 是", "沿用: gz-2019"),
    ("表", "gz-2020/表2", "沿用: 是\n", ""),
    ("科目表", "gz-2019/功能分类", '"201":', '"2010":'),
    ("指标", "gz-2019/指标", "基数取自:", "比较数:"),
    ("指标", "gz-2019/指标", "等于: 表1/收入总计/决算数, ", ""),
    ("填报", "gz-2019/填报", "类型: 段落", "类型: 段"),
    ("填报", "gz-2019/填报", "至少: 1", "至少: 一"),
    ("填报", "gz-2019/填报", "类型: 金额}", "内容: 金额}"),
    ("勾稽关系", "gz-2019/勾稽关系", "阈值: 10%", "阈值: 一成"),
    ("勾稽关系", "gz-2019/勾稽关系", "代码: G101", "代码: 第1条"),
    ("勾稽关系", "gz-2020/勾稽关系", "去掉:", "删去:"),
    ("用语", "gz-2019/用语", "类型: 禁用词", "类型: 禁词"),
    ("用语", "gz-2019/用语", "    示例:", "    例子:"),
    ("图", "gz-2019/图", "类型: 饼图", "类型: 圆图"),
    ("图", "gz-2019/图", "    各类: 表5", "    分组: 表5"),
]


@pytest.mark.parametrize(("kind", "file", "old", "new"), SLIPS)
def test_a_slip_of_the_pen_is_marked(schema, kind, file, old, new):
    text = (ROOT / "data_specs" / f"{file}.yaml").read_text(encoding="utf-8")
    assert old in text
    assert faults(schema(kind), text.replace(old, new, 1))


def test_every_kind_has_slips():
    assert {kind for kind, *_ in SLIPS} == set(KINDS)


def words(schema: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for part in (schema, *schema.get("$defs", {}).values()):
        yield from part.get("properties", {}).items()


@pytest.mark.parametrize("kind", KINDS)
def test_every_word_is_explained_in_chinese(schema, kind):
    printed = schema(kind)
    jsonschema.Draft202012Validator.check_schema(printed)
    explained = {name: part.get("description", "") for name, part in words(printed)}
    assert explained
    assert [name for name, meaning in explained.items() if not re.search("[一-鿿]", meaning)] == []
    assert "description" not in {key for part in printed.get("$defs", {}).values() for key in part}


def test_a_kind_that_there_is_not(run):
    result = run("edition", "schema", "表格")
    assert result.status == 2
    assert "文件" in result.err
