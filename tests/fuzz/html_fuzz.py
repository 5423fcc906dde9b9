"""Fuzz the reading of HTML pages: `python tests/fuzz/html_fuzz.py --minutes 10 --keep FOLDER`.

Specimens and made-up pages are mutated, each one must keep the laws, and of each kind of failure the smallest page is
kept. The same seed gives the same pages in the same order.
"""

from __future__ import annotations

import sys
import time
from argparse import ArgumentParser
from collections import Counter, deque
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from copydesk import Capture
from tests.fuzz.made_up import Made, made_up
from tests.fuzz.mutator import harmless, mutate
from tests.fuzz.verdict import Verdict, judge_any, judge_made, verdict
from tests.support.specimens import specimens

LARGEST = 300_000
"""A mutated page of more bytes is left out: what costs so much time finds nothing that a smaller one does not."""
RECENT = 50
"""So many made-up pages are at hand to be mixed with another."""
TRIES = 300
"""So many smaller pages are tried for each that fails in a new way."""

Judge = Callable[[bytes], Verdict]


class Case(NamedTuple):
    """A page to judge, who judges it, and whether a piece of it can be judged: not where it must give an article."""

    data: bytes
    judge: Judge
    shrinks: bool = False


class Tally:
    """What became of all pages so far, and the smallest one of each failure."""

    def __init__(self, keep: Path | None = None) -> None:
        self.outcomes: Counter[str] = Counter()
        self.failures: Counter[str] = Counter()
        self.smallest: dict[str, bytes] = {}
        self.keep = keep

    def take(self, case: Case) -> None:
        """Judge a page; of a failure that is new, or found in a smaller page, look for a page that is smaller still."""
        found = case.judge(case.data)
        self.outcomes[found.outcome] += 1
        if not found.failure:
            return
        self.failures[found.failure] += 1
        kept = self.smallest.get(found.failure)
        if kept is None or len(case.data) < len(kept):
            small = smaller(case, found.failure) if case.shrinks else case.data
            if kept is None or len(small) < len(kept):
                self._keep(found, small)

    def _keep(self, found: Verdict, data: bytes) -> None:
        self.smallest[found.failure] = data
        if self.keep is not None:
            self.keep.mkdir(parents=True, exist_ok=True)
            stem = "".join(sign if sign.isalnum() else "-" for sign in found.failure)[:120]
            (self.keep / f"{stem}.html").write_bytes(data)
            (self.keep / f"{stem}.trace").write_text(found.trace, "utf-8")


def smaller(case: Case, failure: str) -> bytes:
    """Return a smaller page that fails in the same way: pieces are left out, large ones first."""
    data, size, tries = case.data, len(case.data) // 2, TRIES
    while size and tries > 0:
        at, lost = 0, False
        while at < len(data) and tries > 0:
            tries -= 1
            shorter = data[:at] + data[at + size :]
            if case.judge(shorter).failure == failure:
                data, lost = shorter, True
            else:
                at += size
        size = size if lost and size < len(data) else size // 2
    return data


def cases(seed: int) -> Iterator[Case]:
    """Give pages without end: made up and as they are, changed where nobody sees it, and mutated."""
    rng = Random(seed)
    specimens_ = [specimen.capture.data for specimen in specimens()]
    recent: deque[bytes] = deque(maxlen=RECENT)
    while True:
        made = made_up(rng)
        data = made.page.encode()
        yield Case(data, _as_made(made))
        yield Case(harmless(rng, data), _as_made(made))
        recent.append(data)
        pool = (*specimens_, *recent)
        for _ in range(8):
            page = mutate(rng, rng.choice((data, data, rng.choice(pool))), pool)
            if len(page) <= LARGEST:
                yield Case(page, _as_anything(made), shrinks=True)


def _as_made(made: Made) -> Judge:
    return lambda data: verdict(lambda: judge_made(made, data))


def _as_anything(made: Made) -> Judge:
    url = "http://naenara.com.kp/" if made.layout == "naenara" else ""
    return lambda data: verdict(lambda: judge_any(Capture(data, "page.html", url)))


def fuzz(seed: int, *, pages: int = 0, seconds: float = 0, keep: Path | None = None) -> Tally:
    """Judge pages until so many are done or so much time is over, whichever is given."""
    tally, end = Tally(keep), time.monotonic() + seconds
    for number, case in enumerate(cases(seed), 1):
        tally.take(case)
        if (pages and number >= pages) or (seconds and time.monotonic() > end):
            break
    return tally


def main(arguments: list[str]) -> int:
    """Run from the command line; the exit code is 1 where a page broke a law."""
    parser = ArgumentParser(description="Mutate pages of HTML and check that they keep the laws.")
    parser.add_argument("--minutes", type=float, default=10, help="how long (%(default)s)")
    parser.add_argument("--seed", type=int, default=1, help="where the random numbers begin (%(default)s)")
    parser.add_argument("--keep", type=Path, default=Path("fuzz-findings"), help="where to (%(default)s)")
    args = parser.parse_args(arguments)
    tally = fuzz(args.seed, seconds=args.minutes * 60, keep=args.keep)
    for what, counts in (("outcome", tally.outcomes), ("FAILURE", tally.failures)):
        for name, count in counts.most_common():
            size = f" (smallest: {len(tally.smallest[name])} bytes)" if name in tally.smallest else ""
            print(f"{count:8} {what} {name}{size}")
    return 1 if tally.failures else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
