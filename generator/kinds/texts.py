"""Texts: one, or several in a list."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from generator.kinds.changes import EntryChange, Spot, Write, texts_changed, with_moves
from generator.kinds.field import FieldKind, FieldSpec, FileAtHand, Form, Value
from generator.kinds.names import ANYTHING, TEXT
from generator.kinds.schema import ONE_TEXT, PARAGRAPHS, TEXTS, Schema
from generator.kinds.values import mapping_of, read_names, read_paragraphs, read_text, within_sentence
from generator.reading import Node

Texts = tuple[str, ...]


class OneText(FieldKind):
    """One text; line breaks are kept."""

    name, how_to_write = "文字", "一段文字，可以换行"
    may_be_numbered = True
    editors = ONE_TEXT

    def read(self, field: FieldSpec, node: Node, file: FileAtHand) -> str | None:
        return read_text(node, file.faults)


class Phrase(OneText):
    """A text that continues a sentence of the template: its own full stop is left out."""

    name, how_to_write = "短语", "接在句子里的话，结尾不写句号"
    in_sentence = True

    def read(self, field: FieldSpec, node: Node, file: FileAtHand) -> str | None:
        text = read_text(node, file.faults)
        return within_sentence(text) if text else None


class Paragraphs(FieldKind):
    """One or more paragraphs."""

    name, how_to_write = "段落", "一段一行，前面加“- ”"
    may_be_numbered = True
    nothing, items, editors = (), (TEXT,), PARAGRAPHS

    def read(self, field: FieldSpec, node: Node, file: FileAtHand) -> Texts:
        return read_paragraphs(node, file.faults)

    def blank(self, field: FieldSpec, form: Form) -> Iterator[str]:
        yield f"# - {field.example}"

    def changed(self, field: FieldSpec, old: Any, new: Any, spot: Spot, amount: Write) -> Iterator[EntryChange]:
        yield from texts_changed(old or (), new or (), spot)


class ListOfNames(Paragraphs):
    """A list of short texts."""

    name, how_to_write = "名单", "一个一行，前面加“- ”"
    editors = TEXTS

    def read(self, field: FieldSpec, node: Node, file: FileAtHand) -> Texts:
        return read_names(node, file.faults)


class Glossary(FieldKind):
    """A word and its explanation, any number."""

    name, how_to_write = "词条", "逐行写“名词: 解释”"
    keys_are_texts = True
    nothing: ClassVar[Value] = {}
    items, to_fill_in = (ANYTHING,), ("# 名词: 指……",)
    editors: ClassVar[Schema] = {"type": "object", "additionalProperties": ONE_TEXT}

    def read(self, field: FieldSpec, node: Node, file: FileAtHand) -> dict[str, str]:
        entries = mapping_of(node, "这里应写成若干行“名词: 解释”。", file.faults)
        return {word: text for word, value in entries.items() if (text := read_text(value, file.faults))}

    def changed(self, field: FieldSpec, old: Any, new: Any, spot: Spot, amount: Write) -> Iterator[EntryChange]:
        old, new = old or {}, new or {}
        for i, j, moved in with_moves(list(old), list(new), key_only=True):
            word = list(new)[j] if j is not None else list(old)[i or 0]
            below = spot.below(word)
            if moved:
                yield EntryChange(below, old[word], new[word], moved=True)
            elif i is None or j is None or old[word] != new[word]:
                yield EntryChange(below, old.get(word, ""), new.get(word, ""), was=i is not None, is_=j is not None)
