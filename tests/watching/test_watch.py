"""Watching a department's file: what is made again, and what is said, after each save."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from copies import replace_in
from departments import EXAMPLE, EXAMPLE_OF_2019

from benchmarks.kills import COMMAND, write_short_edition
from generator.cli.watch import print_remade
from generator.edition import use_editions
from generator.pdf.fonts import FontLibrary
from generator.watching import Watch


def save(file: Path, text: str) -> None:
    """Writes `file`, a moment later than it was written before, as any editor does."""
    before = file.stat().st_mtime_ns if file.exists() else 0
    file.write_text(text, encoding="utf-8")
    os.utime(file, ns=(before + 1_000_000, before + 1_000_000))


@pytest.fixture
def short(tmp_path: Path) -> Iterator[Path]:
    """Editions of one's own whose template has one page."""
    write_short_edition(tmp_path / "版本")
    use_editions(tmp_path / "版本")
    yield tmp_path / "版本"
    use_editions(None)


@pytest.fixture
def watch(short: Path, tmp_path: Path, variant: Callable[..., Path], open_fonts: FontLibrary) -> Watch:
    """Watches the example, of which a first draft is made."""
    watch = Watch(variant(), tmp_path / "草稿", open_fonts)
    first = watch.look()
    assert first is not None and len(first.made) == 2 and not first.came
    return watch


@pytest.mark.slow
def test_nothing_is_made_until_something_is_saved(watch, tmp_path):
    made = {path: path.stat().st_mtime_ns for path in (tmp_path / "草稿").iterdir()}
    assert watch.look() is None
    assert {path: path.stat().st_mtime_ns for path in (tmp_path / "草稿").iterdir()} == made


def test_a_save_makes_the_draft_again_and_tells_what_was_entered_and_found(watch, variant, capsys):
    file = variant()
    save(file, file.read_text("utf-8").replace("财政拨款收入: 1432.23", "财政拨款收入: 1433.23"))
    remade = watch.look()
    assert remade.changed == (file,) and len(remade.made) == 2
    assert [(one.name, one.old, one.new) for one in remade.entered] == [
        ("表2 › 2060101 行政运行 › 财政拨款收入", "1,432.23", "1,433.23")
    ]
    assert "G101" in {finding.code for finding in remade.came} and not remade.went
    print_remade(remade)
    assert "改 表2 › 2060101 行政运行 › 财政拨款收入：1,432.23 → 1,433.23" in capsys.readouterr().out
    save(file, file.read_text("utf-8").replace("财政拨款收入: 1433.23", "财政拨款收入: 1432.23"))
    back = watch.look()
    assert not back.came and {finding.code for finding in back.went} == {finding.code for finding in remade.came}


@pytest.mark.slow
def test_a_half_written_file_is_said_and_waited_for(watch, variant, tmp_path, capsys):
    file = variant()
    whole = file.read_text("utf-8")
    draft = {path: path.read_bytes() for path in (tmp_path / "草稿").iterdir()}
    for half in ("", whole[: len(whole) // 2] + "\n  [", whole[:2000]):
        save(file, half)
        remade = watch.look()
        assert remade.made == () and remade.came and not remade.went
        print_remade(remade)
    assert {path: path.read_bytes() for path in (tmp_path / "草稿").iterdir()} == draft
    assert "原来的草稿没有动" in capsys.readouterr().out
    save(
        file,
        whole.replace(
            "厅（室）及相关机构事务支出: {财政拨款收入: 218.10}", "厅（室）及相关机构事务支出: {财政拨款收入: 218.11}"
        ),
    )
    assert [one.new for one in watch.look().entered] == ["218.11"]


def test_a_file_that_goes_and_comes_back_is_made_again(watch, variant):
    file = variant()
    whole = file.read_text("utf-8")
    file.unlink()
    assert {finding.code for finding in watch.look().came} == {"R101"}
    assert watch.look() is None
    save(file, whole)
    assert len(watch.look().made) == 2


@pytest.mark.slow
def test_the_template_and_the_edition_are_watched_too(watch, short):
    template = short / "templates" / "gz-2020.docx"
    os.utime(template, ns=(1, 1))
    assert watch.look().changed == (template,)
    head = short / "data_specs" / "gz-2019" / "版本.yaml"  # which gz-2020 builds on
    replace_in(head, ("年{部门}部门决算", "年度{部门}决算"))
    remade = watch.look()
    assert remade.changed == (head,)
    assert {path.stem for path in remade.made} == {"2020年度广州市海珠区政务服务数据管理局决算"}
    template.write_bytes(b"no document")
    remade = watch.look()
    assert not remade.made and {finding.code for finding in remade.came} == {"T101"}


def test_last_years_file_is_watched_too(short, tmp_path, open_fonts):
    text = EXAMPLE.read_text("utf-8")
    begins = text.index("\n上年:")
    ends = text.index("\n\n", begins)
    file, last_year = tmp_path / "今年.yaml", tmp_path / "去年.yaml"
    save(file, f"{text[:begins]}\n上年: 去年.yaml{text[ends:]}")
    watch = Watch(file, tmp_path / "草稿", open_fonts)
    watch.look()
    save(last_year, EXAMPLE_OF_2019.read_text("utf-8"))
    assert watch.look().changed == (last_year,)


def test_a_file_that_is_not_there_is_refused_at_once(run, tmp_path):
    result = run("watch", tmp_path / "没有.yaml")
    assert result.status == 1 and "R101" in result.err


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signal")
def test_the_command_works_until_ctrl_c(variant, tmp_path):
    file, folder = variant(), tmp_path / "草稿"
    command = [*COMMAND, "watch", str(file), "-o", str(folder)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    while not list(folder.glob("*.pdf")):
        assert process.poll() is None
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=30)
    assert process.returncode == 0 and err == ""
    assert out.endswith("已结束。\n")
    assert len(list(folder.iterdir())) == 2
