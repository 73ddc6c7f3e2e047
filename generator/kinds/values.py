"""Single values of a department's file: amounts, counts, texts. Every fault becomes a finding with its place."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from decimal import Decimal, InvalidOperation

from generator.findings import Code, Finding, InvalidInput, Place, Severity
from generator.numbers import TYPED_AMOUNT, TYPED_COUNT, TYPED_NUMBER, Unit, is_split_amount
from generator.reading import NEXT_ITEM, Mapping, Node, Scalar, Sequence, ends_sentence

LONGEST_NUMBER = 40
"""In characters; what is longer was not meant as a number."""
MAXIMUM_FAULTS = 200
MAXIMUM_TEXT = 20_000


_MISTAKES = tuple(
    (re.compile(pattern, re.IGNORECASE | re.DOTALL), explanation)
    for pattern, explanation in (
        (r"是|否|有|无|没有|暂无|不适用|yes|no|true|false|on|off|none|n/?a|[-/\\—–…]+", "请填数，没有发生的填 0"),
        (r"[-+.]*(nan|inf|infinity|∞)|#.*[!?/].*", "这是软件算不出时留下的记号，请填实际的数，没有发生的填 0"),
        (r"[-+0-9.,]+e[-+]?[0-9]+", "这是科学记数法，请写成普通的数"),
        (r"[-+]?[0-9.,\s]+[%‰]", "这里不填百分比，请填数"),
        (r"[0-9]{4}[-/.年][0-9]{1,2}[-/.月].*|[0-9]+(:[0-9]+)+", "这像是日期或时间，请填数"),
        (r"=.*|\(*[0-9.,]+\s*[-+*/×].*[0-9].*", "这是算式，请填算好的数"),
        (r".*[0-9].*[\u4e00-\u9fff].*|.*[\u4e00-\u9fff].*[0-9].*", "只写数字，不带单位和其他文字"),
        (r"[零〇一二两三四五六七八九十百千万亿点元角分整圆壹贰叁肆伍陆柒捌玖拾佰仟负]+", "请改用阿拉伯数字，如 1234"),
        (r".*[¥$€£].*", "请去掉货币符号"),
        (r"\(.*\)", "负数不用括号，请在数字前面写减号"),
        (r"[“”‘’\"'].*", "请去掉引号"),
        (r"\+.*", "请去掉加号"),
        (r"[−–—‐‑‒﹣].*", "负号请用键盘上的减号"),
        (r"-?[0-9.,]+\s+(?![0-9]{3}\b)-?[0-9.,]+.*", "这里有几个数，请只留一个"),
        (r".*\s.*", "请去掉空格"),
        (r"-?[0-9ol.,]+", "里面有字母，请改成数字（字母 O 像 0，字母 l 像 1）"),
        (r".*_.*", "请去掉下划线"),
    )
)
"""What people write where a number should stand, and what to tell them; the first pattern that fits counts."""

_HAS_FULL_WIDTH = re.compile("[\uff01-\uff5e\uffe0-\uffe6\u3000-\u3002]")
_FULL_WIDTH = "里面有全角的数字或符号，请改成半角"

_MISPLACED = (
    (re.compile(r"[0-9]{4}\.[0-9]{1,2}\.[0-9]{1,2}"), "这像是日期，请填数"),
    (re.compile(r".*\..*\..*"), "有不止一个小数点"),
    (re.compile(r"-?[0-9.]*\.[0-9]*,.*"), "逗号只能在小数点前面，每三位一个，最好不写"),
    (re.compile(r".*,.*"), "千位分隔符位置不对：从小数点往左每三位一个，最好不写"),
    (re.compile(r"-?(\..*|.*\.)"), "小数点前后都要有数字"),
    (re.compile(r"-?0[0-9].*"), "前面多了 0"),
    (re.compile(r"-?[0-9]{10,}.*"), "位数太多，请核对"),
    (re.compile(r".*\.[0-9]{7,}"), "小数位数太多，请核对"),
)
"""The same for texts that hold nothing but digits, points and commas."""

_NUMERAL = "[一二三四五六七八九十]+"
_NUMBER = re.compile(
    rf"{_NUMERAL}[是、.．]|第({_NUMERAL}|[0-9]{{1,2}})[，、,：]|[①-⓿㈠-㈩㉑-㉟㊱-㊿•●○■◆▪]|[Ⅰ-Ⅻ][.．、]"
    rf"|[（(]({_NUMERAL}|[0-9０-９]{{1,2}}|[A-Za-z])[）)]|([0-9０-９]{{1,2}}|[A-Za-z])[ ]?[.．、)）](?![0-9０-９])"
)
"""A number, or a bullet, as people begin an item with it."""

_HALF_WIDTH = str.maketrans("。−–—‐‑‒﹣", ".-------")


class Faults:
    """Collects the findings of one file, so that a user is told of everything at once."""

    def __init__(self) -> None:
        self.findings: list[Finding] = []
        self.of_read: list[Finding] = []
        """Those of what could be read all the same: they are told with what the checks find."""
        self._path: list[str] = []

    @contextmanager
    def within(self, *names: str) -> Iterator[None]:
        """Findings added inside are about the part that the file calls `names`; they name it with their place."""
        self._path += names
        try:
            yield
        finally:
            del self._path[-len(names) :]

    def add(self, code: Code, message: str, *places: Place, to_paste: tuple[str, ...] = ()) -> None:
        """Keeps a finding. Raises `InvalidInput` with those so far where there are more than anyone would read."""
        self.findings.append(Finding(code, message, self._named(places), to_paste=to_paste))
        if len(self.findings) == MAXIMUM_FAULTS:
            self.findings.append(Finding(Code.MORE_FAULTS, f"这里只列出 {MAXIMUM_FAULTS} 项错误，请改正后再核对。"))
            raise self.refusal()

    def add_of_read(self, code: Code, message: str, *places: Place, severity: Severity = Severity.ERROR) -> None:
        """Keeps a finding of what can be read all the same."""
        self.of_read.append(Finding(code, message, self._named(places), severity))

    def _named(self, places: tuple[Place, ...]) -> tuple[Place, ...]:
        where = " › ".join(self._path)
        return tuple(place if place.where else place.within(where) for place in places)

    def refusal(self) -> InvalidInput:
        """All findings, in the order of their places."""
        return InvalidInput(*sorted([*self.findings, *self.of_read], key=_position))

    def add_split_amount(self, key: str, node: Mapping) -> bool:
        """A finding where `key` of `node` is the rest of an amount that was split at its thousands separator.

        Returns whether it is; of an amount with several separators only the first rest is reported.
        """
        names = list(node.entries)
        start = names.index(key)
        if not (start and _is_rest(key, node)):
            return False
        end = start
        while end < len(names) and _is_rest(names[end], node):
            end += 1
        head = node.entries[names[start - 1]]
        if isinstance(head, Scalar) and not head.empty:
            amount = "".join([head.text, *names[start:end]])
            message = f"{{ }} 里的逗号把金额断开了：请去掉千位分隔符，是不是 {short(amount)}？或给金额加上引号。"
            self.add(Code.NOT_AN_AMOUNT, message, node.keys[key])
        return True


def _is_rest(key: str, node: Mapping) -> bool:
    value = node.entries[key]
    return is_split_amount(key) and isinstance(value, Scalar) and value.empty


def hint(name: str, known: Iterable[str]) -> str:
    """What `name` was perhaps meant to be."""
    near = meant(name, known)
    return f"是不是“{near}”？" if near else "请对照说明检查写法，或删去。"


def meant(name: str, known: Iterable[str]) -> str:
    """The one of `known` that is most like `name`; empty where none is."""
    near = difflib.get_close_matches(half_width(name), list(known), 1, cutoff=0.5)
    return near[0] if near else ""


def read_amount(node: Node, unit: Unit, faults: Faults) -> Decimal | None:
    """The amount that `node` gives in `unit`, in 万元; `None` where it gives none."""
    if not isinstance(node, Scalar):
        faults.add(Code.WRONG_SHAPE, "这里应是一个金额，不能再分下一级。", node.place)
        return None
    if node.empty:
        return None
    if not TYPED_AMOUNT.fullmatch(node.text):
        usual = "只写数字，如 1234.56 或 1,234.56，不带单位、空格和其他符号"
        faults.add(Code.NOT_AN_AMOUNT, _not("金额", node.text, TYPED_AMOUNT, usual), node.place)
        return None
    amount = Decimal(node.text.replace(",", "")) + 0  # which makes -0 a plain 0
    if -int(amount.as_tuple().exponent) > 2 and amount != round(amount, 2):
        message = f"“{short(node.text)}”的小数超过两位：以{unit.value}填报的金额最多两位小数，请核对。"
        faults.add(Code.NOT_AN_AMOUNT, message, node.place)
        return None
    return amount * unit.in_ten_thousand


def read_count(node: Node, faults: Faults) -> int | None:
    """A whole number from 0."""
    text = _scalar(node, "这里应是一个整数。", faults)
    if text is None:
        return None
    if not TYPED_COUNT.fullmatch(text):
        faults.add(Code.NOT_A_NUMBER, _not("整数", text, TYPED_COUNT, "请只写整数，不能是负数，不带单位"), node.place)
        return None
    return int(text.replace(",", ""))


def read_number(node: Node, faults: Faults) -> Decimal | None:
    """A number that is no amount, such as a score."""
    text = _scalar(node, "这里应是一个数。", faults)
    if text is None:
        return None
    if not TYPED_NUMBER.fullmatch(text):
        faults.add(Code.NOT_A_NUMBER, _not("数", text, TYPED_NUMBER, "请只写数字，如 20 或 9.5"), node.place)
        return None
    return Decimal(text.replace(",", "")) + 0  # which makes -0 a plain 0


def read_text(node: Node, faults: Faults) -> str | None:
    """A text; white space around it does not count."""
    text = _scalar(node, _no_text(node), faults)
    if text is not None and len(text) > MAXIMUM_TEXT:
        faults.add(Code.TEXT_TOO_LONG, f"这段文字有 {len(text)} 字，超过 {MAXIMUM_TEXT} 字，请分段或核对。", node.place)
    return text.strip() if text and text.strip() else None


def _no_text(node: Node) -> str:
    """That `node`, where it is more than one text, should be one."""
    if isinstance(node, Mapping) and node.entries:
        (key, value), *_ = node.entries.items()
        line = f"{short(key)}: {short(value.text) if isinstance(value, Scalar) else ''}".strip()
        return f"这里应是一段文字，“{line}”里的冒号加空格却把它分成了两半：请给整段文字加引号，或改成全角的“：”。"
    return "这里应是一段文字。"


def refuse_number(text: str, place: Place, faults: Faults) -> None:
    """A finding where `text`, which is printed with a number, begins with one of its own."""
    if number := _NUMBER.match(text):
        message = f"“{short(text)}”：编号由程序加，请删去开头的“{number[0]}”。"
        faults.add_of_read(Code.TYPED_NUMBER, message, place)


def refuse_numbers(node: Node, faults: Faults) -> None:
    """The same for every paragraph of `node`, one text or a list of them."""
    for text in node.items if isinstance(node, Sequence) else (node,):
        if isinstance(text, Scalar):
            for line in text.text.splitlines():
                refuse_number(line.strip(), text.place, faults)


def within_sentence(text: str) -> str:
    """`text` as it stands within a sentence of the template: the marks around it are the template's."""
    return text.rstrip("。；;.，,、：:！! \n").lstrip("。；;，,、：: \n")


def read_paragraphs(node: Node, faults: Faults) -> tuple[str, ...]:
    """Paragraphs: a list of texts, or one text of several lines."""
    nodes = node.items if isinstance(node, Sequence) else (node,)
    if isinstance(node, Scalar):  # in a list, reading refuses it
        _refuse_joined([line.place for line in node.continued if ends_sentence(line.before)], faults)
    texts = [read_text(item, faults) for item in nodes]
    return tuple(line.strip() for text in texts if text for line in text.splitlines() if line.strip())


def read_names(node: Node, faults: Faults) -> tuple[str, ...]:
    """A list of short texts."""
    if isinstance(node, Scalar) and node.empty:
        return ()
    if not isinstance(node, Sequence):
        faults.add(Code.WRONG_SHAPE, "这里应是一个列表，每行一项，前面加“- ”。", node.place)
        return ()
    _refuse_joined([line.place for item in node.items if isinstance(item, Scalar) for line in item.continued], faults)
    return tuple(text for item in node.items if (text := read_text(item, faults)))


def _refuse_joined(places: list[Place], faults: Faults) -> None:
    """A finding where lines at `places`, which YAML joins to those above them, are texts of their own."""
    if places:
        faults.add(Code.RUN_TOGETHER, NEXT_ITEM, *places)


def mapping_of(node: Node, message: str, faults: Faults) -> dict[str, Node]:
    """The entries of `node`; none, with a finding, where it has no keys."""
    if isinstance(node, Mapping):
        return node.entries
    if not (isinstance(node, Scalar) and node.empty):
        if isinstance(node, Scalar) and re.match(r"[^，。]{1,40}：", node.text):
            message += "这里的冒号是全角的，请改成半角的“:”，后面空一格。"
        faults.add(Code.WRONG_SHAPE, message, node.place)
    return {}


def refuse_unknown(known: list[str], node: Mapping, faults: Faults) -> set[str]:
    """A finding for every key of `node` that is not `known`. Returns the known ones that were perhaps meant."""
    absent = [name for name in known if name not in node.entries]
    misspelt = set()
    for key, place in node.keys.items():
        if key not in known and not faults.add_split_amount(key, node):
            faults.add(Code.UNKNOWN_NAME, f"没有“{key}”这一项，{hint(key, absent)}", place)
            misspelt.add(meant(key, absent))
    return misspelt


def is_empty(node: Node) -> bool:
    """Whether `node` says nothing."""
    return isinstance(node, Scalar) and (node.empty or not node.text.strip())


def says_nothing(node: Node) -> bool:
    """Whether `node` is empty through and through, as a form that nobody has filled in."""
    if isinstance(node, Scalar):
        return is_empty(node)
    return all(map(says_nothing, node.items if isinstance(node, Sequence) else node.entries.values()))


def _scalar(node: Node, message: str, faults: Faults) -> str | None:
    if not isinstance(node, Scalar):
        faults.add(Code.WRONG_SHAPE, message, node.place)
        return None
    return None if node.empty else node.text


def half_width(text: str) -> str:
    """`text` with full-width letters, digits and punctuation as half-width ones."""
    return unicodedata.normalize("NFKC", text.translate(_HALF_WIDTH))


def bare(name: str) -> str:
    """A name as it is compared: blanks and the width of brackets do not count."""
    return half_width(name).replace(" ", "")


def short(text: str) -> str:
    """The beginning of `text`, enough to know it by."""
    return text if len(text) <= 30 else text[:30] + "……"


def _not(kind: str, text: str, wanted: re.Pattern[str], usual: str) -> str:
    """That `text` is no `kind`: what is wrong with it, and the one `wanted` that was perhaps meant."""
    explanation, guesses = usual, ("", "")
    if len(text) <= LONGEST_NUMBER:
        plain = half_width(text)
        looks = ((_MISTAKES, text), (_MISPLACED if re.fullmatch(r"-?[0-9.,]+", plain) else _MISTAKES, plain))
        usual = _FULL_WIDTH if _HAS_FULL_WIDTH.search(text) else usual
        said = (
            says
            for table, one in looks[text == plain :]
            for pattern, says in table
            if pattern.fullmatch(one) and not wanted.fullmatch(one)
        )
        explanation = next(said, usual)
        guesses = (_corrected(text), _corrected(text).replace(",", ""))
    likely = next((guess for guess in guesses if wanted.fullmatch(guess)), "")
    return f"“{short(text)}”不是{kind}：{explanation}" + (f"，是不是 {likely}？" if likely else "。")


def _corrected(text: str) -> str:
    """`text` without what is most often too much in a number; empty where commas may stand for something else."""
    if re.search(r"[0-9]\s+(?![0-9]{3}\b)-?[0-9]", text):
        return ""
    plain = re.sub(r"[\s_¥$€£“”‘’\"']", "", half_width(text)).removeprefix("+")
    if plain.startswith("(") and plain.endswith(")"):
        plain = "-" + plain[1:-1]
    if re.search(r",(?![0-9]{3})|\..*,", plain):
        return ""
    try:
        number = Decimal(plain.replace(",", ""))
    except InvalidOperation:
        return ""
    if not number.is_finite() or abs(number.adjusted()) > 12:
        return ""
    return f"{number:,f}" if "," in plain else f"{number:f}"


def _position(finding: Finding) -> tuple[int, int]:
    place = finding.places[0] if finding.places else None
    return (place.line or 0, place.column or 0) if place else (0, 0)
