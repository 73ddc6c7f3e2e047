"""Finding and loading editions."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from contextlib import suppress
from contextvars import ContextVar
from functools import lru_cache
from pathlib import Path

from generator.edition.charts import ChartsFile
from generator.edition.inheritance import HEAD_FILE, Lineage
from generator.edition.models import (
    ChecksFile,
    CodesFile,
    Edition,
    FieldsFile,
    HeadFile,
    IndicatorsFile,
)
from generator.edition.prose import ProseFile
from generator.edition.references import (
    Fault,
    chart_faults,
    check_faults,
    field_faults,
    identity_faults,
    indicator_faults,
    prose_faults,
    table_faults,
)
from generator.edition.tables import TableSpec
from generator.findings import Code, Finding, InvalidInput, Place
from generator.reading import Node, node_at, plain, validate

CHARTS_FILE, PROSE_FILE = "图.yaml", "用语.yaml"
_OPTIONAL = (CHARTS_FILE, PROSE_FILE)
CORRECTION_TEMPLATE = "更正说明.docx"
EDITIONS_VARIABLE = "JUESUAN_EDITIONS"
"""Environment variable: a folder with editions of one's own, in the layout of the checkout."""


_chosen: ContextVar[Path | None] = ContextVar("chosen", default=None)


def use_editions(folder: Path | None) -> None:
    """Looks for editions in `folder` first, from now on; with `None`, in that of the environment variable, if set."""
    _chosen.set(folder)


def own_editions() -> Path | None:
    """The folder with editions of the user's own, `None` where none is named.

    Raises `InvalidInput` where what is named has not the layout of the checkout.
    """
    variable = os.environ.get(EDITIONS_VARIABLE)
    named = _chosen.get() or (Path(variable) if variable else None)
    if named and not (named / "data_specs").is_dir():
        by = f"环境变量 {EDITIONS_VARIABLE} " if _chosen.get() is None else "--editions "
        message = f"{by}指的“{named}”不是版本文件夹：里面应有 data_specs（各版本的格式）和 templates（Word 模板）。"
        raise InvalidInput(Finding(Code.NO_EDITIONS_FOLDER, message))
    return named


def installed_editions() -> tuple[Path, bool]:
    """The folder with the editions of the installation or checkout, and whether it belongs to an installed package."""
    package = Path(__file__).resolve().parent.parent
    installed = package / "resources"
    return (installed, True) if installed.is_dir() else (package.parent, False)


def _homes() -> list[Path]:
    """The folders that hold `data_specs/` and `templates/`: the user's own, then the installation's or checkout's."""
    own = own_editions()
    return [*([own] if own else []), installed_editions()[0]]


def available_editions() -> list[str]:
    """The identifiers of all editions at hand, oldest first."""
    return sorted({path.parent.name for home in _homes() for path in home.glob(f"data_specs/*/{HEAD_FILE}")})


def example_files() -> list[Path]:
    """The departments' files that come as examples with the editions at hand."""
    return [file for home in _homes() for file in sorted(home.glob("data_specs/examples/*.yaml"))]


def specification_path(edition: Edition) -> Path:
    """The folder of the specification of `edition`."""
    folders = [home / "data_specs" / edition.identifier for home in _homes()]
    return next((folder for folder in folders if (folder / HEAD_FILE).is_file()), folders[-1])


def template_path(edition: Edition) -> Path:
    """The Word template of `edition`: its own, else that of the edition it builds on."""
    paths = [home / "templates" / f"{name}.docx" for name in edition.lineage for home in _homes()]
    return next((path for path in paths if path.is_file()), paths[0])


def correction_template_path(edition: Edition) -> Path:
    """The Word template of a 更正说明: of `edition`, of one that it builds on, else the one for all editions."""
    names = [*(f"{name}-{CORRECTION_TEMPLATE}" for name in edition.lineage), CORRECTION_TEMPLATE]
    paths = [home / "templates" / name for name in names for home in _homes()]
    return next((path for path in paths if path.is_file()), paths[-1])


def load_edition(identifier: str, folder: Path | None = None) -> Edition:
    """The edition `identifier`, from `folder` (which holds `identifier/版本.yaml`) or from the installation.

    It is read once, and again where a file of the editions has changed since. Raises `InvalidInput`, with file and
    line, where there is none or where its specification is broken.
    """
    folders = [folder] if folder else [home / "data_specs" for home in _homes()]
    if not re.fullmatch(r"[\w-]+", identifier) or not any((f / identifier / HEAD_FILE).is_file() for f in folders):
        known = "、".join(available_editions())
        raise InvalidInput(Finding(Code.NO_EDITION, f"没有版本“{identifier}”，现有：{known}。"))
    return _read_edition(identifier, tuple(folders), _versions(folders))


def _versions(folders: list[Path]) -> tuple[tuple[str, int, int], ...]:
    """What tells one state of the files of editions from another: the path, time and size of each."""
    found: list[tuple[str, int, int]] = []
    for path in sorted(path for folder in folders for path in folder.glob("*/*")):
        with suppress(OSError):  # gone, or out of reach, which reading it will say
            state = path.stat()
            found.append((str(path), state.st_mtime_ns, state.st_size))
    return tuple(found)


@lru_cache(maxsize=8)
def _read_edition(identifier: str, folders: tuple[Path, ...], _versions: tuple[tuple[str, int, int], ...]) -> Edition:
    lineage = Lineage(identifier, list(folders))
    source = lineage.read(HEAD_FILE)
    head = validate(source, HeadFile, Code.EDITION_FAULT)
    sources = {name: lineage.read(name) for name in _files(head, lineage)}

    tables = {number: validate(sources[f"{number}.yaml"], TableSpec, Code.EDITION_FAULT) for number in head.tables}
    indicators = validate(sources["指标.yaml"], IndicatorsFile, Code.EDITION_FAULT)
    charts, prose = sources.get(CHARTS_FILE), sources.get(PROSE_FILE)
    edition = Edition(
        identifier=head.identifier,
        lineage=tuple(lineage.identifiers),
        title=head.title,
        year=head.year,
        publication=head.publication,
        wording=head.wording,
        tables=tables,
        code_lists={
            name: validate(sources[file], CodesFile, Code.EDITION_FAULT).codes for name, file in head.code_lists.items()
        },
        indicators={indicator.name: indicator for indicator in indicators.indicators},
        indicator_groups=indicators.groups,
        fields=validate(sources["填报.yaml"], FieldsFile, Code.EDITION_FAULT).fields,
        checks=validate(sources["勾稽关系.yaml"], ChecksFile, Code.EDITION_FAULT).checks,
        prose=validate(prose, ProseFile, Code.EDITION_FAULT).rules if prose else (),
        former_subjects=head.former_subjects,
        charts={c.name: c for c in validate(charts, ChartsFile, Code.EDITION_FAULT).charts} if charts else {},
    )
    findings = [
        *_located(source, identity_faults(identifier, head.identifier)),
        *(found for n in tables for found in _located(sources[f"{n}.yaml"], identity_faults(n, tables[n].number))),
        *(found for n in tables for found in _located(sources[f"{n}.yaml"], table_faults(edition, tables[n]))),
        *_located(sources["指标.yaml"], indicator_faults(edition)),
        *_located(sources["填报.yaml"], field_faults(edition)),
        *_located(sources["勾稽关系.yaml"], check_faults(edition)),
        *(_located(prose, prose_faults(edition)) if prose else ()),
        *(_located(charts, chart_faults(edition)) if charts else ()),
    ]
    if findings:
        raise InvalidInput(*findings)
    return edition


def prose_rule_place(edition: Edition, code: str) -> Place:
    """Where the rule `code` of `edition` is written."""
    lineage = Lineage(edition.identifier, [home / "data_specs" for home in _homes()])
    index = next(index for index, rule in enumerate(edition.prose) if rule.code == code)
    return node_at(lineage.read(PROSE_FILE), ("用语", index, "示例"))


def merged_files(identifier: str) -> dict[str, object]:
    """The files of an edition by name, each laid over those it builds on, as texts, lists and dicts."""
    load_edition(identifier)
    lineage = Lineage(identifier, [home / "data_specs" for home in _homes()])
    head = validate(lineage.read(HEAD_FILE), HeadFile, Code.EDITION_FAULT)
    return {name: plain(lineage.read(name)) for name in (HEAD_FILE, *_files(head, lineage))}


def _files(head: HeadFile, lineage: Lineage) -> list[str]:
    return [
        *(f"{number}.yaml" for number in head.tables),
        *head.code_lists.values(),
        *("指标.yaml", "填报.yaml", "勾稽关系.yaml"),
        *(name for name in _OPTIONAL if lineage.has(name)),
    ]


def _located(node: Node, faults: Iterable[Fault]) -> list[Finding]:
    return [Finding(Code.EDITION_FAULT, message, (node_at(node, path),)) for path, message in faults]
