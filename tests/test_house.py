"""How the house is built, beside what import-linter holds: nothing is known in two places, imports form no circle."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

import generator

SOURCE = Path(generator.__file__).parent
WORD = SOURCE / "word"


def word_files_read(source: str) -> Iterator[str]:
    """Where a source opens a Word package or reads the text of a paragraph by itself."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import | ast.ImportFrom):
            module = getattr(node, "module", None)
            names = [f"{module}.{name.name}" if module else name.name for name in node.names]
            if any(re.match(r"zipfile\b|docx(\.Document|\.api\..*)?$", name) for name in names):
                yield f"{node.lineno}: opens a package"
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            if node.value in ("w:t", "}t") or node.value.endswith("main}t"):
                yield f"{node.lineno}: reads text"
        elif isinstance(node, ast.Call):
            called = getattr(node.func, "attr", getattr(node.func, "id", ""))
            said = {name.id for one in node.args for name in ast.walk(one) if isinstance(name, ast.Name)}
            texts = [one.value for one in node.args if isinstance(one, ast.Constant)]
            walks = called.startswith(("iter", "find", "xpath")) and said & {"TEXT", "WORDS"}
            if walks or (called in ("w", "qn") and "t" in texts):
                yield f"{node.lineno}: reads text"


def test_word_files_are_opened_and_read_in_one_room_alone():
    elsewhere = [file for file in SOURCE.rglob("*.py") if WORD not in file.parents]
    found = {
        file.relative_to(SOURCE).as_posix(): places
        for file in elsewhere
        if (places := list(word_files_read(file.read_text(encoding="utf-8"))))
    }
    assert found == {}


@pytest.mark.parametrize(
    "source",
    [
        "import zipfile",
        "from zipfile import ZipFile",
        "from docx import Document",
        "texts = paragraph.iter(w('t'))",
        "texts = paragraph.iter(qn('w:t'))",
        "texts = paragraph.iter(f'{_W}t')".replace("{_W}", "{{{W}}}"),
        "texts = paragraph.iterdescendants(TEXT)",
        "words = ''.join(paragraph.itertext(*WORDS))",
    ],
)
def test_whoever_reads_word_files_by_himself_is_found(source: str):
    assert list(word_files_read(source))


def test_a_name_of_a_class_means_one_thing_in_all_rooms():
    """Names that begin with an underscore are their module's own."""
    found: dict[str, list[str]] = {}
    for file in SOURCE.rglob("*.py"):
        for node in ast.parse(file.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                found.setdefault(node.name, []).append(file.relative_to(SOURCE).as_posix())
    assert {name: files for name, files in found.items() if len(files) > 1} == {}


def modules_of(house: Path) -> dict[str, Path]:
    """The modules of a package by name; a package goes by its own."""
    found = {}
    for path in house.rglob("*.py"):
        parts = path.relative_to(house.parent).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def imports_of(house: Path) -> dict[str, set[str]]:
    """What each module takes from others of the house, inside functions and for the type checker alone too."""
    modules = modules_of(house)
    found = {}
    for name, path in modules.items():
        taken = set()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                taken |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom):
                assert not node.level, f"{name} imports by a relative name, which this test does not follow"
                whole = {f"{node.module}.{alias.name}" for alias in node.names}
                taken |= {one if one in modules else str(node.module) for one in whole}
        found[name] = taken & modules.keys()
    return found


def test_imports_form_no_circle() -> None:
    TopologicalSorter(imports_of(SOURCE)).prepare()  # raises CycleError, which names the modules of a circle


@pytest.mark.parametrize(
    "way_back",
    [
        "from house.lines import Line",
        "import house.lines",
        "from house import lines",
        "def set_line():\n    from house.lines import Line",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from house.lines import Line",
    ],
)
def test_a_hidden_circle_is_found(tmp_path: Path, way_back: str) -> None:
    house = tmp_path / "house"
    house.mkdir()
    (house / "__init__.py").write_text("")
    (house / "lines.py").write_text("from house.glyphs import Glyph\n")
    (house / "glyphs.py").write_text("class Glyph: ...\n")
    TopologicalSorter(imports_of(house)).prepare()
    (house / "glyphs.py").write_text(f"{way_back}\n")
    with pytest.raises(CycleError, match="nodes are in a cycle"):
        TopologicalSorter(imports_of(house)).prepare()
