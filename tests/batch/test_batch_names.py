"""Which files of a folder are departments', by their names and by what they name as last year's."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from departments import example

from generator.batch import find_departments
from generator.findings import InvalidInput


def write(file: Path, **entries: object) -> None:
    data: dict[str, Any] = example() | entries
    file.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")


def names(folder: Path, only: str = "*") -> list[str]:
    return [one.file.name for one in find_departments(folder, only)[0]]


@pytest.mark.parametrize("left", ["._甲.yaml", "~$甲.yaml", ".~甲.yaml", ".甲.yaml.yml"])
def test_what_systems_and_office_programs_leave_is_nobodys(left, tmp_path):
    write(tmp_path / "甲.yaml")
    (tmp_path / left).write_bytes(b"\x00\x05\x16\x07")
    assert names(tmp_path) == ["甲.yaml"]


@pytest.mark.parametrize("only", ["甲[1].yaml", "甲[1]*", "甲［1］.yaml", "*"])
def test_brackets_of_a_name_stand_for_themselves(only, tmp_path):
    write(tmp_path / "甲[1].yaml")
    assert names(tmp_path, only) == ["甲[1].yaml"]


def test_brackets_of_a_pattern_are_a_choice_too(tmp_path):
    for number in (1, 2, 3):
        write(tmp_path / f"{number}.yaml", 部门=f"第{number}局")
    assert names(tmp_path, "[12].yaml") == ["1.yaml", "2.yaml"]


@pytest.mark.parametrize("only", ["*（本级）*", "*(本级)*"])
def test_brackets_of_either_width_choose_the_same(only, tmp_path):
    write(tmp_path / "甲局（本级）.yaml", 部门="甲局（本级）")
    write(tmp_path / "乙局(本级).yaml", 部门="乙局(本级)")
    write(tmp_path / "丙局.yaml", 部门="丙局")
    assert sorted(names(tmp_path, only)) == ["乙局(本级).yaml", "甲局（本级）.yaml"]


def test_one_department_under_brackets_of_two_widths_is_found_twice(tmp_path):
    write(tmp_path / "1.yaml", 部门="甲局（本级）")
    write(tmp_path / "2.yaml", 部门="甲局(本级)")
    with pytest.raises(InvalidInput) as refused:
        find_departments(tmp_path)
    assert [finding.code for finding in refused.value.findings] == ["B002"]


@pytest.mark.parametrize("name", ["甲.yaml", "./甲.yaml"])
def test_a_department_that_names_itself_as_last_years_is_not_passed_over(name, run, tmp_path):
    write(tmp_path / "甲.yaml", 上年=name)
    write(tmp_path / "乙.yaml", 部门="乙局", 上年="丙.yaml")
    write(tmp_path / "丙.yaml", 部门="乙局", 年度="2019")
    assert names(tmp_path) == ["乙.yaml", "甲.yaml"]
    result = run("batch", tmp_path, "-o", tmp_path / "公开", "--only", "甲*")
    assert result.status == 1
    assert "A003" in result.err and "应是 2019 年度的" in result.err


def test_a_file_of_the_same_year_that_another_names_by_mistake_is_made_all_the_same(tmp_path):
    write(tmp_path / "甲.yaml", 部门="甲局", 上年="乙.yaml")
    write(tmp_path / "乙.yaml", 部门="乙局")
    assert names(tmp_path) == ["乙.yaml", "甲.yaml"]


def test_two_that_name_each_other_are_both_told(run, tmp_path):
    write(tmp_path / "甲.yaml", 部门="甲局", 上年="乙.yaml")
    write(tmp_path / "乙.yaml", 部门="乙局", 上年="甲.yaml")
    result = run("batch", tmp_path, "-o", tmp_path / "公开")
    assert result.status == 1
    assert result.err.count("A003") >= 2
