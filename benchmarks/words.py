"""Slips of every kind, seeded into the words of both examples: found of seeded; and what is said of correct texts.

    python benchmarks/words.py [--texts 文件 …] [--each 3] [--seed 1]

The slips are drawn by chance: other figures, days, numbers and words with every `--seed`, each on its own put at the
beginning, in the middle or at the end of several texts of an example. One counts as found where its rule then speaks of
that text. False alarms are what is said of the examples as they are, and of each sentence of the files `--texts`
(published documents as plain text), entered as words of the example of the same year; what is said there of figures
that are another department's is counted apart.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from random import Random

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "support")]

from departments import EXAMPLE, EXAMPLE_OF_2019  # noqa: E402

from generator.accounts import Accounts, load_accounts  # noqa: E402
from generator.accounts.last_year import LastYear  # noqa: E402
from generator.accounts.typed_texts import TypedText, typed_texts  # noqa: E402
from generator.checks.prose import check_prose, check_words  # noqa: E402
from generator.checks.prose.directions import explained_changes  # noqa: E402
from generator.findings import Place  # noqa: E402
from generator.reading import Mapping, Node, Scalar, Sequence  # noqa: E402


@dataclass(frozen=True)
class Slip:
    """A kind of slip, and words that are one."""

    kind: str
    text: str


def slips(accounts: Accounts, chance: Random) -> Iterator[Slip]:
    """Slips that any text may have, in the year and with the figures of `accounts`, as `chance` draws them."""
    pick, number = chance.choice, chance.randint
    year = accounts.year
    department = accounts.department
    forms = "……项 XX个单位 ××科 ＸＸ镇 某某公司 （略） 待补充 待填写 待定 X月X日 【】 请填写"
    choices = "增加（减少） 增长(下降) 节约（超支） 上升/下降"
    yield from (Slip("没有填完", f"{pick(('完成', '涉及', '由'))}{form}") for form in forms.split())
    yield from (Slip("没有填完", f"比上年{choice}") for choice in choices.split())
    verbs = pick(("治理河涌", "新增窗口", "服务企业", "举办活动")) + str(number(3, 99)) + pick(("条", "个", "次"))
    old, new = year - number(2, 9), year + number(1, 4)
    yield from (Slip("年份", text) for text in (f"{old}年{verbs}", f"{new}年全年{verbs}", f"截至{old}年末共{verbs}"))
    yield Slip("年份", f"{year - 1}年，我局{verbs}。")
    yield Slip("年份", f"二〇一{'二三四五六'[number(0, 4)]}年度{verbs}")
    month = pick((2, 4, 6, 9, 11))
    days = (f"{year}年{month}月31日完成", f"{month}月3{number(2, 9)}日前办结", f"{year}年1{number(3, 9)}月启动")
    for text in (*days, f"{year}-{month:02}-31上线", f"{year}/{month}/31上线", "四月三十一日验收"):
        yield Slip("日期", text)
    great = f"增长{number(2000, 990000)}%", f"{pick(('满意度', '覆盖率', '办结率'))}达{number(101, 300)}%"
    for text in (*great, f"占全部事项的{number(101, 300)}%", f"比上年下降{number(101, 300)}%"):
        yield Slip("百分比", text)
    yield Slip("小数", f"支出{number(1, 900)}.{number(1, 9)}{number(1, 9)}{number(1, 9)}万元")
    yield Slip("小数", f"占比{number(1, 90)}.{number(11111, 99999)}%")
    yield from wrong_figures(accounts, chance)
    twice = pick(("主要用于", "项目", "工作", "支出", "会议费"))
    yield from (Slip("重复", text) for text in (f"{twice}{twice}开展工作", f"压减{twice}{twice}", "由于由于人员增加"))
    for marks in ("，，", "。，", "：，", "！。", "、，", "；。", "。。"):
        yield Slip("标点连用", f"厉行节约{marks}控制开支")
    for text in ("控制“三公经费", "控制三公”经费", "会议（培训", "见《办法", "会议）培训", "推进”一网通办“"):
        yield Slip("不成对", text)
    for mark in ",;:!?":
        yield Slip("半角", f"厉行节约{mark}控制开支")
    yield Slip("半角", "会议(含培训)费")
    yield from personal(chance)
    marks = "秘密★1年、机密、机　密、绝密★启用前、（秘密）、（ 内部 ）、内部资料、内部参考、工作秘密、严禁外传"
    yield from (Slip("秘密标志", text) for text in marks.split("、"))
    other = "广州市越秀区政务服务数据管理局" if "区" in department else "深圳市政务服务数据管理局"
    yield from (Slip("别人的名称", text) for text in ("我委按计划开支", "我院承担", f"由{other}负责"))
    for text in ("与卫计委联合检查", "由质监局负责", "经国土资源局同意", "市食品药品监督管理局抽检"):
        yield Slip("旧名称", text)
    yield from (Slip("提法", text) for text in ("赴香港等国家考察", "建国70周年活动", "一带一路战略"))


def wrong_figures(accounts: Accounts, chance: Random) -> Iterator[Slip]:
    """Amounts and percentages that the figures of `accounts` contradict, in the ways in which people write them."""
    known = {name: Decimal(accounts.indicator(name)) for name in ("总支出", "本年支出", "基本支出", "项目支出")}
    name = chance.choice(list(known))
    amount = known[name]
    other = amount * chance.choice((Decimal("0.83"), Decimal("1.27")))
    for text in (
        f"{name}{other:.2f}万元",
        f"{name}约{other:,.0f}万元",
        f"{name}为{other * 10000:,.2f}元",
        f"{name}{other / 10000:.2f}亿元",
        f"{name}共计{other:.0f}万",
        f"{name}{full_width(f'{other:.2f}')}万元",
    ):
        yield Slip("数", text)
    for wrong in (swapped(f"{amount:.2f}", chance), one_off(f"{amount:.2f}", chance)):
        yield Slip("数", f"全年共安排{wrong}万元")
        yield Slip("数", f"共计{Decimal(wrong) * 10000:,.0f}元")
    share = known["项目支出"] / known["本年支出"] * 100
    growth = (known["项目支出"] / accounts.values["上年"]["项目支出"] - 1) * 100  # type: ignore[index,call-overload]
    yield Slip("比率", f"项目支出占本年支出的{swapped(f'{share:.2f}', chance)}%")
    yield Slip("比率", f"基本支出占本年支出的{share + 9:.1f}%")
    yield Slip("比率", f"项目支出比上年增长{one_off(f'{growth:.2f}', chance)}%")
    yield Slip("比率", f"经费增长{swapped(f'{growth:.2f}', chance)}%")


def personal(chance: Random) -> Iterator[Slip]:
    """Numbers and names of persons who do not exist."""
    digits = lambda count: "".join(str(chance.randint(0, 9)) for _ in range(count))  # noqa: E731
    born = f"{chance.randint(1950, 2001)}{chance.randint(1, 12):02}{chance.randint(1, 28):02}"
    identity = f"4401{chance.randint(10, 19)}{born}{digits(3)}"
    identity += _check_digit(identity)
    for text in (identity, f"{identity[:6]} {identity[6:14]} {identity[14:]}", full_width(identity)):
        yield Slip("身份证号", f"证件号码{text}")
    mobile = f"1{chance.choice('35789')}{digits(9)}"
    for text in (mobile, f"{mobile[:3]}-{mobile[3:7]}-{mobile[7:]}", f"{mobile[:3]} {mobile[3:7]} {mobile[7:]}"):
        yield Slip("手机号", f"电话{text}")
    yield Slip("手机号", f"电话{full_width(mobile)}")
    card = f"622202{digits(12)}"
    card += next(last for last in "0123456789" if _is_card(card + last))
    for text in (card, f"{card[:4]} {card[4:8]} {card[8:12]} {card[12:16]} {card[16:]}", full_width(card)):
        yield Slip("银行账号", f"付款至{text}")
    yield Slip("银行账号", f"账号{digits(17)}")
    names = [chance.choice("王李张刘陈杨黄林高") + chance.choice(("伟", "小明", "志强", "丽华")) for _ in range(3)]
    yield from (Slip("姓名", text) for text in (f"联系人{names[0]}，请联系", f"出访人员为{names[0]}、{names[1]}"))
    yield Slip("姓名", f"王伟、{'、'.join(names[:2])}、李明")


def full_width(text: str) -> str:
    return "".join(chr(ord(one) + 0xFEE0) for one in text)


def swapped(figure: str, chance: Random) -> str:
    """`figure` with two digits beside each other exchanged."""
    at = chance.choice([at for at, (one, two) in enumerate(pairwise(figure)) if "." not in one + two and one != two])
    return figure[:at] + figure[at + 1] + figure[at] + figure[at + 2 :]


def one_off(figure: str, chance: Random) -> str:
    """`figure` with one digit, not the last, another."""
    at = chance.choice([at for at, one in enumerate(figure[:-1]) if one != "."])
    return (
        figure[:at]
        + str((int(figure[at]) + chance.randint(2, 7)) % 9 + 1 if at == 0 else (int(figure[at]) + 4) % 10)
        + figure[at + 1 :]
    )


def put(text: str, slip: str, chance: Random) -> str:
    """`text` with a slip somewhere in it."""
    if slip.endswith("。"):
        return slip + text
    commas = [at + 1 for at, mark in enumerate(text) if mark in "，；"]
    at = chance.choice((0, *commas, len(text)))
    if at == len(text):
        return f"{text.rstrip('。；')}，{slip}"
    return f"{text[:at]}{slip}，{text[at:]}"


OF_KIND = {
    "没有填完": "C101", "年份": "C201", "日期": "C202", "百分比": "C30[12]", "小数": "C303", "数": "C304",
    "增减": "C305", "重复": "C504", "标点连用": "C501", "不成对": "C502", "半角": "C503",
    "身份证号": "C601", "手机号": "C602", "银行账号": "C603", "秘密标志": "C60[46]", "姓名": "C605",
    "别人的名称": "C401", "旧名称": "C402", "提法": "C40[34]", "比率": "C30[45]", "照抄上年": "C102", "模板": "C101",
}  # fmt: skip


def _check_digit(number: str) -> str:
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return "10X98765432"[sum(w * int(d) for w, d in zip(weights, number, strict=True)) % 11]


def _is_card(digits: str) -> bool:
    doubled = (int(digit) * (1 + at % 2) for at, digit in enumerate(reversed(digits)))
    return sum(one - 9 if one > 9 else one for one in doubled) % 10 == 0


def changed(node: Node, path: tuple[str | int, ...], text: str) -> Node:
    """`node` with `text` at `path`."""
    if not path:
        return Scalar(text, node.place)
    step, *rest = path
    if isinstance(node, Mapping):
        return Mapping(
            node.entries | {str(step): changed(node.entries[str(step)], tuple(rest), text)}, node.keys, node.place
        )
    assert isinstance(node, Sequence) and isinstance(step, int)
    items = [changed(item, tuple(rest), text) if at == step else item for at, item in enumerate(node.items)]
    return Sequence(tuple(items), node.place)


def said(accounts: Accounts, typed: TypedText, text: str) -> list[str]:
    """The codes of what is found once `typed` says `text`."""
    source = changed(accounts.source, typed.path, text)
    assert isinstance(source, Mapping)
    return [str(finding.code) for finding in check_prose(replace(accounts, source=source))]


def is_value(source: Node, path: tuple[str | int, ...]) -> bool:
    for step in path:
        if isinstance(source, Mapping) and str(step) in source.entries:
            source = source.entries[str(step)]
        elif isinstance(source, Sequence) and isinstance(step, int):
            source = source.items[step]
        else:
            return False
    return isinstance(source, Scalar)


def seed(accounts: Accounts, each: int, chance: Random, found: Counter[str], seeded: Counter[str]) -> None:
    """Puts every slip into `each` texts, the contrary of every reason into that reason, last year's text into this."""
    texts = [
        one
        for one in typed_texts(accounts.edition, accounts.source)
        if len(one.text) > 8 and is_value(accounts.source, one.path)
    ]
    for _ in range(each):
        for slip in slips(accounts, chance):
            typed = chance.choice(texts)
            count(slip.kind, slip.text, said(accounts, typed, put(typed.text, slip.text, chance)), found, seeded)
            if slip.kind == "没有填完":
                told = check_words(accounts.edition, f"本部门共有{slip.text}。", Place("模板"))
                count("模板", slip.text, [str(one.code) for one in told], found, seeded)
        typed, text = (
            chance.choice(texts),
            f"{accounts.year - 1}年平台运行平稳，服务群众{chance.randint(2, 90)}万人次",
        )
        previous = LastYear(accounts.ledger, accounts.values, accounts.edition, accounts.place, source_of(text))
        count("照抄上年", text, said(replace(accounts, previous=previous), typed, text), found, seeded)
    seed_reasons(accounts, found, seeded)


def seed_reasons(accounts: Accounts, found: Counter[str], seeded: Counter[str]) -> None:
    """Puts into each reason the contrary of how its figure changed."""
    changes = explained_changes(accounts).by_reason
    for typed in typed_texts(accounts.edition, accounts.source):
        change = changes.get(tuple(map(str, typed.path)))
        if change is None or not change.difference:
            continue
        one, other = ("增加", "减少") if change.difference > 0 else ("减少", "增加")
        if one in typed.text and other not in typed.text:
            wrong = re.sub("新增|追加|增加|增支|调增" if one == "增加" else one, other, typed.text)
            count("增减", wrong, said(accounts, typed, wrong), found, seeded)
        base = "年初预算" if change.of_budget else "上年"
        for text in (f"与{base}持平", f"比{base}{other}300万元", f"与{base}相比，保持不变", f"较{base}略有{other}"):
            count("增减", text, said(accounts, typed, f"{text}，{typed.text}"), found, seeded)


def source_of(text: str) -> Mapping:
    """A file with one text."""
    place = Place("上年")
    return Mapping({"名词解释": Sequence((Scalar(text, place),), place)}, {}, place)


def count(kind: str, text: str, codes: list[str], found: Counter[str], seeded: Counter[str]) -> None:
    seeded[kind] += 1
    if any(re.fullmatch(OF_KIND[kind], code) for code in codes):
        found[kind] += 1
    else:
        print(f"  not found: {kind}: {text}")


def paragraphs(file: Path) -> Iterator[str]:
    """The sentences of a document as plain text, its broken lines joined; tables and numbered headings are left out.

    A sentence does not end within brackets or quotation marks.
    """
    lines = [line.strip() for line in file.read_text(encoding="utf-8").splitlines()]
    text = "".join(line for line in lines if line and not _NO_PROSE.fullmatch(line) and "\t" not in line)
    part = ""
    for piece in re.split(r"(?<=[。；！？])", text):
        part += piece
        if len(re.findall("[（“《]", part)) > len(re.findall("[）”》]", part)) and len(part) < 400:
            continue
        if len(part) > 8 and len(re.findall(r"[0-9]+\.[0-9]{2}\s", part)) < 3:
            yield part
        part = ""


_NO_PROSE = re.compile(
    r"[-0-9.,%\s\t—]*|(?:[0-9]{1,2}[.、]|[a-zA-Z][.、]|[①-⑳]|[（(]?[一二三四五六七八九十]+[）)、])[^。；，：]{0,40}"
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--texts", type=Path, nargs="*", default=[], help="published documents as plain text")
    parser.add_argument("--each", type=int, default=3, help="in how many texts each slip is tried")
    parser.add_argument("--seed", type=int, default=1, help="for other slips by chance")
    wanted = parser.parse_args()
    chance = Random(wanted.seed)
    found, seeded, alarms = Counter[str](), Counter[str](), Counter[str]()
    examples = [load_accounts(file) for file in (EXAMPLE, EXAMPLE_OF_2019)]
    for accounts in examples:
        alarms.update(str(finding.code) for finding in check_prose(accounts))
        seed(accounts, wanted.each, chance, found, seeded)
    print(f"{found.total()} of {seeded.total()} seeded slips found; false alarms in the examples: {dict(alarms)}")
    for kind in seeded:
        print(f"  {kind}: {found[kind]} of {seeded[kind]}")
    for file in wanted.texts:
        entered(file, examples)


def entered(file: Path, examples: list[Accounts]) -> None:
    """Prints what is said of a document, entered sentence by sentence as words of the example of its year."""
    text = file.read_text(encoding="utf-8")
    accounts = max(examples, key=lambda one: text.count(f"{one.year}年"))
    years = Counter(re.findall(r"(20[0-9]{2})\s*年", text))
    accounts = replace(accounts, year=int(years.most_common(1)[0][0]))
    if file.stem.startswith("004"):
        accounts = replace(accounts, department="广州市人民政府政务管理办公室")
    parts = list(paragraphs(file))
    place = accounts.source.place
    source = Mapping({"名词解释": Sequence(tuple(Scalar(part, place) for part in parts), place)}, {}, place)
    findings = check_prose(replace(accounts, source=source))
    told = Counter(str(finding.code) for finding in findings)
    others = 0 if text.count(accounts.department) else told["C304"] + told["C305"]
    print(
        f"{file.name}: {len(parts)} sentences as of {accounts.year}, {len(findings) - others} findings {dict(told)}; "
        f"{others} of figures of others"
    )
    for finding in findings:
        print(f"    {finding.code} {finding.message[:110]}")


if __name__ == "__main__":
    main()
