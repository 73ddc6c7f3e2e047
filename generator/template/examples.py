"""The example of an edition, which comes with it: a department's file in `data_specs/examples`."""

from __future__ import annotations

from pathlib import Path

from generator.edition import EDITION, Edition, example_files
from generator.findings import InvalidInput
from generator.reading import Mapping, Scalar, read_document


def example_of(edition: Edition) -> Path | None:
    """The first example that is of `edition`; `None` where there is none."""
    for file in example_files():
        try:
            node = read_document(file)
        except InvalidInput:
            continue
        named = node.entries.get(EDITION) if isinstance(node, Mapping) else None
        if isinstance(named, Scalar) and named.text.strip() == edition.identifier:
            return file
    return None
