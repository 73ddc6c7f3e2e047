"""Charts: what they say are the figures, and every label can be read."""

from __future__ import annotations

import io
import math
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any, NamedTuple

import docx
import pdfplumber
import pytest
from copies import ROOT, copied_edition
from departments import EXAMPLE, with_tables, written
from docx.oxml.ns import qn
from hypothesis import example, given
from hypothesis import strategies as st
from lxml import etree
from PIL import Image
from published import plain, word

from generator.accounts import load_accounts
from generator.charts import Chart, Drawing, Group, Item, Look, chart_of, draw
from generator.edition import ChartKind, load_edition
from generator.findings import InvalidInput
from generator.narrative import TemplateFault
from generator.pdf.fonts import FontLibrary
from generator.publish import Publication, make_publication, publish

SPECIFICATION = """
图:
  - 名称: 图一
    标题: 年度收入支出对比图
    类型: 柱形图
    分类: [收入, 支出]
    系列:
      - {名称: "{上年度}年度", 各数: [上年/一般公共预算财政拨款收入, [上年/基本支出, 上年/项目支出]]}
      - {名称: "{年度}年度", 各数: [本年收入, 本年支出]}
  - {名称: 图二, 标题: "{年度}年度支出决算构成", 类型: 饼图, 各类: 表5/*/本年支出合计}
  - 名称: 图三
    标题: “三公”经费支出结构
    类型: 饼图
    比率小数位: 1
    各项:
      - {名称: 因公出国（境）费, 等于: 表7/决算数/因公出国（境）费}
      - {名称: 公务用车购置及运行费, 等于: 表7/决算数/公务用车购置及运行费}
      - {名称: 公务接待费, 等于: 表7/决算数/公务接待费}
"""
AXIS = ("0", "2,000", "4,000", "6,000")
SVG = "{http://www.w3.org/2000/svg}"


# An edition with charts: gz-2020, and charts at the end of its template.


def edition_with_charts(folder: Path, specification: str = SPECIFICATION, names: str = "图一 图二 图三") -> Path:
    """A folder of editions in which gz-2020 has charts, each placed above its caption."""
    (copied_edition("gz-2020", folder) / "图.yaml").write_text(specification, encoding="utf-8")
    template = docx.Document(str(ROOT / "templates" / "gz-2020.docx"))
    for name in names.split():
        template.add_paragraph(f"{{{{p 画图('{name}') }}}}")
        template.add_paragraph(f"{name}：图题")
    template.save(str(folder / "templates" / "gz-2020.docx"))
    return folder


@pytest.fixture
def editions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Path]:
    """Makes and uses a folder of editions of one's own."""

    def make(*arguments: str) -> Path:
        folder = edition_with_charts(tmp_path / "editions", *arguments)
        monkeypatch.setenv("JUESUAN_EDITIONS", str(folder))
        return folder

    return make


@pytest.fixture(scope="module")
def illustrated(tmp_path_factory: pytest.TempPathFactory, open_fonts: FontLibrary) -> Iterator[Publication]:
    """The example's publication with three charts."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JUESUAN_EDITIONS", str(edition_with_charts(tmp_path_factory.mktemp("editions"))))
        yield make_publication(load_accounts(EXAMPLE), open_fonts)


class Picture(NamedTuple):
    """A picture of a Word file: its paragraph, its texts for people, its parts."""

    paragraph: Any
    title: str
    description: str
    id: str
    svg: bytes
    png: bytes


def pictures(document: Any) -> list[Picture]:
    found = []
    for drawing in document.element.body.iter(qn("w:drawing")):
        properties = next(drawing.iter(qn("wp:docPr")))
        blip = next(drawing.iter(qn("a:blip")))
        (vector,) = (element for element in blip.iter() if etree.QName(element).localname == "svgBlip")
        png, svg = (document.part.related_parts[part.get(qn("r:embed"))].blob for part in (blip, vector))
        paragraph = next(drawing.iterancestors(qn("w:p")))
        said = [properties.get(name) for name in ("title", "descr", "id")]
        found.append(Picture(paragraph, *said, svg, png))
    return found


def texts(svg: bytes | str) -> list[str]:
    root = etree.fromstring(svg.encode() if isinstance(svg, str) else svg)
    return ["".join(text.itertext()) for text in root.iter(f"{SVG}text")]


# In the publication.


@pytest.mark.slow
def test_charts_show_the_figures(illustrated):
    one, two, three = (texts(picture.svg) for picture in pictures(word(illustrated.docx)))
    assert {"单位：万元", "2019年度", "4,025.77", "2020年度", "5,143.02", "收入", "支出", *AXIS} == set(one)
    assert [one.count(number) for number in ("4,025.77", "5,143.02")] == [2, 2]
    assert two[-1] == "合计5,143.02万元。"
    assert dict(zip(two[:-1:2], two[1:-1:2], strict=True)) == {
        "一般公共服务支出": "218.10万元，4.24%",
        "科学技术支出": "4,465.51万元，86.83%",
        "社会保障和就业支出": "207.34万元，4.03%",
        "卫生健康支出": "39.97万元，0.78%",
        "农林水支出": "3.17万元，0.06%",
        "援助其他地区支出": "10.00万元，0.19%",
        "住房保障支出": "198.93万元，3.87%",
    }
    assert three == [
        "公务用车购置及运行费",
        "1.50万元，100%",
        "合计1.50万元，其中因公出国（境）费、公务接待费为0。",
    ]


def test_the_alternative_text_says_what_the_chart_shows(illustrated):
    one, two, three = pictures(word(illustrated.docx))
    assert (one.title, three.title) == ("图一 年度收入支出对比图", "图三 “三公”经费支出结构")
    assert one.description == (
        "柱形图：年度收入支出对比图。收入：2019年度4,025.77万元，2020年度5,143.02万元；"
        "支出：2019年度4,025.77万元，2020年度5,143.02万元。"
    )
    assert two.description.startswith(
        "饼图：2020年度支出决算构成。合计5,143.02万元，其中：一般公共服务支出218.10万元，"
    )
    assert "；农林水支出3.17万元，占0.06%；" in two.description
    assert "因公出国（境）费0万元，占0%；公务用车购置及运行费1.50万元，占100%；" in three.description


def test_pictures_have_room_and_stay_with_their_captions(illustrated):
    document = word(illustrated.docx)
    found = pictures(document)
    ids = [element.get("id") for element in document.element.body.iter(qn("wp:docPr"))]
    assert len(ids) == len(set(ids)) == len(found) == 3
    for picture in found:
        (spacing,) = picture.paragraph.xpath("./w:pPr/w:spacing")
        assert (spacing.get(qn("w:line")), spacing.get(qn("w:lineRule"))) == ("240", "auto"), "a whole line, not 28 pt"
        assert picture.paragraph.xpath("./w:pPr/w:keepNext")
        assert picture.paragraph.xpath("./w:pPr/w:jc/@w:val") == ["center"]
        section = document.sections[-1]
        shape = picture.paragraph.xpath(".//wp:extent")[0]
        assert int(shape.get("cx")) == section.page_width - section.left_margin - section.right_margin


def test_the_png_shows_the_same_in_few_greys(illustrated):
    for picture in pictures(word(illustrated.docx)):
        image = Image.open(io.BytesIO(picture.png))
        root = etree.fromstring(picture.svg)
        assert image.width / image.height == pytest.approx(
            float(root.get("width")[:-2]) / float(root.get("height")[:-2]), rel=0.01
        )
        assert image.width > 1400 and len(picture.png) < 60_000
        greys = image.convert("RGB").getcolors()
        assert len(greys) <= 16 and all(red == green == blue for _, (red, green, blue) in greys)
        assert len(greys) > 8, "text is there, its edges in greys"


@pytest.mark.slow
def test_the_pdf_says_what_the_charts_say(illustrated):
    with pdfplumber.open(io.BytesIO(illustrated.pdf)) as pdf:
        text = plain("".join(page.extract_text() for page in pdf.pages[-3:]))
        assert not any(page.images for page in pdf.pages), "vectors, no pixels"
    assert "4,465.51万元，86.83%" in text and "单位：万元" in text and "合计1.50万元" in text


@pytest.mark.slow
def test_the_same_charts_come_out_in_the_same_bytes(editions, open_fonts, illustrated):
    editions()
    again = make_publication(load_accounts(EXAMPLE), open_fonts)
    assert (again.docx, again.pdf) == (illustrated.docx, illustrated.pdf)


@pytest.mark.slow
def test_the_style_of_pictures_sets_paragraph_and_type(editions, open_fonts):
    path = editions() / "templates" / "gz-2020.docx"
    template = docx.Document(str(path))
    style = template.styles.add_style("图", docx.enum.style.WD_STYLE_TYPE.PARAGRAPH)
    style.font.size = docx.shared.Pt(9)
    style.font.name = "Arial"
    style.element.rPr.rFonts.set(qn("w:eastAsia"), "黑体")
    template.save(str(path))
    document = word(make_publication(load_accounts(EXAMPLE), open_fonts).docx)
    for picture in pictures(document):
        assert picture.paragraph.style == style.style_id
        (group,) = etree.fromstring(picture.svg).iter(f"{SVG}g")
        assert (group.get("font-family"), group.get("font-size")) == ("黑体", "9")
        assert {span.get("font-family") for span in group.iter(f"{SVG}tspan")} == {"Arial"}


@pytest.mark.slow
def test_without_activity_there_is_a_statement_in_place_of_a_chart(editions, variant, open_fonts):
    editions()
    file = variant(("决算数: {公务用车运行费: 1.50}", "决算数: {公务用车运行费: 0}"))
    document = word(make_publication(load_accounts(file), open_fonts).docx)
    assert [picture.title[:2] for picture in pictures(document)] == ["图一", "图二"]
    paragraphs = [paragraph.text for paragraph in document.paragraphs]
    assert paragraphs[paragraphs.index("图三：图题") - 1] == "本年度无发生额。"


@pytest.mark.slow
def test_a_pie_with_a_negative_slice_is_shown_as_bars(editions, variant, open_fonts):
    editions()
    file = variant(("2199900 其他支出: {项目支出: 10.00}", "2199900 其他支出: {项目支出: -10.00}"))
    chart = pictures(word(make_publication(load_accounts(file), open_fonts).docx))[1]
    assert chart.description.startswith("条形图：2020年度支出决算构成。")
    assert "援助其他地区支出-10.00万元" in chart.description
    shown = texts(chart.svg)
    assert "-10.00万元" in shown and "4,465.51万元" in shown
    assert not any("%" in text for text in shown), "shares of a sum with negative parts mean nothing"


def test_shares_have_the_decimals_that_the_chart_asks_for(editions, variant):
    editions()
    figures = "公务用车运行费: 10.53, 因公出国（境）费: 6.90, 公务接待费: 5.20"
    file = variant(("决算数: {公务用车运行费: 1.50}", f"决算数: {{{figures}}}"))
    accounts = load_accounts(file)
    drawing = draw(chart_of(accounts.edition.charts["图三"], accounts), WORDING, LOOK)
    shares = {"6.90万元，30.5%", "10.53万元，46.5%", "5.20万元，23.0%", "合计22.63万元。"}
    assert {text for text in texts(drawing.svg) if "万元" in text} == shares


def test_more_classes_than_can_be_read_are_put_together(editions, tmp_path):
    editions()
    codes = [str(901 + number) for number in range(40)]
    names = {code + below: f"补充支出{code}" for code in codes for below in ("", "01", "0101")}
    figures = {f"{code}0101": {"基本支出": f"{number}.00"} for number, code in enumerate(codes, 1)}
    accounts = load_accounts(written(tmp_path, with_tables({"表5": figures}, 补充科目=names)))
    chart = chart_of(accounts.edition.charts["图二"], accounts)
    assert [item.amount for item in chart.items] == [*range(12, 41), sum(range(1, 12))]
    assert (chart.items[0].label, chart.items[-1].label) == ("补充支出912", "其余11项")
    assert_legible(draw(chart, WORDING, LOOK))


def test_a_figure_to_compare_with_that_was_left_out(editions):
    editions()
    accounts = load_accounts(EXAMPLE)
    without = replace(accounts, values=accounts.values | {"上年": None})
    with pytest.raises(TemplateFault, match="“图一”要用到“上年”里的“一般公共预算财政拨款收入”，但填报文件没有填写"):
        chart_of(accounts.edition.charts["图一"], without)


def test_a_chart_that_the_edition_does_not_have(editions, open_fonts, tmp_path):
    editions(SPECIFICATION, "图四")
    with pytest.raises(InvalidInput, match="模板要画“图四”，但这个版本没有这幅图"):
        publish(load_accounts(EXAMPLE), tmp_path / "out", open_fonts)


# (what is replaced by what, the text that the message points to, a part of what it says)
DAMAGES = [
    ("表5/*/本年支出合计", "表5/*/支出合计", "各类: 表5/*/支出合计", "“表5/*/支出合计”"),
    ("表5/*/本年支出合计", "表1/*/决算数", "各类: 表1/*/决算数", "没有按科目列示"),
    ("表5/*/本年支出合计", "表5", "名称: 图二", "应写成“表/*/栏”"),
    ("决算数/公务接待费", "决算数/接待费", "等于: 表7/决算数/接待费", "没有栏“接待费”"),
    ("[本年收入, 本年支出]", "[本年收入, 全部支出]", "全部支出", "没有指标“全部支出”"),
    ("[本年收入, 本年支出]", "[本年收入]", "名称: 图一", "“分类”有 2 个"),
    ("上年/基本支出", "年初预算/基本支出", "[年初预算/基本支出", "没有写“基数: 年初预算”"),
    ("上年/基本支出", "上年/", "名称: \"{上年度}", "应写成指标名"),
    ("类型: 柱形图", "类型: 饼图", "名称: 图一", "不能写“系列”"),
    ("类型: 柱形图", "类型: 折线图", "类型: 折线图", "只能是 柱形图、条形图、饼图"),
    ("{年度}年度支出", "{年}年度支出", "标题: \"{年}", "花括号里只能是"),
    ("名称: 图二", "名称: 图一", "图:", "两幅图都叫“图一”"),
    ("各类: 表5/*/本年支出合计", "分组: 表5", "分组: 表5", "没有这个名称"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "spot", "says"), DAMAGES)
def test_a_broken_specification_of_charts_is_refused_with_file_and_line(editions, old, new, spot, says):
    assert old in SPECIFICATION
    broken = SPECIFICATION.replace(old, new, 1)
    file = editions(broken) / "data_specs" / "gz-2020" / "图.yaml"
    with pytest.raises(InvalidInput) as refused:
        load_edition("gz-2020")
    finding = next(finding for finding in refused.value.findings if says in finding.message)
    line = broken.partition(spot)[0].count("\n") + 1
    assert str(finding.places[0]).startswith(f"{file}:{line}:")


# Laws of drawings, whatever the figures.

WORDING = load_edition("gz-2020").wording
LOOK = Look("宋体", "Times New Roman", 10.5, 442.2, 500.0)
LABELS = [
    "一般公共服务支出",
    "文化旅游体育与传媒支出",
    "因公出国（境）费",
    "其他",
    "关于支持城乡公益性社会组织综合服务能力提升的专项补助支出（含上年结转）",
    "5G网络",
]
amounts = st.one_of(
    st.just(Decimal(0)),
    st.decimals("0.01", "0.99", places=2),
    st.decimals(1, 100, places=2),
    st.decimals(1000, 99_999, places=2),
    st.decimals(1_000_000, 99_999_999, places=2),
)
signed = st.one_of(amounts, amounts.map(lambda amount: -amount))


def charts(kind: ChartKind, figures: st.SearchStrategy[Decimal], series: int = 1) -> st.SearchStrategy[Chart]:
    labels = st.sampled_from(LABELS)
    if kind is ChartKind.PIE:
        items = st.lists(st.builds(Item, labels, figures), min_size=1, max_size=14)
        groups = items.map(lambda items: (Group("", tuple(items)),))
    else:
        of_years = st.tuples(*(st.builds(Item, st.just(f"{2019 + year}年度"), figures) for year in range(series)))
        groups = st.lists(st.builds(Group, labels, of_years), min_size=1, max_size=9).map(tuple)
    return st.builds(Chart, st.just("图"), st.just("题"), st.just(kind), groups).filter(
        lambda chart: not chart.is_empty
    )


class Box(NamedTuple):
    """A text where it stands, in points."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


def boxes(drawing: Drawing) -> list[Box]:
    """Every text, as wide as the open fonts make it, as high as a Chinese character."""
    library = FontLibrary.of_machine(())
    found = []
    for element in etree.fromstring(drawing.svg).iter(f"{SVG}text"):
        size = LOOK.size
        width = 0.0
        for part in [element, *element]:
            family = LOOK.font if part is element else part.get("font-family")
            text = (part.text or "") if part is element else part.text
            width += library.choose(family).face.width(text) * size
            if part is not element:
                width += library.choose(LOOK.font).face.width(part.tail or "") * size
        left = float(element.get("x")) - {"start": 0, "middle": 0.5, "end": 1}[element.get("text-anchor")] * width
        base = float(element.get("y"))
        found.append(Box("".join(element.itertext()), left, base - 0.86 * size, left + width, base + 0.14 * size))
    return found


def assert_legible(drawing: Drawing) -> None:
    """No text overlaps another or leaves the picture."""
    top = float(etree.fromstring(drawing.svg).get("viewBox").split()[1])
    found = boxes(drawing)
    for box in found:
        assert box.left >= -0.1 and box.right <= LOOK.width + 0.1, box
        assert box.top >= top - 0.1 and box.bottom <= top + drawing.height + 0.1, box
    for one, two in combinations(found, 2):
        apart = one.right <= two.left or two.right <= one.left or one.bottom <= two.top or two.bottom <= one.top
        assert apart, (one, two)


@pytest.mark.slow
@given(charts(ChartKind.PIE, amounts))
def test_labels_of_a_pie_never_overlap(chart):
    assert_legible(draw(chart, WORDING, LOOK))


def test_a_pie_that_would_not_fit_on_its_page_is_shown_as_bars_with_shares():
    one, many = Item("一般公共服务支出", Decimal(99_999)), (Item("其他支出", Decimal("0.25")) for _ in range(27))
    drawing = draw(Chart("图", "题", ChartKind.PIE, (Group("", (one, *many)),)), WORDING, LOOK)
    assert drawing.description.startswith(
        "条形图：题。合计100,005.75万元，其中：一般公共服务支出99,999.00万元，占99.99%；"
    )
    assert texts(drawing.svg).count("0.25万元，0.0002%") == 27
    assert_legible(drawing)


def test_columns_without_room_for_their_numbers_are_shown_as_bars():
    years = (Item("2019年度", Decimal("12345678.90")), Item("2020年度", Decimal("-1.00")))
    few, many = (Chart("图", "题", ChartKind.COLUMNS, (Group("事业收入", years),) * count) for count in (2, 6))
    assert draw(few, WORDING, LOOK).description.startswith("柱形图")
    drawing = draw(many, WORDING, LOOK)
    assert drawing.description.startswith("条形图：题。事业收入：2019年度12,345,678.90万元，2020年度-1.00万元；")
    assert_legible(drawing)


@given(charts(ChartKind.PIE, amounts))
def test_slices_are_true_and_each_has_its_label(chart):
    drawing = draw(chart, WORDING, LOOK)
    if not drawing.description.startswith("饼图"):
        return
    shown = texts(drawing.svg)
    wanted = [item for item in chart.items if item.amount]
    assert "".join(shown).count("%") == len(wanted), "a share for each slice, and none for a figure of 0"
    for item in wanted:
        assert any(text.startswith(f"{item.amount:,.2f}万元") for text in shown)
    slices = [angle(path) for path in re.findall(r'd="(M[^"]+Z)"', drawing.svg)] + [1.0] * drawing.svg.count("<circle")
    shares = [float(item.amount / chart.total) for item in wanted]
    assert sorted(slices) == pytest.approx(sorted(shares), abs=0.0005)


# The shortest leaders of this pie would run over it. Each slice: whether its label is long, and its amount.
HARD = """
0 1, 0 1, 0 10000000, 1 10000000, 0 1, 0 1, 1 61990, 1 18, 0 1, 0 10000000, 0 54391, 0 1, 1 25595, 1 1, 1 1, 0 1, 0 83
"""
HARD_ITEMS = [Item(LABELS[0] * (3 if text[0] == "1" else 1), Decimal(text[2:])) for text in HARD.strip().split(", ")]


@pytest.mark.slow
@given(charts(ChartKind.PIE, amounts))
@example(Chart("图", "题", ChartKind.PIE, (Group("", tuple(HARD_ITEMS)),)))
def test_leaders_cross_neither_each_other_nor_the_pie(chart):
    drawing = draw(chart, WORDING, LOOK)
    found = [
        [(float(x), float(y)) for x, y in re.findall(r"(-?[\d.]+) (-?[\d.]+)", path)]
        for path in re.findall(r'd="(M[^"]+)" fill="none" stroke="#7A7A7A"', drawing.svg)
    ]
    centre, radius = LOOK.width / 2, 7 * LOOK.size
    for _, elbow, end in found:
        for step in range(21):
            x, y = (start + (stop - start) * step / 20 for start, stop in zip(elbow, end, strict=True))
            assert math.hypot(x - centre, y) > radius
    for (_, *one), (_, *two) in combinations(found, 2):
        assert not cross(*one, *two)


Point = tuple[float, float]


def cross(start: Point, end: Point, other_start: Point, other_end: Point) -> bool:
    """Whether two lines truly cross, and do not just touch, as where slices are narrower than a hair."""

    def side(a: Point, b: Point, c: Point) -> float:
        return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])

    one = side(start, end, other_start), side(start, end, other_end)
    two = side(other_start, other_end, start), side(other_start, other_end, end)
    return all(min(pair) < -5 and max(pair) > 5 for pair in (one, two))


def angle(path: str) -> float:
    """What part of a circle a slice takes, from the points of its path along the edge."""
    numbers = [float(number) for number in re.findall(r"-?[\d.]+", path)]
    points = list(zip(numbers[::2], numbers[1::2], strict=True))
    centre, edge = points[0], points[3::3]
    angles = [math.atan2(y - centre[1], x - centre[0]) for x, y in edge]
    turns = [(after - before) % (2 * math.pi) for before, after in pairwise(angles)]
    return sum(turn for turn in turns if turn < math.pi) / (2 * math.pi)


@pytest.mark.slow
@pytest.mark.parametrize("series", [1, 2, 3])
def test_labels_of_columns_never_overlap(series):
    @given(charts(ChartKind.COLUMNS, signed, series))
    def law(chart):
        assert_legible(draw(chart, WORDING, LOOK))

    law()


@pytest.mark.slow
@given(charts(ChartKind.BARS, signed, 2))
def test_labels_of_bars_never_overlap(chart):
    assert_legible(draw(chart, WORDING, LOOK))


@pytest.mark.slow
@given(charts(ChartKind.COLUMNS, signed, 2))
def test_columns_stand_on_0_and_are_as_high_as_their_figures(chart):
    drawing = draw(chart, WORDING, LOOK)
    if not drawing.description.startswith("柱形图"):
        return
    axis = {box.text: box for box in boxes(drawing)}
    assert "0" in axis, "the axis begins at 0"
    columns = re.findall(r'<rect x="[^"]*" y="([^"]*)" width="[^"]*" height="([^"]*)" fill="#(?!FFFFFF)', drawing.svg)
    heights = [float(height) for _, height in columns]
    figures = [item.amount for item in chart.items if item.amount]
    assert len(heights) == len(figures)
    scale = max(heights) / float(max(map(abs, figures)))
    for height, figure in zip(heights, figures, strict=True):
        assert height == pytest.approx(float(abs(figure)) * scale, abs=0.02)
