"""Random corrections of a department's file, as plain data: figures, words, counts, list items, subjects.

A correction may leave the file unusable (a list that must not be empty, a reason of a subject that is gone): then it is
none, and the caller draws another.
"""

from __future__ import annotations

import copy
import random
import re
from collections.abc import Callable, Iterator
from typing import Any

from generator.edition import load_edition

Data = dict[str, Any]
Change = Callable[[random.Random, Data], bool]
_HEAD = ("版本", "年度", "部门", "金额单位", "补充科目", "决算表", "更正")
_AMOUNT = re.compile(r"-?[0-9]+(\.[0-9]{1,2})?")
_WORDS = ("规范管理", "从严控制", "如期完成", "逐步推进", "统筹安排")


def corrected(rng: random.Random, data: Data) -> Data:
    """`data` with one to four random corrections."""
    result = copy.deepcopy(data)
    wanted = rng.choice([1, 1, 2, 3, 4])
    while wanted:
        change = rng.choices([kind for kind, _ in KINDS], [weight for _, weight in KINDS])[0]
        wanted -= change(rng, result)
    return result


def _figure(rng: random.Random, data: Data) -> bool:
    row, column = rng.choice(list(_stated(data)))
    row[column] = _other_amount(rng, row[column])
    return True


def _unstated(rng: random.Random, data: Data) -> bool:
    row, column = rng.choice(list(_stated(data)))
    del row[column]
    return True


def _subject_added(rng: random.Random, data: Data) -> bool:
    table = rng.choice(["表2", "表5"])
    rows = data["决算表"].setdefault(table, {})
    known = {str(row).split()[0] for row in rows}
    codes = load_edition(data["版本"]).code_lists["功能分类"]
    code = rng.choice([code for code in codes if len(code) == 7 and code not in known])
    columns = ["财政拨款收入", "事业收入"] if table == "表2" else ["基本支出", "项目支出"]
    rows[code] = {column: f"{rng.randint(0, 99_999) / 100:.2f}" for column in rng.sample(columns, rng.randint(1, 2))}
    return True


def _subject_removed(rng: random.Random, data: Data) -> bool:
    tables = [rows for rows in data["决算表"].values() if isinstance(rows, dict) and len(rows) > 1]
    rows = rng.choice(tables)
    del rows[rng.choice(list(rows))]
    return True


def _total_stated(rng: random.Random, data: Data) -> bool:
    rows = data["决算表"].setdefault("表5", {})
    leaves = [str(row).split()[0] for row in rows if len(str(row).split()[0]) == 7]
    code = rng.choice(leaves)[: rng.choice([3, 5])]
    if any(str(row).split()[0] == code for row in rows):
        return False
    rows[code] = {rng.choice(["基本支出", "项目支出", "本年支出合计"]): f"{rng.randint(1, 999_999) / 100:.2f}"}
    return True


def _leaf(rng: random.Random, data: Data) -> bool:
    """A word, an amount or a count beside the tables."""
    holder, key = rng.choice(list(_leaves(data)))
    text = holder[key]
    if _AMOUNT.fullmatch(text):
        holder[key] = _other_amount(rng, text) if "." in text else str(rng.randint(0, 40))
    elif not text or len(text) < 4:
        return False
    else:
        at = rng.randrange(len(text))
        kept = rng.choice([text[:at], text[:at] + text[at + 2 :]])
        holder[key] = rng.choice([kept + rng.choice(_WORDS) + text[at:], kept or text, text + rng.choice(_WORDS)])
    return bool(holder[key] != text)


def _item(rng: random.Random, data: Data) -> bool:
    """An item of a list added, removed, moved or written twice."""
    items = rng.choice(list(_lists(data)))
    match rng.choice(["added", "removed", "moved"]):
        case "removed" if len(items) > 1:
            items.pop(rng.randrange(len(items)))
        case "moved" if len(items) > 1:
            items.insert(rng.randrange(len(items)), items.pop(rng.randrange(len(items))))
        case "added":
            item = copy.deepcopy(rng.choice(items))
            if isinstance(item, str):
                item = rng.choice(_WORDS) + "，" + item
            elif isinstance(item, dict):
                texts = [key for key, value in item.items() if isinstance(value, str) and not _AMOUNT.fullmatch(value)]
                item |= {key: f"{item[key]}{rng.choice(_WORDS)}" for key in texts[:1]}
            items.insert(rng.randint(0, len(items)), item)
        case _:
            return False
    return True


KINDS: tuple[tuple[Change, int], ...] = (
    (_figure, 6),
    (_unstated, 1),
    (_subject_added, 3),
    (_subject_removed, 2),
    (_total_stated, 1),
    (_leaf, 6),
    (_item, 3),
)


def _stated(data: Data) -> Iterator[tuple[Data, str]]:
    """Each stated figure of the tables, as what holds it and its key."""
    for rows in data["决算表"].values():
        for row, figures in rows.items():
            if isinstance(figures, dict):
                yield from ((figures, column) for column in figures)
            elif figures:
                yield rows, row


def _leaves(data: Data) -> Iterator[tuple[Any, Any]]:
    """Each text beside the tables, as what holds it and its key or index."""
    for holder in _holders({name: value for name, value in data.items() if name not in _HEAD}, data):
        keys = list(holder) if isinstance(holder, dict) else range(len(holder))
        yield from ((holder, key) for key in keys if isinstance(holder[key], str) and key not in _HEAD)


def _lists(data: Data) -> Iterator[list[Any]]:
    fields = {name: value for name, value in data.items() if name not in _HEAD}
    yield from (holder for holder in _holders(fields, fields) if isinstance(holder, list) and holder)


def _holders(value: Any, itself: Any) -> Iterator[Any]:
    """Every dict and list in `value`; for its top `itself`, which may hold more."""
    yield itself
    for part in value.values() if isinstance(value, dict) else value:
        if isinstance(part, dict | list):
            yield from _holders(part, part)


def _other_amount(rng: random.Random, text: str) -> str:
    amount = float(text.replace(",", "")) + rng.choice([-1, 1]) * rng.randint(1, 100_000) / rng.choice([1, 100])
    return f"{abs(amount):.2f}"
