"""Setting: characters become glyphs, glyphs lines, blocks slabs in a column. Nothing has its place on a page yet."""

from generator.pdf.layout.setting.borders import NO_EDGE, Edge, edge, resolved
from generator.pdf.layout.setting.characters import slot
from generator.pdf.layout.setting.flow import Flow
from generator.pdf.layout.setting.paragraphs import Typesetter
