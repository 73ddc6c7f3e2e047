"""Setting: characters become glyphs, glyphs lines, blocks slabs in a column. Nothing has its place on a page yet."""
