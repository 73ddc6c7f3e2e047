"""What a publication says reads right in every case: where there is little to tell, nothing, or a limit is met."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from copies import ROOT
from docx import Document
from docx.table import Table
from published import blocks, plain
from small_departments import KINDS, department, written_in

from generator.accounts import load_accounts
from generator.checks import check_accounts
from generator.filling import fill_template
from generator.word import outline_levels, style_of

EDITIONS = ("gz-2019", "gz-2020")
NEVER = re.compile(
    r"--%的|0万元的--%|[，。；：、]{2}|、等|、$|(?:原因|情况)[是为：]+[。；]|共0个|(?:用于|包括|主要是)[。，；]"
)
"""What no sentence says: a rate of nothing as if it were one, a mark twice, a list that ends in one or has nothing."""
CHINESE = "一二三四五六七八九十"
FORMS = (
    r"第([一二三四五六七八九十])部分",
    r"([一二三四五六七八九十])、",
    r"（([一二三四五六七八九十])）",
    r"(\d+)\.",
    r"（(\d+)）",
)


class Filled:
    """A filled publication as a list of what stands in it."""

    def __init__(self, edition: str, kind: str, folder: Path) -> None:
        accounts = load_accounts(written_in(folder, department(edition, kind)))
        document: Any = fill_template(ROOT / "templates" / f"{edition}.docx", accounts)
        levels = outline_levels(document.styles.element)
        self.told: list[tuple[int, str]] = []
        """Level (0: no heading, 9: 小标题) and text of each block; a table's text is 表."""
        for block in blocks(document):
            if isinstance(block, Table):
                self.told.append((0, "表"))
            elif block.text.strip() and not block.style.name.startswith("toc"):
                small = 9 if block.style.name == "公文小标题" else 0
                self.told.append((levels.get(style_of(block._p), small), block.text))
            elif block._p.xpath(".//w:drawing"):
                self.told.append((0, "图"))
        start = next(number for number, (level, _) in enumerate(self.told) if level)
        self.told = self.told[start:]
        self.text = plain("".join(text for _, text in self.told))


@pytest.mark.slow
@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("kind", KINDS)
def test_no_sentence_is_clumsy_and_no_heading_stands_alone(tmp_path, edition, kind):
    told = Filled(edition, kind, tmp_path).told
    assert [text for _, text in told if NEVER.search(text)] == []
    alone = [text for (level, text), (below, _) in pairwise([*told, (1, "")]) if level and 0 < below <= level]
    assert alone == []


@pytest.mark.slow
@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("kind", KINDS)
def test_headings_count_on_and_skip_no_level(tmp_path, edition, kind):
    above, counts = 0, dict.fromkeys(range(len(FORMS)), 0)
    for level, text in Filled(edition, kind, tmp_path).told:
        if not level:
            continue
        form, number = next((at, found[1]) for at, one in enumerate(FORMS) if (found := re.match(one, plain(text))))
        counts = {at: count for at, count in counts.items() if at <= form} | dict.fromkeys(
            range(form + 1, len(FORMS)), 0
        )
        counts[form] += 1
        assert (CHINESE.index(number) + 1 if number in CHINESE else int(number)) == counts[form], text
        if level < 9:
            assert level <= above + 1, text
            above = level


@pytest.mark.parametrize("edition", EDITIONS)
def test_checks_do_not_speak_of_a_group_that_is_left_out(tmp_path, edition):
    data = department(edition, "没有绩效")
    assert check_accounts(load_accounts(written_in(tmp_path, data))) == []
    data["绩效"] = {"总体评价": "", "整体支出": {"评价": ""}} if edition == "gz-2020" else {"自评": {"优秀": ""}}
    (left_blank,) = check_accounts(load_accounts(written_in(tmp_path, data)))
    assert (left_blank.severity.value, left_blank.code) == ("提醒", "A117")
    assert "“绩效”各项都空着，当作没有" in left_blank.message


TEMPLATES = sorted([*(ROOT / "templates").glob("*.docx"), *(ROOT / "tests" / "editions" / "templates").glob("*.docx")])


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.stem)
def test_the_headings_of_a_template_skip_no_level(template):
    document: Any = Document(str(template))
    levels = outline_levels(document.styles.element)
    found = [level for block in document.paragraphs if (level := levels.get(style_of(block._p)))]
    assert all(below <= above + 1 for above, below in pairwise([0, *found]))


SAID = {
    ("gz-2019", "没有绩效"): (["第四部分名词解释"], ["绩效管理"]),
    ("gz-2019", "没有项目"): (
        ["一、部门整体支出绩效和重点工作完成情况"],
        ["项目（政策）绩效评价", "绩效目标0项", "共0个项目"],
    ),
    ("gz-2019", "绩效只填必填的"): (["（一）根据本部门的职责"], ["存在问题和改进方向", "下一步工作计划", "我局委托"]),
    ("gz-2019", "只有一人"): (
        [
            "编报范围的单位共1个，即局本级。第二部分",
            "“三公”经费财政拨款支出预算和决算均为0万元。",
            "会议费决算0万元。2019年度无相关会议费支出。",
            "政府采购支出总额0万元。",
            "本部门共有车辆0辆。单价50万元以上",
            "各类非税收入合计0万元。",
        ],
        ["单位性质", "偏高", "占政府采购", "占0%", "开支较大的会议"],
    ),
    ("gz-2019", "只有一个下属单位"): (
        ["下属1个预算单位，即广州市市长专线电话受理中心（参公事业单位）。"],
        ["单位性质"],
    ),
    ("gz-2019", "预算全是零"): (
        ["“三公”经费财政拨款支出决算为22.63万元，预算为0万元，完成率不可比。", "增长--%（年初预算数为0，不可比）"],
        [],
    ),
    ("gz-2020", "示例"): (
        ["公务接待费支出决算为0万元，预算为0万元，完成率不可比。", "出国团组0个、累计0人次。年初预算未安排支出。"],
        ["开支内容包括", "占政府采购支出总额0%"],
    ),
    ("gz-2020", "没有绩效"): (["第四部分名词解释"], ["绩效管理"]),
    ("gz-2020", "绩效只填必填的"): (["2.2020年度绩效工作完成情况"], ["存在问题", "改进和努力", "项目绩效自评综述"]),
    ("gz-2020", "没有项目"): (["组织部门整体支出绩效自评"], ["0个一般公共预算项目支出"]),
}


@pytest.mark.parametrize(("edition", "kind"), SAID)
def test_what_there_is_not_is_left_out_or_said_in_a_word(tmp_path, edition, kind):
    there, gone = SAID[edition, kind]
    text = Filled(edition, kind, tmp_path).text
    assert [one for one in there if one not in text] == []
    assert [one for one in gone if one in text] == []


def test_a_subject_with_a_budget_and_no_spending_needs_no_words(tmp_path):
    data = department("gz-2019", "示例")
    data["决算表"]["表5"]["2010302 一般行政管理事务"] = {"项目支出": "0"}
    del data["科目说明"]["2010302 一般行政管理事务"]
    file = written_in(tmp_path, data)
    document: Any = fill_template(ROOT / "templates" / "gz-2019.docx", load_accounts(file))
    (said,) = [block.text for block in document.paragraphs if "一般行政管理事务（项）0万元，占" in block.text]
    assert said.endswith("完成预算的0%。")
