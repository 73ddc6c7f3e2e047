"""What has become of publications: current, stale, edited since, or none of this program's."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from generator.findings import InvalidInput
from generator.origin.digests import SHORT, Origin
from generator.origin.files import Kept, read_stamp
from generator.word import UnreadableDocument

ENDINGS = (".docx", ".pdf")
TRACKED, EXPLANATION = "（修订对照）", "更正说明"
"""What is added to the name of a publication for the documents that go with its correction."""


class State(Enum):
    """What is to be said of a publication; of several, the first in this order."""

    FOREIGN = "不是本程序生成的"
    EDITED = "生成后被改动"
    UNLIKE = "两个文件来源不同"
    INCOMPLETE = "缺一个文件"
    SOURCELESS = "找不到填报文件"
    STALE = "过期"
    CURRENT = "最新"


REASONS = {
    "figures": "填报文件",
    "last_year": "上年填报文件",
    "edition": "版本的格式",
    "template": "模板",
    "program": "程序",
    "fonts": "字体",
    "draft": "草稿或正式",
}
"""What a publication may be stale because of, by field of `Origin`."""


@dataclass(frozen=True, slots=True)
class FilePair:
    """The two files of a publication, as they are in a folder; a file that is not there has no stamp."""

    name: str
    files: tuple[Path, ...]
    """Those that are there, the Word file first."""
    stamps: tuple[Kept | None, ...]
    """Of each of `files`; `None` where it has none."""

    @property
    def origin(self) -> Origin | None:
        """What it was made from, as the first stamp says."""
        return next((kept.origin for kept in self.stamps if kept), None)

    @property
    def foreign(self) -> tuple[Path, ...]:
        """The files that no stamp is in."""
        return tuple(file for file, kept in zip(self.files, self.stamps, strict=True) if kept is None)

    @property
    def foreign_documents(self) -> tuple[Path, ...]:
        """Those of `foreign` that are documents, whose content somebody may want to keep."""
        return tuple(file for file in self.foreign if file.read_bytes().startswith((b"PK", b"%PDF")))

    @property
    def edited(self) -> tuple[tuple[Path, Kept], ...]:
        """The files changed since they were made."""
        both = zip(self.files, self.stamps, strict=True)
        return tuple((file, kept) for file, kept in both if kept and kept.edited)

    @property
    def is_whole(self) -> bool:
        """Whether both files are there, unchanged, and made together."""
        origins = {kept.origin for kept in self.stamps if kept}
        return len(self.files) == len(ENDINGS) and not self.foreign and not self.edited and len(origins) == 1


def pair_at(folder: Path, name: str) -> FilePair:
    """The publication called `name` in `folder`, as far as it is there. Raises `OSError`."""
    files = tuple(path for ending in ENDINGS if (path := folder / f"{name}{ending}").is_file())
    return FilePair(name, files, tuple(map(_stamp, files)))


def _stamp(file: Path) -> Kept | None:
    try:
        return read_stamp(file.read_bytes())
    except UnreadableDocument:
        return None


def pairs_in(folder: Path) -> list[FilePair]:
    """All publications in `folder`, by name, without what goes with their corrections. Raises `OSError`."""
    hidden = (".", "~$")  # a program's own, and those that Word has open
    names = {path.stem for path in folder.iterdir() if path.suffix in ENDINGS and not path.name.startswith(hidden)}
    names -= {name + added for name in names for added in (TRACKED, EXPLANATION)}
    return [pair_at(folder, name) for name in sorted(names)]


def changed_since(made: Origin, now: Origin) -> tuple[str, ...]:
    """What has changed between two origins, in the users' words."""
    return tuple(reason for field, reason in REASONS.items() if getattr(made, field) != getattr(now, field))


def same_making(pair: FilePair, now: Origin) -> bool:
    """Whether making the publication again would give the files that are there."""
    return pair.is_whole and pair.origin == now


@dataclass(frozen=True, slots=True)
class Standing:
    """What is said of a publication."""

    pair: FilePair
    state: State
    source: Path | None
    """The department's file it was held against."""
    reasons: tuple[str, ...] = ()
    """What it is stale because of."""
    notes: tuple[str, ...] = ()
    """The rest, as sentences."""


def standing_of(pair: FilePair, sources: Iterable[Path], origin_now: Callable[[Path, bool], Origin]) -> Standing:
    """Holds `pair` against what would be made now from the one of `sources` that it was made from.

    `origin_now` gives the origin of a file, as a draft or not; it raises `InvalidInput` where the file cannot be used.
    """
    made = pair.origin
    if made is None:
        return Standing(pair, State.FOREIGN, None)
    notes = list(_notes(pair))
    source, now, trouble = _source(made, sources, origin_now)
    reasons = changed_since(made, now) if now else ()
    notes += trouble
    if made.draft:
        notes.append("是草稿。")
    if pair.foreign:
        state = State.FOREIGN
    elif pair.edited:
        state = State.EDITED
    elif len({kept.origin for kept in pair.stamps if kept}) > 1:
        state = State.UNLIKE
    elif len(pair.files) < len(ENDINGS):
        state = State.INCOMPLETE
    elif source is None:
        state = State.SOURCELESS
    else:
        state = State.STALE if reasons or trouble else State.CURRENT
    return Standing(pair, state, source, reasons, tuple(notes))


def _notes(pair: FilePair) -> Iterable[str]:
    for file in pair.foreign:
        yield f"“{file.name}”没有本程序的记录：不是本程序生成的，或另存时丢掉了。"
    for file, kept in pair.edited:
        what = {
            True: "文字有改动",
            False: "文字没有变，只是重新保存过或改了格式",
            None: "内容有改动，或用别的程序重新保存过",
        }[kept.text_edited]
        yield f"“{file.name}”生成以后{what}；用 juesuan verify 可逐数核对。"
    if len(pair.files) == 1:
        there = pair.files[0].suffix
        yield f"缺少“{pair.name}{next(ending for ending in ENDINGS if ending != there)}”。"
    origins = [kept.origin for kept in pair.stamps if kept]
    if len(set(origins)) > 1:
        differing = "、".join(changed_since(*origins)) or "填报文件的名称"
        yield f"Word 和 PDF 不是同一次生成的，不同的是：{differing}。"


def _source(
    made: Origin, sources: Iterable[Path], origin_now: Callable[[Path, bool], Origin]
) -> tuple[Path | None, Origin | None, list[str]]:
    """The file that a publication was made from, its origin now, and what is wrong with it."""
    broken: Path | None = None
    trouble: list[str] = []
    for path in sources:
        if path.name != made.source:
            continue
        try:
            now = origin_now(path, made.draft)
        except InvalidInput as invalid:
            broken, trouble = path, [f"填报文件现在不能用：{invalid.findings[0].message}"]
            continue
        if now.department == made.department:
            return path, now, []
    if broken is None:
        trouble = [f"它由“{made.source}”生成，这里没有这个文件；请用 --source 指出它所在的文件夹。"]
    return broken, None, trouble


def shown(origin: Origin) -> dict[str, str]:
    """The digests of `origin`, short, for people."""
    digests = {REASONS[field]: getattr(origin, field) for field in REASONS if field not in ("draft", "program")}
    number, _, source = origin.program.partition(" ")
    return {name: value[:SHORT] for name, value in digests.items() if value} | {"程序": f"{number} {source[:SHORT]}"}
