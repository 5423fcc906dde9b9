from __future__ import annotations

import gzip
import random
import re
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from copydesk.errors import CopydeskError
from copydesk.inputs import Input, find, read
from copydesk.inputs.containers import members
from copydesk.inputs.streams import NEAR, Stream
from tests.inputs.archives import http, record
from tests.inputs.test_warcs import written

NOISE = random.Random(1).randbytes(3 * NEAR)
"""What cannot be compressed."""


class Known(NamedTuple):
    """What is known of a file: its inputs without their places, the bytes of each or what is wrong, what is no page."""

    inputs: list[Input]
    contents: list[bytes | str]
    passed_over: list[str]


def known(path: Path) -> Known:
    """List a file, and read all that is in it."""
    found = list(members(str(path), path.name, ()))
    items = [item for _, item, _ in found if item is not None]
    passed_over = [why for _, item, why in found if item is None]
    return Known([item._replace(where=()) for item in items], [*map(content, items)], passed_over)


def content(item: Input) -> bytes | str:
    """Return the bytes of an input, or what is wrong with it."""
    try:
        return read(item)
    except CopydeskError as problem:
        return str(problem)


def known_slowly(path: Path) -> Known:
    """Do the same without leaving out anything: the law's other side."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Stream, "leave", lambda *_: False)
        return known(path)


def crawl(pages: int = 3) -> list[bytes]:
    """Return the records of a crawl: some documents, and what stands between them."""
    found = [record(b"software: x", "warcinfo", "application/warc-fields")]
    for number in range(pages):
        body = f"<p>page {number} {NOISE[:800 * number].hex()}</p>".encode()
        found += [
            record(b"GET / HTTP/1.1\r\n\r\n", "request", "application/http; msgtype=request"),
            record(http(body, "text/html"), WARC_Target_URI=f"https://a.example/{number}"),
            record(b"fetched: yes", "metadata", "application/warc-fields"),
        ]
    return [*found, record(http(b"gone", status=404)), record(b"text " * 50, "conversion", "text/plain")]


def test_law_a_cut_is_seen_without_decompressing(tmp_path: Path) -> None:
    """Law: wherever a file is cut, both ways of listing it say the same, in the same words."""
    data = b"".join(map(gzip.compress, crawl()))
    path = tmp_path / "a.warc.gz"
    for cut in range(0, len(data) + 1, 1 + len(data) // 1500):
        path.write_bytes(data[:cut])

        assert known_slowly(path) == known(path), f"cut at {cut} of {len(data)}"


def test_law_no_damage_goes_unseen(tmp_path: Path) -> None:
    """Law: whatever bytes are changed, what is read is what was put in, and where a document is missing, it is told.

    Where all that is in the file is decompressed for the list, it ends with the first damage; else with damage
    between two documents, so that not less is found.
    """
    data, path, chance = b"".join(map(gzip.compress, crawl())), tmp_path / "a.warc.gz", random.Random(5)
    path.write_bytes(data)
    whole = known(path).contents
    for _ in range(400):
        damaged = bytearray(data)
        for _ in range(chance.choice((1, 1, 3, 20))):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        path.write_bytes(damaged)
        slow, fast = known_slowly(path), known(path)
        read_slowly, read_fast = ([part for part in way.contents if isinstance(part, bytes)] for way in (slow, fast))

        assert all(part in whole for part in read_fast)
        assert len(read_slowly) <= len(read_fast)
        assert len(read_fast) == len(whole) or len(read_fast) < len(fast.contents)
        assert slow == fast or len(read_slowly) < len(whole)


def test_documents_are_not_decompressed_for_the_list(tmp_path: Path) -> None:
    """A document that is damaged inside fails by itself when it is read; what is behind it is read, too."""
    members = [*map(gzip.compress, crawl())]
    middle = bytearray(members[5])
    middle[-5] ^= 255  # its CRC
    found = known(written(tmp_path, *members[:5], bytes(middle), *members[6:], name="a.warc.gz"))

    assert ["3", "6", "9", "12"] == [item.inside for item in found.inputs]
    assert [False, True, False, False] == [isinstance(part, str) for part in found.contents]
    assert "cannot be decompressed" in str(found.contents[1])


def test_what_is_passed_over_is_checked_in_the_list(tmp_path: Path) -> None:
    """A record that is passed over is not read again: damage in one is told at once."""
    gone = bytearray(gzip.compress(record(http(NOISE[:5000], status=404))))
    gone[-5] ^= 255  # its CRC
    found = known(written(tmp_path, gzip.compress(NEXT), bytes(gone), gzip.compress(NEXT), name="a.warc.gz"))

    assert ["1", ""] == [item.inside for item in found.inputs]
    assert "damaged" == found.inputs[-1].fault


def test_a_file_in_one_stretch_is_searched_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the end of a stretch was not near, it is not looked for again in the same one."""
    searched: list[Stream] = []
    monkeypatch.setattr(Stream, "leave", lambda stream, _: searched.append(stream))
    found = known(written(tmp_path, gzip.compress(GOOD * 100), name="a.warc.gz"))

    assert (100, 1) == (len(found.inputs), len(searched))


def _stored(block: bytes) -> bytes:
    """Compress nothing, so that what is in a stretch stands in the file as it is."""
    return gzip.compress(block, 0)


def _by_hand(block: bytes) -> bytes:
    """Compress by hand, with a name in the header, as some programs do."""
    header = b"\x1f\x8b\x08\x08\0\0\0\0\0\x03a.warc\0"
    sums = zlib.crc32(block).to_bytes(4, "little") + (len(block) & 0xFFFFFFFF).to_bytes(4, "little")
    return header + zlib.compress(block, 6)[2:-4] + sums


GOOD, NEXT = record(http(NOISE[:2000].hex().encode())), record(http(b"next"))
ODD: dict[str, Callable[[], bytes]] = {
    "zeros between": lambda: gzip.compress(GOOD) + bytes(7) + gzip.compress(NEXT) + bytes(600),
    "rubbish between": lambda: gzip.compress(GOOD) + b"rubbish" + gzip.compress(NEXT),
    "two records in a stretch": lambda: gzip.compress(GOOD + NEXT) + gzip.compress(NEXT) + gzip.compress(GOOD),
    "a record in two stretches": lambda: gzip.compress(GOOD[:3000]) + gzip.compress(GOOD[3000:]) + gzip.compress(NEXT),
    "a cut in front of another file": lambda: gzip.compress(GOOD)[:-30] + gzip.compress(NEXT),
    "a cut of its size": lambda: gzip.compress(GOOD)[:-4] + gzip.compress(NEXT),
    "a size that is wrong": lambda: gzip.compress(GOOD)[:-4] + b"1234" + gzip.compress(NEXT),
    "a length that is wrong": lambda: gzip.compress(GOOD.replace(b"\r\n\r\n", b"\r\n\r\nvery ")) + gzip.compress(NEXT),
    "archives in it": lambda: _stored(record(http(NOISE[:2000] + gzip.compress(NEXT) * 3))) + gzip.compress(NEXT),
    "magic in it": lambda: _stored(record(http(b"\x1f\x8b\x08" * 1000))) + gzip.compress(NEXT),
    "names in it": lambda: _by_hand(GOOD) + _by_hand(NEXT),
    "nothing near": lambda: gzip.compress(record(http(NOISE)), 1) + gzip.compress(NEXT),
    "nothing at all": lambda: gzip.compress(b"") + gzip.compress(GOOD) + gzip.compress(b"") + gzip.compress(NEXT),
}
"""Files that are not as they should be, or as they need not be."""


@pytest.mark.parametrize("odd", ODD)
def test_law_both_ways_agree_on_odd_files(odd: str, tmp_path: Path) -> None:
    """Law: what is no record in a stretch of its own is decompressed, and told of in the same words."""
    path = written(tmp_path, ODD[odd](), name="a.warc.gz")
    fast = known(path)

    assert known_slowly(path) == fast
    assert fast.contents


def test_a_page_that_feigns_records_is_told(tmp_path: Path) -> None:
    """A page can be made so that the next record seems to begin within it; it is itself what fails then."""
    feigned = gzip.compress(NEXT)
    size = len(record(http(NOISE[:2000] + bytes(4) + feigned)))
    page = NOISE[:2000] + size.to_bytes(4, "little") + feigned
    path = written(tmp_path, _stored(record(http(page))), gzip.compress(GOOD), name="a.warc.gz")
    found = known(path)

    assert "it is damaged, or feigns the records behind it" in str(found.contents[0])
    assert "damaged" == found.inputs[-1].fault


def test_an_end_that_is_none_is_told_when_it_is_read(tmp_path: Path) -> None:
    """A record of the right size that does not end as records do is no document."""
    bad = GOOD[:-4] + b"good"
    found = known(written(tmp_path, gzip.compress(bad), gzip.compress(NEXT), name="a.warc.gz"))

    assert "the record at byte 0: its end is b'good', so its Content-Length is wrong" in str(found.contents[0])
    assert [b"next"] == found.contents[1:]


def test_a_length_that_is_wrong_is_told(tmp_path: Path) -> None:
    """Where a record does not end where it should, it is no document, and the file is damaged from there on."""
    good, bad = record(http(b"good")), record(http(b"bad")).replace(b"bad", b"very bad")
    first, second, fault = find([str(written(tmp_path, good, bad, good))]).inputs

    assert (first.inside, fault.fault, fault.inside) == ("1", "damaged", "")
    assert "record 2: its end is" in fault.reason
    assert "its Content-Length is wrong" in str(content(second))


@pytest.mark.parametrize("length", ["Content-Length: x\r\n", "", "Content-Length: -1\r\n", "Content-Length: 1 2\r\n"])
def test_a_record_without_a_length_is_told(length: str, tmp_path: Path) -> None:
    """Where no number tells how long a record is, the file is damaged from there on."""
    bad = re.sub(rb"Content-Length: \d+\r\n", length.encode(), NEXT)
    (fault,) = find([str(written(tmp_path, bad, GOOD))]).inputs

    assert bad != NEXT
    assert "record 1: it has no Content-Length, or one that is no number" in fault.reason


def test_law_a_plain_file_is_leapt_through(tmp_path: Path) -> None:
    """Law: bodies that are larger than what is read at once come out whole, and a cut in one is told."""
    pages = [NOISE[:size] for size in (900_000, 3, 262_144, 70_000)]
    data = b"".join(record(http(page)) for page in pages)
    path = written(tmp_path, data)

    assert pages == known(path).contents
    for cut, whole in ((800_000, 0), (len(data) - 30_000, 3), (len(data) - 5, 3), (len(data) - 4, 4)):
        path.write_bytes(data[:cut])
        *contents, _ = known(path).contents

        assert pages[:whole] == contents
        assert "truncated" == known(path).inputs[-1].fault
