"""Write documents, whole or not at all, and never over what a person has changed."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import PurePath

from copydesk import files
from copydesk.digest import hex_digest
from copydesk.errors import CopydeskError, FrontmatterError

_TEMPORARY = ".tmp"
_LEFT = re.compile(r"\.copydesk-[0-9a-f]{8}-[0-9a-f]{16}\.tmp")
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)


class OutputError(CopydeskError):
    """An output that cannot be written; the message names the path, the reason and the remedy."""


class EditedOutput(CopydeskError):  # noqa: N818 - a situation and not a fault
    """An output that is in the way: a person changed it, or Copydesk did not write it."""

    code = "edited-output"


Path = str | os.PathLike[str]


def place(folder: str, name: str) -> str:
    """Return the path of an output in a folder, which may be elsewhere, with `/` on every system."""
    if not files.is_remote(folder):
        return PurePath(files.local(folder), name).as_posix()
    before, behind = files.prefix(folder)
    return before + name + behind


def write(path: Path, text: str, *, force: bool = False) -> str:
    """Write a text as UTF-8 to a path, with its folders, and return `written` or `unchanged`.

    A file with the same bytes is not touched. The text appears whole or not at all, though after a loss of power
    an empty file may be left. Elsewhere it is put in its place by one request, which is as much where a store is.

    Raises EditedOutput for a file that differs and is not Copydesk's own, untouched writing, unless ``force`` is given;
    OutputError for a path that cannot be written, with any old file as it was.
    """

    def may_go(place: str, present: bytes) -> None:
        if not force:
            _check_own(place, present)

    return _write(os.fspath(path), text, may_go)


def rewrite(path: Path, text: str, old: str) -> str:
    """Write a text over the file that was read from a path as ``old``, as `write` does, with its mode.

    A link stays a link. Raises EditedOutput where the file is another by now, and OutputError as `write` does.
    """

    def may_go(place: str, present: bytes) -> None:
        if present != old.encode():
            raise EditedOutput(f"{place!r}: it has changed since it was read; read it again, or force it")

    return _write(os.path.realpath(path), text, may_go)


def over(path: Path, text: str) -> tuple[str, str]:
    """Return what to write over a file that a person may have edited, and what becomes of the edits.

    The keys that the person added stay, behind the others. The second is empty where the file is Copydesk's own
    writing, or is not there.
    """
    from copydesk.frontmatter.rewriting import carried

    old = (present(os.fspath(path)) or b"").decode(errors="replace")
    reason = edited(old) if old else None
    if reason is None:
        return text, ""
    merged, own = carried(text, old)
    return merged, reason + (f"; the keys that a person added stay: {', '.join(own)}" if own else "")


def _write(place: str, text: str, may_go: Callable[[str, bytes], None]) -> str:
    """Write a text to a place, if what is present there may go."""
    try:
        data = text.encode()
        old = present(place)
        if old == data:
            return "unchanged"
        if old is not None:
            may_go(place, old)
        _put(place, data, old)
    except UnicodeEncodeError as error:
        raise OutputError(f"{place!r}: cannot be written: {error}; take lone surrogates out of the text") from error
    except OSError as error:
        reason = error.strerror or str(error)
        raise OutputError(f"{place!r}: cannot be written: {reason}; choose another output, or make room") from error
    return "written"


def edited(text: str) -> str | None:
    """Return why a file counts as edited or foreign, or None if it is as Copydesk wrote it."""
    from copydesk.frontmatter.reading import parse, split, untouched
    from copydesk.frontmatter.writing import body_hash, frontmatter_hash

    try:
        frontmatter, body = split(text)
        if untouched(text):
            return None if text == _whole(frontmatter, body) else "its line ends or blank lines were changed"
        written = parse(text).data
    except FrontmatterError as error:
        return f"its frontmatter cannot be read as Copydesk's ({error})"
    if "body_sha256" not in written or "frontmatter_sha256" not in written:
        return "it does not have the hashes that Copydesk writes"
    changed = ("frontmatter", written["frontmatter_sha256"] != frontmatter_hash(frontmatter)), (
        "body", written["body_sha256"] != body_hash(body))  # fmt: skip
    return "; ".join(f"its {part} was changed" for part, is_so in changed if is_so) or "its hashes were changed"


def _whole(frontmatter: str, body: str) -> str:
    return f"---\n{frontmatter}---\n" + (f"\n{body}" if body else "")


def present(place: str) -> bytes | None:
    """Return the bytes of the file that is there, or None."""
    if files.is_remote(place):
        from copydesk import remote

        return remote.present(place)
    try:
        with open(place, "rb", buffering=0) as handle:
            return handle.read()
    except FileNotFoundError:
        return None


def _check_own(place: str, present: bytes) -> None:
    try:
        reason = edited(present.decode())
    except UnicodeDecodeError:
        reason = "it is no UTF-8 text, so Copydesk did not write it"
    if reason:
        raise EditedOutput(f"{place!r}: {reason}; overwrite it with --force, or move it away")


def _put(place: str, data: bytes, present: bytes | None) -> None:
    if files.is_remote(place):
        from copydesk import remote

        remote.put(place, data)
    else:
        _replace(place, data, 0o666 if present is None else os.stat(place).st_mode & 0o777)


def _replace(place: str, data: bytes, mode: int) -> None:
    """Put a file into its place in one step, so that nobody ever sees half of it."""
    folder = os.path.dirname(place)
    temporary = os.path.join(folder, f"{_mark(place)}{os.urandom(8).hex()}{_TEMPORARY}")
    try:
        handle = os.open(temporary, _NEW, mode)
    except FileNotFoundError:
        os.makedirs(folder, exist_ok=True)
        handle = os.open(temporary, _NEW, mode)
    try:
        _fill(handle, data)
        os.replace(temporary, place)
    except BaseException:
        _remove(temporary)
        raise


def sweep(path: Path) -> None:
    """Remove what a process that was killed in the middle of writing a file has left beside it."""
    place = os.fspath(path)
    if files.is_remote(place):  # half of a file is never seen there
        return
    try:
        with os.scandir(os.path.dirname(place) or ".") as entries:
            left = [entry.path for entry in entries
                    if entry.name.startswith(_mark(place)) and entry.name.endswith(_TEMPORARY)]  # fmt: skip
    except OSError:  # no folder, and so nothing in it
        return
    for temporary in left:
        _remove(temporary)


def sweep_all(out: str) -> None:
    """Remove what processes that were killed in the middle of writing have left anywhere below a folder."""
    if files.is_remote(out):  # where a request is done or not
        return
    for folder, _, names in os.walk(out):
        for name in names:
            if _LEFT.fullmatch(name):
                _remove(os.path.join(folder, name))


def remove(out: str, name: str) -> None:
    """Remove an output, and the folders that are empty then."""
    if files.is_remote(out):
        from copydesk import remote

        remote.remove(place(out, name))
        return
    os.unlink(place(out, name))
    folder = name
    while folder := folder.rpartition("/")[0]:
        try:
            os.rmdir(os.path.join(out, folder))
        except OSError:  # it is not empty
            return


def _mark(place: str) -> str:
    """Return how the names of temporary files begin that are made for a file: no other file has these."""
    return f".copydesk-{hex_digest(os.path.basename(place).encode('utf-8', 'surrogateescape'))[:8]}-"


def _fill(handle: int, data: bytes) -> None:
    try:
        written = 0
        while written < len(data):
            written += os.write(handle, data[written:] if written else data)
    finally:
        os.close(handle)


def _remove(temporary: str) -> None:
    try:
        os.unlink(temporary)
    except OSError:
        # The failure that brought us here is the one to tell of.
        return
