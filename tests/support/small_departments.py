"""Departments that have little to say, or whose figures are a limit: the examples changed, for both editions."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import yaml
from departments import EXAMPLE, EXAMPLE_OF_2019

from generator.edition import load_edition
from generator.kinds import FieldSpec

Data = dict[str, Any]
_EXAMPLES = {"gz-2019": EXAMPLE_OF_2019, "gz-2020": EXAMPLE}
_BASES = ("上年", "年初预算")
_COUNTED = ("政府采购", "国有资产", "会议费", "机关运行经费")
_SUBJECT = "2010301 行政运行"
_OF_SUBJECT = {"表2": {"财政拨款收入": "12.30"}, "表5": {"基本支出": "12.30"}}


def department(edition: str, kind: str) -> Data:
    """A department of `edition` of which is said what `kind`, one of `KINDS`, says."""
    data: Data = yaml.load(_EXAMPLES[edition].read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    KINDS[kind](data)
    return data


def written_in(folder: Path, data: Data) -> Path:
    """A file of `data` in `folder`."""
    file = folder / "填报.yaml"
    file.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return file


def _scale(data: Data, *names: str, by: int | str = 0) -> None:
    """Multiplies every figure below `names`."""
    for name in names:
        if name in data:
            data[name] = _scaled(data[name], Decimal(by))


def _scaled(value: Any, by: Decimal) -> Any:
    if isinstance(value, dict):
        return {key: _scaled(entry, by) for key, entry in value.items()}
    if isinstance(value, list):
        return [_scaled(entry, by) for entry in value]
    try:
        scaled = Decimal(value) * by
    except InvalidOperation:
        return value
    return f"{scaled}" if scaled else "0"


def _without_activity(data: Data) -> None:
    """No figure that is not 0, and no project."""
    _scale(data, "决算表", *_COUNTED)
    _scale(data["三公经费"], "因公出国", "公务用车", "公务接待")
    _without_projects(data)


def _without_projects(data: Data) -> None:
    performance = data["绩效"]
    _scale(performance, "目标申报", "运行监控", "自评", "自评项目数", "自评项目资金")
    for name in ("自评报告", "第三方报告", "项目"):
        performance.pop(name, None)


def _without_any_figure(data: Data) -> None:
    _without_activity(data)
    _scale(data, *_BASES)


def _without_budget(data: Data) -> None:
    """All budgets are 0."""
    _scale(data, "年初预算")
    _scale(data["决算表"], "预算")
    _scale(data["决算表"]["表7"], "预算数")
    for name in ("会议费", "机关运行经费"):
        if name in data:
            _scale(data[name], "年初预算")


def _one_employee(data: Data) -> None:
    """The department itself, and nothing but its running costs."""
    _without_activity(data)
    data["决算表"] = {table: {_SUBJECT: figures} for table, figures in _OF_SUBJECT.items()}
    data["决算表"]["表6"] = {"30101": "12.30"}
    if "科目说明" in data:
        data["决算表"]["预算"] = {_SUBJECT: {"年初预算": "12.00", "调整预算": "12.30"}}
        data["科目说明"] = {_SUBJECT: {"用途": "职工的基本工资"}}
    data["概况"].pop("下属单位")
    _leave_out(data)


def _leave_out(data: Data) -> None:
    """Leaves out all that may be left out."""
    _optional_left_out(data, load_edition(data["版本"]).fields)


def _optional_left_out(entries: Any, fields: tuple[FieldSpec, ...]) -> None:
    for entry in entries if isinstance(entries, list) else [entries]:
        for field in fields:
            if not field.required:
                entry.pop(field.name, None)
            elif field.subjects_from:
                for subject in entry.get(field.name, {}).values():
                    _optional_left_out(subject, field.below)
            elif field.below and field.name in entry:
                _optional_left_out(entry[field.name], field.below)


def _only_required_of_performance(data: Data) -> None:
    edition = load_edition(data["版本"])
    _optional_left_out(data["绩效"], next(field.below for field in edition.fields if field.name == "绩效"))


def _one_unit(data: Data) -> None:
    data["概况"]["下属单位"] = data["概况"]["下属单位"][:1]
    data["概况"].pop("本级性质", None)


KINDS: dict[str, Callable[[Data], None]] = {
    "示例": lambda data: None,
    "可以不填的都不填": _leave_out,
    "绩效只填必填的": _only_required_of_performance,
    "没有绩效": lambda data: data.pop("绩效"),
    "没有项目": _without_projects,
    "没有项目和绩效问题": lambda data: (_without_projects(data), _only_required_of_performance(data)),
    "上年全是零": lambda data: _scale(data, "上年"),
    "本年全是零": _without_activity,
    "没有填数的本年": lambda data: (_without_activity(data), data.update(决算表={}), data.pop("科目说明", None)),
    "预算全是零": _without_budget,
    "本年上年都是零": _without_any_figure,
    "只有一人": _one_employee,
    "只有一个下属单位": _one_unit,
    "上年更多": lambda data: _scale(data, *_BASES, by=3),
    "数很大": lambda data: _scale(data, "决算表", *_BASES, "政府采购", by=10000),
}
