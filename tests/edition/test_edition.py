"""The edition gz-2020 is the official form; a broken specification is refused with file and line."""

from __future__ import annotations

import re

import pytest
from copies import file_that_says

from generator.edition import available_editions, load_edition, template_path
from generator.findings import InvalidInput

TITLES = {
    "表1": "收入支出决算总表",
    "表2": "收入决算表",
    "表3": "支出决算表",
    "表4": "财政拨款收入支出决算总表",
    "表5": "一般公共预算财政拨款支出决算表",
    "表6": "一般公共预算财政拨款基本支出决算表",
    "表7": "一般公共预算财政拨款“三公”经费支出决算表",
    "表8": "政府性基金预算财政拨款收入支出决算表",
    "表9": "国有资本经营预算财政拨款支出决算表",
    "表10": "非税收入征缴情况表",
}
_CLASSES = """
一、一般公共服务支出 二、外交支出 三、国防支出 四、公共安全支出 五、教育支出 六、科学技术支出 七、文化旅游体育与传媒支出
八、社会保障和就业支出 九、卫生健康支出 十、节能环保支出 十一、城乡社区支出 十二、农林水支出 十三、交通运输支出
十四、资源勘探工业信息等支出 十五、商业服务业等支出 十六、金融支出 十七、援助其他地区支出 十八、自然资源海洋气象等支出
十九、住房保障支出 二十、粮油物资储备支出 二十一、国有资本经营预算支出 二十二、灾害防治及应急管理支出 二十三、其他支出
二十四、债务还本支出 二十五、债务付息支出 二十六、抗疫特别国债安排的支出
"""
_INCOME = """
一、一般公共预算财政拨款收入 二、政府性基金预算财政拨款收入 三、国有资本经营预算财政拨款收入 四、上级补助收入
五、事业收入 六、经营收入 七、附属单位上缴收入 八、其他收入
"""
CLASSES, INCOME = _CLASSES.split(), _INCOME.split()


@pytest.fixture(scope="module")
def edition():
    return load_edition("gz-2020")


def captions(edition, number, side):
    """Caption by 行次 of one side of a table, empty rows left out."""
    rows = edition.tables[number].blocks[side].rows
    return {int(row.line): row.caption for row in rows if row.caption}


def test_the_ten_tables_in_their_order(edition):
    assert {number: table.title for number, table in edition.tables.items()} == TITLES
    assert edition.year == 2020
    assert "gz-2020" in available_editions()
    assert template_path(edition).is_file()


def test_表1(edition):
    income, spending = captions(edition, "表1", 0), captions(edition, "表1", 1)
    totals = {27: "本年收入合计", 28: "使用非财政拨款结余", 29: "年初结转和结余", 30: "总计"}
    assert income == dict(enumerate(INCOME, 1)) | totals
    totals = {57: "本年支出合计", 58: "结余分配", 59: "年末结转和结余", 60: "总计"}
    assert spending == dict(enumerate(CLASSES, 31)) | totals
    assert [row.line for block in edition.tables["表1"].blocks for row in block.rows] == [*map(str, range(1, 61))]


def test_表4(edition):
    income, spending = captions(edition, "表4", 0), captions(edition, "表4", 1)
    funds = ["一般公共预算财政拨款", "政府性基金预算财政拨款", "国有资本经营预算财政拨款"]
    assert [income[line] for line in (1, 2, 3)] == [f"{n}、{fund}" for n, fund in zip("一二三", funds, strict=True)]
    assert [income[line] for line in range(27, 33)] == ["本年收入合计", "年初财政拨款结转和结余", *funds, "总计"]
    totals = {59: "本年支出合计", 60: "年末财政拨款结转和结余", 64: "总计"}
    assert spending == dict(enumerate(CLASSES, 33)) | totals


def test_the_26_classes_have_the_names_of_the_code_list(edition):
    codes = edition.code_lists["功能分类"]
    classes = [row for row in edition.tables["表1"].blocks[1].rows if row.code]
    assert len(classes) == 26
    assert [codes[row.code] for row in classes] == [caption.partition("、")[2] for caption in CLASSES]
    assert [row.code for row in classes] == sorted(code for code in codes if len(code) == 3)


def test_every_subject_has_those_above_it(edition):
    for codes in edition.code_lists.values():
        assert {code[:3] for code in codes} <= codes.keys()
        assert {code[:5] for code in codes if len(code) == 7} <= codes.keys()


@pytest.mark.parametrize(
    ("number", "columns"),
    [
        ("表2", "本年收入合计 财政拨款收入 上级补助收入 事业收入 经营收入 附属单位上缴收入 其他收入"),
        ("表3", "本年支出合计 基本支出 项目支出 上缴上级支出 经营支出 对附属单位补助支出"),
        ("表5", "本年支出合计 基本支出 项目支出"),
        ("表8", "年初结转和结余 本年收入 小计 基本支出 项目支出 年末结转和结余"),
        ("表9", "小计 基本支出 项目支出"),
        ("表10", "合计 纳入预算管理 纳入财政专户管理"),
    ],
)
def test_columns_and_their_numbers(edition, number, columns):
    amounts = edition.tables[number].blocks[0].amounts
    assert ["".join(column.caption.split()) for column in amounts] == columns.split()
    assert [column.number for column in amounts] == [str(number) for number in range(1, len(amounts) + 1)]


def test_表6_has_both_sides_with_their_totals(edition):
    personnel, public = edition.tables["表6"].blocks
    assert (personnel.listed, public.listed) == (("301", "303"), ("302", "307", "310", "399"))
    assert [row.caption for row in personnel.closing + public.closing] == ["人员经费合计", "公用经费合计"]
    codes = edition.code_lists["经济分类"]
    assert codes["30113"] == "住房公积金"
    assert codes["30231"] == "公务用车运行维护费"
    assert len([code for code in codes if code.startswith("301") and code != "301"]) == 13


def test_表7_numbers_its_columns_through_both_years(edition):
    columns = [column for block in edition.tables["表7"].blocks for column in block.amounts]
    assert [column.number for column in columns] == [str(number) for number in range(1, 13)]


def test_tables_without_activity_say_so(edition):
    assert [number for number, table in edition.tables.items() if table.no_activity] == [
        "表5",
        "表6",
        "表7",
        "表8",
        "表9",
        "表10",
    ]
    assert all(table.notes for table in edition.tables.values())


# (file, what is replaced by what, the text that the message points to, a part of what it says)
DAMAGES = [
    ("表3.yaml", "编号: 表3", "编号 表3", "编号 表3", "冒号"),
    ("表3.yaml", "编号: 表3", "编号: 表9", "编号", "按文件名应是“表3”"),
    ("表3.yaml", "名称: 支出决算表\n", "", "编号", "缺少这一项"),
    ("表3.yaml", "栏次标签", "栏次标鉴", "栏次标鉴", "是不是“栏次标签”？"),
    ("表3.yaml", "[表5, 表8, 表9]\n", "[表5, 表8, 表99]\n", "行来自", "没有表“表99”"),
    ("表3.yaml", "表5/*/基本支出", "表5/*/支出", "来自: [表5/*/支出", "没有栏“支出”"),
    ("表2.yaml", "合计行重复: 是", "合计行重复: 对", "合计行重复", "“是”或“否”"),
    ("表2.yaml", "功能分类\n", "功能分类法\n", "科目表", "没有科目表“功能分类法”"),
    ("表3.yaml", "头: 经营支出", "头: 基本支出", "编号", "两栏同名"),
    ("表1.yaml", "内容: 行次", "内容: 行数", "内容: 行数", "只能是 项目、行次"),
    ("表1.yaml", ", 宽: 34, 栏次: 1}", ", 栏次: 1}", "{头: 决算数, 栏次: 1}", "缺少“宽”"),
    ("表1.yaml", "宽: 34, 栏次: 1", "宽: -34, 栏次: 1", "宽: -34", "不能小于 0"),
    ("表1.yaml", "宽: 34, 栏次: 1", "宽: 宽, 栏次: 1", "宽: 宽", "应是数"),
    ("表1.yaml", "拨款收入至其他收入", "拨款收入至其它收入", "等于: 一般公共预算财政拨款收入至其它", "起止不对"),
    ("表1.yaml", "一般公共预算财政拨款收入至其他收入", "其他收入至事业收入", "等于: 其他收入至事业", "前面的在前"),
    ("表1.yaml", "{项目: 使用非财政拨款结余}", "{项目: 使用非财政拨款结余, 行次: 28}", "编号: 表1", "不能再写“行次”"),
    ("表1.yaml", "表2/合计/事业收入", "表2/合计", "{项目: 五、事业收入", "表/行/栏"),
    ("表1.yaml", "表2/合计/事业收入", "表2/总计/事业收入", "等于: 表2/总计", "没有行“总计”"),
    ("表1.yaml", '科目: "202"', '科目: "299"', '科目: "299"', "没有“299”"),
    ("表4.yaml", "级: 2", "级: 9", "级: 9", "不能大于 6"),
    ("表6.yaml", '["301", "303"]', '["301", "304"]', "列示", "没有“304”"),
    ("表8.yaml", "2082299", "2082298", "预列", "没有“2082298”"),
    ("功能分类.yaml", '"202"', '"2020"', '"2020"', "科目"),
    ("功能分类.yaml", '"203"', '"202"', '"202": 国防', "写了两次"),
    ("功能分类.yaml", "国防支出", "", '"203"', "没有内容"),
    ("指标.yaml", "表1/收入总计/决算数", "表1/总计/决算数", "等于: 表1/总计", "没有行“总计”"),
    ("指标.yaml", "[基本支出, 项目", "[基础支出, 项目", "支出项目: [", "没有指标“基础支出”"),
    ("勾稽关系.yaml", "表1/支出总计/决算数", "表1/支出总计/决算额", "右边: 表1/支出总计/决算额", "没有栏“决算额”"),
    ("勾稽关系.yaml", "左边: 表1/收入总计/决算数", "左边: []", "- 代码: G101", "“相等”要写“左边”"),
    (
        "勾稽关系.yaml",
        "填报/政府采购/小微企业",
        "填报/政府采购/小型企业",
        "左边: 填报/政府采购/小型企业",
        "没有“政府采购/小型企业”",
    ),
    (
        "勾稽关系.yaml",
        "填报/机关运行经费/本年支出",
        "填报/机关运行经费/变动原因",
        "左边: 填报/机关运行经费/变动原因",
        "不是数",
    ),
    ("勾稽关系.yaml", "阈值: 10%", "阈值: 一成", "阈值: 一成", "百分数"),
    ("勾稽关系.yaml", "原因: 填报/变动", "原因: 变动", "- 代码: H105", "“原因”应写成“填报/字段”"),
    ("勾稽关系.yaml", "原因: 填报/变动原因", "原因: 填报/变化原因", "原因: 填报/变化原因", "没有“变化原因/比上年”"),
    ("填报.yaml", "类型: 段落", "类型: 段", "类型: 段,", "只能是 组、列表"),
    ("填报.yaml", "说明: 第一部分的内容。", '说明: ""', '说明: ""', "不能是空的"),
    ("填报.yaml", "类型: 指标金额", "类型: 组", "- 名称: 年初预算", "要有“下级”"),
    ("填报.yaml", "基数: 上年", "基数: 去年", "基数: 去年", "没有指标写着"),
    ("填报.yaml", "- 名称: 上年", "- 名称: 总收入", "名称: 总收入", "已有指标"),
    ("填报.yaml", "{名称: 效益, ", "{名称: 各项之和, ", "名称: 各项之和", "“各项之和”在勾稽关系和指标里另有意思"),
    ("填报.yaml", "- 名称: 三公经费", "- 名称: 决算表", "名称: 决算表", "“决算表”在填报文件里另有用处"),
    ("勾稽关系.yaml", "采购, 填报/上年", "采购, 填报/去年", "采购, 填报/去年", "填报字段里没有“去年”"),
    ("勾稽关系.yaml", "    上限: 50000000\n", "    上限: 5\n    下限: 5\n", "- 代码: G1004", "“有上限”不能写“下限”"),
    ("勾稽关系.yaml", "    表: 填报\n", "", "- 代码: H117", "“有上限”要写“左边”或“表”，只写一种"),
    ("版本.yaml", "编号: gz-2020", "编号: gz-2021", "编号", "应是“gz-2020”"),
    ("版本.yaml", "年度: 2020", "年度: 二〇二〇", "年度: 二", "应是整数"),
    ("版本.yaml", "{年度}年", "{年份}年", "文件名", "{年度} 和 {部门}"),
    ("版本.yaml", "比率小数位: 2", "比率小数位: 9", "比率小数位", "不能大于 4"),
    ("版本.yaml", "表头: [表号, 表名,", "表头: [表号, 标题,", "  表头", "只能是 表号、表名、部门单位"),
    ("版本.yaml", "表中千分位: 是", "表中千分位: 无", "  表中千分位", "“是”或“否”"),
    ("表2.yaml", "栏次标签", "公开: 不\n栏次标签", "公开", "“是”或“否”"),
    ("表1.yaml", "行次: 顺编", "行次: 自动", "行次: 自动", "只能是 顺编"),
    (
        "指标.yaml",
        "表3/合计/项目支出, 基数: 上年",
        "表3/合计/项目支出, 基数取自: {上年: 表3/总计/项目支出}",
        "  - {名称: 项目支出",
        "没有行“总计”",
    ),
]
# Words that a reader may expect, and that mean something else, are no other spelling of a word: they are refused.
DAMAGES += [
    ("版本.yaml", "沿用版本: gz", "沿用: gz", "沿用: gz", "没有这个名称"),
    ("指标.yaml", "等于: 表3/合计/项目支出, 基数", "等于: 表3/合计/项目支出, 比较", "比较: 上年", "没有这个名称"),
    ("填报.yaml", "类型: 指标金额\n    基数: 年初", "类型: 指标金额\n    比较: 年初", "比较: 年初", "没有这个名称"),
    ("勾稽关系.yaml", "基数: 上年", "比较: 上年", "比较: 上年", "没有这个名称"),
    ("勾稽关系.yaml", "类型: 有原因", "类型: 说明", "类型: 说明", "只能是 行内、"),
    ("版本.yaml", "\n表: [", "\n表格: [", "表格: [", "没有这个名称"),
    ("表10.yaml", "\n说明: ", "\n填报说明: ", "填报说明: ", "没有这个名称"),
    ("填报.yaml", "类型: 自由表格", "类型: 表格", "类型: 表格", "只能是 组、列表"),
    ("勾稽关系.yaml", "上年文件/表1/", "上年/表1/", "- 代码: H104", "应写成“表/行/栏”"),
]
# The same for the edition that builds on no other: what is wrong with a list as a whole.
DAMAGES_OF_2019 = [
    ("表2.yaml", "头: 经营收入", "头: 事业收入", "编号", "两栏同名"),
    ("指标.yaml", "名称: 本年收入", "名称: 总收入", "指标:", "都叫“总收入”"),
    ("勾稽关系.yaml", "代码: G102", "代码: G101", "勾稽关系:\n", "用了两次"),
    ("勾稽关系.yaml", "勾稽关系:\n", "", "- 代码", "内容"),
    ("填报.yaml", "- 名称: 年初预算", "- 名称: 上年", "字段:", "都叫“上年”"),
    ("指标.yaml", "基数取自: {", "比较数: {", "比较数: {", "没有这个名称"),
]


@pytest.mark.parametrize(
    ("edition", "name", "old", "new", "spot", "says"),
    [("gz-2020", *damage) for damage in DAMAGES] + [("gz-2019", *damage) for damage in DAMAGES_OF_2019],
)
def test_a_broken_specification_is_refused_with_file_and_line(copied, edition, name, old, new, spot, says):
    """What gz-2020 takes over from gz-2019 is damaged, and named, where it stands."""
    file = file_that_says(old, name, copied.parent / edition)
    file.write_text(file.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")

    with pytest.raises(InvalidInput) as refused:
        load_edition(edition, copied.parent)

    finding = next(finding for finding in refused.value.findings if says in finding.message)
    assert not re.search("[A-Za-z]{5,}", finding.message), "a message is Chinese"
    line = file.read_text(encoding="utf-8").partition(spot)[0].count("\n") + 1
    assert str(finding.places[0]).startswith(f"{file}:{line}:")


def test_an_undamaged_copy_is_accepted(copied):
    assert load_edition("gz-2020", copied.parent).model_dump() == load_edition("gz-2020").model_dump()


def test_a_file_of_the_specification_that_is_not_there(copied):
    (copied / "表10.yaml").unlink()
    with pytest.raises(InvalidInput, match=r"找不到文件.*表10\.yaml"):
        load_edition("gz-2020", copied.parent)


@pytest.mark.parametrize("identifier", ["gz-1999", "", "../gz-2020", "gz-2020/../gz-2020"])
def test_an_edition_that_is_not_there(identifier):
    with pytest.raises(InvalidInput, match=r"没有版本.*现有：.*gz-2020"):
        load_edition(identifier)
