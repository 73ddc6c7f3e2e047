"""Word templates before they are filled: what they may say, whether they are right, and what they hold, as text."""
