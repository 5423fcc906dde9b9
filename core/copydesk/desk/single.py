"""Plugins of one file: found in a folder, and imported without being installed."""

from __future__ import annotations

import os
import re
import sys
from hashlib import sha256
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from types import ModuleType

from copydesk.desk.installed import FILE, EntryPoint
from copydesk.errors import PluginError

_NAME = re.compile(r"[A-Za-z0-9][\w.-]*")


def in_folder(folder: str) -> list[EntryPoint]:
    """Return an entry point for each `.py` file of a folder, by name; what begins with `_` or `.` is no plugin.

    The name is that of the file, and the version a hash of what stands in it: so a document tells what made it.
    Raises PluginError for a folder or a file that cannot be read, or a name that cannot be a plugin's.
    """
    try:
        files = sorted(file for file in os.listdir(folder) if file.endswith(".py") and file[0] not in "_.")
        return [_point(folder, file) for file in files]
    except OSError as problem:
        raise PluginError(f"{problem.filename!r}: no plugins can be read there: {problem.strerror}; "
                          "name a folder of .py files") from None  # fmt: skip


def _point(folder: str, file: str) -> EntryPoint:
    path, name = os.path.join(folder, file), file.removesuffix(".py")
    if not _NAME.fullmatch(name):
        raise PluginError(f"{path!r}: {name!r} cannot be the name of a plugin; use letters, digits, - and _")
    with open(path, "rb") as stream:
        digest = sha256(stream.read()).hexdigest()
    return EntryPoint(name, f"{FILE}{os.path.abspath(path)}", path, f"0+sha256.{digest[:12]}")


def import_file(path: str) -> ModuleType:
    """Import a file as a module under a name of its own, and leave no compiled copy beside it."""
    name = f"copydesk_single_{re.sub(r'[^0-9A-Za-z]', '_', path)}"
    loader = SourceFileLoader(name, path)
    spec = spec_from_loader(name, loader)
    assert spec is not None
    module = module_from_spec(spec)
    sys.modules[name] = module  # dataclasses and others look their module up
    before, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    try:
        loader.exec_module(module)
    except BaseException:
        del sys.modules[name]
        raise
    finally:
        sys.dont_write_bytecode = before
    return module
