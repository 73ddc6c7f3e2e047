"""Finding and loading editions."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from contextlib import suppress
from contextvars import ContextVar
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from generator.edition.charts import ChartsFile
from generator.edition.derivations import Derivations
from generator.edition.inheritance import HEAD_FILE, Lineage
from generator.edition.models import (
    ChecksFile,
    CodesFile,
    Edition,
    FieldsFile,
    HeadFile,
    IndicatorsFile,
)
from generator.edition.names import field_name_faults, indicator_name_faults, table_name_faults
from generator.edition.placeholders import with_years
from generator.edition.prose import ProseFile
from generator.edition.references import (
    Fault,
    chart_faults,
    check_faults,
    code_list_faults,
    field_faults,
    identity_faults,
    indicator_faults,
    prose_faults,
    table_faults,
    unit_faults,
    unit_line_faults,
)
from generator.edition.remarks import uncounted_rows, unused_code_lists
from generator.edition.tables import TableSpec
from generator.findings import Code, Finding, InvalidInput, Place, Severity
from generator.numbers import Unit
from generator.reading import Mapping, Model, Node, Scalar, node_at, plain, validate

INDICATORS_FILE, FIELDS_FILE, CHECKS_FILE = "指标.yaml", "填报.yaml", "勾稽关系.yaml"
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
    return _read(identifier, lineage, _Files(lineage))


def edition_remarks(identifier: str) -> list[Finding]:
    """What is perhaps not meant in the edition `identifier`. Raises `InvalidInput` as `load_edition` does."""
    load_edition(identifier)
    lineage = Lineage(identifier, [home / "data_specs" for home in _homes()])
    files = _Files(lineage)
    edition = _read(identifier, lineage, files)
    derivations = Derivations(edition)
    remarks = [*files.placed(HEAD_FILE, unused_code_lists(edition))]
    for number, table in edition.tables.items():
        remarks += files.placed(f"{number}.yaml", uncounted_rows(edition, table, derivations))
    known = {HEAD_FILE, *files.names}
    unread = [file for file in sorted(specification_path(edition).glob("*.y*ml")) if file.name not in known]
    said = "这个文件没有用到：是一张表的，写进“版本.yaml”的“表”，是科目表的，写进“科目表”，不要了的请移走。"
    remarks += [Finding(Code.EDITION_REMARK, said, (Place(str(file)),)) for file in unread]
    return [replace(remark, code=Code.EDITION_REMARK, severity=Severity.WARNING) for remark in remarks]


def _read(identifier: str, lineage: Lineage, files: _Files) -> Edition:
    """The edition, all files of which are read through `files`."""
    head = files.read(HEAD_FILE, HeadFile)
    files.refuse_faults()
    files.unit = head.wording.unit
    tables = {number: files.read(f"{number}.yaml", TableSpec) for number in head.tables}
    code_lists = {name: files.read(file, CodesFile) for name, file in head.code_lists.items()}
    indicators = files.read(INDICATORS_FILE, IndicatorsFile)
    fields = files.read(FIELDS_FILE, FieldsFile)
    checks = files.read(CHECKS_FILE, ChecksFile)
    prose = files.read(PROSE_FILE, ProseFile) if lineage.has(PROSE_FILE) else None
    charts = files.read(CHARTS_FILE, ChartsFile) if lineage.has(CHARTS_FILE) else None
    files.refuse_faults()

    edition = Edition(
        identifier=head.identifier,
        lineage=tuple(lineage.identifiers),
        title=head.title,
        year=head.year,
        publication=head.publication,
        wording=head.wording,
        tables=tables,
        code_lists={name: codes.codes for name, codes in code_lists.items()},
        indicators={indicator.name: indicator for indicator in indicators.indicators},
        indicator_groups=indicators.groups,
        fields=fields.fields,
        checks=checks.checks,
        prose=prose.rules if prose else (),
        former_subjects=head.former_subjects,
        charts={chart.name: chart for chart in charts.charts} if charts else {},
    )
    files.add(HEAD_FILE, identity_faults(identifier, head.identifier))
    files.add(HEAD_FILE, table_name_faults(edition))
    files.add(HEAD_FILE, unit_line_faults(edition))
    for number, table in tables.items():
        files.add(f"{number}.yaml", identity_faults(number, table.number))
        files.add(f"{number}.yaml", table_faults(edition, table))
        files.add(f"{number}.yaml", unit_faults(edition, table))
    files.add(INDICATORS_FILE, indicator_faults(edition))
    files.add(INDICATORS_FILE, indicator_name_faults(edition))
    files.add(FIELDS_FILE, field_faults(edition))
    files.add(FIELDS_FILE, field_name_faults(edition))
    for name, file in head.code_lists.items():
        files.add(file, code_list_faults(edition, name))
    files.add(CHECKS_FILE, check_faults(edition))
    files.add(PROSE_FILE, prose_faults(edition))
    files.add(CHARTS_FILE, chart_faults(edition))
    files.refuse_faults()
    files.add_derivations(Derivations(edition))
    files.refuse_faults()
    return edition


class _Files:
    """The files of an edition as they are read, and all that is wrong with them."""

    def __init__(self, lineage: Lineage) -> None:
        self._lineage = lineage
        self._nodes: dict[str, Node] = {}
        self._findings: list[Finding] = []
        self._year = ""
        self.unit = Unit.TEN_THOUSAND
        """The unit in which amounts are published."""

    def read(self, name: str, model: type[Model]) -> Model:
        """The file `name` as a `model`; one without content where it is faulty, which `refuse_faults` then says."""
        try:
            node = self._lineage.read(name)
            if name == HEAD_FILE:
                self._year = _text_at(node, "年度")
            self._nodes[name] = node = with_years(node, name, self._year, self._findings)
            return validate(node, model, Code.EDITION_FAULT, self.unit)
        except InvalidInput as invalid:
            self._findings += invalid.findings
            return model.model_construct()

    def add(self, name: str, faults: Iterable[Fault]) -> None:
        """Takes the `faults` of the file `name`."""
        self._findings += self.placed(name, faults)

    def placed(self, name: str, faults: Iterable[Fault]) -> list[Finding]:
        """The `faults` of the file `name`, each at its place."""
        return [Finding(Code.EDITION_FAULT, message, (self._place(name, path),)) for path, message in faults]

    @property
    def names(self) -> list[str]:
        """The files that have been read."""
        return list(self._nodes)

    def add_derivations(self, derivations: Derivations) -> None:
        """Takes what shows of the edition's figures once every term leads to one."""
        for figure, way in derivations.circles():
            steps = " ← ".join(str(one) for one in (figure, *(link.figure for link in way)))
            message = f"“{figure}”由它自己算出：{steps}。请改其中一处的“等于”或“来自”。"
            places = dict.fromkeys(self._place(f"{table}.yaml", path) for table, path in (link.spot for link in way))
            self._findings.append(Finding(Code.CIRCLE, message, tuple(places)))
        if self._findings:
            return
        for (table, path), total, part in derivations.counted_twice():
            told = f"“{part}”写了两次" if part == total else f"“{total}”里已经有“{part}”，这里又加一次"
            place = self._place(f"{table}.yaml", path)
            self._findings.append(Finding(Code.COUNTED_TWICE, f"{told}，会重复计算，请删去一个。", (place,)))

    def _place(self, name: str, path: tuple[int | str, ...]) -> Place:
        return node_at(self._nodes[name], path)

    def refuse_faults(self) -> None:
        """Raises `InvalidInput` where there is anything wrong so far."""
        if self._findings:
            raise InvalidInput(*dict.fromkeys(self._findings))


def _text_at(node: Node, key: str) -> str:
    found = node.entries.get(key) if isinstance(node, Mapping) else None
    return found.text.strip() if isinstance(found, Scalar) else ""


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
        *(INDICATORS_FILE, FIELDS_FILE, CHECKS_FILE),
        *(name for name in _OPTIONAL if lineage.has(name)),
    ]
