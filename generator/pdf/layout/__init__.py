"""Laying out a document: setting makes boxes of its content, placing puts them on sheets."""
