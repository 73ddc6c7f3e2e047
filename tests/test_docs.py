"""The handbooks say what is so: their commands, words, examples, messages and pictures are those of the program."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Callable, Iterator
from enum import Enum
from pathlib import Path
from typing import Any, NamedTuple, get_args

import docx
import pytest
import yaml
from departments import EXAMPLE, replaced
from docx.oxml.ns import qn

from generator.edition.charts import ChartItem, ChartsFile, ChartSpec, Series
from generator.edition.checks import Check
from generator.edition.models import (
    ChecksFile,
    CodesFile,
    FieldsFile,
    HeadFile,
    Indicator,
    IndicatorsFile,
    Wording,
)
from generator.edition.prose import ProseFile, ProseRule
from generator.edition.tables import Block, Column, RowSpec, TableSpec
from generator.findings import Code
from generator.kinds.field import FieldSpec
from generator.kinds.free_columns import FreeColumn
from generator.reading.specification import Specification

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
BUREAU, DEPARTMENT, WORDS = ("模板维护.md", "填报说明.md", "模板用词.md")
HANDBOOKS = (BUREAU, DEPARTMENT, WORDS)
LARGEST_PICTURE = 120_000


def text_of(handbook: str) -> str:
    return (DOCS / handbook).read_text(encoding="utf-8")


class Snippet(NamedTuple):
    """A YAML example that a reader may copy as it is, and what it is for."""

    use: str
    text: str


def snippets(handbook: str) -> Iterator[Snippet]:
    pattern = r"<!-- 可直接使用(?:：(.*?))? -->\n```yaml\n(.*?)```"
    yield from (Snippet(*found) for found in re.findall(pattern, text_of(handbook), re.DOTALL))


def messages(handbook: str) -> dict[str, list[str]]:
    """What the tables of mistakes say: by the mistake, the messages."""
    tables = re.findall(r"^\| (?:写|填)错的地方 \|.*\n\|[-|]+\n((?:\|.*\n)+)", text_of(handbook), re.MULTILINE)
    rows = [re.split(r"(?<!\\)\|", row)[1:3] for table in tables for row in table.splitlines()]
    return {mistake.strip(): said.strip().replace("\\|", "|").split("<br>") for mistake, said in rows}


@pytest.fixture
def bureau(run: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What 第三章 of the bureau's handbook has made: an edition of one's own, in the folder where one works."""
    monkeypatch.chdir(tmp_path)
    assert run("edition", "new", "gz-2021", "--from", "gz-2020", "--editions", "我的版本").status == 0
    return tmp_path / "我的版本"


# Commands


def commands(text: str) -> set[str]:
    quoted = re.findall(r"`(juesuan [^`]+)`", text)
    lines = re.findall(r"^(?:    |\|? ?)(?:> )?(juesuan [^|`\n]+)$", text, re.MULTILINE)
    return {found.split(" > ")[0].strip() for found in quoted + lines}


@pytest.mark.parametrize("handbook", [BUREAU, DEPARTMENT])
def test_every_command_of_the_handbooks_exists_with_its_options(run, handbook):
    found = commands(text_of(handbook))
    assert len(found) > 5
    for command in found:
        words = shlex.split(command)[1:]
        name = words[:2] if words[0] in ("template", "edition") else words[:1]
        result = run(*name, "--help")
        assert result.status == 0, command
        for option in (word for word in words if word.startswith("-")):
            assert option in result.out, command


# Words

PLACES: dict[str, tuple[type[Specification], ...]] = {
    "版本.yaml": (HeadFile,),
    "版本.yaml 的“写法”": (Wording,),
    "科目表": (CodesFile,),
    "表N.yaml": (TableSpec,),
    "表N.yaml 的“分栏”": (Block,),
    "表N.yaml 的“栏目”": (Column,),
    "表N.yaml 的“行”和“末行”": (RowSpec,),
    "指标.yaml": (IndicatorsFile, Indicator),
    "填报.yaml": (FieldsFile, FieldSpec),
    "填报.yaml 的“栏目”（自由表格）": (FreeColumn,),
    "勾稽关系.yaml": (ChecksFile, Check),
    "用语.yaml": (ProseFile, ProseRule),
    "图.yaml": (ChartsFile, ChartSpec),
    "图.yaml 的“系列”和“各项”": (Series, ChartItem),
}
INHERITANCE = {"沿用版本", "沿用", "去掉"}


def chapter(heading: str) -> str:
    found = re.search(rf"^## {re.escape(heading)}\n(.*?)(?=^## |\Z)", text_of(WORDS), re.MULTILINE | re.DOTALL)
    assert found, heading
    return found[1]


def listed(heading: str) -> dict[str, bool]:
    """The words that the chapter explains, and whether it says that they must be written."""
    table = chapter(heading).partition("| 用词 |")[2].partition("\n\n")[0]
    return {word: bool(star) for word, star in re.findall(r"^\| `(.*?)`( \*)? \|", table, re.MULTILINE)}


def models() -> Iterator[type[Specification]]:
    waiting = [Specification]
    while waiting:
        for model in waiting.pop().__subclasses__():
            waiting.append(model)
            if any(field.alias for field in model.model_fields.values()):
                yield model


@pytest.mark.parametrize(("heading", "of"), PLACES.items())
def test_the_reference_lists_exactly_the_words_of_the_specification(heading, of):
    fields = [field for model in of for field in model.model_fields.values()]
    wanted = {field.alias: field.is_required() for field in fields}
    found = listed(heading)
    if HeadFile in of:
        assert found.keys() >= INHERITANCE
        found = {word: star for word, star in found.items() if word not in INHERITANCE}
    assert found.keys() == wanted.keys()
    if len(of) == 1:
        assert found == wanted


@pytest.mark.parametrize(("heading", "of"), PLACES.items())
def test_the_reference_says_of_each_word_what_an_editor_shows_of_it(heading, of):
    told = dict(re.findall(r"^\| `(.*?)`(?: \*)? \| (.*?) \|", chapter(heading), re.MULTILINE))
    for model in of:
        for field in model.model_fields.values():
            assert told[field.alias] == field.description


def test_the_reference_leaves_out_no_part_of_the_specification():
    assert {model for of in PLACES.values() for model in of} == set(models())


@pytest.mark.parametrize(("heading", "of"), PLACES.items())
def test_the_reference_names_every_choice(heading, of):
    for model in of:
        for field in model.model_fields.values():
            for kind in enums(field.annotation):
                for choice in kind:
                    assert f"`{choice.value}`" in chapter(heading), (field.alias, choice.value)


def enums(annotation: Any) -> Iterator[type[Enum]]:
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        yield annotation
    for part in get_args(annotation):
        yield from enums(part)


def test_the_functions_give_what_the_handbook_says(run):
    table = text_of(BUREAU).partition("| 写法 | 结果 |\n|---|---|\n")[2].partition("\n\n")[0]
    rows = re.findall(r"^\| `(.*)` \| (.*) \|$", table.replace("\\|", "|"), re.MULTILINE)
    names = run("template", "names", "gz-2020").out
    assert len(rows) > 5
    for usage, result in rows:
        assert f"  {usage} → {result}\n" in names


# Examples


@pytest.mark.parametrize("snippet", [*snippets(BUREAU)], ids=lambda snippet: snippet.text.split("\n")[1].strip())
def test_an_example_for_an_edition_can_be_used_as_it_is(run, bureau, snippet):
    folder = bureau / "data_specs" / "gz-2022"
    folder.mkdir()
    head = "沿用版本: gz-2021\n编号: gz-2022\n名称: 广州市 2022 年度部门决算公开格式\n年度: 2022\n"
    (folder / "版本.yaml").write_text(head, encoding="utf-8")
    text = snippet.text if snippet.text.startswith("沿用") else f"沿用: 是\n{snippet.text}"
    (folder / snippet.use).write_text(text, encoding="utf-8")
    result = run("edition", "check", "gz-2022", "--editions", bureau)
    assert (result.status, result.err) == (0, "")


def over(below: Any, above: Any) -> Any:
    """`above` laid over `below`."""
    if not (isinstance(below, dict) and isinstance(above, dict)):
        return above
    return {key: over(below.get(key), above.get(key, below.get(key))) for key in [*below, *above]}


@pytest.mark.parametrize("snippet", [*snippets(DEPARTMENT)], ids=lambda snippet: snippet.text.split("\n")[0])
def test_an_example_for_a_department_can_be_used_as_it_is(run, snippet, tmp_path):
    base = EXAMPLE if not snippet.use else EXAMPLE.with_name("guangzhou-2019.yaml")
    whole, part = (yaml.load(text, yaml.BaseLoader) for text in (base.read_text(encoding="utf-8"), snippet.text))
    file = tmp_path / "填报.json"
    file.write_text(json.dumps(over(whole, part), ensure_ascii=False), encoding="utf-8")
    result = run("check", file)
    assert (result.status, result.err) == (0, "")


# Messages

SLIPS = {
    "数字写颠倒": ("2060101 行政运行: {财政拨款收入: 1432.23}", "2060101 行政运行: {财政拨款收入: 1423.23}"),
    "小数点错位": ("30201 办公费: 14.52", "30201 办公费: 145.2"),
    "没有写原因": ("    项目支出: 信息化", "    # 项目支出: 信息化"),
    "漏填一项": ("  货物: 114.30\n", ""),
    "名称写错": ("  货物: 114.30", "  货物款: 114.30"),
    "编码写错": ("2060101 行政运行: {财政拨款收入", "2060102 行政运行: {财政拨款收入"),
    "金额带单位": ("  货物: 114.30", "  货物: 114.30万元"),
    "千位分隔符": ("{财政拨款收入: 1432.23}", "{财政拨款收入: 1,432.23}"),
    "冒号用了全角": ("  货物: 114.30", "  货物：114.30"),
    "缩进没有对齐": ("  货物: 114.30", "   货物: 114.30"),
    "“-”后面没有空格": ("    - 推进政务服务和电子政务标准化", "    -推进政务服务和电子政务标准化"),
    "填数的地方只有“-”": ("  货物: 114.30", "  货物: -"),
    "用了 Tab": ("  货物: 114.30", "\t货物: 114.30"),
    "一项写了两次": ("  货物: 114.30", "  货物: 114.30\n  货物: 114.30"),
    "小数太多": ("  货物: 114.30", "  货物: 114.304"),
    "表格少一格": ("[同上, 微信“指尖办”", "[微信“指尖办”"),
    "文字没有填完": ("安全防护改造经费增加，并追加了数字化协同办公平台等项目\n", "安全防护改造经费增加……\n"),
    "年度与版本不符": ("年度: 2020", "年度: 2021"),
}
WRONG_ENCODING = "没有存成 UTF-8"
BUREAU_SLIPS = {
    "类型写错": ("填报.yaml", "{名称: 自评项目数, 类型: 个数", "{名称: 自评项目数, 类型: 数"),
    "少缩进一格": ("填报.yaml", "      - {名称: 自评项目资金", "     - {名称: 自评项目资金"),
    "括号没有成对": (
        "填报.yaml",
        '涉及的资金。, 示例: "0"}',
        '涉及的资金。, 示例: "0"',
    ),
    "改了栏的名称，别处还用旧名称（逐处列出）": ("表10.yaml", "{头: 纳入预算管理, 宽", "{头: 纳入预算, 宽"),
    "两栏同名": ("表10.yaml", "{头: 纳入财政专户管理, 宽", "{头: 纳入预算管理, 宽"),
    "起止的名称写错": ("表1.yaml", "财政拨款收入至其他收入", "财政拨款收入至其它收入"),
    "顺编的表又写了“行次”": ("表1.yaml", "{项目: 四、上级补助收入,", "{项目: 四、上级补助收入, 行次: 4,"),
    "科目写了两次": ("功能分类.yaml", '  "20805":', '  "20805": 企业改革补助\n  "20805":'),
    "没有这一行、这一栏": (
        "勾稽关系.yaml",
        "左边: [表1/一般公共预算财政拨款收入",
        "左边: [表1/一般公共预算财政拨款收人",
    ),
    "“相等”写了“表”": ("勾稽关系.yaml", "    右边: 表2/合计/财政拨款收入", "    表: 表2"),
    "要去掉的代码写错": ("勾稽关系.yaml", "去掉: [G903", "去掉: [G999"),
    "单写的代码写错": ("勾稽关系.yaml", "  - G405\n", "  - G999\n"),
    "图的分类和各数不一样多": ("图.yaml", ", 项目支出]}\n  - 名称: 图二", "]}\n  - 名称: 图二"),
}
TEMPLATE_SLIPS = {
    "名称写错一个字": ("年度总收入{{ 总收入|", "年度总收入{{ 总收人|"),
    "金额没有说明写法": ("年度总收入{{ 总收入|万元 }}", "年度总收入{{ 总收入 }}"),
    "条件少了结尾": ("即{{ 概况.本级 }}{% endif %}", "即{{ 概况.本级 }}"),
    "独占一段的标记后面有别的字": ("{%p for 职责 in 概况.主要职责 %}", "{%p for 职责 in 概况.主要职责 %}（以下略）"),
    "忘了 `p`": ("{%p for 职责 in", "{% for 职责 in"),
    "用了全角括号": ("年度总收入{{ 总收入|万元 }}", "年度总收入｛｛ 总收入|万元 ｝｝"),
    "可以不填的字段没有判断（只是提醒）": (
        "{% if 机关运行经费.变动原因 %}主要增减变动情况是：{{ 机关运行经费.变动原因 }}。{% endif %}",
        "主要增减变动情况是：{{ 机关运行经费.变动原因 }}。",
    ),
    "一张表放了两次，另一张没有放": ("画表('表9')", "画表('表8')"),
}


def drop_note_style(document: Any) -> None:
    document.styles["决算表注"].delete()


def drop_contents(document: Any) -> None:
    held = next(text for text in document.element.body.iter(qn("w:instrText")) if "TOC" in text.text)
    paragraph = next(held.iterancestors(qn("w:p")))
    paragraph.getparent().remove(paragraph)


def put_picture_into_text(document: Any) -> None:
    body = next(one for one in document.paragraphs if one.style.name == "公文正文")
    body.add_run().add_picture(str(DOCS / "图" / "图一.png"))


def outline_text(document: Any) -> None:
    run = next(one for one in document.paragraphs if "本部门共有车辆" in one.text).runs[0]
    run.font.outline = run.font.shadow = True


def skip_a_level(document: Any) -> None:
    first = next(one for one in document.paragraphs if one.text == "（一）部门主要职责")
    first.style = document.styles["Heading 3"]


LOOK_SLIPS = {
    "删了样式“决算表注”": drop_note_style,
    "标题 1 下面直接是标题 3": skip_a_level,
    "删了目录": drop_contents,
    "图片放在正文段落里": put_picture_into_text,
    "用了空心字和阴影": outline_text,
}


def test_every_mistake_of_the_handbooks_is_tried():
    assert messages(DEPARTMENT).keys() == {*SLIPS, WRONG_ENCODING}
    assert messages(BUREAU).keys() == {*BUREAU_SLIPS, *TEMPLATE_SLIPS, *LOOK_SLIPS}


@pytest.mark.parametrize("mistake", SLIPS)
def test_a_departments_mistake_gets_the_message_of_the_handbook(run, variant, mistake):
    result = run("check", variant(SLIPS[mistake]))
    assert result.status == 1
    for message in messages(DEPARTMENT)[mistake]:
        assert message in result.out


def test_a_file_in_another_encoding_gets_the_message_of_the_handbook(run, tmp_path):
    file = tmp_path / "填报.yaml"
    file.write_bytes(replaced().encode("gb18030"))
    assert messages(DEPARTMENT)[WRONG_ENCODING][0] in run("check", file).out


@pytest.mark.parametrize("mistake", BUREAU_SLIPS)
def test_a_mistake_in_a_specification_gets_the_message_of_the_handbook(run, bureau, mistake):
    name, right, wrong = BUREAU_SLIPS[mistake]
    file = bureau / "data_specs" / "gz-2021" / name
    if name == "图.yaml":
        file.write_text(next(one.text for one in snippets(BUREAU) if one.use == name), encoding="utf-8")
    text = file.read_text(encoding="utf-8")
    assert right in text
    file.write_text(text.replace(right, wrong, 1), encoding="utf-8")
    result = run("edition", "check", "gz-2021", "--editions", bureau)
    assert result.status == 1
    for message in messages(BUREAU)[mistake]:
        assert message in result.err


@pytest.mark.parametrize("mistake", TEMPLATE_SLIPS)
def test_a_mistake_in_a_template_gets_the_message_of_the_handbook(run, bureau, mistake):
    right, wrong = TEMPLATE_SLIPS[mistake]

    def slip(document: Any) -> None:
        paragraph = next(one for one in document.paragraphs if right in one.text)
        paragraph.text = paragraph.text.replace(right, wrong)

    checked = template_checked(run, bureau, slip)
    assert all(message in checked for message in messages(BUREAU)[mistake])


@pytest.mark.parametrize("mistake", LOOK_SLIPS)
def test_a_mistake_in_the_look_gets_the_message_of_the_handbook(run, bureau, mistake):
    checked = template_checked(run, bureau, LOOK_SLIPS[mistake])
    assert all(message in checked for message in messages(BUREAU)[mistake])


def template_checked(run: Callable[..., Any], bureau: Path, change: Callable[[Any], None]) -> str:
    """What `template check` prints of a changed template."""
    file = bureau / "templates" / "gz-2021.docx"
    document = docx.Document(str(file))
    change(document)
    document.save(str(file))
    return run("template", "check", "gz-2021", "--editions", bureau).out


# Pictures, links, and what is generated


@pytest.mark.parametrize("handbook", HANDBOOKS)
def test_links_lead_somewhere(handbook):
    text = text_of(handbook)
    for target in re.findall(r"\]\(([^)]+)\)", text):
        path, _, anchor = target.partition("#")
        linked = text if not path else text_of(path) if path.endswith(".md") else ""
        assert (DOCS / path).exists() if path else anchor
        if anchor:
            headings = re.findall(r"^#+ (.*)$", linked, re.MULTILINE)
            assert anchor in {re.sub(r"[^\w\- ]", "", heading).replace(" ", "-").lower() for heading in headings}


def test_pictures_are_small_and_all_of_them_are_shown():
    pictures = set((DOCS / "图").iterdir())
    shown = {DOCS / one for handbook in HANDBOOKS for one in re.findall(r"!\[[^]]+\]\(([^)]+)\)", text_of(handbook))}
    assert shown == pictures
    assert all(picture.stat().st_size <= LARGEST_PICTURE for picture in pictures)


def test_the_fields_of_a_departments_file_are_those_that_the_command_prints(run):
    begin, end = "<!-- 以下由 juesuan guide gz-2020 生成，不要手改 -->\n", "<!-- 生成部分结束 -->\n"
    generated = text_of(DEPARTMENT).partition(begin)[2].partition(end)[0]
    assert generated.strip() == run("guide", "gz-2020").out.strip()


def test_the_fields_of_2019_are_those_that_the_command_prints(run):
    assert text_of("填报字段-gz-2019.md") == run("guide", "gz-2019").out


# Message codes


def test_the_page_of_messages_is_what_the_command_prints(run):
    assert text_of("消息.md") == run("messages").out


def test_every_code_is_listed_once_under_what_it_is_about(run):
    chapters = re.split(r"^## ([A-Z])：.*$", run("messages").out, flags=re.MULTILINE)[1:]
    listed_codes = []
    for letter, rows in zip(chapters[::2], chapters[1::2], strict=True):
        codes = re.findall(r"^\| ([A-Z]\d{3}) \| [^|]+ \| [^|]+ \|$", rows, re.MULTILINE)
        assert codes == sorted(codes)
        assert {code[0] for code in codes} == {letter}
        listed_codes += codes
    assert len(listed_codes) == len(set(listed_codes))
    assert set(listed_codes) == set(Code)


def test_every_code_is_said_somewhere_by_its_name_and_by_none_other():
    """A code that stands in the source as a literal would be known in two places; one that nobody says is to go."""
    source = {path: path.read_text(encoding="utf-8") for path in (ROOT / "generator").rglob("*.py")}
    registry = ROOT / "generator" / "findings" / "codes.py"
    elsewhere = "\n".join(text for path, text in source.items() if path != registry)
    assert set(re.findall(r"\bCode\.([A-Z_]+)\b", elsewhere)) == set(Code.__members__)
    assert re.findall(r"""["']([A-Z]\d{3})["']""", elsewhere) == []
