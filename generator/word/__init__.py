"""The room that knows WordprocessingML: packages, names, the text of a paragraph, the walk through a part, places.

    package = Package(docx)
    [text_of(paragraph) for paragraph in paragraphs(package.body)]

No other room opens a Word file or reads a paragraph; this one knows nothing of final accounts.
"""

from generator.word.bookmarks import PageMarks, put_bookmark
from generator.word.content import (
    boxes,
    cells,
    columns,
    containers,
    content,
    goes_on,
    grid_before,
    is_head,
    paragraphs,
    rows,
    span,
)
from generator.word.measures import EMU_PER_POINT, attribute_points, number, points, whole
from generator.word.names import (
    AS_DELETED,
    ASVG,
    BOOKMARK,
    BREAK,
    CELL,
    DELETED,
    EMBEDDED,
    FIELD_MARK,
    INSTRUCTION,
    LINK,
    MC,
    OFF,
    PARAGRAPH,
    PARAGRAPH_PROPERTIES,
    PIC,
    PICTURES,
    RELATIONSHIP_ID,
    ROW,
    RUN,
    RUN_PROPERTIES,
    SECTION,
    SILENT,
    SIMPLE_FIELD,
    TABLE,
    TEXT,
    VAL,
    WP,
    WPS,
    A,
    Element,
    M,
    R,
    V,
    W,
    child,
    child_value,
    remove,
    switched_on,
    value,
    w,
)
from generator.word.package import (
    RELATIONSHIP,
    STORIES,
    TYPES,
    Package,
    Parts,
    Relationship,
    UnreadableDocument,
    body_of,
    open_document,
    pack,
    packed,
    relationships_of,
    serialized,
    story_roots,
    target_of,
)
from generator.word.places import Places, place_of_box, place_of_cell, placed_paragraphs, quoted
from generator.word.styles import named_styles, outline_levels, style_names, style_of, styles_of, table_style_of
from generator.word.text import WORDS, Piece, may_read, one_line, pieces_of, reads, text_of, words_of
from generator.word.unpublished import leave_to_readers, unpublished
from generator.word.words import CellWords, ParagraphWords, RowWords, digest_of_words, words_of_document
