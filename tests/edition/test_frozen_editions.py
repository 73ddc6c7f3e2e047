"""What is frozen stays frozen: nothing in an edition changes the one that it builds on, or what that one publishes."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
from copies import ROOT, copied_edition, replace_in
from departments import EXAMPLE, EXAMPLE_OF_2019
from docx import Document

from generator.accounts import load_accounts
from generator.edition import Edition, load_edition
from generator.publish import Publication, make_publication

CITY = ROOT / "tests" / "editions"
BROKEN = "这不是: [一个格式"
TABLES_OF_2020 = [f"表{number}.yaml" for number in range(1, 11)]
# Of each file of an edition, what is replaced in it by what; the edition is a sound one after each.
CHANGES_OF_2020 = {
    "版本.yaml": ("表中千分位: 是", "表中千分位: 否"),
    "功能分类.yaml": ('"20601": 科学技术管理事务', '"20601": 科技管理事务'),
    "经济分类.yaml": ("代缴社会保险费", "代缴保险费"),
    "指标.yaml": ("等于: 表1/年初结转和结余/决算数", "等于: 表1/年末结转和结余/决算数"),
    "填报.yaml": ("说明: 第一部分的内容。", "说明: 第一部分。"),
    "勾稽关系.yaml": ("名称: 表9 逐级汇总", "名称: 逐级汇总"),
    "图.yaml": ("图: []", "图: [{名称: 图一, 标题: 支出构成, 类型: 饼图, 各类: 表5/*/本年支出合计}]"),
    **dict.fromkeys(TABLES_OF_2020, ("注：", "说明：")),
}
CHANGES_OF_2022 = {
    "版本.yaml": ("名称: 青山市 2022 年度格式", "名称: 另一个\n写法: {表中零: '-'}\n文件名: '{部门}'"),
    "支出科目.yaml": ("沿用: 是", '沿用: 是\n去掉: ["2010301"]\n科目: {"207": 文化支出, "20751": 讲堂}'),
    "经济科目.yaml": ("沿用: 是", '沿用: 是\n去掉: ["30302"]\n科目: {"301": 工资}'),
    "公开05表.yaml": ("沿用: 是", "沿用: 是\n名称: 另一张表\n注: 另一条注"),
    "公开06表.yaml": ("沿用: 是", "沿用: 是\n合计行: 总计"),
    "指标.yaml": ("沿用: 是", "沿用: 是\n指标: [{名称: 收支总计, 等于: 公开01表/本年收入合计/决算数}]"),
    "填报.yaml": ("沿用: 是", "沿用: 是\n去掉: [补充名词]"),
    "勾稽关系.yaml": ("沿用: 是", "沿用: 是\n去掉: [Q101]"),
}


class Pair(NamedTuple):
    """An edition, one that builds on it, and a department's file of the first."""

    older: str
    newer: str
    department: Path
    changes: dict[str, tuple[str, str]]


GUANGZHOU = Pair("gz-2019", "gz-2020", EXAMPLE_OF_2019, CHANGES_OF_2020)
QINGSHAN = Pair("qs-2021", "qs-2022", CITY / "data_specs/examples/青山市文化和旅游局-2021.yaml", CHANGES_OF_2022)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Copies of gz-2020 and gz-2019, of qs-2021, and a qs-2022 on top of it that has a file of each kind."""
    copied_edition("gz-2020", tmp_path)
    older = copied_edition("qs-2021", tmp_path, CITY)
    newer = tmp_path / "data_specs" / "qs-2022"
    newer.mkdir()
    for file in older.iterdir():
        (newer / file.name).write_text("沿用: 是\n", encoding="utf-8")
    head = "沿用版本: qs-2021\n编号: qs-2022\n名称: 青山市 2022 年度格式\n年度: 2022\n"
    (newer / "版本.yaml").write_text(head, encoding="utf-8")
    shutil.copy(tmp_path / "templates" / "qs-2021.docx", tmp_path / "templates" / "qs-2022.docx")
    monkeypatch.setenv("JUESUAN_EDITIONS", str(tmp_path))
    return tmp_path


@pytest.fixture
def published(open_fonts) -> Callable[[Pair], Publication]:
    return lambda pair: make_publication(load_accounts(pair.department), open_fonts)


@pytest.mark.slow
@pytest.mark.parametrize("pair", [GUANGZHOU, QINGSHAN], ids=lambda pair: pair.older)
def test_no_fault_of_an_edition_touches_the_one_that_it_builds_on(home, published, pair):
    folder, template = home / "data_specs" / pair.newer, home / "templates" / f"{pair.newer}.docx"
    before, specification = published(pair), load_edition(pair.older)
    for file in folder.iterdir():
        file.write_text(BROKEN, encoding="utf-8")
        assert load_edition(pair.older) == specification, file.name
    template.write_bytes(b"no template")
    assert published(pair) == before
    shutil.rmtree(folder)
    template.unlink()
    assert published(pair) == before


@pytest.mark.slow
@pytest.mark.parametrize("pair", [GUANGZHOU, QINGSHAN], ids=lambda pair: pair.older)
def test_no_change_of_an_edition_touches_the_one_that_it_builds_on(home, published, pair):
    folder, template = home / "data_specs" / pair.newer, home / "templates" / f"{pair.newer}.docx"
    before, specification = published(pair), load_edition(pair.older)
    unchanged: Edition = load_edition(pair.newer)
    for name, replacement in pair.changes.items():
        replace_in(folder / name, replacement)
        changed = load_edition(pair.newer)
        assert changed != unchanged, name
        assert load_edition(pair.older) == specification, name
        unchanged = changed
    document = Document(str(template))
    document.paragraphs[0].text = "改过的封面"
    document.save(str(template))
    assert published(pair) == before


def test_there_is_a_change_of_each_file_of_the_edition_of_2020():
    assert CHANGES_OF_2020.keys() == {file.name for file in (ROOT / "data_specs" / "gz-2020").iterdir()}


@pytest.mark.slow
def test_an_edition_on_top_leaves_the_installations_examples_as_they_are(
    home, open_fonts, publication, publication_of_2019
):
    folder = home / "data_specs" / "gz-2021"
    folder.mkdir()
    for name in ("版本", "表5", "功能分类", "指标", "填报", "勾稽关系"):
        (folder / f"{name}.yaml").write_text(BROKEN, encoding="utf-8")
    (home / "templates" / "gz-2021.docx").write_bytes(b"no template")
    assert make_publication(load_accounts(EXAMPLE), open_fonts) == publication
    assert make_publication(load_accounts(EXAMPLE_OF_2019), open_fonts) == publication_of_2019
