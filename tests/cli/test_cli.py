"""The command `juesuan`, as finance staff use it."""

from __future__ import annotations

import importlib.metadata
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import jsonschema
import pypdf
import pytest
from copies import ROOT
from departments import EXAMPLE, example, written
from docx import Document
from published import text_of

NAME = "2020年广州市海珠区政务服务数据管理局部门决算"
COMMANDS = ("build", "check", "fix", "show", "rules", "new", "schema", "fonts", "messages", "template", "edition")
PARTS = ("template list", "template check", "template show", "template names")
PARTS += ("edition list", "edition check", "edition new")
CONTRADICTION = ("30113 住房公积金: 198.93", "30113 住房公积金: 298.93")

pytestmark = pytest.mark.usefixtures("made_once")


def test_build_writes_both_files_and_says_so(run, tmp_path):
    result = run("build", EXAMPLE, "-o", tmp_path / "新文件夹" / "output")
    assert (result.status, result.err) == (0, "")
    folder = tmp_path / "新文件夹" / "output"
    first, second, third = result.out.splitlines()
    assert first == f"已生成 {folder / NAME}.docx"
    assert second == f"已生成 {folder / NAME}.pdf"
    assert re.fullmatch(r"用时 \d+\.\d\d 秒", third)
    assert sorted(path.name for path in folder.iterdir()) == [f"{NAME}.docx", f"{NAME}.pdf"]
    assert Document(str(folder / f"{NAME}.docx")).paragraphs
    pdf = pypdf.PdfReader(folder / f"{NAME}.pdf")
    assert pdf.metadata.title == NAME
    assert pdf.root_object["/Lang"] == "zh-CN"
    assert len(pdf.pages) > 20


def test_build_writes_to_output_unless_told_otherwise(run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert run("build", EXAMPLE).status == 0
    assert sorted(path.suffix for path in (tmp_path / "output").iterdir()) == [".docx", ".pdf"]


def test_build_replaces_what_it_wrote_before(run, tmp_path):
    old = tmp_path / f"{NAME}.docx"
    old.write_bytes(b"old")
    assert run("build", EXAMPLE, "-o", tmp_path).status == 0
    assert old.read_bytes().startswith(b"PK")


def test_a_contradiction_stops_the_publication(run, variant, tmp_path):
    result = run("build", variant(CONTRADICTION), "-o", tmp_path / "output")
    assert (result.status, result.out) == (1, "")
    assert "错误 G603 表6 人员经费和公用经费合计：“表6 › 人员经费合计 › 金额”是 2,478.61" in result.err
    assert "之和是 2,578.62，相差 100.01" in result.err
    assert not (tmp_path / "output").exists()


@pytest.mark.slow
def test_a_draft_is_made_all_the_same_and_every_page_says_so(run, variant, tmp_path):
    result = run("build", variant(CONTRADICTION), "-o", tmp_path / "output", "--draft")
    assert result.status == 0
    assert "错误 G603" in result.err
    pages = pypdf.PdfReader(tmp_path / "output" / f"{NAME}.pdf").pages
    assert [number for number, page in enumerate(pages, 1) if "草稿" not in page.extract_text()] == []
    document = Document(str(tmp_path / "output" / f"{NAME}.docx"))
    headers = [section.header for section in document.sections if not section.header.is_linked_to_previous]
    assert all("草稿" in header.paragraphs[0].text for header in headers)
    assert "草稿" not in text_of(document)


def test_a_draft_of_an_unreadable_file_is_not_made(run, variant, tmp_path):
    assert run("build", variant(("年度: 2020", "年度: 2021")), "--draft", "-o", tmp_path / "output").status == 1
    assert not (tmp_path / "output").exists()


def test_a_folder_that_cannot_be_written_to(run, tmp_path):
    blocked = tmp_path / "output"
    blocked.write_text("a file, not a folder", encoding="utf-8")
    result = run("build", EXAMPLE, "-o", blocked)
    assert result.status == 1
    assert "错误 W102 无法写入" in result.err
    assert blocked.read_text(encoding="utf-8") == "a file, not a folder"


def test_both_files_or_neither(run, tmp_path):
    """A folder in the place of the PDF: the Word file of before must not be replaced either."""
    old = tmp_path / f"{NAME}.docx"
    old.write_bytes(b"old")
    (tmp_path / f"{NAME}.pdf").mkdir()
    result = run("build", EXAMPLE, "-o", tmp_path)
    assert result.status == 1
    assert "错误 W102" in result.err
    assert old.read_bytes() == b"old"
    assert sorted(path.name for path in tmp_path.iterdir()) == [f"{NAME}.docx", f"{NAME}.pdf"]


def test_a_character_that_no_font_has_is_named(run, variant, tmp_path):
    result = run("build", variant(("局机关", "局\U0001f600机关")), "-o", tmp_path / "output")
    assert result.status == 1
    assert "U+1F600" in result.err
    assert not (tmp_path / "output").exists()


def test_check(run, variant):
    fine = run("check", EXAMPLE)
    assert (fine.status, fine.err) == (0, "")
    assert "核对无误" in fine.out
    wrong = run("check", variant(CONTRADICTION))
    assert (wrong.status, wrong.err) == (1, "")
    assert "错误 G603" in wrong.out


def test_a_new_file_tells_what_to_fill_in(run, tmp_path):
    file = tmp_path / "填报.yaml"
    made = run("new", "gz-2020", "-o", file)
    assert made.status == 0
    assert str(file) in made.out
    text = file.read_text(encoding="utf-8")
    assert all(len(line) < 400 for line in text.splitlines())
    checked = run("check", file)
    assert checked.status == 1
    assert "缺少“部门”" in checked.out
    assert "缺少“主要职责”" in checked.out
    assert "错误 R" not in checked.out
    assert "错误 A102" not in checked.out


def test_a_new_file_comments_on_every_field(run, tmp_path):
    file = tmp_path / "填报.yaml"
    run("new", "gz-2020", "-o", file)
    lines = file.read_text(encoding="utf-8").splitlines()
    keys = [index for index, line in enumerate(lines) if re.match(r"\s*(- )?[^#\s-][^:]*:", line)]
    indicators = ("一般公共预算", "政府性基金", "国有资本", "上级补助", "事业收入", "经营", "附属单位", "其他收入")
    indicators += ("基本支出", "项目支出", "上缴上级", "对附属单位")
    bare = [
        lines[index]
        for index in keys
        if not lines[index - 1].lstrip().startswith("#") and not lines[index].strip().startswith(indicators)
    ]
    assert bare == []
    assert len(keys) > 80


def test_a_new_file_never_replaces_one(run, tmp_path):
    file = tmp_path / "填报.yaml"
    file.write_text("filled in already", encoding="utf-8")
    result = run("new", "gz-2020", "-o", file)
    assert result.status == 1
    assert "没有覆盖" in result.err
    assert file.read_text(encoding="utf-8") == "filled in already"


def test_a_new_file_where_there_is_no_folder(run, tmp_path):
    result = run("new", "gz-2020", "-o", tmp_path / "没有" / "填报.yaml")
    assert result.status == 1
    assert result.err.startswith("错误 W10")


@pytest.fixture
def schema(run):
    return json.loads(run("schema", "gz-2020").out)


def fields(schema, path=""):
    """Every key that `schema` describes, with its own schema."""
    for name, part in schema.get("properties", {}).items():
        yield f"{path}/{name}", part
        yield from fields(part, f"{path}/{name}")
    if "items" in schema:
        yield from fields(schema["items"], path)


def test_the_schema_accepts_the_example_and_describes_every_field(schema):
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate(example() | {"年度": 2020, **counted()})
    silent = [path for path, part in fields(schema) if not part.get("description")]
    # Rows and columns of tables, and indicators, are named in full by their own keys.
    by_indicator = re.compile("^/(上年|年初预算|变动原因/比上年|变动原因/比年初预算)/")
    assert [path for path in silent if not path.startswith("/决算表/表") and not by_indicator.match(path)] == []
    assert len(list(fields(schema))) > 100


def counted():
    """The parts of the example that hold whole numbers, with numbers in the place of texts."""
    data = example()

    def numbers(value):
        if isinstance(value, dict):
            return {key: numbers(entry) for key, entry in value.items()}
        if isinstance(value, list):
            return [numbers(entry) for entry in value]
        return json.loads(value) if re.fullmatch(r"\d+(\.\d+)?", value) else value

    return {name: numbers(data[name]) for name in ("三公经费", "国有资产", "绩效")}


@pytest.mark.parametrize(
    "broken",
    [
        {"版本": "gz-1999"},
        {"金额单位": "亿元"},
        {"部门": ""},
        {"备注": "无"},
        {"决算表": {"表17": {}}},
        {"决算表": {"表2": {"2060101": {"财政拔款收入": 1}}}},
        {"决算表": {"表6": {"30101": "约1"}}},
        {"上年": {}},
    ],
)
def test_the_schema_refuses_what_the_program_refuses(schema, broken, run, tmp_path):
    data = example() | {"年度": 2020, **counted()} | broken
    assert list(jsonschema.Draft202012Validator(schema).iter_errors(data))
    assert run("check", written(tmp_path, data)).status == 1


def test_fonts_shows_what_prints_each_official_font(run):
    result = run("fonts", "gz-2020")
    assert result.status == 0
    assert "仿宋" in result.out
    assert "黑体" in result.out
    assert len(re.findall(r"^\S+.* → .+$", result.out, re.MULTILINE)) >= 4
    files = [line.strip() for line in result.out.splitlines() if line.strip().startswith("/")]
    assert all(Path(file).is_file() for file in files)


@pytest.mark.parametrize("arguments", [[], ["--help"], ["-h"]])
def test_help_is_in_chinese(run, arguments):
    result = run(*arguments)
    assert result.status == 0
    assert all(command in result.out for command in COMMANDS)
    assert "用法：" in result.out
    assert not re.search("Usage|Options|Commands|Show|Install", result.out)


@pytest.mark.parametrize("command", [*COMMANDS, *PARTS])
def test_each_command_explains_itself_in_chinese(run, command):
    result = run(*command.split(), "--help")
    assert result.status == 0
    assert "用法：" in result.out
    assert not re.search("Usage|Options|Arguments|Show|required|default", result.out)


@pytest.mark.parametrize(
    "arguments",
    [
        ["bild"],
        ["build"],
        ["build", "a.yaml", "b.yaml"],
        ["build", "a.yaml", "--fast"],
        ["new", "gz-2020"],
        ["schema"],
        ["template", "chek"],
        ["template", "check"],
        ["edition", "new", "gz-2021"],
    ],
)
def test_misuse(run, arguments):
    result = run(*arguments)
    assert (result.status, result.out) == (2, "")
    assert result.err.startswith("用法不对：")
    assert not re.search(r"[A-Za-z]{6,}", re.sub("juesuan|--help|" + "|".join(arguments), "", result.err))


@pytest.mark.parametrize("command", [["schema", "gz-1999"], ["fonts", "gz-1999"], ["new", "gz-1999", "-o", "x.yaml"]])
def test_an_unknown_edition(run, command, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    result = run(*command)
    assert (result.status, result.out) == (1, "")
    assert re.search("没有版本“gz-1999”，现有：.*gz-2020", result.err)
    assert list(tmp_path.iterdir()) == []


def juesuan(*arguments: object, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """The command in a process of its own."""
    root = str(ROOT)
    return subprocess.run(
        [sys.executable, "-c", "from generator.cli import main; main()", *map(str, arguments)],
        env=os.environ | {"PYTHONPATH": root} | environment,
        capture_output=True,
        timeout=60,
        check=False,
    )


@pytest.mark.slow
def test_as_a_process(tmp_path):
    done = juesuan("build", EXAMPLE, "-o", tmp_path)
    assert (done.returncode, done.stderr) == (0, b"")
    assert f"{NAME}.pdf" in done.stdout.decode()
    assert juesuan("check", tmp_path / "没有.yaml").returncode == 1
    assert juesuan("check").returncode == 2


def test_a_console_that_lacks_a_character_still_gets_the_message(tmp_path):
    done = juesuan("check", tmp_path / "没有.yaml", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert done.returncode == 1
    assert b"R101" in done.stdout
    assert b"Traceback" not in done.stderr


def test_show_tells_stated_figures_from_derived_ones(run):
    shown = run("show", EXAMPLE, "表5")
    assert shown.status == 0
    lines = {line.split()[0]: line.split()[2:] for line in shown.out.splitlines() if line.strip()[:3].isdigit()}
    assert lines["2060101"] == ["1,432.23", "669.88*", "762.35*"]
    assert lines["20601"] == ["4,465.51", "2,202.90", "2,262.61*"]


def test_show_names_the_columns_that_hold_nothing_but_zeros(run):
    shown = run("show", EXAMPLE, "表2")
    assert "各行都是 0 的栏：上级补助收入、事业收入、经营收入、附属单位上缴收入、其他收入" in shown.out
    assert "表2" in shown.out
    assert "表3" not in shown.out


def test_show_knows_the_tables(run):
    unknown = run("show", EXAMPLE, "表12")
    assert (unknown.status, unknown.out) == (1, "")
    assert "没有表“表12”" in unknown.err


def test_the_handbook_of_checks_is_the_page_in_the_docs(run):
    page = EXAMPLE.parent.parent.parent / "docs" / "勾稽关系-gz-2020.md"
    assert run("rules", "gz-2020").out == page.read_text(encoding="utf-8")


def test_editions_of_ones_own_by_option(run, tmp_path):
    home = tmp_path / "版本"
    assert run("edition", "new", "gz-2021", "--from", "gz-2020", "--editions", home).status == 0
    listed = run("template", "list", "--editions", home).out
    assert str(home / "data_specs" / "gz-2021") in listed
    assert str(home / "templates" / "gz-2021.docx") in listed
    assert "gz-2020" in listed
    assert "gz-2021" not in run("template", "list").out  # the option holds for one command


@pytest.mark.slow
def test_a_file_is_built_with_an_edition_of_ones_own(run, tmp_path):
    home = tmp_path / "版本"
    run("edition", "new", "gz-2021", "--from", "gz-2020", "--editions", home)
    data = example() | {"版本": "gz-2021", "年度": "2021"}
    data["绩效"]["整体支出"]["附表"][0]["标题"] = "2021年度主要工作数量情况表"
    file = written(tmp_path, data)
    assert run("check", file).status == 1
    result = run("build", file, "--editions", home, "-o", tmp_path / "output")
    assert (result.status, result.err) == (0, "")
    assert (tmp_path / "output" / NAME.replace("2020", "2021")).with_suffix(".pdf").is_file()


@pytest.mark.parametrize("command", [["check", EXAMPLE], ["rules", "gz-2020"], ["template", "list"]])
def test_a_folder_that_holds_no_editions(run, tmp_path, monkeypatch, command):
    result = run(*command, "--editions", tmp_path)
    assert (result.status, result.out) == (1, "")
    assert f"错误 S002 --editions 指的“{tmp_path}”不是版本文件夹" in result.err
    monkeypatch.setenv("JUESUAN_EDITIONS", str(tmp_path))
    result = run(*command)
    assert result.status == 1
    assert "错误 S002 环境变量 JUESUAN_EDITIONS 指的" in result.out + result.err


def test_next_years_edition(run, tmp_path):
    home = tmp_path / "版本"
    made = run("edition", "new", "gz-2021", "--from", "gz-2020", "--editions", home)
    assert (made.status, made.err) == (0, "")
    head = (home / "data_specs" / "gz-2021" / "版本.yaml").read_text(encoding="utf-8")
    assert "\n编号: gz-2021\n" in head
    assert "\n年度: 2021\n" in head
    assert "\n名称: 广州市 2021 年度" in head
    # What a person has to look at is listed with its place, and what to do next.
    assert f"{home / 'data_specs' / 'gz-2021' / '版本.yaml'}:1:1　写着 2020" in made.out
    assert f"juesuan template check gz-2021 --editions {home}" in made.out
    assert run("edition", "check", "gz-2021", "--editions", home).status == 0
    assert run("template", "check", "gz-2021", "--editions", home).status == 0


def test_the_old_year_in_the_template_is_listed_by_paragraph(run, tmp_path):
    home = tmp_path / "版本"
    run("edition", "new", "gz-2021", "--from", "gz-2020", "--editions", home)
    template = home / "templates" / "gz-2021.docx"
    document = Document(str(template))
    document.paragraphs[8].text = "按照二〇二一年的口径"
    document.save(str(template))
    made = run("edition", "new", "gz-2022", "--from", "gz-2021", "--editions", home)
    assert f"{home / 'templates' / 'gz-2022.docx'}（第 9 段“按照二〇二一年的口径”）　写着 2021" in made.out


def test_an_edition_that_builds_on_another_keeps_doing_so(run, tmp_path):
    home = tmp_path / "版本"
    (home / "data_specs" / "gz-2021").mkdir(parents=True)
    head = "沿用版本: gz-2020\n编号: gz-2021\n名称: 2021 年\n年度: 2021\n"
    source = ROOT / "data_specs" / "gz-2020" / "版本.yaml"
    rest = re.sub(r"(?m)^(编号|名称|年度|沿用版本):.*\n", "", source.read_text(encoding="utf-8"))
    (home / "data_specs" / "gz-2021" / "版本.yaml").write_text(head + rest, encoding="utf-8")
    made = run("edition", "new", "gz-2022", "--from", "gz-2021", "--editions", home)
    assert (made.status, made.err) == (0, "")
    folder = home / "data_specs" / "gz-2022"
    assert [path.name for path in folder.iterdir()] == ["版本.yaml"]
    assert "沿用版本: gz-2020\n" in (folder / "版本.yaml").read_text(encoding="utf-8")
    assert (home / "templates" / "gz-2022.docx").is_file()
    assert run("edition", "check", "gz-2022", "--editions", home).status == 0


@pytest.mark.parametrize(
    ("new", "old", "says"),
    [
        ("gz-2020", "gz-2020", "已有版本“gz-2020”"),
        ("gz-next", "gz-2020", "以四位年度结尾"),
        ("../gz-2021", "gz-2020", "新版本的编号“../gz-2021”不对"),
        ("gz-2021", "gz-1999", "没有版本“gz-1999”"),
    ],
)
def test_an_edition_that_cannot_be_made(run, tmp_path, new, old, says):
    home = tmp_path / "版本"
    result = run("edition", "new", new, "--from", old, "--editions", home)
    assert (result.status, result.out) == (1, "")
    assert says in result.err
    assert not home.exists()


def test_a_new_edition_replaces_nothing(run, tmp_path):
    home = tmp_path / "版本"
    (home / "data_specs").mkdir(parents=True)
    (home / "templates").mkdir()
    (home / "templates" / "gz-2021.docx").write_bytes(b"mine")
    result = run("edition", "new", "gz-2021", "--from", "gz-2020", "--editions", home)
    assert result.status == 1
    assert "没有覆盖" in result.err
    assert (home / "templates" / "gz-2021.docx").read_bytes() == b"mine"
    assert list((home / "data_specs").iterdir()) == []


def test_a_specification_that_is_wrong_is_listed_as_such(run, tmp_path):
    home = tmp_path / "版本"
    run("edition", "new", "gz-2021", "--from", "gz-2020", "--editions", home)
    file = home / "data_specs" / "gz-2021" / "表1.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("编号: 表1", "编号: 表3"), encoding="utf-8")
    checked = run("edition", "check", "gz-2021", "--editions", home)
    assert checked.status == 1
    assert "表1.yaml" in checked.err
    assert "juesuan edition check gz-2021" in run("edition", "list", "--editions", home).out


def test_reading_a_file_loads_nothing_of_word_or_pdf():
    code = (
        "import sys; from generator.cli import main\n"
        f"sys.argv = ['juesuan', 'check', {str(EXAMPLE)!r}]\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "slow = ('jinja2', 'docx', 'docxtpl', 'lxml', 'reportlab', 'uharfbuzz')\n"
        "print([name for name in slow if name in sys.modules])"
    )
    root = str(ROOT)
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, timeout=60, check=True)
    assert done.stdout.decode().splitlines()[-1] == "[]"


def test_a_new_edition_goes_where_the_environment_says(run, tmp_path, monkeypatch):
    home = tmp_path / "版本"
    (home / "data_specs").mkdir(parents=True)
    monkeypatch.setenv("JUESUAN_EDITIONS", str(home))
    made = run("edition", "new", "gz-2021", "--from", "gz-2020")
    assert made.status == 0
    assert (home / "data_specs" / "gz-2021" / "版本.yaml").is_file()
    assert (home / "templates" / "gz-2021.docx").is_file()
    assert "--editions" not in made.out


def test_a_new_edition_is_never_written_into_an_installed_package(run, tmp_path, monkeypatch):
    monkeypatch.delenv("JUESUAN_EDITIONS", raising=False)
    monkeypatch.setattr("generator.edition.copying.installed_editions", lambda: (tmp_path, True))
    result = run("edition", "new", "gz-2021", "--from", "gz-2020")
    assert (result.status, result.out) == (1, "")
    assert "请用 --editions 指定一个自己的文件夹" in result.err
    assert list(tmp_path.iterdir()) == []


def test_a_new_edition_is_written_whole_or_not_at_all(run, tmp_path):
    home = tmp_path / "版本"
    (home / "data_specs").mkdir(parents=True)
    (home / "templates").write_text("a file where a folder should be", encoding="utf-8")
    result = run("edition", "new", "gz-2021", "--from", "gz-2020", "--editions", home)
    assert (result.status, result.out) == (1, "")
    assert "错误 W102 无法写入" in result.err
    assert list((home / "data_specs").iterdir()) == []


@pytest.mark.parametrize("command", [["juesuan"], [sys.executable, "-m", "generator"]])
def test_the_version_by_either_name(command):
    if command == ["juesuan"]:
        command = [str(Path(sys.executable).with_name("juesuan"))]
    shown = subprocess.run([*command, "--version"], capture_output=True, text=True, encoding="utf-8", check=True)
    assert shown.stdout == f"juesuan {importlib.metadata.version('juesuan')}\n"
