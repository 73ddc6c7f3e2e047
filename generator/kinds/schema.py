"""What the JSON Schema of a department's file is made of."""

from __future__ import annotations

from typing import Any

from generator.numbers import TYPED_WHOLE

Schema = dict[str, Any]
AMOUNT: Schema = {
    "oneOf": [
        {"type": "number"},
        {"type": "string", "pattern": rf"^{TYPED_WHOLE}(\.[0-9]{{1,2}})?$"},
    ]
}
ONE_TEXT: Schema = {"type": ["string", "number", "null"]}
TEXTS: Schema = {"type": "array", "items": {"type": ["string", "number"]}}
PARAGRAPHS: Schema = {"oneOf": [{"type": "string"}, TEXTS]}
SUBJECT_PATTERN = r"^[0-9]{3}([0-9]{2}){0,2}( .+)?$"


def keyed(properties: dict[str, Schema], required: tuple[str, ...] = ()) -> Schema:
    """What has just these keys, those `required` at least."""
    schema: Schema = {"type": "object", "properties": properties, "additionalProperties": False}
    return schema | ({"required": list(required)} if required else {})
