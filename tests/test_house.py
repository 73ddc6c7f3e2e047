"""How the house is built, beside what import-linter holds: nothing is known in two places, imports form no circle."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
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


def faces_of(house: Path) -> dict[str, set[str]]:
    """The rooms of a house by name, each with what its `__init__.py` offers; rooms may stand in rooms."""
    faces = {}
    for name, path in modules_of(house).items():
        if path.name == "__init__.py":
            body = ast.parse(path.read_text(encoding="utf-8")).body
            imported = {
                alias.asname or alias.name for node in body if isinstance(node, ast.ImportFrom) for alias in node.names
            }
            made = {node.name for node in body if isinstance(node, ast.FunctionDef | ast.ClassDef)}
            faces[name] = imported | made
    return faces


def taken_from_rooms(house: Path) -> Iterator[tuple[str, str, str, str]]:
    """What modules take from rooms that they do not stand in: the taker, the room, the module, the name."""
    faces, modules = faces_of(house), modules_of(house)
    for taker, path in modules.items():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            origins = [(alias.name, "") for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom):
                origins = [(str(node.module), alias.name) for alias in node.names]
            for module, name in origins:
                if f"{module}.{name}" in faces:
                    continue  # a room of a room
                room = module if module in faces else module.rpartition(".")[0]
                if module in modules and room != house.name and not f"{taker}.".startswith(f"{room}."):
                    yield taker, room, module, name


def past_faces(house: Path) -> list[str]:
    """What is taken from within a room and not from its face."""
    faces = faces_of(house)
    return [
        f"{taker}: {module} {name}"
        for taker, room, module, name in taken_from_rooms(house)
        if module != room or name not in faces[room]
    ]


def test_rooms_use_each_other_through_their_faces() -> None:
    assert past_faces(SOURCE) == []


@pytest.mark.slow
def test_a_face_offers_what_others_use_and_no_more() -> None:
    """The tests and benchmarks are others too; what other programs may use, the package itself offers."""
    used = {(room, name) for _, room, _, name in taken_from_rooms(SOURCE)}
    for folder in ("tests", "benchmarks"):
        for file in (SOURCE.parent / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if isinstance(node, ast.ImportFrom):
                    used |= {(str(node.module), alias.name) for alias in node.names}
    offered = {(room, name) for room, names in faces_of(SOURCE).items() if room != "generator" for name in names}
    assert sorted(offered - used) == []


@pytest.mark.parametrize(
    ("taken", "is_past"),
    [
        ("from house.word import text_of", False),
        ("from house.word.text import text_of", True),
        ("from house.word import text", True),
        ("import house.word.text", True),
        ("def later():\n    from house.word.text import text_of", True),
        ("from house.word.runs import Run", False),
        ("from house.word.runs.run import Run", True),
    ],
)
def test_whoever_goes_past_a_face_is_found(tmp_path: Path, taken: str, is_past: bool) -> None:
    house = tmp_path / "house"
    (house / "word" / "runs").mkdir(parents=True)
    (house / "__init__.py").write_text("")
    (house / "word" / "__init__.py").write_text("from house.word.text import text_of\n")
    (house / "word" / "text.py").write_text("from house.word.runs import Run\ndef text_of() -> str: ...\n")
    (house / "word" / "runs" / "__init__.py").write_text("from house.word.runs.run import Run\n")
    (house / "word" / "runs" / "run.py").write_text("class Run: ...\n")
    assert past_faces(house) == []
    (house / "taker.py").write_text(f"{taken}\n")
    assert bool(past_faces(house)) is is_past


@pytest.mark.parametrize(
    ("room", "left_out"),
    [
        ("generator.cli", "docx jinja2 lxml openpyxl pypdfium2 reportlab svglib uharfbuzz"),
        ("generator.checks", "docx jinja2 lxml openpyxl pypdfium2 reportlab svglib uharfbuzz"),
        ("generator.batch", "openpyxl svglib"),
    ],
)
def test_a_face_does_not_load_what_its_users_do_without(room: str, left_out: str) -> None:
    """The time that importing takes is the user's: a check needs no printer, who makes one needs no workbook."""
    say = f"import sys, {room}; print([name for name in {left_out.split()} if name in sys.modules])"
    assert subprocess.run([sys.executable, "-c", say], capture_output=True, text=True).stdout == "[]\n"
