from __future__ import annotations

import builtins
import subprocess
import sys
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import fsspec
import pytest

from copydesk import files, remote
from copydesk.errors import CopydeskError, Rejection
from copydesk.inputs import Input, InputError, find, read
from copydesk.inputs.patterns import matches
from tests.cli.test_convert import run, tree
from tests.inputs.archives import KINDS, tarred, zipped
from tests.inputs.test_converted import BAD, OTHER, PAGE

PAGES = {f"{n}.txt": f"page {n} ".encode() * (5 + 7 * n) for n in range(4)}


@pytest.fixture
def memory() -> Iterator[Any]:
    """Return an empty file system in memory."""
    system = fsspec.filesystem("memory")
    system.store.clear()
    system.pseudo_dirs[:] = [""]
    yield system
    system.store.clear()
    system.pseudo_dirs[:] = [""]


class _Server(SimpleHTTPRequestHandler):
    """A server of files, with ranges or without."""

    ranges = True

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        """Answer, with a range where one is asked for."""
        wanted, path = self.headers.get("Range", ""), Path(self.translate_path(self.path))
        if not (wanted and self.ranges and path.is_file()):
            super().do_GET()
            return
        first, _, last = wanted.removeprefix("bytes=").partition("-")
        data = path.read_bytes()
        part = data[int(first): int(last or len(data)) + 1]
        self.send_response(206)
        self.send_header("Content-Length", str(len(part)))
        self.send_header("Content-Range", f"bytes {first}-{int(first) + len(part) - 1}/{len(data)}")
        self.end_headers()
        self.wfile.write(part)


@pytest.fixture(params=[True, False], ids=["ranges", "no ranges"])
def web(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Serve the folder of the test, and return its address."""
    kind = type("_Kind", (_Server,), {"ranges": request.param})
    (tmp_path / "web").mkdir()
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(kind, directory=str(tmp_path / "web")))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_of_container_is_read_elsewhere(kind: str, memory: Any) -> None:
    """Containers elsewhere give what was put into them, in their order and in any other."""
    name, make = KINDS[kind]
    memory.pipe(f"/in/{name}", make(PAGES))
    items = find([f"memory://in/{name}"]).inputs

    assert [read(item) for item in items] == [*PAGES.values()]
    assert [read(item) for item in reversed(items)] == [*PAGES.values()][::-1]


def test_each_reader_has_a_place_of_its_own(memory: Any) -> None:
    """Two that read one file, of which there is one object in memory, do not disturb each other."""
    memory.pipe("/a.txt", b"0123456789")
    with files.opened("memory://a.txt") as first, files.direct("memory://a.txt") as second:
        said = [first.read(2), second.read(3), first.read(2), second.seek(-1, 2), first.read(1), second.read()]

    assert said == [b"01", b"012", b"23", 9, b"4", b"9"]


def test_a_folder_elsewhere_is_searched_as_one_here(memory: Any, tmp_path: Path) -> None:
    """Inputs, their order and what is passed over are the same, and each spelling of a URL is one input."""
    names = ("b.txt", "a/z.txt", "a.text", "é.html", "C.TXT", "a-b.txt", "x.pdf", "README", ".git/a.txt", ".git/b.txt",
             "d.zip")  # fmt: skip
    for name in names:
        data = zipped(PAGES) if name == "d.zip" else name.encode()
        memory.pipe(f"/in/{name}", data)
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(data)
    here, there = find([str(tmp_path)]), find(["memory://in/", "memory:///in", "memory://in/b.txt"])

    assert [item.relative for item in here.inputs] == [item.relative for item in there.inputs]
    assert here.passed_over == there.passed_over
    assert [read(item) for item in here.inputs] == [read(item) for item in there.inputs]
    assert there.inputs[0] == Input("memory://in/C.TXT", "C.TXT")


def test_patterns_and_lists_elsewhere(memory: Any) -> None:
    """Patterns are matched elsewhere too, and what a list names is mirrored whole."""
    for name in ("a.txt", "sub/b.txt", "sub/c.html"):
        memory.pipe(f"/in/{name}", b"")
    listed = find([], listed=["memory://in/sub", "memory://in/a.txt", "memory://in/gone.txt"]).inputs

    assert sorted(matches("memory://in/**/*.txt")) == ["memory://in/a.txt", "memory://in/sub/b.txt"]
    assert [item.relative for item in listed] == ["in/sub/b.txt", "in/sub/c.html", "in/a.txt", "in/gone.txt"]


def test_chained_urls(tmp_path: Path) -> None:
    """What stands in an archive can be named by itself, as file, folder and container."""
    (tmp_path / "a.zip").write_bytes(zipped({"in/1.txt": b"1", "in/b.tar": tarred({"2.txt": b"2"}), "in/x.pdf": b""}))
    behind = f"::file://{tmp_path}/a.zip"
    folder, file = find([f"zip://in{behind}"]), find([f"zip://in/1.txt{behind}"])

    assert [(item.shown, item.relative) for item in folder.inputs] == [
        (f"zip://in/1.txt{behind}", "1.txt"), (f"zip://in/b.tar{behind}!2.txt", "b/2.txt"),
    ]  # fmt: skip
    assert [read(item) for item in folder.inputs] == [b"1", b"2"]
    assert folder.passed_over == {".pdf": 1}
    assert file.inputs == (Input(f"zip://in/1.txt{behind}", "1.txt"),)
    assert files.mirrored(f"zip://in/1.txt{behind}") == f"{tmp_path}/a.zip/in/1.txt".strip("/")


def test_a_file_url_is_a_path(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What is here is here, however it is spelled: as input, as list and as output."""
    (tmp_path / "a.txt").write_bytes(PAGE)
    (tmp_path / "list").write_text(f"file://{tmp_path}/a.txt\n", "utf-8")
    url = f"file://{tmp_path}"

    assert find([f"{url}/a.txt", str(tmp_path / "a.txt")]).inputs == (Input(str(tmp_path / "a.txt"), "a.txt"),)
    assert run(capsys, "convert", f"{url}/a.txt")[0] == 0
    assert run(capsys, "convert", "--from-file", f"{url}/list", "-o", f"{url}/out", "-q")[0] == 0
    assert tree(tmp_path / "out") == [f"{tmp_path}/a.md".removeprefix("/")]


@pytest.mark.parametrize("kind", ["zip", "tar", "tar.gz", "warc.gz", "jsonl"])
def test_the_web_is_read(kind: str, web: str, tmp_path: Path) -> None:
    """Captures and containers are read from a server, whether it hands out ranges or not."""
    name, make = KINDS[kind]
    (tmp_path / "web" / name).write_bytes(make(PAGES))
    (tmp_path / "web" / "page.html").write_bytes(PAGE * 100)
    items = find([f"{web}/{name}"]).inputs
    (page,) = find([f"{web}/page.html?query=1"]).inputs

    assert [read(item) for item in reversed(items)] == [*PAGES.values()][::-1]
    assert read(page) == PAGE * 100
    assert page.relative == "page.html"
    with pytest.raises(Rejection, match="a capture has at most 1000"):
        read(page, limit=1000)
    with pytest.raises(InputError, match=r"gone\.txt': no such file or folder; check the address"):
        find([f"{web}/gone.txt"])


def test_a_listing_on_the_web_is_a_folder(web: str, tmp_path: Path) -> None:
    """An address that ends in `/` is a folder if its page has links to what is below it."""
    (tmp_path / "web" / "sub").mkdir()
    for name in ("a.txt", "sub/b.txt", "x.pdf"):
        (tmp_path / "web" / name).write_bytes(name.encode())
    found = find([f"{web}/"])

    assert [(item.relative, read(item)) for item in found.inputs] == [("a.txt", b"a.txt"), ("sub/b.txt", b"sub/b.txt")]
    assert found.passed_over == {".pdf": 1}


def test_a_run_in_memory(memory: Any, capsys: pytest.CaptureFixture[str]) -> None:
    """A run from memory into memory writes once, protects edits, and overwrites them when it is told to."""
    memory.pipe({"/in/a.txt": PAGE, "/in/sub/b.txt": OTHER, "/in/bad.txt": BAD})
    command = ("convert", "memory://in", "-o", "memory://out", "--timeout", "0")
    first, second = run(capsys, *command), run(capsys, *command)
    memory.pipe("/out/a.md", memory.cat_file("/out/a.md") + b"mine\n")
    third, forced = run(capsys, *command), run(capsys, *command, "--force")

    assert [first[0], second[0]] == [3, 3]
    assert "3 inputs = 2 written + 0 unchanged + 1 rejected" in first[2]
    assert "3 inputs = 0 written + 2 unchanged + 1 rejected" in second[2]
    assert "'memory://out/a.md': its body was changed; overwrite it with --force" in third[2]
    assert "overwrote memory://out/a.md: its body was changed" in forced[2]
    assert sorted(memory.find("/out")) == ["/out/a.md", "/out/sub/b.md"]


def test_what_is_wrong_elsewhere_is_told(memory: Any) -> None:
    """A scheme that nobody knows, a folder without captures and an address without a server are told as such."""
    memory.pipe("/in/a.pdf", b"")
    for argument, said in (
        ("nonsense://x/a.txt", r"nonsense://x/a\.txt': .*Protocol not known"),
        ("memory://in", r"memory://in': no capture in this folder \(passed over: 1 \.pdf\)"),
        ("memory://gone", "memory://gone': no such file or folder"),
        ("http://127.0.0.1:9/a.txt", r"127\.0\.0\.1:9/a\.txt': cannot be reached: .*Connect"),
    ):
        with pytest.raises(CopydeskError, match=said):
            find([argument])


def test_a_missing_library_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without fsspec, or without the library of a scheme, the error names what to install."""
    imported = builtins.__import__

    def without(name: str, *rest: Any) -> Any:
        if name.startswith(missing):
            raise ImportError(f"no {name}")
        return imported(name, *rest)

    monkeypatch.setattr(builtins, "__import__", without)
    missing = "fsspec"
    for address, extra in (("s3://bucket/a.txt", "s3"), ("memory://a.txt", "remote")):
        with pytest.raises(CopydeskError, match=rf"need the library fsspec; pip install 'copydesk\[{extra}\]'"):
            remote.kind(address)
    monkeypatch.undo()
    monkeypatch.setattr("fsspec.core.url_to_fs", _raise_import_error)
    with pytest.raises(CopydeskError, match=r"s3:// needs .* \(Install s3fs\); pip install 'copydesk\[s3\]'"):
        remote.kind("s3://bucket/a.txt")


def _raise_import_error(*_: object) -> None:
    raise ImportError("Install s3fs")


def test_what_is_here_needs_no_library(tmp_path: Path) -> None:
    """Where nothing is elsewhere, neither fsspec nor what reads by it is imported."""
    (tmp_path / "a.txt").write_bytes(PAGE)
    code = ("import sys; from copydesk.cli import main; code = main(['convert', 'a.txt', '-o', 'out', '-q']); "
            "print(code, [name for name in sys.modules if name in ('fsspec', 'copydesk.remote')])")  # fmt: skip
    found = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False)

    assert found.stdout == "0 []\n"
