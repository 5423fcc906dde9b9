from __future__ import annotations

import io
import tracemalloc
import zipfile
import zlib
from pathlib import Path
from unittest import mock

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from copydesk.inputs import directories, sightings
from tests.inputs.archives import streamed_zip, zipped

NAMES = st.text(st.characters(exclude_characters="\0", codec="utf-8"), min_size=1, max_size=9)
PAGES = st.dictionaries(NAMES, st.binary(max_size=40), max_size=6)


def read(data: bytes) -> list[directories.Entry] | None:
    """Return the members of an archive, or None where its directory is not whole."""
    file = io.BytesIO(data)
    found = directories.found(file)
    return None if found is None else list(directories.entries(file, found))


def by_zipfile(data: bytes) -> list[directories.Entry]:
    """Return what the standard library says of the members of an archive."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return [directories.Entry(info.filename, info.flag_bits, info.compress_type, info.header_offset,
                                  info.compress_size, info.CRC, info.external_attr >> 16)
                for info in archive.infolist()]  # fmt: skip


def archive(pages: dict[str, bytes], comment: bytes, limit: int) -> bytes:
    """Return an archive with comments, in which sizes and offsets over a limit have 64 bits."""
    buffer = io.BytesIO()
    with mock.patch.object(zipfile, "ZIP64_LIMIT", limit), zipfile.ZipFile(buffer, "w") as made:
        made.comment = comment
        for name, data in pages.items():
            info = zipfile.ZipInfo(name)
            info.comment, info.external_attr = comment[:5], 0o640 << 16
            made.writestr(info, data)
    return buffer.getvalue()


@given(PAGES, st.binary(max_size=20), st.sampled_from((10, 100, 1 << 31)), st.binary(max_size=9))
def test_law_a_directory_is_read_as_elsewhere(
    pages: dict[str, bytes], comment: bytes, limit: int, before: bytes
) -> None:
    """Law: names, offsets, sizes and sums are those that Python's zipfile reads, with 64 bits and comments, too."""
    assume(b"PK\x05\x06" not in comment)  # which zipfile takes for the end
    data = before + archive(pages, comment, limit)

    assert by_zipfile(data) == read(data)


@given(PAGES, st.data())
def test_law_a_directory_is_whole_or_none(pages: dict[str, bytes], data: st.DataObject) -> None:
    """Law: what is cut off anywhere has no directory, whatever else it has."""
    whole = zipped(pages)
    cut = data.draw(st.integers(0, len(whole) - 1))

    assert read(whole[:cut]) is None


@given(st.binary(max_size=80), PAGES, st.data())
def test_law_no_bytes_end_the_reading(noise: bytes, pages: dict[str, bytes], data: st.DataObject) -> None:
    """Law: whatever stands in a file, a directory is read or there is none."""
    whole = bytearray(archive(pages, noise, 10))
    for _ in range(data.draw(st.integers(0, 5))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))

    read(bytes(whole))

    assert read(noise) is None


def test_a_name_may_stand_in_unicode_beside_another() -> None:
    """The name of an extra field counts if it was made for the name that stands there, and not otherwise."""
    for raw, expected in (("x.txt", "é.txt"), ("other", "x.txt")):
        field = b"\x01" + zlib.crc32(raw.encode()).to_bytes(4, "little") + "é.txt".encode()
        info = zipfile.ZipInfo("x.txt")
        info.extra = (0x7075).to_bytes(2, "little") + len(field).to_bytes(2, "little") + field
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as made:
            made.writestr(info, b"")

        assert [expected] == [entry.name for entry in read(buffer.getvalue()) or ()]


@pytest.mark.parametrize("make", [zipped, streamed_zip])
def test_a_long_directory_is_read_in_parts(make: object, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a part ends within an entry nothing is lost."""
    assert callable(make)
    data = make({f"{n}/{'x' * n}.txt": b"" for n in range(200)})
    monkeypatch.setattr(directories, "MOST_ENTRY", 300)
    for size in (300, 301, 1000):
        monkeypatch.setattr(directories, "CHUNK", size)

        assert by_zipfile(data) == read(data)


def test_law_memory_does_not_grow_with_a_directory(tmp_path: Path) -> None:
    """Law: of the members of an archive no more stays than what tells names apart."""
    path = tmp_path / "a.zip"
    path.write_bytes(zipped({f"folder/{n}.txt": b"" for n in range(20_000)}))
    list(sightings([str(path)]))
    tracemalloc.start()
    with open(path, "rb") as file:
        found = directories.found(file)
        assert found is not None
        count = sum(1 for _ in directories.entries(file, found))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert count == 20_000
    assert peak < 4 << 20
