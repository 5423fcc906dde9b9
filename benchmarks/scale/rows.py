"""The rows of the scale: what was measured in whole runs, and the ratios that are made of it."""

from __future__ import annotations

from typing import NamedTuple

from benchmarks.measure import verdict

SPEED_UP = 1.7
"""What two workers should at least be to one, by wall clock."""
WORKER_COST = 1.08
"""What the processor's time may be with several workers, against one."""
FLAT = 1.05
"""What the memory may be with ten times as many documents."""
RERUN = 0.15
"""What a second run may take of the first."""


class Rate(NamedTuple):
    """How much one process gets done: so many documents, of so many bytes in all, in so many seconds."""

    kind: str
    documents: int
    size: int
    wall: float
    cpu: float

    @property
    def reached(self) -> bool:
        """Tell that no goal is missed: there is none, for it would be one for the machine."""
        return True

    @property
    def documents_a_second(self) -> float:
        """Return the documents that are done in a second."""
        return self.documents / self.wall

    @property
    def megabytes_a_second(self) -> float:
        """Return the millions of bytes that are done in a second."""
        return self.size / self.wall / 1e6

    def cells(self) -> tuple[str, ...]:
        """Return what the table says of it."""
        told = f"{self.documents_a_second:,.0f} documents/s, {self.megabytes_a_second:.1f} MB/s"
        return f"throughput: {self.kind}", "one process", told, "", "", ""


class Workers(NamedTuple):
    """What several workers take for the same documents as one: seconds by the clock, seconds of all processes."""

    jobs: int
    documents: int
    wall: float
    cpu: float
    wall_of_one: float
    cpu_of_one: float

    @property
    def speed_up(self) -> float:
        """Return how many times as fast they are as one."""
        return self.wall_of_one / self.wall

    @property
    def cost(self) -> float:
        """Return how many times the processor's time of one they take."""
        return self.cpu / self.cpu_of_one

    @property
    def reached(self) -> bool:
        """Tell whether they cost no more than they may and, where they are two, are fast enough."""
        return self.cost <= WORKER_COST and (self.jobs != 2 or self.speed_up >= SPEED_UP)

    def cells(self) -> tuple[str, ...]:
        """Return what the table says of it."""
        goal, told = verdict(WORKER_COST, self.reached)
        goal = f"at least {SPEED_UP:g}; CPU {goal}" if self.jobs == 2 else f"CPU {goal}"
        return f"{self.jobs} workers", "1 worker", f"speed-up {self.speed_up:.2f}", f"{self.cost:.2f}", goal, told


class Memory(NamedTuple):
    """The highest resident size of a process over so many documents, in MiB, for ever more documents."""

    layout: str
    process: str
    documents: tuple[int, ...]
    mebibytes: tuple[float, ...]

    @property
    def growth(self) -> float:
        """Return how many times as much the most documents take as those before them."""
        return self.mebibytes[-1] / self.mebibytes[-2]

    @property
    def reached(self) -> bool:
        """Tell whether it is flat."""
        return self.growth <= FLAT

    def cells(self) -> tuple[str, ...]:
        """Return what the table says of it."""
        few, many = (f"{number:,} documents" for number in self.documents[-2:])
        told = f"{self.growth:.2f} ({self.mebibytes[-1]:.0f} MiB)"
        return f"memory of {self.process}: {self.layout}, {many}", few, told, "", *verdict(FLAT, self.reached)


class Rerun(NamedTuple):
    """What a second run over the same corpus takes, and what the first took: by the clock, and of all processes."""

    kind: str
    report: bool
    documents: int
    wall: float
    cpu: float
    first_wall: float
    first_cpu: float

    @property
    def share(self) -> float:
        """Return the part of the first run's time that the second takes."""
        return self.wall / self.first_wall

    @property
    def reached(self) -> bool:
        """Tell whether the part is small enough."""
        return self.share <= RERUN

    def cells(self) -> tuple[str, ...]:
        """Return what the table says of it."""
        what = f"second run: {self.kind}{', with a report' if self.report else ''}"
        cpu = f"{self.cpu / self.first_cpu:.2f}"
        return what, "first run", f"{self.share:.2f}", cpu, *verdict(RERUN, self.reached)


class Peer(NamedTuple):
    """What a program takes for a corpus of HTML, with as many processes as Copydesk: both by the clock and in all.

    ``files`` says of how many documents it made a file with something in it.
    """

    name: str
    jobs: int
    documents: int
    files: int
    wall: float
    cpu: float
    our_wall: float
    our_cpu: float

    @property
    def times_as_long(self) -> float:
        """Return how many times as long it takes as Copydesk."""
        return self.wall / self.our_wall

    @property
    def reached(self) -> bool:
        """Tell that no goal is missed: there is none."""
        return True

    def cells(self) -> tuple[str, ...]:
        """Return what the table says of it."""
        what = f"{self.name}: {self.files} of {self.documents} HTML pages"
        against = f"copydesk, {self.jobs} worker{'s' if self.jobs > 1 else ''}"
        return what, against, f"{self.times_as_long:.1f}", f"{self.cpu / self.our_cpu:.1f}", "", ""
