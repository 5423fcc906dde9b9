from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Mapping
from pathlib import Path
from random import Random
from typing import NamedTuple

import pytest

from tests.disturbed.captures import FIELDS
from tests.disturbed.conftest import Reference, laid
from tests.disturbed.runs import CONVERT, HERE, run
from tests.disturbed.sums import Tree, check_accounted, outcomes, tree

NAMES = ("mirror", "dated", "{source_id}/{year}/{slug}")
"""How outputs are named; the template gives many documents one name, and so does the mirror of the folder `names`."""


class Setting(NamedTuple):
    """What is other in a run: options, variables, and the mask of new files."""

    options: tuple[str, ...] = ()
    environment: Mapping[str, str] = {}
    umask: int = -1


SETTINGS = {
    "one": Setting(("-j1",)),
    "two": Setting(("-j2",)),
    "three": Setting(("-j3",)),
    "here": Setting(HERE),
    "C": Setting((), {"LC_ALL": "C", "LANG": "C"}),
    "POSIX": Setting(HERE, {"LC_ALL": "POSIX", "LANG": "POSIX"}),
    "C.UTF-8": Setting(HERE, {"LC_ALL": "C.UTF-8"}),
    "Turkish": Setting(HERE, {"LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8", "LANGUAGE": "tr"}),
    "east": Setting(HERE, {"TZ": "Pacific/Kiritimati"}),
    "west": Setting(HERE, {"TZ": "Etc/GMT+12"}),
    "hash 0": Setting(HERE, {"PYTHONHASHSEED": "0"}),
    "hash 1": Setting(("-j2",), {"PYTHONHASHSEED": "1"}),
    "mask": Setting(HERE, {}, 0o077),
    "all": Setting(("-j2",), {"TZ": "Asia/Pyongyang", "LC_ALL": "C", "PYTHONHASHSEED": "77"}, 0o027),
}


PLAIN = Setting()
ASCII = Setting(HERE, {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"})
"""A character set other than UTF-8, in the way in which it is to be had on every machine."""


def converted(folder: Path, *arguments: str, setting: Setting = PLAIN) -> Tree:
    """Run into a new folder, and return its tree."""
    ended = run(*arguments, *setting.options, cwd=folder, environment=setting.environment, umask=setting.umask)
    assert ended.code == 3, ended.err
    return tree(folder / "out")


def converted_anew(folder: Path, *arguments: str) -> Tree:
    """Run over other inputs, in the process of the command, and return the tree, which is then removed."""
    found = converted(folder, "convert", *arguments, *CONVERT[2:], "-o", "out", setting=SETTINGS["here"])
    shutil.rmtree(folder / "out")
    return found


@pytest.mark.parametrize("setting", SETTINGS)
def test_law_a_setting_makes_no_difference(desk: Path, reference: Reference, inputs: int, setting: str) -> None:
    """Law: workers, language, time zone, hash seed and mask of a run make no difference to a byte or a name."""
    name = NAMES[[*SETTINGS].index(setting) % len(NAMES)]
    found = converted(desk, *CONVERT, "-o", "out", "--name", name, setting=SETTINGS[setting])

    check_accounted(desk / "report.jsonl", desk / "out", inputs)
    assert found == reference(name)


def test_law_the_character_set_of_the_locale_makes_no_difference(desk: Path, reference: Reference) -> None:
    """Law: a locale whose character set is not UTF-8 makes no difference to a byte or a name."""
    assert converted(desk, *CONVERT, "-o", "out", setting=ASCII) == reference("mirror")


def test_law_every_input_is_accounted_for_in_any_character_set(desk: Path, inputs: int) -> None:
    """Law: names of files that the locale's character set does not have do not end the run, and stand in its report."""
    converted(desk, *CONVERT, "-o", "out", "--quarantine", "quarantine", setting=ASCII)

    check_accounted(desk / "report.jsonl", desk / "out", inputs)


@pytest.mark.parametrize("name", NAMES)
def test_law_the_order_of_files_makes_no_difference(
    tmp_path: Path, files: dict[str, bytes], reference: Reference, name: str
) -> None:
    """Law: a folder whose files were made in another order, and at another place, gives the same tree."""
    order = Random(name).sample([*files], len(files))
    laid(tmp_path, {key: files[key] for key in order})
    found = converted(tmp_path, *CONVERT, "-o", "out", "--name", name, setting=SETTINGS["all"])

    assert found == reference(name)


@pytest.mark.parametrize("name", NAMES)
def test_law_the_order_of_arguments_makes_no_difference(desk: Path, name: str) -> None:
    """Law: the same folders in another order give the same tree, also where their files share names."""
    folders = sorted(f"in/{entry}" for entry in os.listdir(desk / "in"))
    (desk / "in2" / "text").mkdir(parents=True)
    for number in range(3):  # which share a path below their folder with others
        shutil.copy(desk / "in" / "text" / f"{number:02}.txt", desk / "in2" / "text")
    arguments = [*folders, "in2/text"]
    shuffled = Random(name).sample(arguments, len(arguments))
    trees = [converted_anew(desk, *order, "--name", name) for order in (arguments, shuffled)]

    assert len(trees[0]) > 75
    assert trees[0] == trees[1]


@pytest.mark.parametrize("name", NAMES)
def test_law_the_order_of_a_list_makes_no_difference(desk: Path, files: dict[str, bytes], name: str) -> None:
    """Law: a list of inputs that is shuffled gives the same tree."""
    paths = [f"in/{path}" for path in files]
    trees = []
    for order in (sorted(paths), Random(2).sample(paths, len(paths))):
        (desk / "list").write_bytes(os.fsencode("".join(f"{path}\n" for path in order)))
        trees.append(converted_anew(desk, "--from-file", "list", "--name", name))

    assert len(trees[0]) > 70
    assert trees[0] == trees[1]


@pytest.mark.parametrize("name", NAMES)
def test_law_the_place_of_the_command_makes_no_difference(place: Path, tmp_path: Path, name: str) -> None:
    """Law: with absolute paths the working directory, and the path of the output, make no difference."""
    (tmp_path / "deep" / "er").mkdir(parents=True)
    trees = []
    for number, cwd in enumerate((place, tmp_path / "deep" / "er")):
        out = tmp_path / f"out{number}"
        arguments = ("convert", str(place / "in"), "--fields", FIELDS, "--plugins-dir", str(place / "plugins"))
        assert run(*arguments, "-o", str(out), "--name", name, *HERE, cwd=cwd).code == 3
        trees.append(tree(out))

    assert len(trees[0]) > 70
    assert trees[0] == trees[1]


def test_files_have_the_mode_that_the_mask_leaves(desk: Path) -> None:
    """The mask of new files is kept, though files are written beside their place first."""
    converted(desk, *CONVERT, "-o", "out", setting=SETTINGS["mask"])
    modes = {stat.S_IMODE(path.stat().st_mode) for path in (desk / "out").rglob("*.md")}

    assert modes == {0o600}


@pytest.mark.parametrize("name", NAMES)
def test_law_a_second_run_in_another_setting_writes_nothing(desk: Path, inputs: int, name: str) -> None:
    """Law: what one run has written is unchanged to another, whatever its setting, and no file is touched."""
    converted(desk, *CONVERT, "-o", "out", "--name", name, setting=SETTINGS["here"])
    before = touched(desk / "out")
    converted(desk, *CONVERT, "-o", "out", "--name", name, setting=SETTINGS["all"])
    statuses = {row["status"] for row in outcomes(desk / "report.jsonl").values()}

    assert statuses == {"unchanged", "rejected"}
    assert len(outcomes(desk / "report.jsonl")) == inputs
    assert touched(desk / "out") == before


def touched(folder: Path) -> dict[Path, tuple[int, int]]:
    """Return when each file of the tree was written, and which file of the disk it is."""
    return {path: (path.stat().st_mtime_ns, path.stat().st_ino) for path in folder.rglob("*.md")}
