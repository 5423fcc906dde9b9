"""Convert a folder of HTML with another program in a pool of processes: `python pool.py NAME IN OUT JOBS`.

Each page is read, converted and written beside the others, as whoever needs a whole folder and finds a function for
one page would do it. A page that the program fails on, or makes nothing of, has no file.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from pathlib import Path

CHUNK = 8
"""So many pages go to a process at a time."""


class _Worker:
    """What a process keeps from one page to the next: the program, and where all is."""

    reader: Callable[[bytes], str] | None = None
    source = target = Path()


def main(name: str, source: str, target: str, jobs: str) -> int:
    """Convert all pages of a folder; the exit code is 0 even where some have no file."""
    pages = sorted(str(path.relative_to(source)) for path in Path(source).rglob("*.html"))
    for folder in {Path(target, page).parent for page in pages}:
        folder.mkdir(parents=True, exist_ok=True)
    with ProcessPoolExecutor(int(jobs), initializer=begin, initargs=(name, source, target)) as pool:
        for _ in pool.map(convert, pages, chunksize=CHUNK):
            pass
    return 0


def begin(name: str, source: str, target: str) -> None:
    """Load the program in a process."""
    from benchmarks.peers import PEERS

    _Worker.reader = next(peer for peer in PEERS if peer.name == name).load()
    _Worker.source, _Worker.target = Path(source), Path(target)


def convert(page: str) -> None:
    """Read, convert and write a page."""
    assert _Worker.reader
    with suppress(Exception):  # whatever a program raises, the next page is converted
        text = _Worker.reader((_Worker.source / page).read_bytes())
        if text.strip():
            (_Worker.target / page).with_suffix(".md").write_text(text, "utf-8", newline="\n")


if __name__ == "__main__":
    sys.path[0] = str(Path(__file__).resolve().parents[2])
    sys.exit(main(*sys.argv[1:]))
