from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.batch.chunks import BODIES, LARGEST, WINDOW, Chunk, Chunks
from copydesk.batch.values import Outcome, Settings, Task
from copydesk.inputs import Input


def task(number: int) -> Task:
    """Return a task by its number; of six one is settled."""
    settled = Outcome(f"{number}", "", "failed") if number % 6 == 5 else None
    return Task(Input(f"{number}", f"{number}"), Settings(), settled=settled)


def blame(task: Task) -> Outcome:
    """Return the outcome of a task that was stopped."""
    return Outcome(task.item.path, "", "failed", code="crashed")


def numbers(chunk: Chunk | None) -> list[int]:
    """Return the numbers of the tasks in a chunk."""
    return [int(turn.task.item.path) for turn in chunk.turns] if chunk else []


@dataclass
class Counted:
    """A million tasks, and how many were drawn."""

    drawn: int = 0
    bodies: bytes | None = None

    def __iter__(self) -> Iterator[Task]:
        for number in range(1_000_000):
            self.drawn += 1
            yield Task(Input(f"{number}", ""), Settings(), data=self.bodies)


def test_chunks_begin_with_one_and_grow_no_faster_than_twofold() -> None:
    """Few tasks spread over all workers, and quick ones soon come by the dozen."""
    chunks = Chunks(Counted(), 4)
    sizes = []
    for _ in range(9):
        sizes.append(len(numbers(chunks.cut())))
        chunks.learn(1, 1e-6)

    assert sizes == [1, 2, 4, 8, 16, 32, LARGEST, LARGEST, LARGEST]


@pytest.mark.parametrize(("seconds", "size"), [(0.001, 50), (0.01, 5), (0.04, 1), (3.0, 1), (0.0, LARGEST)])
def test_a_chunk_is_so_much_work(seconds: float, size: int) -> None:
    """A chunk has as many tasks as take a twentieth of a second, by what others took."""
    chunks = Chunks(Counted(), 1)
    for _ in range(10):
        chunks.learn(3, 3 * seconds)

    assert len(numbers(chunks.cut())) == size


def test_a_chunk_holds_so_many_bytes() -> None:
    """Large documents come few at a time, however quick they are."""
    chunks = Chunks(Counted(bodies=bytes(BODIES // 2)), 1)
    for _ in range(10):
        chunks.learn(1, 1e-6)

    assert len(numbers(chunks.cut())) == 2


@pytest.mark.parametrize("jobs", [1, 3])
def test_law_tasks_are_drawn_as_they_are_needed(jobs: int) -> None:
    """Law: of a million tasks no more are drawn than the window holds, and one more for each that is given."""
    tasks = Counted()
    chunks = Chunks(tasks, jobs)
    first = chunks.cut()
    chunks.learn(1, 1e-6)
    while chunks.cut():
        pass
    drawn = [tasks.drawn]
    assert first
    first.turns[0].finish("first")
    chunks.give()
    chunks.cut()

    assert [*drawn, tasks.drawn] == [WINDOW * jobs, WINDOW * jobs + 1]


def test_a_million_settled_tasks_are_drawn_as_they_are_given() -> None:
    """What is settled is no less bounded."""
    drawn = []
    chunks = Chunks((drawn.append(n) or task(5) for n in range(1_000_000)), 1)  # type: ignore[func-returns-value]

    assert (chunks.cut(), chunks.has_next, len(drawn)) == (None, True, WINDOW)


@given(st.integers(0, 60), st.data())
def test_law_each_task_has_one_result_in_its_turn(count: int, data: st.DataObject) -> None:
    """Law: however workers end, each task is given once, in order; what was in hand is to blame, and nothing else."""
    chunks = Chunks(map(task, range(count)), 1)
    given: list[object] = []
    blamed: set[int] = set()
    held: list[Chunk] = []
    while chunks.remain:
        while len(held) < 2 and (chunk := chunks.cut()):
            held.append(chunk)
        if held and data.draw(st.integers(0, 9)) == 0:
            first = held[0]
            if first.is_begun or first.turns[0].was_lost:
                blamed.add(int(first.turns[0].task.item.path))
            chunks.recover(held, blame)
            held = []
        elif held:
            held[0].is_begun = True
            for _ in range(data.draw(st.integers(0, len(held[0].turns)))):
                turn = held[0].turns.popleft()
                turn.finish(int(turn.task.item.path))
            held = [chunk for chunk in held if chunk.turns]
            chunks.learn(1, data.draw(st.sampled_from([1e-6, 0.01, 1.0])))
        while chunks.has_next:
            given.append(chunks.give())

    assert given == [blame(task(n)) if n in blamed else task(n).settled or n for n in range(count)]


def test_what_no_worker_can_take_is_to_blame_at_last() -> None:
    """Where a worker ends before it has begun a chunk, its tasks come again one by one, and each of these once more."""
    chunks = Chunks(map(task, range(3)), 1)
    chunks.learn(1, 1e-6)
    chunks.learn(1, 1e-6)
    cuts = []
    while chunk := chunks.cut():
        cuts.append(numbers(chunk))
        chunks.recover([chunk], blame)

    assert cuts == [[0, 1, 2], [0], [1], [2]]
    assert [chunks.give().code for _ in range(3)] == ["crashed"] * 3


def test_a_result_keeps_no_bytes() -> None:
    """When a task is done its bytes are let go, though its result may wait long for its turn."""
    chunk = Chunks([Task(Input("a", "a"), Settings(), data=b"bytes")], 1).cut()
    assert chunk
    turn = chunk.turns[0]
    turn.finish("result")

    assert not hasattr(turn, "task")
