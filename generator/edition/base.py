"""What all models of a specification have in common."""

from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict


class Specification(BaseModel):
    """A part of a specification: keys are Chinese (the aliases), unknown keys are refused, nothing changes later."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def _yes_or_no(value: object) -> bool:
    if value in ("是", True):
        return True
    if value in ("否", False):
        return False
    raise ValueError("只能写“是”或“否”。")


YesNo = Annotated[bool, BeforeValidator(_yes_or_no)]


def one_or_more(value: object) -> object:
    """A single text where a list is expected stands for a list of one."""
    return (value,) if isinstance(value, str) else value


Texts = Annotated[tuple[str, ...], BeforeValidator(one_or_more)]
