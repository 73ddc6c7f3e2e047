"""What other programs use: the example that the package shows, and what it refuses."""

from __future__ import annotations

import doctest
import subprocess
import sys
from pathlib import Path

import pytest
from copies import ROOT
from departments import EXAMPLE, replaced

import generator


@pytest.mark.slow
def test_the_example_of_the_package_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "data_specs").symlink_to(ROOT / "data_specs")
    monkeypatch.chdir(tmp_path)
    result = doctest.testmod(generator)
    assert (result.failed, result.attempted) == (0, 5)
    assert len(list((tmp_path / "output").glob("2020年*"))) == 2


def test_a_comparison_names_what_was_entered_otherwise(tmp_path: Path) -> None:
    new = tmp_path / "新.yaml"
    new.write_text(replaced(("货物: 114.30", "货物: 114.31")), encoding="utf-8")
    with pytest.raises(generator.InvalidInput):
        generator.compare(EXAMPLE, EXAMPLE)
    assert [(entry.old, entry.new) for entry in generator.compare(EXAMPLE, new).entered] == [("114.30", "114.31")]


def test_a_file_with_a_fault_is_refused_with_its_place(tmp_path: Path) -> None:
    file = tmp_path / "填报.yaml"
    file.write_text(replaced(("金额单位: 万元", "金额单位: 亿元")), encoding="utf-8")
    with pytest.raises(generator.InvalidInput) as refused:
        generator.load(file)
    assert refused.value.findings[0].places[0].line


def test_reading_needs_no_printer() -> None:
    program = "import generator, sys; assert not {'reportlab', 'docx', 'pydantic'} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", program], check=True, cwd=ROOT)
