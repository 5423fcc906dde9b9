"""A tool that reads what Copydesk writes, asked for many texts at once, and how far its answers agree."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib.metadata import PackageNotFoundError, version
from typing import Any, NamedTuple

Ask = Callable[[Sequence[str]], Sequence[Any]]


class MissingError(Exception):
    """A tool that is not installed, by its name, and what installs it."""


class Known(NamedTuple):
    """A difference that has no cure on our side: what the tool does, why, and an answer without it."""

    fact: str
    reason: str
    without: Callable[[Any], Any]


class Consumer(NamedTuple):
    """A tool with one way to use it.

    ``version`` raises `MissingError` where the tool is not there. ``ask`` gives one answer a text: the HTML of an
    engine, the values of a reader, or the error with its type.
    """

    name: str
    version: Callable[[], str]
    ask: Ask
    known: tuple[Known, ...] = ()


class Asked(NamedTuple):
    """A text with its kind, and what the tool should make of it."""

    kind: str
    text: str
    expected: Any


class Difference(NamedTuple):
    """A text that a tool shows otherwise than it was written."""

    text: str
    expected: Any
    actual: Any


class Result(NamedTuple):
    """What became of all texts: how many of each kind, the differences, and how many were known ones."""

    cases: dict[str, int]
    differences: list[Difference]
    known: int


def compare(consumer: Consumer, asked: Sequence[Asked], read: Callable[[Any], Any]) -> Result:
    """Ask a tool for all texts, and hold what is read out of its answers against what was written."""
    answers = consumer.ask([each.text for each in asked])
    assert len(asked) == len(answers), f"{consumer.name} gave {len(answers)} answers to {len(asked)} texts"
    differences, known = [], 0
    for each, answer in zip(asked, answers, strict=True):
        if each.expected == read(answer):
            continue
        without = answer
        for exception in consumer.known:
            without = exception.without(without)
        actual = read(without)
        if each.expected == actual:
            known += 1
        else:
            differences.append(Difference(each.text, each.expected, actual))
    return Result(_counted(asked), differences, known)


def _counted(asked: Sequence[Asked]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for each in asked:
        counts[each.kind] = counts.get(each.kind, 0) + 1
    return counts


def of_python(name: str, distribution: str, make: Callable[[], Callable[[str], Any]]) -> Consumer:
    """Return a tool of this process; each time it is asked it is set up afresh, and what it raises is its answer."""

    def installed() -> str:
        try:
            make()
            return version(distribution)
        except (ImportError, PackageNotFoundError) as error:
            raise MissingError(f"{distribution} is not installed ({error}); the extra 'dev' has it") from error

    def ask(texts: Sequence[str]) -> list[Any]:
        tool = make()
        return [_answer(tool, text) for text in texts]

    return Consumer(name, installed, ask)


def _answer(answer: Callable[[str], Any], text: str) -> Any:
    try:
        return answer(text)
    except Exception as error:  # whatever a tool does with a text, the next text is asked all the same
        return {"error": f"{type(error).__name__}: {error}"}
