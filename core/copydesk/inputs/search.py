"""Find captures among files, folders, containers and standard input, and read them."""

from __future__ import annotations

import os
import stat
import sys
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

from copydesk import files
from copydesk.inputs.folders import Entry, Goal, exists, is_container, kind, walk, walk_remote
from copydesk.inputs.values import STDIN, Found, Input, InputError, Sighting, too_large
from copydesk.page import MAX_BYTES

SUFFIXES = frozenset((".txt", ".text", ".html", ".htm", ".xhtml"))
"""How the names of captures end; what a capture is, text or HTML, is seen from its bytes."""

BELOW = "\0"
"""What stands between a path and what is in it, in orders and identities: no path has it, and nothing sorts before."""

_Sign = Callable[[str, int], tuple[int, str, int]]
"""Makes the order of a sighting of the path of a file and of the number in it."""


def find(
    arguments: Sequence[str],
    *,
    suffixes: Collection[str] = SUFFIXES,
    fields: str = "",
    listed: Iterable[str] = (),
) -> Found:
    """Return the captures that the arguments name, in the order of the arguments, each file once.

    This is what `sightings` gives, sorted, and of all that are one file the first.
    """
    best: dict[str, Sighting] = {}
    for seen in sightings(arguments, suffixes=suffixes, fields=fields, listed=listed):
        known = best.setdefault(seen.identity, seen)
        if (seen.item is None, seen.order) < (known.item is None, known.order):
            best[seen.identity] = seen
    found = sorted(best.values(), key=lambda seen: seen.order)
    return Found(tuple(seen.item for seen in found if seen.item is not None),
                 _sorted(Counter(seen.why for seen in found if seen.item is None)))  # fmt: skip


def sightings(
    arguments: Sequence[str],
    *,
    suffixes: Collection[str] = SUFFIXES,
    fields: str = "",
    listed: Iterable[str] = (),
) -> Iterator[Sighting]:
    """Give what a search comes by, as it comes: argument by argument, in each in no order, a file perhaps twice.

    A folder is searched with its subfolders for files with one of the suffixes; the order is that of relative paths.
    A file that is named explicitly is always an input. Of two spellings of one file the first one counts.
    A container stands for its members, in its order; one of lines (JSON Lines) only where it is named, or where
    ``fields`` says what is in it. What is no path and has `*`, `?` or `[` in it stands for all that it matches.

    ``listed`` are paths from a list: each is taken as it is, its output mirrors the whole path, and one that does not
    exist is an input that cannot be read.

    Nothing that has been given is kept. Raises InputError for a path that does not exist, a folder that cannot be
    listed, and, behind what was passed over there, a folder or container without a capture.
    """
    goal = Goal(suffixes, fields)
    for number, argument in enumerate(arguments):
        yield from _of_argument(argument, number, goal)
    for number, path in enumerate(listed, len(arguments)):
        path = files.local(path)
        yield from _seen(path, files.mirrored(path) or path, goal, _sign(number), named=False)


def _sign(number: int, match: str = "") -> _Sign:
    above = match + BELOW if match else ""
    return lambda relative, inside: (number, above + relative, inside)


def _of_argument(argument: str, number: int, goal: Goal) -> Iterator[Sighting]:
    """Give what an argument stands for, or all that matches it where it is a pattern."""
    argument = files.local(argument)
    if not any(sign in argument for sign in "*?[") or exists(argument):
        yield from _seen(argument, files.name_of(argument), goal, _sign(number), named=True)
        return
    from copydesk.inputs.patterns import matches

    path = ""
    for path in matches(argument):
        yield from _seen(path, files.name_of(path), goal, _sign(number, path), named=True)
    if not path:
        raise InputError(f"{argument!r}: nothing matches this pattern; check it, and write ** for any folders")


def _seen(argument: str, relative: str, goal: Goal, sign: _Sign, *, named: bool) -> Iterator[Sighting]:
    """Give what a path stands for; one that is not named, but comes from a list, needs not be there."""
    if files.is_remote(argument):
        yield from _seen_remote(argument, relative, goal, sign, named=named)
        return
    path = argument.replace(os.sep, "/")
    if argument == STDIN and named:
        yield Sighting(sign(STDIN, 0), STDIN, Input(STDIN, "stdin"))
    elif os.path.isdir(argument):
        yield from _in_folder(path, "" if named else relative + "/", walk(path, goal), goal, sign)
    elif is_container(argument) and os.path.isfile(argument):
        yield from _in_container(path, relative, identity_of(argument), goal, sign, named=named)
    elif not named or os.path.exists(argument):
        yield Sighting(sign(relative, 0), identity_of(argument), Input(path, relative))
    else:
        raise InputError(f"{argument!r}: no such file or folder; check the path, or give '-' for standard input")


def _seen_remote(url: str, relative: str, goal: Goal, sign: _Sign, *, named: bool) -> Iterator[Sighting]:
    """Give what a URL stands for; one from a list is asked for only where its name doesn't say that it is a file."""
    from copydesk import remote

    name = files.name_of(url)
    is_file = not named and (is_container(name) or os.path.splitext(name)[1].lower() in goal.suffixes)
    what = "file" if is_file else kind(url)
    if what == "directory":
        yield from _in_folder(url, "" if named else relative + "/", walk_remote(url, goal), goal, sign)
    elif what and is_container(name):
        yield from _in_container(url, relative, remote.identity(url), goal, sign, named=named)
    elif what or not named:
        yield Sighting(sign(relative, 0), remote.identity(url), Input(url, relative))
    else:
        raise InputError(f"{url!r}: no such file or folder; check the address")


def _in_folder(root: str, above: str, entries: Iterator[Entry], goal: Goal, sign: _Sign) -> Iterator[Sighting]:
    """Give what stands in a folder; ``above`` goes before the relative paths."""
    passed_over: Counter[str] = Counter()
    some = False
    prefix, behind = files.prefix(root)
    identified = _identified(root)
    for below, why in entries:
        relative, identity = above + below, identified(below)
        if why is not None:
            passed_over[why] += 1
            yield Sighting(sign(relative, 0), identity, None, why)
            continue
        some = True
        path = prefix + below + behind
        if is_container(below) and (files.is_remote(path) or os.path.isfile(path)):
            yield from _in_container(path, relative, identity, goal, sign, named=False)
        else:
            yield Sighting(sign(relative, 0), identity, Input(path, relative))
    if not some:
        raise InputError(f"{root!r}: no capture in this folder{_told(passed_over)}; {_remedy(goal)}")


def _identified(root: str) -> Callable[[str], str]:
    """Return what makes the identity of a file below a folder."""
    if not files.is_remote(root):
        place = os.path.realpath(root)
        return lambda below: os.path.normcase(os.path.join(place, below))
    from copydesk import remote

    prefix, behind = files.prefix(remote.identity(root))
    return lambda below: prefix + below + behind


def _in_container(
    path: str, relative: str, identity: str, goal: Goal, sign: _Sign, *, named: bool
) -> Iterator[Sighting]:
    """Give the members of a container."""
    from copydesk.inputs.containers import members

    passed_over: Counter[str] = Counter()
    some = False
    for number, item, why in members(path, relative, goal.suffixes, goal.fields):
        if item is None:
            passed_over[why] += 1
            yield Sighting(sign(relative, number), f"{identity}{BELOW}{BELOW}{number}", None, why)
        else:
            some = True
            yield Sighting(sign(relative, number), f"{identity}{BELOW}{item.inside}", item)
    if named and not some:
        raise InputError(f"{path!r}: no capture in this container{_told(passed_over)}; {_remedy(goal)}")


def read(item: Input, *, limit: int = MAX_BYTES) -> bytes:
    """Return the bytes of an input.

    Raises Rejection `too-large` for one of more than ``limit`` bytes, without reading it whole, and InputError for
    one that cannot be read.
    """
    if item.inside or item.fault:
        from copydesk.inputs.containers import Reader

        return Reader().read(item, limit)
    try:
        data = sys.stdin.buffer.read(limit + 1) if item.path == STDIN else _read_file(item.opened, limit)
    except OSError as error:
        reason = error.strerror or str(error)
        raise InputError(f"{item.path!r}: cannot be read: {reason}; make it a readable file") from error
    if len(data) > limit:
        raise too_large(item.path, f"more than {limit}", limit)
    return data


def _read_file(path: str, limit: int) -> bytes:
    if files.is_remote(path):
        from copydesk import remote

        return remote.fetched(path, limit)
    with open(path, "rb") as handle:
        status = os.fstat(handle.fileno())
        if status.st_size > limit:
            raise too_large(path, str(status.st_size), limit)
        # A pipe or a device has no size and may have no end.
        return handle.read() if stat.S_ISREG(status.st_mode) else handle.read(limit + 1)


def identity_of(path: str) -> str:
    """Return what all spellings of a path share; a link to a file is a file of its own."""
    if files.is_remote(path):
        from copydesk import remote

        return remote.identity(path)
    folder, name = os.path.split(path)
    return os.path.normcase(os.path.join(os.path.realpath(folder), name))


def identified(item: Input) -> str:
    """Return the identity of an input, as its sighting has it."""
    if item.path == STDIN:
        return STDIN
    whole = identity_of(item.opened)
    return f"{whole}{BELOW}{item.inside}" if item.inside or item.fault else whole


def _sorted(counts: Mapping[str, int]) -> dict[str, int]:
    """Return counts with their reasons in code point order."""
    return dict(sorted(counts.items()))


def _told(counts: Mapping[str, int]) -> str:
    told = ", ".join(f"{count} {reason or 'without suffix'}" for reason, count in _sorted(counts).items())
    return f" (passed over: {told})" if told else ""


def _remedy(goal: Goal) -> str:
    return f"captures end in {' or '.join(sorted(goal.suffixes))}, and a file named by itself is always read"
