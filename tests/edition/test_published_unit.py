"""The unit in which an edition publishes (公布单位): every figure in it, and no text that says another."""

from __future__ import annotations

import io
import zipfile
from decimal import Decimal
from pathlib import Path

import pytest
from copies import copied_edition, replace_in
from departments import EXAMPLE_OF_2019
from docx import Document
from published import text_of

from generator.edition import load_edition
from generator.findings import InvalidInput
from generator.numbers import FigureWriter

IN_YUAN = ('单位栏: "单位：万元"', "公布单位: 元")
ROUNDED = "本表金额转换为万元时，因四舍五入可能存在尾差。"


@pytest.fixture
def in_yuan(tmp_path: Path) -> Path:
    """A copy of gz-2019 published in 元."""
    folder = copied_edition("gz-2019", tmp_path)
    replace_in(folder / "版本.yaml", IN_YUAN)
    replace_in(folder / "填报.yaml", ("（万元）", "（元）"))
    for number in range(1, 10):
        replace_in(folder / f"表{number}.yaml", (ROUNDED, ""))
    return folder


def test_figures_are_written_in_the_unit_and_with_the_decimals_of_the_edition(in_yuan):
    wording = load_edition("gz-2019", in_yuan.parent).wording
    figures = FigureWriter(wording)
    assert figures.amount(Decimal("12.345678")) == "123,456.78元"
    assert figures.in_official_table(Decimal("12.345678")) == "123456.78"
    assert figures.difference(Decimal("1.000001"), Decimal(1)) == "增加0.01元"
    assert figures.growth(Decimal("1.1"), Decimal(1)) == "增加1,000.00元，增长10.00%"
    assert figures.comparison(Decimal("1.000001"), Decimal(1)) == "大于"
    whole = FigureWriter(wording.model_copy(update={"decimals": 0}))
    assert whole.amount(Decimal("12.34565")) == "123,457元"


# (file, what is replaced by what, the text that the message points to, what it says)
OTHER_UNITS = [
    ("表9.yaml", "纳入预算管理\\n", "纳入预算管理（万元）\\n", "（万元）", "这里写的是“万元”，而这张表的数印成元"),
    ("表9.yaml", "  - 注：", "  - 单位：万元。", "  - 单位", "这里写的是“万元”"),
    ("填报.yaml", "（元）", "（万元）", '- {头: "任务（重要事项）涉及', "请把这里的“万元”改成“元”"),
]


@pytest.mark.parametrize(("name", "old", "new", "spot", "says"), OTHER_UNITS)
def test_a_text_that_says_another_unit_is_refused_with_its_line(in_yuan, name, old, new, spot, says):
    file = in_yuan / name
    replace_in(file, (old, new))
    with pytest.raises(InvalidInput) as refused:
        load_edition("gz-2019", in_yuan.parent)
    finding = next(finding for finding in refused.value.findings if says in finding.message)
    line = file.read_text(encoding="utf-8").partition(spot)[0].count("\n") + 1
    assert str(finding.places[0]).startswith(f"{file}:{line}:")


def test_a_head_in_yuan_over_figures_in_wan_yuan_is_refused(tmp_path):
    file = copied_edition("gz-2019", tmp_path) / "版本.yaml"
    replace_in(file, ("单位：万元", "单位：元"))
    with pytest.raises(InvalidInput, match=r"单位栏写的是“元”，表里的数却印成万元.*写“公布单位: 元”") as refused:
        load_edition("gz-2019", file.parent.parent)
    (finding,) = refused.value.findings
    assert str(finding.places[0]).startswith(f"{file}:13:")


def test_a_table_may_be_published_in_a_unit_of_its_own(in_yuan):
    replace_in(in_yuan / "表5.yaml", ("编号: 表5\n", "编号: 表5\n公布单位: 万元\n"))
    edition = load_edition("gz-2019", in_yuan.parent)
    table = edition.tables["表5"]
    assert edition.printed("单位：{单位}", table, "某局") == "单位：万元"
    assert FigureWriter(edition.wording, table.unit).in_official_table(Decimal("1.23")) == "1.23"


def in_template(home: Path, *replacements: tuple[str, str]) -> None:
    """Changes texts of the template of gz-2019 in `home`."""
    file = home / "templates" / "gz-2019.docx"
    made = io.BytesIO()
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            for one, other in replacements:
                text = text.replace(one.encode(), other.encode()) if name == "word/document.xml" else text
            new.writestr(name, text)
    file.write_bytes(made.getvalue())


@pytest.mark.slow
def test_a_template_that_says_another_unit_is_told(run, in_yuan, tmp_path):
    assert "没有过滤器“万元”，是不是“元”？" in run("template", "check", "gz-2019", "--editions", tmp_path).out
    in_template(tmp_path, ("{{ 总收入|万元 }}", "{{ 总收入|表中数 }}万元"), ("|万元", "|元"))
    told = run("template", "check", "gz-2019", "--editions", tmp_path).out
    assert "“{{ 总收入|表中数 }}万元”后面的“万元”与数的单位不符：正文的金额印成元，请把“万元”改成“元”" in told
    assert "这里写着“万元”，而金额印成元" in told, "支出总额（万元）"


@pytest.mark.slow
def test_a_publication_in_yuan_is_in_yuan_throughout_and_verified(run, in_yuan, tmp_path):
    in_template(tmp_path, ("|万元", "|元"))
    result = run("build", EXAMPLE_OF_2019, "--editions", tmp_path, "-o", tmp_path / "output")
    assert result.status == 0, result.err
    (made,) = (tmp_path / "output").glob("*.docx")
    text = text_of(Document(str(made)))
    assert "单位：元" in text
    assert "245567600.00" in text, "表4"
    assert "收、支总计246,493,600.00元。与2018年相比，收、支总计各增加39,128,000.00元，增长18.87%" in text
    assert "2019年度246,493,600.00元" in zipfile.ZipFile(made).read("word/document.xml").decode(), "图一"
    assert run("verify", made, EXAMPLE_OF_2019, "--editions", tmp_path).status == 0
