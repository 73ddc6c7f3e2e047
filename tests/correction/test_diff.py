"""Two versions of a department's file compared: `juesuan diff` as text, as JSON, and as the documents it writes."""

from __future__ import annotations

import io
import json
import os
import random
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml
from copies import ROOT
from departments import EXAMPLE
from docx import Document
from docx.oxml.ns import qn
from random_corrections import corrected

from generator.accounts import load_accounts
from generator.correction import Report, compare_files
from generator.correction.differences import What
from generator.findings import InvalidInput
from generator.pdf.fonts import FontLibrary

EXAMPLES = (EXAMPLE, ROOT / "data_specs" / "examples" / "guangzhou-2019.yaml")
_SENTENCE = re.compile(r"[^。！？\n]*[。！？\n][”）]*|[^。！？\n]+")


# The law: what the report names is what differs between two full builds


def _corrected_files(folder: Path, example: Path, rng: random.Random) -> tuple[Path, Path]:
    """The example and a random correction of it that can be used."""
    data = yaml.load(example.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    old, new = folder / "旧.json", folder / "新.json"
    old.write_text(json.dumps(data, ensure_ascii=False, indent=1), encoding="utf-8")
    while True:
        new.write_text(json.dumps(corrected(rng, data), ensure_ascii=False, indent=1), encoding="utf-8")
        try:
            load_accounts(new)
        except InvalidInput:
            continue
        return old, new


class Read:
    """What a reader of a publication sees: figures of the official tables, and all other sentences and cells."""

    def __init__(self, docx: bytes, titles: set[str]) -> None:
        document = Document(io.BytesIO(docx))
        self.cells: dict[tuple[str, str, int], str] = {}
        self.texts: Counter[str] = Counter()
        for element in document.element.body.iter(qn("w:p")):
            inside = next(element.iterancestors(qn("w:tbl")), None)
            contents = any("PAGEREF" in (node.text or "") for node in element.iter(qn("w:instrText")))
            if inside is None:
                text = _text(element)
                self.texts.update(_sentences(text.rpartition("\t")[0] if contents else text))
        for table in document.tables:
            rows = [[_cell(cell) for cell in row._tr.iter(qn("w:tc"))] for row in table.rows]
            if table.style.name == "决算表":
                self._official(next(cell for row in rows for cell in row if cell in titles), rows)
            else:
                self.texts.update(line for row in rows for cell in row for line in _cells(cell))

    def _official(self, title: str, rows: list[list[str]]) -> None:
        """The cells of an official table, each known by the table's title, its row and its column."""
        labels: Counter[str] = Counter()
        for row in rows:
            name = "" if re.fullmatch(r"[0-9,]+\.[0-9]{2}", row[0]) else row[0]
            labels[name] += 1
            label = f"{name} {labels[name]}"
            for column, text in enumerate(row):
                self.cells[title, label, column - len(row)] = text


def _text(paragraph: Any) -> str:
    pieces = {qn("w:tab"): "\t", qn("w:br"): "\n"}
    nodes = [node for node in paragraph.iter(qn("w:t"), *pieces) if node.getparent().tag == qn("w:r")]
    return "".join(node.text or "" if node.tag == qn("w:t") else pieces[node.tag] for node in nodes).strip()


def _cell(cell: Any) -> str:
    return "\n".join(_text(paragraph) for paragraph in cell.iter(qn("w:p")))


def _sentences(text: str) -> list[str]:
    return [part.strip() for part in _SENTENCE.findall(text) if part.strip()]


def _figures_that_differ(old: Read, new: Read) -> Counter[tuple[str, str, str]]:
    """Table, old and new text of each cell of an official table that differs."""
    keys = old.cells.keys() | new.cells.keys()
    pairs = ((key[0], old.cells.get(key, ""), new.cells.get(key, "")) for key in keys)
    return Counter(pair for pair in pairs if pair[1] != pair[2] and re.search(r"[0-9]\.[0-9]{2}$", pair[1] + pair[2]))


def _assert_exact(report: Report) -> None:
    tables = report.versions.new.edition.tables
    old, new = (Read(made.docx, {table.title for table in tables.values()}) for made in (report.old, report.new))
    named = Counter(
        (tables[change.cell.table].title, change.old, change.new)
        for change in report.changes
        if change.cell and change.cell.column != "名称"
    )
    assert named == _figures_that_differ(old, new)
    gone: Counter[str] = Counter()
    come: Counter[str] = Counter()
    for change in report.changes:
        assert change.old != change.new
        assert change.causes or change.what is What.PAGE
        if not change.cell and change.what is not What.PAGE:
            split = _sentences if change.what in (What.SENTENCE, What.PARAGRAPH) else _cells
            gone.update(split(change.old) if change.what is not What.PICTURE else [])
            come.update(split(change.new) if change.what is not What.PICTURE else [])
    # What only stands elsewhere than before is named too: as gone from one place, and come to the other.
    assert gone - come == old.texts - new.texts
    assert come - gone == new.texts - old.texts


def _cells(text: str) -> list[str]:
    """The lines in the cells of a row or a table, or of one cell."""
    return [line for line in re.split(r"[\n\t]", text) if line]


def _check_law(folder: Path, fonts: FontLibrary, seed: int) -> None:
    rng = random.Random(seed)
    old, new = _corrected_files(folder, EXAMPLES[seed % 2], rng)
    _assert_exact(compare_files(old, new, fonts))


MORE = int(os.environ.get("JUESUAN_CASES", "50"))
"""How many more random corrections the slow tests try."""


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
def test_exactly_what_differs_between_two_builds_is_named(tmp_path: Path, open_fonts: FontLibrary, seed: int) -> None:
    _check_law(tmp_path, open_fonts, seed)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4, 4 + MORE))
def test_exactly_what_differs_is_named_in_many_more(tmp_path: Path, open_fonts: FontLibrary, seed: int) -> None:
    _check_law(tmp_path, open_fonts, seed)


# What was entered


@pytest.fixture
def diff(run: Any, variant: Any) -> Any:
    """`juesuan diff` of the example and a variant of it, as data."""

    def diff(*replacements: tuple[str, str]) -> dict[str, Any]:
        return _data(run("diff", EXAMPLE, variant(*replacements), "--format", "json"))

    return diff


@pytest.fixture
def entries(run: Any, short_editions: Path) -> Any:
    """`juesuan diff` of the example and another file, as data, where what differs in the publication is no matter."""

    def entries(new: Path, old: Path = EXAMPLE) -> dict[str, Any]:
        return _data(run("diff", old, new, "--format", "json", "--editions", short_editions))

    return entries


def _data(result: Any) -> dict[str, Any]:
    assert (result.status, result.err) == (0, "")
    data: dict[str, Any] = json.loads(result.out)
    return data


def _entered(data: dict[str, Any]) -> list[tuple[str, str, str, str]]:
    return [(one["类别"], one["名称"], one["旧"], one["新"]) for one in data["填报变动"]]


SALARY = ("津贴补贴: 608.83", "津贴补贴: 607.83")
BONUS = ("绩效工资: 373.67", "绩效工资: 374.67")
DUTY = "    - 推进政务服务和电子政务标准化工作。\n"
LAST_DUTY = "    - 完成区委、区政府和上级部门交办的其他任务。\n"


CHANGES = (
    (SALARY, ("改", "表6 › 30102 津贴补贴 › 金额", "608.83", "607.83")),
    (
        ("{基本支出: 24.00}", "{基本支出: 24.00, 项目支出: 1}"),
        ("增", "表5 › 2060103 机关服务 › 项目支出", "", "1.00"),
    ),
    (
        ("    20601 科学技术管理事务: {项目支出: 2262.61}\n", ""),
        ("改为计算", "表5 › 20601 科学技术管理事务 › 项目支出", "2,262.61", "2,263.60"),
    ),
    (
        ("    2199900 其他支出: {项目支出", "    21999: {项目支出: 10}\n    2199900 其他支出: {项目支出"),
        ("改为填写", "表5 › 21999 其他支出 › 项目支出", "10.00", "10.00"),
    ),
    ((DUTY, ""), ("删", "概况 › 主要职责 › 第 6 项", "推进政务服务和电子政务标准化工作。", "")),
    ((LAST_DUTY, f"{LAST_DUTY}    - 新的职责。\n"), ("增", "概况 › 主要职责 › 第 13 项", "", "新的职责。")),
    (("保有量: 2", "保有量: 3"), ("改", "三公经费 › 公务用车 › 保有量", "2", "3")),
    (("收入: 4025.77", "收入: 4025.78"), ("改", "上年 › 一般公共预算财政拨款收入", "4,025.77", "4,025.78")),
    (
        ("事项, 项, 717, 可", "事项, 项, 718, 可"),
        ("改", "绩效 › 整体支出 › 附表 › 第 1 项 › 表格 › 行 › 第 2 项 › 全年", "717", "718"),
    ),
    (
        ("完成值: 33%, 分值: 10", "完成值: 33%, 分值: 11"),
        ("改", "绩效 › 项目 › 第 1 项 › 指标 › 第 5 项 › 分值", "10", "11"),
    ),
)


def test_each_entry_that_changed_is_named(entries: Any, variant: Any) -> None:
    found = _entered(entries(variant(*(change for change, _ in CHANGES))))
    assert sorted(found) == sorted(said for _, said in CHANGES)


def test_a_moved_item_is_one_change(entries: Any, variant: Any) -> None:
    data = entries(variant((DUTY, ""), (LAST_DUTY, LAST_DUTY + DUTY)))
    assert [(kind, name) for kind, name, _, _ in _entered(data)] == [("移", "概况 › 主要职责 › 第 13 项")]


def test_an_entry_is_shown_where_it_stands_in_both_files(entries: Any, variant: Any) -> None:
    (change,) = entries(variant(SALARY))["填报变动"]
    line = next(n for n, text in enumerate(EXAMPLE.read_text(encoding="utf-8").split("\n"), 1) if "608.83" in text)
    assert (change["旧位置"]["行"], change["新位置"]["行"]) == (line, line)
    assert (Path(change["旧位置"]["文件"]), Path(change["新位置"]["文件"]).name) == (EXAMPLE, "填报.yaml")


@pytest.mark.slow
def test_comments_spacing_and_the_order_of_keys_are_no_change(diff: Any) -> None:
    data = diff(("    30102 津贴补贴: 608.83", "    # 说明\n    30102: 608.830"), ("保有量: 2\n", "保有量:  2\n"))
    assert (data["填报变动"], data["公开文本变动"]) == ([], [])


# What follows from it


@pytest.mark.slow
def test_the_way_from_an_entry_to_a_cell_is_told(diff: Any) -> None:
    data = diff(("基本支出: 669.88", "基本支出: 670.88"))
    (change,) = [one for one in data["公开文本变动"] if one["位置"] == "表3 › 206 科学技术支出 › 基本支出"]
    assert (change["旧"], change["新"], change["起因"]) == ("2,202.90", "2,203.90", [1])
    ways = [[f"{step['表']}/{step['行']}" for step in way] for way in change["经过"]]
    assert ways == [["表5/2060101", "表5/20601", "表5/206", "表3/206"]]


@pytest.mark.slow
def test_a_sentence_names_its_causes_its_figures_and_its_page(diff: Any) -> None:
    data = diff(("基本支出: 669.88", "基本支出: 670.88"), ("服务: 675.32", "服务: 675.33"))
    (basic,) = [one for one in data["公开文本变动"] if one["旧"].startswith("1.基本支出")]
    assert (basic["起因"], basic["旧页"], basic["新页"]) == ([1], 24, 24)
    assert [(one["名称"], one["旧"], one["新"]) for one in basic["数字"]] == [("基本支出", "2,652.31", "2,653.31")]
    bought = [one for one in data["公开文本变动"] if "政府采购服务支出" in one["旧"]]
    assert [one["起因"] for one in bought] == [[2]]


@pytest.mark.slow
def test_an_added_subject_is_a_row_of_each_table_that_shows_it(diff: Any) -> None:
    data = diff(
        ("    2080505 机关事业单位基本养老保险缴费支出: {基本", "    2080501: {基本支出: 1}\n    2080505: {基本")
    )
    added = [one["位置"] for one in data["公开文本变动"] if "2080501" in one["位置"]]
    assert {place.split(" › ")[0] for place in added} == {"表3", "表5"}
    assert all(one["旧"] == "" for one in data["公开文本变动"] if one["位置"] in added)


def test_findings_that_came_and_went_are_told(entries: Any, variant: Any) -> None:
    wrong = variant(SALARY)
    came = entries(wrong)
    gone = entries(EXAMPLE, old=wrong)
    assert came["新出现的核对结果"] and not came["已消除的核对结果"]
    assert [one["说明"] for one in gone["已消除的核对结果"]] == [one["说明"] for one in came["新出现的核对结果"]]


@pytest.mark.slow
def test_the_terminal_shows_old_and_new_with_the_way(run: Any, variant: Any) -> None:
    shown = run("diff", EXAMPLE, variant(("基本支出: 669.88", "基本支出: 670.88"))).out
    assert "① 改　表5 › 2060101 行政运行 › 基本支出\n    669.88 → 670.88\n" in shown
    assert "── 表3 支出决算表\n合计 › 本年支出合计（第 10 页）\n    5,143.02 → 5,144.02\n" in shown
    assert "① 表5 › 2060101 › 基本支出 669.88→670.88 ⇒ 20601 ⇒ 206 ⇒ 表3 › 206 › 基本支出" in shown
    assert "填报变动 1 处；公开文本变动：" in shown


@pytest.mark.slow
def test_two_files_that_say_the_same_have_no_changes(run: Any, variant: Any) -> None:
    result = run("diff", EXAMPLE, variant())
    assert result.status == 0
    assert result.out.startswith("两个文件填报的内容相同，公开文本没有变动。\n")


# Reasons


CORRECTIONS = """
更正:
  - 日期: 2021-09-30
    原因: 津贴补贴和绩效工资的划分有误
    位置: [表6/30102, 表6/30107 绩效工资/金额]
  - 日期: 2021-10-08
    原因: 文字校对。
    位置: [概况]
"""


def _with_corrections(variant: Any, corrections: str, *replacements: tuple[str, str]) -> Path:
    file: Path = variant(*replacements)
    file.write_text(file.read_text(encoding="utf-8") + corrections, encoding="utf-8")
    return file


def test_a_change_has_the_reason_of_the_correction_that_names_its_place(entries: Any, variant: Any) -> None:
    data = entries(_with_corrections(variant, CORRECTIONS, SALARY, BONUS, (DUTY, "")))
    reasons = {one["名称"]: one["原因"] for one in data["填报变动"]}
    assert reasons == {
        "表6 › 30102 津贴补贴 › 金额": ["津贴补贴和绩效工资的划分有误"],
        "表6 › 30107 绩效工资 › 金额": ["津贴补贴和绩效工资的划分有误"],
        "概况 › 主要职责 › 第 6 项": ["文字校对。"],
    }
    assert data["提醒"] == []


def test_a_change_without_a_reason_and_a_place_without_a_change_are_told(entries: Any, variant: Any) -> None:
    data = entries(_with_corrections(variant, CORRECTIONS, SALARY, ("保有量: 2", "保有量: 3")))
    assert [one["代码"] for one in data["提醒"]] == ["D101", "D102", "D102"]
    assert "位置写 三公经费/公务用车/保有量" in data["提醒"][0]["说明"]
    assert "表6/30107 绩效工资/金额" in data["提醒"][1]["说明"]


def test_an_earlier_correction_gives_no_reason_for_a_later_change(entries: Any, variant: Any, tmp_path: Path) -> None:
    old = tmp_path / "旧.yaml"
    old.write_text(EXAMPLE.read_text(encoding="utf-8") + CORRECTIONS, encoding="utf-8")
    data = entries(_with_corrections(variant, CORRECTIONS, SALARY, BONUS), old=old)
    assert [one["代码"] for one in data["提醒"]] == ["D101", "D101"]
    assert data["更正"] == []


@pytest.mark.parametrize(
    ("line", "code", "says"),
    [
        ("  - {日期: 2021-02-30, 原因: 有误, 位置: [表5]}", "A111", "“2021-02-30”不是日期"),
        ("  - {日期: 2021年9月30日, 原因: 有误, 位置: [表5]}", "A111", "如 2021-09-30"),
        ("  - {日期: 2021-09-30, 位置: [表5]}", "A103", "缺少“原因”"),
        ("  - {日期: 2021-09-30, 原因: 有误, 位置: []}", "A103", "缺少“位置”"),
        ("  - {日期: 2021-09-30, 原因: 有误, 位置: [表55/合计]}", "A102", "是不是“表5”？"),
        ("  - {日期: 2021-09-30, 原因: 有误, 位置: [表5//基本支出]}", "A102", "不完整"),
        ("  - {日期: 2021-09-30, 原由: 有误, 位置: [表5]}", "A102", "是不是“原因”？"),
        ("  - 有误", "A101", "每次更正应写"),
        ("  日期: 2021-09-30", "A101", "应是一个列表"),
    ],
)
def test_a_correction_that_cannot_be_read_is_refused(run: Any, variant: Any, line: str, code: str, says: str) -> None:
    result = run("check", _with_corrections(variant, f"\n更正:\n{line}\n"))
    assert result.status == 1
    assert f"错误 {code}" in result.out and says in result.out


def test_the_schema_knows_corrections(run: Any) -> None:
    properties = json.loads(run("schema", "gz-2020").out)["properties"]
    assert list(properties["更正"]["items"]["properties"]) == ["日期", "原因", "位置"]


# The documents of a correction


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory, open_fonts: FontLibrary) -> dict[str, Path]:
    """The files that `diff -o` writes for a correction of the example, by what they are."""
    from departments import replaced

    from generator.correction import write_documents

    folder = tmp_path_factory.mktemp("更正")
    new = folder / "新.yaml"
    new.write_text(replaced(SALARY, BONUS, (DUTY, "")) + CORRECTIONS, encoding="utf-8")
    report = compare_files(EXAMPLE, new, open_fonts, reasons_required=True)
    paths = write_documents(report, folder / "output", open_fonts)
    names = ("公开文本", "公开文本 PDF", "修订对照", "修订对照 PDF", "更正说明", "更正说明 PDF")
    return dict(zip(names, paths, strict=True)) | {"新": new}


@pytest.mark.slow
def test_the_corrected_publication_is_what_build_makes(written: dict[str, Path], open_fonts: FontLibrary) -> None:
    from generator.publish import make_publication

    made = make_publication(load_accounts(written["新"]), open_fonts)
    assert written["公开文本"].read_bytes() == made.docx
    assert written["公开文本 PDF"].read_bytes() == made.pdf


@pytest.mark.slow
def test_what_is_saved_in_between_is_in_none_of_the_documents(tmp_path: Path, open_fonts: FontLibrary) -> None:
    from departments import replaced

    from generator.correction import write_documents

    new = tmp_path / "新.yaml"
    corrected_text = replaced(SALARY, BONUS, (DUTY, "")) + CORRECTIONS
    new.write_text(corrected_text, encoding="utf-8")
    report = compare_files(EXAMPLE, new, open_fonts, reasons_required=True)
    new.write_text("还没写完", encoding="utf-8")
    publication, *_ = write_documents(report, tmp_path / "output", open_fonts)
    assert publication.read_bytes() == report.new.docx


@pytest.mark.slow
def test_each_document_is_filled_and_printed_once(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, open_fonts: FontLibrary
) -> None:
    from departments import replaced

    from generator.correction import write_documents
    from generator.filling import filling
    from generator.pdf import printing

    laid_out: list[Any] = []
    shown: list[Any] = []
    lay_out, narrative_context = printing.lay_out, filling.narrative_context
    monkeypatch.setattr(printing, "lay_out", lambda *given: laid_out.append(given) or lay_out(*given))
    monkeypatch.setattr(filling, "narrative_context", lambda of: shown.append(of) or narrative_context(of))
    new = tmp_path / "新.yaml"
    new.write_text(replaced(SALARY, BONUS, (DUTY, "")) + CORRECTIONS, encoding="utf-8")
    report = compare_files(EXAMPLE, new, open_fonts, reasons_required=True)
    paths = write_documents(report, tmp_path / "output", open_fonts)
    assert len(paths) == 6
    titles = [document.properties.title for document, _ in laid_out]
    assert len(titles) == 4  # the old and the new publication, the new one with its changes marked, the explanation
    assert [accounts in (report.versions.old, report.versions.new) for accounts in shown].count(True) == 2
    without = shown[2:]  # the new publication without each of the changes, to find what comes from which
    assert len(without) == len(report.entered) == 3


def test_where_one_document_cannot_be_written_none_that_goes_with_the_correction_is(
    variant: Any, tmp_path: Path, run: Any, short_editions: Path
) -> None:
    new = _with_corrections(variant, CORRECTIONS, SALARY, BONUS, (DUTY, ""))
    folder = tmp_path / "output"
    accounts = load_accounts(new)
    in_the_way = folder / f"{accounts.edition.publication_name(accounts.department)}更正说明.pdf"
    in_the_way.mkdir(parents=True)
    result = run("diff", EXAMPLE, new, "-o", folder, "--editions", short_editions)
    assert result.status == 1 and "W102" in result.err and "无法写入" in result.err
    name = in_the_way.name.removesuffix("更正说明.pdf")
    assert {path.name for path in folder.iterdir()} == {f"{name}.docx", f"{name}.pdf", in_the_way.name}


def test_the_explanation_says_what_was_wrong_what_is_right_where_and_why(written: dict[str, Path]) -> None:
    document = Document(str(written["更正说明"]))
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert "广州市海珠区政务服务数据管理局" in text and "2020年度部门决算" in text
    assert "1.2021年9月30日更正：津贴补贴和绩效工资的划分有误。" in text
    assert "2.2021年10月8日更正：文字校对。" in text
    assert document.paragraphs[-4].text or text.count("2021年10月8日") == 2
    rows = [[cell.text for cell in row.cells] for row in document.tables[0].rows]
    assert rows[0] == ["序号", "位置", "更正前", "更正后", "页", "原因"]
    assert ["表6 › 30102 津贴补贴 › 金额", "608.83", "607.83", "16", "1"] in [row[1:] for row in rows]
    assert rows[1][2:] == ["（六）推进政务服务和电子政务标准化工作。", "（无）", "4", "2"]


def test_the_explanation_prints(written: dict[str, Path]) -> None:
    import pdfplumber

    with pdfplumber.open(written["更正说明 PDF"]) as pdf:
        text = "".join(page.extract_text() for page in pdf.pages)
    assert "更正内容对照表" in text and "607.83" in text and "2021年10月8日" in text.replace(" ", "")


def test_the_tracked_version_holds_both_texts(written: dict[str, Path]) -> None:
    body = Document(str(written["修订对照"])).element.body
    removed = "".join(node.text or "" for node in body.iter(qn("w:delText")))
    assert "608.83" in removed and "推进政务服务和电子政务标准化工作" in removed
    inserted = "".join(node.text or "" for mark in body.iter(qn("w:ins")) for node in mark.iter(qn("w:t")))
    assert "607.83" in inserted


def test_nothing_is_written_while_a_change_lacks_its_reason(
    run: Any, variant: Any, tmp_path: Path, short_editions: Path
) -> None:
    file = _with_corrections(variant, CORRECTIONS, SALARY, BONUS, ("保有量: 2", "保有量: 3"))
    result = run("diff", EXAMPLE, file, "-o", tmp_path / "out", "--editions", short_editions)
    assert result.status == 1
    assert "错误 D101" in result.out and "没有写明原因" in result.err
    assert not (tmp_path / "out").exists()


def test_nothing_is_written_while_the_new_figures_fail_a_check(
    run: Any, variant: Any, tmp_path: Path, short_editions: Path
) -> None:
    file = _with_corrections(variant, CORRECTIONS, SALARY)
    result = run("diff", EXAMPLE, file, "-o", tmp_path / "out", "--editions", short_editions)
    assert result.status == 1
    assert "错误 D106" in result.err
    assert not (tmp_path / "out").exists()


# Files that cannot be compared


def test_one_file_is_not_compared_with_itself(run: Any) -> None:
    result = run("diff", EXAMPLE, EXAMPLE)
    assert result.status == 1 and "错误 D001" in result.err


def test_files_of_two_years_are_not_compared(run: Any) -> None:
    result = run("diff", EXAMPLES[1], EXAMPLES[0])
    assert result.status == 1
    assert "错误 D002 两个文件的年度不同（2019、2020）" in result.err


@pytest.mark.slow
def test_another_department_is_told_and_compared_all_the_same(diff: Any) -> None:
    data = diff(("部门: 广州市海珠区政务服务数据管理局", "部门: 海珠区政务服务数据管理局"))
    assert [one["代码"] for one in data["提醒"]] == ["D004", "D101"]
    assert all(one["起因"] == [1] for one in data["公开文本变动"] if one["类别"] != "目录页码")


def test_the_faults_of_both_files_are_told_at_once(run: Any, variant: Any, tmp_path: Path) -> None:
    result = run("diff", tmp_path / "没有.yaml", variant(("保有量: 2", "保有量: 两")))
    assert result.status == 1
    assert "找不到文件" in result.err and "“两”不是整数" in result.err


@pytest.mark.slow
def test_an_edition_may_have_its_own_explanation(run: Any, variant: Any, home: Path, tmp_path: Path) -> None:
    template = Document()
    template.add_paragraph("{{ 部门 }}第{{ 更正次数 }}次更正，{{ 没有的名称 }}")
    template.save(str(home / "templates" / "gz-2020-更正说明.docx"))
    file = _with_corrections(variant, CORRECTIONS, SALARY, BONUS, (DUTY, ""))
    result = run("diff", EXAMPLE, file, "-o", tmp_path / "out", "--editions", home)
    assert result.status == 1
    assert "错误 T101" in result.err and "没有的名称" in result.err and "gz-2020-更正说明.docx" in result.err
    assert not (tmp_path / "out").exists()
