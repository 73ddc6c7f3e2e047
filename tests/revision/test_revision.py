"""Two versions of a document in one, with tracked changes.

The law: all changes accepted it is the new document, all rejected the old one.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from revisions import CORRECTIONS, CORRECTIONS_OF_2019, DATE, DOCUMENTS, Revision, edited, written
from tracked import blocks, changed_paragraphs, changed_rows, changed_texts, has_changes, targets_found, texts

from generator.publish import Publication
from generator.revision import tracked_changes
from generator.word import UnreadableDocument

# Publications


@pytest.mark.slow
@pytest.mark.parametrize("name", [*CORRECTIONS, *CORRECTIONS_OF_2019])
def test_accepting_gives_the_new_publication_and_rejecting_the_old_one(revised: Callable[[str], Revision], name: str):
    revision = revised(name)
    assert blocks(revision.old) != blocks(revision.new)
    assert blocks(revision.tracked, "accept") == blocks(revision.new)
    assert blocks(revision.tracked, "reject") == blocks(revision.old)
    for way in ("accept", "reject"):
        assert targets_found(revision.tracked, way)


def test_the_same_publication_has_no_changes(publication: Publication):
    assert not has_changes(tracked_changes(publication.docx, publication.docx, DATE))


def test_the_same_comparison_gives_the_same_bytes(revised: Callable[[str], Revision]):
    revision = revised("charts")
    assert revision.tracked == tracked_changes(revision.old, revision.new, DATE)


def test_a_changed_figure_is_the_only_change_of_its_cell_and_of_its_sentence(revised: Callable[[str], Revision]):
    changed = changed_texts(revised("a figure").tracked)
    assert ("762.35", "772.35") in changed
    (now,) = [new for old, new in changed if old.startswith("1.一般公共预算财政拨款收入5,143.02万元，比上年决算")]
    assert now.startswith("1.一般公共预算财政拨款收入5,153.02万元，比上年决算增加1,127.25万元，增长28.00%。")
    assert changed_rows(revised("a figure").tracked) == {"ins": [], "del": []}
    assert changed_paragraphs(revised("a figure").tracked) == {"ins": [], "del": []}


def test_a_subject_gone_is_a_row_gone_from_each_table(revised: Callable[[str], Revision]):
    rows = changed_rows(revised("a subject gone").tracked)
    assert [row[:3] for row in rows["del"]] == [["2060103", "机关服务", "24.00"]] * 3
    assert rows["ins"] == []


def test_a_subject_more_is_a_row_more_and_no_other_row_seems_new(revised: Callable[[str], Revision]):
    rows = changed_rows(revised("a subject more").tracked)
    assert [row[1] for row in rows["ins"]] == ["一般行政管理事务"] * 3
    assert rows["del"] == []


def test_paragraphs_come_and_go(revised: Callable[[str], Revision]):
    tracked = revised("words").tracked
    assert changed_paragraphs(tracked) == {
        "ins": ["（十二）另一项。", "（十三）又一项。"],
        "del": ["（六）推进政务服务和电子政务标准化工作。"],
    }
    moved_up = "组织政务数据资源的采集、管理、共享和应用。"
    assert (f"（七）{moved_up}", f"（六）{moved_up}") in changed_texts(tracked)


def test_a_row_within_merged_cells_is_one_row_more(revised: Callable[[str], Revision]):
    tracked = revised("merged cells").tracked
    # A row whose cells are merged otherwise than before goes and comes, for that cannot be tracked.
    come, gone = changed_rows(tracked).values()
    assert [row[3] for row in come if row not in gone] == ["新的指标"]
    assert [row[:2] for row in gone if row not in come] == [["疫情防控和复工复产", "“穗康码”申领"]]
    assert len(come) == len(gone) == 3
    assert changed_texts(tracked) == {
        ("全区实体政务大厅全部覆盖。政务服务质量平均得分9.6分。", "全区实体政务大厅全部覆盖。得分9.7分。再加一行。"),
        ("100", "105"),  # the sum of the points
    }


def test_a_changed_chart_is_a_picture_gone_and_one_come(revised: Callable[[str], Revision]):
    revision = revised("charts")
    tracked = revision.tracked
    gone, come = (
        re.findall(rf"<w:{way} .*?</w:{way}>", document(tracked).decode(), re.DOTALL) for way in ("del", "ins")
    )
    assert [run for run in gone if "收入总计：2018年度20,736.56万元" in run and "<w:drawing" in run]
    assert [run for run in come if "收入总计：2018年度20,936.56万元" in run and "<w:drawing" in run]
    with zipfile.ZipFile(io.BytesIO(tracked)) as package, zipfile.ZipFile(io.BytesIO(revision.old)) as old:
        kept = {package.read(name) for name in package.namelist() if "/media/" in name}
        assert {old.read(name) for name in old.namelist() if "/media/" in name} <= kept


def test_every_change_is_by_the_program_at_the_time_given(revised: Callable[[str], Revision]):
    tracked = document(revised("words").tracked)
    marks = re.findall(rb"<w:(?:ins|del|\w+Change) [^>]*>", tracked)
    assert marks and all('w:author="决算"'.encode() in mark and DATE.encode() in mark for mark in marks)
    identities = re.findall(rb'<w:(?:ins|del|\w+Change) [^>]*?w:id="(\d+)"', tracked)
    assert len(identities) == len(set(identities))


def test_a_figure_never_changes_by_half(revised: Callable[[str], Revision]):
    tracked = document(revised("a figure").tracked).decode()
    changed = re.findall(
        r"<w:(?:t|delText)[^>]*>([^<]*)</w:(?:t|delText)>",
        "".join(re.findall(r"<w:(?:ins|del) .*?</w:(?:ins|del)>", tracked)),
    )
    assert {"5,143.02", "5,153.02", "27.75%", "28.00%"} <= set(changed)
    assert all(re.fullmatch(r"-?\d{1,3}(,\d{3})*(\.\d+)?%?", text) for text in changed)


def test_what_is_no_word_document_is_refused(publication: Publication):
    for broken in (b"", b"PK", publication.pdf):
        with pytest.raises(UnreadableDocument, match="Word"):
            tracked_changes(broken, publication.docx, DATE)


def document(tracked: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(tracked)) as package:
        return package.read("word/document.xml")


# Any documents


@pytest.mark.slow
@given(edited())
def test_any_document_holds_both_versions(versions: tuple[list[Any], list[Any]]):
    old, new = map(written, versions)
    tracked = tracked_changes(old, new, DATE)
    assert blocks(tracked, "accept") == blocks(new)
    assert blocks(tracked, "reject") == blocks(old)
    assert has_changes(tracked) == (blocks(old) != blocks(new))


@pytest.mark.slow
@given(DOCUMENTS, DOCUMENTS)
def test_documents_that_have_nothing_in_common_do_too(one: list[Any], other: list[Any]):
    old, new = written(one), written(other)
    tracked = tracked_changes(old, new, DATE)
    assert texts(tracked, "accept") == texts(new)
    assert texts(tracked, "reject") == texts(old)
