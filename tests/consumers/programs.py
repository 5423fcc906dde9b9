"""Where the programs are, and how one is run."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from tests.consumers.consumer import Ask, Consumer, MissingError
from tests.consumers.installed import NODE

SCRIPTS = Path(__file__).with_name("scripts")

_TIME = 600.0


def run(*command: str | Path, folder: Path | None = None, given: str = "", **variables: str) -> str:
    """Run a program and return what it prints; one that fails raises with the end of what it said."""
    environment = {**os.environ, "LANG": "C.UTF-8", **variables}
    try:
        found = subprocess.run(command, cwd=folder, env=environment, input=given, capture_output=True, check=False,
                               text=True, encoding="utf-8", timeout=_TIME)  # fmt: skip
    except FileNotFoundError as error:
        raise MissingError(f"{command[0]} is not installed; .ci/consumers installs it") from error
    if found.returncode:
        said = (found.stderr + found.stdout)[-3000:]
        raise AssertionError(f"{Path(command[0]).name} ended with {found.returncode}: {said}")
    return found.stdout


def by_apt(name: str) -> str:
    """Return the path of a program that Debian's packages bring."""
    path = shutil.which(name, path="/usr/bin:/usr/local/bin:/bin")
    if not path:
        raise MissingError(f"{name} is not installed; .ci/consumers installs it by apt")
    return path


def by_pip(name: str, module: str, *inside: str) -> str:
    """Return the path of a program that a wheel brings: inside its module, or beside Python."""
    from importlib.util import find_spec

    spec = find_spec(module)
    roots = [Path(root) for root in (spec.submodule_search_locations or ())] if spec else []
    places = [root.joinpath(*inside) for root in roots] if inside else [Path(sys.executable).with_name(name)]
    path = next((place for place in places if spec and place.exists()), None)
    if path is None:
        raise MissingError(f"{name} is not installed for this Python; it comes with the extra 'consumers'")
    return str(path)


def of_pip(distribution: str) -> Callable[[], str]:
    """Return a function that says the version of a distribution."""

    def installed() -> str:
        try:
            return version(distribution)
        except PackageNotFoundError as error:
            raise MissingError(f"{distribution} is not installed; it comes with the extra 'consumers'") from error

    return installed


def node_folder() -> Path:
    """Return the folder with the packages of npm."""
    folder = Path(os.environ.get(NODE) or "nowhere").resolve()
    if not (folder / "node_modules").is_dir():
        raise MissingError(f"{NODE} names no folder with node_modules; .ci/consumers installs them by npm")
    return folder


def node_version(package: str) -> str:
    """Return the version of a package of npm."""
    file = node_folder() / "node_modules" / package / "package.json"
    if not file.exists():
        raise MissingError(f"{package} is not installed in {NODE}; .ci/consumers installs it by npm")
    if not shutil.which("node"):
        raise MissingError("node is not installed; install Node 20 or later")
    return str(json.loads(file.read_text("utf-8"))["version"])


def node_tool(name: str, package: str) -> Consumer:
    """Return a tool of JavaScript by the name that `ask.mjs` has for it; one process answers all texts."""
    script = SCRIPTS / "ask.mjs"

    def ask(texts: Sequence[str]) -> Sequence[Any]:
        return _json("node", script, name, str(node_folder()), texts=texts)

    return Consumer(name, lambda: node_version(package), ask)


def ruby(tool: str) -> Ask:
    """Return a function that asks a tool of Ruby, in one process for all texts."""
    return lambda texts: _json("ruby", SCRIPTS / "ask.rb", tool, texts=texts)


@cache
def ruby_version(tool: str) -> str:
    """Return the version of a tool of Ruby."""
    by_apt("ruby")
    try:
        return run("ruby", SCRIPTS / "ask.rb", tool, "version").strip()
    except AssertionError as error:
        raise MissingError(f"{tool} is not installed for Ruby; .ci/consumers installs it by apt") from error


def _json(*command: str | Path, texts: Sequence[str]) -> Sequence[Any]:
    answers: Sequence[Any] = json.loads(run(*command, given=json.dumps(texts)))
    return answers
