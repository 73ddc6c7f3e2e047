"""What changed in the fields beside the tables, each compared as its kind has it."""

from __future__ import annotations

from collections.abc import Iterator

from generator.accounts import Accounts
from generator.correction.entered import ChangeKind, Entered, kind_of
from generator.correction.versions import Versions
from generator.findings import Place, in_words
from generator.kinds import ROWS, EntryChange, Path, Spot, merged
from generator.reading import Mapping


def fields_changed(versions: Versions) -> Iterator[Entered]:
    """Every entry of the fields that changed, in the order of the edition's fields."""
    old = {field.name: field for field in versions.old.edition.fields}
    new = {field.name: field for field in versions.new.edition.fields}
    for name in merged(old, new):
        field = new.get(name) or old[name]
        values = versions.old.values.get(name), versions.new.values.get(name)
        for change in field.changed(*values, Spot((name,), (name,), (name,)), versions.amount):
            yield _entered(versions, change)


def _entered(versions: Versions, change: EntryChange) -> Entered:
    spot = change.spot
    was = bool(change.old) if change.was is None else change.was
    is_ = bool(change.new) if change.is_ is None else change.is_
    path = spot.new if is_ else spot.old
    name = _name(versions, path)
    places = (
        _place(versions.old, spot.old).within(_name(versions, spot.old)) if was else None,
        _place(versions.new, spot.new).within(name) if is_ else None,
    )
    kind = ChangeKind.MOVED if change.moved else kind_of(was, is_)
    return Entered(kind, path, name, change.old, change.new, *places, field=spot.field)


def _name(versions: Versions, path: Path) -> str:
    return in_words(step if isinstance(step, int) else versions.row_title("", step) for step in path)


def _place(accounts: Accounts, path: Path) -> Place:
    """Where the file says what `path` leads to; subjects may stand in it with their names behind their codes."""
    node: object = accounts.source
    steps: list[str | int] = []
    for step in path:
        entries = node.entries if isinstance(node, Mapping) else {}
        if isinstance(step, str) and step.isdigit() and step not in entries:
            step = next((key for key in entries if key.startswith(step)), step)
        if step == ROWS and ROWS not in entries:  # rows that stand under the field itself
            continue
        steps.append(step)
        items = getattr(node, "items", ())
        node = (
            entries.get(str(step)) if entries else items[step] if isinstance(step, int) and step < len(items) else None
        )
    return accounts.place_of(tuple(steps))
