from __future__ import annotations

import gzip
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from itertools import count
from pathlib import Path
from typing import Any

import fsspec
import pytest
import s3fs

from copydesk.inputs import InputError, find, read, sightings
from copydesk.inputs.patterns import matches
from tests.cli.test_convert import run
from tests.inputs.archives import lines, records, zipped
from tests.inputs.s3 import CREDENTIALS, Store, served
from tests.inputs.test_converted import BAD, OTHER, PAGE

FOLDER = {
    "a.txt": PAGE,
    "sub/b.txt": OTHER,
    "sub/bad.txt": BAD,
    "sub/empty.txt": b"",
    "c.zip": zipped({"1.txt": PAGE, "deep/2.txt": OTHER}),
    "d.warc.gz": b"".join(map(gzip.compress, records({"1": PAGE, "2": OTHER}))),
    "e.jsonl": lines({"1": PAGE, "2": OTHER}),
    "notes.pdf": b"",
    ".hidden/x.txt": PAGE,
    ".hidden/y.txt": PAGE,
}
"""A folder with captures of each kind, and with what is passed over."""

BUCKETS = (f"bucket-{number}" for number in count())


@pytest.fixture(scope="module")
def server() -> Iterator[Store]:
    """Run a server for the tests of this file."""
    with served() as store:
        yield store


@pytest.fixture
def store(server: Store, monkeypatch: pytest.MonkeyPatch) -> Store:
    """Return the server, as the environment names it."""
    for key, value in {**CREDENTIALS, "AWS_ENDPOINT_URL": server.address}.items():
        monkeypatch.setenv(key, value)
    monkeypatch.delenv("AWS_PROFILE", raising=False)
    s3fs.S3FileSystem.clear_instance_cache()
    return server


@pytest.fixture
def system(store: Store) -> Any:
    """Return the file system of the server."""
    return fsspec.filesystem("s3", endpoint_url=store.address)


@pytest.fixture
def bucket(store: Store, system: Any) -> str:
    """Return the name of a new bucket."""
    name = next(BUCKETS)
    system.mkdir(name)
    store.log.clear()
    return name


def fill(system: Any, folder: str, contents: Mapping[str, bytes]) -> None:
    """Put objects below a folder."""
    for name, data in contents.items():
        bucket, _, key = f"{folder}/{name}".partition("/")
        system.call_s3("put_object", Bucket=bucket, Key=key, Body=data)


def objects(system: Any, folder: str) -> dict[str, str]:
    """Return the texts of all objects below a folder, by their paths there."""
    system.invalidate_cache()
    return {path.removeprefix(f"{folder}/"): system.cat_file(path).decode() for path in system.find(folder)}


def files(folder: Path) -> dict[str, str]:
    """Return the texts of all documents below a folder."""
    return {path.relative_to(folder).as_posix(): path.read_bytes().decode() for path in sorted(folder.rglob("*.md"))}


def plant(root: Path, contents: Mapping[str, bytes]) -> None:
    """Write files below a folder."""
    for name, data in contents.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(data)


def test_law_a_folder_on_s3_gives_what_one_here_gives(
    bucket: str, system: Any, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str]
) -> None:  # fmt: skip
    """Law: captures and containers on S3 become, on S3, the documents that they become here, but for their addresses.

    A second run puts nothing, and what a person has edited stays.
    """
    plant(tmp_path / "in", FOLDER)
    fill(system, f"{bucket}/in", FOLDER)
    monkeypatch.chdir(tmp_path)
    options = ("--fields", "text=text", "--timeout", "0")
    here = run(capsys, "convert", "in", "-o", "out", *options)
    store.log.clear()
    there = run(capsys, "convert", f"s3://{bucket}/in", "-o", f"s3://{bucket}/out", *options)
    put = store.puts()
    written = objects(system, f"{bucket}/out")
    again = run(capsys, "convert", f"s3://{bucket}/in/", "-o", f"s3://{bucket}/out/", *options)

    assert here[0] == there[0] == 3
    assert there[2].replace(f"s3://{bucket}/", "") == here[2]
    assert "10 inputs = 8 written + 0 unchanged + 2 rejected" in here[2]
    assert at_home(files(tmp_path / "out"), "") == at_home(written, f"s3://{bucket}/")
    assert put == 8
    assert store.puts() == put
    assert "10 inputs = 0 written + 8 unchanged + 2 rejected" in again[2]

    edited = written["a.md"].replace("\n---\n", "\nmine: 1\n---\n", 1)
    fill(system, f"{bucket}/out", {"a.md": edited.encode()})
    code, _, err = run(capsys, "convert", f"s3://{bucket}/in/a.txt", "-o", f"s3://{bucket}/out")

    assert code == 1
    assert f"failed: edited-output: 's3://{bucket}/out/a.md': its frontmatter was changed" in err
    assert objects(system, f"{bucket}/out")["a.md"] == edited


def at_home(texts: Mapping[str, str], root: str) -> dict[str, str]:
    """Return documents as if their captures had been here: without the address, and without the hash over it."""
    return {name: re.sub("(?m)^frontmatter_sha256: .*$", "", text.replace(root, "")) for name, text in texts.items()}


def test_workers_read_and_write_on_s3(bucket: str, system: Any, tmp_path: Path) -> None:
    """Two processes do what one does, each with an access of its own."""
    fill(system, f"{bucket}/in", FOLDER)
    command = [sys.executable, "-m", "copydesk", "convert", f"s3://{bucket}/in", "--fields", "text=text", "-o"]
    found = [subprocess.run([*command, f"s3://{bucket}/{out}", "-j", jobs, "--timeout", timeout], cwd=tmp_path,
                            capture_output=True, text=True, check=False)
             for out, jobs, timeout in (("one", "1", "0"), ("two", "2", "60"))]  # fmt: skip

    assert [each.returncode for each in found] == [3, 3]
    assert found[0].stderr == found[1].stderr
    assert len(objects(system, f"{bucket}/one")) == 8
    assert objects(system, f"{bucket}/one") == objects(system, f"{bucket}/two")


def test_the_search_of_a_bucket(bucket: str, system: Any) -> None:
    """Keys come in the order of code points, hidden folders count once, markers of folders are passed over."""
    more = dict.fromkeys(("sub/", "a//b.txt", "../c.txt", "\U0001f600.txt", "\uffee.txt"), b"")
    fill(system, bucket, {**FOLDER, **more})
    found = find([f"s3://{bucket}"])
    below = [item.path.removeprefix(f"s3://{bucket}/") for item in found.inputs]

    assert [2, 1] == [sum(seen.why == why for seen in sightings([f"s3://{bucket}"])) for why in ("hidden", ".pdf")]
    assert [item.relative for item in found.inputs if not item.inside] == sorted(
        ["a//b.txt", "a.txt", "sub/b.txt", "sub/bad.txt", "sub/empty.txt", "\U0001f600.txt", "\uffee.txt"]
    )
    assert below == sorted(below)
    assert found.passed_over == {".jsonl": 1, ".pdf": 1, "folder entry": 1, "hidden": 2}
    assert [b"" if path.startswith("a//") else PAGE for path in below[:2]] == [read(item) for item in found.inputs[:2]]


def test_names_that_no_file_system_has_are_harmless(
    bucket: str, system: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A key such as `a//../b` stays within the folder that is written to, and is not taken for another."""
    pages = {"x.txt": PAGE, "/x.txt": OTHER, "b\\..\\x.txt": PAGE + b"\n", "C:x.txt": OTHER + b"\n"}
    fill(system, f"{bucket}/a", pages)
    code, _, _ = run(capsys, "convert", f"s3://{bucket}/a", "-o", tmp_path / "out", "-q", "--timeout", "0")
    names = list(files(tmp_path / "out"))

    assert code == 0
    assert len(names) == 4
    assert not any(".." in name or "\\" in name or ":" in name for name in names)
    assert [tmp_path / "out"] == list(tmp_path.iterdir())


def test_keys_are_asked_for_page_by_page(
    bucket: str, system: Any, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a folder of 25 captures, of which the server gives ten at a time, the first are there after one request."""
    monkeypatch.setenv("MOTO_S3_DEFAULT_MAX_KEYS", "10")
    fill(system, f"{bucket}/in", {f"{number}.txt": b"" for number in range(25)})
    store.log.clear()
    seen = sightings([f"s3://{bucket}/in"])
    first = next(seen)
    asked = len(store.log)

    assert first.item is not None
    assert sum(1 for _ in seen) == 24
    assert len(store.log) == asked + 2


def test_patterns_match_on_s3(bucket: str, system: Any) -> None:
    """A pattern stands for keys as it stands for files, also those with an empty part."""
    names = ("a/x.txt", "a/b/y.txt", "a/b/z.html", "c/x.txt", ".h/x.txt", "a//q.txt")
    fill(system, bucket, dict.fromkeys(names, b""))
    root = f"s3://{bucket}/"
    found = {pattern: sorted(path.removeprefix(root) for path in matches(root + pattern))
             for pattern in ("*/x.txt", "a/**/*.txt", "[ac]/x.*", "*", "a/b/?.html", "a/**/y.txt")}  # fmt: skip

    assert found == {"*/x.txt": ["a/x.txt", "c/x.txt"], "a/**/*.txt": ["a//q.txt", "a/b/y.txt", "a/x.txt"],
                     "[ac]/x.*": ["a/x.txt", "c/x.txt"], "*": ["a", "c"], "a/b/?.html": ["a/b/z.html"],
                     "a/**/y.txt": ["a/b/y.txt"]}  # fmt: skip
    with pytest.raises(InputError, match="nothing matches this pattern"):
        find([f"{root}*.pdf"])


def test_a_member_costs_no_more_than_its_surroundings(bucket: str, system: Any, store: Store) -> None:
    """One record of a large container takes some of its bytes, and those behind it are there already."""
    noise = {str(n): os.urandom(1 << 14).hex().encode() for n in range(300)}
    data = b"".join(map(gzip.compress, records(noise)))
    fill(system, bucket, {"big.warc.gz": data})
    items = find([f"s3://{bucket}/big.warc.gz"]).inputs
    store.log.clear()
    one = read(items[150])
    alone = _asked(store)
    more = [read(item) for item in items[151:161]]

    assert [one, *more] == [*noise.values()][150:161]
    assert alone <= 2 << 20 < len(data)
    assert _asked(store) <= alone + (1 << 20)


def _asked(store: Store) -> int:
    """Return how many bytes have been asked for."""
    ranges = [asked.range.removeprefix("bytes=").split("-") for asked in store.log if asked.range]
    return sum(int(end) + 1 - int(start) for start, end in ranges)


def test_a_capture_is_one_request(bucket: str, system: Any, store: Store) -> None:
    """A capture is fetched by one request, for no more of it than a capture may have."""
    fill(system, bucket, {"a.txt": PAGE})
    (item,) = find([f"s3://{bucket}/a.txt"]).inputs
    store.log.clear()

    assert read(item) == PAGE
    assert [("GET", f"bytes=0-{16 << 20}")] == [(asked.method, asked.range) for asked in store.log]


def test_a_list_of_urls_on_s3(bucket: str, system: Any, capsys: pytest.CaptureFixture[str]) -> None:
    """A list may be on S3, and name what is there; its outputs mirror bucket and key."""
    fill(system, bucket, {"in/a.txt": PAGE, "in/c.zip": FOLDER["c.zip"], "list": f"s3://{bucket}/in/a.txt\n"
                          f"s3://{bucket}/in/c.zip\ns3://{bucket}/in/gone.txt\n".encode()})  # fmt: skip
    out = f"s3://{bucket}/out"
    code, _, err = run(capsys, "convert", "--from-file", f"s3://{bucket}/list", "-o", out, "--timeout", "0")

    assert code == 1
    assert f"s3://{bucket}/in/gone.txt: failed: read: 's3://{bucket}/in/gone.txt': cannot be read: " in err
    assert sorted(objects(system, f"{bucket}/out/{bucket}/in")) == ["a.md", "c/1.md", "c/deep/2.md"]


def test_what_is_wrong_on_s3_is_told(
    bucket: str, system: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A bucket or key that is not there, one that is denied, and a server that does not answer: each is named."""
    fill(system, bucket, {"in/a.txt": PAGE, "in/b.txt": OTHER, "out/x": b""})
    policy = ('{"Version": "2012-10-17", "Statement": [{"Effect": "Deny", "Principal": "*", "Action": "s3:GetObject", '
              f'"Resource": "arn:aws:s3:::{bucket}/in/b.txt"}}]}}')  # fmt: skip
    system.call_s3("put_bucket_policy", Bucket=bucket, Policy=policy)
    inbox, out = f"s3://{bucket}/in", f"s3://{bucket}/out"
    told = {argv: run(capsys, "convert", *argv, "--timeout", "0") for argv in (
        (inbox, "-o", out), ("s3://no-such-bucket/in", "-o", out), (f"{inbox}/gone.txt", "-o", out),
        ("s3://no-such-bucket/", "-o", out), (f"{inbox}/a.txt", "-o", "s3://no-such-bucket/out"),
    )}  # fmt: skip
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    s3fs.S3FileSystem.clear_instance_cache()
    (tmp_path / "c.txt").write_bytes(PAGE)
    dead = [run(capsys, "convert", source, "-o", target, "--timeout", "0")
            for source, target in ((inbox, out), (tmp_path / "c.txt", out))]  # fmt: skip
    said = [err for _, _, err in (*told.values(), *dead)]

    assert {code for code, _, _ in (*told.values(), *dead)} == {1}
    assert f"{inbox}/b.txt: failed: read: '{inbox}/b.txt': cannot be read: " in said[0]
    assert "2 inputs = 1 written" in said[0]
    for number, fact in enumerate(("'s3://no-such-bucket/in': no such file", f"'{inbox}/gone.txt': no such file",
                                   "'s3://no-such-bucket/': cannot be reached: The specified bucket does not exist",
                                   "'s3://no-such-bucket/out/a.md': cannot be written: The specified bucket",
                                   f"'{inbox}': cannot be reached: EndpointConnectionError",
                                   f"'{out}/c.md': cannot be written: EndpointConnectionError"), 1):  # fmt: skip
        assert fact in said[number]
    assert not any("Traceback" in text for text in said)
