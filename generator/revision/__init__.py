"""Two versions of a Word document in one, with Word's own tracked changes.

    tracked_changes(old, new, "2021-09-01T00:00:00Z")

Knows Word documents only, nothing of final accounts. The way through: `relationships` joins what both files refer to,
`blocks` aligns paragraphs and tables, `paragraphs` and `tables` merge those that correspond.
"""

from generator.revision.documents import tracked_changes
