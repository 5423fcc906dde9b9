"""One capture, whole process: the command from its start to its end, against a Python that does nothing."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from benchmarks.corpus import fill
from benchmarks.measure import Result, compare

ROOT = Path(__file__).resolve().parents[1]
GOAL = 8.0

RUN = "import sys; from copydesk.cli import main; sys.exit(main())"
"""What the installed command does."""


def measure(folder: Path, *, rounds: int) -> Result:
    """Compare `copydesk convert` of one text capture with `python -c pass`, both with the same search path."""
    capture = fill(folder / "captures", 1)[0]
    settings = environment(install(folder))

    def ours() -> None:
        run([sys.executable, "-c", RUN, "convert", str(capture)], settings)

    def theirs() -> None:
        run([sys.executable, "-c", "pass"], settings)

    for work in (ours, theirs):  # the first time reads the files from the disk
        work()
    return compare("convert, whole process", "python -c pass", [(ours, theirs)], rounds=rounds, goal=GOAL)


def install(folder: Path) -> Path:
    """Install a wheel of this tree into a folder of its own, where pip compiles its bytecode, and return the folder.

    The dependencies are those of the Python that runs this. No network is needed.
    """
    target = folder / "site-packages"
    options = ["--quiet", "--disable-pip-version-check", "--no-deps", "--no-index"]
    pip = [sys.executable, "-m", "pip"]
    subprocess.run([*pip, "wheel", *options, "--no-build-isolation", "-w", str(folder), str(ROOT)], check=True)
    wheel = next(folder.glob("copydesk-*.whl"))
    subprocess.run([*pip, "install", *options, "--compile", "--target", str(target), str(wheel)], check=True)
    return target


def environment(target: Path) -> dict[str, str]:
    """Return the environment with this folder first on the search path, and no other setting of Python's."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
    return environment | {"PYTHONPATH": str(target)}


def run(command: list[str], environment: dict[str, str]) -> None:
    """Run a command that has to succeed, and throw away what it says."""
    quiet = subprocess.DEVNULL
    subprocess.run(command, env=environment, check=True, stdin=quiet, stdout=quiet, stderr=quiet)
