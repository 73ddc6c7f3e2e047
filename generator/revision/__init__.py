"""Two versions of a Word document compared: what differs, and one document with Word's own tracked changes.

    revision = compare(old, new, date="2021-09-01T00:00:00Z")
    revision.differences, revision.tracked

Knows Word documents only, nothing of final accounts. The way through: `relations` joins what both files
refer to, `blocks` aligns paragraphs and tables, `paragraphs` and `tables` merge those that correspond, `places` says
where a reader finds what changed.
"""

from generator.revision.comparison import AUTHOR, Revision, compare, paged
from generator.revision.differences import At, Difference, Kind, Place
from generator.word import UnreadableDocument

__all__ = ["AUTHOR", "At", "Difference", "Kind", "Place", "Revision", "UnreadableDocument", "compare", "paged"]
