from __future__ import annotations

import gzip
import sys
from pathlib import Path

import pytest

from copydesk.errors import CopydeskError
from copydesk.inputs import find, read
from tests.cli.test_convert import run
from tests.inputs.archives import http, record


def written(folder: Path, *records: bytes, name: str = "a.warc") -> Path:
    """Write a WARC file of some records."""
    path = folder / name
    path.write_bytes(b"".join(records))
    return path


def test_a_record_knows_its_address_day_and_character_set(tmp_path: Path) -> None:
    """Address and day stand in the header of the record, the character set in that of HTTP."""
    page = "<p>조선</p>".encode("euc-kr")
    path = written(tmp_path, record(http(page, 'text/html; charset="EUC-KR"'), WARC_Target_URI="<https://a.example/>"))
    (item,) = find([str(path)]).inputs

    assert ("https://a.example/", "2023-05-10", "EUC-KR") == (item.url, item.captured, item.encoding)
    assert (item.shown, item.relative) == (f"{path}!1", "a/1")
    assert page == read(item)


@pytest.mark.parametrize(
    ("body", "extra"),
    [
        (gzip.compress(b"a page", mtime=0), "Content-Encoding: gzip\r\n"),
        (b"2\r\na \r\n4\r\npage\r\n0\r\n\r\n", "Transfer-Encoding: chunked\r\n"),
        (
            b"1a\r\n" + gzip.compress(b"a page", mtime=0) + b"\r\n0\r\n\r\n",
            "transfer-encoding:Chunked\r\ncontent-encoding : GZip\r\n",
        ),
    ],
)
def test_a_response_is_decoded(body: bytes, extra: str, tmp_path: Path) -> None:
    """What was compressed or cut into chunks for the way is whole again, in files of both kinds."""
    whole = record(http(body, extra=extra))
    for name, data in (("a.warc", whole), ("b.warc.gz", gzip.compress(whole))):
        (item,) = find([str(written(tmp_path, data, name=name))]).inputs

        assert b"a page" == read(item)


def test_an_encoding_that_is_none_is_told(tmp_path: Path) -> None:
    """A response that is not what its header says fails by itself."""
    bad = record(http(b"no gzip at all", extra="Content-Encoding: gzip\r\n"))
    first, second = find([str(written(tmp_path, bad, record(http(b"good"))))]).inputs

    with pytest.raises(CopydeskError, match="the content of the record at byte 0 cannot be decoded"):
        read(first)
    assert b"good" == read(second)


def test_what_is_no_page_is_counted(tmp_path: Path) -> None:
    """Records that hold no page are counted by what they are, and the numbers of the others count them too."""
    path = written(
        tmp_path,
        record(b"software: x", "warcinfo", "application/warc-fields"),
        record(b"GET / HTTP/1.1\r\n\r\n", "request"),
        record(http(b"gone", status=404)),
        record(http(b"\x89PNG", "image/png")),
        record(b"a name", content_type="text/dns"),
        record(b"", "revisit"),
        record(http(b"page", "application/xhtml+xml")),
        record(b"text", "conversion", "text/plain"),
        record(b"text", "resource", "text/html"),
        record(http(b"", "")),
    )
    found = find([str(path)])

    assert ["7", "8", "9"] == [item.inside for item in found.inputs]
    assert [b"page", b"text", b"text"] == [read(item) for item in found.inputs]
    assert found.passed_over == {
        "HTTP 404": 1, "WARC request": 1, "WARC response": 1, "WARC revisit": 1, "WARC warcinfo": 1, "image/png": 1,
        "no content type": 1,
    }  # fmt: skip


def test_http_may_end_its_lines_in_both_ways(tmp_path: Path) -> None:
    """A header whose lines end with a line feed alone ends where it ends, and not at the first gap of the page."""
    block = b"HTTP/1.0 200 OK\nContent-Type: text/html\n\n<p>one\r\n\r\n<p>two"
    (item,) = find([str(written(tmp_path, record(block)))]).inputs

    assert b"<p>one\r\n\r\n<p>two" == read(item)


def test_http_without_an_end_is_told(tmp_path: Path) -> None:
    """A header that never ends is no header; one behind which nothing stands can be without its last line."""
    head = b"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n"
    first, second, third = find([
        str(written(tmp_path, record(head), record(head + b"x" * (1 << 16)), record(http(b"good"))))
    ]).inputs  # fmt: skip

    assert b"" == read(first)
    with pytest.raises(CopydeskError, match="its HTTP header has no end"):
        read(second)
    assert b"good" == read(third)


def test_without_the_library_the_extra_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who has not installed fastwarc learns how to, before anything is done."""
    path = written(tmp_path, record(http(b"page")))
    monkeypatch.setitem(sys.modules, "fastwarc", None)
    code, _, err = run(capsys, "convert", path, "-o", tmp_path / "out")

    assert code == 1
    assert "WARC files need the library fastwarc; pip install 'copydesk[warc]'" in err


def test_without_the_library_zstandard_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same holds for what is compressed by Zstandard."""
    path = written(tmp_path, b"x", name="a.tar.zst")
    monkeypatch.setitem(sys.modules, "zstandard", None)

    assert "pip install 'copydesk[zstd]'" in run(capsys, "convert", path, "-o", tmp_path / "out")[2]
