from __future__ import annotations

import random
import tracemalloc
from collections.abc import Collection
from pathlib import Path

import pytest

from copydesk.errors import CopydeskError, Rejection
from copydesk.inputs import SUFFIXES, Input, find, read
from copydesk.inputs.containers import Reader, kind_of, members
from copydesk.page import MAX_BYTES
from tests.inputs.archives import KINDS, lines, made, records, tarred, zipped

PAGES = {f"{n}.txt": f"page {n} ".encode() * (5 + 7 * n) for n in range(4)}
UNBOUND = {"warc", "warc.gz", "jsonl"}
"""What has no end mark: nothing tells that a whole record or line is missing at the end."""


def listed(path: Path, suffixes: Collection[str] = SUFFIXES, **more: str) -> list[Input]:
    """Return the inputs in a container."""
    return [item for _, item, _ in members(str(path), path.name, suffixes, **more) if item is not None]


def pages_of(path: Path, **more: str) -> tuple[list[bytes], list[Input]]:
    """Return the bytes of the members of a container, and the inputs that are known to have a fault."""
    found = listed(path, **more)
    reader = Reader()
    return [reader.read(item, MAX_BYTES) for item in found if not item.fault], [item for item in found if item.fault]


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_gives_what_was_put_in(kind: str, tmp_path: Path) -> None:
    """Members come in the order of their container, byte for byte, also one by one and in any order."""
    path = made(tmp_path, kind, PAGES)
    items = find([str(path)]).inputs

    assert pages_of(path) == ([*PAGES.values()], [])
    assert [read(item) for item in reversed(items)] == [*PAGES.values()][::-1]
    assert len({item.shown for item in items}) == len(PAGES)


def ends(kind: str) -> list[int] | None:
    """Return where in a container each member is whole, or None where that cannot be told from outside."""
    data = KINDS[kind][1](PAGES)
    if kind in ("zip, stored", "tar"):
        return [data.index(page) + len(page) for page in PAGES.values()]
    if kind == "warc":
        return [data.index(page) + len(page) for page in PAGES.values()]
    if kind == "warc.gz":
        parts = [len(KINDS[kind][1]({name: page})) for name, page in PAGES.items()]
        return [sum(parts[: n + 1]) for n in range(len(parts))]
    return None


@pytest.mark.parametrize("kind", KINDS)
def test_law_a_cut_costs_what_was_cut(kind: str, tmp_path: Path) -> None:
    """Law: wherever a container breaks off, each member that is whole is there, and one fault tells of the cut.

    A file without an end mark can be cut between two records or lines; nothing can tell of that.
    """
    path = made(tmp_path, kind, PAGES)
    data, wanted = path.read_bytes(), [*PAGES.values()]
    between = [0] if kind not in UNBOUND else [n for n in range(len(data)) if _is_between(kind, data, n)]
    known = ends(kind)
    # A tar ends with two blocks of zeros behind the last member; what fills it up to its size may go.
    end = -(-len(data.rstrip(b"\0")) // 512) * 512 + 1024 if kind == "tar" else len(data)
    for cut in range(0, end, 1 if len(data) < 2000 else 7):
        path.write_bytes(data[:cut])
        whole, faults = pages_of(path)

        assert whole == wanted[: len(whole)]
        assert known is None or len(whole) == sum(place <= cut for place in known) or kind == "warc.gz"
        assert len(faults) == (1 if cut not in between or not cut else 0), f"cut at {cut} of {len(data)}"
        assert {fault.fault for fault in faults} <= {"truncated", "damaged", "bad-line"}


def _is_between(kind: str, data: bytes, cut: int) -> bool:
    if kind == "jsonl":
        return data[:cut].endswith(b"\n") or data[cut:].startswith(b"\n")
    if kind == "warc":
        return data[cut:].startswith(b"WARC/1.0")
    return data[cut:].startswith(b"\x1f\x8b\x08\x00") and (cut == 0 or cut in (ends(kind) or ()))


@pytest.mark.parametrize("kind", KINDS)
def test_law_no_damage_ends_the_search(kind: str, tmp_path: Path) -> None:
    """Law: whatever bytes are changed, listing raises nothing and reading nothing but errors of our own."""
    path = made(tmp_path, kind, PAGES)
    data = path.read_bytes()
    chance = random.Random(kind)
    for _ in range(150):
        damaged = bytearray(data)
        for _ in range(chance.choice((1, 3, 20))):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        path.write_bytes(damaged)
        for item in listed(path):
            try:
                assert isinstance(read(item), bytes)
            except CopydeskError:
                continue


def test_a_damaged_member_costs_itself(tmp_path: Path) -> None:
    """Where one member of a ZIP archive has other bytes than its CRC says, the others are read."""
    path = made(tmp_path, "zip, stored", PAGES)
    path.write_bytes(path.read_bytes().replace(b"page 2 ", b"PAGE 2 ", 1))
    items = find([str(path)]).inputs

    assert [read(item) for item in items if item.inside != "2.txt"] == [PAGES[n] for n in PAGES if n != "2.txt"]
    with pytest.raises(CopydeskError, match=r"a\.zip': the bytes of the member at \d+ are not those of its CRC"):
        read(items[2])


@pytest.mark.parametrize("kind", [kind for kind in KINDS if "jsonl" not in kind])
def test_law_a_bomb_does_not_go_off(kind: str, tmp_path: Path) -> None:
    """Law: of a member that is larger than a capture may be, not much more than the limit is ever in memory."""
    path = made(tmp_path, kind, {"bomb.txt": bytes(24 << 20)})
    limit = 1 << 16
    tracemalloc.start()
    (item,) = listed(path)
    with pytest.raises(Rejection, match="a capture has at most 65536"):
        Reader().read(item, limit)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert peak < (20 if kind in ("tar.xz", "tar.zst") else 6) << 20  # these keep a dictionary, or take no limit


@pytest.mark.parametrize("kind", ["zip", "tar", "tar.gz", "warc.gz", "jsonl.gz"])
def test_law_memory_does_not_grow_with_the_bodies(kind: str, tmp_path: Path) -> None:
    """Law: ten thousand members are listed and read one after the other, and only what names them stays."""
    body = b"a line of text\n" * 600
    path = made(tmp_path, kind, {f"folder/{n}.txt": body for n in range(10_000)})
    items = listed(path)
    reader = Reader()
    tracemalloc.start()
    sizes = {len(reader.read(item, MAX_BYTES)) for item in items[:2000]}
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert len(items) == 10_000
    assert sizes == {len(body)}
    assert peak < 4 << 20


def test_an_unread_member_is_not_in_it_any_more(tmp_path: Path) -> None:
    """A container that has become shorter since it was listed is told of."""
    path = made(tmp_path, "tar.gz", PAGES)
    last = find([str(path)]).inputs[-1]
    made(tmp_path, "tar.gz", {"0.txt": b"0"})

    with pytest.raises(CopydeskError, match=r"'3\.txt' is not in it any more"):
        read(last)


def test_what_counts_as_a_container() -> None:
    """The longest suffix counts, in any letters."""
    assert [kind_of(name) and kind_of(name).module for name in ("A.TAR.GZ", "b.tgz", "c.gz", "d.txt", "e.Warc")] == [  # type: ignore[union-attr]
        "tars", "tars", None, None, "warcs",
    ]  # fmt: skip


def test_members_of_one_name_are_told_apart(tmp_path: Path) -> None:
    """Each member has a name of its own in the report, whatever the others are called."""
    path = tmp_path / "a.tar"
    names = ["a.txt", "a.txt#2", "a.txt", "a.txt", "a.txt#2"]
    data = b"".join(tarred({name: b"x"})[:1024] for name in names)
    path.write_bytes(data + bytes(1024))
    found = listed(path, {".txt", ".txt#2"})

    assert len({item.inside for item in found}) == 5
    assert [item.relative for item in found] == [f"a/{name}" for name in names]


def test_in_a_folder_containers_are_entered(tmp_path: Path) -> None:
    """Archives in a folder stand for what is in them; lines of JSON can be anything, and are entered on request."""
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "b.zip").write_bytes(zipped({"1.txt": b"1", "2.jpg": b"2"}))
    (tmp_path / "c.jsonl").write_bytes(lines({"x": b"3"}))
    (tmp_path / "d.warc").write_bytes(b"".join(records({"y": b"4"})))
    without, given = find([str(tmp_path)]), find([str(tmp_path)], fields="text=text")

    assert [item.relative for item in without.inputs] == ["d/1", "sub/b/1.txt"]
    assert without.passed_over == {".jpg": 1, ".jsonl": 1}
    assert [item.relative for item in given.inputs] == ["c/x", "d/1", "sub/b/1.txt"]


def test_one_container_is_one(tmp_path: Path) -> None:
    """A container that is named twice, or is in a folder that is named too, gives its members once."""
    path = made(tmp_path, "zip", PAGES | {"x.jpg": b""})
    found = find([str(path), str(tmp_path), f"{tmp_path}/./a.zip"])

    assert (len(found.inputs), found.passed_over) == (len(PAGES), {".jpg": 1})


def test_a_container_without_captures_is_told(tmp_path: Path) -> None:
    """A container that was named and has none is told of with what it has."""
    path = made(tmp_path, "zip", {"x.jpg": b"", ".x.txt": b""})

    with pytest.raises(CopydeskError, match=r"no capture in this container \(passed over: 1 \.jpg, 1 hidden\)"):
        find([str(path)])
