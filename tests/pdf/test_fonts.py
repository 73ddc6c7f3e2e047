"""Fonts: which file prints a font name, and what readers other than ours find in the PDF."""

from __future__ import annotations

import io
import re
import shutil
import struct
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pdfplumber
import pypdf
import pypdfium2
import pytest
import reportlab
import uharfbuzz as harfbuzz
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.pdfgen.canvas import Canvas

from generator.pdf.fonts import FontLibrary, MissingCharacterError
from generator.pdf.fonts.face import Face
from generator.pdf.fonts.installed import fontconfig_folders
from generator.pdf.fonts.official import OFFICIAL_FONTS

VERA = Path(reportlab.__path__[0], "fonts")  # TrueType fonts that reportlab brings
BUNDLED = FontLibrary.of_machine(())

# Among them characters that share a glyph in Noto, one beyond the basic plane, and a compatibility ideograph.
RARE = "部门决算（２０２０）“三公”—…①➀·‧•・\u00a0空 格\u3000万元％-\u2011⺇𠘨兀\ufa0c㎡Ⅳ〔1〕"


def printed(*lines: tuple[Face, str], size: float = 12, page: tuple[float, float] = (595, 842)) -> bytes:
    """Return a PDF with each text on a line of its own, 20 points from the left edge."""
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=page, invariant=1, initialFontName=lines[0][0].name)
    for number, (face, text) in enumerate(lines, 1):
        canvas.setFont(face.name, size)
        canvas.drawString(20, page[1] - number * size * 1.5, text)
    canvas.save()
    return file.getvalue()


def characters(pdf: bytes) -> str:
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        return "".join(char["text"] for char in document.pages[0].chars)


def with_pypdf(pdf: bytes) -> str:
    return pypdf.PdfReader(io.BytesIO(pdf)).pages[0].extract_text().rstrip("\n")


def with_pdfium(pdf: bytes) -> str:
    return str(pypdfium2.PdfDocument(pdf)[0].get_textpage().get_text_range())


def embedded(pdf: bytes) -> tuple[set[str], Sequence[Any]]:
    """Return the names of the Type 0 fonts, and each font descriptor once."""
    page: Any = pypdf.PdfReader(io.BytesIO(pdf)).pages[0]
    fonts = [font.get_object() for font in page["/Resources"]["/Font"].values()]
    assert all(font["/Subtype"] == "/Type0" for font in fonts)
    descendants = [font["/DescendantFonts"][0] for font in fonts]
    descriptors = {font.raw_get("/FontDescriptor").idnum: font["/FontDescriptor"] for font in descendants}
    return {font["/BaseFont"] for font in fonts}, list(descriptors.values())


def ink(pdf: bytes) -> tuple[int, int, int, int]:
    """Return left, top, right, bottom of what is black on the page, in points from the top left."""
    picture = pypdfium2.PdfDocument(pdf)[0].render(scale=1).to_pil().convert("L")
    left, top, right, bottom = picture.point(lambda value: 255 * (value < 128)).getbbox()
    return left, top, right, bottom


# --- font files made for a test -----------------------------------------------------------------------------------


def tables_of(path: Path) -> dict[str, bytes]:
    face = harfbuzz.Face(harfbuzz.Blob.from_file_path(str(path)))
    return {tag: bytes(face.reference_table(tag).data) for tag in face.table_tags}


def sfnt(tables: Mapping[str, bytes], *, start: int = 0, kind: bytes = b"\0\1\0\0") -> bytes:
    """Return a font file of `tables` (OpenType, "Organization of an OpenType font"), to stand at `start` in a file."""
    directory, body = struct.pack(">4s4H", kind, len(tables), 0, 0, 0), b""
    base = start + 12 + 16 * len(tables)
    for tag in sorted(tables):
        directory += struct.pack(">4s3I", tag.encode(), 0, base + len(body), len(tables[tag]))
        body += tables[tag] + bytes(-len(tables[tag]) % 4)
    return directory + body


def collection(*fonts: Mapping[str, bytes]) -> bytes:
    """Return a font collection (TTC)."""
    body, offsets, first = b"", [], 12 + 4 * len(fonts)
    for font in fonts:
        offsets.append(first + len(body))
        body += sfnt(font, start=offsets[-1])
    return struct.pack(f">4sHHI{len(fonts)}I", b"ttcf", 1, 0, len(fonts), *offsets) + body


def name_table(names: Mapping[int, str], language: int = 0x0804) -> bytes:
    """Return a `name` table of Windows Unicode names in one language; 0x0804 is Chinese as in mainland China."""
    records, texts = b"", b""
    for number, text in sorted(names.items()):
        encoded = text.encode("utf-16-be")
        records += struct.pack(">6H", 3, 1, language, number, len(encoded), len(texts))
        texts += encoded
    return struct.pack(">3H", 0, len(names), 6 + len(records)) + records + texts


def with_permission(tables: Mapping[str, bytes], permission: int) -> dict[str, bytes]:
    os2 = bytearray(tables["OS/2"])
    struct.pack_into(">H", os2, 8, permission)
    return {**tables, "OS/2": bytes(os2)}


def name_keyed_otf() -> bytes:
    """Return an OpenType font with a CFF table that is not CID-keyed: glyph 3 is “一”, a bar; glyph 2 is “丨”."""

    def index(*objects: bytes) -> bytes:
        ends = [1]
        for one in objects:
            ends.append(ends[-1] + len(one))
        return struct.pack(">HB", len(objects), 2) + struct.pack(f">{len(ends)}H", *ends) + b"".join(objects)

    def number(value: int) -> bytes:
        return b"\x1c" + struct.pack(">h", value)

    def box(left: int, bottom: int, right: int, top: int) -> bytes:
        numbers = (left, bottom, right - left, top - bottom, left - right)
        return number(numbers[0]) + number(numbers[1]) + b"\x15" + b"".join(map(number, numbers[2:])) + b"\x06\x0e"

    charstrings = index(box(0, 0, 500, 700), b"\x0e", box(450, -50, 530, 850), box(50, 350, 950, 430))
    names, strings, subroutines = index(b"Bars"), index(b"bar", b"post"), struct.pack(">H", 0)
    charset = b"\0" + struct.pack(">3H", 1, 391, 392)
    header = b"\1\0\4\2"

    def top(charset_at: int) -> bytes:
        at = charset_at + len(charset)
        return index(
            number(charset_at) + b"\x0f" + number(at) + b"\x11" + number(0) + number(at + len(charstrings)) + b"\x12"
        )

    charset_at = sum(map(len, (header, names, top(0), strings, subroutines)))
    cff = header + names + top(charset_at) + strings + subroutines + charset + charstrings
    vera = tables_of(VERA / "Vera.ttf")
    head = bytearray(vera["head"])
    struct.pack_into(">H", head, 18, 1000)
    cmap = struct.pack(">HHHHI", 0, 1, 3, 10, 12) + struct.pack(
        ">HHIII9I", 12, 0, 16 + 36, 0, 3, 0x20, 0x20, 1, 0x4E00, 0x4E00, 3, 0x4E28, 0x4E28, 2
    )
    return sfnt(
        {
            "CFF ": cff,
            "OS/2": vera["OS/2"],
            "cmap": cmap,
            "head": bytes(head),
            "hhea": vera["hhea"][:34] + struct.pack(">H", 1),
            "hmtx": struct.pack(">Hh3h", 1000, 0, 0, 0, 0),
            "maxp": struct.pack(">IH", 0x00005000, 4),
            "name": name_table({1: "横竖体", 6: "Bars"}),
            "post": vera["post"][:32],
        },
        kind=b"OTTO",
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A machine whose fonts are the four Vera Sans, in a folder below the fonts folder."""
    vera = tmp_path / "truetype"
    vera.mkdir()
    for file in VERA.glob("Vera*.ttf"):
        shutil.copy(file, vera)
    return tmp_path


def library(folder: Path) -> FontLibrary:
    return FontLibrary.of_machine([folder])


# --- finding ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [name for font in OFFICIAL_FONTS for name in font.names] + ["没有的字体", ""])
def test_every_name_is_printed_with_a_font_of_the_installation_at_least(name: str) -> None:
    substitution = BUNDLED.explain(name)
    assert not substitution.real
    assert substitution.face is BUNDLED.choose(name).face
    assert substitution.face.family in ("Noto Serif SC", "Noto Sans SC")
    assert name in substitution.reason
    assert substitution.face.family in substitution.reason


def test_the_substitute_keeps_the_character_of_the_asked_font() -> None:
    assert BUNDLED.choose("黑体").face.family == "Noto Sans SC"
    assert BUNDLED.choose("仿宋_GB2312").face.family == "Noto Serif SC"
    title = BUNDLED.choose("方正小标宋_GBK")
    assert title.face.family == "Noto Serif SC"
    assert title.stroked, "a heavy display face"
    assert not BUNDLED.choose("宋体").stroked


def test_bold_and_italic_without_such_faces_are_drawn() -> None:
    choice = BUNDLED.choose("楷体", bold=True, italic=True)
    assert (choice.stroked, choice.slanted) == (True, True)


def test_an_official_font_is_found_by_the_name_of_its_file(folder: Path) -> None:
    shutil.copy(VERA / "Vera.ttf", folder / "SIMFANG.TTF")
    for name in ("仿宋", "FangSong", "仿宋_GB2312", "fangsong_gb2312"):
        found = library(folder).explain(name)
        assert (found.real, found.face.path.name) == (True, "SIMFANG.TTF")
        assert "SIMFANG.TTF" in found.reason


def test_a_font_of_the_same_design_stands_in(folder: Path) -> None:
    shutil.copy(VERA / "Vera.ttf", folder / "LiberationSerif-Regular.ttf")
    shutil.copy(VERA / "VeraBd.ttf", folder / "LiberationSerif-Bold.ttf")
    found = library(folder)
    assert not found.explain("Times New Roman").real
    assert "Liberation Serif" in found.explain("Times New Roman").reason
    bold = found.choose("Times New Roman", bold=True)
    assert (bold.face.path.name, bold.stroked) == ("LiberationSerif-Bold.ttf", False)


def test_any_installed_font_is_found_by_its_family_with_its_styles(folder: Path) -> None:
    found = library(folder)
    faces = {
        (bold, italic): found.choose("bitstream vera sans", bold=bold, italic=italic)
        for bold in (False, True)
        for italic in (False, True)
    }
    assert {style: choice.face.path.name for style, choice in faces.items()} == {
        (False, False): "Vera.ttf",
        (True, False): "VeraBd.ttf",
        (False, True): "VeraIt.ttf",
        (True, True): "VeraBI.ttf",
    }
    assert not any(choice.stroked or choice.slanted for choice in faces.values())


def test_a_font_is_found_by_its_chinese_name_and_inside_a_collection(folder: Path) -> None:
    vera, serif = tables_of(VERA / "Vera.ttf"), tables_of(VERA / "VeraBd.ttf")
    names = name_table({1: "试验宋体", 4: "试验宋体", 6: "ShiYanSong"})
    (folder / "shiyan.ttc").write_bytes(collection(vera, {**serif, "name": names}))
    face = library(folder).choose("试验宋体").face
    assert (face.path.name, face.index, face.family, face.bold) == ("shiyan.ttc", 1, "试验宋体", True)
    assert characters(printed((face, "Budget 2020"))) == "Budget 2020"


@pytest.mark.parametrize(
    ("permission", "embeds"),
    [(0, True), (0x0002, False), (0x0004, True), (0x0008, True), (0x000A, True), (0x0108, False), (0x0208, False)],
)
def test_a_font_whose_licence_forbids_embedding_is_not_embedded(tmp_path: Path, permission: int, embeds: bool) -> None:
    (tmp_path / "simkai.ttf").write_bytes(sfnt(with_permission(tables_of(VERA / "Vera.ttf"), permission)))
    found = library(tmp_path).explain("楷体")
    assert found.real is embeds
    assert ("许可不允许嵌入" in found.reason) is not embeds


@pytest.mark.parametrize("damage", [lambda font: b"", lambda font: b"not a font", lambda font: font[:600]])
def test_a_broken_font_file_is_passed_over(folder: Path, damage: Callable[[bytes], bytes]) -> None:
    (folder / "simhei.ttf").write_bytes(damage((VERA / "Vera.ttf").read_bytes()))
    (folder / "dangling.ttf").symlink_to(folder / "nowhere")
    found = library(folder)
    assert found.explain("黑体").face.family == "Noto Sans SC"
    assert "simhei.ttf" in found.explain("黑体").reason
    assert found.explain("Bitstream Vera Sans").real


def test_the_folders_of_fontconfig_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", "/data")
    monkeypatch.setenv("HOME", "/home/someone")
    (tmp_path / "conf.d").mkdir()
    (tmp_path / "fonts.conf").write_text('<fontconfig><dir prefix="xdg">fonts</dir><dir>~/.fonts</dir></fontconfig>')
    (tmp_path / "conf.d/50-office.conf").write_text("<fontconfig><dir>/opt/office/fonts</dir></fontconfig>")
    expected = [Path("/data/fonts"), Path("/home/someone/.fonts"), Path("/opt/office/fonts")]
    assert list(fontconfig_folders(tmp_path)) == expected


# --- characters that a font does not have -------------------------------------------------------------------------


def test_a_character_that_the_font_lacks_is_printed_with_one_of_the_installation(folder: Path) -> None:
    found = library(folder)
    name = "Bitstream Vera Sans"
    latin, chinese = (found.choose_for(character, name, bold=True) for character in "a国")
    assert latin is not None and latin.face.path.name == "VeraBd.ttf" and not latin.stroked
    assert chinese is not None and chinese.face.family == "Noto Serif SC" and chinese.stroked


def test_a_character_that_a_display_font_lacks_is_printed_as_heavy(folder: Path) -> None:
    shutil.copy(VERA / "Vera.ttf", folder / "FZXBSJW.TTF")
    found = library(folder)
    assert not found.choose("方正小标宋简体").stroked, "the real font is heavy by itself"
    substitute = found.choose_for("国", "方正小标宋简体")
    assert substitute is not None and substitute.stroked


def test_a_character_that_no_font_has_is_never_printed_as_something_else() -> None:
    unknown = "\U0010fffd"
    assert BUNDLED.choose_for(unknown, "宋体") is None
    face = BUNDLED.choose("宋体").face
    assert not face.covers(unknown)
    for use in (face.advance, face.width, lambda text: printed((face, text))):
        with pytest.raises(MissingCharacterError, match=r"U\+10FFFD"):
            use(unknown)


def test_a_no_break_space_is_a_space_where_the_font_has_none(tmp_path: Path) -> None:
    (tmp_path / "bars.otf").write_bytes(name_keyed_otf())
    face = library(tmp_path).choose("横竖体").face
    assert face.covers("\u00a0") and face.width("一\u00a0一") == 3
    assert characters(printed((face, "一\u00a0一 一"))) == "一\u00a0一 一"


# --- the PDF ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("read", [characters, with_pypdf, with_pdfium])
@pytest.mark.parametrize("name", ["宋体", "黑体"])
def test_copied_text_is_what_was_written(name: str, read: Callable[[bytes], str]) -> None:
    assert read(printed((BUNDLED.choose(name).face, RARE))) == RARE


@pytest.mark.parametrize("read", [characters, with_pypdf, with_pdfium])
def test_copied_text_of_a_truetype_font_is_what_was_written(folder: Path, read: Callable[[bytes], str]) -> None:
    face = library(folder).choose("Bitstream Vera Sans").face
    text = "Final accounts: 1,234.56 · “three” — \u00a0(2020)"
    assert read(printed((face, text))) == text


COVERED = [chr(code) for code in BUNDLED.choose("宋体").face.harfbuzz.unicodes]


@settings(max_examples=30, deadline=None)
@given(st.text(st.sampled_from(COVERED), min_size=1, max_size=40))
def test_whatever_the_font_covers_comes_back_with_the_width_it_was_measured_with(text: str) -> None:
    face = BUNDLED.choose("宋体").face
    with pdfplumber.open(io.BytesIO(printed((face, text), size=10, page=(2000, 50)))) as document:
        chars = document.pages[0].chars
    assert [char["text"] for char in chars] == list(text)
    assert sum(char["adv"] for char in chars) == pytest.approx(face.width(text) * 10, abs=0.01)


def test_a_face_is_embedded_once_as_a_small_subset() -> None:
    song, hei = BUNDLED.choose("宋体").face, BUNDLED.choose("黑体").face
    pdf = printed((song, RARE), (hei, RARE), (song, "再来一次"))
    names, descriptors = embedded(pdf)
    assert all(re.fullmatch(r"/[A-Z]{6}\+Noto(Serif|Sans)SC-Regular-Identity-H", name) for name in names)
    assert [descriptor["/FontFile3"]["/Subtype"] for descriptor in descriptors] == ["/CIDFontType0C"] * 2
    assert len(pdf) < 50_000 < 8_000_000 < song.path.stat().st_size


def test_a_truetype_font_is_embedded_as_truetype(folder: Path) -> None:
    face = library(folder).choose("Bitstream Vera Sans").face
    names, (descriptor,) = embedded(printed((face, "2020")))
    assert len(names) == 1
    assert descriptor["/FontFile2"].get_data()[:4] == b"\0\1\0\0"
    assert len(descriptor["/FontFile2"].get_data()) < 20_000


def test_the_same_text_gives_the_same_bytes_also_when_documents_are_made_side_by_side() -> None:
    face = BUNDLED.choose("宋体").face
    alone = printed((face, RARE))
    files = [io.BytesIO(), io.BytesIO()]
    canvases = [Canvas(file, pagesize=(595, 842), invariant=1, initialFontName=face.name) for file in files]
    for canvas, text in zip(canvases, (RARE, "另一份"), strict=True):
        canvas.setFont(face.name, 12)
        canvas.drawString(20, 842 - 18, text)
    for canvas in reversed(canvases):
        canvas.save()
    assert files[0].getvalue() == alone == printed((face, RARE))
    assert characters(files[1].getvalue()) == "另一份"


def glyph_box(face: Face, character: str, size: float, base: float) -> tuple[float, float, float, float]:
    """Return where HarfBuzz says that the ink of a character is, as `ink` does."""
    extents = harfbuzz.Font(face.harfbuzz).get_glyph_extents(face.glyph(character))
    scale = size / face.harfbuzz.upem
    left, top = 20 + extents.x_bearing * scale, base - extents.y_bearing * scale
    return left, top, left + extents.width * scale, top - extents.height * scale


@pytest.mark.parametrize("character", "一丨国部２）")
@pytest.mark.parametrize("name", ["宋体", "黑体"])
def test_the_drawn_glyph_is_the_right_one(name: str, character: str) -> None:
    face = BUNDLED.choose(name).face
    drawn = ink(printed((face, character), size=100, page=(200, 200)))
    assert drawn == pytest.approx(glyph_box(face, character, 100, base=150), abs=1.5)


def test_the_drawn_glyph_is_the_right_one_in_truetype(folder: Path) -> None:
    face = library(folder).choose("Bitstream Vera Sans").face
    for character in "Aj-|é":
        drawn = ink(printed((face, character), size=100, page=(200, 200)))
        assert drawn == pytest.approx(glyph_box(face, character, 100, base=150), abs=1.5), character


def test_a_cff_font_that_is_not_cid_keyed_is_embedded_by_glyph_number(tmp_path: Path) -> None:
    (tmp_path / "bars.otf").write_bytes(name_keyed_otf())
    face = library(tmp_path).choose("横竖体").face
    left, top, right, bottom = ink(printed((face, "一"), size=100, page=(200, 200)))
    assert (right - left, bottom - top) == pytest.approx((90, 8), abs=1.5)
    left, top, right, bottom = ink(printed((face, "丨"), size=100, page=(200, 200)))
    assert (right - left, bottom - top) == pytest.approx((8, 90), abs=1.5)
    for read in (characters, with_pypdf, with_pdfium):
        assert read(printed((face, "一丨一"))) == "一丨一"
