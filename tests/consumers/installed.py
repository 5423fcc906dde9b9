"""What of the tools outside Python's own is installed here; a test whose tool is missing is skipped by its name."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sysconfig
from pathlib import Path

import pytest

NODE = "COPYDESK_NODE"
"""The environment variable that names the folder in which `node_modules` has the packages of Node."""


def node_package(name: str) -> Path:
    """Return the folder of a package of Node, or skip the test."""
    home = os.environ.get(NODE)
    if not home:
        pytest.skip(f"{NODE} is not set, so there is no {name}")
    folder = Path(home, "node_modules", name).resolve()
    if not folder.is_dir() or not shutil.which("node"):
        pytest.skip(f"{name} is not installed for Node in {home}")
    return folder


def python_package(name: str) -> None:
    """Skip the test where a package of Python is missing."""
    if importlib.util.find_spec(name) is None:
        pytest.skip(f"the Python package {name} is not installed")


def program(name: str) -> str:
    """Return the path of a program, of this environment before the system's, or skip the test."""
    found = shutil.which(name, path=sysconfig.get_path("scripts")) or shutil.which(name)
    if not found:
        pytest.skip(f"the program {name} is not installed")
    return str(found)


def done(command: list[str], cwd: Path, **variables: str) -> str:
    """Run a command that must succeed, and return what it prints."""
    found = run(command, cwd, **variables)
    assert found.returncode == 0, f"{command} failed:\n{found.stdout}\n{found.stderr}"
    return found.stdout


def run(command: list[str], cwd: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run a command and return its exit code and what it prints."""
    environment = os.environ | variables
    return subprocess.run(
        command, cwd=cwd, env=environment, capture_output=True, text=True, encoding="utf-8", check=False, timeout=300
    )
