"""Chunks: the few tasks that a worker is handed at once, and the order in which their results are given."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from copydesk.batch.values import Outcome, Task

SECONDS = 0.05
"""So much work a chunk is to be: what handing it out costs is little beside it, and nobody waits for it for long."""

LARGEST = 64
"""A chunk has so many tasks at most."""

BODIES = 4 << 20
"""A chunk that has so many bytes of documents is handed out as it is."""

WINDOW = 256
"""So many tasks for each worker are drawn ahead of what was given last: others go on beside a slow document."""


class Turn:
    """A task whose turn to be given comes, and its result when that is known."""

    __slots__ = ("is_done", "result", "task", "was_lost")

    def __init__(self, task: Task) -> None:
        self.task = task
        self.result: Any = task.settled
        self.is_done = task.settled is not None
        self.was_lost = False

    def finish(self, result: Any) -> None:
        """Keep the result, and not the task: its bytes may be many."""
        self.result, self.is_done = result, True
        del self.task


class Chunk:
    """What a worker is handed at once; a task leaves it when it is done, so the first is the one in hand."""

    __slots__ = ("is_begun", "payload", "turns")

    def __init__(self, turns: Iterable[Turn]) -> None:
        self.turns = deque(turns)
        self.is_begun = False
        self.payload = b""


class Chunks:
    """Draws tasks as they are needed, cuts chunks of them, and gives the results in the order of the tasks."""

    def __init__(self, tasks: Iterable[Task], jobs: int) -> None:
        self._tasks: Iterator[Task] | None = iter(tasks)
        self._window = WINDOW * jobs
        self._order: deque[Turn] = deque()
        self._again: deque[Chunk] = deque()
        self._size = 1

    @property
    def remain(self) -> bool:
        """Whether there is a task whose result was not given."""
        return bool(self._order) or self._tasks is not None

    @property
    def has_next(self) -> bool:
        """Whether the result that is to be given next is known."""
        return bool(self._order) and self._order[0].is_done

    @property
    def are_small(self) -> bool:
        """Whether a task is known to take little time, so that nobody is kept waiting behind a chunk."""
        return self._size > 1

    def give(self) -> Any:
        """Return the next result."""
        return self._order.popleft().result

    def cut(self) -> Chunk | None:
        """Return a chunk to be handed out, or None where there is none now."""
        if self._again:
            return self._again.popleft()
        turns = list(self._drawn())
        return Chunk(turns) if turns else None

    def _drawn(self) -> Iterator[Turn]:
        """Draw what makes a chunk; what is settled has its turn, and needs no worker."""
        count = weight = 0
        while count < self._size and weight < BODIES and len(self._order) < self._window:
            task = next(self._tasks, None) if self._tasks else None
            if task is None:
                self._tasks = None
                return
            turn = Turn(task)
            self._order.append(turn)
            if not turn.is_done:
                count, weight = count + 1, weight + len(task.data or b"")
                yield turn

    def learn(self, count: int, seconds: float) -> None:
        """Size the chunks by how long some tasks took; they grow no faster than twofold, as the next may be others."""
        if count:
            wanted = int(SECONDS * count / seconds) if seconds else LARGEST
            self._size = max(1, min(wanted, 2 * self._size, LARGEST))

    def put_back(self, chunk: Chunk) -> None:
        """Take a chunk back that nobody has room for."""
        self._again.appendleft(chunk)

    def recover(self, chunks: Sequence[Chunk], blame: Callable[[Task], Outcome]) -> None:
        """Take back what a worker had that has ended: the task in hand is to blame, and the others come again.

        Where none of its chunk was begun, the tasks come again one by one, and one that comes so for the second time
        is to blame: no worker can so much as take it.
        """
        if not chunks:
            return
        first, *others = chunks
        if first.is_begun or first.turns[0].was_lost:
            guilty = first.turns.popleft()
            guilty.finish(blame(guilty.task))
            again = [Chunk(first.turns)] if first.turns else []
        else:
            again = [_alone(turn) for turn in first.turns]
        self._again.extendleft(reversed([*again, *others]))


def _alone(turn: Turn) -> Chunk:
    turn.was_lost = True
    return Chunk((turn,))
