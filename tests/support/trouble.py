"""A plugin of one file that makes trouble for each capture with its label."""

from __future__ import annotations

PLUGIN = """
import os, re, signal, time
from copydesk.plugin import Source, hookimpl

def trouble(reading):
    {code}
    return ()

@hookimpl
def copydesk_sources():
    return (Source("trouble", "{name}", labels=("Trouble",), habits={{"en": (trouble,)}}),)
"""


def plugin(code: str, name: str = "Trouble") -> str:
    """Return the text of the plugin, with a line of code that it runs for each of its captures."""
    return PLUGIN.format(code=code, name=name)
