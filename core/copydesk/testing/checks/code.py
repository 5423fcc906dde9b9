"""Whether the code of the plugin names anything by which it could read more than its page."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator

from copydesk.testing.kit import Kit

IMPURE = frozenset(
    ("asyncio", "builtins", "ctypes", "glob", "http", "importlib", "io", "locale", "multiprocessing", "os", "pathlib",
     "random", "secrets", "shutil", "signal", "socket", "sqlite3", "subprocess", "sys", "tempfile", "threading", "time",
     "urllib", "uuid")
)  # fmt: skip
"""Modules by which a plugin could read a file, a clock, the network, the environment or dice."""
CALLS = frozenset(("open", "eval", "exec", "compile", "__import__", "input", "print", "today", "now", "utcnow"))
PUBLIC = ("copydesk", "copydesk.plugin")


def code(kit: Kit) -> Iterator[str]:
    """The plugin imports public names and the pure part of the library, opens no file and asks no clock."""
    known = {point.target.partition(":")[0].split(".")[0] for point in kit.points if not point.is_file}
    allowed = (sys.stdlib_module_names - IMPURE) | known | set(kit.spec.imports)
    for path in kit.files:
        tree = ast.parse(path.read_bytes())
        shown = f"{path.parent.name}/{path.name}"
        for line, module in imported(tree):
            if module not in PUBLIC and (module.split(".")[0] == "copydesk" or module.split(".")[0] not in allowed):
                yield (f"{shown}:{line}: imports {module!r}; a plugin uses copydesk.plugin and what is pure in the "
                       "library (allow another with imports=)")  # fmt: skip
        for line, call in called(tree):
            yield f"{shown}:{line}: calls {call!r}; a plugin reads its page and nothing else"


def imported(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Give line and module of each import that is not relative."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield node.lineno, node.module or ""


def called(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Give line and name of each call by which more than the page could be read; `re.compile` is none."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            call = node.func
            name = call.id if isinstance(call, ast.Name) else call.attr if isinstance(call, ast.Attribute) else ""
            if name in CALLS and not (name == "compile" and isinstance(call, ast.Attribute)):
                yield node.lineno, name
