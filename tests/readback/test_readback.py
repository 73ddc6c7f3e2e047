"""`juesuan verify`: a finished publication read back, and every figure named that is not the file's."""

from __future__ import annotations

import copy
import io
import json
import random
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import docx
import pytest
from departments import DEPARTMENT, EXAMPLE
from docx.oxml.ns import qn
from published import text_of, word
from word_documents import docx as written
from word_documents import paragraph

from generator.pdf import print_document
from generator.publish import Publication
from generator.readback import wrong_figures_of_pdf, wrong_figures_of_word
from generator.readback.figures import figures_in

EXAMPLE_2019 = EXAMPLE.parent / "guangzhou-2019.yaml"
SOFFICE = shutil.which("soffice")
FIGURE = re.compile(r"\d+\.\d\d|\d+%|\d+(人|辆|个)")

pytestmark = pytest.mark.usefixtures("made_once")


@pytest.fixture
def verify(run, tmp_path):
    """The differences that `juesuan verify` names, as data; its exit status must go with them."""

    def verify(data: bytes, file: Path = EXAMPLE, ending: str = ".docx") -> list[dict[str, str]]:
        path = tmp_path / f"公开文本{ending}"
        path.write_bytes(data)
        result = run("verify", path, file, "--format", "json")
        assert result.err == ""
        found = json.loads(result.out)["不符"]
        assert result.status == (1 if found else 0)
        return found

    return verify


@pytest.fixture
def edited(publication):
    """The Word file after `change` has been made to its python-docx document."""

    def edited(change: Any) -> bytes:
        document = word(publication.docx)
        change(document)
        return saved(document)

    return edited


def saved(document: Any) -> bytes:
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def texts(document: Any) -> list[Any]:
    return list(document.element.body.iter(qn("w:t")))


def paragraph_with(document: Any, text: str) -> Any:
    return next(one for one in document.paragraphs if text in one.text)


def replace_in(paragraph: Any, old: str, new: str) -> None:
    run = next(run for run in paragraph.runs if old in run.text)
    run.text = run.text.replace(old, new, 1)


def table(document: Any, number: str) -> Any:
    return next(t for t in document.tables if t.rows[0].cells[0].text.replace(" ", "") == number)


def row_with(table: Any, text: str) -> Any:
    return next(row for row in table.rows if any(cell.text == text for cell in row.cells))


# Nothing to say


@pytest.mark.slow
@pytest.mark.parametrize(("name", "file"), [("publication", EXAMPLE), ("publication_of_2019", EXAMPLE_2019)])
def test_an_untouched_publication_has_no_difference(name, file, verify, request):
    made: Publication = request.getfixturevalue(name)
    assert verify(made.docx, file) == []
    assert verify(made.pdf, file, ".pdf") == []


def test_what_is_said_in_the_terminal(run, publication, tmp_path):
    path = tmp_path / "公开.docx"
    path.write_bytes(publication.docx)
    result = run("verify", path, EXAMPLE)
    assert (result.status, result.err) == (0, "")
    compared = re.fullmatch(rf"{path}：核对了 (\d+) 个数，都与填报文件相符。\n", result.out)
    assert int(compared[1]) > 1000


def test_other_words_with_the_same_figures_are_no_difference(run, edited, tmp_path):
    def reword(document: Any) -> None:
        paragraph_with(document, "5,143.02万元").add_run("（见表）")

    path = tmp_path / "公开.docx"
    path.write_bytes(edited(reword))
    result = run("verify", path, EXAMPLE)
    assert result.status == 0
    assert "另有 1 段文字改动过，其中的数没有变。" in result.out


@pytest.mark.parametrize(
    ("old", "new"),
    [("5,143.02万元", "5143.02 万元"), ("5,143.02", "5,143.020"), ("2", "２"), ("增长", "上升")],
)
def test_the_same_figure_in_another_spelling(edited, verify, old, new):
    def respell(document: Any) -> None:
        element = next(t for t in texts(document) if old in (t.text or "") and "万元" in t.text)
        element.text = element.text.replace(old, new)

    assert verify(edited(respell)) == []


def test_a_paragraph_parted_in_two(edited, verify):
    def part(document: Any) -> None:
        paragraph = next(p for p in document.paragraphs if p.text.count("万元") > 3 and "。" in p.text[:-1])
        half = paragraph.text.index("。") + 1
        first, second = paragraph.text[:half], paragraph.text[half:]
        paragraph.insert_paragraph_before(first, paragraph.style)
        for run in paragraph.runs[1:]:
            run.text = ""
        paragraph.runs[0].text = second

    assert verify(edited(part)) == []


def test_other_page_numbers_in_the_contents(edited, verify):
    def renumber(document: Any) -> None:
        for link in document.element.body.iter(qn("w:hyperlink")):
            for element in link.iter(qn("w:t")):
                if (element.text or "").isdecimal():
                    element.text = str(int(element.text) + 1)

    assert verify(edited(renumber)) == []


# Tables


def test_a_cell_is_named_by_table_row_and_column(edited, verify):
    def change(document: Any) -> None:
        row = row_with(table(document, "表2"), "2210201")
        next(cell for cell in row.cells if cell.text == "198.93").paragraphs[0].runs[0].text = "189.93"

    (one,) = verify(edited(change))
    assert one["类别"] == "表格"
    assert one["位置"] == "表2 收入决算表，“2210201 住房公积金”行，“本年收入合计”栏"
    assert (one["应为"], one["实为"]) == ("198.93", "189.93")
    assert "2210201 住房公积金 189.93" in one["上下文"]


def test_a_cell_of_the_right_hand_side_is_named_by_its_own_row(edited, verify):
    def change(document: Any) -> None:
        row = next(row for row in table(document, "表1").rows if any("住房保障支出" in c.text for c in row.cells))
        row.cells[-1].paragraphs[0].runs[0].text = "1.00"

    (one,) = verify(edited(change))
    assert re.fullmatch(r"表1 收入支出决算总表，“.*住房保障支出 \d+”行，“支出·决算数”栏", one["位置"])
    assert (one["应为"], one["实为"]) == ("198.93", "1.00")


def test_an_emptied_cell(edited, verify):
    def change(document: Any) -> None:
        row = row_with(table(document, "表2"), "2210201")
        row.cells[-1].paragraphs[0].runs[0].text = ""

    (one,) = verify(edited(change))
    assert "“2210201 住房公积金”行" in one["位置"]
    assert (one["应为"], one["实为"]) == ("0.00", "")


def test_rows_lost_and_added(edited, verify):
    def lose(document: Any) -> None:
        row = row_with(table(document, "表2"), "2210201")
        row._tr.getparent().remove(row._tr)

    def add(document: Any) -> None:
        row = row_with(table(document, "表2"), "2210201")
        new = copy.deepcopy(row._tr)
        row._tr.addnext(new)
        cells = list(new.iter(qn("w:t")))
        cells[0].text, cells[1].text = "2210203", "购房补贴"

    (lost,) = verify(edited(lose))
    assert (lost["类别"], lost["位置"]) == ("缺行", "表2 收入决算表缺行")
    assert lost["应为"].startswith("2210201 住房公积金 198.93")
    (added,) = verify(edited(add))
    assert (added["类别"], added["位置"]) == ("多行", "表2 收入决算表多行")
    assert added["实为"].startswith("2210203 购房补贴 198.93")


# Sentences


def test_a_figure_in_a_sentence(edited, verify):
    def change(document: Any) -> None:
        element = next(t for t in texts(document) if "5,143.02万元" in (t.text or ""))
        element.text = element.text.replace("5,143.02万元", "5,143.20万元", 1)

    (one,) = verify(edited(change))
    assert (one["类别"], one["应为"], one["实为"]) == ("文字", "5,143.02万元", "5,143.20万元")
    assert "5,143.20万元" in one["上下文"]
    assert one["上下文"] in one["位置"]


@pytest.mark.parametrize(("old", "new"), [("增加", "减少"), ("增长", "下降"), ("万元，", "元，")])
def test_a_turned_sign_or_another_unit(edited, verify, old, new):
    def change(document: Any) -> None:
        element = next(t for t in texts(document) if re.search(rf"{old}.*\d|\d{old}", t.text or ""))
        element.text = element.text.replace(old, new, 1)

    (one,) = verify(edited(change))
    assert one["类别"] == "文字"
    assert one["应为"] != one["实为"]


def test_two_figures_that_changed_places(edited, verify):
    def swap(document: Any) -> None:
        for element in texts(document):
            found = [f for f in figures_in(element.text or "") if f.text.endswith("万元")]
            if len(found) > 1 and found[0].meaning != found[1].meaning:
                a, b, text = found[0], found[1], element.text
                element.text = text[: a.start] + b.text + text[a.end : b.start] + a.text + text[b.end :]
                return

    first, second = verify(edited(swap))
    assert (first["应为"], first["实为"]) == (second["实为"], second["应为"])


def test_sentences_lost_and_added(edited, verify):
    def lose(document: Any) -> None:
        paragraph = next(p for p in document.paragraphs if p.text.count("万元") > 3)
        paragraph._p.getparent().remove(paragraph._p)

    def add(document: Any) -> None:
        document.paragraphs[-1].insert_paragraph_before("另有往来款 12.34 万元。")

    (lost,) = verify(edited(lose))
    assert (lost["类别"], lost["实为"]) == ("缺段", "")
    assert "万元" in lost["应为"]
    (added,) = verify(edited(add))
    assert (added["类别"], added["实为"]) == ("多段", "另有往来款 12.34 万元。")


def test_tracked_changes_are_read_as_accepted(edited, verify):
    def track(document: Any) -> None:
        element = next(t for t in texts(document) if "5,143.02万元" in (t.text or ""))
        run = element.getparent()
        inserted = docx.oxml.OxmlElement("w:ins")
        deleted = docx.oxml.OxmlElement("w:del")
        old = copy.deepcopy(run)
        for text in old.iter(qn("w:t")):
            text.tag = qn("w:delText")
        run.addprevious(deleted)
        deleted.append(old)
        run.addprevious(inserted)
        inserted.append(run)
        element.text = element.text.replace("5,143.02万元", "5,143.03万元", 1)

    (one,) = verify(edited(track))
    assert (one["应为"], one["实为"]) == ("5,143.02万元", "5,143.03万元")


# Any one figure


def changed_at_random(document: Any, choice: random.Random, elements: list[Any]) -> str:
    """Changes one digit of a figure of one of `elements`; returns the figure that should be there."""
    element = choice.choice(elements)
    figure = choice.choice([one for one in figures_in(element.text) if one.is_number])
    at = choice.choice([i for i in range(figure.start, figure.end) if element.text[i].isdigit()])
    digit = choice.choice([other for other in "0123456789" if other != element.text[at]])
    element.text = element.text[:at] + digit + element.text[at + 1 :]
    return figure.text


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("name", ["publication", "publication_of_2019"])
def test_any_one_figure_is_found_and_only_it(name, seed, request):
    made: Publication = request.getfixturevalue(name)
    document = word(made.docx)
    elements = [t for t in texts(document) if FIGURE.search(t.text or "")]
    expected = changed_at_random(document, random.Random(seed), elements)
    (one,) = wrong_figures_of_word(made.docx, saved(document)).wrong
    assert one.expected == expected


@pytest.mark.slow
@pytest.mark.parametrize("name", ["publication", "publication_of_2019"])
def test_a_hundred_figures_one_by_one(name, request):
    made: Publication = request.getfixturevalue(name)
    choice = random.Random(2020)
    for _ in range(100):
        document = word(made.docx)
        elements = [t for t in texts(document) if FIGURE.search(t.text or "")]
        expected = changed_at_random(document, choice, elements)
        differences = wrong_figures_of_word(made.docx, saved(document)).wrong
        assert [one.expected for one in differences] == [expected]


def test_thirty_figures_at_once(publication):
    document = word(publication.docx)
    choice = random.Random(30)
    elements = choice.sample([t for t in texts(document) if FIGURE.search(t.text or "")], 30)
    expected = sorted(changed_at_random(document, choice, [element]) for element in elements)
    found = wrong_figures_of_word(publication.docx, saved(document)).wrong
    assert sorted(one.expected for one in found) == expected


def test_of_many_paragraphs_reworded_at_once_each_is_held_against_its_own():
    """So many that they are no longer all held against each other; one that is gone is missed all the same."""
    old = [paragraph(f"第{number}个项目在年内如期完成，支出{number}.25万元。") for number in range(100, 180)]
    new = [paragraph(f"项目{number}按计划在年内全部完成了，支出{number}.25万元。") for number in range(100, 180)]
    new[40] = new[40].replace("140.25", "140.52")
    result = wrong_figures_of_word(written(*old), written(*new[:79]))
    assert [(one.kind, one.expected[-11:], one.found) for one in result.wrong] == [
        ("文字", "140.25万元", "140.52万元"),
        ("缺段", "支出179.25万元。", ""),
    ]
    assert result.reworded == 78


# Against another file


def test_the_publication_of_another_version_of_the_file(verify, variant, publication):
    """What the department has corrected since shows in both files: the same figures, wrong in the same places."""
    file = variant(("30113 住房公积金: 198.93", "30113 住房公积金: 199.93"))
    in_word = verify(publication.docx, file)
    in_pdf = verify(publication.pdf, file, ".pdf")
    assert in_word
    assert sorted(numbers(in_word)) == sorted(numbers(in_pdf))
    assert all(re.match(r"第 \d+ 页，“", one["位置"]) for one in in_pdf)


def numbers(found: list[dict[str, str]]) -> list[tuple[str, str]]:
    return [(one["应为"], one["实为"]) for one in found]


def test_pages_that_break_elsewhere(edited, verify, open_fonts):
    """Narrower and lower pages: every line and page breaks elsewhere, and heads of tables come more often."""

    def shrink(document: Any) -> None:
        for section in document.sections:
            section.page_height = int(section.page_height * 0.8)
            section.right_margin = int(section.right_margin * 1.3)

    printed = print_document(edited(shrink), open_fonts)
    assert verify(printed.pdf, EXAMPLE, ".pdf") == []


@pytest.mark.parametrize("seed", range(3))
def test_any_one_figure_of_a_pdf_is_found_and_only_it(seed, publication, open_fonts):
    document = word(publication.docx)
    elements = [t for t in texts(document) if re.search(r"\d+\.\d\d|\d+%", t.text or "")]
    expected = changed_at_random(document, random.Random(seed), elements)
    printed = print_document(saved(document), open_fonts)
    (one,) = wrong_figures_of_pdf(publication.pdf, printed.pdf).wrong
    assert one.expected == expected


# What cannot be read


@pytest.mark.parametrize("data", [b"", b"text", b"%PDF-1.7 and nothing more", b"PK\x03\x04 and nothing more"])
def test_what_is_no_document(run, tmp_path, data):
    path = tmp_path / "公开.docx"
    path.write_bytes(data)
    result = run("verify", path, EXAMPLE)
    assert (result.status, result.out) == (1, "")
    assert "错误 W105 不是可读的 Word 文件" in result.err


def test_what_is_not_there(run, tmp_path):
    result = run("verify", tmp_path / "没有.docx", EXAMPLE)
    assert (result.status, result.out) == (1, "")
    assert "错误 W106 无法读取" in result.err


# Saved by another program


@pytest.fixture(scope="module")
def libreoffice(tmp_path_factory):
    """Converts a Word file with LibreOffice, as `libreoffice(data, "pdf")`."""
    if SOFFICE is None:
        pytest.skip("needs LibreOffice")
    folder = tmp_path_factory.mktemp("libreoffice")

    def libreoffice(data: bytes, ending: str) -> bytes:
        (folder / "公开.docx").write_bytes(data)
        target = folder / "另存"
        command = [SOFFICE, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
        command += ["--convert-to", ending, "--outdir", str(target), str(folder / "公开.docx")]
        subprocess.run(command, capture_output=True, timeout=180, check=True)
        return (target / f"公开.{ending}").read_bytes()

    return libreoffice


@pytest.mark.slow
@pytest.mark.parametrize(("name", "file"), [("publication", EXAMPLE), ("publication_of_2019", EXAMPLE_2019)])
def test_libreoffice_changes_no_figure(name, file, libreoffice, verify, request):
    made: Publication = request.getfixturevalue(name)
    saved_again = libreoffice(made.docx, "docx")
    assert text_of(word(saved_again)).count(DEPARTMENT[-4:]) > 3
    assert verify(saved_again, file) == []
    assert verify(libreoffice(made.docx, "pdf"), file, ".pdf") == []


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
def test_one_wrong_figure_is_found_after_libreoffice(seed, libreoffice, verify, publication):
    document = word(publication.docx)
    elements = [t for t in texts(document) if re.search(r"[1-9]\d*\.\d\d", t.text or "")]
    expected = changed_at_random(document, random.Random(seed), elements)
    for ending in ("docx", "pdf"):
        (one,) = verify(libreoffice(saved(document), ending), EXAMPLE, f".{ending}")
        assert one["应为"] == expected
