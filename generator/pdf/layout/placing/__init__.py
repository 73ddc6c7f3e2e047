"""Placing: slabs fill pages, and everything on a page has its place."""
