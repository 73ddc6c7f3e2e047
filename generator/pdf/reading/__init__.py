"""Reading a Word document into values."""
