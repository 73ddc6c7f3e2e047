"""Drawing laid-out pages as a PDF."""
