"""Tables: their cells can be read back from the rules, whatever is merged, repeated or parted."""

import itertools
from collections.abc import Callable

import pytest
from publication import accounts_table, publication
from word_documents import LANDSCAPE, cell, docx, paragraph, row, section, table

MERGE = '<w:vMerge w:val="restart"/>'
MERGED = "<w:vMerge/>"
HEAD = "<w:tblHeader/>"
WHOLE = "<w:cantSplit/>"


def spanning(columns: int) -> str:
    return f'<w:gridSpan w:val="{columns}"/>'


def tables(read, page: int = 0) -> list[list[list[str | None]]]:
    return read.pages[page].extract_tables()


@pytest.fixture
def grid(printed: Callable) -> Callable:
    """The cells read back from a table printed alone."""

    def read(*rows: str, widths: list[int] | None = None) -> list[list[str | None]]:
        found = tables(printed(docx(table(widths or [2000, 2000, 2000], *rows))))
        assert len(found) == 1
        return found[0]

    return read


def test_every_cell_is_read_back(grid) -> None:
    assert grid(row("科目编码", "科目名称", "金额"), row("201", "", "1,234.56")) == [
        ["科目编码", "科目名称", "金额"],
        ["201", "", "1,234.56"],
    ]


def test_heads_merged_over_rows_and_columns(grid) -> None:
    cells = grid(
        row(cell("项目", MERGE), cell("支出", spanning(2))),
        row(cell("", MERGED), "基本\n支出", "项目支出"),
        row("合计", "1.00", "2.00"),
    )
    assert cells == [["项目", "支出", None], [None, "基本\n支出", "项目支出"], ["合计", "1.00", "2.00"]]


def test_lines_of_a_narrow_cell_are_read_back_in_order(grid) -> None:
    cells = grid(row("一般公共预算财政拨款", "2020年\n决算数"), widths=[1100, 2000])
    assert [["".join(text.split("\n")) for text in line] for line in cells] == [
        ["一般公共预算财政拨款", "2020年决算数"]
    ]
    assert cells[0][1] == "2020年\n决算数"


def test_a_text_taller_than_its_merged_rows_makes_the_last_row_grow(printed) -> None:
    read = printed(
        docx(
            table(
                [2000, 2000], row(cell("一\n二\n三\n四\n五", MERGE), "甲"), row(cell("", MERGED), "乙"), row("后", "丙")
            )
        )
    )
    assert tables(read)[0] == [["一\n二\n三\n四\n五", "甲"], [None, "乙"], ["后", "丙"]]


def test_a_title_row_without_borders_is_no_part_of_the_ruled_table(printed) -> None:
    read = printed(docx(accounts_table(3, rows=2), last_section=section(LANDSCAPE)))
    cells = tables(read)[0]
    assert cells[0][0] == "项目"
    assert cells[3][0] == "栏次"
    assert read.lines()[:2] == ["表3 支出决算表", "部门：某某局 单位：万元"]


def test_head_rows_come_again_on_every_page_and_rows_stay_whole(printed) -> None:
    read = printed(publication(tables=1, rows=60, paragraphs=1))
    pages = [page for page in read.pages if "支出决算表" in page.extract_text() and page.width > page.height]
    assert len(pages) == 3
    seen = []
    for page in pages:
        (cells,) = page.extract_tables()
        assert cells[0] == [
            "项目",
            None,
            "本年支出合计",
            "基本支出",
            None,
            None,
            "项目支出",
            None,
            None,
            "对附属单位补\n助支出",
        ]
        assert cells[4][:3] == ["合计", None, "37.00"]
        seen += [line[0] for line in cells[5:]]
        assert all(len(line) == 10 and None not in line for line in cells[5:])
    assert seen == [f"20{index:05d}" for index in range(60)]


def test_a_row_that_may_split_goes_on_line_by_line_on_the_next_page(printed) -> None:
    long = "\n".join(f"第{index}行" for index in range(120))
    read = printed(docx(table([3000, 3000], row(long, "旁"), row("后", "尾"))))
    assert read.printed.pages > 1
    lines = [line for page in range(len(read.pages)) for line in tables(read, page)[0][0][0].split("\n")]
    assert [line for line in lines if line.startswith("第")] == long.split("\n")
    assert tables(read, 0)[0][0][1] == "旁"
    assert tables(read, 1)[0][0][1] == "", "what was printed is not repeated"


def test_a_whole_row_goes_to_the_next_page(printed) -> None:
    rows = [row(f"第{index}行\n其下", "x", properties=WHOLE) for index in range(60)]
    read = printed(docx(table([3000, 3000], *rows)))
    firsts = [line[0] for page in range(len(read.pages)) for line in tables(read, page)[0]]
    assert firsts == [f"第{index}行\n其下" for index in range(60)]


def test_a_whole_row_higher_than_a_page_is_parted_all_the_same(printed) -> None:
    long = "\n".join(f"第{index}行" for index in range(120))
    read = printed(docx(table([3000, 3000], row(long, "旁", properties=WHOLE))))
    assert read.printed.pages > 1
    assert read.text.count("第119行") == 1


def test_a_merged_cell_over_a_page_break_goes_on_and_is_not_repeated(printed) -> None:
    text = "\n".join(f"条{index}" for index in range(70))
    rows = [row(cell(text, MERGE), "行0", properties=WHOLE)]
    rows += [row(cell("", MERGED), f"行{index}", properties=WHOLE) for index in range(1, 60)]
    read = printed(docx(table([3000, 3000], *rows, row("末", "尾"))))
    lines = [line for page in range(len(read.pages)) for line in read.lines(page)]
    for index in range(70):
        assert sum(f"条{index}" in line.split() for line in lines) == 1
    for index in range(60):
        assert sum(f"行{index}" in line.split() for line in lines) == 1
    parts = [tables(read, page)[0] for page in range(len(read.pages))]
    assert parts[-1][-1] == ["末", "尾"]
    words = [line for part in parts for cells in part[:None] if cells[0] for line in cells[0].split("\n")]
    assert [word for word in words if word.startswith("条")] == text.split("\n")


def test_a_short_merged_text_stands_once_on_its_first_page(printed) -> None:
    rows = [
        row(cell("类别" if index == 0 else "", MERGE if index == 0 else MERGED), str(index)) for index in range(100)
    ]
    read = printed(docx(table([3000, 3000], *rows)))
    assert read.text.count("类别") == 1
    assert tables(read, 0)[0][0][0] == "类别"
    assert tables(read, 1)[0][0][0] == ""


def test_rows_whose_text_is_kept_with_the_next_stay_with_what_follows(printed) -> None:
    kept = cell(paragraph("末行", "cell", "<w:keepNext/>"))
    fill = [row(f"{index}", "x") for index in range(100)]
    last = None
    for count in range(40, 70):
        read = printed(docx(table([3000, 3000], *fill[:count], row(kept, "y")), paragraph("注：说明", "cell")))
        if read.printed.pages == 2:
            last = read
            break
    assert last is not None
    assert "末行" in last.pages[1].extract_text()
    assert "注：说明" in last.pages[1].extract_text()


@pytest.mark.parametrize(("properties", "left"), [('<w:jc w:val="center"/>', 200.5), ('<w:jc w:val="right"/>', 321.6)])
def test_a_table_stands_where_its_alignment_says(printed, properties: str, left: float) -> None:
    read = printed(docx(table([2000, 2000], row("甲", "乙"), properties=f'<w:tblStyle w:val="grid"/>{properties}')))
    assert min(line["x0"] for line in read.pages[0].lines) == pytest.approx(left, abs=1)


def test_a_cell_border_wins_over_the_table_and_the_wider_over_the_thinner(printed) -> None:
    thick = cell("甲", '<w:tcBorders><w:right w:val="single" w:sz="16" w:color="FF0000"/></w:tcBorders>')
    none = cell("丙", '<w:tcBorders><w:left w:val="nil"/></w:tcBorders>')
    thin = cell("丁", '<w:tcBorders><w:left w:val="single" w:sz="8"/></w:tcBorders>')
    lines = printed(docx(table([2000, 2000], row(thick, thin), row("乙", none)))).pages[0].lines
    middle = [line for line in lines if line["x0"] == line["x1"] == pytest.approx(174, abs=0.1)]
    assert [(line["linewidth"], line["stroking_color"]) for line in middle] == [(2.0, (1.0, 0.0, 0.0))]


def test_shades_and_heights_do_not_disturb_the_cells(grid) -> None:
    shaded = cell("甲", '<w:shd w:val="clear" w:fill="DDDDDD"/><w:vAlign w:val="center"/>')
    cells = grid(row(shaded, "乙", properties='<w:trHeight w:val="800"/>'), widths=[2000, 2000])
    assert cells == [["甲", "乙"]]


def test_columns_take_the_widths_of_the_grid_and_of_the_cells(printed) -> None:
    cells = [cell("甲", '<w:tcW w:w="1000" w:type="dxa"/>'), cell("乙", '<w:tcW w:w="3000" w:type="dxa"/>')]
    lines = printed(docx(table([2000, 2000], row(*cells)))).pages[0].lines
    edges = sorted({round(line["x0"], 1) for line in lines if line["x0"] == line["x1"]})
    assert [right - left for left, right in itertools.pairwise(edges)] == pytest.approx([50, 150])


def test_upright_characters_stack_in_a_vertical_cell(grid) -> None:
    upright = cell("竖排2020", '<w:textDirection w:val="tbRlV"/>')
    assert grid(row(upright, "乙"), widths=[1000, 2000]) == [["竖\n排\n2020", "乙"]]


def test_a_table_inside_a_cell_is_printed_there(printed) -> None:
    inner = table([1000, 1000], row("子", "丑"), row("寅", "卯"))
    read = printed(docx(table([4000, 2000], row(cell(paragraph("外", "cell") + inner + paragraph("", "cell")), "旁"))))
    assert [["子", "丑"], ["寅", "卯"]] in tables(read)


def test_two_tables_on_a_page_are_two(printed) -> None:
    one, other = table([2000], row("甲"), row("乙")), table([2000], row("丙"), row("丁"))
    assert tables(printed(docx(one, paragraph("", "cell"), other))) == [[["甲"], ["乙"]], [["丙"], ["丁"]]]


def test_a_merged_text_higher_than_a_page_goes_on_in_the_last_of_its_rows(printed) -> None:
    text = "\n".join(f"条{index}。" for index in range(150))
    rows = [row(cell(text, MERGE), "甲", properties=WHOLE), row(cell("", MERGED), "乙", properties=WHOLE)]
    read = printed(docx(table([3000, 3000], row("头", "头", properties=HEAD), *rows, row("末", "尾"))))
    assert read.printed.pages > 2
    words = read.text.replace("\n", " ").split()
    assert [word for word in words if word.startswith("条")] == text.split("\n")
    assert words.count("乙") == 1
    assert tables(read, len(read.pages) - 1)[0][-1] == ["末", "尾"]


def test_a_row_kept_with_one_that_needs_its_own_page_is_printed_before_it(printed) -> None:
    kept = row(cell(paragraph("短", "cell", "<w:keepNext/>")), "x", properties=WHOLE)
    tall = row("\n".join(["高"] * 50), "y", properties=WHOLE)
    read = printed(docx(table([3000, 3000], row("头\n头\n头\n头", "头", properties=HEAD), kept, tall)))
    assert read.text.count("短") == 1
    assert read.text.count("高") == 50


def test_content_higher_than_a_fixed_row_is_remarked(printed) -> None:
    fixed = '<w:trHeight w:val="300" w:hRule="exact"/>'
    (remark,) = printed(docx(table([3000, 3000], row("甲\n乙\n丙", "丁", properties=fixed)))).printed.remarks
    assert "行高" in remark.message
    assert remark.place == "第 1 个表格第 1 行第 1 格"
