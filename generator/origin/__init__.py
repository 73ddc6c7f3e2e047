"""Where a publication comes from: what it was made from as digests, kept in both of its files, and held against now."""

from generator.origin.digests import Origin, origin_of
from generator.origin.files import Kept, stamped_parts, stamped_pdf
from generator.origin.states import (
    ENDINGS,
    EXPLANATION,
    TRACKED,
    Standing,
    State,
    pair_at,
    pairs_in,
    same_making,
    shown,
    standing_of,
)
