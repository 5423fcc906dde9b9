"""Converting: many inputs, each with an outcome, so that inputs = written + unchanged + rejected + failed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, cast

from copydesk import inputs
from copydesk.batch.engines import Engine, here
from copydesk.batch.values import Outcome, Settings, Task, stopped
from copydesk.batch.work import convert_one, name_one
from copydesk.inputs import STDIN, Input
from copydesk.page import MAX_BYTES

if TYPE_CHECKING:
    from copydesk.inputs.containers import Reader

_ToDo = list[Task | Outcome]


def convert(
    found: Iterable[Input], settings: Settings, engine: Engine = here, beside: Iterable[Outcome] = ()
) -> Iterator[Outcome]:
    """Convert inputs, and give their outcomes in their order; without ``settings.out`` nothing is written to disk.

    Whatever happens to one input is its own outcome and stops no other. ``beside`` are those of an earlier run, of
    other inputs, whose outputs keep their names.
    """
    todo: _ToDo = [_task(item, settings) for item in found]
    if settings.out:
        todo = _named(todo, settings, engine, list(beside))
    outcomes = engine(convert_one, _tasks(todo))
    for task in todo:
        yield task if isinstance(task, Outcome) else next(outcomes)


def _tasks(todo: _ToDo) -> Iterator[Task]:
    """Give the tasks; members that cannot be gone to directly are read here, one after the other, as they are drawn."""
    reader: Reader | None = None
    for task in todo:
        if isinstance(task, Outcome):
            continue
        if task.item.inside and not (task.item.where or task.item.fault):
            reader = reader or _reader()
            yield _with_data(task, reader)
        else:
            yield task


def _reader() -> Reader:
    from copydesk.inputs.containers import Reader

    return Reader()


def _with_data(task: Task, reader: Reader) -> Task:
    """Return a task with its bytes, or with the reason why it has none, which is its outcome where the work is done."""
    try:
        return task._replace(data=reader.read(task.item, MAX_BYTES))
    except Exception as problem:  # what cannot be read stops no other
        return task._replace(settled=stopped(task, "read", problem))


def _task(item: Input, settings: Settings) -> Task | Outcome:
    """Return the work on an input; standard input is read here, since it can be read once and in this process."""
    task = Task(item, settings)
    if item.path != STDIN:
        return task
    try:
        return task._replace(data=inputs.read(item))
    except Exception as problem:  # what cannot be read stops no other
        return stopped(task, "read", problem)


def _named(todo: _ToDo, settings: Settings, engine: Engine, beside: list[Outcome]) -> _ToDo:
    """Give each task the name of its output, such that no two share one.

    Mirrored names come from the inputs' paths. All others come from the documents, so these are made here for
    their names alone and again for writing: that is what it takes to give two inputs two names in any order,
    without holding a corpus in memory.
    """
    from copydesk import names

    wanted = _mirrored(todo) if settings.name == "mirror" else list(engine(name_one, _tasks(todo)))
    of_tasks = iter(wanted)
    named = [task if isinstance(task, Outcome) else next(of_tasks) for task in todo]
    keys = _keys([*todo, *beside])
    known = [*named, *(outcome.name or names.mirror(outcome.relative) for outcome in beside)]
    final = names.settle({key: name for key, name in zip(keys, known, strict=True) if isinstance(name, str)})
    return [name if isinstance(name, Outcome) else _with_name(cast(Task, task), name, final[key])
            for task, name, key in zip(todo, named, keys, strict=False)]  # fmt: skip


def _with_name(task: Task, wanted: str, final: str) -> Task:
    return task._replace(name=final, wanted="" if task.settings.name == "mirror" else wanted)


def _mirrored(todo: _ToDo) -> list[str | Outcome]:
    from copydesk import names

    return [names.mirror(task.item.relative) for task in _tasks(todo)]


def _keys(todo: _ToDo) -> list[str]:
    """Return what tells inputs apart: the path below the root, or the path as given where roots share one."""
    relative = [task.item.relative if isinstance(task, Task) else task.relative for task in todo]
    paths = [task.item.shown if isinstance(task, Task) else task.input for task in todo]
    times = Counter(relative)
    return [below if times[below] == 1 else path for below, path in zip(relative, paths, strict=True)]
