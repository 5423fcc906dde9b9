"""Plugins of one file that hold a document or make trouble, each for captures with a label of its own."""

from __future__ import annotations

from pathlib import Path

HELD = '''"""Holds a document while a folder has a file `closed`, before it is written or in the middle of that."""

import os
import time
from copydesk.plugin import Source, hookimpl

FOLDER, AT = (os.environ.get(name, "") for name in ("DISTURBED_FOLDER", "DISTURBED_AT"))
WRITE, REPLACE = os.write, os.replace


def wait():
    open(os.path.join(FOLDER, str(os.getpid())), "w").close()
    while os.path.exists(os.path.join(FOLDER, "closed")):
        time.sleep(0.005)


def half(handle, data):
    if not os.path.basename(os.readlink(f"/proc/self/fd/{handle}")).endswith((".md", ".tmp")):
        return WRITE(handle, data)
    os.write = WRITE
    written = WRITE(handle, data[: len(data) // 2])
    wait()
    return written


def late(source, target, **more):
    if str(target).endswith(".md"):
        os.replace = REPLACE
        wait()
    return REPLACE(source, target, **more)


def held(reading):
    if AT == "rule":
        wait()
    if AT == "write":
        os.write = half
    if AT == "replace":
        os.replace = late
    return ()


@hookimpl
def copydesk_sources():
    return (Source("held", "Held", labels=("Held",), habits={"en": (held,)}),)
'''

TROUBLE = '''"""Makes trouble."""

import os, re, signal, time
from copydesk.plugin import Source, hookimpl


def trouble(reading):
    {code}
    return ()


@hookimpl
def copydesk_sources():
    return (Source("trouble-{name}", "Trouble", labels=("Trouble {name}",), habits={{"en": (trouble,)}}),)
'''


def plant(folder: Path, name: str, code: str = "pass") -> None:
    """Write a plugin for captures with the label `Trouble NAME (En)`, with a line of code for each of them."""
    folder.mkdir(exist_ok=True)
    (folder / f"trouble_{name}.py").write_text(TROUBLE.format(name=name, code=code), "utf-8")
