"""Corrections of the examples, and any documents before and after a change, for tests of tracked changes."""

from __future__ import annotations

import copy
import io
import zipfile
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from copies import ROOT
from hypothesis import strategies as st
from tracked import W as BRACED_W

from generator.revision import tracked_changes

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
