"""A virtual environment with Copydesk installed from this checkout and no plugin but its own."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]


class Fresh(NamedTuple):
    """The environment in a folder; its dependencies are those of the environment that runs the tests."""

    folder: Path

    @property
    def programs(self) -> Path:
        """Where its programs stand."""
        return self.folder / ("Scripts" if os.name == "nt" else "bin")

    def run(self, command: str, cwd: Path) -> subprocess.CompletedProcess[str]:
        """Run a command of the shell as after `activate`, without the network, and return what it printed."""
        unset = ("COLUMNS", "LINES", "PYTHONPATH", "COPYDESK_PLUGINS", "COPYDESK_PLUGINS_DIR", "PYTEST_ADDOPTS")
        environment = {key: value for key, value in os.environ.items() if key not in unset}
        path = os.pathsep.join((str(self.programs), environment["PATH"]))
        environment |= {"PATH": path, "PIP_NO_INDEX": "1", "PIP_NO_BUILD_ISOLATION": "0", "PYTHONUTF8": "1",
                        "PIP_DISABLE_PIP_VERSION_CHECK": "1", "VIRTUAL_ENV": str(self.folder)}  # fmt: skip
        return subprocess.run(["bash", "-c", command], cwd=cwd, env=environment, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, encoding="utf-8", check=False)  # fmt: skip

    def done(self, command: str, cwd: Path) -> str:
        """Run a command that must succeed, and return what it printed."""
        found = self.run(command, cwd)
        assert found.returncode == 0, f"{command}\n{found.stdout}"
        return found.stdout


def fresh(folder: Path) -> Fresh:
    """Make the environment: what it needs beside Copydesk it finds where the tests have it."""
    venv.create(folder, with_pip=True)
    made = Fresh(folder)
    libraries = "\n".join(dict.fromkeys((sysconfig.get_path("purelib"), sysconfig.get_path("platlib"))))
    next(folder.glob("**/site-packages")).joinpath("libraries.pth").write_text(libraries, "utf-8")
    options = "--quiet --no-deps --ignore-installed --no-compile"
    made.done(f"'{made.programs / Path(sys.executable).name}' -m pip install {options} '{ROOT}'", folder)
    return made
