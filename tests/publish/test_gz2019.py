"""The edition gz-2019: its example comes out as it was published, in both files, and its own checks and words hold."""

from __future__ import annotations

import re
from itertools import pairwise, zip_longest
from pathlib import Path

import pytest
from departments import EXAMPLE_OF_2019 as EXAMPLE
from docx.table import Table
from docx.text.paragraph import Paragraph
from published import blocks, grid_of, pdf_pages, pdf_tables, plain, rows_of, text_of, word

from generator.accounts import load_accounts
from generator.checks import check_accounts
from generator.edition import template_path
from generator.filling import fill_template
from generator.findings import Severity
from generator.publish import Publication

TEXT = EXAMPLE.read_text(encoding="utf-8")

# The figures as they were published. By subject: income, of it 财政拨款收入 and 其他收入; expenditure, of it 基本支出
# and 项目支出. The other columns of 表2 and 表3 are 0, and all expenditure is from the general public budget.
SUBJECTS = """
合计 24564.12 24557.16 6.96 24556.76 7595.40 16961.36
201 一般公共服务支出 19310.05 19309.78 0.26 19309.37 4723.30 14586.07
20103 政府办公厅（室）及相关机构事务 19286.68 19286.42 0.26 19286.01 4723.30 14562.71
2010301 行政运行 2987.58 2987.58 0.00 2988.29 2541.69 446.60
2010302 一般行政管理事务 1280.87 1280.87 0.00 1280.87 0.00 1280.87
2010350 事业运行 2405.72 2405.45 0.26 2404.33 2181.61 222.72
2010399 其他政府办公厅（室）及相关机构事务支出 12612.51 12612.51 0.00 12612.51 0.00 12612.51
20138 市场监督管理事务 23.36 23.36 0.00 23.36 0.00 23.36
2013811 标准化管理 23.36 23.36 0.00 23.36 0.00 23.36
206 科学技术支出 2290.28 2290.28 0.00 2290.28 0.00 2290.28
20605 科技条件与服务 2290.28 2290.28 0.00 2290.28 0.00 2290.28
2060503 科技条件专项 1921.54 1921.54 0.00 1921.54 0.00 1921.54
2060599 其他科技条件与服务支出 368.74 368.74 0.00 368.74 0.00 368.74
208 社会保障和就业支出 680.61 680.55 0.07 680.55 680.55 0.00
20805 行政事业单位离退休 295.59 295.59 0.00 295.59 295.59 0.00
2080501 归口管理的行政单位离退休 118.36 118.36 0.00 118.36 118.36 0.00
2080503 离退休人员管理机构 0.15 0.15 0.00 0.15 0.15 0.00
2080506 机关事业单位职业年金缴费支出 177.08 177.08 0.00 177.08 177.08 0.00
20899 其他社会保障和就业支出 385.02 384.96 0.07 384.96 384.96 0.00
2089901 其他社会保障和就业支出 385.02 384.96 0.07 384.96 384.96 0.00
210 卫生健康支出 148.69 142.07 6.62 142.07 142.07 0.00
21007 计划生育事务 106.30 106.30 0.00 106.30 106.30 0.00
2100799 其他计划生育事务支出 106.30 106.30 0.00 106.30 106.30 0.00
21011 行政事业单位医疗 42.39 35.76 6.62 35.76 35.76 0.00
2101101 行政单位医疗 42.39 35.76 6.62 35.76 35.76 0.00
215 资源勘探信息等支出 85.00 85.00 0.00 85.00 0.00 85.00
21505 工业和信息产业监管 85.00 85.00 0.00 85.00 0.00 85.00
2150599 其他工业和信息产业监管支出 85.00 85.00 0.00 85.00 0.00 85.00
221 住房保障支出 2049.49 2049.49 0.00 2049.49 2049.49 0.00
22102 住房改革支出 2049.49 2049.49 0.00 2049.49 2049.49 0.00
2210201 住房公积金 555.40 555.40 0.00 555.40 555.40 0.00
2210203 购房补贴 1494.08 1494.08 0.00 1494.08 1494.08 0.00
""".strip().splitlines()

CLASSES = """
一、一般公共服务支出；二、外交支出；三、国防支出；四、公共安全支出；五、教育支出；六、科学技术支出；七、文化旅游体育与传媒支出
八、社会保障和就业支出；九、卫生健康支出；十、节能环保支出；十一、城乡社区支出；十二、农林水支出；十三、交通运输支出
十四、资源勘探信息等支出；十五、商业服务业等支出；十六、金融支出；十七、援助其他地区支出；十八、自然资源海洋气象等支出
十九、住房保障支出；二十、粮油物资储备支出；二十一、灾害防治及应急管理支出；二十二、其他支出
"""

INCOME = """
一、一般公共预算财政拨款收入 24557.16；二、政府性基金预算财政拨款收入 0.00；三、上级补助收入 0.00；四、事业收入 0.00
五、经营收入 0.00；六、附属单位上缴收入 0.00；七、其他收入 6.96
"""
BELOW_INCOME = "本年收入合计 24564.12；用事业基金弥补收支差额 0.00；年初结转和结余 85.24；总计 24649.36"
BELOW_SPENDING = "本年支出合计 24556.76；结余分配 0.00；年末结转和结余 92.60；总计 24649.36"
APPROPRIATIONS = "一、一般公共预算财政拨款 24557.16；二、政府性基金预算财政拨款 0.00"
BELOW_APPROPRIATIONS = (
    "本年收入合计 24557.16；年初财政拨款结转和结余 51.91；一般公共预算财政拨款 51.91；政府性基金预算财政拨款 0.00；"
    "总计 24609.07"
)
BELOW_THEIR_SPENDING = (
    "本年支出合计 24556.76 24556.76 0.00；年末财政拨款结转和结余 52.32 52.32 0.00；；；总计 24609.07 24609.07 0.00"
)

PERSONNEL = """
301 工资福利支出 6669.79；30101 基本工资 803.14；30102 津贴补贴 2250.00；30103 奖金 1.95；30106 伙食补助费 0.00
30107 绩效工资 737.45；30108 机关事业单位基本养老保险缴费 378.91；30109 职业年金缴费 177.08
30110 职工基本医疗保险缴费 0.00；30111 公务员医疗补助缴费 0.00；30112 其他社会保障缴费 11.16；30113 住房公积金 555.40
30114 医疗费 35.76；30199 其他工资福利支出 1718.93；303 对个人和家庭的补助 335.20；30301 离休费 0.00
30302 退休费 204.93；30303 退职（役）费 0.00；30304 抚恤金 0.00；30305 生活补助 0.00；30306 救济费 0.00
30307 医疗费补助 0.00；30308 助学金 0.00；30309 奖励金 106.30；30310 个人农业生产补贴 0.00
30399 其他对个人和家庭的补助 23.97
"""
PUBLIC = """
302 商品和服务支出 536.20；30201 办公费 55.86；30202 印刷费 2.94；30203 咨询费 0.00；30204 手续费 0.92；30205 水费 0.00
30206 电费 0.00；30207 邮电费 40.61；30208 取暖费 0.00；30209 物业管理费 0.00；30211 差旅费 48.32
30212 因公出国（境）费用 0.00；30213 维修(护)费 0.31；30214 租赁费 0.00；30215 会议费 0.00；30216 培训费 13.61
30217 公务接待费 0.63；30218 专用材料费 0.00；30224 被装购置费 0.00；30225 专用燃料费 0.00；30226 劳务费 18.14
30227 委托业务费 39.40；30228 工会经费 102.61；30229 福利费 92.38；30231 公务用车运行维护费 10.53
30239 其他交通费用 93.85；30240 税金及附加费用 0.00；30299 其他商品和服务支出 16.09；307 债务利息及费用支出 0.00
30701 国内债务付息 0.00；30702 国外债务付息 0.00；310 资本性支出 54.21；31001 房屋建筑物购建 0.00
31002 办公设备购置 46.69；31003 专用设备购置 0.00；31005 基础设施建设 0.00；31006 大型修缮 0.00
31007 信息网络及软件购置更新 7.52；31008 物资储备 0.00；31009 土地补偿 0.00；31010 安置补助 0.00
31011 地上附着物和青苗补偿 0.00；31012 拆迁补偿 0.00；31013 公务用车购置 0.00；31019 其他交通工具购置 0.00
31021 文物和陈列品购置 0.00；31022 无形资产购置 0.00；31099 其他资本性支出 0.00；399 其他支出 0.00；39906 赠与 0.00
39907 国家赔偿费用支出 0.00；39908 对民间非营利组织和群众性自治组织补贴 0.00；39999 其他支出 0.00
"""
FUNDS = """
合计；208 社会保障和就业支出；20822 大中型水库移民后期扶持基金支出；2082299 其他大中型水库移民后期扶持基金支出
212 城乡社区支出；21208 国有土地使用权出让收入及对应专项债务收入安排的支出；2120801 征地和拆迁补偿支出
21211 农业土地开发资金安排的支出；2121100 农业土地开发资金安排的支出；229 其他支出
22908 彩票发行销售机构业务费安排的支出；2290805 体育彩票销售机构的业务费支出；2290808 彩票市场调控资金支出
22960 彩票公益金安排的支出；2296003 用于体育事业的彩票公益金支出
"""
NON_TAX = """
合计 1.20；一、政府性基金收入 0.00；二、专项收入 0.00；三、行政事业性收费收入 0.00；四、罚没收入 0.00
五、国有资本经营收入 0.00；六、国有资源（资产）有偿使用收入 0.97；利息收入 0.49；国库存款利息收入 0.00
其他利息收入 0.49；非经营性国有资产收入 0.48；行政单位国有资产处置收入 0.38；事业单位国有资产处置收入 0.10
七、捐赠收入 0.00；八、政府住房基金收入 0.00；九、其他收入 0.23；其他收入 0.23；其他收入 0.23
"""


def rows(facts: str) -> list[str]:
    return [row for line in facts.strip().splitlines() for row in line.split("；")]


def by_subject(*columns: int | None) -> list[str]:
    """The rows by subject with the figures `columns` of `SUBJECTS`; `None` stands for a column of 0.00."""
    lines = []
    for subject in SUBJECTS:
        *names, figures = subject.split(" ", 1 if subject.startswith("合计") else 2)
        amounts = figures.split()
        lines.append(" ".join([*names, *("0.00" if column is None else amounts[column] for column in columns)]))
    return lines


def by_class(columns: str) -> list[str]:
    """The 22 classes with `columns`, in which `{}` is their expenditure."""
    spent = {subject.split()[1]: subject.split()[5] for subject in SUBJECTS if re.match(r"\d{3} ", subject)}
    amounts = [spent.get(name.split("、")[1], "0.00") for name in rows(CLASSES)]
    return [f"{name} {columns.format(*[amount] * 2)}" for name, amount in zip(rows(CLASSES), amounts, strict=True)]


def two_sides(left: list[str], right: list[str]) -> list[str]:
    """The rows of a table with line numbers, which go on from the left side to the right one."""
    numbered = [
        " ".join([*text.split()[:1], str(number), *text.split()[1:]]) for number, text in enumerate([*left, *right], 1)
    ]
    return [" ".join(pair) for pair in zip(numbered[: len(left)], numbered[len(left) :], strict=True)]


TABLES = {
    "收入支出决算总表": two_sides(
        [*rows(INCOME), *[""] * 15, *rows(BELOW_INCOME)], [*by_class("{}"), *rows(BELOW_SPENDING)]
    ),
    "收入决算表": by_subject(0, 1, None, None, None, None, 2),
    "支出决算表": by_subject(3, 4, 5, None, None, None),
    "财政拨款收入支出决算总表": two_sides(
        [*rows(APPROPRIATIONS), *[""] * 20, *rows(BELOW_APPROPRIATIONS)],
        [*by_class("{} {} 0.00"), *rows(BELOW_THEIR_SPENDING)],
    ),
    "一般公共预算财政拨款支出决算表": by_subject(3, 4, 5),
    "一般公共预算财政拨款基本支出决算表": [
        *(" ".join(filter(None, pair)) for pair in zip_longest(rows(PERSONNEL), rows(PUBLIC))),
        "人员经费合计 7004.99 公用经费合计 590.41",
    ],
    "一般公共预算财政拨款“三公”经费支出决算表": ["53.58 24.00 13.28 0.00 13.28 16.30 22.63 6.90 10.53 0.00 10.53 5.20"],
    "政府性基金预算财政拨款收入支出决算表": [f"{row}{' 0.00' * 6}" for row in rows(FUNDS)],
    "非税收入征缴情况表": [f"{row} {row.split()[1]} 0.00" for row in rows(NON_TAX)],
}


def line(cells: list[str | None] | list[str]) -> str:
    """A row's texts, each without white space, empty cells left out."""
    return " ".join(filter(None, (plain(cell or "") for cell in cells)))


@pytest.fixture
def published(publication_of_2019: Publication) -> Publication:
    return publication_of_2019


def changed(folder: Path, *replacements: tuple[str, str]) -> Path:
    """The example with every `old` replaced by its `new`; each old one must be there."""
    text = TEXT
    for old, new in replacements:
        assert old in text, f"the example has no {old!r}"
        text = text.replace(old, new)
    file = folder / "填报.yaml"
    file.write_text(text, encoding="utf-8")
    return file


def found_in(file: Path) -> list[tuple[str, Severity]]:
    return [(finding.code, finding.severity) for finding in check_accounts(load_accounts(file))]


def words_of(file: Path) -> str:
    """The Word text for `file`, whose figures must agree with each other."""
    accounts = load_accounts(file)
    errors = [finding.message for finding in check_accounts(accounts) if finding.severity is Severity.ERROR]
    assert errors == []
    return text_of(fill_template(template_path(accounts.edition), accounts))


@pytest.mark.slow
def test_the_example_is_clean(published: Publication):
    assert found_in(EXAMPLE) == []
    assert published.remarks == ()


@pytest.mark.parametrize("title", TABLES)
def test_a_table_in_word_is_the_one_published(published: Publication, title: str):
    (table,) = [table for table in word(published.docx).tables if table.rows[0].cells[0].text == title]
    shown = [line(cells) for cells in rows_of(table)]
    assert shown[1] == "部门：广州市政务服务数据管理局 单位：万元"
    assert shown[-len(TABLES[title]) :] == TABLES[title]
    assert not re.search(r"\d\.\d\d", " ".join(shown[: -len(TABLES[title])]))


@pytest.mark.slow
def test_the_tables_in_the_pdf_are_those_published(published: Publication):
    shown = iter([line(cells) for table in pdf_tables(published.pdf) for cells in table])
    missing = [row for rows_published in TABLES.values() for row in rows_published if row not in shown]
    assert missing == []


def test_the_template_suits_the_edition(run):
    assert run("template", "check", "gz-2019").status == 0


def test_the_budget_by_subject_is_used_but_not_published(published: Publication):
    text = text_of(word(published.docx))
    assert "一般公共预算财政拨款支出预算" not in text
    assert "完成年初预算的104.3%" in text  # of its total, 23,539.73


SENTENCES = """
2019年度收、支总计24,649.36万元。与2018年相比，收、支总计各增加3,912.80万元，增长18.87%。
1.一般公共预算财政拨款收入24,557.16万元，比上年决算数增加4,067.46万元，增长19.85%。
2.政府性基金预算财政拨款收入0万元，与上年决算数持平。
1.基本支出7,595.40万元，比上年决算数增加1,359.52万元，增长21.80%。
2.项目支出16,961.36万元，比上年决算数增加2,707.85万元，增长19.00%。
一般公共预算财政拨款支出24,556.76万元，比年初预算数增加1,017.03万元，增长4.32%；
（1）行政运行（项）2,988.29万元，占12.17%，年初预算2,761.85万元，年中预算调整为2,990.51万元，完成预算的108.20%。
标准化管理（项）23.36万元，占0.10%，年初预算24.00万元，年中预算调整为24.00万元，完成预算的97.33%。
（2）离退休人员管理机构（项）0.15万元，占0.0006%，年初预算0.19万元，年中预算调整为0.15万元，完成预算的78.95%。
（2）其他科技条件与服务支出（项）368.74万元，占1.50%，年初预算0万元，年中预算调整为368.74万元，完成预算的--%（预算数基数为0，不可比）。
9.住房保障支出（类）住房改革支出（款）
占本年支出合计的100%。与2018年相比，一般公共预算财政拨款支出增加4,067.37万元，增长19.85%。
一般公共服务支出19,309.37万元，占78.63%；科学技术支出2,290.28万元，占9.33%；社会保障和就业支出680.55万元，占2.77%；
年初预算23,539.73万元，支出决算24,556.76万元，完成年初预算的104.3%。
（9）住房保障支出（类）住房改革支出（款）
住房公积金（项）支出555.40万元，完成年初预算的105.46%。
本年基本支出7,595.40万元，比年初预算数增加576.58万元，完成年初预算的108.21%。
人员经费7,004.99万元，主要包括工资福利支出6,669.79万元、对个人和家庭的补助335.20万元；公用经费590.41万元，
我部门无因特殊原因使某经济分类科目支出金额偏高的情况需说明。
政府性基金预算财政拨款收入0万元。支出0万元，与2018年度相比持平；与年初预算数持平，完成年初预算的--%（预算数基数为0，不可比）。
政府性基金预算财政拨款支出0万元，与2018年度相比无变化。
“三公”经费财政拨款支出决算为22.63万元，完成预算53.58万元的42.2%。其中：因公出国（境）费支出决算为6.90万元，完成预算24.00万元的28.8%；
“三公”经费支出决算小于预算数的主要情况：
因公出国（境）费6.90万元，占30.5%；公务用车购置及运行费支出10.53万元，占46.5%；公务接待费支出5.20万元，占23.0%。
2019年局机关及下属3个单位公务用车保有量为5辆，
会议费决算0万元，与年初预算相比，减少9.08万元，完成预算9.08万元的0%。
2019年度无相关会议费支出。
机关运行经费支出383.20万元，比年初预算数减少20.67万元，降低5.12%。
政府采购支出总额16,291.78万元，
占政府采购支出总额的0.32%，其中：授予小微企业合同金额21.13万元，占政府采购支出总额的0.13%。
国有资源（资产）有偿使用收入0.97万元，占80.8%，包括其他利息收入0.49万元，行政单位国有资产处置收入0.38万元，事业单位国有资产处置收入0.10万元；
其他收入0.23万元，占19.2%，包括其他收入0.23万元（主要是低值易耗品处置收入）。
绩效目标46项，申报覆盖率100%，其中向社会公开项目支出绩效目标46项，公开覆盖率100%。
共涉及资金16,961.36万元，其中1000万元以上的项目1项，涉及资金10,946.05万元。
共43个项目，自评覆盖率达到100%，共涉及资金16,961.36万元。其中绩效自评一般公共预算支出项目43个，共16,961.36万元，占一般公共预算项目支出总额的100%；
共有财政支出项目43个，并对所有项目进行了绩效自评，无遗漏项目。其中，自评结果优秀的39个，优秀率为90.70%；自评结果良好的2个，良好率为4.65%；自评结果中等的2个，中等率为4.65%。
用事业基金弥补收支差额：指事业单位在用当年的
""".strip().splitlines()


@pytest.mark.slow
def test_sentences_say_what_was_published(published: Publication):
    text = plain(text_of(word(published.docx)))
    pages = re.sub(r"—\d+—", "", plain("".join(pdf_pages(published.pdf))))
    assert [sentence for sentence in SENTENCES if sentence not in text] == []
    assert [sentence for sentence in SENTENCES if sentence not in pages] == []


def test_prose_is_numbered_on_five_levels(published: Publication):
    lines = [block.text for block in blocks(word(published.docx)) if isinstance(block, Paragraph)]
    first, last = (
        next(i for i, text in enumerate(lines) if text.startswith(start)) for start in ("（1）行政", "（2）一般行")
    )
    numbers = [re.match(r"[一二三]是|[①-③]|[A-C]\.|[ab]\.|\([a-c]\)", text)[0] for text in lines[first + 1 : last]]
    assert " ".join(numbers) == "一是 二是 ① A. a. b. B. a. (a) (b) (c) C. ② 三是 ① ② ③"


def test_the_tasks_are_a_table_with_merged_cells(published: Publication):
    (table,) = [table for table in word(published.docx).tables if table.rows[0].cells[0].text.startswith("主要任务")]
    grid = grid_of(table)
    assert [row[3] for row in grid[1:]] == ["260.40", "11,504.96", "213.69", "1,409.74", "649.47", None, "1,269.36"]
    assert [cell is None for cell in grid[6]] == [True, False, True, True]
    assert grid[2][1].count("\n") == 9


def test_a_picture_stands_over_each_caption(published: Publication):
    found = [block for block in blocks(word(published.docx)) if not isinstance(block, Table)]
    captions = {
        "图一：年度收入支出对比图",
        "图二：2019年度一般公共预算财政拨款支出决算构成",
        "图三：“三公”经费本年支出结构",
    }
    over = {text.text: above for above, text in pairwise(found) if text.style.name == "图题"}
    assert over.keys() == captions
    assert all(above._p.xpath(".//pic:pic") for above in over.values())


MEETING = "会议: [{名称: 全市政务服务工作会议, 金额: 2.50, 内容: 参会120人}, {名称: 数据管理培训会, 金额: 1}]"
SECOND = "\n  第三方报告:"

VARIANTS = {
    "as last year": (
        [("总收入: 20736.56", "总收入: 24649.36")],
        ["2019年度收、支总计24,649.36万元。与2018年相比，收、支总计持平。图一"],
        ["主要是：一是机构改革后职能"],
    ),
    "less than last year": (
        [("总收入: 20736.56", "总收入: 25000")],
        ["与2018年相比，收、支总计各减少350.64万元，降低1.40%。主要是：一是机构改革后"],
        [],
    ),
    "the budget of a subject": (
        [("2013811 标准化管理: {年初预算: 24.00, 调整", "2013811 标准化管理: {年初预算: 23.36, 调整")],
        [
            "占0.10%，年初预算23.36万元，年中预算调整为24.00万元，完成预算的100%。",
            "标准化管理（项）支出23.36万元，完成年初预算的100%。（3）",  # no reason where nothing differs
            "年初预算23,539.09万元，支出决算24,556.76万元，完成年初预算的104.3%。",
            "比年初预算数增加1,017.67万元，增长4.32%；",
        ],
        ["预决算产生差异的主要原因是节约开支。"],
    ),
    "less spent on personnel and offices than planned": (
        [("一般公共预算基本支出: 7018.82", "一般公共预算基本支出: 7695.40")],
        ["本年基本支出7,595.40万元，比年初预算数减少100.00万元，完成年初预算的98.70%。"],
        [],
    ),
    "meetings": (
        [("  支出: 0\n", f"  支出: 10.08\n  {MEETING}\n")],
        [
            "会议费决算10.08万元，与年初预算相比，增加1.00万元，完成预算9.08万元的111.01%。主要原因为压减",
            "全年开支较大的会议分别是：（1）全市政务服务工作会议，支出2.50万元，参会120人。（2）数据管理培训会，支出1.00万元。",
        ],
        ["无相关会议费支出"],
    ),
    "as much for meetings as planned": (
        [("  支出: 0\n", "  支出: 9.08\n")],
        ["会议费决算9.08万元，与年初预算相比持平，完成预算9.08万元的100%。四、其他重要事项"],
        ["主要原因为压减一般性支出，严格控制会议。", "无相关会议费支出"],
    ),
    "a project that was not evaluated": (
        [("    中等: 2\n", "    中等: 2\n    未自评: 1\n    一般公共预算资金: 16000\n")],
        [
            "对2019年度财政资金安排支出的项目开展绩效自评，共43个项目，自评覆盖率达到97.73%，共涉及资金16,000.00万元。",
            "占一般公共预算项目支出总额的94.33%；",
            "共有财政支出项目44个，对其中43个项目进行了绩效自评。",
        ],
        ["无遗漏项目"],
    ),
    "a third party's report alone": (
        [(TEXT[TEXT.index("\n  自评报告:") : TEXT.index(SECOND)], "")],
        ["（三）以部门为主体开展的项目绩效评价报告1.第三方绩效评价报告"],
        ["项目绩效自评报告"],
    ),
    "no reports": (
        [(TEXT[TEXT.index("\n  自评报告:") : TEXT.index("\n  整体支出:")], "")],
        ["管理措施执行到位。二、部门整体支出绩效和重点工作完成情况按预算绩效管理要求"],
        ["（三）以部门为主体"],
    ),
    "no other units": (
        [(TEXT[TEXT.index("  下属单位:") : TEXT.index("  主要职责:")], "")],
        [
            "编报范围的单位共1个，即局本级。序号单位名称单位性质1广州市政务服务数据管理局（本级）行政单位第二部分",
            "2019年局机关公务用车",
        ],
        ["及下属"],
    ),
    "what the department calls itself": (
        [("自称: 我局", "自称: 我委")],
        ["我委积极推进预算绩效管理", "我委共有财政支出项目43个"],
        ["我局积极", "我局开展", "我局按要求"],
    ),
    "a government fund": (
        [
            ("合计: {财政拨款收入: 24557.16,", "2296003: {财政拨款收入: 100}\n    合计: {财政拨款收入: 24657.16,"),
            ("彩票公益金支出: {本年收入: 0}", "彩票公益金支出: {本年收入: 100, 项目支出: 90}"),
            ("一般公共预算财政拨款: 24609.07}", "一般公共预算财政拨款: 24609.07}\n    收入总计: 24709.07"),
            ("支出总计: {合计: 24609.07", "支出总计: {合计: 24709.07"),
            ("名词解释:\n", "政府性基金说明:\n  2296003: {用途: 体育设施建设}\n\n名词解释:\n"),
            (
                "    其他收入: 新增",
                "    政府性基金预算财政拨款收入: 甲\n    政府性基金预算财政拨款支出: 乙\n    其他收入: 新增",
            ),
            ("    一般公共预算基本支出: 一", "    政府性基金预算财政拨款支出: 丙\n    一般公共预算基本支出: 一"),
            ("年末结转和结余: 92.60", "年末结转和结余: 102.60"),
            ("政府性基金项目数: 0", "政府性基金项目数: 1"),
            ("政府性基金全年预算数: 0", "政府性基金全年预算数: 100"),
        ],
        [
            "政府性基金预算财政拨款收入100.00万元。支出90.00万元，与2018年度相比增加90.00万元，增长--%（决算数基数为0，不可比）；"
            "比年初预算数增加90.00万元，完成年初预算的--%（预算数基数为0，不可比）。其中基本支出0万元，项目支出90.00万元。",
            "其他支出（类）彩票公益金安排的支出（款）用于体育事业的彩票公益金支出（项）支出90.00万元，主要用于体育设施建设。",
            "绩效自评政府性基金支出项目1个，共90.00万元，占政府性基金预算项目支出总额的100%。",
            "其中一般公共预算支出24,556.76万元、政府性基金预算支出90.00万元。",
            "占本年支出合计的99.6%。",
        ],
        ["与2018年度相比无变化", "本部门无政府性基金预算财政拨款收入、支出及结转结余情况。"],
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize(("replacements", "there", "gone"), VARIANTS.values(), ids=VARIANTS)
def test_the_words_follow_the_figures(tmp_path, published: Publication, replacements, there, gone):
    before, after = (
        plain(text) for text in (text_of(word(published.docx)), words_of(changed(tmp_path, *replacements)))
    )
    assert [text for text in there if text in before or text not in after] == []
    assert [text for text in gone if text not in before or text in after] == []


NUMBER = re.compile(r"(?<![\d,.])\d[\d,]*(?:\.\d+)?%?(?![\d,])")
# What changes in the department's file, and every printed figure that must change with it.
CHANGES = {
    "what receptions cost": (
        ("公务用车运行费: 10.53, 公务接待费: 5.20", "公务用车运行费: 10.53, 公务接待费: 6.20"),
        "5.20 6.20 22.63 23.63 42.2% 44.1% 31.9% 38.0% 30.5% 29.2% 46.5% 44.6% 23.0% 26.2%",
    ),
    "the budget of a subject": (
        ("购房补贴: {年初预算: 1326.94", "购房补贴: {年初预算: 1426.94"),
        "1,326.94 1,426.94 112.60% 104.71% 23,539.73 23,639.73 1,017.03 917.03 4.32% 3.88% 104.3% 103.9%",
    ),
}


@pytest.mark.parametrize(("replacement", "figures"), CHANGES.values(), ids=CHANGES)
def test_a_changed_figure_changes_everywhere_and_nothing_else_does(tmp_path, published, replacement, figures):
    old_and_new = figures.split()
    new = dict(zip(old_and_new[::2], old_and_new[1::2], strict=True))
    before, after = text_of(word(published.docx)), words_of(changed(tmp_path, replacement))
    assert new.keys() <= set(NUMBER.findall(before))
    # The pages of the 目录 are found only when the document is printed.
    start = before.rindex("第一部分")
    assert after.endswith(NUMBER.sub(lambda found: new.get(found[0], found[0]), before[start:]))


ERROR, WARNING = Severity.ERROR, Severity.WARNING
MEETINGS = "会议: [{名称: 甲, 金额: 1}, {名称: 乙, 金额: 6}]"
STAFF = "一是职能增加，人员经费和公用经费增加；二是薪酬待遇按国家统一政策调整；三是新增职业年金缴费"
SLIPS = {
    "Y101": ([("  预算:\n", "  预算:\n    20103: {年初预算: 19000}\n")], ERROR),
    "Y102": ([("调整预算: 2990.51", "调整预算: 2988.00")], WARNING),
    "Y103": ([("一般公共预算基本支出: 7018.82", "一般公共预算基本支出: 70188.2"), (STAFF, "工作任务变化")], ERROR),
    "H109": ([("30216 培训费: 13.61", "30215 会议费: 13.61"), ("  支出: 0\n", "  支出: 9\n")], ERROR),
    "H110": ([("  支出: 0\n", "  支出: 9.09\n"), ("压减一般性支出，严格控制会议", "会议安排变化")], WARNING),
    "H111": ([("  支出: 0\n", f"  支出: 6\n  {MEETINGS}\n")], ERROR),
    "H112": ([("  原因: 压减一般性支出，严格控制会议\n", "")], ERROR),
    "H113": ([("    差异原因: 人员增加和政策性调整\n", "")], ERROR),
    "J111": ([("11504.96", "24504.96")], ERROR),
    "J101": ([("应申报: 46", "应申报: 45")], ERROR),
    "J102": ([("已公开: 46", "已公开: 47")], ERROR),
    "J103": ([("大额项目资金: 10946.05", "大额项目资金: 109460.5")], ERROR),
    "J104": ([("大额项目数: 1", "大额项目数: 0")], ERROR),
    "J105 J106": ([("政府性基金项目数: 0", "政府性基金项目数: 44")], ERROR),
    "J106": ([("政府性基金项目数: 0", "政府性基金项目数: 1")], WARNING),
    "J107": ([("政府性基金项目数: 0", "政府性基金项目数: 0\n    一般公共预算资金: 16961.37")], ERROR),
    "J108": ([("政府性基金项目数: 0", "政府性基金项目数: 0\n    政府性基金资金: 1")], ERROR),
    "J109": ([("执行数: 181.93", "执行数: 182")], WARNING),
    "J110 Y102": ([("调整预算: 12643.32", "调整预算: 12612.51"), ("调整预算: 1923.08", "调整预算: 1900")], WARNING),
    "G901": ([("    国库存款利息", "    罚没收入: {合计: 3, 纳入预算管理: 2}\n    国库存款利息")], ERROR),
    "G902": ([("    国库存款利息", "    利息收入: {合计: 4.90, 纳入预算管理: 4.90}\n    国库存款利息")], ERROR),
    "G903": ([("    国库存款利息", "    合计: {合计: 12, 纳入预算管理: 12}\n    国库存款利息")], ERROR),
}


@pytest.mark.parametrize(("codes", "replacements", "severity"), [(codes, *slip) for codes, slip in SLIPS.items()])
def test_a_check_finds_its_slip(tmp_path, codes, replacements, severity):
    """The first of `codes` with its severity, and none but the others that the slip cannot but touch."""
    found = found_in(changed(tmp_path, *replacements))
    assert {code for code, _ in found} == set(codes.split())
    assert (codes.split()[0], severity) in found
