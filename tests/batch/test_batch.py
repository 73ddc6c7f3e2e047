"""All departments of a folder: what is made, what is said, and what is left when something or somebody breaks in."""

from __future__ import annotations

import io
import json
import multiprocessing
import os
import random
import signal
import subprocess
import threading
import time
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from departments import EXAMPLE, EXAMPLE_OF_2019
from docx import Document
from random_departments import random_department
from rich.console import Console

from benchmarks.kills import COMMAND, contents, kill_and_go_on, prepare, write_short_edition
from generator.accounts import Cell, load_accounts
from generator.batch import Department, Outcome, Stage
from generator.batch.pool import Died, run_all
from generator.batch.stopping import Stop
from generator.cli.batch_shown import progress
from generator.edition import load_edition
from generator.narrative import template_environment

BROKEN = "版本: gz-2020\n部门: [未写完"


def department(number: int, **entries: object) -> dict[str, Any]:
    return random_department(random.Random(number), subjects=2, unit="元") | {"部门": f"某市第{number}局"} | entries


def write(file: Path, data: dict[str, Any]) -> Path:
    file.parent.mkdir(exist_ok=True)
    file.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    return file


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    """A folder with the files of three departments: 1.json, 2.json, 3.json."""
    for number in (1, 2, 3):
        write(tmp_path / "填报" / f"{number}.json", department(number))
    return tmp_path / "填报"


@pytest.fixture
def batch(run: Callable[..., Any], tmp_path: Path, sources: Path) -> Callable[..., Any]:
    """Runs `juesuan batch` over `sources`, with a template of one page; the publications go to `公开`."""
    write_short_edition(tmp_path / "版本")

    def batch(*options: object) -> Any:
        return run("batch", sources, "-o", tmp_path / "公开", "--editions", tmp_path / "版本", "-j", 1, *options)

    return batch


def made(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.glob("*")) if folder.exists() else []


def pair(number: int) -> list[str]:
    return [f"2020年某市第{number}局部门决算.{ending}" for ending in ("docx", "pdf")]


def sheet(folder: Path, title: str) -> list[tuple[Any, ...]]:
    return list(openpyxl.load_workbook(folder / "汇总.xlsx")[title].iter_rows(values_only=True))


# What is made


@pytest.mark.slow
def test_every_department_is_made_as_it_would_be_alone(batch, run, tmp_path, sources):
    assert batch("--jobs", 2).status == 0
    assert made(tmp_path / "公开") == [*pair(1), *pair(2), *pair(3), "汇总.xlsx"]
    run("build", sources / "2.json", "-o", tmp_path / "单独", "--editions", tmp_path / "版本")
    for name in pair(2):
        assert (tmp_path / "公开" / name).read_bytes() == (tmp_path / "单独" / name).read_bytes()


def test_a_file_with_faults_does_not_stand_in_the_way_of_others(batch, tmp_path, sources):
    (sources / "1.json").write_text(BROKEN, encoding="utf-8")
    result = batch()
    assert result.status == 1
    assert made(tmp_path / "公开") == [*pair(2), *pair(3), "汇总.xlsx"]
    assert "R201" in result.err and "1.json:" in result.err
    assert "已生成 2 个，有误 1 个。" in result.out


def test_fail_fast_begins_none_after_the_first_fault(batch, tmp_path, sources):
    (sources / "1.json").write_text(BROKEN, encoding="utf-8")
    result = batch("--fail-fast", "--jobs", 1)
    assert result.status == 1
    assert made(tmp_path / "公开") == ["汇总.xlsx"]
    assert "有误 1 个，未处理 2 个。" in result.out


def test_a_failed_check_is_a_fault_but_makes_a_draft(batch, tmp_path, sources):
    data = department(1)
    data["决算表"]["表1"] = data["决算表"].get("表1", {}) | {"收入总计": {"决算数": "1.00"}}
    write(sources / "1.json", data)
    assert batch("--only", "1.json").status == 1
    assert made(tmp_path / "公开") == ["汇总.xlsx"]
    result = batch("--only", "1.json", "--draft")
    assert result.status == 0
    assert made(tmp_path / "公开") == [*pair(1), "汇总.xlsx"]
    assert "草稿 1 个。" in result.out
    assert "不符" in str(sheet(tmp_path / "公开", "gz-2020 表1"))
    unequal = [row[0] for row in sheet(tmp_path / "公开", "gz-2020 勾稽关系") if row[-1] == "不符"]
    assert unequal == ["G101"]


def test_two_departments_of_one_name_are_refused_before_anything_is_written(batch, tmp_path, sources):
    write(sources / "4.json", department(4, 部门="某市第2局"))
    result = batch()
    assert result.status == 1
    assert "B002" in result.err and "2.json" in result.err and "4.json" in result.err
    assert made(tmp_path / "公开") == []


@pytest.mark.slow
def test_only_the_files_asked_for(batch, tmp_path, sources):
    assert batch("--only", "[12].json").status == 0
    assert made(tmp_path / "公开") == [*pair(1), *pair(2), "汇总.xlsx"]
    result = batch("--only", "*.yaml")
    assert result.status == 1 and "“*.yaml”" in result.err


@pytest.mark.slow
def test_folders_below_are_for_the_asking(batch, tmp_path, sources):
    write(sources / "下级" / "4.json", department(4))
    batch()
    assert not (tmp_path / "公开" / pair(4)[0]).exists()
    assert batch("--recursive").status == 0
    assert (tmp_path / "公开" / pair(4)[0]).exists()


@pytest.mark.slow
def test_other_files_are_passed_over(batch, tmp_path, sources):
    (sources / "说明.yaml").write_text("联系人: 张三\n", encoding="utf-8")
    (sources / "说明.txt").write_text("版本: gz-2020\n", encoding="utf-8")
    result = batch()
    assert result.status == 0 and "说明" not in result.out + result.err


@pytest.mark.slow
def test_the_file_of_last_year_is_made_only_where_it_is_chosen(run, tmp_path):
    folder = tmp_path / "填报"
    folder.mkdir()
    (folder / "去年.yaml").write_text(EXAMPLE_OF_2019.read_text("utf-8"), encoding="utf-8")
    (folder / "今年.yaml").write_text(EXAMPLE.read_text("utf-8") + "\n", encoding="utf-8")
    text = (folder / "今年.yaml").read_text("utf-8")
    begins = text.index("\n上年:")
    ends = text.index("\n\n", begins)
    (folder / "今年.yaml").write_text(f"{text[:begins]}\n上年: 去年.yaml{text[ends:]}", encoding="utf-8")
    result = run("batch", folder, "-o", tmp_path / "公开")
    assert "去年.yaml：是其他文件的上年填报文件" in result.out
    assert not list((tmp_path / "公开").glob("2019*"))
    assert run("batch", folder, "-o", tmp_path / "公开", "--only", "去年*").status == 0
    assert len(list((tmp_path / "公开").glob("2019*"))) == 2


def test_what_is_kept_of_a_template_between_departments_knows_the_wording_of_each():
    """Two editions of one template: what Jinja works out beforehand for one must not show in the other."""
    wording = load_edition("gz-2020").wording
    texts = [
        template_environment(words).from_string("{{ 0|万元 }}").render()
        for words in (wording, wording.model_copy(update={"text_zero": "零"}), wording)
    ]
    assert texts == ["0万元", "零万元", "0万元"]


# A second run


@pytest.mark.slow
def test_a_second_run_makes_only_what_is_not_current(batch, tmp_path, sources):
    batch()
    old = {name: (tmp_path / "公开" / name).stat().st_mtime_ns for name in [*pair(1), *pair(2), *pair(3)]}
    (tmp_path / "公开" / pair(2)[1]).unlink()
    write(sources / "3.json", department(3, 概况={"主要职责": ["别的工作。"], "本级": "局", "机关": "局"}))
    result = batch()
    assert result.status == 0 and "已生成 2 个，未变 1 个。" in result.out
    new = {name: (tmp_path / "公开" / name).stat().st_mtime_ns for name in old}
    assert [name for name in old if old[name] == new[name]] == pair(1)
    assert [row[3] for row in sheet(tmp_path / "公开", "部门")[1:]] == ["未变", "已生成", "已生成"]
    assert [row[6] for row in sheet(tmp_path / "公开", "部门")[1:]] == [1, 1, 1]
    assert "3 个部门合计" in sheet(tmp_path / "公开", "gz-2020 表1")[0][0]
    assert "已生成 3 个。" in batch("--force").out


@pytest.mark.slow
def test_what_somebody_edited_is_not_overwritten(batch, tmp_path, sources):
    batch("--only", "1.json")
    file = tmp_path / "公开" / pair(1)[0]
    document = Document(str(file))
    document.add_paragraph("手工补充")
    document.save(str(file))
    edited = file.read_bytes()
    result = batch()
    assert result.status == 1 and "W104" in result.err and "已生成 2 个，有误 1 个。" in result.out
    assert file.read_bytes() == edited
    assert batch("--force").status == 0


# The summary


def test_the_summary_tells_of_each_department(batch, tmp_path, sources):
    (sources / "3.json").write_text(BROKEN, encoding="utf-8")
    batch()
    heads, *rows = sheet(tmp_path / "公开", "部门")
    table = [dict(zip(heads, row, strict=True)) for row in rows]
    assert [(row["填报文件"], row["状态"], row["错误"], row["页数"]) for row in table] == [
        ("1.json", "已生成", 0, 1),
        ("2.json", "已生成", 0, 1),
        ("3.json", "有误", 1, None),
    ]
    assert table[0]["公开文本"] == "、".join(pair(1))
    (_, finding) = sheet(tmp_path / "公开", "核对结果")
    assert finding[1:4] == ("3.json", "错误", "R201")


@pytest.mark.slow
def test_the_sums_are_those_of_the_departments(batch, tmp_path, sources):
    batch()
    ledgers = [load_accounts(sources / f"{number}.json").ledger for number in (1, 2, 3)]
    for table in ("表1", "表5", "表6", "表10"):
        specified = ledgers[0].edition.tables[table]
        names = {row.caption: row.name for block in specified.blocks for row in block.fixed_rows}
        columns: list[str] = []
        for code, caption, *cells in sheet(tmp_path / "公开", f"gz-2020 {table}")[1:]:
            if code == "编码":
                columns = cells[: cells.index("核对")]
                names |= {"总计": "收入总计" if caption == "收入" else "支出总计"}
                continue
            row = code or names.get(caption.strip("　"), "合计")
            assert cells[-1] == "相符"
            for column, amount in zip(columns, cells, strict=False):
                wanted = sum(ledger.amount(Cell(table, row, column)) for ledger in ledgers)
                assert Decimal(str(amount)) == wanted, (table, row, column)


@pytest.mark.slow
def test_what_departments_divide_differently_still_adds_up(batch, tmp_path, sources):
    """One enters a section as a whole, another by items; from 万元, what is apart by rounding is said to be so."""
    for number in range(4, 10):
        data = random_department(random.Random(number), unit="万元", stating=1, subjects=8, rich=True)
        write(sources / f"{number}.json", data | {"部门": f"某市第{number}局"})
    assert batch().status == 0
    shown = str([sheet(tmp_path / "公开", f"gz-2020 表{number}") for number in range(1, 11)])
    assert "不符" not in shown and "尾差" in shown
    verdicts = {row[-1] for row in sheet(tmp_path / "公开", "gz-2020 勾稽关系")[1:]}
    assert verdicts == {"相符", "尾差"}


def test_what_a_department_wrote_is_no_formula(batch, tmp_path, sources):
    write(sources / "1.json", department(1, 部门='=HYPERLINK("x")'.replace('"', "'")))
    assert batch("--only", "1.json").status == 0
    cell = openpyxl.load_workbook(tmp_path / "公开" / "汇总.xlsx")["部门"]["A2"]
    assert (cell.value, cell.data_type) == ("=HYPERLINK('x')", "s")


def test_a_terminal_shows_how_far_it_is():
    screen = io.StringIO()
    with progress(Console(file=screen, force_terminal=True, width=80), 2) as tell:
        tell(Outcome(Department(Path("1.json"), "某局"), Stage.MADE))
    assert "某局" in screen.getvalue() and "1/2" in screen.getvalue()


# What breaks in


def test_temporary_files_of_a_killed_run_go(batch, tmp_path, sources):
    left = tmp_path / "公开" / ".juesuan-99999-abc"
    left.mkdir(parents=True)
    (left / pair(1)[0]).write_bytes(b"half")
    (tmp_path / "公开" / ".juesuan-99999-汇总.xlsx").write_bytes(b"half")
    assert batch("--only", "1.json").status == 0
    assert made(tmp_path / "公开") == [*pair(1), "汇总.xlsx"]


def test_a_folder_that_cannot_be_written_is_said_once_for_each(batch, tmp_path, sources):
    (tmp_path / "公开").write_text("a file")
    result = batch()
    assert result.status == 1 and "W102" in result.err and "Traceback" not in result.err


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signal")
def test_ctrl_c_ends_soon_and_a_second_run_goes_on(tmp_path):
    for number in range(30):
        write(tmp_path / "填报" / f"{number}.json", department(number))
    command = [*COMMAND, "batch", str(tmp_path / "填报"), "-o", str(tmp_path / "公开"), "--jobs", "2"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True)
    while not list((tmp_path / "公开").glob("*.pdf")):
        time.sleep(0.05)
    os.killpg(process.pid, signal.SIGINT)
    out, err = process.communicate(timeout=30)
    assert process.returncode == 130, err.decode()
    files = contents(tmp_path / "公开")
    assert 2 <= len(files) < 60 and len(files) % 2 == 0
    assert all(name.endswith((".docx", ".pdf")) for name in files)
    assert "未处理" in out.decode() and b"Traceback" not in err


def _work(folder: Path) -> Callable[[str], str]:
    def work(task: str) -> str:
        tried = folder / task
        first = not tried.exists()
        tried.touch()
        if task == "dies" or (task == "dies once" and first):
            os.kill(os.getpid(), signal.SIGKILL)
        return task.upper()

    return work


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signal")
def test_a_worker_that_dies_is_replaced_and_its_task_tried_again(tmp_path):
    tasks = ["dies", "a", "dies once", "b", "c"]
    buried: list[int] = []
    results = dict(run_all(tasks, _work, (tmp_path,), size=2, stop=Stop(), buried=buried.append))
    assert results == {"dies": Died(-signal.SIGKILL, tries=2), "a": "A", "dies once": "DIES ONCE", "b": "B", "c": "C"}
    assert len(set(buried)) == 3


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signal")
def test_a_department_whose_worker_was_killed_is_made_all_the_same(batch, tmp_path):
    def kill_one() -> None:
        while not (workers := multiprocessing.active_children()):
            time.sleep(0.01)
        os.kill(workers[0].pid, signal.SIGKILL)

    killer = threading.Thread(target=kill_one)
    killer.start()
    result = batch()
    killer.join()
    # What was written already when its worker was killed is current when it is tried again.
    assert result.status == 0 and ("已生成 3 个。" in result.out or "已生成 2 个，未变 1 个。" in result.out)
    assert made(tmp_path / "公开") == [*pair(1), *pair(2), *pair(3), "汇总.xlsx"]


@pytest.mark.slow
def test_after_a_kill_at_any_moment_a_second_run_makes_all(tmp_path):
    whole, _ = prepare(tmp_path, 12)
    left = [kill_and_go_on(tmp_path, 2 * (number - 1), number % 2 == 0, whole) for number in range(12)]
    assert any(strays for _, strays in left), "no kill came while files were written"


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt" or os.getuid() != 0, reason="only root can make a small disk")
def test_a_full_disk_is_said_and_leaves_what_was_there(run, tmp_path, sources):
    disk = tmp_path / "小盘"
    disk.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=700k", "tmpfs", str(disk)], check=False).returncode:
        pytest.skip("no small disk can be made here")
    try:
        assert run("batch", sources, "-o", disk, "--only", "1.json").status == 0
        before, summary = contents(disk), (disk / "汇总.xlsx").read_bytes()
        write(sources / "1.json", department(1, 金额单位="万元"))
        (disk / "other").write_bytes(bytes(os.statvfs(disk).f_bavail * os.statvfs(disk).f_frsize))
        result = run("batch", sources, "-o", disk)
        assert result.status == 1 and "W102" in result.err and "磁盘" in result.err and "Exception" not in result.err
        after = contents(disk)
        after.pop("other")
        assert after == before and (disk / "汇总.xlsx").read_bytes() == summary
    finally:
        subprocess.run(["umount", str(disk)], check=True)
