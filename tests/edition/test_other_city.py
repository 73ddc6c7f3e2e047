"""Another city, as different from the editions of the installation as cities are: YAML and Word, no Python.

The edition qs-2021 of the invented 青山市 lies in `tests/editions/`, in the layout of the checkout.
"""

from __future__ import annotations

import io
import json
import re
import sys
from collections.abc import Iterator
from typing import Any, NamedTuple

import docx
import jsonschema
import pdfplumber
import pypdf
import pytest
import yaml
from copies import ROOT
from docx.enum.section import WD_ORIENTATION
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph
from published import blocks, grid_of, plain, rows_of, text_of

from generator.cli import main
from generator.edition.loading import use_editions

EDITIONS = ROOT / "tests" / "editions"
FILE = EDITIONS / "data_specs" / "examples" / "青山市文化和旅游局-2021.yaml"
TEXT = FILE.read_text(encoding="utf-8")
DEPARTMENT = "青山市文化和旅游局"
NAME = f"{DEPARTMENT}2021年度决算公开"

TABLES = {
    "公开01表": "收入支出决算总表",
    "公开02表": "收入决算表",
    "公开03表": "支出决算表",
    "公开04表": "财政拨款收支决算总表",
    "公开05表": "“三公”经费支出决算表",
    "公开06表": "一般公共预算财政拨款收支决算表",
    "公开07表": "一般公共预算财政拨款基本支出明细表",
}
HEADS = 3  # 表名, 表号, 编制单位 and 金额单位

# What each table says below its heads: a blank between cells, cells of 0 left out.
ROWS: dict[str, list[str]] = {
    number: rows.splitlines()
    for number, rows in yaml.safe_load((EDITIONS / "各表应有的行.yaml").read_text(encoding="utf-8")).items()
}

# No separators in running text, rates with one decimal, the city's own phrase for a base of 0.
SENTENCES = [
    "2021年收支总计1838.19万元。全年收入1796.19万元，比上年增加207.19万元，增长13.0%；",
    "全年支出1755.19万元，比上年增加153.19万元，增长9.6%，完成年初预算1800.00万元的97.5%。",
    "事业收入8.65万元，占全年收入的0.5%，比上年减少0.35万元，降低3.9%。",
    "其他收入1.23万元，占全年收入的0.1%，比上年增加1.23万元，增长幅度不计（上年为零），主要是收到社会捐赠的图书购置款。",
    "项目支出862.79万元，占49.2%，比上年增加120.79万元，增长16.3%。",
    "按功能分：文化旅游体育与传媒支出1568.34万元，占89.4%；社会保障和就业支出82.80万元，占4.7%；",
    "“三公”经费支出7.80万元，完成预算的91.8%，其中：",
    "（1）因公出国（境）费0.00万元，与预算持平。",
    "（2）公务接待费1.80万元，比预算减少0.70万元，降低28.0%，主要是厉行节约，从严控制接待的批次和标准。",
    "（3）公务用车费6.00万元，与预算持平。",
    "年末财政拨款结转83.00万元，在文化旅游体育与传媒支出科目下，按规定结转下年使用。",
]
CHAPTERS = ["单位基本情况", "决算情况说明", "名词解释", "决算公开表"]


class Files(NamedTuple):
    """The two files of the publication."""

    word: Any
    pdf: bytes


@pytest.fixture(autouse=True)
def editions(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The folder with the city's edition, named by the environment."""
    monkeypatch.setenv("JUESUAN_EDITIONS", str(EDITIONS))
    yield
    use_editions(None)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Files:
    """What `juesuan build --editions …` makes, without any environment."""
    folder = tmp_path_factory.mktemp("output")
    arguments = ["juesuan", "build", FILE, "-o", folder, "--editions", EDITIONS]
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("JUESUAN_EDITIONS", raising=False)
        patch.setattr(sys, "argv", [*map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            main()
    use_editions(None)
    assert not ended.value.code
    assert sorted(path.name for path in folder.iterdir()) == [f"{NAME}.docx", f"{NAME}.pdf"]
    return Files(docx.Document(str(folder / f"{NAME}.docx")), (folder / f"{NAME}.pdf").read_bytes())


@pytest.fixture(scope="module")
def tables(files: Files) -> dict[str, Table]:
    """The official tables of the Word file by 表号, which stands below their title here."""
    return {rows[1][0]: table for table in files.word.tables if (rows := rows_of(table))[1][0] in TABLES}


@pytest.fixture(scope="module")
def pages(files: Files) -> list[list[str]]:
    """The lines of each page of the PDF, without white space."""
    with pdfplumber.open(io.BytesIO(files.pdf)) as pdf:
        return [[plain(line) for line in page.extract_text().splitlines()] for page in pdf.pages]


def test_no_line_of_python_knows_the_city():
    sources = {path: path.read_text(encoding="utf-8") for path in (EDITIONS.parent.parent / "generator").rglob("*.py")}
    assert len(sources) > 50
    assert [path for path, source in sources.items() if re.search("青山|qs-|公开0|编制单位|幅度不计", source)] == []


def test_the_published_tables_in_their_order(tables):
    assert {number: rows_of(table)[0][0] for number, table in tables.items()} == TABLES
    assert list(tables) == list(TABLES)


@pytest.mark.parametrize("number", TABLES)
def test_the_head_has_the_citys_lines_in_its_order(tables, number):
    assert rows_of(tables[number])[:HEADS] == [
        [TABLES[number]],
        [number],
        [f"编制单位：{DEPARTMENT}", "金额单位：万元"],
    ]


@pytest.mark.parametrize("number", TABLES)
def test_every_row_of_every_table(tables, number):
    expected = [line.split() for line in ROWS[number]]
    shown = [[plain(cell) for cell in row if cell] for row in rows_of(tables[number])]
    assert shown[-len(expected) :] == expected


@pytest.mark.parametrize("number", TABLES)
def test_the_pdf_shows_every_row_of_every_table(pages, number):
    lines = next(page for page in pages if number in page)
    assert [line for line in map(plain, ROWS[number]) if line not in lines] == []


def test_a_zero_is_blank_in_tables(tables):
    cells = [cell for table in tables.values() for row in rows_of(table) for cell in row]
    assert not {"0", "0.00", "0.0", "-"} & set(cells)
    grid = grid_of(tables["公开02表"])
    assert grid[-1] == ["221", "02", "01", "住房公积金", "73.50", "73.50", "", "", ""]
    assert ["207", "01", "04", "图书馆", "240.15", "231.50", "", "8.65", ""] in grid


def test_the_code_stands_in_three_columns_which_the_total_spans(tables):
    for number in ("公开02表", "公开03表", "公开06表"):
        grid = grid_of(tables[number])
        total = next(row for row in grid if row[0] == "合　计")
        assert total[:4] == ["合　计", None, None, None]
        assert all(re.fullmatch(r"\d{3}", row[0]) and row[3] for row in grid[grid.index(total) + 1 :])
        assert any(row[:4] == ["类", "款", "项", "科目名称"] for row in grid)


def test_lines_are_numbered_where_the_table_says_so_and_nowhere_else(tables):
    grid = grid_of(tables["公开01表"])[HEADS + 2 :]
    assert [row[1] for row in grid] + [row[5] for row in grid] == [*map(str, range(1, 23))]
    heads = [text for number in TABLES if number != "公开01表" for row in rows_of(tables[number])[:6] for text in row]
    assert "行次" not in heads


def test_columns_may_be_numbered_by_what_they_are_made_of(tables):
    assert ["栏次", "A", "B", "C=D+E", "D", "E", "F=A+B-C"] in rows_of(tables["公开06表"])
    assert "栏次" in grid_of(tables["公开06表"])[HEADS + 2][0]


def test_three_blocks_side_by_side_two_of_them_under_one_head(tables):
    grid = grid_of(tables["公开07表"])
    assert grid[HEADS] == ["人员经费", *[None] * 3, "公用经费", *[None] * 7]
    assert grid[HEADS + 1] == ["类", "款", "科目名称", "金额"] * 3
    assert [text for text in grid[-1] if text] == ["人员经费合计", "747.05", "公用经费合计", "144.12"]


def test_a_table_without_vertical_rules_has_none(files):
    style = files.word.styles["决算表"].element
    borders = style.find(f"{qn('w:tblPr')}/{qn('w:tblBorders')}")
    assert {qn("w:insideV"), qn("w:left"), qn("w:right")}.isdisjoint({border.tag for border in borders})
    with pdfplumber.open(io.BytesIO(files.pdf)) as pdf:
        for page in pdf.pages[4:]:
            drawn = [*page.lines, *page.rects]
            assert len(drawn) > 10
            assert all(shape["width"] > shape["height"] for shape in drawn)


@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_sentence_stands_in_both_files(files, pages, sentence):
    assert sentence in text_of(files.word)
    assert plain(sentence) in "".join("".join(page[1:-1]) for page in pages[2:]), "between headers and footers"


def test_the_title_of_both_files_is_what_the_city_calls_them(files):
    assert files.word.core_properties.title == NAME
    assert pypdf.PdfReader(io.BytesIO(files.pdf)).metadata.title == NAME


def test_a_table_that_is_not_published_is_not_shown(files, pages):
    everything = text_of(files.word) + "".join("".join(page) for page in pages)
    assert "预算明细" not in everything
    assert "660.00" not in everything  # a figure of it


def test_pages_are_upright_but_for_the_widest_table(files):
    sizes = [
        tuple(round(float(side)) for side in page.mediabox[2:]) for page in pypdf.PdfReader(io.BytesIO(files.pdf)).pages
    ]
    assert sizes == [(595, 842)] * 9 + [(842, 595)]
    assert [section.orientation for section in files.word.sections] == [
        WD_ORIENTATION.PORTRAIT,
        WD_ORIENTATION.LANDSCAPE,
    ]


def test_every_page_but_the_cover_says_which_of_how_many_it_is(pages):
    assert not any("页共" in line for line in pages[0])
    assert [page[-1] for page in pages[1:]] == [f"第{number}页共10页" for number in range(2, 11)]
    assert {page[0] for page in pages[1:]} == {NAME}, "the header"


def test_headings_are_numbered_by_word(files, pages):
    headings = [block.text for block in blocks(files.word) if isinstance(block, Paragraph) and is_heading(block, 1)]
    assert headings == CHAPTERS
    lines = [line for page in pages[2:] for line in page]
    starts = [lines.index(f"第{number}章{title}") for number, title in zip("一二三四", CHAPTERS, strict=True)]
    assert starts == sorted(starts)
    for number, title in zip("一二三四五六七", TABLES.values(), strict=True):
        assert lines.index(f"（{number}）{title}") > starts[-1]


def test_the_shade_of_a_style_fills_its_cells(files):
    (number, *_, head), *_ = list(official_tables_shaded(files))
    assert (number, head) == ("", "E3E9F1")


def official_tables_shaded(files):
    """The fills of each table's first rows, one cell of each."""
    for table in files.word.tables:
        cells = [row._tr.tc_lst[0] for row in table.rows[:4]]
        fills = ["".join(cell.xpath("./w:tcPr/w:shd/@w:fill")) for cell in cells]
        if "E3E9F1" in fills:
            yield fills


def test_the_contents_name_two_levels_and_their_pages(files, pages):
    entries = [block.text.split("\t") for block in blocks(files.word) if block.style.name.startswith("toc ")]
    assert len(entries) == 19
    for title, page in entries:
        assert any(line.endswith(plain(title)) for line in pages[int(page) - 1])
    assert [title.partition("\u3000")[2] for title, _ in entries][-7:] == list(TABLES.values())


def test_the_contents_have_the_numbers_of_the_headings(files):
    entries = [plain(block.text) for block in blocks(files.word) if block.style.name.startswith("toc ")]
    assert entries[0].startswith("第一章单位基本情况")
    assert entries[-1].startswith("（七）")


def is_heading(paragraph: Paragraph, level: int) -> bool:
    return paragraph.style.name == f"Heading {level}"


def test_every_character_is_printed_in_an_embedded_font(files):
    fonts = [
        font.get_object()
        for page in pypdf.PdfReader(io.BytesIO(files.pdf)).pages
        for font in page["/Resources"]["/Font"].values()
    ]
    embedded = {
        font["/BaseFont"].removeprefix("/").removesuffix("-Identity-H")
        for font in fonts
        if font["/Subtype"] == "/Type0"
        and {"/FontFile2", "/FontFile3"} & font["/DescendantFonts"][0]["/FontDescriptor"].keys()
    }
    with pdfplumber.open(io.BytesIO(files.pdf)) as pdf:
        printed = {char["fontname"] for page in pdf.pages for char in page.chars}
    assert len(printed) >= 2
    assert printed <= embedded


def test_the_file_is_checked_by_the_citys_own_relations(run, tmp_path):
    assert run("check", FILE).out == f"{FILE}：核对无误。\n"
    slips = [
        ("年末结转和结余: {决算数: 830000.00}", "年末结转和结余: {决算数: 380000.00}", "错误 Q101"),
        ("30101 基本工资: 1850000.00", "30101 基本工资: 1580000.00", "错误 Q107"),
        ("接待批次: 12", "接待批次: 0", "错误 Q202"),
        ("其他收入: 收到", "财政拨款收入: 收到", "错误 Q301"),
        ("公务接待费: {预算数: 25000.00", "公务接待费: {预算数: 2500.00", "提醒 Q201"),
    ]
    for old, new, code in slips:
        assert TEXT.count(old) == 1
        file = tmp_path / "填报.yaml"
        file.write_text(TEXT.replace(old, new), encoding="utf-8")
        checked = run("check", file)
        assert code in checked.out
        assert checked.status == (1 if code.startswith("错误") else 0)


def test_the_handbook_is_the_citys(run):
    handbook = run("rules", "qs-2021").out
    codes = re.findall(r"^## (\S+)", handbook, re.MULTILINE)
    assert codes == [*(f"Q10{n}" for n in range(1, 10)), "Q201", "Q202", "Q203", "Q204", "Q301", "Q302"]
    assert "公开01表 › 收入总计 › 决算数 等于 公开01表 › 支出总计 › 决算数。" in handbook


def test_every_table_can_be_shown_unpublished_ones_too(run):
    shown = run("show", FILE).out
    assert [number for number in [*TABLES, "预算明细"] if number not in shown] == []
    budget = run("show", FILE, "预算明细").out
    assert re.search(r"合计\s+1,800\.00", budget)
    assert re.search(r"2079951 青山古城保护\s+300\.00\*", budget)


def test_a_new_file_is_accepted_but_for_what_must_be_filled_in(run, tmp_path):
    blank = tmp_path / "填报.yaml"
    assert run("new", "qs-2021", "-o", blank).status == 0
    findings = json.loads(run("check", blank, "--format", "json").out)
    assert findings
    assert {finding["代码"] for finding in findings} == {"A103", "A117"}


def test_every_sample_of_a_new_file_can_be_used(run, tmp_path):
    blank = tmp_path / "填报.yaml"
    run("new", "qs-2021", "-o", blank)
    lines = blank.read_text(encoding="utf-8").splitlines()
    used = [re.sub(r"^(\s*)# (?=[^：]*: (\{.*: 0\}|0)$)", r"\1", line) for line in lines]
    assert sum(line != before for line, before in zip(used, lines, strict=True)) > 40
    blank.write_text("\n".join(used), encoding="utf-8")
    findings = json.loads(run("check", blank, "--format", "json").out)
    assert {finding["代码"] for finding in findings} == {"A103", "A117"}


def test_the_schema_accepts_the_departments_file(run):
    schema = json.loads(run("schema", "qs-2021").out)
    jsonschema.Draft202012Validator.check_schema(schema)
    data = yaml.safe_load(TEXT)
    data["决算表"] = {
        number: {str(row): figures for row, figures in rows.items()} for number, rows in data["决算表"].items()
    }
    validator = jsonschema.Draft202012Validator(schema)
    validator.validate(data)
    assert list(validator.iter_errors(data | {"版本": "gz-2020"}))
    assert list(validator.iter_errors(data | {"去年数": {}}))


def test_the_specification_and_the_template_are_found_sound(run):
    specification = run("edition", "check", "qs-2021")
    assert (specification.status, specification.err) == (0, "")
    assert "qs-2021：8 张表、15 条勾稽关系，格式没有错误。" in specification.out
    template = run("template", "check", "qs-2021")
    assert template.status == 0
    assert set(re.findall(r"(?:错误|提醒) [A-Z]\d+", template.out)) <= {"提醒 P103"}, "but for fonts this machine lacks"


def test_the_city_stands_beside_the_editions_of_the_installation(run, tmp_path):
    file = tmp_path / "填报.yaml"
    file.write_text(TEXT.replace("版本: qs-2021", "版本: qs-2020"), encoding="utf-8")
    assert re.search(r"没有版本“qs-2020”，现有：.*gz-2020.*、qs-2021", run("check", file).out)
    assert run("rules", "gz-2020").status == 0
