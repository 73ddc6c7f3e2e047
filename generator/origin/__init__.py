"""Where a publication comes from: what it was made from as digests, kept in both of its files, and held against now."""

from generator.origin.digests import Origin, origin_of
from generator.origin.files import Kept, read_stamp, stamped_parts, stamped_pdf
from generator.origin.states import (
    EXPLANATION,
    TRACKED,
    Pair,
    Report,
    State,
    pair_at,
    pairs_in,
    report_of,
    same_making,
    shown,
)

__all__ = [
    "EXPLANATION",
    "TRACKED",
    "Kept",
    "Origin",
    "Pair",
    "Report",
    "State",
    "origin_of",
    "pair_at",
    "pairs_in",
    "read_stamp",
    "report_of",
    "same_making",
    "shown",
    "stamped_parts",
    "stamped_pdf",
]
