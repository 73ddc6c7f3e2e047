"""Editions of one's own for tests: copies of those that there are, to be changed."""

from __future__ import annotations

import shutil
from pathlib import Path

from generator.edition import load_edition

ROOT = Path(__file__).parent.parent.parent


def copied_edition(identifier: str, home: Path, source: Path = ROOT) -> Path:
    """Copies an edition of `source`, and those that it builds on, with their templates into the folder `home`.

    Both folders have the layout of the checkout. Returns the specification's folder.
    """
    (home / "templates").mkdir(parents=True, exist_ok=True)
    for name in load_edition(identifier, source / "data_specs").lineage:
        shutil.copytree(source / "data_specs" / name, home / "data_specs" / name)
        shutil.copy(source / "templates" / f"{name}.docx", home / "templates")
    return home / "data_specs" / identifier


def file_that_says(text: str, name: str, folder: Path) -> Path:
    """The file `name` that holds `text`: the one in the specification's `folder`, else that of what it builds on."""
    for identifier in load_edition(folder.name, folder.parent).lineage:
        file = folder.parent / identifier / name
        if file.is_file() and text in file.read_text(encoding="utf-8"):
            return file
    raise AssertionError(f"no {name} says {text!r}")


def replace_in(file: Path, *replacements: tuple[str, str]) -> None:
    """Replaces every `old` of a file by its `new`; each old one must be there."""
    text = file.read_text(encoding="utf-8")
    for old, new in replacements:
        assert old in text, f"{file.name} has no {old!r}"
        text = text.replace(old, new)
    file.write_text(text, encoding="utf-8")
