"""A department's words, held against the edition's rules for them (用语)."""

from generator.checks.prose.checking import check_examples, check_prose, check_words
