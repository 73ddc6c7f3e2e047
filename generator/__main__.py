"""`python -m generator`: the command `juesuan`."""

from generator.cli import main

main()
