"""A number as a department may type it, as patterns that a whole text has to match."""

import re
from decimal import Decimal
from enum import Enum

# At most 13 digits before the point: far more than any department has, and sums stay within what Decimal holds exactly.
# Digits are named one by one: \d would take full-width ones for digits too.
TYPED_WHOLE = r"-?(0|[1-9][0-9]{0,2}(,[0-9]{3}){1,3}|[1-9][0-9]{0,12})"
"""An amount without its decimals."""
TYPED_AMOUNT = re.compile(TYPED_WHOLE + r"(\.[0-9]+)?")
TYPED_COUNT = re.compile(r"0|[1-9][0-9]{0,2}(,[0-9]{3}){1,2}|[1-9][0-9]{0,8}")
TYPED_NUMBER = re.compile(TYPED_WHOLE + r"(\.[0-9]{1,6})?")
"""One that is no amount, such as a score or a change."""
_SPLIT_AMOUNT = re.compile(r"[0-9]+(\.[0-9]+)?")


def is_split_amount(key: str) -> bool:
    """Whether a key without a value may be the rest of an amount, split in `{ }` at its thousands separator."""
    return _SPLIT_AMOUNT.fullmatch(key) is not None


class Unit(Enum):
    """The unit in which a file gives its amounts, or an edition publishes them."""

    YUAN = "元"
    TEN_THOUSAND = "万元"

    @property
    def in_ten_thousand(self) -> Decimal:
        """How many 万元 one of this unit is."""
        return Decimal("0.0001") if self is Unit.YUAN else Decimal(1)
