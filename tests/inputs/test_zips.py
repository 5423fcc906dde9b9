from __future__ import annotations

import zipfile
from pathlib import Path

from copydesk.inputs import find, read
from tests.inputs.archives import zipped


def test_an_encrypted_capture_has_a_fault(tmp_path: Path) -> None:
    """A capture that nobody can read is no input that was never seen."""
    data = bytearray(zipped({"a.txt": b"a", "b.txt": b"b"}, zipfile.ZIP_STORED))
    for signature, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(signature) + place] |= 1
    path = tmp_path / "a.zip"
    path.write_bytes(data)
    first, second = find([str(path)]).inputs

    assert (first.inside, first.fault) == ("a.txt", "encrypted")
    assert b"b" == read(second)


def test_another_compression_has_a_fault(tmp_path: Path) -> None:
    """What is compressed by a method that is not known is told of, and what is beside it is read."""
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.txt", b"a", zipfile.ZIP_LZMA)
        archive.writestr("b.txt", b"b")
    first, second = find([str(path)]).inputs

    assert (first.fault, read(second)) == ("unsupported", b"b")


def test_links_folders_and_archives_are_counted(tmp_path: Path) -> None:
    """Members that are no captures are counted by what they are."""
    link = zipfile.ZipInfo("link.txt")
    link.external_attr = 0o120777 << 16
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name in ("folder/", "in.zip", ".hidden.txt", "__MACOSX/._a.txt", "a.txt", "bare"):
            archive.writestr(name, b"")
        archive.writestr(link, b"a.txt")
    found = find([str(path)])

    assert ["a.txt"] == [item.inside for item in found.inputs]
    assert found.passed_over == {"": 1, ".zip": 1, "folder entry": 1, "hidden": 2, "link": 1}


def test_an_archive_behind_a_program_is_read(tmp_path: Path) -> None:
    """What stands before an archive, as in one that unpacks itself, does not move its members."""
    path = tmp_path / "a.zip"
    path.write_bytes(b"#!/bin/sh\nexit\n" + zipped({"a.txt": b"a"}))

    assert [b"a"] == [read(item) for item in find([str(path)]).inputs]


def test_an_archive_inside_is_not_taken_for_the_one_that_breaks_off(tmp_path: Path) -> None:
    """Where the directory is lost that of an archive inside is found, and is not taken for it."""
    inner = zipped({"x.txt": b"x"}, zipfile.ZIP_STORED)
    outer = zipped({"a.txt": b"a", "in.zip": inner, "b.txt": b"b"}, zipfile.ZIP_STORED)
    path = tmp_path / "a.zip"
    path.write_bytes(outer[: outer.index(inner) + len(inner)])
    found = find([str(path)])

    assert [("a.txt", ""), ("", "truncated")] == [(item.inside, item.fault) for item in found.inputs]
    assert found.passed_over == {".zip": 1}
