"""What the tests share: the example, files made from it, the command `juesuan`, and the example's publication."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
from departments import EXAMPLE, replaced
from hypothesis import settings

from generator.accounts import load_accounts
from generator.cli import main
from generator.edition import use_editions
from generator.pdf.fonts import FontLibrary
from generator.publish import Publication, make_publication

# The same cases on every run: what passes on one machine passes on the next.
settings.register_profile("repeatable", derandomize=True, deadline=None)
settings.load_profile("repeatable")


class Result(NamedTuple):
    """What a run of the command left behind."""

    status: int
    out: str
    err: str


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., Result]:
    """Runs `juesuan` with the given arguments, in this process."""

    def run(*arguments: object) -> Result:
        monkeypatch.setattr(sys, "argv", ["juesuan", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            main()
        use_editions(None)  # as in a new process
        return Result(int(ended.value.code or 0), *capsys.readouterr())

    return run


@pytest.fixture
def variant(tmp_path: Path) -> Callable[..., Path]:
    """Writes a department's file: the example with texts replaced, as `variant(("old", "new"), …)`."""

    def variant(*replacements: tuple[str, str]) -> Path:
        file = tmp_path / "填报.yaml"
        file.write_text(replaced(*replacements), encoding="utf-8")
        return file

    return variant


@pytest.fixture(scope="session")
def open_fonts() -> FontLibrary:
    """The fonts of the installation, which are the same on every machine."""
    return FontLibrary.of_machine(())


@pytest.fixture(scope="session")
def publication(open_fonts: FontLibrary) -> Publication:
    """The example's publication, made once."""
    return make_publication(load_accounts(EXAMPLE), open_fonts)
