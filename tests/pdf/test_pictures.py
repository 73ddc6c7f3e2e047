"""Pictures: drawn as vectors where they carry an SVG, in their size and place, with their alternative text."""

import io
import subprocess
import sys

import pypdf
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from word_documents import PORTRAIT, docx, paragraph, png, run

from generator.pdf import FontLibrary, print_document

SINGLE = '<w:spacing w:line="240" w:lineRule="auto"/>'
CENTRED = f'{SINGLE}<w:jc w:val="center"/>'
IMAGE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
LEFT, RIGHT = 79.4, 595.3 - 73.7  # the text area


def drawing(width: float, height: float, placed: str = "", vector: bool = False, more: str = "", name: str = "") -> str:
    """A run with a picture of so many points; `placed` is the inside of a wp:anchor that makes it float."""
    beside = (
        '<a:extLst><a:ext uri="{96DAC541-7B7A-43D3-8B79-37D633B846F1}"><asvg:svgBlip r:embed="rV" '
        'xmlns:asvg="http://schemas.microsoft.com/office/drawing/2016/SVG/main"/></a:ext></a:extLst>'
    )
    kind = "anchor" if placed else "inline"
    return (
        f'<w:r><w:drawing><wp:{kind} behindDoc="0">{placed}<wp:extent cx="{width * 12700:.0f}" '
        f'cy="{height * 12700:.0f}"/><wp:docPr id="1" name="图" descr="{name}"/><a:graphic><a:graphicData><pic:pic>'
        f'<pic:blipFill><a:blip r:embed="rP">{beside if vector else ""}</a:blip>{more}</pic:blipFill></pic:pic>'
        f"</a:graphicData></a:graphic></wp:{kind}></w:drawing></w:r>"
    )


def document(*blocks: str, svg: str | bytes = "", image: bytes | None = None, **more) -> bytes:
    """A document whose pictures show one image and one SVG."""
    relations = "".join(
        f'<Relationship Id="{identity}" Target="media/{name}" Type="{IMAGE}"/>'
        for identity, name in (("rP", "image1.png"), ("rV", "image2.svg"))
    )
    parts = {"word/media/image1.png": image or png(), "word/media/image2.svg": svg}
    return docx(*blocks, parts=parts, relations=relations, **more)


def svg(content: str, more: str = "") -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="200" height="100" viewBox="0 0 200 100" font-family="仿宋" '
        f'font-size="10"{more}>{content}</svg>'
    )


def chart(content: str) -> bytes:
    """A document with an SVG of 200 by 100, drawn at 400 by 200 points."""
    return document(paragraph(drawing(400, 200, vector=True), properties=CENTRED), svg=svg(content))


def left_of_chart() -> float:
    return (LEFT + RIGHT) / 2 - 200


def test_an_svg_is_drawn_as_vectors_in_its_place(printed) -> None:
    shapes = '<rect x="20" y="10" width="50" height="80" fill="#ff0000"/>'
    shapes += '<line x1="0" y1="90" x2="200" y2="90" stroke="#000"/>'
    read = printed(chart(shapes + '<circle cx="150" cy="50" r="20" fill="none" stroke="blue" stroke-dasharray="2 1"/>'))
    page = read.pages[0]
    assert read.printed.remarks == ()
    assert page.images == []
    (axis,) = page.lines
    assert (axis["x0"], axis["width"]) == pytest.approx((left_of_chart(), 400), abs=0.1)
    bar = left_of_chart() + 40, axis["top"] - 160, left_of_chart() + 140, axis["top"]
    inside = [(bar[0] + 2, bar[1] + 2), (bar[2] - 2, bar[3] - 3)]
    assert {color_at(read, x, y) for x, y in inside} == {(255, 0, 0)}
    assert {color_at(read, x, y) for x, y in ((bar[0] - 2, bar[1] + 2), (bar[0] + 2, bar[1] - 2))} == {(255, 255, 255)}
    (circle,) = page.curves
    assert (circle["width"], circle["height"]) == pytest.approx((80, 80), abs=0.1)


def color_at(read, x: float, y: float) -> tuple[int, int, int]:
    """The colour of a point of the first page, as another program shows it."""
    shown = pypdfium2.PdfDocument(read.printed.pdf)[0].render(scale=2).to_pil().convert("RGB")
    return shown.getpixel((round(x * 2), round(y * 2)))


def test_a_chart_of_bars_is_no_table_to_a_reader(printed) -> None:
    lines = "".join(f'<line x1="0" y1="{y}" x2="200" y2="{y}" stroke="#ccc"/>' for y in range(10, 100, 20))
    bars = "".join(
        f'<rect x="{x}" y="{x / 2}" width="15" height="{90 - x / 2}" fill="#888"/>' for x in range(10, 190, 30)
    )
    assert printed(chart(lines + bars)).pages[0].extract_tables() == []


@pytest.mark.parametrize(("anchor", "shift"), [("start", 0.0), ("middle", -0.5), ("end", -1.0)])
def test_words_in_an_svg_are_text_in_the_fonts_of_the_document(printed, anchor: str, shift: float) -> None:
    read = printed(chart(f'<text x="100" y="50" text-anchor="{anchor}">公务接待费12.50万元</text>'))
    assert read.text == "公务接待费12.50万元"
    chars = read.pages[0].chars
    width = chars[-1]["x1"] - chars[0]["x0"]
    assert chars[0]["x0"] == pytest.approx(left_of_chart() + 200 + shift * width, abs=0.5)
    assert {round(char["size"], 1) for char in chars} == {20.0}
    fonts = {str(font) for font in _fonts(read.printed.pdf)}
    assert all("Noto" in font for font in fonts)


def _fonts(pdf: bytes) -> set[str]:
    (page,) = pypdf.PdfReader(io.BytesIO(pdf)).pages
    return {font.get_object()["/BaseFont"] for font in page["/Resources"]["/Font"].values()}


def test_groups_move_and_turn_what_is_in_them(printed) -> None:
    content = '<g transform="translate(100 50)"><g transform="rotate(-90)"><text x="0" y="0">竖</text></g></g>'
    (char,) = printed(chart(content)).pages[0].chars
    assert not char["upright"]
    assert char["x1"] == pytest.approx(left_of_chart() + 200, abs=8)


def test_parts_of_a_label_follow_each_other(printed) -> None:
    content = '<text x="10" y="20">合计 <tspan font-weight="bold" fill="#ff0000">5,143.02</tspan>\n 万元</text>'
    read = printed(chart(content))
    assert read.text == "合计 5,143.02 万元"
    assert {char["text"] for char in read.pages[0].chars if tuple(char["non_stroking_color"]) == (1, 0, 0)} == set(
        "5,143.02"
    )


def test_lines_of_a_label_stand_below_each_other(printed) -> None:
    content = '<text x="10" y="20"><tspan x="10">上行</tspan><tspan x="10" dy="12">下行</tspan></text>'
    first, second = printed(chart(content)).pages[0].extract_text_lines()
    assert (first["text"], second["text"]) == ("上行", "下行")
    assert second["top"] - first["top"] == pytest.approx(24, abs=0.1)


def test_characters_of_an_svg_that_no_font_has_are_named_with_the_paragraph(fonts) -> None:
    from generator.pdf import MissingCharacters

    with pytest.raises(MissingCharacters, match=r"U\+30000.*第 1 段"):
        print_document(chart('<text x="1" y="9">\U00030000</text>'), fonts)


BEYOND = {
    "样式": '<style>rect{fill:red}</style><rect width="9" height="9"/>',
    "外部图片": '<image href="file:///etc/passwd" width="9" height="9"/>',
    "引用": '<use href="#a"/>',
    "脚本": "<script>alert(1)</script>",
    "渐变": '<rect width="9" height="9" fill="url(#g)"/>',
    "裁剪": '<g clip-path="url(#c)"/>',
    "外来元素": "<foreignObject><div/></foreignObject>",
    "太深": "<g>" * 50 + "</g>" * 50,
    "太多": "<g/>" * 30_000,
    "坐标过大": '<line x1="1e300" y1="nan" x2="0" y2="9" stroke="red"/>',
    "坏颜色": '<rect width="9" height="9" fill="不是颜色"/>',
    "坏路径": '<path d="M 0 0 L x y" stroke="red"/>',
    "没有长度的虚线": '<line x2="9" stroke="red" stroke-dasharray="0 0"/>',
    "压成一点": '<g transform="matrix(0 0 0 0 0 0)"><rect width="9" height="9"/></g>',
    "字太大": '<text x="1" y="2" font-size="1e200">字</text>',
}


@pytest.mark.parametrize("content", BEYOND.values(), ids=BEYOND)
def test_an_svg_that_cannot_be_drawn_whole_is_printed_from_the_png_and_remarked(printed, content: str) -> None:
    read = printed(chart(content))
    assert len(read.pages[0].images) == 1
    (remark,) = read.printed.remarks
    assert "位图" in remark.message


@pytest.mark.parametrize(
    "data",
    [b"", b"no xml", b"<svg/>", b'<!DOCTYPE svg [<!ENTITY a "b">]><svg xmlns="http://www.w3.org/2000/svg">&a;</svg>'],
)
def test_what_is_no_svg_is_printed_from_the_png(printed, data: bytes) -> None:
    read = printed(document(paragraph(drawing(20, 20, vector=True), properties=SINGLE), svg=data))
    assert len(read.pages[0].images) == 1
    assert len(read.printed.remarks) == 1


@settings(max_examples=40, deadline=None)
@given(st.text(alphabet='<>/ "=#.,-ML0123456789eZxytextrectpathdgfillsvg', max_size=200))
def test_no_svg_stops_the_printing(content: str) -> None:
    assert print_document(chart(content), FontLibrary.of_machine(())).pages == 1


def test_a_document_with_an_svg_is_the_same_file_every_time(fonts) -> None:
    made = chart('<text x="9" y="9">甲</text><path d="M0 0 L9 9 A5 5 0 0 1 20 20 Z"/>')
    assert print_document(made, fonts).pdf == print_document(made, fonts).pdf


def test_the_alternative_text_is_in_the_file(printed) -> None:
    said = "图一：本年收入5,143.02万元"
    read = printed(document(paragraph(drawing(50, 50, name=said), properties=SINGLE)))
    (page,) = pypdf.PdfReader(io.BytesIO(read.printed.pdf)).pages
    assert said.encode("utf-16-be").hex().upper().encode() in page.get_contents().get_data()
    assert read.text == ""


# Size and place


@pytest.mark.parametrize(("width", "height", "shown"), [(200, 100, (200, 100)), (884, 200, (442.2, 100.05))])
def test_pictures_have_their_size_unless_wider_than_the_column(printed, width, height, shown) -> None:
    read = printed(document(paragraph(drawing(width, height), properties=SINGLE), paragraph("图后")))
    (image,) = read.pages[0].images
    assert (image["width"], image["height"]) == pytest.approx(shown, abs=0.1)
    assert read.tops()[0] > image["bottom"] - 1, "what follows stands below"


def test_a_picture_and_its_caption_stay_on_one_page(printed) -> None:
    filler = [paragraph("文") for _ in range(18)]
    shown = paragraph(drawing(300, 130), properties=f"<w:keepNext/>{CENTRED}")
    read = printed(document(*filler, shown, paragraph("图一")))
    assert [len(page.images) for page in read.pages] == [0, 1]
    assert read.lines(1) == ["图一"]


def test_a_cropped_picture_shows_a_part_in_its_frame(printed) -> None:
    half = '<a:srcRect l="50000"/>'
    (image,) = printed(document(paragraph(drawing(100, 40, more=half), properties=SINGLE))).pages[0].images
    assert (image["x0"], image["x1"]) == pytest.approx((LEFT - 100, LEFT + 100), abs=0.1), "its left half is cut off"


def test_a_picture_higher_than_an_exact_line_is_shown_whole_and_remarked(printed) -> None:
    read = printed(document(paragraph(drawing(100, 60)), paragraph("后")))
    assert read.pages[0].images[0]["height"] == pytest.approx(60)
    (remark,) = read.printed.remarks
    assert "行距" in remark.message


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "BMP", "TIFF"])
def test_pictures_of_the_usual_kinds_are_printed(printed, kind: str) -> None:
    output = io.BytesIO()
    Image.new("RGB", (20, 10), (200, 0, 0)).save(output, kind)
    read = printed(document(paragraph(drawing(40, 20), properties=SINGLE), image=output.getvalue()))
    assert len(read.pages[0].images) == 1
    assert read.printed.remarks == ()


@pytest.mark.parametrize("data", [b"\x89PNG\r\n\x1a\n broken", png(50, 50)[:60], b"\xff\xd8\xff\xe0", b"\x01\0\0\0EMF"])
def test_broken_and_unknown_pictures_are_remarked_with_the_words_of_the_paragraph(printed, data: bytes) -> None:
    read = printed(document(paragraph(run("见图") + drawing(40, 20), properties=SINGLE), image=data))
    (remark,) = read.printed.remarks
    assert "image1.png" in remark.message
    assert remark.place == "第 1 段“见图”"


def offset(axis: str, base: str, amount: float | str) -> str:
    inner = (
        f"<wp:align>{amount}</wp:align>"
        if isinstance(amount, str)
        else f"<wp:posOffset>{amount * 12700:.0f}</wp:posOffset>"
    )
    return f'<wp:position{axis} relativeFrom="{base}">{inner}</wp:position{axis}>'


@pytest.mark.parametrize(
    ("across", "down", "place"),
    [
        (("page", 100), ("page", 200), (100, 200)),
        (("margin", 10), ("margin", 20), (LEFT + 10, 104.9 + 20)),
        (("column", "right"), ("page", "bottom"), (RIGHT - 60, 841.9 - 30)),
        (("margin", "center"), ("page", "center"), ((LEFT + RIGHT) / 2 - 30, 841.9 / 2 - 15)),
        (("page", "outside"), ("paragraph", 5), (595.3 - 60, 104.9 + 28 + 5)),
    ],
)
def test_a_floating_picture_stands_where_it_is_anchored(printed, across, down, place) -> None:
    placed = offset("H", *across) + offset("V", *down) + "<wp:wrapNone/>"
    read = printed(document(paragraph("上"), paragraph(run("字") + drawing(60, 30, placed)), paragraph("下")))
    (image,) = read.pages[0].images
    assert (image["x0"], image["top"]) == pytest.approx(place, abs=0.6)
    assert read.tops()[2] - read.tops()[1] == pytest.approx(28), "it takes no room between the lines"
    assert read.printed.remarks == ()


def test_text_stands_below_a_picture_that_lets_none_beside_it(printed) -> None:
    placed = offset("H", "column", 0) + offset("V", "paragraph", 10) + "<wp:wrapTopAndBottom/>"
    read = printed(document(paragraph("上"), paragraph(run("字") + drawing(60, 100, placed))))
    assert read.tops()[1] - read.tops()[0] == pytest.approx(28 + 110)


def test_a_picture_with_text_at_its_sides_stands_above_the_text_and_is_remarked(printed) -> None:
    placed = offset("H", "column", 0) + offset("V", "paragraph", 0) + '<wp:wrapSquare wrapText="bothSides"/>'
    read = printed(document(paragraph(run("环绕的文字") + drawing(60, 100, placed))))
    (remark,) = read.printed.remarks
    assert "环绕" in remark.message
    assert read.tops()[0] > read.pages[0].images[0]["bottom"]


def test_pictures_in_a_header_are_on_every_page(printed) -> None:
    reference = '<w:headerReference w:type="default" r:id="header1"/>'
    header = paragraph(drawing(60, 30), properties=SINGLE)
    related = f'<Relationship Id="rP" Target="media/image1.png" Type="{IMAGE}"/>'
    namespace = "http://schemas.openxmlformats.org/package/2006/relationships"
    made = docx(
        *[paragraph("文") for _ in range(30)],
        last_section=f"<w:sectPr>{reference}{PORTRAIT}</w:sectPr>",
        stories={"header1": header},
        parts={
            "word/media/image1.png": png(),
            "word/_rels/header1.xml.rels": f'<Relationships xmlns="{namespace}">{related}</Relationships>',
        },
    )
    assert [len(page.images) for page in printed(made).pages] == [1, 1]


@pytest.mark.parametrize(
    ("properties", "said"),
    [
        ('<a:xfrm rot="5400000"/>', "旋转"),
        ('<a:xfrm flipH="1"/>', "翻转"),
        ("<a:effectLst><a:outerShdw/></a:effectLst>", "阴影"),
    ],
)
def test_what_is_done_to_a_picture_beyond_cropping_is_remarked(printed, properties: str, said: str) -> None:
    changed = drawing(60, 30).replace("</pic:pic>", f"<pic:spPr>{properties}</pic:spPr></pic:pic>")
    read = printed(document(paragraph(run("见图") + changed, properties=SINGLE)))
    (remark,) = read.printed.remarks
    assert said in remark.message
    assert remark.place == "第 1 段“见图”"


def test_the_frame_of_a_picture_is_drawn(printed) -> None:
    line = '<pic:spPr><a:ln w="12700"><a:solidFill><a:srgbClr val="0000FF"/></a:solidFill></a:ln></pic:spPr>'
    read = printed(document(paragraph(drawing(60, 30).replace("</pic:pic>", f"{line}</pic:pic>"), properties=SINGLE)))
    page = read.pages[0]
    (image,) = page.images
    blue = [line for line in page.lines if tuple(line["stroking_color"]) == (0, 0, 1)]
    assert len(blue) == 4
    assert min(line["x0"] for line in blue) == pytest.approx(image["x0"], abs=0.1)
    assert max(line["bottom"] for line in blue) == pytest.approx(image["bottom"], abs=0.1)


def test_a_logo_in_a_header_does_not_move_the_text_of_the_page(printed) -> None:
    placed = offset("H", "page", 60) + offset("V", "page", 20) + '<wp:wrapSquare wrapText="bothSides"/>'
    reference = '<w:headerReference w:type="default" r:id="header1"/>'
    related = f'<Relationship Id="rP" Target="media/image1.png" Type="{IMAGE}"/>'
    namespace = "http://schemas.openxmlformats.org/package/2006/relationships"
    made = docx(
        paragraph("正文"), last_section=f"<w:sectPr>{reference}{PORTRAIT}</w:sectPr>",
        stories={"header1": paragraph(run("某某局") + drawing(60, 200, placed))},
        parts={
            "word/media/image1.png": png(),
            "word/_rels/header1.xml.rels": f'<Relationships xmlns="{namespace}">{related}</Relationships>',
        },
    )  # fmt: skip
    read = printed(made)
    (image,) = read.pages[0].images
    assert (image["x0"], image["top"]) == pytest.approx((60, 20), abs=0.1)
    assert read.tops()[-1] == pytest.approx(printed(docx(paragraph("正文"))).tops()[0])
    (remark,) = read.printed.remarks
    assert remark.place == "页眉“某某局”"


@pytest.mark.slow
def test_svg_is_only_looked_into_where_a_document_has_one() -> None:
    """Its library takes a tenth of a second to load, which every publication without charts would pay."""
    print_it = "from generator.pdf import FontLibrary, print_document; import sys; made = sys.stdin.buffer.read(); "
    print_it += "print_document(made, FontLibrary.of_machine(())); print('svglib' in sys.modules)"
    loaded = [
        subprocess.run([sys.executable, "-c", print_it], input=made, capture_output=True, check=True).stdout.strip()
        for made in (docx(paragraph("甲")), chart("<rect width='9' height='9'/>"))
    ]
    assert loaded == [b"False", b"True"]
