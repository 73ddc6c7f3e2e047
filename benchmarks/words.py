"""Slips of every kind, seeded into the words of both examples: found of seeded; and what is said of correct texts.

    python benchmarks/words.py [--texts 文件 …] [--each 3]

Each slip is put on its own into each of several texts of an example, and counts as found where its rule then speaks of
that text. False alarms are what is said of the examples as they are, and of each paragraph of the files `--texts`
(published documents as plain text), entered as words of the example of the same year.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "support")]

from departments import EXAMPLE, EXAMPLE_OF_2019  # noqa: E402

from generator.accounts import Accounts, load_accounts  # noqa: E402
from generator.accounts.typed_texts import TypedText, typed_texts  # noqa: E402
from generator.checks.prose import check_prose  # noqa: E402
from generator.reading import Mapping, Node, Scalar, Sequence  # noqa: E402

AT_END: Callable[[str, str], str] = lambda text, slip: f"{text.rstrip('。；')}，{slip}"  # noqa: E731


@dataclass(frozen=True)
class Slip:
    """What a kind of slip makes of a text."""

    kind: str
    text: str
    put: Callable[[str, str], str] = AT_END


def slips(accounts: Accounts) -> Iterator[Slip]:
    """The slips that any text may have, in the year and with the figures of `accounts`."""
    year = accounts.year
    spent = accounts.ledger.total(accounts.ledger.resolve(accounts.edition.indicators["本年支出"].terms))
    digits = f"{spent:.2f}"
    swapped = digits[1] + digits[0] + digits[2:]
    wrong = digits[:2] + str((int(digits[2]) + 3) % 10) + digits[3:]
    for text in ("完成……项", "涉及XX个单位", "由××负责", "待补充", "比上年增加（减少）", "由某某中心承担", "（略）"):
        yield Slip("没有填完", text)
    yield Slip("没有填完", "……", lambda _, slip: slip)
    for text in (
        f"{year - 2}年治理河涌12条",
        f"{year - 3}年累计服务群众5万人次",
        f"截至{year - 2}年12月31日共有车辆2辆",
    ):
        yield Slip("年份", text)
    yield Slip("年份", f"{year - 1}年，我局完成各项任务。", lambda text, slip: f"{slip}{text}")
    yield Slip("年份", f"{year + 3}年开展监测9次")
    for text in (f"{year}年2月30日完成", f"{year}年13月启动", "11月31日前办结", f"{year}-04-31上线"):
        yield Slip("日期", text)
    for text in ("增长955808%", "满意度达105%", "占全部事项的130%", "比上年下降120%"):
        yield Slip("百分比", text)
    for text in ("支出12.345万元", "占比12.3456%"):
        yield Slip("小数", text)
    for text in (f"本年支出{spent + 100:.2f}万元", f"全年共安排{swapped}万元", f"共计{wrong}万元"):
        yield Slip("数", text)
    for text in ("开支开支增加", "主要用于主要用于会议", "项目支出支出"):
        yield Slip("重复", text)
    for text in (
        "厉行节约，，控制开支",
        "厉行节约。，控制开支",
        "内容包括：，会议",
        "厉行节约！。控制开支",
        "会议、，培训",
    ):
        yield Slip("标点连用", text)
    for text in ("控制“三公经费", "控制三公”经费", "会议（培训", "见《办法", "会议）培训"):
        yield Slip("不成对", text)
    for text in ("厉行节约,控制开支", "会议;培训", "内容:会议", "会议(含培训)费"):
        yield Slip("半角", text)
    for text in ("身份证11010519491231002X", "经办人44010619850607123" + _check_digit("44010619850607123")):
        yield Slip("身份证号", text)
    for text in ("电话13800138000", "联系人139-2212-3456"):
        yield Slip("手机号", text)
    for text in ("账号44001530001050001234", "卡号6222021234567890128"):
        yield Slip("银行账号", text)
    for text in ("联系人张伟，请联系", "出访人员为李伟、王小明", "陈小红、黄志强、欧阳锋"):
        yield Slip("姓名", text)
    for text in ("秘密★1年", "机密", "内部资料", "工作秘密"):
        yield Slip("秘密标志", text)
    for text in ("我委按计划开支", "广州市越秀区政务服务数据管理局" if "区" in accounts.department else "我院承担"):
        yield Slip("别人的名称", text)
    for text in ("与卫计委联合检查", "由质监局负责"):
        yield Slip("旧名称", text)


OF_KIND = {
    "没有填完": "C101", "年份": "C201", "日期": "C202", "百分比": "C30[12]", "小数": "C303", "数": "C304",
    "增减": "C305", "重复": "C504", "标点连用": "C501", "不成对": "C502", "半角": "C503",
    "身份证号": "C601", "手机号": "C602", "银行账号": "C603", "秘密标志": "C60[46]", "姓名": "C605",
    "别人的名称": "C401", "旧名称": "C402",
}  # fmt: skip


def _check_digit(number: str) -> str:
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return "10X98765432"[sum(w * int(d) for w, d in zip(weights, number, strict=True)) % 11]


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


def seed(accounts: Accounts, each: int, found: Counter[str], seeded: Counter[str]) -> None:
    """Puts every slip into `each` texts, and the contrary of every reason into that reason."""
    texts = [
        one
        for one in typed_texts(accounts.edition, accounts.source)
        if len(one.text) > 8 and is_value(accounts.source, one.path)
    ]
    for number, slip in enumerate(slips(accounts)):
        for turn in range(each):
            typed = texts[(number * 7 + turn * 31) % len(texts)]
            count(slip.kind, slip.text, said(accounts, typed, slip.put(typed.text, slip.text)), found, seeded)
    for typed in texts:
        if "变动原因" in typed.path:
            for one, other in (("增加", "减少"), ("减少", "增加")):
                if one in typed.text and other not in typed.text:
                    wrong = re.sub("新增|追加|增加|增支|调增" if one == "增加" else one, other, typed.text)
                    count("增减", wrong, said(accounts, typed, wrong), found, seeded)
            base = "年初预算" if "年初预算" in typed.path[-2] or "机关运行经费" in typed.path else "上年"
            way = "减少" if "增加" in typed.text else "增加"
            for text in (f"与{base}持平，", f"比{base}{way}300万元，"):
                count("增减", text, said(accounts, typed, text + typed.text), found, seeded)


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
    wanted = parser.parse_args()
    found, seeded, alarms = Counter[str](), Counter[str](), Counter[str]()
    examples = [load_accounts(file) for file in (EXAMPLE, EXAMPLE_OF_2019)]
    for accounts in examples:
        alarms.update(str(finding.code) for finding in check_prose(accounts))
        seed(accounts, wanted.each, found, seeded)
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
    print(f"{file.name}: {len(parts)} sentences as of {accounts.year}, {len(findings)} findings {dict(told)}")
    for finding in findings:
        print(f"    {finding.code} {finding.message[:110]}")


if __name__ == "__main__":
    main()
