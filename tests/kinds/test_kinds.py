"""A kind of field is one class: all that people meet of it follows, as for this one, which is registered here alone."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from copies import ROOT, replace_in
from departments import TEXT
from docx import Document
from template_changes import insert

from generator.checks.kinds import KINDS as KINDS_OF_CHECK
from generator.edition import CheckKind
from generator.findings import Code
from generator.kinds import KINDS, FieldKind, FieldSpec, FileAtHand
from generator.kinds.values import read_text
from generator.reading import Node

WORDS = (ROOT / "docs" / "模板用词.md").read_text(encoding="utf-8")


class Day(FieldKind):
    """A day of the calendar; templates write it as `2021年8月30日`."""

    name, how_to_write = "日期", "年-月-日，如 2021-08-30"
    editors = {"type": "string", "format": "date"}  # noqa: RUF012

    def read(self, field: FieldSpec, node: Node, file: FileAtHand) -> str | None:
        text = read_text(node, file.faults) or ""
        try:
            day = datetime.date.fromisoformat(text)
        except ValueError:
            file.faults.add(Code.NOT_A_DATE, f"“{text}”不是日期：请写成“年-月-日”，如 2021-08-30。", node.place)
            return None
        return f"{day.year}年{day.month}月{day.day}日"


FIELD = "  - {名称: 批复日期, 类型: 日期, 必填: 否, 说明: 财政局批复决算的日期。}\n"


@pytest.fixture
def juesuan(
    run: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, home: Path, template: Callable[..., Path]
) -> Callable[..., Any]:
    """`juesuan` with the kind 日期, which a field of an edition of one's own is of, and its template writes."""
    monkeypatch.setitem(KINDS, Day.name, Day())
    replace_in(home / "data_specs" / "gz-2020" / "填报.yaml", ("字段:\n", f"字段:\n{FIELD}"))
    template(insert("截至{{ 年度 }}年12月31日", "{%p if 批复日期 %}", "批复于{{ 批复日期 }}。", "{%p endif %}"))
    monkeypatch.setenv("JUESUAN_EDITIONS", str(home))
    return run


@pytest.fixture
def saying(tmp_path: Path) -> Callable[[str], Path]:
    """Writes the example, which says that it was approved on a day."""

    def saying(day: str) -> Path:
        file = tmp_path / f"{day}.yaml"
        file.write_text(f"{TEXT}\n批复日期: {day}\n", encoding="utf-8")
        return file

    return saying


def test_what_a_department_is_given_asks_for_it(juesuan, tmp_path):
    juesuan("new", "gz-2020", "-o", tmp_path / "填报.yaml")
    asked = (tmp_path / "填报.yaml").read_text(encoding="utf-8")
    assert "# 财政局批复决算的日期。（可以不填）\n批复日期:\n" in asked
    assert "## 批复日期\n\n财政局批复决算的日期。\n\n年-月-日，如 2021-08-30。" in juesuan("guide", "gz-2020").out
    schema = json.loads(juesuan("schema", "gz-2020").out)
    assert schema["properties"]["批复日期"] == Day.editors | {"description": "财政局批复决算的日期。"}


def test_an_editor_of_specifications_offers_it(juesuan):
    kinds = json.loads(juesuan("edition", "schema", "填报").out)["$defs"]["FieldSpec"]["properties"]["类型"]
    assert kinds["enum"][-1] == "日期"


def test_a_file_is_typed_by_it(juesuan, saying):
    assert juesuan("check", saying("2021-08-30")).status == 0
    refused = juesuan("check", saying("2021-08-32"))
    assert refused.status == 1
    assert "“2021-08-32”不是日期" in refused.out + refused.err


@pytest.mark.slow
def test_a_template_names_and_writes_it(juesuan, saying, tmp_path):
    assert "  批复日期（日期" in juesuan("template", "names", "gz-2020").out
    assert juesuan("template", "check", "gz-2020").status == 0
    assert juesuan("build", saying("2021-08-30"), "-o", tmp_path / "公开").status == 0
    (word,) = (tmp_path / "公开").glob("*.docx")
    assert "批复于2021年8月30日。" in [paragraph.text for paragraph in Document(str(word)).paragraphs]


@pytest.mark.slow
def test_two_versions_are_compared_by_it(juesuan, saying):
    said = juesuan("diff", saying("2021-08-30"), saying("2021-09-01")).out
    assert "改　批复日期" in said
    assert "2021年8月30日" in said
    assert "2021年9月1日" in said


def rows(heading: str) -> list[str]:
    """The kinds that a chapter of the reference explains."""
    chapter = WORDS.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    return re.findall(r"^\| `(.*?)` \|", chapter.partition("\n| 类型 |")[2], re.MULTILINE)


def test_the_reference_explains_every_kind():
    assert rows("填报.yaml") == list(KINDS)
    assert rows("勾稽关系.yaml") == [kind.value for kind in CheckKind]


def test_whatever_a_specification_may_call_a_check_is_known_in_checks():
    assert set(KINDS_OF_CHECK) == set(CheckKind)
