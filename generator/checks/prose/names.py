"""How a department calls itself, and who else is called so."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.checks.prose.slips import Slip
from generator.checks.prose.words import one_of
from generator.edition import ProseRule

_PLACE = "省市区县旗"
_NAMED = re.compile(rf"(.*[^{_PLACE}](?:[{_PLACE}]))([^{_PLACE}]{{3,}})")
_ANY = "各全本我该市每"
"""What stands before 区 where no one place is meant: 各区."""


def other_names(rule: ProseRule, text: str, department: str) -> Iterator[Slip]:
    """What `text` calls the department by, if not by its own name: 我委 of a 局, or its like of another place."""
    for found in one_of(rule.words).finditer(text):
        if found[0][-1] not in department:
            yield Slip(*found.span(), f"里的“{found[0]}”不是“{department}”的自称，请改正。")
    if not (own := _NAMED.fullmatch(department)):
        return
    place, kind = own.groups()
    level = place[-1]
    for found in re.finditer(rf"([一-龥]{{2}})({level}){re.escape(kind)}", text):
        if not place.endswith(found[1] + level) and found[1][-1] not in _ANY:
            yield Slip(*found.span(), f"里的“{found[0]}”是别的部门，请核对是不是沿用了别处的文字。")
