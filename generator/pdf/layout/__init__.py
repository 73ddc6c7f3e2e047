"""Laying out a document: glyphs, lines, paragraphs, tables, pages."""
