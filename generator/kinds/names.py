"""What a name of a template stands for, known from the specification alone."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Name:
    """What a name stands for. Nothing is known of what is below an `anything`."""

    kind: str
    """For people: 文字, 金额, 列表, 组, 表."""
    meaning: str = ""
    parts: dict[str, Name] = field(default_factory=dict)
    """What is below it, by name."""
    items: tuple[Name, ...] = ()
    """What a loop over it meets: one for each kind of item."""
    by_code: Name | None = None
    """What is below it by subject code, for the `codes`."""
    codes: frozenset[str] = frozenset()
    optional: bool = False
    """Whether a department may leave it out; it must then be asked for before it is printed."""
    constant: object = None
    """Its value, where the template itself writes it."""

    @property
    def is_anything(self) -> bool:
        return self.kind == _ANY

    def below(self, name: object) -> Name | None:
        """What `name` leads to below this; `None` where to nothing."""
        if self.is_anything:
            return self
        if isinstance(name, str) and name in self.parts:
            return self.parts[name]
        if self.by_code and (name is None or name in self.codes):
            return self.by_code
        return None


_ANY = "任何内容"
ROW_FUNCTION = "行的函数"
"""The kind of what is called with the name of a row: `表10.下级名称('合计')`."""
EACH_ITEM, EACH_CODE = "[…]", "['编码']"
"""How what a list or a field by subject holds is written in a list of names."""
ANYTHING = Name(_ANY)
TEXT = Name("文字")
