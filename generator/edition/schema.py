"""The JSON Schema of each kind of file of a specification, for editors that complete and check while one types."""

from __future__ import annotations

from enum import Enum
from typing import Any

from pydantic import BaseModel

from generator.edition.charts import ChartsFile
from generator.edition.inheritance import BUILT_ON, LAID_OVER, MERGED_LISTS, OWN, REMOVED
from generator.edition.models import ChecksFile, CodesFile, FieldsFile, HeadFile, IndicatorsFile
from generator.edition.prose import ProseFile
from generator.edition.tables import TableSpec

Schema = dict[str, Any]
_TEXT: Schema = {"type": ["string", "number"]}
"""A text: editors take `栏次: 1` for a number, the program for the text that stands there."""


_QUOTED = {"integer": r"^-?[0-9]+$", "number": r"^-?[0-9]+(\.[0-9]+)?$"}
"""How a number may stand in quotation marks."""


class FileKind(Enum):
    """A kind of file of a specification, as a keeper of editions calls it."""

    HEAD = "版本"
    TABLE = "表"
    CODES = "科目表"
    INDICATORS = "指标"
    FIELDS = "填报"
    CHECKS = "勾稽关系"
    PROSE = "用语"
    CHARTS = "图"


_MODELS: dict[FileKind, type[BaseModel]] = {
    FileKind.HEAD: HeadFile,
    FileKind.TABLE: TableSpec,
    FileKind.CODES: CodesFile,
    FileKind.INDICATORS: IndicatorsFile,
    FileKind.FIELDS: FieldsFile,
    FileKind.CHECKS: ChecksFile,
    FileKind.PROSE: ProseFile,
    FileKind.CHARTS: ChartsFile,
}


def specification_schema(kind: FileKind) -> Schema:
    """The schema of the files of this `kind` (JSON Schema, draft 2020-12), every word with its meaning.

    A file that is laid over another's of the same name need not be whole, and may name an item of a list alone.
    """
    schema = _for_editors(_MODELS[kind].model_json_schema())
    laid_over = BUILT_ON if kind is FileKind.HEAD else LAID_OVER
    whole: Schema = {"required": schema.pop("required")}
    if kind is FileKind.HEAD:
        whole["properties"] = {"写法": {"required": schema["$defs"]["Wording"].pop("required")}}
        said = _TEXT | {"description": "沿用哪个版本；没有写的照它"}
    else:
        said = {"const": "是", "description": "只写不同的，其余照沿用的版本"}
    for name in schema["properties"].keys() & MERGED_LISTS:
        items = schema["properties"][name]
        items["items"] = {"anyOf": [items["items"], _TEXT]}
    schema["properties"] |= {
        laid_over: said,
        REMOVED: {"type": "array", "items": _TEXT, "description": "沿用时不要的各项，写名称或代码"},
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": kind.value,
        **schema,
        "if": {"required": [laid_over]},
        "then": {"required": list(OWN)} if kind is FileKind.HEAD else {},
        "else": whole,
    }


def _for_editors(schema: Schema) -> Schema:
    """Pydantic's schema without what it says of the models in English, and with the scalars that YAML editors see."""
    parts: Schema = _shown(schema)
    for model in (parts, *parts.get("$defs", {}).values()):
        model.pop("description", None)
    return parts


def _shown(node: Any) -> Any:
    if isinstance(node, list):
        return [_shown(part) for part in node]
    if not isinstance(node, dict):
        return node
    shown = {key: _shown(part) for key, part in node.items() if key not in ("title", "default")}
    if node.get("type") == "string" and not node.keys() & {"enum", "const", "pattern"}:
        shown |= _TEXT
    if node.get("type") in _QUOTED:
        shown |= {"type": [node["type"], "string"], "pattern": _QUOTED[node["type"]]}
    if "patternProperties" in node:
        shown["additionalProperties"] = False
    return shown
