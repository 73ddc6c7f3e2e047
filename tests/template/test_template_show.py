"""`juesuan template show` and `names`: a template as text, and everything that it may say."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys

import pytest
from copies import ROOT
from docx import Document
from PIL import Image
from template_changes import ASSETS, at, rewrite

from generator.accounts import load_accounts
from generator.edition import load_edition
from generator.narrative import narrative_context
from generator.template.names import template_names


def test_show_is_one_thing_a_line_and_tells_what_changed(run, template, tmp_path):
    before = run("template", "show", template()).out.splitlines()

    def change(document):
        document.sections[0].left_margin = 914_400
        document.styles["公文正文"].font.bold = True
        document.tables[0].rows[3].cells[1].paragraphs[0].text = "主要指标"
        at(document, ASSETS).runs[0].font.italic = True

    after = run("template", "show", template(change)).out.splitlines()
    assert len([line for line in before if line not in after]) <= 5
    new = [line.strip() for line in after if line not in before]
    assert any("左 25.4 毫米" in line for line in new)
    assert any("加粗" in line and "字间距" in line for line in new)
    assert "［绩效表头］主要指标" in new
    assert any(line.startswith("文字“截至") and line.endswith("斜体") for line in new)


def test_show_tells_fields_tags_sections_and_styles(run, template):
    shown = run("template", "show", template()).out
    assert shown == run("template", "show", "gz-2020").out
    assert "［toc 1］［域 TOC" in shown
    assert "［公文正文］{{p 画表('表1') }}" in shown
    assert "纸张 297.0 毫米×210.0 毫米，横向" in shown
    assert "== 页脚 1" in shown
    assert "［heading 2］段落样式" in shown
    assert "中文字体 黑体，西文字体 黑体；字号 16 磅" in shown


def test_show_tells_one_picture_from_another(run, tmp_path):
    def shown(colour):
        picture = tmp_path / "图.png"
        Image.new("RGB", (20, 10), colour).save(picture)
        document = Document()
        document.add_picture(str(picture))
        document.save(str(tmp_path / "图.docx"))
        return run("template", "show", tmp_path / "图.docx").out

    assert "图形 7.1 毫米×3.5 毫米" in shown("red")
    assert shown("red") == shown("red")
    assert shown("red") != shown("blue")


def test_show_reads_a_finished_publication(run, publication, tmp_path):
    path = tmp_path / "公开文本.docx"
    path.write_bytes(publication.docx)
    shown = run("template", "show", path).out
    assert "5,143.02" in shown
    assert "PAGEREF" in shown


@pytest.mark.slow
def test_git_shows_templates_as_text(template, tmp_path):
    """The line of configuration that the documentation gives, and the attributes of the repository."""
    repository = tmp_path / "库"
    repository.mkdir()
    command = f'"{sys.executable}" -c "from generator.cli import main; main()" template show'

    def git(*arguments):
        name = ("-c", "user.name=a", "-c", "user.email=a@example.org")
        done = subprocess.run(["git", *name, *arguments], cwd=repository, capture_output=True, check=True)
        return done.stdout.decode()

    git("init", "-q")
    git("config", "diff.juesuan.textconv", command)
    shutil.copy(ROOT / ".gitattributes", repository)
    shutil.copy(template(), repository / "gz-2020.docx")
    git("add", "-A")
    git("commit", "-qm", "1")
    shutil.copy(template(rewrite(ASSETS, ("专用设备", "特种设备"))), repository / "gz-2020.docx")
    changed = [line for line in git("diff").splitlines() if line[:1] in "+-" and line[:3] not in ("+++", "---")]
    assert len(changed) == 2
    assert "特种设备" in changed[1]


def test_names_lists_everything_with_its_value_in_the_example(run):
    shown = run("template", "names", "gz-2020").out
    assert "三公经费.公务用车.保有量（个数） = " in shown
    assert "总收入（金额） = 5,143.02" in shown
    assert "变动(甲, 乙, '上年决算数') → 比上年决算数增加1,117.25万元，增长27.75%" in shown
    assert "表7 一般公共预算财政拨款“三公”经费支出决算表" in shown


def test_names_as_json_are_complete(run):
    found = json.loads(run("template", "names", "gz-2020", "--format", "json").out)
    assert found["版本"] == "gz-2020"
    names = {name["名称"]: name for name in found["名称"]}
    assert names["概况.主要职责"]["说明"]
    assert names["收入项目[…].上年"]["示例值"] == "4,025.77"
    assert {table["名称"]: table["栏"] for table in found["表"]}["表6"] == ["金额"]
    assert all(word["说明"] and word["写法"] for word in found["过滤器和函数"])
    results = [word["结果"] for word in found["过滤器和函数"] if word["类型"] in ("过滤器", "函数")]
    assert results.count("") == 1  # 合并, which only a loop can show


def test_names_of_an_edition_without_an_example_have_no_values(run, home):
    assert run("edition", "new", "gz-2030", "--from", "gz-2020", "--editions", home).status == 0
    found = json.loads(run("template", "names", "gz-2030", "--format", "json", "--editions", home).out)
    assert {name["示例值"] for name in found["名称"]} == {""}
    assert found["名称"][0]["说明"] == "部门全称。"


@pytest.mark.parametrize(
    "example", sorted((ROOT / "data_specs" / "examples").glob("*.yaml")), ids=lambda path: path.stem
)
def test_the_names_known_without_data_are_those_that_there_are_with_data(example):
    accounts = load_accounts(example)
    context = narrative_context(accounts)
    known = template_names(load_edition(accounts.edition.identifier))
    assert list(context.keys() - known.keys()) == []
    assert list(known.keys() - context.keys()) == []

    def missing(value, name, path):
        if name.is_anything or name.kind == "表":
            return
        if isinstance(value, dict):
            for key, entry in value.items():
                below = name.below(key)
                if below is None and not name.items:
                    yield f"{path}.{key}"
                elif below:
                    yield from missing(entry, below, f"{path}.{key}")
        elif isinstance(value, list) and name.items:
            for entry in value:
                if isinstance(entry, dict):
                    yield from missing(entry, name.items[0], f"{path}[]")

    groups = accounts.edition.indicator_groups
    wrong = [path for key in known if key not in groups for path in missing(context[key], known[key], key)]
    assert wrong == []
    for group in groups:
        for item, name in zip(context[group], known[group].items, strict=True):
            assert item.keys() == name.parts.keys()
