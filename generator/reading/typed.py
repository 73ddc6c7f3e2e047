"""A tree of nodes held against a pydantic model; its errors become findings that carry the place of the fault."""

from __future__ import annotations

import difflib
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from generator.findings import Code, Finding, InvalidInput, in_words
from generator.reading.nodes import Node, node_at, plain

_LIMITS = {
    "greater_than_equal": "不能小于 {ge:g}。",
    "less_than_equal": "不能大于 {le:g}。",
    "too_short": "至少要有 {min_length} 项。",
    "string_too_short": "不能是空的。",
}
Model = TypeVar("Model", bound=BaseModel)


def validate(node: Node, model: type[Model], code: Code, context: Any = None) -> Model:
    """`node` as a `model`; raises `InvalidInput` with one finding (of `code`) for every fault.

    `context`: what the model's validators are told.
    """
    try:
        return model.model_validate(plain(node), context=context)
    except ValidationError as error:
        raise InvalidInput(*(_finding(node, code, model, fault) for fault in error.errors())) from None


def _finding(node: Node, code: Code, model: type[BaseModel], fault: Any) -> Finding:
    path = tuple(
        step for step in fault["loc"] if step != "[key]"
    )  # pydantic's word for a key, not for what is under it
    return Finding(code, f"{in_words(path) or '内容'}：{_sentence(fault, model)}", (node_at(node, path),))


def _sentence(fault: Any, model: type[BaseModel]) -> str:
    kind, context = fault["type"], fault.get("ctx", {})
    if kind == "missing":
        return "缺少这一项，请补上。"
    if kind == "extra_forbidden":
        near = difflib.get_close_matches(str(fault["loc"][-1]), known_keys(model), 1)
        return "没有这个名称，请检查写法" + (f"；是不是“{near[0]}”？" if near else "，或删去。")
    if fault["input"] is None:
        return "后面没有内容，请补上。"
    if kind == "value_error":
        return str(context["error"])
    if kind in ("enum", "literal_error"):
        expected = context["expected"].replace(" or ", "、").replace(", ", "、").replace("'", "")
        return f"只能是 {expected}。"
    if kind.startswith(("int_", "float_", "finite_")):
        return f"应是{'整数' if kind.startswith('int_') else '数'}，现在是“{fault['input']}”。"
    if kind in _LIMITS:
        return _LIMITS[kind].format(**context)
    if kind == "string_pattern_mismatch":
        return f"“{fault['input']}”的写法不对，请对照同类的写法修改。"
    if kind == "string_type":
        return "应是一段文字。"
    if kind in ("list_type", "tuple_type"):
        return "应是一个列表（每项前面加“- ”，或写在 [ ] 里）。"
    if kind in ("dict_type", "model_type", "mapping_type"):
        return "应是下一级的若干“名称: 内容”。"
    return "写得不对，请对照说明修改。"


def known_keys(model: type[BaseModel]) -> list[str]:
    """All keys that `model` and the models inside it know, for a hint at what was meant."""
    schema = model.model_json_schema()
    parts = [schema, *schema.get("$defs", {}).values()]
    return sorted({key for part in parts for key in part.get("properties", {})})
