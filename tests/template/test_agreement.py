"""`juesuan template check` and `juesuan build` are of one mind: what fills is not refused, what fails is found."""

from __future__ import annotations

import pytest
from copies import copied_edition
from departments import EXAMPLE
from docx import Document
from template_changes import TEMPLATE, at

from generator.accounts import load_accounts
from generator.filling import render
from generator.findings import Severity
from generator.narrative import TemplateFault, narrative_context, template_environment
from generator.pdf.fonts import FontLibrary
from generator.template.checking import check_template

MEETINGS = """
  - 名称: 会议情况
    类型: 组
    必填: 否
    说明: 没有会议的不填。
    下级:
      - {名称: 次数, 类型: 个数, 说明: 会议次数。}
      - {名称: 地点, 类型: 名单, 说明: 会议地点。}
      - {名称: 概述, 类型: 层次, 说明: 会议概述。}
      - 名称: 大会
        类型: 组
        说明: 最大的一次会议。
        下级: [{名称: 名称, 类型: 文字, 说明: 会议名称。}]
  - {名称: 附表, 类型: 自由表格, 必填: 否, 说明: 可以附一张表。}
  - 名称: 各次会议
    类型: 列表
    必填: 否
    说明: 逐次填写。
    下级: [{名称: 名称, 类型: 文字, 说明: 会议名称。}]
"""
"""Fields that a department may leave out, as the example does: the group that a finance bureau adds, and the like."""

FILLED = [
    # Pieces and items
    "{{ 部门[0:2] }}", "{{ 部门[-4:] }}", "{{ 部门[:-1] }}", "{{ 部门[0] }}", "{{ 部门[-1] }}",
    "{{ 概况.下属单位[0] }}",
    "{{ 概况.下属单位[-1] }}",
    "{{ 概况.下属单位[1:]|顿号 }}",
    "{{ 概况.下属单位[:1]|项数 }}",
    "{{ 收入项目[0].名称 }}", "{% for 项 in 收入项目[1:] %}{{ 项.金额|万元 }}{% endfor %}",
    "{{ 部门.replace('广州市', '') }}", "{{ 部门.startswith('广州') and '是' or '否' }}",
    # Rows that are chosen by a code
    "{% for 类 in 表5.各类 %}{{ 表5[类.编码]['基本支出']|万元 }}{% endfor %}",
    "{% for 款 in 表5.各款 %}{{ 表5[款.行]['基本支出']|万元 }}{{ 款.编码[0:3] }}{% endfor %}",
    "{% for 码 in ['2010301', '2060101'] %}{{ 表5[码]['基本支出']|万元 }}{% endfor %}",
    "{% for 类 in 表10 %}{{ 表10[类]['合计']|万元 }}{% endfor %}",
    "{{ 表5['20601' ~ '01']['项目支出']|万元 }}",
    "{% set 行 = 表7['决算数'] %}{{ 行['公务接待费']|万元 }}",
    "{% for 栏 in ['公务接待费', '合计'] %}{{ 表7['决算数'][栏]|万元 }}{% endfor %}",
    "{% for 行, 数 in 表5.items() %}{{ 数['基本支出']|万元 }}{% endfor %}",
    # Loops
    "{% for 项 in 收入项目 %}{{ loop.index }}{{ loop.index|汉字 }}{% if not loop.last %}、{% endif %}{% endfor %}",
    "{% for 项 in 收入项目 if 项.金额 > 0 %}{{ 项.名称 }}{% else %}没有{% endfor %}",
    "{% for 项 in 收入项目 %}{{ loop.cycle('单', '双') }}{{ loop.length }}{% endfor %}",
    "{%- for 项 in 收入项目 -%}{{- 项.名称 -}}{%- endfor -%}",
    "{% for 项 in 各次会议 %}{{ 项.名称 }}{% endfor %}", "{{ 各次会议|项数 }}",
    "{% for 地点 in 会议情况.地点 %}{{ 地点 }}{% endfor %}",
    # Values
    "{% set 名 = 部门 ~ '（' ~ 年度 ~ '）' %}{{ 名 }}", "{% set 名 %}甲{{ 部门 }}{% endset %}{{ 名 }}",
    "{{ '甲' if 总收入 > 总支出 else '乙' }}",
    "{{ (总收入 - 总支出)|万元 }}",
    "{{ -总收入|万元 }}",
    "{{ (总收入 * 2 / 3)|万元 }}",
    "{{ 年度 + 1 }}", "{{ 年度 % 100 }}", "{{ 概况.下属单位|项数 + 1 }}", "{{ 占比(总收入, 总支出, 1) }}",
    "{% if '中心' in 部门 %}甲{% endif %}{% if 部门 in ['甲', '乙'] %}乙{% endif %}",
    "{% if 部门 is defined and 年度 is even %}甲{% endif %}", "{% if 没有 is defined %}{{ 没有 }}{% endif %}",
    "{{ 没有 if 没有 is defined else '甲' }}",
    "{% with 甲 = 总收入 %}{{ 甲|万元 }}{% endwith %}",
    "{% macro 句(项) %}{{ 项.名称 }}{% endmacro %}{{ 句(收入项目[0]) }}",
    "{# {{ 没有的名称 }} #}甲", "{{ “甲” if 部门 == “乙” else ‘丙’ }}",
    # What is left out
    "{% if 会议情况 %}{{ 会议情况.次数 }}{% else %}没有会议{% endif %}",
    "{% if not 会议情况 %}没有会议{% else %}{{ 会议情况.次数 }}{% endif %}",
    "{% if 会议情况.大会 %}{{ 会议情况.大会.名称 }}{% endif %}",
    "{% if 会议情况.次数 and 会议情况.次数 > 1 %}甲{% endif %}", "{{ 会议情况.次数 if 会议情况 else 0 }}",
    "{% if 附表 %}{% for 行 in 附表.行 %}{{ loop.index }}{% endfor %}{% endif %}",
    "{% if 会议情况.概述 %}甲{% endif %}{{ 求和(会议情况.次数, 年度) }}",
]  # fmt: skip

REFUSED = [
    "{{ 求和(总收入, 总支出) }}", "{{ 收入项目|顿号 }}", "{% if '甲' in 年度 %}甲{% endif %}",
    "{{ 部门 + 1 }}",
    "{{ 总收入 + '元' }}",
    "{{ 总收入 }}",
    "{{ 总收入 * 0.5 }}",
    "{{ (总收入 * 0.5)|万元 }}",
    "{{ 总收入 / 0 }}",
    "{{ 总收入 + 总支出 }}", "{{ 总收入 > 0 }}", "{{ 部门 == '甲' }}", "{{ 总收入[0:2] }}", "{{ 概况[0:2] }}",
    "{{ 部门|万元 }}",
    "{{ 总收入|顿号 }}",
    "{{ 年度|项数 }}",
    "{{ 总收入|万元|万元 }}",
    "{{ 概况.下属单位|万元 }}",
    "{{ 总收入|万元(1) }}",
    "{{ 变动(部门, 总收入, '上年') }}",
    "{{ 占比(总收入) }}",
    "{{ 部门.没有() }}",
    "{{ 概况.clear() }}",
    "{{ 部门.__class__ }}",
    "{% if 部门 > 总收入 %}甲{% endif %}",
    "{% for 项 in 年度 %}甲{% endfor %}",
    "{{ 收入项目 }}",
    "{{ 收入项目[0] }}",
    "{% for 类 in 表5.各类 %}{{ 表5[类.编码]['没有的栏']|万元 }}{% endfor %}", "{{ 表5['2990' ~ '101'].没有 }}",
    "{% raw %}{{ 部门 }}{% endraw %}",
    "{% autoescape false %}{{ 部门 }}{% endautoescape %}",
    "{% include '甲' %}",
    "{% do 部门 %}",
    "{% set 甲 = namespace(乙=1) %}", "{% for 行 in range(3) %}甲{% endfor %}",
]  # fmt: skip

# What the example does not come to: only the check can find it.
FOUND = [
    "{% if 年度 == 1999 %}{{ 部门 + 1 }}{% endif %}",
    "{% if 年度 == 1999 %}{{ 表5['2990101']['基本支出']|万元 }}{% endif %}",
    "{{ 部门 if 部门 else 总收入|万圆 }}", "{% for 项 in 各次会议 %}{{ 项.没有 }}{% endfor %}",
    "{% if 会议情况 %}{{ 会议情况.没有 }}{% endif %}",
]  # fmt: skip

# What fails where a department leaves it out, as the example does: told as a reminder.
REMINDED = [
    "{% if 会议情况 is defined %}{{ 会议情况.次数 }}{% endif %}",
    "{{ 会议情况.次数 }}",
    "{{ 会议情况.大会.名称 }}",
    "{{ (会议情况.次数 + 1)|汉字 }}",
    "{{ 占比(会议情况.次数, 总收入) }}",
    "{% if 会议情况.次数 > 1 %}甲{% endif %}", "{% if 会议情况 %}甲{% else %}{{ 会议情况.次数 }}{% endif %}",
]  # fmt: skip


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    home = tmp_path_factory.mktemp("版本")
    file = copied_edition("gz-2020", home) / "填报.yaml"
    file.write_text(file.read_text(encoding="utf-8") + MEETINGS, encoding="utf-8")
    return home


@pytest.fixture(scope="module")
def accounts(home):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JUESUAN_EDITIONS", str(home))
        return load_accounts(EXAMPLE)


@pytest.fixture(scope="module")
def checked(home, accounts, tmp_path_factory):
    """How severe what the check says of each text is, all of them being in one template; `None`: it says nothing."""
    document = Document(str(TEMPLATE))
    texts = [*FILLED, *REFUSED, *FOUND, *REMINDED]
    for number, text in enumerate(texts):
        at(document, "第五部分").insert_paragraph_before(f"{number}号：{text}")
    path = tmp_path_factory.mktemp("模板") / "gz-2020.docx"
    document.save(str(path))
    found = check_template(path, accounts.edition, FontLibrary.of_machine(()))
    told = {}
    for number, text in enumerate(texts):
        told[text] = [one for one in found if any(f"段“{number}号：" in place.where for place in one.places)]
    return told


@pytest.fixture(scope="module")
def build(accounts, tmp_path_factory):
    path = tmp_path_factory.mktemp("一段") / "一段.docx"

    def build(text):
        """What `build` says of a template of this one paragraph; empty where it fills it."""
        document = Document()
        document.add_paragraph(text)
        document.save(str(path))
        try:
            render(path, narrative_context(accounts), template_environment(accounts.edition.wording))
        except TemplateFault as fault:
            return fault.message
        return ""

    return build


@pytest.mark.parametrize("text", FILLED)
def test_what_fills_is_not_refused(checked, build, text):
    assert build(text) == ""
    assert checked[text] == []


@pytest.mark.parametrize("text", REFUSED)
def test_what_fails_is_found(checked, build, text):
    assert build(text)
    assert Severity.ERROR in [finding.severity for finding in checked[text]]


@pytest.mark.parametrize("text", FOUND)
def test_what_the_example_does_not_come_to_is_found(checked, build, text):
    assert build(text) == ""
    assert Severity.ERROR in [finding.severity for finding in checked[text]]


@pytest.mark.parametrize("text", REMINDED)
def test_what_fails_where_it_is_left_out_is_told(checked, build, text):
    assert "没有填写" in build(text)
    assert [finding.code for finding in checked[text]] == ["T105"]
