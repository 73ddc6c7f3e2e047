"""Subjects of a department's own: those that it registers, and those that a row of a table names with their code."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from generator.edition import Edition
from generator.findings import Code, Place
from generator.kinds import Faults, bare, mapping_of, meant, read_text
from generator.reading import Mapping, Node

MAXIMUM_OWN_SUBJECTS = 2_000
_CODE = re.compile(r"[0-9]{3}([0-9]{2}){0,2}")


class _Use(NamedTuple):
    table: str
    title: str
    """May be empty."""
    place: Place


class OwnSubjects:
    """What the edition's code lists lack; `names` is complete once all tables are read and `judge` was called."""

    def __init__(self, edition: Edition, faults: Faults) -> None:
        self.names: dict[str, str] = {}
        self._listed = {code: name for codes in edition.code_lists.values() for code, name in codes.items()}
        self._faults = faults
        self._registered: dict[str, Place] = {}
        self._used: defaultdict[str, list[_Use]] = defaultdict(list)

    def register(self, node: Node) -> None:
        """Takes the subjects that the part `补充科目` lists."""
        entries = mapping_of(node, "“补充科目”下面应逐行写“编码: 名称”。", self._faults)
        if len(entries) > MAXIMUM_OWN_SUBJECTS:
            message = f"补充科目超过 {MAXIMUM_OWN_SUBJECTS} 个，请只写科目表中没有的。"
            self._faults.add(Code.WRONG_HEAD, message, node.place)
            return
        for code, name in entries.items():
            assert isinstance(node, Mapping)
            place = node.keys[code]
            if not _CODE.fullmatch(code):
                self._faults.add(Code.UNKNOWN_NAME, f"“{code}”不是科目编码：类 3 位、款 5 位、项 7 位。", place)
            elif known := self._listed.get(code):
                message = f"科目 {code}（{known}）已在科目表中，不用补充，请删去。"
                self._faults.add(Code.SUBJECT_KNOWN, message, place)
            elif text := read_text(name, self._faults):
                self.names[code], self._registered[code] = text, place

    def use(self, code: str, title: str, table: str, place: Place) -> None:
        """Notes a row of `table` for `code`, which no code list has; `title` is the name beside it, if any."""
        self._used[code].append(_Use(table, title, place))

    def judge(self) -> None:
        """Names what rows name, where the subjects above are known; one finding for all that stay unknown."""
        for code in sorted(self._used, key=len):
            titles = Counter(bare(use.title) for use in self._used[code] if use.title)
            if titles and code not in self.names and not self._above(code) and not self._twins(code, titles):
                usual = titles.most_common(1)[0][0]
                self.names[code] = next(use.title for use in self._used[code] if bare(use.title) == usual)
            if code in self.names:
                self._judge_titles(code, titles)
        self._tell_missing()

    def _judge_titles(self, code: str, titles: Counter[str]) -> None:
        """Blames the name that fewer rows have: the registered one, or that of a row."""
        name = self.names[code]
        others = [use for use in self._used[code] if use.title and bare(use.title) != bare(name)]
        if code in self._registered and len({bare(use.title) for use in others}) == 1 and not titles[bare(name)]:
            places = (self._registered[code], *(use.place for use in others))
            message = f"“补充科目”里科目 {code} 的名称是“{name}”，表里写的是“{others[0].title}”，请核对，改成一样的。"
            self._faults.add(Code.UNKNOWN_SUBJECT, message, *places)
            return
        for use in others:
            message = f"科目 {code} 的名称是“{name}”，这里写的是“{use.title}”，请核对编码和名称。"
            self._faults.add(Code.UNKNOWN_SUBJECT, message, use.place)

    def _tell_missing(self) -> None:
        unknown = sorted(self._used.keys() - self.names.keys())
        orphans = [code for code in sorted(self._registered) if self._above(code)]
        above = sorted({part for code in (*unknown, *orphans) for part in self._above(code)} - set(unknown))
        if not unknown and not above:
            return
        titles = {code: next((use.title for use in self._used[code] if use.title), "") for code in unknown}
        lines = tuple(f"  {code}: {titles.get(code, '')}".rstrip() for code in sorted([*unknown, *above]))
        advice = "请核对编码；确有的，把下面的行加进“补充科目”，没有名称的补上名称："
        if unknown:
            tables = "、".join(dict.fromkeys(use.table for code in unknown for use in self._used[code]))
            words = "、".join(f"“{code} {titles[code]}”".replace(" ”", "”") for code in unknown)
            missing = f"连上级 {'、'.join(above)} 也没有，" if above else ""
            message = f"{tables} 没有科目{words}：{self._hints(titles)}{missing}{advice}"
            places: Iterable[Place] = [use.place for code in unknown for use in self._used[code]]
        else:
            words = "；".join(f"科目 {code} 的上级 {'、'.join(self._above(code))} 没有名称" for code in orphans)
            message, places = f"{words}：{advice}", [self._registered[code] for code in orphans]
        self._faults.add(Code.UNKNOWN_NAME, message, *places, to_paste=lines)

    def _hints(self, titles: dict[str, str]) -> str:
        """Which codes of the same class have the names that stand beside unknown ones."""
        hints = []
        for code, title in titles.items():
            same = self._twins(code, [bare(title)], 3) if title else []
            if same:
                hints.append(f"“{title}”的编码是 {meant(code, same) or same[0]}。")
        return "".join(dict.fromkeys(hints))

    def _above(self, code: str) -> list[str]:
        """The codes above `code` that nothing names."""
        parts = [code[:length] for length in (3, 5) if length < len(code)]
        return [part for part in parts if part not in self._listed and part not in self.names]

    def _twins(self, code: str, titles: Iterable[str], digits: int = 0) -> list[str]:
        """The other known codes that have one of the names: `code` may be a slip for them.

        Of the same subject above, or with the same first `digits`.
        """
        wanted, digits = set(titles), digits or len(code) - 2
        return [
            known
            for known, name in (self._listed | self.names).items()
            if len(known) == len(code) and known[:digits] == code[:digits] and bare(name) in wanted and known != code
        ]
