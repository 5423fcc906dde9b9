"""Find captures among files, folders, containers and standard input, and read them."""

from copydesk.inputs.search import SUFFIXES, find, identified, read, sightings
from copydesk.inputs.values import STDIN, Found, Input, InputError, Sighting

__all__ = ["STDIN", "SUFFIXES", "Found", "Input", "InputError", "Sighting", "find", "identified", "read", "sightings"]
