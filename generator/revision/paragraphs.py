"""A paragraph in two versions as one with tracked changes."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from generator.revision.elements import copy, made, signature
from generator.revision.marks import BESIDE_PARAGRAPH, Marks, Side, paragraph_properties
from generator.revision.tokens import Operation, Step, compare, tokens
from generator.word import (
    BOOKMARK,
    FIELD_MARK,
    PARAGRAPH_PROPERTIES,
    RUN,
    RUN_PROPERTIES,
    TEXT,
    Element,
    child,
    pieces_of,
    reads,
    value,
    w,
)

# Elements that hold runs and may hold tracked ones.
_CONTAINERS = frozenset(map(w, ("hyperlink", "fldSimple", "dir", "bdo")))
_TRANSPARENT = frozenset(map(w, ("ins", "moveTo")))
_IGNORED = frozenset(map(w, ("pPr", "proofErr", "del", "moveFrom")))
_BOOKMARKS = (BOOKMARK, w("bookmarkEnd"))


@dataclass(frozen=True, slots=True)
class RunPart:
    """One child of a run, with the w:rPr of the run; or, without a run, an element that stands beside runs."""

    element: Element
    look: Element | None
    in_run: bool = True


@dataclass(frozen=True, slots=True)
class Atom:
    """What changes as a whole: a word, a break, a picture, the opening of a field with its instruction.

    Atoms with equal keys say the same in the same look. `path` are the elements around the run, outermost first.
    """

    key: tuple[str, ...]
    text: str
    pieces: tuple[RunPart, ...]
    path: tuple[Element, ...]

    @property
    def is_bookmark(self) -> bool:
        return self.pieces[0].element.tag in _BOOKMARKS


def atoms_of(paragraph: Element) -> list[Atom]:
    """The content of a paragraph in atoms."""
    return _with_fields(list(_children(paragraph, ())))


def open_fields(paragraph: Element) -> tuple[str, ...]:
    """The kinds of the field characters of fields that begin or end outside the paragraph."""
    if next(paragraph.iter(FIELD_MARK), None) is None:
        return ()
    return tuple(
        value(piece.element, "fldCharType") or ""
        for atom in atoms_of(paragraph)
        for piece in atom.pieces
        if len(atom.pieces) == 1 and piece.element.tag == FIELD_MARK and atom.key[0] == "fldChar"
    )


def _children(parent: Element, path: tuple[Element, ...]) -> Iterator[Atom]:
    around = tuple(_container_key(one) for one in path)
    for element in parent:
        if element.tag == RUN:
            yield from _run(element, path, around)
        elif element.tag in _CONTAINERS:
            yield from _children(element, (*path, element))
        elif element.tag in _TRANSPARENT:
            yield from _children(element, path)
        elif element.tag in _BOOKMARKS:
            yield Atom(("bookmark", value(element, "name") or ""), "", (RunPart(element, None, False),), path)
        elif element.tag not in _IGNORED and isinstance(element.tag, str):
            key = ("element", signature(element), *around)
            yield Atom(key, "".join(piece.text for piece in pieces_of(element)), (RunPart(element, None, False),), path)


def _container_key(element: Element) -> str:
    return f"{element.tag}{sorted(element.attrib.items())}"


def _run(run: Element, path: tuple[Element, ...], around: tuple[str, ...]) -> Iterator[Atom]:
    look = run.find(RUN_PROPERTIES)
    look_key = signature(look)
    for element in run:
        if element.tag == TEXT:
            for token in tokens(reads(element)):
                text = made("t")
                text.text = token
                yield Atom(("text", token, look_key, *around), token, (RunPart(text, look),), path)
        elif element.tag != RUN_PROPERTIES and isinstance(element.tag, str):
            kind = "fldChar" if element.tag == FIELD_MARK else "piece"
            key = (kind, signature(element), look_key, *around)
            yield Atom(key, reads(element), (RunPart(element, look),), path)


def _with_fields(atoms: list[Atom]) -> list[Atom]:
    """Each field that begins and ends here opened by one atom and closed by one, so that no half of it can change."""
    spans = _field_spans(atoms)
    result: list[Atom] = []
    index = number = 0
    closing: dict[int, tuple[str, ...]] = {}
    while index < len(atoms):
        atom = atoms[index]
        if index in spans:
            separate, end = spans[index]
            opening = atoms[index : separate + 1]
            number += 1
            key = ("field", str(number), *(part for one in opening for part in one.key))
            pieces = tuple(piece for one in opening for piece in one.pieces)
            result.append(Atom(key, "", pieces, atom.path))
            if end > separate:
                closing[end] = ("end", *key)
            index = separate + 1
            continue
        if index in closing:
            atom = Atom((*closing[index], *atom.key), "", atom.pieces, atom.path)
        result.append(atom)
        index += 1
    return result


def _field_spans(atoms: list[Atom]) -> dict[int, tuple[int, int]]:
    """Where each outermost complete field begins, where its result begins (the end, without one), where it ends."""
    spans: dict[int, tuple[int, int]] = {}
    begun: list[list[int]] = []
    for index, atom in enumerate(atoms):
        if atom.key[0] != "fldChar":
            continue
        kind = value(atom.pieces[0].element, "fldCharType")
        if kind == "begin":
            begun.append([index, -1])
        elif kind == "separate" and begun:
            begun[-1][1] = index
        elif kind == "end" and begun:
            start, separate = begun.pop()
            for inner in [one for one in spans if one > start and (separate < 0 or one < separate)]:
                del spans[inner]
            spans[start] = (index if separate < 0 else separate, index)
    return spans


# Comparing


def merge_paragraphs(old: Element, new: Element, marks: Marks) -> Element:
    """The paragraph that is `old` where its changes are rejected and `new` where they are accepted."""
    before, after = atoms_of(old), atoms_of(new)
    steps = _steps(before, after)
    paragraph = made("p")
    if (properties := new.find(PARAGRAPH_PROPERTIES)) is not None:
        paragraph.append(copy(properties))
    mark_properties(paragraph, old.find(PARAGRAPH_PROPERTIES), marks)
    flow: list[tuple[Operation, Atom]] = []
    for step in steps:
        atoms, kept = (before, step.old) if step.operation == "old" else (after, step.new)
        flow += [(step.operation, atoms[index]) for index in kept]
    _write(flow, paragraph, marks)
    return paragraph


def one_sided(paragraph: Element, side: Side, marks: Marks, *, ended: bool = True) -> Element:
    """A paragraph that only one document has; `ended`: so is its end, else it is that of another paragraph."""
    result = made("p")
    if (properties := paragraph.find(PARAGRAPH_PROPERTIES)) is not None:
        result.append(copy(properties))
    if ended:
        marks.paragraph(paragraph_properties(result), side)
    _write([(side, atom) for atom in atoms_of(paragraph)], result, marks)
    return result


def mark_properties(paragraph: Element, old: Element | None, marks: Marks) -> None:
    """Marks how the properties of a paragraph differ from `old`: its own, those of its mark, those of its section."""
    new = paragraph.find(PARAGRAPH_PROPERTIES)
    look, old_look = child(new, "rPr"), child(old, "rPr")
    section, old_section = child(new, "sectPr"), child(old, "sectPr")
    settings = [_settings(one) for one in (old, new)]
    if signature(look) != signature(old_look):
        new = paragraph_properties(paragraph)
        if look is None:
            look = made("rPr")
            new.insert(len(new) if section is None else new.index(section), look)
        marks.changed("rPr", old_look, look)
    if section is not None and old_section is not None:
        mark_section(section, old_section, marks)
    if settings[0] != settings[1]:
        marks.changed("pPr", old, paragraph_properties(paragraph), without=BESIDE_PARAGRAPH)


def mark_section(section: Element, old: Element, marks: Marks) -> None:
    """Marks how the properties of a section differ from `old`; which headers it has cannot be tracked."""
    references = (w("headerReference"), w("footerReference"))
    settings = [[signature(part) for part in one if part.tag not in references] for one in (old, section)]
    if settings[0] != settings[1]:
        marks.changed("sectPr", old, section, without=references)


def _settings(properties: Element | None) -> list[str]:
    return (
        [signature(part) for part in properties if part.tag not in BESIDE_PARAGRAPH] if properties is not None else []
    )


def _steps(before: list[Atom], after: list[Atom]) -> list[Step]:
    steps = compare([atom.key for atom in before], [atom.key for atom in after], [atom.text for atom in before])
    if _fields_whole(steps, before, "old") and _fields_whole(steps, after, "new"):
        return steps
    return [Step("old", range(len(before)), range(0)), Step("new", range(0), range(len(after)))]


def _fields_whole(steps: Iterable[Step], atoms: list[Atom], side: Side) -> bool:
    """Whether each field's opening and end go the same way."""
    ways: dict[tuple[str, ...], str] = {}
    for step in steps:
        for index in step.old if side == "old" else step.new:
            key = atoms[index].key
            if key[0] == "field":
                ways[key] = step.operation
            elif key[0] == "end" and any(
                way != step.operation for opening, way in ways.items() if key[1 : len(opening) + 1] == opening
            ):
                return False
    return True


# Writing


def _write(flow: list[tuple[Operation, Atom]], paragraph: Element, marks: Marks) -> None:
    """Appends atoms to `paragraph`: in their containers, those that changed in w:ins and w:del."""
    _write_level([(operation, atom, atom.path) for operation, atom in flow], paragraph, marks)


def _write_level(flow: list[tuple[Operation, Atom, tuple[Element, ...]]], parent: Element, marks: Marks) -> None:
    for container, group in groupby(flow, key=lambda one: _container_key(one[2][0]) if one[2] else ""):
        items = list(group)
        if container:
            shell = items[0][2][0]
            element = made(shell.tag.rpartition("}")[2])
            element.attrib.update(shell.attrib)
            parent.append(element)
            _write_level([(operation, atom, path[1:]) for operation, atom, path in items], element, marks)
            continue
        for operation, same in groupby(items, key=_way):
            runs = list(_runs(piece for _, atom, _ in same for piece in atom.pieces))
            if operation == "same":
                parent.extend(runs)
            else:
                parent.append(marks.runs(operation, runs))


def _way(item: tuple[Operation, Atom, tuple[Element, ...]]) -> Operation:
    """Whether an atom stays, goes or comes; bookmarks cannot be tracked."""
    return "same" if item[1].is_bookmark else item[0]


def _runs(pieces: Iterable[RunPart]) -> Iterator[Element]:
    """Runs of the pieces, those with the same look in one, text in one element."""
    for (_, in_run), group in groupby(pieces, key=lambda piece: (signature(piece.look), piece.in_run)):
        if not in_run:
            yield from (copy(piece.element) for piece in group)
            continue
        items = list(group)
        run = made("r")
        if items[0].look is not None:
            run.append(copy(items[0].look))
        for tag, same in groupby(items, key=lambda piece: piece.element.tag):
            if tag == TEXT:
                text = made("t")
                text.text = "".join(piece.element.text or "" for piece in same)
                text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
                run.append(text)
            else:
                run.extend(copy(piece.element) for piece in same)
        yield run
