"""Names: what a template, a term and a department's file can say, and what already means something else."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.edition.department_file import CONFIRMED, CORRECTIONS, HEAD, SUBJECTS, TABLES
from generator.edition.models import Edition
from generator.edition.references import Fault, Path
from generator.edition.terms import LAST_YEAR, SAME_ROW, SUM
from generator.kinds import FieldSpec

BASE_NAMES = {"部门": ("文字", "部门全称。"), "年度": ("个数", "决算年度。"), "上年度": ("个数", "决算年度的上一年。")}
"""Names that every template may use: what they are, and what they stand for."""
TEMPLATE_WORDS = frozenset(
    (
        *("变动", "增减", "变动额", "增减额", "占比", "完成率", "完成情况", "大小", "求和", "总分", "合并", "逐条"),
        *("同上", "画表", "画图", "loop"),
    )
)
"""The functions and marks of every template."""
_KEYS_OF_FILE = (*HEAD, SUBJECTS, TABLES, CONFIRMED, CORRECTIONS)
"""What a department's file has beside the fields."""
_OF_TERMS = (SUM, SAME_ROW, LAST_YEAR)
"""What a path to a field does not take for a name."""
_UNSAYABLE = re.compile(r"""['"\\/{}\[\]#]|: |^[-*?&!|>%@`,]""")
"""What no path and no key of a file may hold, or begin with."""


def field_name_faults(edition: Edition) -> Iterator[Fault]:
    """The faults of the names of fields, those below others too."""
    for index, field in enumerate(edition.fields):
        path: Path = ("字段", index, "名称")
        if field.name in edition.indicator_groups or field.name in edition.tables:
            yield (
                path,
                f"已有{'表' if field.name in edition.tables else '分组'}叫“{field.name}”，模板会分不清，请改名。",
            )
        elif problem := _of_template(field.name) or _of_file(field.name):
            yield path, problem
        yield from _below(field, ("字段", index))


def indicator_name_faults(edition: Edition) -> Iterator[Fault]:
    """The faults of the names of indicators and of their groups."""
    grouped = {name for names in edition.indicator_groups.values() for name in names}
    for index, name in enumerate(edition.indicators):
        # One of a group can be told by a loop over it.
        by_loop = name in grouped and not name.isidentifier()
        if problem := _of_path(name) if by_loop else _of_template(name) or _of_terms(name):
            yield ("指标", index, "名称"), problem
        elif name in edition.tables:
            yield ("指标", index, "名称"), f"已有表叫“{name}”，模板会分不清，请改名。"
    for group, names in edition.indicator_groups.items():
        if problem := _of_template(group):
            yield ("分组", group), problem
        elif group in edition.indicators or group in edition.tables:
            yield (
                ("分组", group),
                f"已有{'表' if group in edition.tables else '指标'}叫“{group}”，模板会分不清，请改名。",
            )
        if twins := [name for name in names if names.count(name) > 1]:
            yield ("分组", group), f"“{twins[0]}”写了两次，会印两次，请删去一个。"


def table_name_faults(edition: Edition) -> Iterator[Fault]:
    """The faults of the numbers of tables, in `版本.yaml`."""
    for index, number in enumerate(edition.tables):
        if problem := _of_template(number):
            yield ("表", index), problem


def _below(field: FieldSpec, path: Path) -> Iterator[Fault]:
    names = [part.name for part in field.below]
    for index, part in enumerate(field.below):
        at: Path = (*path, "下级", index)
        if part.name in names[:index]:
            yield (*at, "名称"), f"“{field.name}”下面有两项都叫“{part.name}”，请改名或删去一项。"
        elif problem := _of_path(part.name):
            yield (*at, "名称"), problem
        yield from _below(part, at)


def _of_template(name: str) -> str:
    """Why a template cannot have the name `name`; empty where it can."""
    if name in BASE_NAMES:
        return f"“{name}”在模板里是{BASE_NAMES[name][1].rstrip('。')}，请改名。"
    if name in TEMPLATE_WORDS:
        return f"“{name}”是模板的函数或记号，请改名。"
    if not name.isidentifier():
        return f"名称“{name}”在模板里写不出来：只能用汉字、字母、数字，不能以数字开头，不能有空格和符号，请改名。"
    return ""


def _of_path(name: str) -> str:
    """Why neither a term nor a department's file can say `name`; empty where they can."""
    if _UNSAYABLE.search(name) or not name:
        return f"名称“{name}”在“填报/…”和填报文件里写不出来：不能有引号、斜杠、括号“[”“{{”和“#”，请改名。"
    return _of_terms(name)


def _of_file(name: str) -> str:
    """Why a department's file cannot have a field of the name `name`; empty where it can."""
    return f"“{name}”在填报文件里另有用处，请改名。" if name in _KEYS_OF_FILE else _of_terms(name)


def _of_terms(name: str) -> str:
    return f"“{name}”在勾稽关系和指标里另有意思，不能作名称，请改名。" if name in _OF_TERMS else ""
