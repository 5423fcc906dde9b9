"""Files elsewhere: what fsspec reaches, with an OSError that tells the reason for whatever goes wrong there."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from tempfile import TemporaryFile
from typing import IO, Any, cast

from copydesk.addresses import Address, address_of, telling
from copydesk.files import cut

SEQUENCE = 4 << 20
"""So many bytes are asked for at a time of a file that is read on."""

PIECE = 512 << 10
PIECES = 4
"""So many bytes are asked for where some of a file is read, and so many pieces are kept: its neighbours are in them."""

COPIED = 1 << 20

_kept = threading.local()


def identity(url: str) -> str:
    """Return what all spellings of a URL share."""
    before, _, behind = cut(url)
    place = address_of(url)
    return f"{before}{place.scheme}://{place.path}{behind}"


def kind(url: str) -> str:
    """Return `directory` or `file` for what is there, or nothing. Raises OSError where that cannot be known."""
    place = address_of(url)
    head = cut(url)[1]
    if head.endswith("/"):
        return "directory"
    try:
        with telling():
            found = place.system.info(place.path)
    except FileNotFoundError:
        return ""
    return "directory" if found["type"] == "directory" and not place.is_web else "file"


def entries(folder: str, below: str = "") -> Iterator[tuple[str, bool]]:
    """Give the names in a folder, and whether each is a folder; one without name is the entry of the folder itself.

    S3 is asked page by page; other systems hand out the entries of a folder at once.
    """
    place = address_of(folder)
    base = f"{place.path.removesuffix('/')}/{below}" if place.path and below else place.path or below
    with telling():
        if place.is_s3 and base:
            yield from _s3_entries(place.system, base)
            return
        place.system.invalidate_cache()
        above = base.strip("/") and base.strip("/") + "/"
        for info in place.system.ls(base if place.is_web else base.rstrip("/"), detail=True):
            name = info["name"].strip("/")
            if name.startswith(above) and name[len(above)] not in "?#":
                yield name[len(above):], info["type"] == "directory"
            elif name + "/" == above:
                yield "", False


def walk(root: str, closed: Callable[[str], bool]) -> Iterator[str]:
    """Give the paths of all files below a folder, in no order, and of folders that are closed, which are not entered.

    The entry of a folder itself ends in `/`.
    """
    place = address_of(root)
    if place.is_s3 and place.path:
        yield from _s3_walk(place, closed)
        return
    inside = [("", entries(root))]
    while inside:
        below, listing = inside[-1]
        for name, is_folder in listing:
            if is_folder and not closed(name):
                inside.append((f"{below}{name}/", entries(root, f"{below}{name}/")))
                break
            yield below + name
        else:
            inside.pop()


def _s3_entries(system: Any, base: str) -> Iterator[tuple[str, bool]]:
    bucket, above = _bucket(base)
    for page in _pages(system, bucket, above, Delimiter="/"):
        yield from ((found["Prefix"][len(above):-1], True) for found in page.get("CommonPrefixes", ()))
        yield from ((found["Key"][len(above):], False) for found in page.get("Contents", ()))


def _bucket(base: str) -> tuple[str, str]:
    """Return a bucket, and how all keys in a folder of it begin."""
    bucket, _, above = base.partition("/")
    return bucket, above if not above or above.endswith("/") else above + "/"


def _s3_walk(place: Address, closed: Callable[[str], bool]) -> Iterator[str]:
    """Give the keys below a prefix: all in one sequence, however many folders there seem to be."""
    bucket, above = _bucket(place.path)
    last = ""
    with telling():
        for page in _pages(place.system, bucket, above):
            for found in page.get("Contents", ()):
                path = found["Key"][len(above):] or "/"
                end = next((n for n, part in enumerate(path.split("/"), 1) if closed(part)), 0)
                path = "/".join(path.split("/")[:end]) if end else path
                if not end or path != last:
                    yield path
                last = path


def _pages(system: Any, bucket: str, above: str, **more: str) -> Iterator[dict[str, Any]]:
    following: dict[str, str] = {}
    while True:
        page = system.call_s3("list_objects_v2", Bucket=bucket, Prefix=above, **more, **following)
        yield page
        if not page.get("IsTruncated"):
            return
        following = {"ContinuationToken": page["NextContinuationToken"]}


def fetched(url: str, limit: int) -> bytes:
    """Return the bytes of a file, up to a limit and one more, in as few requests as can be."""
    place = address_of(url)
    with telling():
        if place.is_store:
            return _ranged(place, limit + 1)
        with place.system.open(place.path, "rb", **({"block_size": 0} if place.is_web else {})) as file:
            return b"".join(_parts(file, limit + 1))


def present(url: str) -> bytes | None:
    """Return the bytes of a file, or None where there is none."""
    place = address_of(url)
    try:
        with telling():
            return _ranged(place, None) if place.is_store else cast(bytes, place.system.cat_file(place.path))
    except FileNotFoundError:
        return None


def put(url: str, data: bytes) -> None:
    """Put bytes in the place of a file: into a store in one request, so that nobody sees half of it."""
    place = address_of(url)
    with telling():
        if not place.is_store and not place.is_web and "/" in place.path.strip("/"):
            place.system.makedirs(place.path.rpartition("/")[0], exist_ok=True)
        place.system.pipe_file(place.path, data)


def remove(url: str) -> None:
    """Remove a file."""
    place = address_of(url)
    with telling():
        place.system.rm_file(place.path)


def _ranged(place: Address, end: int | None) -> bytes:
    try:
        found: bytes = place.system.cat_file(place.path, start=0, end=end)
    except (FileNotFoundError, PermissionError):
        raise
    except OSError as problem:
        if "range" in str(problem).lower():  # of an empty file there is no range
            return b""
        raise
    return found


def _parts(file: Any, left: int) -> Iterator[bytes]:
    while left and (part := file.read(min(left, COPIED))):
        left -= len(part)
        yield part


def opened(url: str) -> IO[bytes]:
    """Open a file to read it on from its start."""
    if getattr(_kept, "url", "") == url:
        let_go()  # it may be another by now
    return _opened(url, SEQUENCE, "readahead", {})


def direct(url: str) -> AbstractContextManager[IO[bytes]]:
    """Open a file to read some of it; it stays open in this thread until another is."""
    if getattr(_kept, "url", "") != url:
        let_go()
        _kept.file, _kept.url = _opened(url, PIECE, "blockcache", {"maxblocks": PIECES}), url
    _kept.file.seek(0)
    return nullcontext(_kept.file)


def let_go() -> None:
    """Close the file that is open in this thread."""
    if getattr(_kept, "url", ""):
        _kept.file.close()
        _kept.url = ""


def _opened(url: str, size: int, cache: str, options: dict[str, int]) -> IO[bytes]:
    place = address_of(url)
    with telling():
        if place.is_web:
            file = place.system.open(place.path, "rb", block_size=size)
            return cast(IO[bytes], _File(file if _has_ranges(file) else _copied(place), place.system))
        file = place.system.open(place.path, "rb", block_size=size, cache_type=cache, cache_options=options)
        return cast(IO[bytes], _File(file if file.seekable() else _copied(place), place.system))


def _has_ranges(file: Any) -> bool:
    """Tell whether a server hands out some of a file."""
    if not file.seekable():
        return False
    try:
        file.seek(1)
        file.read(1)
    except ValueError:
        return False
    return True


def _copied(place: Address) -> IO[bytes]:
    """Return a copy on disk of a file that can only be read on."""
    copy = TemporaryFile()  # noqa: SIM115 - who gets it closes it
    with place.system.open(place.path, "rb", block_size=0) as file:
        while part := file.read(COPIED):
            copy.write(part)
    return copy


class _File:
    """A file of fsspec with a place of its own, as some share one among all who have it open."""

    def __init__(self, file: Any, system: Any) -> None:
        self._file = file
        self._system = system  # one of an archive closes its files when nobody has it any more
        self._at = 0

    def __enter__(self) -> _File:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def read(self, size: int = -1) -> bytes:
        with telling():
            if self._file.tell() != self._at:
                self._file.seek(self._at)
            data: bytes = self._file.read(size)
        self._at += len(data)
        return data

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        with telling():
            ahead = whence == os.SEEK_CUR
            self._at = self._file.seek(offset + self._at * ahead, os.SEEK_SET if ahead else whence)
        return self._at

    def tell(self) -> int:
        return self._at

    def seekable(self) -> bool:
        return True

    def close(self) -> None:
        self._file.close()
