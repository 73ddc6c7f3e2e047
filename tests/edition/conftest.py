"""What the tests of editions share."""

from __future__ import annotations

from pathlib import Path

import pytest
from copies import copied_edition


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """The specification of gz-2020, and what it builds on, in a folder of its own, to be damaged."""
    return copied_edition("gz-2020", tmp_path)
