"""The Word file as Word and WPS see it: headings, repeating heads, sections, the 目录."""

from __future__ import annotations

import io
import re
import zipfile
from itertools import pairwise
from typing import Any

import pytest
from departments import DEPARTMENT, EXAMPLE
from docx.enum.section import WD_ORIENTATION
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph
from lxml import etree
from published import blocks, grid_of, heading_pages, is_repeated, official_tables, plain, rows_of, text_of, word

from generator.accounts import load_accounts
from generator.publish import Publication


@pytest.fixture(scope="module")
def document(publication: Publication) -> Any:
    return word(publication.docx)


@pytest.fixture(scope="module")
def headings(document) -> list[tuple[int, str]]:
    """Level and text of the headings, as the navigation pane shows them."""
    return [
        (int(block.style.name.removeprefix("Heading ")), plain(block.text))
        for block in blocks(document)
        if isinstance(block, Paragraph) and block.style.name.startswith("Heading ")
    ]


def test_the_five_parts_in_order(headings):
    assert [text for level, text in headings if level == 1] == [
        f"第一部分{DEPARTMENT}概况",
        f"第二部分{DEPARTMENT}2020年部门决算表",
        f"第三部分{DEPARTMENT}2020年部门决算情况说明",
        "第四部分预算绩效管理情况",
        "第五部分名词解释",
    ]


def test_headings_are_numbered_through(headings):
    """Under each heading the next level begins with 一、 or （一） and counts on; the first part has no 一、."""
    chinese = "一二三四五六七八九十"
    for level, forms in ((2, ("{}、", "（{}）")), (3, ("（{}）",))):
        count = 0
        for current, text in headings:
            if current < level:
                count = 0
            elif current == level:
                assert text.startswith(tuple(form.format(chinese[count]) for form in forms)), text
                count += 1


def test_heading_styles_have_outline_levels(document):
    for level in (1, 2, 3):
        style = document.styles[f"Heading {level}"].element
        assert style.find(f"{qn('w:pPr')}/{qn('w:outlineLvl')}").get(qn("w:val")) == str(level - 1)


def test_ten_tables_each_below_its_heading(document, headings):
    tables = official_tables(document)
    assert list(tables) == [f"表{number}" for number in range(1, 11)]
    titles = [plain(table.rows[1].cells[0].text) for table in tables.values()]
    assert [text.partition("、")[2] for level, text in headings if level == 2 and "、" in text][:10] == titles


# How many columns a table numbers in its row of 栏次; 表6 has none.
COLUMNS = {"表1": 2, "表2": 7, "表3": 6, "表4": 5, "表5": 3, "表7": 12, "表8": 6, "表9": 3, "表10": 3}


@pytest.mark.parametrize("number", [f"表{number}" for number in range(1, 11)])
def test_every_page_of_a_table_repeats_its_head(document, number):
    table = official_tables(document)[number]
    repeated = [row for row in table.rows if is_repeated(row)]
    assert [row._tr for row in table.rows][: len(repeated)] == [row._tr for row in repeated]
    texts = [plain("".join(line)) for line in rows_of(table)[: len(repeated)]]
    assert texts[:3] == [number, plain(table.rows[1].cells[0].text), f"部门：{DEPARTMENT}单位：万元"]
    with_total = number in ("表2", "表3", "表5", "表8", "表9")
    assert texts[-1].startswith("合计") == with_total
    if number in COLUMNS:
        numbers = re.sub(r"\D", "", texts[-2 if with_total else -1])
        assert numbers == "".join(str(number) for number in range(1, COLUMNS[number] + 1))


def test_no_row_breaks_across_pages(document):
    rows = [row for table in document.tables for row in table.rows]
    assert len(rows) > 300
    assert all(row._tr.xpath("./w:trPr/w:cantSplit") for row in rows)


def test_every_row_fills_the_columns_of_its_table(document):
    for table in document.tables:
        columns = len(table.columns)
        for row in table._tbl.tr_lst:
            assert sum(cell.grid_span for cell in row.tc_lst) == columns


def test_official_tables_lie_in_landscape_sections(document):
    orientations = []
    section = 0
    for element in document.element.body:
        if element.tag == qn("w:tbl"):
            found = Table(element, document)
            if found._tbl in [table._tbl for table in official_tables(document).values()]:
                orientations.append(document.sections[section].orientation)
        section += len(element.findall(f"{qn('w:pPr')}/{qn('w:sectPr')}"))
    assert orientations == [WD_ORIENTATION.LANDSCAPE] * 10
    for one in document.sections:
        assert (one.page_width > one.page_height) == (one.orientation is WD_ORIENTATION.LANDSCAPE)


def test_figures_stand_in_their_rows_and_columns(document):
    grid = grid_of(official_tables(document)["表2"])
    leaf = next(line for line in grid if line[0] == "2060101")
    assert leaf == ["2060101", "行政运行", "1,432.23", "1,432.23", "0.00", "0.00", "0.00", "0.00", "0.00"]
    total = next(line for line in grid if line[0] == "合计")
    assert total[2:5] == ["5,143.02", "5,143.02", "0.00"]
    line = next(line for line in grid_of(official_tables(document)["表1"]) if line[4] == "36")
    assert line == ["六、经营收入", "6", "0.00", "六、科学技术支出", "36", "4,465.51"]


def test_every_figure_of_the_ledger_stands_in_its_table(document):
    ledger = load_accounts(EXAMPLE).ledger
    for number, table in official_tables(document).items():
        printed = [text for line in rows_of(table) for text in line if re.fullmatch(r"-?[\d,]+\.\d\d", text)]
        wanted = [f"{ledger.amount(cell):,.2f}" for cell in ledger.cells() if cell.table == number]
        assert sorted(printed) == sorted(wanted)


def test_表10_shows_details_only_where_there_are_any(document):
    captions = [line[0] for line in rows_of(official_tables(document)["表10"])]
    assert captions[captions.index("六、国有资源（资产）有偿使用收入") :][:3] == [
        "六、国有资源（资产）有偿使用收入",
        "利息收入",
        "其他利息收入",
    ]


def test_tables_without_activity_say_so(document):
    following = {
        one._tbl: [block.text for block in (two, three) if isinstance(block, Paragraph)]
        for (one, two), (_, three) in pairwise(pairwise(blocks(document)))
        if isinstance(one, Table)
    }
    tables = official_tables(document)
    idle = [number for number, table in tables.items() if "本表本年度无发生额。" in following[table._tbl]]
    assert idle == ["表8", "表9"]


def test_the_contents_are_a_field_with_links_whose_result_is_right(publication, document, headings):
    lines = [block for block in document.paragraphs if block.style.name.startswith("toc ")]
    shown = [(int(line.style.name[-1]), plain(line.text.partition("\t")[0])) for line in lines]
    assert shown == headings
    instructions = [text.text.strip() for text in document.element.body.iter(qn("w:instrText"))]
    assert instructions[0].startswith("TOC ")
    pages = dict(heading_pages(publication.pdf))
    for line in lines:
        (link,) = line._p.findall(qn("w:hyperlink"))
        target = link.get(qn("w:anchor"))
        assert f"PAGEREF {target} \\h" in instructions
        assert document.element.body.xpath(f"//w:bookmarkStart[@w:name='{target}']")
        title, _, number = line.text.partition("\t")
        assert pages[plain(title)] == int(number)


def test_bookmarks_and_fields_are_paired(document):
    body = document.element.body
    starts = [mark.get(qn("w:id")) for mark in body.iter(qn("w:bookmarkStart"))]
    assert starts == [mark.get(qn("w:id")) for mark in body.iter(qn("w:bookmarkEnd"))]
    assert len(set(starts)) == len(starts)
    kinds = [mark.get(qn("w:fldCharType")) for mark in body.iter(qn("w:fldChar"))]
    assert kinds.count("begin") == kinds.count("separate") == kinds.count("end")


def test_nothing_of_the_template_is_left(publication, document):
    assert not re.search(r"\{\{|\}\}|\{%|%\}|画表", text_of(document))
    with zipfile.ZipFile(io.BytesIO(publication.docx)) as package:
        assert package.testzip() is None
        for name in package.namelist():
            if name.endswith((".xml", ".rels")):
                etree.fromstring(package.read(name))
            assert package.getinfo(name).date_time == (1980, 1, 1, 0, 0, 0)


def test_properties_name_the_document_and_no_time(document):
    assert document.core_properties.title == f"2020年{DEPARTMENT}部门决算"
    assert document.core_properties.language == "zh-CN"
    assert document.core_properties.created is None


def test_cells_that_say_the_same_are_merged(document):
    table = document.tables[-1]
    first = [line[0] for line in grid_of(table)]
    assert first.count("产出指标") == 1
    assert first.count("效益指标") == 1
