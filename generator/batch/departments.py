"""Which files of a folder are departments', told from their heads, before anything is made."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path

from generator.edition import DEPARTMENT, EDITION, YEAR, load_edition
from generator.findings import Code, Finding, InvalidInput, Place
from generator.kinds import bare, last_year_file, last_year_path
from generator.reading import Mapping, Node, Scalar, read_document, reason_of

ENDINGS = (".yaml", ".yml", ".json")
_NOBODYS = (".", "~")
"""How the names of files begin that systems and office programs leave beside those of people."""


@dataclass(frozen=True, slots=True)
class Department:
    """A department's file as its head tells it; empty where the head cannot be read, which is said on making it."""

    file: Path
    name: str = ""
    edition: str = ""
    publication: str = ""
    """What its files are called, without their endings."""
    last_year: Path | None = None
    """Last year's file, where this one names it."""
    year: str = ""
    """As it is written."""


def find_departments(folder: Path, only: str = "*", *, recursive: bool = False) -> tuple[list[Department], list[Path]]:
    """The departments' files in `folder` whose names match `only`, and last year's files among them.

    A department's file has a key `版本` at the top; one that cannot be read counts as one, so that it is not passed
    over in silence. A file that another of those chosen names as last year's is not made: choose it alone to do so.
    Raises `InvalidInput` where there is nothing to make, or where two would be published under the same name.
    """
    found = [one for file in _files(folder, recursive) if _matches(file.name, only) and (one := read_head(file))]
    last_years = {one.file: one.last_year for one in found}
    years = {one.file: one.year for one in found}
    # Naming a file of the same year is a slip, and no reason not to make that file.
    named = [one for one in found if one.last_year and years.get(one.last_year) != one.year]
    used = {one.last_year for one in named if not _comes_back(one.file, last_years)}
    departments = [one for one in found if one.file not in used]
    if not departments:
        which = f"名称符合“{only}”的" if only != "*" else ""
        message = f"“{folder}”里没有{which}填报文件：填报文件是写有“版本”的 {'、'.join(ENDINGS)} 文件。"
        raise InvalidInput(Finding(Code.NOTHING_TO_DO, message))
    _refuse_same_names(departments)
    return departments, [one.file for one in found if one.file in used]


def _files(folder: Path, recursive: bool) -> list[Path]:
    try:
        entries = folder.rglob("*") if recursive else folder.iterdir()
        return sorted(
            file
            for file in entries
            if file.suffix.lower() in ENDINGS and not file.name.startswith(_NOBODYS) and file.is_file()
        )
    except OSError as error:
        message = f"无法读取文件夹“{folder}”（{reason_of(error)}），请核对路径。"
        raise InvalidInput(Finding(Code.NO_FOLDER, message)) from None


def _matches(name: str, only: str) -> bool:
    """Whether a file's `name` is `only`, a pattern; brackets in it may stand for themselves, in either width."""
    name, only = bare(name), bare(only)
    return fnmatch(name, only) or fnmatch(name, only.replace("[", "[[]"))


def _comes_back(file: Path, last_years: dict[Path, Path | None]) -> bool:
    """Whether `file` is its own last year's, or that of one whose last year's it is: a fault, said on making it."""
    seen: set[Path] = set()
    before = last_years.get(file)
    while before and before not in seen:
        if before == file:
            return True
        seen.add(before)
        before = last_years.get(before)
    return False


def read_head(file: Path) -> Department | None:
    """The department that the head of `file` tells of; `None` where it is another kind of file."""
    try:
        node = read_document(file)
    except InvalidInput:
        return Department(file)
    if not isinstance(node, Mapping) or EDITION not in node.entries:
        return None
    name, identifier = _text(node, DEPARTMENT), _text(node, EDITION)
    try:
        edition = load_edition(identifier)
    except InvalidInput:
        return Department(file, name, identifier)
    named = (last_year_file(field, node.entries.get(field.name)) for field in edition.fields)
    last_year = next((file.parent / last_year_path(one) for one in named if one), None)
    return Department(file, name, identifier, edition.publication_name(name), last_year, _text(node, YEAR))


def _text(node: Mapping, key: str) -> str:
    value: Node | None = node.entries.get(key)
    return value.text.strip() if isinstance(value, Scalar) else ""


def _refuse_same_names(departments: Iterable[Department]) -> None:
    """Raises `InvalidInput` where the files of one publication would replace those of another."""
    by_name: defaultdict[str, list[Department]] = defaultdict(list)
    for one in departments:
        if one.publication:
            # As people compare names, and file systems that take no heed of case or of how a character is composed.
            by_name[bare(one.publication).casefold()].append(one)
    findings = [
        Finding(
            Code.SAME_NAME,
            f"{len(same)} 个填报文件都要生成“{same[0].publication}”，会互相覆盖：请核对各文件的“部门”，"
            "只留一个，或用 --only 只选其中之一。还没有生成任何文件。",
            tuple(Place(str(one.file)) for one in same),
        )
        for same in by_name.values()
        if len(same) > 1
    ]
    if findings:
        raise InvalidInput(*findings)
