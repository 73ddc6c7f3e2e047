"""What a Word document holds, as values: blocks and their looks, lengths in points. Nothing here opens a file."""
