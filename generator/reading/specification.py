"""What all models of a specification have in common."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field


class Specification(BaseModel):
    """A part of a specification: keys are Chinese (the aliases), unknown keys are refused, nothing changes later."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def word(name: str, meaning: str, **limits: Any) -> Any:
    """A field that a specification's file calls `name`, with its `meaning` in Chinese for editors and the handbook.

    `limits`: as for pydantic's `Field`; a word without a `default` must be written.
    """
    return Field(alias=name, description=meaning, **limits)


def _yes_or_no(value: object) -> bool:
    if value in ("是", True):
        return True
    if value in ("否", False):
        return False
    raise ValueError("只能写“是”或“否”。")


YesNo = Annotated[bool, BeforeValidator(_yes_or_no, json_schema_input_type=Literal["是", "否"])]


def one_or_more(value: object) -> object:
    """A single text where a list is expected stands for a list of one."""
    return (value,) if isinstance(value, str) else value


Texts = Annotated[tuple[str, ...], BeforeValidator(one_or_more, json_schema_input_type=str | tuple[str, ...])]
