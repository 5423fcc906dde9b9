"""Find captures among files, folders, containers and standard input, and read them."""

from copydesk.inputs.search import SUFFIXES, find, read
from copydesk.inputs.values import STDIN, Found, Input, InputError

__all__ = ["STDIN", "SUFFIXES", "Found", "Input", "InputError", "find", "read"]
