"""A department's words: what may not be published is said with its line, what is right is not."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest
from departments import EXAMPLE, EXAMPLE_OF_2019, example, replaced, written
from template_changes import PURCHASES, insert

from generator import Finding, Severity, build, check, load
from generator.edition import ProseKind, load_edition

REASON = "落实中央八项规定精神和厉行节约的要求，从严控制“三公”经费开支"
"""A phrase of the example, about nothing in particular."""

Said = Callable[..., list[Finding]]


@pytest.fixture
def said(tmp_path: Path) -> Said:
    """What is found in the example once it says `text` in place of a phrase; `entries`: others at the top."""

    def found(text: str, **entries: object) -> list[Finding]:
        data = example() | entries
        data["三公经费"]["总体情况"] = text
        return check(load(written(tmp_path, data)))

    return found


def codes(findings: list[Finding]) -> list[str]:
    return [finding.code for finding in findings]


@pytest.mark.parametrize("file", [EXAMPLE, EXAMPLE_OF_2019], ids=lambda file: file.stem)
def test_nothing_is_said_of_the_examples(file: Path):
    assert check(load(file)) == []


def test_what_is_left_of_a_form_is_an_error_with_its_line(run, tmp_path):
    file = tmp_path / "填报.yaml"
    file.write_text(replaced((REASON, "开支比上年增加（减少）")), encoding="utf-8")
    line = file.read_text(encoding="utf-8").split("增加（减少）")[0].count("\n") + 1
    result = run("check", file)
    assert result.status == 1
    assert "没有填完的地方：“开支比上年增加（减少）”里有“增加（减少）”，请补上、改正或删去。" in result.out
    assert f"填报.yaml:{line}:" in result.out and "三公经费 › 总体情况" in result.out


def test_the_line_is_that_of_the_words_in_a_text_of_several_lines(run, tmp_path):
    file = tmp_path / "填报.yaml"
    lines = "工作完成概述:\n      - |-\n        全区政务服务系统运行平稳。\n        全年服务群众待补充人次。\n      - "
    file.write_text(replaced(("工作完成概述:\n      - ", lines)), encoding="utf-8")
    line = file.read_text(encoding="utf-8").split("待补充")[0].count("\n") + 1
    assert f"填报.yaml:{line}:" in run("check", file).out


def test_a_latin_word_is_no_part_of_a_longer_one(said):
    assert codes(said("向XX镇采购")) == ["C101"]
    assert codes(said("采购XXL号防护服")) == []


def test_the_line_is_that_of_the_words_in_a_text_that_is_wrapped(run, tmp_path):
    file = tmp_path / "填报.yaml"
    for head in ("", ">-\n        "):
        lines = (
            f"工作完成概述:\n      - {head}全区政务服务系统\n        运行平稳，\n        服务群众待补充人次。\n      - "
        )
        file.write_text(replaced(("工作完成概述:\n      - ", lines)), encoding="utf-8")
        line = file.read_text(encoding="utf-8").split("待补充")[0].count("\n") + 1
        assert f"填报.yaml:{line}:" in run("check", file).out


def test_names_and_reasons_outside_the_fields_are_looked_at_too(tmp_path):
    data = example() | {"部门": "广州市海珠区XX局", "补充科目": {"21399": "其他农林水支出（秘密）"}}
    data["决算表"]["表2"]["2139902 某某支出"] = {"财政拨款收入": "0"}
    data["概况"]["下属单位"].append("数据中心（机 密）")
    data["更正"] = [{"日期": "2021-09-30", "原因": "待补充", "位置": "三公经费/总体情况"}]
    said = {(finding.code, finding.places[0].where) for finding in check(load(written(tmp_path, data)))}
    assert said >= {
        ("C101", "部门"),
        ("C604", "补充科目 › 21399"),
        ("C101", "决算表 › 表2"),
        ("C604", "概况 › 下属单位 › 第 4 项"),
        ("C101", "更正 › 第 1 项 › 原因"),
    }


# Answers


def test_what_the_department_has_confirmed_is_not_said_again(said):
    text = "采购“某某之家”宣传品"
    assert codes(said(text)) == ["C101"]
    assert said(text, 已核实用语={"“某某之家”": "是宣传品的名称"}) == []


def test_an_answer_holds_for_its_own_words_alone(said):
    assert codes(said("采购“某某之家”宣传品，另有某某项目", 已核实用语={"“某某之家”": "是名称"})) == []
    assert codes(said("采购某某之家宣传品", 已核实用语={"“某某之家”": "是名称"})) == ["C101", "A112"]


def test_an_answer_needs_its_reason(run, tmp_path):
    file = written(tmp_path, example() | {"已核实用语": {"某某之家": ""}})
    assert "“某某之家”后面要写明为什么没有问题。" in run("check", file).out


def test_an_answer_that_nothing_asks_for_is_a_reminder(said):
    (finding,) = said(REASON, 已核实用语={"某某之家": "是名称"})
    assert (finding.code, finding.severity) == ("A112", Severity.WARNING)
    assert finding.places[0].line


# The edition's own rules


def test_a_bureau_adds_rules_of_its_own(run, tmp_path):
    run("edition", "new", "gz-2021", "--from", "gz-2020", "--editions", tmp_path / "版本")
    file = tmp_path / "版本" / "data_specs" / "gz-2021" / "用语.yaml"
    rule = "代码: C901, 名称: 旧名称, 类型: 禁用词, 改为: {老街办: 街道办}, 理由: 机构已经改名。, 示例: 老街办"
    file.write_text(f"沿用: 是\n用语:\n  - {{{rule}}}\n", encoding="utf-8")
    data = example() | {"版本": "gz-2021", "年度": "2021"}
    data["三公经费"]["总体情况"] = "与老街办一起节约开支"
    result = run("check", written(tmp_path, data), "--editions", tmp_path / "版本")
    assert "旧名称：“与老街办一起节约开支”应改为“街道办”。机构已经改名。" in result.out
    assert "C901 旧名称" in run("rules", "gz-2021", "--editions", tmp_path / "版本").out


def test_a_code_is_used_once_in_all(run, tmp_path):
    run("edition", "new", "gz-2021", "--from", "gz-2020", "--editions", tmp_path / "版本")
    file = tmp_path / "版本" / "data_specs" / "gz-2021" / "用语.yaml"
    rule = "代码: G101, 名称: 旧名称, 类型: 禁用词, 词语: 老街办, 理由: 机构已经改名。, 示例: 老街办"
    file.write_text(f"沿用: 是\n用语:\n  - {{{rule}}}\n", encoding="utf-8")
    result = run("edition", "check", "gz-2021", "--editions", tmp_path / "版本")
    assert result.status == 1
    assert "用语.yaml" in result.err and "代码“G101”已经用了" in result.err


@pytest.mark.parametrize(
    ("rule", "message"),
    [
        ("词语: [], 示例: 老街办", "“禁用词”要写“词语”。"),
        ("词语: [老街办, ''], 示例: 老街办", "有一个词是空的，请补上或删去。"),
        ("词语: [老街办], 除外: [老街办], 示例: 老街办", "“老街办”又是要查的词，又写在“除外”里，永远查不出"),
        ("词语: [老街办], 示例: 街道办", "按这条规则，查不出它自己的示例“街道办”，请核对规则或示例。"),
        ("词语: [老街办], 除外: [街], 示例: 老街办", "按这条规则，查不出它自己的示例“老街办”"),
    ],
)
def test_a_rule_that_finds_nothing_is_refused_with_its_line(run, tmp_path, rule, message):
    run("edition", "new", "gz-2021", "--from", "gz-2020", "--editions", tmp_path / "版本")
    file = tmp_path / "版本" / "data_specs" / "gz-2021" / "用语.yaml"
    head = "代码: C901, 名称: 旧名称, 类型: 禁用词, 理由: 机构已经改名。"
    file.write_text(f"沿用: 是\n用语:\n  - {{{head}, {rule}}}\n", encoding="utf-8")
    result = run("edition", "check", "gz-2021", "--editions", tmp_path / "版本")
    assert result.status == 1
    assert message in result.err and "用语.yaml:3:" in result.err


# Kinds of rules


def told(folder: Path, *texts: str) -> list[set[str]]:
    """The codes of what is found in each of `texts`, entered as paragraphs of the example."""
    data = example()
    data["绩效"]["整体支出"]["年度目标"] = list(texts)
    found: list[set[str]] = [set() for _ in texts]
    for finding in check(load(written(folder, data))):
        for place in finding.places:
            number = re.search(r"年度目标 › 第 (\d+) 项", place.where)
            assert number, finding
            found[int(number[1]) - 1].add(finding.code)
    return found


BY_FIGURES = (ProseKind.DIRECTION, ProseKind.COPIED)


def test_each_rule_finds_its_own_example(tmp_path):
    rules = [rule for rule in load_edition("gz-2020").prose if rule.kind not in BY_FIGURES]
    found = told(tmp_path, *(rule.example for rule in rules))
    assert [rule.code for rule, codes in zip(rules, found, strict=True) if rule.code not in codes] == []


WRONG = {
    "C101": [
        "建成……平台",
        "于X月X日完成",
        "20XX年完成",
        "服务X万人次，涉及X项",
        "名称（ ）",
        "由XX中心负责",
        "建设××平台",
        "数量待核实",
        "支出增长（下降）",
        "向某某公司采购",
        "名称（）",
    ],
    "C201": [
        "2016年新增窗口12个",
        "截至2018年12月31日共有车辆2辆",
        "截至2017年末共有车辆2辆",
        "2017年度服务群众5万人次",
        "二〇一七年办理事项3项",
        "2019年，我局办理事项3项。",
        "2024年办理事项3项",
        "2202年办理事项3项",
        "截至2019年12月31日共有车辆2辆",
        "2019年度主要工作数量情况表",
    ],
    "C202": [
        "2020年2月30日上线",
        "2020年13月上线",
        "4月31日上线",
        "2020-06-31上线",
        "2019年2月29日上线",
        "2020/6/31上线",
        "六月三十一日上线",
    ],
    "C301": ["办件量增长955808%", "办件量是上年的12,000%"],
    "C302": ["好评占120%", "群众满意率为100.5%", "投诉比上年下降130％", "覆盖率达到 101%"],
    "C303": ["投入3.1415万元", "投入12.345元", "占比3.1415%"],
    "C304": [
        "项目支出1200.50万元",
        "其中：基本支出2600万元",
        "共投入5134.02万元",
        "共投入5,143.12万元",
        "项目支出0.53亿元",
        "采购114.80万元",
        "支出共计5243万",
        "总支出约5,243万元",
        "本年共投入51,340,200元",
        "项目支出２６４０．７１万元",
        "项目支出2 940.71 万元",
        "项目支出2652.31万元",
        "项目支出占总支出的48.34%",
        "一般公共预算财政拨款支出完成年初预算的124.71%",
        "各项收入增长27.57%",
        "工会经费31.40万元",
        "公务用车运行维护费支出1.05万元",
    ],
    "C401": ["我委统筹推进", "广州市越秀区政务服务数据管理局统筹推进"],
    "C402": ["会同区卫计委检查", "主要原因是卫计委调整计划", "由质监局检查"],
    "C403": ["赴香港等国家学习"],
    "C501": ["统筹，，推进", "统筹推进。；", "内容包括：，会议", "统筹推进！。", "窗口、，热线", "统筹推进。.改革"],
    "C502": ["推进“一网通办", "推进一网通办”", "办理（含代办", "依据《办法办理", "推进“一窗“通办”"],
    "C503": [
        "优化流程,精简材料",
        "内容:热线",
        "优化流程;精简材料",
        "窗口(含分中心)的服务",
        "完成全部任务.",
        '推进"一网通办"改革',
    ],
    "C504": ["推进推进改革", "主要用于主要用于培训", "压减支出支出"],
    "C601": [
        "证件号１１０１０５１９４９１２３１００２Ｘ",
        "身份证号：110105194912310021",
        "身份证：440105490101123",
        "证件号11010519491231002x",
        "号码440524 19800101 0013",
    ],
    "C602": [
        "联系人13912345678",
        "电话139-1234-5678",
        "电话+86 139 1234 5678",
        "电话１３９１２３４５６７８",
        "139-123-45678",
    ],
    "C603": ["转入账号4400 1530 0010 5000 1234", "卡6222021234567890128", "６２２２ ０２１２ ３４５６ ７８９０ １２８"],
    "C605": [
        "联系人张伟，请联系",
        "出访人员为李伟、王小明",
        "陈小红、黄志强、欧阳锋。",
        "联系人：林志强",
        "张伟 李娜 高建国",
    ],
    "C404": ["建国70周年", "聋哑人"],
    "C604": [
        "机密★5年",
        "机　密",
        "秘密 ★ 长期",
        "摘自内部资料",
        "绝密★启用前",
        "方案（秘密）",
        "讲话稿（ 内部 ）",
        "仅供内部使用",
    ],
    "C606": ["属于工作秘密"],
}
RIGHT = [
    "2020年办理事项3项，2019年办理2项，比2019年增长50%。",
    "办件量从2018年的3万件增至5万件，自2017年起连续增长。",
    "落实《2018年改革方案》和穗府〔2017〕12号文，编制2018-2020年、2016年至2020年规划。",
    "大楼于2015年建成，2016年5月启用，2018年印发管理办法，到2025年全面升级。",
    "“十三五”规划（2016—2020年）完成，2021年将推进二期。",
    "截至2020年12月31日，车辆2辆；2020年2月29日上线，历时12月，进度为1/3。",
    "办件量增长150%，占全部事项的100%，满意率99.99%，完成预算的103%，占比提高120个百分点。",
    "总投资3.5643亿元，本年支出5143.02万元，项目支出2490.71万元，其中：基本支出2652.31万元，采购114.30万元。",
    "总支出约5100万元，近5200万，超过0.5亿元，支出共计5 143.02万元，51430200元，服务5万人次。",
    "基本支出占总支出的51.57%，增长27.75%，好评率62.66%，上年项目支出1498.04万元。",
    "国有资本经营预算财政拨款支出0万元，其中基本支出0万元，项目支出0万元。",
    "基本支出约0.27亿元，某项目支出88.80万元，面积1234.567平方米。",
    "我局会同广州市政务服务数据管理局、原区卫计委和各区政务服务数据管理局推进。",
    "上线“穗康码”（含‘红码’、“黄码”），1）窗口；2）热线（12345）。是不是？！",
    "维修(护)费、APP、Wi-Fi、9:00至17:30、1,234件，e.g. 三项。",
    "一户一户走访，逐项逐项核对，研究研讨，常态化。",
    "统一社会信用代码11440105MB2D01234X，热线12345，座机020-89000000，编号202012345678901234，共13800000000元。",
    "负责人员王牌项目，联系人信息齐全，负责人高度重视，经办人员为三人，张榜公布、李子种植、王府井路。",
    "保护商业机密，排查XXL号服装库存，保守国家秘密、工作秘密，做好内部控制和内部审计。",
    "会同市文化广电旅游局、农业部门、文化部门检查。",
    "依据《卫计委工作规则》和原市卫计委的方案，高校、林场、马路、方案都已检查。",
]


def test_each_kind_finds_its_like(tmp_path):
    expected = [(code, text) for code, texts in WRONG.items() for text in texts]
    found = told(tmp_path, *(text for _, text in expected))
    assert [one for one, codes in zip(expected, found, strict=True) if one[0] not in codes] == []


def test_true_prose_is_left_alone(tmp_path):
    found = told(tmp_path, *RIGHT)
    assert [(text, codes) for text, codes in zip(RIGHT, found, strict=True) if codes] == []


def test_what_is_wrong_is_quoted_with_the_figure_that_is_right(said):
    (finding,) = said("本年项目支出1200.50万元")
    assert finding.severity is Severity.WARNING
    assert "写的是 1200.50万元，而“项目支出”是 2,490.71 万元。" in finding.message
    (finding,) = said("全年共投入5134.02万元")
    assert "5134.02万元 与“总收入”的 5,143.02 万元有两个数字写颠倒了" in finding.message


def test_a_reminder_of_the_same_words_is_given_once_with_every_place(tmp_path):
    data = example()
    data["绩效"]["整体支出"]["年度目标"] = ["会同区质监局检查", "由区质监局检查"]
    (finding,) = check(load(written(tmp_path, data)))
    assert [place.where[-5:] for place in finding.places] == ["第 1 项", "第 2 项"]


def test_marks_that_are_exchanged_are_told_once(said):
    (finding,) = said("推进”一网通办“改革")
    assert "里的 ” 和 “ 写反了，请对调。" in finding.message


# Reasons, against the figures that they explain


@pytest.fixture
def reasoned(tmp_path: Path) -> Said:
    """What is found once the example gives `text` as the reason why 项目支出 grew from 1,498.04 to 2,490.71."""

    def found(text: str, **last_year: str) -> list[Finding]:
        data = example()
        data["上年"] |= last_year
        data["变动原因"]["比上年"]["项目支出"] = text
        return check(load(written(tmp_path, data)))

    return found


@pytest.mark.parametrize(
    "reason",
    [
        "比上年减少300万元，项目经费增加",
        "支出较上年下降，主要是新增平台",
        "与上年持平",
        "平台建设经费减少",
        "平台完工，运维经费相应降低",
        "比上年增加992.76万元，主要是新增平台",
        "同比减少12%",
        "同比增长66.72%",
        "比2019年增加992.76万，主要是新增平台",
        "与上年相比，保持不变",
        "支出规模与上年基本一致，变动不大",
        "无增减变化",
        "一是人员减少，相应减少经费；二是建设任务加重，运维经费减少",
    ],
)
def test_a_reason_that_goes_the_other_way_is_told(reasoned, reason):
    (finding,) = reasoned(reason)
    assert (finding.code, finding.places[0].where) == ("C305", "变动原因 › 比上年 › 项目支出")
    assert "“上年 › 项目支出”是 1,498.04 万元，增加 992.67 万元" in finding.message


@pytest.mark.parametrize(
    "reason",
    [
        "新增平台建设项目",
        "人员经费减少，平台建设经费增加",
        "一是上年一次性项目减少；二是划入信息化项目",
        "比上年增加992.67万元，主要是新增平台",
        "比上年增加约990万元，主要是新增平台",
        "比上年增加992.67万元，增长66.27%",
        "同比增长66.3%，主要是新增平台",
        "人员经费比上年减少，平台经费增加较多",
        "比年初预算减少，但比上年增加",
    ],
)
def test_a_reason_that_goes_with_its_figure_is_left_alone(reasoned, reason):
    assert reasoned(reason) == []


def test_a_figure_that_fell_is_not_said_to_grow(reasoned):
    assert codes(reasoned("新增平台建设项目", 项目支出="3000")) == ["C305"]
    assert reasoned("平台完工，经费减少", 项目支出="3000") == []


def test_what_any_text_says_of_an_indicators_change_is_held_against_it(tmp_path):
    wrong = [
        "项目支出比上年减少300万元",
        "本年项目支出2490.71万元，较上年下降",
        "其中：基本支出与上年持平",
        "项目支出同比减少",
    ]
    right = ["项目支出比上年增加992.67万元", "项目支出比2017年减少", "热线项目支出比上年减少", "基本支出与上年基本持平"]
    assert told(tmp_path, *wrong, *right) == [{"C305"}] * len(wrong) + [set()] * len(right)


def test_about_the_same_may_differ_a_little(reasoned):
    assert reasoned("与上年基本持平", 项目支出="2480.00") == []
    assert codes(reasoned("与上年持平", 项目支出="2480.00")) == ["C305"]


def test_a_reason_by_subject_is_held_against_its_subject(tmp_path):
    text = EXAMPLE_OF_2019.read_text(encoding="utf-8")
    right = "差异原因: 部分人员离岗和养老保险清算，缴费相应减少"
    assert right in text
    file = tmp_path / "填报.yaml"
    file.write_text(text.replace(right, "差异原因: 在职人员增加，缴费相应增加"), encoding="utf-8")
    (finding,) = check(load(file))
    assert finding.code == "C305" and "2089901" in finding.places[0].where


# Last year's words


def test_a_text_of_last_year_that_names_its_year_is_told(tmp_path, run):
    run("edition", "new", "gz-2021", "--from", "gz-2020", "--editions", tmp_path / "版本")
    told, new = "平台于2020年上线，运行平稳。", "平台2021年运行平稳。"
    before = example()
    before["绩效"]["整体支出"]["年度目标"] = [told, "持续优化营商环境。"]
    (tmp_path / "上年.json").write_text(json.dumps(before, ensure_ascii=False), encoding="utf-8")
    data = example() | {"版本": "gz-2021", "年度": "2021", "上年": "上年.json"}
    data["绩效"]["整体支出"] |= {"年度目标": [told, "持续优化营商环境。", new], "附表": []}
    result = run("check", written(tmp_path, data), "--editions", tmp_path / "版本")
    assert result.out.count("C102") == 1
    assert "与上年的填报文件一字不差，还写着“2020年”" in result.out


# The seam with the template


def published(folder: Path, data: dict[str, Any]) -> str:
    files = build(load(written(folder, data)), folder / "公开").files
    return "\n".join(paragraph.text for paragraph in docx.Document(str(files[0])).paragraphs)


@pytest.mark.slow
def test_what_the_template_has_said_is_printed_once(tmp_path):
    data = example()
    data["三公经费"]["公务用车"]["主要用途"] = "主要用于文件交换和市内因公出行。；"
    data["三公经费"]["总体情况"] = "主要情况：厉行节约！"
    for figures in data["决算表"]["表7"].values():
        figures["因公出国（境）费"] = "0.50"
    data["三公经费"]["因公出国"] |= {"团组": "1", "人次": "2", "开支内容": "包括由邀请方承担的支出"}
    data["国有资产"]["其他用车说明"] = "是一般公务用车"
    data["变动原因"]["比上年"]["项目支出"] = "，主要变动情况：新增平台。"
    text = published(tmp_path, data)
    assert "保有量为2辆，主要用于文件交换和市内因公出行。" in text
    assert "主要变动情况：新增平台。" in text
    assert "开支内容包括：由邀请方承担的支出。" in text
    assert "主要是一般公务用车" in text
    data["三公经费"]["公务用车"]["主要用途"] = "主要是用于文件交换"
    data["三公经费"]["因公出国"]["开支内容"] = "主要包括由邀请方承担的支出"
    data["国有资产"]["其他用车说明"] = "主要是一般公务用车"
    data["机关运行经费"]["变动原因"] = "主要原因是厉行节约"
    data["概况"]["下属单位"] = ["甲中心；", "乙中心。"]
    text += published(tmp_path, data)
    assert "主要用于文件交换。" in text
    assert "分别是：甲中心、乙中心。" in text
    assert "主要增减变动情况是：厉行节约。" in text
    for twice in (
        "主要用于主要",
        "包括：主要包括",
        "主要是主要是",
        "是：主要原因是",
        "主要变动情况：主要变动情况",
        "主要情况：主要情况",
        "。。",
        "；。",
        "！。",
        "：，",
    ):
        assert twice not in text


def test_words_that_only_look_alike_are_printed_as_they_are(tmp_path):
    data = example()
    data["绩效"]["整体支出"]["资金用途"] = "于洋等专家的咨询"
    assert "主要用于于洋等专家的咨询。" in published(tmp_path, data)


# Templates


def test_what_is_left_in_a_template_is_told_with_its_paragraph(run, template):
    changed = template(insert(PURCHASES, "本部门共有XX个单位，支出……"))
    result = run("template", "check", changed, "--edition", "gz-2020")
    assert result.status == 1
    assert "“本部门共有XX个单位，支出……”里有“XX”，请补上、改正或删去。" in result.out
    assert re.search("C101 .*里有“……”.*\n.*第 [0-9]+ 段“本部门共有XX个单位", result.out)
