"""What is read: an input, where it stands, and what its container knows of it."""

from __future__ import annotations

from typing import NamedTuple

from copydesk.errors import CopydeskError, Rejection

STDIN = "-"
INSIDE = "!"
"""What stands between the path of a container and the name of a member."""

HIDDEN = "hidden"


class InputError(CopydeskError):
    """An input that is not there or cannot be read; the message names the path, the reason and the remedy."""


class Damage(InputError):  # noqa: N818 - a situation and not a fault
    """A container or member that is not whole: `truncated`, `damaged`, `encrypted`, `unsupported` or `bad-line`."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(code, message)
        self.code = code
        self.message = message

    def __str__(self) -> str:
        return self.message


class Input(NamedTuple):
    """A capture to be read.

    ``path`` is the path as given, with ``/`` on every system, or ``-`` for standard input. ``relative`` is the
    path below the folder it was found in; for a file given by itself its name, for standard input ``stdin``.

    For a member of a container ``path`` is that of the container, ``inside`` its name there, ``number`` its place in
    the order of the container, and ``where`` what it takes to go to it directly, empty where all before it must be
    read. ``url``, ``captured`` and ``encoding`` are what the container knows of it, ``fields`` those of its line of
    JSON. ``fault`` is the code of what is known to be wrong with it, and ``reason`` the message. ``at`` is where
    the file is opened, if that is not by ``path``: its whole path, for a process in another folder.
    """

    path: str
    relative: str
    inside: str = ""
    number: int = 0
    where: tuple[int, ...] = ()
    url: str = ""
    captured: str = ""
    encoding: str = ""
    fault: str = ""
    reason: str = ""
    fields: str = ""
    at: str = ""

    @property
    def opened(self) -> str:
        """The path by which the file is opened."""
        return self.at or self.path

    @property
    def shown(self) -> str:
        """The path by which the input is named in reports and frontmatter."""
        return f"{self.path}{INSIDE}{self.inside}" if self.inside else self.path


class Sighting(NamedTuple):
    """What a search came by: an input, or what is passed over and why.

    ``order`` is the number of the argument, the path below it, and the number in a container; sorting by it, by code
    points, gives the order of the inputs. ``identity`` is what all spellings of a path share: of two sightings with one
    identity an input counts before what is passed over, and then the first.
    """

    order: tuple[int, str, int]
    identity: str
    item: Input | None
    why: str = ""


class Found(NamedTuple):
    """What a search found: the inputs, and how many entries of the folders were passed over for which suffix.

    Beside suffixes (lower case, empty for a name without one) ``passed_over`` counts ``hidden`` files and folders,
    each ``linked folder`` and each ``special file`` (pipe, socket, device). A folder that was not entered is one entry.
    Members of containers are counted in the same way, and by what else they are, such as ``link`` or ``WARC request``.
    """

    inputs: tuple[Input, ...]
    passed_over: dict[str, int]


def too_large(path: str, size: str, limit: int) -> Rejection:
    """Return the rejection of a capture that has more bytes than it may."""
    return Rejection(
        "too-large",
        f"{path!r}: {size} bytes, and a capture has at most {limit}",
        remedy="give each document as a file of its own",
    )
