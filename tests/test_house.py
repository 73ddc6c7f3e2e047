"""How the house is built: what import-linter does not hold by itself."""

import ast
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

HOUSE = Path(__file__).resolve().parents[1] / "generator"


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
    TopologicalSorter(imports_of(HOUSE)).prepare()  # raises CycleError, which names the modules of a circle


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
