"""Random departments of the edition gz-2020 whose figures are correct, as plain data for a YAML or JSON file.

Amounts are drawn in 分 (hundredths of 元) for the leaf figures, and everything else is summed up from them here,
without the program's help. A file gives them exactly in 元, or in 万元 with each figure rounded on its own, as
departments do: then stated sums differ from their parts by real 尾差.
"""

from __future__ import annotations

import random
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from generator.edition import load_edition

Figures = dict[str, int]
Table = dict[str, Figures]
"""Row name or subject code, column: 分."""

EDITION = load_edition("gz-2020")
SUBJECTS = EDITION.code_lists["功能分类"]
CLASSES = [code for code in SUBJECTS if len(code) == 3]
FUND = EDITION.tables["表8"].blocks[0].preset
STATE_CAPITAL = EDITION.tables["表9"].blocks[0].preset
ORDINARY = [c for c in SUBJECTS if len(c) == 7 and c not in FUND and c not in STATE_CAPITAL]
ECONOMIC = [code for code in EDITION.code_lists["经济分类"] if len(code) == 5]
PUBLIC = ("302", "307", "310", "399")
OTHER_INCOME = ("上级补助收入", "事业收入", "经营收入", "附属单位上缴收入", "其他收入")
SPENDING = ("基本支出", "项目支出", "上缴上级支出", "经营支出", "对附属单位补助支出")
PUBLIC_EXPENSES = {
    "因公出国（境）费": "30212",
    "公务用车购置费": "31013",
    "公务用车运行费": "30231",
    "公务接待费": "30217",
}
VEHICLES = ("岗位保障用车", "机要通信用车", "应急保障用车", "执法执勤用车", "特种专业技术用车", "其他用车")
LEAST = 10_000
"""100 元: what is less would be 0.00 万元 or 0.01."""
LEAST_DEPARTMENT = 20_000_000
"""200,000 元: no department lives on less."""


@dataclass
class Truth:
    """The exact figures of a department."""

    tables: dict[str, Table] = field(default_factory=dict)
    leaves: set[tuple[str, str, str]] = field(default_factory=set)
    """The cells that only the department can know; all others follow from them."""
    income: dict[str, int] = field(default_factory=dict)
    """Of each budget: 一般公共预算, 政府性基金预算, 国有资本经营预算."""
    opening: dict[str, int] = field(default_factory=dict)
    closing: dict[str, int] = field(default_factory=dict)
    own_subjects: dict[str, str] = field(default_factory=dict)

    def put(self, table: str, row: str, figures: Figures, *, leaf: bool = True) -> None:
        """The figures of a row; those of a leaf row other than 0 must be stated."""
        self.tables.setdefault(table, {})[row] = figures
        if leaf:
            self.leaves |= {(table, row, column) for column, amount in figures.items() if amount}

    def roll_up(self, table: str, derived: tuple[str, ...]) -> None:
        """Adds the rows of classes, sections and the total; the columns `derived` are no leaf figures."""
        rows: defaultdict[str, defaultdict[str, int]] = defaultdict(lambda: defaultdict(int))
        for code, figures in self.tables.get(table, {}).items():
            for row in (code, code[:5], code[:3], "合计"):
                for column, amount in figures.items():
                    rows[row][column] += amount
        self.tables[table] = {row: dict(figures) for row, figures in rows.items()}
        self.leaves = {leaf for leaf in self.leaves if leaf[0] != table or leaf[2] not in derived}

    def get(self, table: str, row: str, column: str) -> int:
        return self.tables.get(table, {}).get(row, {}).get(column, 0)


def random_department(
    rng: random.Random, *, subjects: int | None = None, unit: str = "", stating: float | None = None, rich: bool = False
) -> dict[str, Any]:
    """A correct department.

    `subjects`: how many of the general public budget; `unit`: 元 or 万元; `stating`: the share of derived figures that
    the file states too; `rich`: with a fund budget, state capital, other money and carryovers. What is not said is
    random.
    """
    count = subjects or rng.choice([1, 2, 3, 5, 8, 8, 20, 20, 60, 300])
    unit = unit or rng.choice(["元", "万元"])
    stating = rng.choice([0, 0.1, 0.5, 1]) if stating is None else stating
    truth = Truth()

    def has(probability: float) -> bool:
        return rich or rng.random() < probability

    _general_budget(rng, truth, count, carries_over=has(0.4))
    if has(0.4):
        _fund_budget(rng, truth, carries_over=has(0.6))
    if has(0.3):
        _state_capital(rng, truth, carries_over=has(0.5))
    for number, derived in (("表5", ("本年支出合计",)), ("表8", ("本年支出",)), ("表9", ("本年支出",))):
        truth.roll_up(number, derived)
    _income_and_spending(rng, truth, other_money=has(0.4))
    _totals_of_fiscal_money(truth)
    _economic_classification(rng, truth)
    _public_expenses(rng, truth)
    _non_tax_revenue(rng, truth)
    return _file(rng, truth, unit, stating)


def _general_budget(rng: random.Random, truth: Truth, count: int, *, carries_over: bool) -> None:
    codes = rng.sample(ORDINARY, min(count, len(ORDINARY)))
    while len(codes) < count:
        top = rng.choice([code for code in CLASSES if code not in ("223", "234")])
        code = f"{top}{rng.randint(30, 59)}{rng.randint(1, 99):02d}"
        if code not in codes and code[:5] not in SUBJECTS:
            codes.append(code)
            truth.own_subjects |= {code: f"科目{code}", code[:5]: f"科目{code[:5]}"}
    for index, code in enumerate(codes):
        opening, income, spending, closing = _year(rng, carries_over, least=0 if index else LEAST_DEPARTMENT)
        basic, project = _in_two(rng, spending)
        truth.put("表5", code, {"本年支出合计": spending, "基本支出": basic, "项目支出": project})
        _receive(truth, "一般公共预算", code, opening, income, closing)


def _fund_budget(rng: random.Random, truth: Truth, *, carries_over: bool) -> None:
    for code in rng.sample(FUND, rng.randint(1, len(FUND))):
        opening, income, spending, closing = _year(rng, carries_over)
        basic, project = _in_two(rng, spending)
        figures = {"年初结转和结余": opening, "本年收入": income, "本年支出": spending}
        truth.put("表8", code, figures | {"基本支出": basic, "项目支出": project, "年末结转和结余": closing})
        # A closing of 0 is stated too: added up from rounded figures it could come out as -0.01.
        truth.leaves.add(("表8", code, "年末结转和结余"))
        _receive(truth, "政府性基金预算", code, opening, income, closing)


def _state_capital(rng: random.Random, truth: Truth, *, carries_over: bool) -> None:
    for code in rng.sample(STATE_CAPITAL, rng.randint(1, 3)):
        opening, income, spending, closing = _year(rng, carries_over)
        basic, project = _in_two(rng, spending)
        truth.put("表9", code, {"本年支出": spending, "基本支出": basic, "项目支出": project})
        _receive(truth, "国有资本经营预算", code, opening, income, closing)


def _receive(truth: Truth, budget: str, code: str, opening: int, income: int, closing: int) -> None:
    for amounts, amount in ((truth.opening, opening), (truth.income, income), (truth.closing, closing)):
        amounts[budget] = amounts.get(budget, 0) + amount
    if income:
        truth.put("表2", code, {"财政拨款收入": income})


def _income_and_spending(rng: random.Random, truth: Truth, *, other_money: bool) -> None:
    """表1, 表2 and 表3: fiscal money, and what else the department receives and spends."""
    spending: Table = {}
    for number in ("表5", "表8", "表9"):
        for code, figures in truth.tables.get(number, {}).items():
            if len(code) == 7:
                row = spending.setdefault(code, dict.fromkeys(SPENDING, 0))
                row["基本支出"] += figures["基本支出"]
                row["项目支出"] += figures["项目支出"]
    received = spent = 0
    if other_money:
        for code in {*rng.sample(sorted(spending), min(3, len(spending))), *rng.sample(ORDINARY, 2)}:
            extra = {name: _amount(rng) for name in rng.sample(OTHER_INCOME, rng.randint(1, 3))}
            truth.put("表2", code, truth.tables.get("表2", {}).get(code, {}) | extra)
            received += sum(extra.values())
            row = spending.setdefault(code, dict.fromkeys(SPENDING, 0))
            for name in rng.sample(SPENDING, rng.randint(1, 4)):
                amount = _amount(rng)
                row[name] += amount
                spent += amount
            truth.leaves |= {("表3", code, name) for name in SPENDING if row[name]}
    for code, row in spending.items():
        truth.put("表3", code, {"本年支出合计": sum(row.values())} | row, leaf=False)
    for figures in truth.tables["表2"].values():
        figures |= {name: figures.get(name, 0) for name in ("财政拨款收入", *OTHER_INCOME)}
        figures["本年收入合计"] = sum(figures.values())
    truth.roll_up("表2", ("本年收入合计",))
    truth.roll_up("表3", ("本年支出合计",))
    left = _amount(rng) if other_money and rng.random() < 0.5 else 0
    distributed, kept = _in_two(rng, max(received - spent, 0))
    used, had = _in_two(rng, max(spent - received, 0))
    _overview(truth, used, had + left, distributed, kept + left)


def _overview(truth: Truth, used: int, opening: int, distributed: int, closing: int) -> None:
    """表1; the arguments are other than fiscal money: surplus used, opening, surplus distributed, closing."""

    def total(table: str, column: str) -> int:
        return truth.get(table, "合计", column)

    income = total("表2", "本年收入合计")
    for budget in ("一般公共预算", "政府性基金预算", "国有资本经营预算"):
        row = f"{budget}财政拨款收入"
        truth.put("表1", row, {"决算数": truth.income.get(budget, 0)}, leaf=budget == "国有资本经营预算")
    for name in OTHER_INCOME:
        truth.put("表1", name, {"决算数": total("表2", name)}, leaf=False)
    for code in CLASSES:
        truth.put("表1", code, {"决算数": truth.get("表3", code, "本年支出合计")}, leaf=False)
    opening += sum(truth.opening.values())
    closing += sum(truth.closing.values())
    truth.put("表1", "使用非财政拨款结余", {"决算数": used})
    truth.put("表1", "年初结转和结余", {"决算数": opening})
    truth.put("表1", "结余分配", {"决算数": distributed})
    truth.put("表1", "年末结转和结余", {"决算数": closing})
    spending = total("表3", "本年支出合计")
    truth.put("表1", "本年收入合计", {"决算数": income}, leaf=False)
    truth.put("表1", "本年支出合计", {"决算数": spending}, leaf=False)
    truth.put("表1", "收入总计", {"决算数": income + used + opening}, leaf=False)
    truth.put("表1", "支出总计", {"决算数": spending + distributed + closing}, leaf=False)


def _totals_of_fiscal_money(truth: Truth) -> None:
    """表4."""
    sources = {"一般公共预算": "表5", "政府性基金预算": "表8", "国有资本经营预算": "表9"}
    for budget in sources:
        truth.put("表4", f"{budget}财政拨款收入", {"金额": truth.income.get(budget, 0)}, leaf=False)
        opening = {"金额": truth.opening.get(budget, 0)}
        truth.put("表4", f"{budget}财政拨款年初结转和结余", opening, leaf=budget != "政府性基金预算")
    income, opened = sum(truth.income.values()), sum(truth.opening.values())
    truth.put("表4", "本年收入合计", {"金额": income}, leaf=False)
    truth.put("表4", "年初财政拨款结转和结余", {"金额": opened}, leaf=False)
    truth.put("表4", "收入总计", {"金额": income + opened}, leaf=False)
    for row in (*CLASSES, "本年支出合计"):
        code = "合计" if row == "本年支出合计" else row
        column = {"表5": "本年支出合计"}
        figures = {
            f"{budget}财政拨款": truth.get(table, code, column.get(table, "本年支出"))
            for budget, table in sources.items()
        }
        truth.put("表4", row, figures | {"合计": sum(figures.values())}, leaf=False)
    closing = {f"{budget}财政拨款": truth.closing.get(budget, 0) for budget in sources}
    truth.put("表4", "年末财政拨款结转和结余", closing | {"合计": sum(closing.values())})
    for derived in ("合计", "政府性基金预算财政拨款"):
        truth.leaves.discard(("表4", "年末财政拨款结转和结余", derived))
    spent, left = truth.tables["表4"]["本年支出合计"], truth.tables["表4"]["年末财政拨款结转和结余"]
    truth.put("表4", "支出总计", {column: spent[column] + left[column] for column in spent}, leaf=False)


def _economic_classification(rng: random.Random, truth: Truth) -> None:
    """表6: the basic expenditure of 表5 by economic subject."""
    codes = rng.sample(ECONOMIC, rng.randint(3, 25))
    parts = _split(rng, truth.get("表5", "合计", "基本支出"), len(codes))
    sums: defaultdict[str, int] = defaultdict(int)
    for code, amount in zip(codes, parts, strict=False):
        truth.put("表6", code, {"金额": amount})
        sums[code[:3]] += amount
        sums["公用经费合计" if code.startswith(PUBLIC) else "人员经费合计"] += amount
    for row, amount in sums.items():
        truth.put("表6", row, {"金额": amount}, leaf=False)


def _public_expenses(rng: random.Random, truth: Truth) -> None:
    """表7: what 表6 holds of the three public expenses, and perhaps more from projects."""
    projects = truth.get("表5", "合计", "项目支出") // len(PUBLIC_EXPENSES)
    unspent = (truth.get("表1", "收入总计", "决算数") - truth.get("表5", "合计", "本年支出合计")) // len(
        PUBLIC_EXPENSES
    )
    spent = {
        name: truth.get("表6", code, "金额") + (_amount(rng, projects) if rng.random() < 0.3 else 0)
        for name, code in PUBLIC_EXPENSES.items()
    }
    budget = {name: amount + (_amount(rng, unspent) if rng.random() < 0.5 else 0) for name, amount in spent.items()}
    for row, figures in (("预算数", budget), ("决算数", spent)):
        truth.put("表7", row, figures)
        cars = figures["公务用车购置费"] + figures["公务用车运行费"]
        total = figures["因公出国（境）费"] + cars + figures["公务接待费"]
        truth.tables["表7"][row] = figures | {"公务用车购置及运行费": cars, "合计": total}


def _non_tax_revenue(rng: random.Random, truth: Truth) -> None:
    """表10."""
    ways = ("纳入预算管理", "纳入财政专户管理")
    tops = ("政府性基金收入", "专项收入", "行政事业性收费收入", "罚没收入", "捐赠收入", "其他收入")
    total = dict.fromkeys((*ways, "合计"), 0)
    interest = rng.random() < 0.3
    for row in (*rng.sample(tops, rng.randint(0, 4)), *(["其他利息收入"] if interest else [])):
        figures = {way: _amount(rng) if rng.random() < 0.7 else 0 for way in ways}
        truth.put("表10", row, figures)
        truth.tables["表10"][row] = figures = figures | {"合计": sum(figures.values())}
        total = {column: total[column] + figures[column] for column in total}
    if interest and any(truth.tables["表10"]["其他利息收入"].values()):
        for row in ("利息收入", "国有资源（资产）有偿使用收入"):
            truth.put("表10", row, dict(truth.tables["表10"]["其他利息收入"]), leaf=False)
    truth.put("表10", "合计", total, leaf=False)


def _file(rng: random.Random, truth: Truth, unit: str, stating: float) -> dict[str, Any]:
    def written(amount: int) -> str:
        hundredths = amount if unit == "元" else (amount + 5_000) // 10_000
        return f"{hundredths // 100}.{hundredths % 100:02d}"

    tables: dict[str, dict[str, dict[str, str]]] = {}
    for table, rows in truth.tables.items():
        for row, figures in rows.items():
            for column, amount in figures.items():
                if (table, row, column) in truth.leaves or rng.random() < stating:
                    tables.setdefault(table, {}).setdefault(row, {})[column] = written(amount)
    now = {name: _indicator(truth, name) for name, one in EDITION.indicators.items() if one.comparisons}
    spent, received = (truth.get("表1", row, "决算数") for row in ("本年支出合计", "收入总计"))
    before = {name: _earlier(rng, now[name], 50 * received) for name in EDITION.compared("上年")}
    if all(before[name] == now[name] for name in before):  # no two years are the same in everything
        before = {name: amount // 2 for name, amount in before.items()}
    budget = {name: _earlier(rng, now[name], 50 * received) for name in EDITION.compared("年初预算")}
    reasons = {
        name: {key: "工作任务变化" for key, base in amounts.items() if _needs_reason(now[key], base)}
        for name, amounts in (("比上年", before), ("比年初预算", budget))
    }
    cars = truth.tables["表7"]["决算数"]["公务用车运行费"] // 50_000_000
    running = truth.get("表6", "公用经费合计", "金额") * rng.choice([0, 3, 4]) // 4
    running_budget = _earlier(rng, running, received)
    if running_budget:  # nobody spends on running what is many times the budget
        running_budget = max(running_budget, running // 10)
    goods, works, services = (_amount(rng, spent // 3) * rng.randint(0, 1) for _ in range(3))
    medium = (goods + works + services) * rng.randint(0, 4) // 4
    project, general = (truth.get("表5", "合计", column) for column in ("项目支出", "本年支出合计"))
    return {
        "版本": "gz-2020",
        "年度": "2020",
        "部门": "某市某区示例局",
        "金额单位": unit,
        "概况": {"主要职责": ["负责示例工作。"], "本级": "局本级", "机关": "局机关"},
        **({"补充科目": truth.own_subjects} if truth.own_subjects else {}),
        "决算表": tables,
        "上年": {name: written(amount) for name, amount in before.items()},
        "年初预算": {name: written(amount) for name, amount in budget.items()},
        "变动原因": reasons,
        "三公经费": _counts(rng, truth.tables["表7"]["决算数"], cars),
        "机关运行经费": {
            "本年支出": written(running),
            "年初预算": written(running_budget),
            **({"变动原因": "工作任务变化"} if _needs_reason(running, running_budget) else {}),
        },
        "政府采购": {
            "货物": written(goods),
            "工程": written(works),
            "服务": written(services),
            "中小企业": written(medium),
            "小微企业": written(medium * rng.randint(0, 2) // 2),
        },
        "国有资产": {**dict.fromkeys(VEHICLES, "1"), VEHICLES[0]: str(cars + 1), "通用设备": "2", "专用设备": "0"},
        "绩效": {
            "自评项目数": "1",
            "自评项目资金": written(project * rng.randint(0, 4) // 4),
            "整体自评一般公共预算支出": written(general),
            "整体自评政府性基金预算支出": written(truth.get("表8", "合计", "本年支出")),
            "总体评价": "完成较好",
            "整体支出": {
                "全年预算数": written(spent + rng.choice([0, _amount(rng, 50 * received)])),
                "评价": "完成较好",
                "年度目标": ["完成年度工作。"],
                "目标完成情况": [{"关键指标": "任务", "预期实现值": "100%", "完成情况": "100%"}],
                "效益": "良好",
                "资金用途": "示例工作",
                **{name: [{"标题": "示例"}] for name in ("工作完成情况", "存在问题", "改进方向")},
            },
        },
    }


def _counts(rng: random.Random, spent: Figures, cars: int) -> dict[str, Any]:
    """The counts of 三公经费 that go with what was spent, at most 500,000 元 a trip or car and 50,000 a guest."""
    trips = rng.randint(1, 5) + spent["因公出国（境）费"] // 50_000_000 if spent["因公出国（境）费"] else 0
    visits = rng.randint(1, 40) + spent["公务接待费"] // 5_000_000 if spent["公务接待费"] else 0
    return {
        "总体情况": "厉行节约",
        "因公出国": {"团组": str(trips), "人次": str(trips * 2), "开支内容": "公务出访"},
        "公务用车": {
            "购置数": "1" if spent["公务用车购置费"] else "0",
            "保有量": str(cars + rng.randint(1, len(VEHICLES))) if spent["公务用车运行费"] else "0",
        },
        "公务接待": {"外宾团组": "0", "外宾人次": "0", "国内批次": str(visits), "国内人数": str(visits * 3)},
    }


def _indicator(truth: Truth, name: str) -> int:
    """The exact figure of an indicator."""
    total = 0
    for term in EDITION.indicators[name].terms:
        named = EDITION.tables[term.table].row_names.get(term.row)
        total += term.sign * truth.get(term.table, named[1].name if named else term.row, term.column)
    return total


def _earlier(rng: random.Random, amount: int, most: int) -> int:
    """A figure of last year or of the budget beside `amount`, but no more than `most`."""
    return rng.choice([0, amount, amount * rng.randint(70, 130) // 100, _amount(rng, most)])


def _needs_reason(now: int, base: int) -> bool:
    """Whether a change is or may be, once rounded, beyond 10 %."""
    return now != base and abs(now - base) * 100 >= 9 * base


def _year(rng: random.Random, carries_over: bool, *, least: int = 0) -> tuple[int, int, int, int]:
    """Opening, income, spending (at least `least`), closing, where opening + income = spending + closing."""
    spending = max(_amount(rng), least)
    closing = _amount(rng) if carries_over and rng.random() < 0.3 else 0
    opening = (spending + closing) * rng.randint(1, 10) // 10 if carries_over and rng.random() < 0.3 else 0
    return opening, spending + closing - opening, spending, closing


def _amount(rng: random.Random, most: int = 10**10) -> int:
    """An amount of money, but no more than `most`: most round, a few large, from 1,000 元 to 1 亿元."""
    amount = min(int(10 ** rng.uniform(5, 10)), most)
    return amount // LEAST * LEAST if rng.random() < 0.2 else amount


def _in_two(rng: random.Random, amount: int) -> tuple[int, int]:
    """`amount` in two parts, one of which may be 0."""
    first = amount * rng.choice([0, rng.randint(2, 8), 10]) // 10
    return first, amount - first


def _split(rng: random.Random, amount: int, count: int) -> list[int]:
    """`amount` in at most `count` parts, none below `LEAST`."""
    count = min(count, amount // LEAST)
    cuts = sorted(rng.randint(0, amount - count * LEAST) for _ in range(count - 1))
    ends = zip([0, *cuts], [*cuts, amount - count * LEAST], strict=True)
    return [end - start + LEAST for start, end in ends] if count else []
