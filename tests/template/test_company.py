"""One slip in a template is told once, at its place, and not with all that follows from it."""

from __future__ import annotations

import pytest
from docx import Document

from generator.edition import load_edition
from generator.pdf.fonts import FontLibrary
from generator.template.checking import check_template

LOOP = ["{%p for 项 in 收入项目 %}", "{{ loop.index }}{{ 项.名称 }}", "{%p endfor %}"]
CONDITION = ["{%p if 部门 %}", "甲", "{%p else %}", "乙", "{%p endif %}"]


def with_slip(lines: list[str], old: str, new: str) -> list[str]:
    """`lines` amid others that are right, with a slip."""
    slipped = [line.replace(old, new) for line in lines]
    return [*LOOP, CONDITION[0], *[line for line in slipped if line], *CONDITION[1:], "{{p 画表('表1') }}", *LOOP]


CASES = [
    (LOOP, "{%p endfor %}", "", "“{%p for 项 in 收入项目 %}”打开了循环，后面没有“{%p endfor %}”结束它"),
    (LOOP, "{%p for 项 in 收入项目 %}", "", "“{%p endfor %}”没有可结束的循环"),
    (LOOP, "endfor", "endfro", "没有“endfro”这种标记，是不是“endfor”？"),
    (LOOP, "endfor", "end", "没有“end”这种标记，是不是“endfor”或“endif”？"),
    (LOOP, "endfor", "endif", "“{%p endif %}”结束不了第 5 段的“{%p for 项 in 收入项目 %}”，应写成“{%p endfor %}”。"),
    (LOOP, "{%p for", "{%p fro", "没有“fro”这种标记，是不是“for”？"),
    (LOOP, " in ", " 在 ", "循环应写成“for 项 in 列表”"),
    (LOOP, "收入项目 %}", "收入项目", "“{%”开始的标记没有结束"),
    (LOOP, "{%p for", "｛％p for", "“｛％”里有全角符号"),
    (LOOP, "endfor %}", "endfor ％｝", "“％｝”里有全角符号"),
    (LOOP, "{%p endfor", "{% endfor", "写法不同：开头和结尾要么都写“p”"),
    (LOOP, "收入项目", "收入项木", "没有“收入项木”这个名称，是不是“收入项目”？"),
    (LOOP, "{{ loop.index }}", "{{ 部门 {{ loop.index }}", "前一个没有结束，缺少“}}”"),
    (CONDITION, "{%p endif %}", "", "打开了条件，后面没有“{%p endif %}”结束它"),
    (CONDITION, "else", "esle", "没有“esle”这种标记，是不是“else”？"),
    (CONDITION, "if 部门", "if 部门 = '甲'", "两个等号"),
    (CONDITION, "甲", "{% if 部门 %}甲", "“{% if 部门 %}”打开了条件，后面没有“{% endif %}”结束它，请在同一段里补上"),
    (["{{ 部们 }}", "甲", "{{ 部们 }}"], "甲", "乙", "没有“部们”这个名称，是不是“部门”？"),
    (["{% if 部门 %}甲", "乙{% endif %}"], "甲", "甲", "要在同一段里。跨段的写成独占一段的“{%p … %}”"),
]


@pytest.mark.parametrize(("lines", "old", "new", "says"), CASES)
def test_the_cause_alone_is_told(tmp_path, lines, old, new, says):
    document = Document()
    for line in with_slip(lines, old, new):
        document.add_paragraph(line)
    document.save(str(tmp_path / "gz-2020.docx"))
    found = check_template(tmp_path / "gz-2020.docx", load_edition("gz-2020"), FontLibrary.of_machine(()))
    told = [
        finding.message for finding in found if finding.code in ("T102", "T103", "T104") or "循环里" in finding.message
    ]
    assert len(told) == 1, told
    assert says in told[0]
