"""The command `juesuan`: what users type and read."""

from generator.cli.app import main as main
