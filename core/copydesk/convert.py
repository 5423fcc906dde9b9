"""Converting: many inputs, each with an outcome, so that inputs = written + unchanged + rejected + failed."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

from copydesk import __version__, inputs
from copydesk.batch.engines import Engine, here
from copydesk.batch.values import Known, Outcome, Settings, Task, stopped
from copydesk.batch.work import convert_one, name_one
from copydesk.files import is_remote
from copydesk.inputs import STDIN, Input, Sighting
from copydesk.page import MAX_BYTES

if TYPE_CHECKING:
    from copydesk.inputs.containers import Reader
    from copydesk.ledger import Ledger
    from copydesk.ledger.after import Gone
    from copydesk.ledger.listing import Row


def convert(found: Iterable[Input], settings: Settings, engine: Engine = here) -> Iterator[Outcome]:
    """Convert inputs, and give their outcomes in their order; without ``settings.out`` nothing is written to disk.

    Whatever happens to one input is its own outcome and stops no other.
    """
    if not settings.out:
        yield from engine(convert_one, map(_Sequential().read, (Task(item, settings) for item in found)))
        return
    from copydesk.ledger import Ledger

    with Ledger() as ledger:
        run = Run(settings, ledger)
        run.list(Sighting((number, item.relative, 0), f"{number}", item) for number, item in enumerate(found))
        yield from run.outcomes(engine)


class Run:
    """A run that writes into a folder, and what the ledger of that folder has to do with it.

    First `list` its inputs, then take the `outcomes`, and at last ask for `groups` and `gone`. ``anew`` converts also
    what has not changed; ``again`` says that these are inputs of an earlier run, which keep their names; ``elsewhere``
    leaves it to the workers to find out what has changed.
    """

    def __init__(self, settings: Settings, ledger: Ledger, *, anew: bool = False, again: bool = False,
                 elsewhere: bool = False) -> None:  # fmt: skip
        from copydesk.ledger.listing import Listing

        self.settings = settings
        self.ledger = ledger
        self.anew = anew
        self.again = again
        self.elsewhere = elsewhere
        self._sequential = _Sequential()
        self.listing = Listing(ledger, mirrored=settings.name == "mirror")
        self._context = self._made_with() if ledger.path else ""
        if ledger.begin(f"copydesk {__version__}"):
            from copydesk import outputs

            outputs.sweep_all(settings.out)

    def _made_with(self) -> str:
        from copydesk.batch.unchanged import context_of
        from copydesk.fingerprint import fingerprint

        return context_of(fingerprint(self.settings.plugins), self.settings)

    @property
    def total(self) -> int:
        """How many inputs there are."""
        return self.listing.total

    @property
    def passed_over(self) -> dict[str, int]:
        """How many entries were passed over for which reason."""
        return self.listing.passed_over

    def list(self, found: Iterable[Sighting], beside: Iterable[Outcome] = ()) -> None:
        """List the inputs, on disk; ``beside`` are outcomes of other inputs, whose outputs keep their names."""
        self.listing.fill(found, beside)

    def outcomes(self, engine: Engine = here) -> Iterator[Outcome]:
        """Convert the inputs, and give their outcomes in their order."""
        from copydesk.ledger.naming import settle

        if not self.listing.mirrored:
            self.listing.want(self._wanted(engine))
        settle(self.listing, keep=self.again)
        handed_out: deque[Row] = deque()
        for outcome in engine(convert_one, self._tasks(handed_out, self._prepared)):
            self._remember(handed_out.popleft(), outcome)
            yield outcome
        self.ledger.end()

    def _wanted(self, engine: Engine) -> Iterator[tuple[int, str | Outcome]]:
        """Give the names that documents want, or the outcomes of inputs that become none.

        The documents are made here for their names alone, and again to be written: that is what it takes to give two
        inputs two names in any order, without holding a corpus in memory. Where nothing has changed the name is known.
        """
        handed_out: deque[Row] = deque()
        for found in engine(name_one, self._tasks(handed_out, self._with_wanted)):
            is_known = isinstance(found, Outcome) and found.id
            yield handed_out.popleft().row, found.name if isinstance(found, Outcome) and is_known else found

    def _tasks(self, handed_out: deque[Row], prepared: Callable[[Task, Row], Task]) -> Iterator[Task]:
        """Give the tasks; what a worker cannot go to directly is read here, one after the other, as it is drawn."""
        for row in self.listing.rows():
            handed_out.append(row)
            task = Task(row.item, self.settings, row.name, "" if self.listing.mirrored else row.wanted)
            yield task._replace(settled=row.outcome) if row.outcome else prepared(self._sequential.read(task), row)

    def _prepared(self, task: Task, row: Row) -> Task:
        """Return a task that is settled where nothing has changed; those who have the bytes near look."""
        task = task._replace(known=self._known(task, row))
        if task.known is None or self._looks_elsewhere(task):
            return task
        from copydesk.batch.unchanged import unchanged

        return task._replace(settled=task.settled or unchanged(task), known=None)

    def _with_wanted(self, task: Task, row: Row) -> Task:
        """Return a task that is settled where its name is known; those who have the bytes near look."""
        known = self._known(task, row)
        if known is None or self._is_read_elsewhere(task):
            return task._replace(known=known)
        from copydesk.batch.unchanged import is_same

        return task._replace(settled=known.outcome) if is_same(task, known) else task

    def _known(self, task: Task, row: Row) -> Known | None:
        past = None if self.anew or task.settled else self.ledger.past(row.identity)
        if past is None or not past.key or past.context != self._context:
            return None
        from copydesk.batch.report import outcome_of

        outcome = outcome_of(json.loads(past.outcome))._replace(name=past.wanted, item=task.item)
        return Known(past.context, past.key, past.name, past.output_sha256, outcome)

    def _looks_elsewhere(self, task: Task) -> bool:
        """Tell whether a worker looks: also at what is read here, where its output would be waited for one by one."""
        return self._is_read_elsewhere(task) or is_remote(self.settings.out)

    def _is_read_elsewhere(self, task: Task) -> bool:
        return task.data is None and (self.elsewhere or is_remote(task.item.opened))

    def _remember(self, row: Row, outcome: Outcome) -> None:
        if self.ledger.path:
            from copydesk.ledger.records import record

            self.ledger.remember(record(row, outcome, self._context))

    def groups(self) -> Iterator[dict[str, Any]]:
        """Give the lines of the report for articles of which there are several captures."""
        from copydesk.ledger.after import groups

        return groups(self.ledger)

    def gone(self, *, prune: bool) -> Iterator[Gone]:
        """Give the outputs whose inputs have gone; with ``prune`` they are removed, unless a person edited them."""
        from copydesk.ledger.after import gone

        return gone(self.listing, self.settings.out, prune=prune)


class _Sequential:
    """Reads what only this process can: standard input, and members that are read one after the other."""

    def __init__(self) -> None:
        self._reader: Reader | None = None
        self._standard_input: bytes | None = None

    def read(self, task: Task) -> Task:
        """Return a task with its bytes where it needs them, or with the reason why it has none as its outcome."""
        item = task.item
        if item.path != STDIN and (not item.inside or item.where or item.fault):
            return task
        try:
            return task._replace(data=self._bytes(item))
        except Exception as problem:  # what cannot be read stops no other
            return task._replace(settled=stopped(task, "read", problem))

    def _bytes(self, item: Input) -> bytes:
        if item.path == STDIN:  # which can be read once, and is asked for twice where names come from documents
            if self._standard_input is None:
                self._standard_input = inputs.read(item)
            return self._standard_input
        if self._reader is None:
            from copydesk.inputs.containers import Reader

            self._reader = Reader()
        return self._reader.read(item, MAX_BYTES)
