"""Where a publication comes from: what it was made from as digests, kept in both of its files, and held against now."""

from generator.origin.digests import Origin, origin_of
from generator.origin.files import Kept, read_stamp, stamped_parts, stamped_pdf
from generator.origin.states import (
    EXPLANATION,
    TRACKED,
    FilePair,
    Standing,
    State,
    pair_at,
    pairs_in,
    same_making,
    shown,
    standing_of,
)

__all__ = [
    "EXPLANATION",
    "TRACKED",
    "FilePair",
    "Kept",
    "Origin",
    "Standing",
    "State",
    "origin_of",
    "pair_at",
    "pairs_in",
    "read_stamp",
    "same_making",
    "shown",
    "stamped_parts",
    "stamped_pdf",
    "standing_of",
]
