"""What the tests share: the example, files made from it, the command `juesuan`, and the example's publication."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
from copies import copied_edition
from departments import EXAMPLE, EXAMPLE_OF_2019, replaced
from docx import Document
from hypothesis import settings
from template_changes import FOUND, TEMPLATE, Change

from benchmarks.kills import write_short_edition
from generator.accounts import Accounts, load_accounts
from generator.cli import main
from generator.edition import use_editions
from generator.origin import Origin, origin_of
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


@pytest.fixture(scope="session")
def publication_of_2019(open_fonts: FontLibrary) -> Publication:
    """The publication of the example of gz-2019, made once."""
    return make_publication(load_accounts(EXAMPLE_OF_2019), open_fonts)


_MADE: dict[Origin, Publication] = {}


@pytest.fixture
def made_once(monkeypatch: pytest.MonkeyPatch) -> dict[Origin, Publication]:
    """A publication of the same origin as an earlier one is that one. Returns those made; to `clear` it forgets them.

    For tests of what becomes of a publication, not of how it is made: an origin holds all that one is made from.
    """

    def made(
        accounts: Accounts, fonts: FontLibrary, *, draft: bool = False, origin: Origin | None = None
    ) -> Publication:
        origin = origin or origin_of(accounts, fonts, draft=draft)
        if origin not in _MADE:
            _MADE[origin] = make_publication(accounts, fonts, draft=draft, origin=origin)
        return _MADE[origin]

    monkeypatch.setattr("generator.publish.make_publication", made)
    return _MADE


@pytest.fixture(scope="session")
def short_editions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The editions of the checkout, that of 2020 with a template of one page: for what does not show there."""
    folder = tmp_path_factory.mktemp("短的版本")
    write_short_edition(folder)
    return folder


# Templates that a finance bureau changes


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A folder with editions of one's own: copies of gz-2020 and of what it builds on."""
    copied_edition("gz-2020", tmp_path / "自己的版本")
    return tmp_path / "自己的版本"


@pytest.fixture
def template(home: Path) -> Callable[..., Path]:
    """Writes the template of gz-2020 in `home`, changed by a function of its python-docx document."""

    def template(change: Change = lambda document: None) -> Path:
        document = Document(str(TEMPLATE))
        change(document)
        path = home / "templates" / TEMPLATE.name
        document.save(str(path))
        return path

    return template


@pytest.fixture
def check(run: Callable[..., Result], template: Callable[..., Path]) -> Callable[[Change], list[tuple[str, ...]]]:
    """The findings of `juesuan template check` for a changed template, as (severity, code, message, place)."""

    def check(change: Change) -> list[tuple[str, ...]]:
        result = run("template", "check", template(change), "--edition", "gz-2020")
        assert result.err == ""
        found = [finding for finding in FOUND.findall(result.out) if finding[1] != "P103"]
        assert result.status == (1 if any(severity == "错误" for severity, *_ in found) else 0)
        return found

    return check
