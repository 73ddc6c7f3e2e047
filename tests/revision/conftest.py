"""Publications of corrected examples, and both versions in one, each made once."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import pytest
from departments import replaced
from revisions import CORRECTIONS, CORRECTIONS_OF_2019, GUANGZHOU, Revision

from generator.accounts import load_accounts
from generator.pdf.fonts import FontLibrary
from generator.publish import Publication, make_publication


@pytest.fixture(scope="session")
def corrected(open_fonts: FontLibrary, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Publication]:
    """The publication of the example, or of that of 2019, after one of the corrections above; each made once."""

    @cache
    def corrected(name: str) -> Publication:
        text = replaced(*CORRECTIONS[name]) if name in CORRECTIONS else GUANGZHOU
        for old, new in CORRECTIONS_OF_2019.get(name, []):
            assert old in text
            text = text.replace(old, new, 1)
        file = tmp_path_factory.mktemp("corrected") / "填报.yaml"
        file.write_text(text, encoding="utf-8")
        return make_publication(load_accounts(file), open_fonts)

    return corrected


@pytest.fixture(scope="session")
def revised(
    corrected: Callable[[str], Publication], publication: Publication, publication_of_2019: Publication
) -> Callable[[str], Revision]:
    """The revision from the example's publication to the corrected one; each made once."""

    @cache
    def revised(name: str) -> Revision:
        old = publication if name in CORRECTIONS else publication_of_2019
        return Revision(old.docx, corrected(name).docx)

    return revised
