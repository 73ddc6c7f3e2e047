"""Where a publication comes from: what both files keep of it, `juesuan status`, and what `build` makes again."""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import pypdf
import pytest
from copies import copied_edition, file_that_says, replace_in
from departments import DEPARTMENT, EXAMPLE, TEXT
from docx import Document
from lxml import etree

from generator.pdf.fonts import FontLibrary

NAME = f"2020年{DEPARTMENT}部门决算"
EXAMPLE_2019 = EXAMPLE.parent / "guangzhou-2019.yaml"
RECORDED = ("填报文件", "部门", "数据", "上年数据", "版本", "模板", "程序", "字体", "草稿", "更正次数", "内容")
SHA256 = re.compile("[0-9a-f]{64}")

pytestmark = pytest.mark.usefixtures("made_once")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where a department keeps its file, with `公开` below it for the publication."""
    (tmp_path / "填报.yaml").write_text(TEXT, encoding="utf-8")
    return tmp_path


@pytest.fixture
def build(run, folder):
    """Builds the publication of the file in `folder`."""

    def build(*options: object):
        return run("build", folder / "填报.yaml", "-o", folder / "公开", *options)

    return build


@pytest.fixture
def state(run, folder):
    """What `juesuan status` says of the one publication, as data; its exit status must go with it."""

    def state(*options: object) -> dict[str, object]:
        result = run("status", folder / "公开", "--format", "json", *options)
        assert result.err == ""
        (one,) = json.loads(result.out)
        assert result.status == (0 if one["状态"] == "最新" else 1)
        return one

    return state


def change(folder: Path, old: str, new: str) -> None:
    replace_in(folder / "填报.yaml", (old, new))


def word_file(folder: Path) -> Path:
    return folder / "公开" / f"{NAME}.docx"


def pdf_file(folder: Path) -> Path:
    return folder / "公开" / f"{NAME}.pdf"


def custom_properties(docx: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(docx)) as package:
        root = etree.fromstring(package.read("docProps/custom.xml"))
    return {element.get("name"): "".join(element.itertext()) for element in root}


def bytes_in(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (folder / "公开").iterdir()}


# What the files keep


def test_both_files_keep_the_same_origin(publication):
    word = custom_properties(publication.docx)
    pdf = pypdf.PdfReader(io.BytesIO(publication.pdf)).metadata
    kept = {name: pdf[f"/决算·{name}"] for name in RECORDED}
    assert kept["填报文件"] == EXAMPLE.name
    assert (kept["部门"], kept["草稿"], kept["更正次数"]) == (DEPARTMENT, "否", "0")
    assert all(SHA256.fullmatch(kept[name]) for name in ("数据", "版本", "模板", "字体", "内容"))
    assert re.fullmatch(r"\d+\.\d+\.\d+ [0-9a-f]{64}", kept["程序"])
    assert {name: word[f"决算·{name}"] for name in RECORDED if name != "内容"} == {
        name: value for name, value in kept.items() if name != "内容"
    }
    assert word["决算·内容"] != kept["内容"]


def test_the_properties_that_a_pdf_had_stay(publication):
    pdf = pypdf.PdfReader(io.BytesIO(publication.pdf), strict=True)
    assert pdf.metadata.title == NAME
    assert pdf.metadata.author == DEPARTMENT
    assert len(pdf.pages) == publication.pages


@pytest.mark.slow
def test_custom_properties_of_a_template_stay_but_for_those_of_programs(run, home, template, tmp_path):
    path = template()
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    uri = "http://schemas.openxmlformats.org/officeDocument/2006"
    parts["docProps/custom.xml"] = (
        f'<Properties xmlns="{uri}/custom-properties" xmlns:vt="{uri}/docPropsVTypes"><property pid="7" name="密级" '
        'fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"><vt:lpwstr>公开</vt:lpwstr></property>'
        '<property pid="8" name="_AuthorEmail" '
        'fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"><vt:lpwstr>a@example.com</vt:lpwstr></property></Properties>'
    ).encode()
    package_ns = "http://schemas.openxmlformats.org/package/2006"
    for name, tag, attributes in (
        (
            "[Content_Types].xml",
            f"{{{package_ns}/content-types}}Override",
            {
                "PartName": "/docProps/custom.xml",
                "ContentType": "application/vnd.openxmlformats-officedocument.custom-properties+xml",
            },
        ),
        (
            "_rels/.rels",
            f"{{{package_ns}/relationships}}Relationship",
            {"Id": "rId77", "Type": f"{uri}/relationships/custom-properties", "Target": "docProps/custom.xml"},
        ),
    ):
        root = etree.fromstring(parts[name])
        etree.SubElement(root, tag, attributes)
        parts[name] = etree.tostring(root)
    with zipfile.ZipFile(path, "w") as package:
        for name, part in parts.items():
            package.writestr(name, part)
    assert run("build", EXAMPLE, "-o", tmp_path / "公开", "--editions", home).status == 0
    kept = custom_properties(word_file(tmp_path).read_bytes())
    assert kept["密级"] == "公开"
    assert "_AuthorEmail" not in kept
    assert kept["决算·部门"] == DEPARTMENT


# status


def test_a_publication_just_made_is_current(build, state, folder):
    build()
    one = state()
    assert (one["状态"], one["原因"], one["说明"]) == ("最新", [], [])
    assert one["填报文件"] == str(folder / "填报.yaml")
    assert (one["草稿"], one["更正次数"]) == (False, 0)
    assert all(len(digest) == 12 for name, digest in one["来源"].items() if name != "程序")


def test_status_in_the_terminal(build, run, folder):
    build()
    fine = run("status", folder / "公开")
    assert (fine.status, fine.out) == (0, f"{NAME}　最新\n共 1 份：最新 1 份。\n")
    change(folder, "30113 住房公积金: 198.93", "30113 住房公积金: 198.92")
    stale = run("status", folder / "公开")
    assert (stale.status, stale.out) == (1, f"{NAME}　过期：填报文件变了\n共 1 份：过期 1 份。\n")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("版本: gz-2020", "# 说明\n\n版本:   gz-2020  # 说明"),
        ("30113 住房公积金: 198.93", '30113 住房公积金:  "198.93"'),
    ],
)
def test_comments_and_spelling_change_nothing(build, state, folder, old, new):
    build()
    change(folder, old, new)
    assert state()["状态"] == "最新"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("30113 住房公积金: 198.93", "30113 住房公积金: 198.92"),
        ("局机关", "本级机关"),
    ],
)
def test_a_changed_figure_or_word_makes_it_stale(build, state, folder, old, new):
    build()
    change(folder, old, new)
    one = state()
    assert (one["状态"], one["原因"]) == ("过期", ["填报文件"])


@pytest.mark.slow
def test_a_changed_edition_or_template_makes_it_stale(run, home, template, folder, build, state):
    build("--editions", home)
    assert state("--editions", home)["状态"] == "最新"
    assert state()["状态"] == "最新"  # the copy is the same edition, wherever its files are
    specification = home / "data_specs" / "gz-2020"
    table = file_that_says("编号: 表5", "表5.yaml", specification)
    table.write_text("# 只是注释\n" + table.read_text(encoding="utf-8"), encoding="utf-8")
    assert state("--editions", home)["状态"] == "最新"
    replace_in(file_that_says("表中零", "版本.yaml", specification), ('表中零: "0.00"', '表中零: "-"'))
    assert state("--editions", home)["原因"] == ["版本的格式"]
    template(lambda document: document.add_paragraph("新的一段"))
    assert state("--editions", home)["原因"] == ["版本的格式", "模板"]


def test_an_edition_spread_over_other_files_is_the_same(run, folder, build, state, tmp_path):
    """An edition that only builds on another and says nothing of its own resolves to the same but for its name."""
    home = copied_edition("gz-2020", tmp_path / "版本").parent.parent
    build("--editions", home)
    head = home / "data_specs" / "gz-2020" / "版本.yaml"
    text = head.read_text(encoding="utf-8")
    head.write_text(re.sub(r"(?m)^\s*#.*\n", "", text) + "\n# 末尾\n", encoding="utf-8")
    assert state("--editions", home)["状态"] == "最新"


def test_times_in_the_package_of_a_template_are_no_change(home, folder, build, state):
    build("--editions", home)
    path = home / "templates" / "gz-2020.docx"
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as package:
        for name, part in reversed(parts.items()):
            package.writestr(zipfile.ZipInfo(name, (2021, 8, 1, 12, 0, 0)), part)
    assert state("--editions", home)["状态"] == "最新"


def test_another_program_or_other_fonts_make_it_stale(build, state, monkeypatch):
    build()
    monkeypatch.setattr("generator.origin.digests._program", lambda: "0.2.0 other")
    assert state()["原因"] == ["程序"]
    of_machine = FontLibrary.of_machine
    monkeypatch.setattr("generator.pdf.fonts.FontLibrary.of_machine", lambda: of_machine(()))
    monkeypatch.setattr("generator.origin.digests._font_file", lambda fonts, name: ("另一个.ttf", 1))
    assert state()["原因"] == ["程序", "字体"]


@pytest.mark.slow
def test_last_years_file_is_told_apart(run, folder, build, state):
    last_year = EXAMPLE_2019.read_text(encoding="utf-8").replace("广州市政务服务数据管理局", DEPARTMENT)
    (folder / "2019.yaml").write_text(last_year, encoding="utf-8")
    text = re.sub(
        r"(?m)^上年:\n((  .*|\s*#.*)?\n)+", "上年: {上年文件: 2019.yaml, 国有资本经营预算财政拨款收入: 0}\n", TEXT
    )
    (folder / "填报.yaml").write_text(text, encoding="utf-8")
    made = build("--draft")
    assert made.status == 0, made.err
    one = state()
    assert (one["状态"], one["草稿"], one["说明"]) == ("最新", True, ["是草稿。"])
    replace_in(folder / "2019.yaml", ("30113 住房公积金: ", "30113 住房公积金: 1"))
    assert state()["原因"] == ["上年填报文件"]


@pytest.mark.slow
def test_a_draft_and_the_final_one_are_not_the_same(build, state, folder):
    build("--draft")
    assert state()["草稿"] is True
    assert "已生成" in build().out
    assert state()["草稿"] is False


def test_the_source_is_looked_for_where_it_is_said_to_be(build, state, folder, tmp_path_factory):
    build()
    elsewhere = tmp_path_factory.mktemp("别处")
    (elsewhere / "某局").mkdir()
    shutil.move(folder / "填报.yaml", elsewhere / "某局" / "填报.yaml")
    one = state()
    assert one["状态"] == "找不到填报文件"
    assert one["说明"] == ["它由“填报.yaml”生成，这里没有这个文件；请用 --source 指出它所在的文件夹。"]
    assert state("--source", elsewhere)["状态"] == "最新"


def test_of_files_that_are_called_the_same_the_departments_own_is_taken(build, state, folder, tmp_path_factory):
    build()
    elsewhere = tmp_path_factory.mktemp("全部")
    for name, text in (("甲局", TEXT.replace(DEPARTMENT, "甲局")), ("乙局", TEXT), ("丙局", "不是填报文件")):
        (elsewhere / name).mkdir()
        (elsewhere / name / "填报.yaml").write_text(text, encoding="utf-8")
    assert state("--source", elsewhere)["填报文件"] == str(elsewhere / "乙局" / "填报.yaml")


def test_a_source_that_cannot_be_used_any_more(build, state, folder):
    build()
    change(folder, "年度: 2020", "年度: 2021")
    one = state()
    assert one["状态"] != "最新"
    assert one["说明"] == [
        "填报文件现在不能用：年度“2021”与版本“gz-2020”不符：这个版本只用于 2020 年度，请核对年度或版本。"
    ]


def test_words_changed_by_hand(build, state, folder):
    build()
    document = Document(str(word_file(folder)))
    document.paragraphs[0].add_run("改")
    document.save(str(word_file(folder)))
    one = state()
    assert (one["状态"], one["原因"]) == ("生成后被改动", [])
    assert "文字有改动" in one["说明"][0]


def test_saved_again_with_the_same_words(build, state, folder):
    build()
    document = Document(str(word_file(folder)))
    document.paragraphs[0].paragraph_format.keep_with_next = True
    document.save(str(word_file(folder)))
    one = state()
    assert one["状态"] == "生成后被改动"
    assert "文字没有变" in one["说明"][0]


@pytest.mark.parametrize("end", ["head", "tail", "saved again"])
def test_a_pdf_that_was_edited(build, state, folder, end):
    build()
    path = pdf_file(folder)
    data = path.read_bytes()
    if end == "head":
        path.write_bytes(data[:2000] + bytes([data[2000] ^ 1]) + data[2001:])
    elif end == "tail":  # as programs do that only add what has changed
        writer = pypdf.PdfWriter(io.BytesIO(data), incremental=True)
        writer.pages[0].rotate(90)
        with path.open("wb") as file:
            writer.write(file)
    else:
        writer = pypdf.PdfWriter(clone_from=path)
        writer.write(path)
    one = state()
    assert one["状态"] == "生成后被改动"
    assert f"“{NAME}.pdf”" in one["说明"][0]


def test_one_of_the_two_is_missing(build, state, folder):
    build()
    pdf_file(folder).unlink()
    one = state()
    assert (one["状态"], one["说明"]) == ("缺一个文件", [f"缺少“{NAME}.pdf”。"])


def test_two_files_of_different_origin(build, state, folder):
    build()
    old = pdf_file(folder).read_bytes()
    change(folder, "局机关", "本级机关")
    build()
    pdf_file(folder).write_bytes(old)
    one = state()
    assert one["状态"] == "两个文件来源不同"
    assert one["说明"] == ["Word 和 PDF 不是同一次生成的，不同的是：填报文件。"]


def test_files_of_other_programs(run, tmp_path):
    Document().save(str(tmp_path / "通知.docx"))
    (tmp_path / "坏的.pdf").write_bytes(b"%PDF-1.7 and nothing more")
    (tmp_path / "~$通知.docx").write_bytes(b"left by Word while it is open")
    (tmp_path / "说明.txt").write_text("不看", encoding="utf-8")
    result = run("status", tmp_path, "--format", "json")
    assert (result.status, result.err) == (1, "")
    assert [(one["名称"], one["状态"]) for one in json.loads(result.out)] == [
        ("坏的", "不是本程序生成的"),
        ("通知", "不是本程序生成的"),
    ]


def test_folders_without_publications(run, tmp_path):
    empty = run("status", tmp_path)
    assert (empty.status, empty.out) == (0, f"“{tmp_path}”里没有公开文本。\n")
    absent = run("status", tmp_path / "没有")
    assert (absent.status, absent.out) == (1, "")
    assert "错误 W106 无法读取" in absent.err


# What build makes again


def test_what_is_current_is_not_made_again(build, folder, made_once):
    build()
    before = bytes_in(folder)
    times = {path: path.stat().st_mtime_ns for path in (folder / "公开").iterdir()}
    again = build()
    assert (again.status, again.err) == (0, "")
    assert again.out.startswith(f"“{folder / '公开'}”里的 Word 和 PDF 已是最新，没有重做")
    assert {path: path.stat().st_mtime_ns for path in (folder / "公开").iterdir()} == times
    made_once.clear()
    forced = build("--force")
    assert forced.out.count("已生成") == 2
    assert {path: path.stat().st_mtime_ns for path in (folder / "公开").iterdir()} != times
    assert bytes_in(folder) == before


def test_what_is_stale_or_missing_is_made_again(build, state, folder):
    build()
    pdf_file(folder).unlink()
    assert build().out.count("已生成") == 2
    change(folder, "局机关", "本级机关")
    assert build().out.count("已生成") == 2
    assert state()["状态"] == "最新"


@pytest.mark.parametrize("edited", [word_file, pdf_file])
def test_what_somebody_edited_is_not_overwritten(build, state, folder, edited):
    build()
    if edited is word_file:
        document = Document(str(word_file(folder)))
        document.paragraphs[0].add_run("改")
        document.save(str(word_file(folder)))
    else:
        writer = pypdf.PdfWriter(clone_from=pdf_file(folder))
        writer.write(pdf_file(folder))
    change(folder, "局机关", "本级机关")
    before = bytes_in(folder)
    refused = build()
    assert (refused.status, refused.out) == (1, "")
    assert f"错误 W104 “{edited(folder)}”生成以后被人改动或重新保存过，没有覆盖" in refused.err
    assert "--force" in refused.err
    assert bytes_in(folder) == before
    assert build("--force").status == 0
    assert state()["状态"] == "最新"


def test_a_document_of_that_name_from_elsewhere_is_not_overwritten(build, folder):
    (folder / "公开").mkdir()
    Document().save(str(word_file(folder)))
    assert "错误 W104" in build().err
    assert build("--force").status == 0


# A full disk


@pytest.fixture
def small_disk(tmp_path_factory):
    """A disk of one and a half megabytes; a test that needs it is skipped where one may not be mounted."""
    place = tmp_path_factory.mktemp("小盘")
    mounted = shutil.which("mount") and subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1500k", "tmpfs", str(place)], capture_output=True, check=False
    )
    if not mounted or mounted.returncode:
        pytest.skip("may not mount a small disk")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def test_a_disk_that_fills_up_leaves_the_files_of_before(run, folder, small_disk):
    """Something else takes all but 40 kB: a second publication finds no room beside the first."""
    first = run("build", folder / "填报.yaml", "-o", small_disk)
    assert first.status == 0, first.err
    before = {path.name: path.read_bytes() for path in small_disk.iterdir()}
    free = os.statvfs(small_disk)
    (small_disk / "别的文件").write_bytes(b"x" * (free.f_bavail * free.f_frsize - 40_000))
    change(folder, "局机关", "本级机关")
    full = run("build", folder / "填报.yaml", "-o", small_disk)
    assert (full.status, full.out) == (1, "")
    assert "错误 W102 无法写入" in full.err
    assert "磁盘已满" in full.err
    (small_disk / "别的文件").unlink()
    assert {path.name: path.read_bytes() for path in small_disk.iterdir()} == before
    assert run("build", folder / "填报.yaml", "-o", small_disk).out.count("已生成") == 2
