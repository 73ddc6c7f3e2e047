"""Departments' files for tests: the examples, variants of that of gz-2020, and small made-up ones."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import yaml

_EXAMPLES = Path(__file__).parent.parent.parent / "data_specs" / "examples"
EXAMPLE = _EXAMPLES / "haizhu-2020.yaml"
EXAMPLE_OF_2019 = _EXAMPLES / "guangzhou-2019.yaml"
TEXT = EXAMPLE.read_text(encoding="utf-8")
DEPARTMENT = "广州市海珠区政务服务数据管理局"


def replaced(*replacements: tuple[str, str]) -> str:
    """The example with every `old` replaced by its `new`; each old one must be there."""
    text = TEXT
    for old, new in replacements:
        assert old in text, f"the example has no {old!r}"
        text = text.replace(old, new)
    return text


def example() -> dict[str, Any]:
    """The example as dicts, lists and texts; every figure as it is written."""
    data: dict[str, Any] = yaml.load(TEXT, Loader=yaml.BaseLoader)
    return data


def with_tables(tables: dict[str, Any], **entries: object) -> dict[str, Any]:
    """The example with other tables (and other entries at the top)."""
    return example() | entries | {"决算表": tables}


def written(folder: Path, data: dict[str, Any]) -> Path:
    """A JSON file of `data` in `folder`."""
    file = folder / "填报.json"
    file.write_text(json.dumps(data, ensure_ascii=False, indent=1), encoding="utf-8")
    return file
