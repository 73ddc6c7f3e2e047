"""Single values of a department's file: amounts, counts, texts. Every fault becomes a finding with its place."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from decimal import Decimal
from enum import Enum

from generator.findings import Finding, Place
from generator.reading import Mapping, Node, Scalar, Sequence

# At most 13 digits before the point: far more than any department has, and sums stay within what Decimal holds exactly.
_AMOUNT = re.compile(r"-?(\d{1,3}(,\d{3}){1,3}|\d{1,13})(\.\d+)?")
_SPLIT_AMOUNT = re.compile(r"\d{3}(\.\d+)?")
_COUNT = re.compile(r"\d{1,9}")
MAXIMUM_TEXT = 20_000

WRONG_SHAPE, UNKNOWN, MISSING, NOT_AN_AMOUNT, NOT_A_COUNT, TOO_LONG = "A101", "A102", "A103", "A104", "A105", "A106"


class Unit(Enum):
    """The unit in which a file gives its amounts."""

    YUAN = "元"
    TEN_THOUSAND = "万元"

    @property
    def in_ten_thousand(self) -> Decimal:
        """How many 万元 one of this unit is."""
        return Decimal("0.0001") if self is Unit.YUAN else Decimal(1)


class Faults:
    """Collects the findings of one file, so that a user is told of everything at once."""

    def __init__(self) -> None:
        self.findings: list[Finding] = []

    def add(self, code: str, message: str, *places: Place) -> None:
        self.findings.append(Finding(code, message, places))

    def add_split_amount(self, key: str, node: Mapping) -> bool:
        """A finding where `key` of `node` is the rest of an amount that was split at its thousands separator.

        Returns whether it is; of an amount with several separators only the first rest is reported.
        """
        if not _SPLIT_AMOUNT.fullmatch(key):
            return False
        names = list(node.entries)
        before = names[names.index(key) - 1] if names.index(key) else ""
        if not _SPLIT_AMOUNT.fullmatch(before):
            message = f"{{ }} 里的逗号把金额从“,{key}”处断开了：请去掉千位分隔符，或给金额加上引号。"
            self.add(NOT_AN_AMOUNT, message, node.keys[key])
        return True


def hint(name: str, known: Iterable[str]) -> str:
    """What `name` was perhaps meant to be."""
    near = meant(name, known)
    return f"是不是“{near}”？" if near else "请对照说明检查写法，或删去。"


def meant(name: str, known: Iterable[str]) -> str:
    """The one of `known` that is most like `name`; empty where none is."""
    near = difflib.get_close_matches(name, list(known), 1, cutoff=0.5)
    return near[0] if near else ""


def read_amount(node: Node, unit: Unit, faults: Faults) -> Decimal | None:
    """The amount that `node` gives in `unit`, in 万元; `None` where it gives none."""
    if not isinstance(node, Scalar):
        faults.add(WRONG_SHAPE, "这里应是一个金额，不能再分下一级。", node.place)
        return None
    if node.empty:
        return None
    if not _AMOUNT.fullmatch(node.text):
        message = f"“{_short(node.text)}”不是金额：只写数字，如 1234.56 或 1,234.56，不带单位、空格和其他符号。"
        faults.add(NOT_AN_AMOUNT, message, node.place)
        return None
    amount = Decimal(node.text.replace(",", ""))
    if -int(amount.as_tuple().exponent) > 2 and amount != round(amount, 2):
        message = f"“{_short(node.text)}”的小数超过两位：以{unit.value}填报的金额最多两位小数，请核对。"
        faults.add(NOT_AN_AMOUNT, message, node.place)
        return None
    return amount * unit.in_ten_thousand


def read_count(node: Node, faults: Faults) -> int | None:
    """A whole number from 0."""
    text = _scalar(node, "这里应是一个整数。", faults)
    if text is None:
        return None
    if not _COUNT.fullmatch(text):
        faults.add(NOT_A_COUNT, f"“{_short(text)}”不是个数：请只写整数，如 3，不带单位。", node.place)
        return None
    return int(text)


def read_number(node: Node, faults: Faults) -> Decimal | None:
    """A number that is no amount, such as a score."""
    text = _scalar(node, "这里应是一个数。", faults)
    if text is None:
        return None
    if not re.fullmatch(r"\d{1,6}(\.\d{1,4})?", text):
        faults.add(NOT_A_COUNT, f"“{_short(text)}”不是数：请只写数字，如 20 或 9.5。", node.place)
        return None
    return Decimal(text)


def read_text(node: Node, faults: Faults) -> str | None:
    """A text; white space around it does not count."""
    text = _scalar(node, "这里应是一段文字。", faults)
    if text is not None and len(text) > MAXIMUM_TEXT:
        faults.add(TOO_LONG, f"这段文字有 {len(text)} 字，超过 {MAXIMUM_TEXT} 字，请分段或核对。", node.place)
    return text.strip() if text and text.strip() else None


def read_phrase(node: Node, faults: Faults) -> str | None:
    """A text without the stop at its end, which the template's sentence brings."""
    text = read_text(node, faults)
    return text.rstrip("。；;.，, \n") if text else None


def read_paragraphs(node: Node, faults: Faults) -> tuple[str, ...]:
    """Paragraphs: a list of texts, or one text of several lines."""
    nodes = node.items if isinstance(node, Sequence) else (node,)
    texts = [read_text(item, faults) for item in nodes]
    return tuple(line.strip() for text in texts if text for line in text.splitlines() if line.strip())


def read_names(node: Node, faults: Faults) -> tuple[str, ...]:
    """A list of short texts."""
    if isinstance(node, Scalar) and node.empty:
        return ()
    if not isinstance(node, Sequence):
        faults.add(WRONG_SHAPE, "这里应是一个列表，每行一项，前面加“- ”。", node.place)
        return ()
    return tuple(text for item in node.items if (text := read_text(item, faults)))


def read_terms(node: Node, faults: Faults) -> dict[str, str]:
    """Words and their explanations."""
    entries = mapping_of(node, "这里应写成若干行“名词: 解释”。", faults)
    return {word: text for word, value in entries.items() if (text := read_text(value, faults))}


def mapping_of(node: Node, message: str, faults: Faults) -> dict[str, Node]:
    """The entries of `node`; none, with a finding, where it has no keys."""
    if isinstance(node, Mapping):
        return node.entries
    if not (isinstance(node, Scalar) and node.empty):
        faults.add(WRONG_SHAPE, message, node.place)
    return {}


def refuse_unknown(known: list[str], node: Mapping, faults: Faults) -> set[str]:
    """A finding for every key of `node` that is not `known`. Returns the known ones that were perhaps meant."""
    absent = [name for name in known if name not in node.entries]
    misspelt = set()
    for key, place in node.keys.items():
        if key not in known and not faults.add_split_amount(key, node):
            faults.add(UNKNOWN, f"没有“{key}”这一项，{hint(key, absent)}", place)
            misspelt.add(meant(key, absent))
    return misspelt


def _scalar(node: Node, message: str, faults: Faults) -> str | None:
    if not isinstance(node, Scalar):
        faults.add(WRONG_SHAPE, message, node.place)
        return None
    return None if node.empty else node.text


def _short(text: str) -> str:
    return text if len(text) <= 30 else text[:30] + "……"
