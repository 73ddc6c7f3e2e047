"""Two versions of a document in one, with tracked changes.

The law: all changes accepted it is the new document, all rejected the old one.
"""

from __future__ import annotations

import copy
import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

import pytest
from copies import ROOT
from departments import replaced
from hypothesis import given
from hypothesis import strategies as st
from tracked import W as BRACED_W
from tracked import blocks, changed_paragraphs, changed_rows, changed_texts, has_changes, targets_found, texts

from generator.accounts import load_accounts
from generator.pdf.fonts import FontLibrary
from generator.publish import Publication, make_publication
from generator.revision import tracked_changes
from generator.word import UnreadableDocument

W = BRACED_W.strip("{}")
DATE = "2021-09-01T00:00:00Z"
GUANGZHOU = (ROOT / "data_specs" / "examples" / "guangzhou-2019.yaml").read_text(encoding="utf-8")

SUBJECT = "    2060103 机关服务: {财政拨款收入: 24.00}\n"
SPENT = "    2060103 机关服务: {基本支出: 24.00}\n"
NEW_SUBJECT = "    2010302 一般行政管理事务: {财政拨款收入: 11.00}\n"
NEW_SPENT = "    2010302 一般行政管理事务: {项目支出: 11.00}\n"
INDICATOR = "        - {类别: 效益指标, 一级: 服务对象满意度, 二级: 服务对象满意度, 指标值: "

CORRECTIONS = {
    "a figure": [("财政拨款收入: 1432.23", "财政拨款收入: 1442.23"), ("项目支出: 762.35", "项目支出: 772.35")],
    "a subject gone": [(SUBJECT, ""), (SPENT, "")],
    "a subject more": [(SUBJECT, NEW_SUBJECT + SUBJECT), (SPENT, NEW_SPENT + SPENT)],
    "words": [
        ("落实厉行节约的要求，从严控制经费开支", "人员减少，办公经费相应减少"),
        ("    - 推进政务服务和电子政务标准化工作。\n", ""),
        ("    - 为网格化工作提供信息技术支撑。\n", "    - 为网格化工作支撑。\n    - 另一项。\n    - 又一项。\n"),
    ],
    "merged cells": [
        (f"{INDICATOR}故障", f"{INDICATOR}新的指标, 完成值: 90%, 分值: 5, 得分: 5}}\n{INDICATOR}故障"),
        ("            - [疫情防控和复工复产, “穗康码”申领, 万人次, 300, 依托市疫情防控指挥平台。]\n            - [同上",
         "            - [疫情防控和复工复产"),
        ("                政务服务质量平均得分9.6分。\n", "                得分9.7分。\n                再加一行。\n"),
    ],
    "the name": [("广州市海珠区政务服务数据管理局", "广州市天河区政务局")],
}  # fmt: skip

CORRECTIONS_OF_2019 = {
    "charts": [("  总收入: 20736.56", "  总收入: 20936.56")],
    "paragraphs": [
        ("    - 协调政务数据资源的采集、共享和开放。\n", ""),
        ("外包合同金额合计10,946.05万元", "外包合同金额合计10,945.05万元"),
        ("        - 日均点击次数，指标值不少于3.5万次，完成10万次；\n", ""),
    ],
}


@dataclass(frozen=True)
class Revision:
    """Two documents, and both in one."""

    old: bytes
    new: bytes

    @cached_property
    def tracked(self) -> bytes:
        return tracked_changes(self.old, self.new, DATE)


@pytest.fixture(scope="session")
def corrected(open_fonts: FontLibrary, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Publication]:
    """The publication of the example, or of that of 2019, after one of the corrections above; each made once."""

    @cache
    def corrected(name: str) -> Publication:
        text = replaced(*CORRECTIONS[name]) if name in CORRECTIONS else GUANGZHOU
        for old, new in CORRECTIONS_OF_2019.get(name, []):
            assert old in text
            text = text.replace(old, new, 1)
        file = tmp_path_factory.mktemp("corrected") / "填报.yaml"
        file.write_text(text, encoding="utf-8")
        return make_publication(load_accounts(file), open_fonts)

    return corrected


@pytest.fixture(scope="session")
def revised(
    corrected: Callable[[str], Publication], publication: Publication, publication_of_2019: Publication
) -> Callable[[str], Revision]:
    """The revision from the example's publication to the corrected one; each made once."""

    @cache
    def revised(name: str) -> Revision:
        old = publication if name in CORRECTIONS else publication_of_2019
        return Revision(old.docx, corrected(name).docx)

    return revised


# Publications


@pytest.mark.parametrize("name", [*CORRECTIONS, *CORRECTIONS_OF_2019])
def test_accepting_gives_the_new_publication_and_rejecting_the_old_one(revised: Callable[[str], Revision], name: str):
    revision = revised(name)
    assert blocks(revision.old) != blocks(revision.new)
    assert blocks(revision.tracked, "accept") == blocks(revision.new)
    assert blocks(revision.tracked, "reject") == blocks(revision.old)
    for way in ("accept", "reject"):
        assert targets_found(revision.tracked, way)


def test_the_same_publication_has_no_changes(publication: Publication):
    assert not has_changes(tracked_changes(publication.docx, publication.docx, DATE))


def test_the_same_comparison_gives_the_same_bytes(revised: Callable[[str], Revision]):
    revision = revised("charts")
    assert revision.tracked == tracked_changes(revision.old, revision.new, DATE)


def test_a_changed_figure_is_the_only_change_of_its_cell_and_of_its_sentence(revised: Callable[[str], Revision]):
    changed = changed_texts(revised("a figure").tracked)
    assert ("762.35", "772.35") in changed
    (now,) = [new for old, new in changed if old.startswith("1.一般公共预算财政拨款收入5,143.02万元，比上年决算")]
    assert now.startswith("1.一般公共预算财政拨款收入5,153.02万元，比上年决算增加1,127.25万元，增长28.00%。")
    assert changed_rows(revised("a figure").tracked) == {"ins": [], "del": []}
    assert changed_paragraphs(revised("a figure").tracked) == {"ins": [], "del": []}


def test_a_subject_gone_is_a_row_gone_from_each_table(revised: Callable[[str], Revision]):
    rows = changed_rows(revised("a subject gone").tracked)
    assert [row[:3] for row in rows["del"]] == [["2060103", "机关服务", "24.00"]] * 3
    assert rows["ins"] == []


def test_a_subject_more_is_a_row_more_and_no_other_row_seems_new(revised: Callable[[str], Revision]):
    rows = changed_rows(revised("a subject more").tracked)
    assert [row[1] for row in rows["ins"]] == ["一般行政管理事务"] * 3
    assert rows["del"] == []


def test_paragraphs_come_and_go(revised: Callable[[str], Revision]):
    tracked = revised("words").tracked
    assert changed_paragraphs(tracked) == {
        "ins": ["（十二）另一项。", "（十三）又一项。"],
        "del": ["（六）推进政务服务和电子政务标准化工作。"],
    }
    moved_up = "组织政务数据资源的采集、管理、共享和应用。"
    assert (f"（七）{moved_up}", f"（六）{moved_up}") in changed_texts(tracked)


def test_a_row_within_merged_cells_is_one_row_more(revised: Callable[[str], Revision]):
    tracked = revised("merged cells").tracked
    # A row whose cells are merged otherwise than before goes and comes, for that cannot be tracked.
    come, gone = changed_rows(tracked).values()
    assert [row[3] for row in come if row not in gone] == ["新的指标"]
    assert [row[:2] for row in gone if row not in come] == [["疫情防控和复工复产", "“穗康码”申领"]]
    assert len(come) == len(gone) == 3
    assert changed_texts(tracked) == {
        ("全区实体政务大厅全部覆盖。政务服务质量平均得分9.6分。", "全区实体政务大厅全部覆盖。得分9.7分。再加一行。"),
        ("100", "105"),  # the sum of the points
    }


def test_a_changed_chart_is_a_picture_gone_and_one_come(revised: Callable[[str], Revision]):
    revision = revised("charts")
    tracked = revision.tracked
    gone, come = (
        re.findall(rf"<w:{way} .*?</w:{way}>", document(tracked).decode(), re.DOTALL) for way in ("del", "ins")
    )
    assert [run for run in gone if "收入总计：2018年度20,736.56万元" in run and "<w:drawing" in run]
    assert [run for run in come if "收入总计：2018年度20,936.56万元" in run and "<w:drawing" in run]
    with zipfile.ZipFile(io.BytesIO(tracked)) as package, zipfile.ZipFile(io.BytesIO(revision.old)) as old:
        kept = {package.read(name) for name in package.namelist() if "/media/" in name}
        assert {old.read(name) for name in old.namelist() if "/media/" in name} <= kept


def test_every_change_is_by_the_program_at_the_time_given(revised: Callable[[str], Revision]):
    tracked = document(revised("words").tracked)
    marks = re.findall(rb"<w:(?:ins|del|\w+Change) [^>]*>", tracked)
    assert marks and all('w:author="决算"'.encode() in mark and DATE.encode() in mark for mark in marks)
    identities = re.findall(rb'<w:(?:ins|del|\w+Change) [^>]*?w:id="(\d+)"', tracked)
    assert len(identities) == len(set(identities))


def test_a_figure_never_changes_by_half(revised: Callable[[str], Revision]):
    tracked = document(revised("a figure").tracked).decode()
    changed = re.findall(
        r"<w:(?:t|delText)[^>]*>([^<]*)</w:(?:t|delText)>",
        "".join(re.findall(r"<w:(?:ins|del) .*?</w:(?:ins|del)>", tracked)),
    )
    assert {"5,143.02", "5,153.02", "27.75%", "28.00%"} <= set(changed)
    assert all(re.fullmatch(r"-?\d{1,3}(,\d{3})*(\.\d+)?%?", text) for text in changed)


def test_what_is_no_word_document_is_refused(publication: Publication):
    for broken in (b"", b"PK", publication.pdf):
        with pytest.raises(UnreadableDocument, match="Word"):
            tracked_changes(broken, publication.docx, DATE)


def document(tracked: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(tracked)) as package:
        return package.read("word/document.xml")


# Any documents


WORDS = st.lists(
    st.sampled_from(["本年", "支出", "1,432.23", "万元", "，", "。", "增长", "27.75%", "A4", "-3.00", "的", " "]),
    max_size=8,
).map("".join)
RUNS = st.lists(st.tuples(WORDS, st.booleans()), max_size=3)
PARAGRAPHS = st.tuples(st.sampled_from(["", "1", "2"]), RUNS)
ROWS = st.tuples(st.lists(st.lists(WORDS, min_size=1, max_size=3), min_size=3, max_size=3), st.booleans())
TABLES = st.lists(ROWS, min_size=1, max_size=5)
DOCUMENTS = st.lists(st.one_of(PARAGRAPHS, PARAGRAPHS, TABLES), min_size=1, max_size=6)

OFFICE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
PARTS = {
    "[Content_Types].xml": f"<Types xmlns='{PACKAGE}/content-types'>"
    "<Default Extension='rels' ContentType='application/vnd.openxmlformats-package.relationships+xml'/>"
    f"<Override PartName='/word/document.xml' ContentType='{OFFICE}.document.main+xml'/>"
    f"<Override PartName='/word/styles.xml' ContentType='{OFFICE}.styles+xml'/></Types>",
    "_rels/.rels": f"<Relationships xmlns='{PACKAGE}/relationships'>"
    f"<Relationship Id='r1' Target='word/document.xml' Type='{RELATIONS}/officeDocument'/></Relationships>",
    "word/_rels/document.xml.rels": f"<Relationships xmlns='{PACKAGE}/relationships'>"
    f"<Relationship Id='r1' Target='styles.xml' Type='{RELATIONS}/styles'/></Relationships>",
    "word/styles.xml": f"<w:styles xmlns:w='{W}'>"
    "<w:style w:type='paragraph' w:default='1' w:styleId='a'><w:name w:val='Normal'/></w:style>"
    "<w:style w:type='paragraph' w:styleId='1'><w:name w:val='heading 1'/><w:basedOn w:val='a'/>"
    "<w:pPr><w:outlineLvl w:val='0'/></w:pPr></w:style>"
    "<w:style w:type='paragraph' w:styleId='2'><w:name w:val='List'/><w:basedOn w:val='a'/></w:style></w:styles>",
}


def written(content: list[Any]) -> bytes:
    """A Word document of paragraphs and tables; a row may go on, in its first cell, with the row above."""
    body = "".join(table_xml(block) if isinstance(block, list) else paragraph_xml(*block) for block in content)
    document = f"<w:document xmlns:w='{W}'><w:body>{body}<w:sectPr/></w:body></w:document>"
    result = io.BytesIO()
    with zipfile.ZipFile(result, "w") as package:
        for name, text in {**PARTS, "word/document.xml": document}.items():
            package.writestr(name, text)
    return result.getvalue()


def paragraph_xml(style: str, runs: list[tuple[str, bool]]) -> str:
    properties = f"<w:pPr><w:pStyle w:val='{style}'/></w:pPr>" if style else ""
    inner = "".join(
        f"<w:r>{'<w:rPr><w:b/></w:rPr>' if bold else ''}<w:t xml:space='preserve'>{text}</w:t></w:r>"
        for text, bold in runs
    )
    return f"<w:p>{properties}{inner}</w:p>"


def table_xml(rows: list[Any]) -> str:
    xml = "<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/><w:gridCol/><w:gridCol/></w:tblGrid>"
    for index, (cells, goes_on) in enumerate(rows):
        merge = "<w:vMerge/>" if goes_on and index else "<w:vMerge w:val='restart'/>"
        xml += "<w:tr>"
        for column, lines in enumerate(cells):
            properties = f"<w:tcPr>{merge}</w:tcPr>" if column == 0 else "<w:tcPr/>"
            xml += f"<w:tc>{properties}{''.join(paragraph_xml('', [(line, False)]) for line in lines)}</w:tc>"
        xml += "</w:tr>"
    return xml + "</w:tbl>" + paragraph_xml("", [("表后", False)])  # as Word has a paragraph after each table


@st.composite
def edited(draw: st.DrawFn) -> tuple[list[Any], list[Any]]:
    """A document, and the same after some of its blocks and rows have come, gone or changed."""
    old = draw(DOCUMENTS)
    new: list[Any] = copy.deepcopy(old)
    for _ in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, len(new)))
        action = draw(st.sampled_from(["insert", "delete", "change"]))
        if action == "insert":
            new.insert(at, draw(st.one_of(PARAGRAPHS, TABLES)))
        elif at < len(new) and action == "delete":
            del new[at]
        elif at < len(new) and isinstance(new[at], list):
            row = draw(st.integers(0, len(new[at]) - 1))
            new[at][row : row + draw(st.integers(0, 1))] = draw(TABLES)
        elif at < len(new):
            new[at] = draw(PARAGRAPHS)
    return old, new


@given(edited())
def test_any_document_holds_both_versions(versions: tuple[list[Any], list[Any]]):
    old, new = map(written, versions)
    tracked = tracked_changes(old, new, DATE)
    assert blocks(tracked, "accept") == blocks(new)
    assert blocks(tracked, "reject") == blocks(old)
    assert has_changes(tracked) == (blocks(old) != blocks(new))


@given(DOCUMENTS, DOCUMENTS)
def test_documents_that_have_nothing_in_common_do_too(one: list[Any], other: list[Any]):
    old, new = written(one), written(other)
    tracked = tracked_changes(old, new, DATE)
    assert texts(tracked, "accept") == texts(new)
    assert texts(tracked, "reject") == texts(old)
