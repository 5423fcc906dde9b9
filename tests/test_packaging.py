from __future__ import annotations

import ast
import json
import subprocess
import sys
import sysconfig
from email import message_from_string
from email.message import Message
from pathlib import Path
from typing import NamedTuple
from zipfile import ZipFile

import pytest
import yaml

import copydesk
from copydesk.testing.cases import cases_below

ROOT = Path(__file__).resolve().parents[1]
SPECIMEN = ROOT / "seeds" / "kcna" / "layout-a"
SOURCE_ROOTS = ("core", "plugins", "schemas")
PLUGINS = {"dprk-today", "kcna", "kcnawatch", "naenara", "pyongyang-times", "voice-of-korea"}
PACKAGES = {"copydesk", "copydesk_schemas", *(f"copydesk_{plugin.replace('-', '_')}" for plugin in PLUGINS)}
SCHEMAS = ROOT / "schemas" / "copydesk_schemas"
COMPILED = "copydesk_schemas/compiled/"
SPECIMENS = "copydesk/testing/specimens/"
INFO = f"copydesk-{copydesk.__version__}.dist-info"

RUN = "import sys; from copydesk.cli import main; sys.exit(main(sys.argv[1:]))"
WHERE = """import copydesk, importlib.resources, json
schema = importlib.resources.files("copydesk_schemas") / "article.yaml"
print(json.dumps([copydesk.__file__, str(schema)]))"""
EDITABLE = "import sys; from hatchling.build import build_editable; print(build_editable(sys.argv[1]))"


class Install(NamedTuple):
    """A folder that a wheel was installed into; ``cwd`` is a folder that has nothing to do with it."""

    target: Path
    cwd: Path

    def python(self, code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run a program that sees this folder, the dependencies, and no other install of Copydesk.

        `-S` leaves the `.pth` files alone by which an editable install is seen; only this folder's own are read.
        """
        libraries = [sysconfig.get_path("purelib"), sysconfig.get_path("platlib")]
        paths = f"import site, sys\nsys.path[:0] = {libraries!r}\nsite.addsitedir({str(self.target)!r})\n"
        command = [sys.executable, "-I", "-S", "-c", paths + code, *arguments]
        return subprocess.run(command, cwd=self.cwd, capture_output=True, text=True, encoding="utf-8", check=False)


def _done(command: list[str], *, cwd: Path = ROOT) -> str:
    found = subprocess.run(command, cwd=cwd, capture_output=True, text=True, encoding="utf-8", check=False)
    assert found.returncode == 0, f"{command} failed:\n{found.stdout}\n{found.stderr}"
    return found.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the source distribution, and from it the wheel, without the network."""
    folder = tmp_path_factory.mktemp("dist")
    _done([sys.executable, "-m", "build", "--no-isolation", "--outdir", str(folder), str(ROOT)])
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def editable_wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build what `pip install -e` installs."""
    folder = tmp_path_factory.mktemp("editable")
    return folder / _done([sys.executable, "-c", EDITABLE, str(folder)]).split()[-1]


def _installed(wheel: Path, folder: Path) -> Install:
    target, cwd = folder / "site-packages", folder / "elsewhere"
    cwd.mkdir()
    options = ["--no-deps", "--no-index", "--no-compile", "--disable-pip-version-check", "--target", str(target)]
    _done([sys.executable, "-m", "pip", "install", "--quiet", *options, str(wheel)])
    return Install(target, cwd)


@pytest.fixture(scope="module", params=["wheel", "editable_wheel"], ids=["wheel", "editable"])
def install(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Install:
    """Install Copydesk both ways, each into a folder of its own."""
    return _installed(request.getfixturevalue(request.param), tmp_path_factory.mktemp("installed"))


def _names(wheel: Path) -> set[str]:
    with ZipFile(wheel) as archive:
        return set(archive.namelist())


def _text(wheel: Path, name: str) -> str:
    with ZipFile(wheel) as archive:
        return archive.read(f"{INFO}/{name}").decode("utf-8")


def _metadata(wheel: Path) -> Message:
    return message_from_string(_text(wheel, "METADATA"))


def _sources() -> set[str]:
    """Return the files that the source roots hold, as a wheel names them."""
    files = ((root, file) for root in SOURCE_ROOTS for file in (ROOT / root).rglob("*") if file.is_file())
    names = {file.relative_to(ROOT / root).as_posix() for root, file in files}
    return {name for name in names if not name.startswith(".") and "/." not in name and "__pycache__/" not in name}


def test_the_wheel_holds_the_source_files_and_nothing_else(wheel: Path) -> None:
    """Every file of the three source roots is in the wheel under its import name, with what is put beside them."""
    code = {name for name in _names(wheel) if not name.startswith((f"{INFO}/", COMPILED, SPECIMENS))}

    assert _sources() == code
    assert {"copydesk_schemas/article.yaml", "copydesk/py.typed", "copydesk_schemas/py.typed"} <= code


def test_the_wheel_holds_each_schema_compiled_too(wheel: Path) -> None:
    """The compiled schemas say what the YAML files say, and none is missing or left over."""
    written = {file.stem: yaml.safe_load(file.read_text("utf-8")) for file in SCHEMAS.glob("*.yaml")}
    with ZipFile(wheel) as archive:
        names = [name for name in archive.namelist() if name.startswith(COMPILED)]
        compiled = {Path(name).stem: archive.read(name).decode("utf-8") for name in names}
    assert compiled.pop("__init__")

    assert written == {name: ast.literal_eval(text.partition("SCHEMA = ")[2]) for name, text in compiled.items()}


def test_the_wheel_holds_the_captures_of_the_specimens(wheel: Path) -> None:
    """Each specimen is in the wheel with its hints and its capture, and nothing that is expected of it."""
    seeds = ROOT / "seeds"
    recorded = ("expected.md", "account.tsv", "rejected.json", "README.md", ".gitattributes")
    files = {path.relative_to(seeds).as_posix() for path in seeds.rglob("*") if path.is_file()}

    assert {f"{SPECIMENS}{name}" for name in files if Path(name).name not in recorded} == {
        name for name in _names(wheel) if name.startswith(SPECIMENS)
    }


BUNDLED = """from copydesk.testing.bundled import bundled
print(len(bundled()), sum(len(case.capture.data) for case in bundled()))"""


def test_an_install_finds_the_specimens(install: Install) -> None:
    """The kit of either install has the captures that no other plugin may take."""
    cases = cases_below(ROOT / "seeds")

    assert install.python(BUNDLED).stdout.split() == [str(len(cases)), str(sum(len(c.capture.data) for c in cases))]


def test_an_install_puts_copydesk_packages_into_site_packages_and_nothing_else(wheel: Path) -> None:
    """All that stands directly in site-packages after an install is named `copydesk*`."""
    assert PACKAGES | {INFO} == {name.partition("/")[0] for name in _names(wheel)}


def test_metadata(wheel: Path) -> None:
    """The metadata give the version of the package, its licence, the README, and what it needs at run time."""
    metadata = _metadata(wheel)
    needs = [need for need in metadata.get_all("Requires-Dist", []) if "extra ==" not in need]

    assert ("copydesk", copydesk.__version__) == (metadata["Name"], metadata["Version"])
    assert ("MIT", ">=3.11") == (metadata["License-Expression"], metadata["Requires-Python"])
    assert (ROOT / "README.md").read_text("utf-8").strip() == str(metadata.get_payload()).strip()
    libraries = {"charset-normalizer", "cssselect", "jsonschema-rs", "lxml", "markdownify", "pluggy", "pyyaml", "rich"}
    assert libraries == {need.partition(">")[0] for need in needs}
    assert f"{INFO}/licenses/LICENSE" in _names(wheel)


def test_each_plugin_package_has_an_entry_point(wheel: Path) -> None:
    """Each package in `plugins/` is named by an entry point of the group `copydesk`: none was forgotten."""
    lines = _text(wheel, "entry_points.txt").split("[copydesk]")[1].split("[")[0].split("\n")
    targets = {line.partition("=")[2].strip() for line in lines if line.strip()}

    assert {folder.name for folder in (ROOT / "plugins").iterdir() if folder.is_dir()} == targets


def test_an_install_converts_a_specimen_from_a_neutral_folder(install: Install) -> None:
    """The command of either install writes the body that is recorded beside the specimen, wherever it is run."""
    found = install.python(RUN, "convert", str(SPECIMEN / "capture.txt"), "-o", "out")
    written = (install.cwd / "out" / "capture.md").read_text("utf-8")

    assert (0, "1 input = 1 written + 0 unchanged + 0 rejected + 0 failed\n") == (found.returncode, found.stderr)
    assert _body((SPECIMEN / "expected.md").read_text("utf-8")) == _body(written)


def _body(text: str) -> str:
    return text.partition("\n---\n")[2]


def test_an_install_finds_its_plugins(install: Install) -> None:
    """Either install finds the bundled plugins by their entry points, and all of them are active."""
    found = install.python(RUN, "plugins", "--json")
    plugins = json.loads(found.stdout)

    assert PLUGINS == {plugin["name"] for plugin in plugins}
    assert {("active", f"copydesk {copydesk.__version__}")} == {(row["state"], row["origin"]) for row in plugins}


def test_an_install_finds_its_schemas(install: Install) -> None:
    """`copydesk schema` of either install prints the one copy of the schema."""
    assert (SCHEMAS / "article.yaml").read_text("utf-8") == install.python(RUN, "schema").stdout


def test_an_install_is_used_from_where_it_is(install: Install) -> None:
    """A wheel is used from site-packages; an editable install from the repository, with the schemas beside it."""
    editable = not (install.target / "copydesk").exists()
    home = {True: ROOT / "core", False: install.target}[editable]
    schemas = {True: ROOT / "schemas", False: install.target}[editable]
    package, schema = json.loads(install.python(WHERE).stdout)

    assert home / "copydesk" / "__init__.py" == Path(package)
    assert schemas / "copydesk_schemas" / "article.yaml" == Path(schema)
