from __future__ import annotations

import gzip
import json
import os
import pickle
import re
from collections import Counter, defaultdict, deque
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any, NamedTuple

import fsspec
import pytest
import s3fs

from copydesk.batch import child
from copydesk.batch.child import Load, Order, do
from copydesk.batch.values import Settings, Task
from copydesk.batch.work import convert_one
from copydesk.desk.selection import Selection
from copydesk.fingerprint import fingerprint
from copydesk.inputs import find
from tests.batch import works
from tests.batch.clusters import processes, scheduler, until, worker
from tests.cli.test_convert import run
from tests.disturbed.runs import Run, kill
from tests.inputs.archives import records, tarred, zipped
from tests.inputs.s3 import CREDENTIALS, Store, served
from tests.inputs.test_converted import BAD, rows
from tests.inputs.test_s3 import fill, objects
from tests.support.specimens import SEEDS

PLUGIN = '''
import os, time
from copydesk.plugin import Source, hookimpl

FOLDER, WHO = os.environ["COUNTED_FOLDER"], os.environ["AWS_ACCESS_KEY_ID"]

def counted(reading):
    file = os.open(os.path.join(FOLDER, "done"), os.O_RDWR | os.O_APPEND | os.O_CREAT)
    os.write(file, f"{WHO}\\n".encode())
    made = os.pread(file, 1 << 20, 0).split().count(WHO.encode())
    os.close(file)
    while made > 1 and os.path.exists(os.path.join(FOLDER, f"closed.{WHO}")):
        time.sleep(0.01)
    return ()

@hookimpl
def copydesk_sources():
    return (Source("counted", "Counted", labels=("Counted",), habits={"en": (counted,)}),)
'''
"""Notes by whose key each document is made, and holds the second while there is a file that says so."""

CLIENT, WORKERS = "client", ("one", "two")
"""Each has a key of its own, and the server says by whose a request is signed."""

BUCKETS = (f"cluster-{number}" for number in count())


def page(number: int, kind: str = "layout-a/capture.txt") -> bytes:
    """Return a capture of the counted source, each with another title."""
    data = (SEEDS / "kcna" / kind).read_bytes().replace(b"KCNA.kp", b"Counted")
    return data.replace(b"County Library", b"Library %03d" % number)


CONTAINERS = {
    "c.zip": zipped({"1.txt": page(5), "deep/2.html": page(6, "html-watch/capture.html")}),
    "d.warc.gz": b"".join(map(gzip.compress, records({"1": page(7), "2": page(8)}))),
    "e.tar.gz": gzip.compress(tarred({"1.txt": page(9), "2.txt": page(10)})),
}
FILES = {
    "a.txt": page(1),
    "b.html": page(2, "html-watch/capture.html"),
    "bad.txt": BAD,
    "sub/a.txt": page(3),
    "sub/again.txt": page(3) + b"\n",
    "sub/b.html": page(4, "html-watch/capture.html"),
    "sub/empty.txt": b"",
}
CAPTURES = {**FILES, **CONTAINERS}
MADE = len(FILES) - 2 + 3 * 2
"""So many documents come of them."""


class Machines(NamedTuple):
    """A server, the cluster, the file system that looks at the server, and a folder for plugins and notes."""

    store: Store
    address: str
    system: Any
    folder: Path

    def made(self) -> Counter[str]:
        """Return how many documents each has made since somebody asked."""
        notes = Counter(who for (who,) in works.lines(self.folder))
        (self.folder / "done").unlink(missing_ok=True)
        return notes

    def asked(self, bucket: str, *methods: str) -> set[tuple[str, str]]:
        """Return who has asked for which object of a bucket by a method."""
        return {(asked.who, asked.path.removeprefix(f"/{bucket}/")) for asked in self.store.log
                if asked.method in methods and asked.path.strip("/") != bucket}  # fmt: skip

    def process(self, name: str) -> int:
        """Return the process of a worker by its name."""
        from distributed import Client

        with Client(self.address, set_as_default=False) as client:
            known = client.scheduler_info(n_workers=-1)["workers"]
            return next(int(pid) for at, pid in client.run(os.getpid).items() if known[at]["name"] == name)


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machines]:
    """Run a server, and a scheduler with two workers who have keys to it."""
    folder = tmp_path_factory.mktemp("machines")
    (folder / "plugins").mkdir()
    (folder / "plugins" / "counted.py").write_text(PLUGIN, "utf-8")
    with pytest.MonkeyPatch.context() as patch, served() as store:
        patch.delenv("AWS_PROFILE", raising=False)
        environment = {**CREDENTIALS, "AWS_ENDPOINT_URL": store.address, "COUNTED_FOLDER": str(folder)}
        one, two = ({**environment, "AWS_ACCESS_KEY_ID": name} for name in WORKERS)
        with scheduler(folder) as (address, _), worker(folder, "one", address, **one), worker(
            folder, "two", address, **two
        ):
            for key, value in {**environment, "AWS_ACCESS_KEY_ID": CLIENT}.items():
                patch.setenv(key, value)
            s3fs.S3FileSystem.clear_instance_cache()
            system = fsspec.filesystem("s3", endpoint_url=store.address, key="nobody", secret="nothing")
            until(lambda: len(processes(address)) == len(WORKERS))
            yield Machines(store, address, system, folder)
        s3fs.S3FileSystem.clear_instance_cache()


@pytest.fixture
def bucket(cluster: Machines, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Return the name of a new bucket with captures, where nothing is known of earlier runs."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.chdir(tmp_path)
    name = next(BUCKETS)
    cluster.system.mkdir(name)
    fill(cluster.system, f"{name}/in", CAPTURES)
    cluster.made()
    cluster.store.log.clear()
    return name


def command(machines: Machines, bucket: str, out: str, *options: str, folder: str = "in") -> list[str]:
    """Return the command that converts what is in a bucket."""
    return ["convert", f"s3://{bucket}/{folder}", "-o", f"s3://{bucket}/{out}", "--plugins-dir",
            str(machines.folder / "plugins"), "--report", f"{out}.jsonl", *options]  # fmt: skip


def report(bucket: str, out: str) -> list[str]:
    """Return the lines of a report without what is its run's own: the seconds, and where the outputs go."""
    found = [{key: value for key, value in row.items() if key != "seconds"} for row in rows(Path(f"{out}.jsonl"))]
    return [re.sub(rf"s3://{bucket}/{out}(?=[/\"])", "OUT", json.dumps(row)) for row in found]


def statuses(out: str) -> Counter[str]:
    """Return how many inputs have which status by a report."""
    return Counter(row["status"] for row in rows(Path(f"{out}.jsonl")) if "input" in row)


def test_law_a_cluster_makes_the_same_bytes_on_s3(
    cluster: Machines, bucket: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Law: tree, report, messages and exit code are those of one process, and the client touches no document.

    It lists the keys, and reads containers alone.
    """
    alone = run(capsys, *command(cluster, bucket, "alone", "--timeout", "0"))
    made_alone = cluster.made()
    cluster.store.log.clear()
    found = run(capsys, *command(cluster, bucket, "out", "--scheduler", cluster.address))
    put, got = cluster.asked(bucket, "PUT", "POST"), cluster.asked(bucket, "GET", "HEAD")
    written = objects(cluster.system, f"{bucket}/out")

    assert made_alone == {CLIENT: MADE}
    assert found == alone
    assert (found[0], len(written)) == (3, MADE)
    assert written == objects(cluster.system, f"{bucket}/alone")
    assert report(bucket, "out") == report(bucket, "alone")
    assert {f"out/{name}" for name in written} == {path for _, path in put}
    assert {who for who, _ in put} <= {*WORKERS}
    assert {path for who, path in got if who == CLIENT} == {"in", *(f"in/{name}" for name in CONTAINERS)}
    assert {f"in/{name}" for name in FILES} <= {path for who, path in got if who in WORKERS}
    assert cluster.made().keys() <= {*WORKERS}


@pytest.mark.parametrize(
    "options", [(), ("--ledger", "known.sqlite", "--name", "dated")], ids=["mirror", "named by the documents"]
)
def test_a_second_run_on_a_cluster_makes_and_puts_nothing(
    cluster: Machines, bucket: str, options: tuple[str, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The ledger of an output on S3 is on this machine; what it says is held against the bytes by the workers."""
    again = command(cluster, bucket, "out", "--scheduler", cluster.address, *options)
    run(capsys, *again)
    made = cluster.made()
    first = objects(cluster.system, f"{bucket}/out")
    cluster.store.log.clear()
    code, _, err = run(capsys, *again)
    got = cluster.asked(bucket, "GET")
    kept = sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.sqlite"))

    assert (made.total(), cluster.made().total()) == (MADE * (2 if "dated" in options else 1), 0)
    assert code == 3
    assert f"{MADE + 2} inputs = 0 written + {MADE} unchanged + 2 rejected + 0 failed" in err
    assert cluster.asked(bucket, "PUT", "POST", "DELETE") == set()
    assert {path for who, path in got if who == CLIENT} == {f"in/{name}" for name in CONTAINERS}
    assert {path for who, path in got if who in WORKERS} >= {f"out/{name}" for name in first}
    assert objects(cluster.system, f"{bucket}/out") == first
    assert [path.rpartition("/")[0] for path in kept] == ["" if options else "state/copydesk"]


def test_a_process_sees_what_has_changed_since_another_run(
    cluster: Machines, bucket: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A process that has a container open, of which one run made a document, reads it anew for another."""
    kept = defaultdict[int, deque[child.Child]](deque)
    monkeypatch.setattr(child, "_idle", kept)
    selection, found = Selection(), []
    for run_, number in (("first", 20), ("first", 20), ("second", 30)):
        fill(cluster.system, f"{bucket}/more", {"a.tar": tarred({"1.txt": page(number)})})
        (item,) = find([f"s3://{bucket}/more"]).inputs
        task = Task(item, Settings(f"s3://{bucket}/out"), "1.md")
        payload = pickle.dumps(Load(convert_one, (task,), 0, run_))
        cluster.store.log.clear()
        answer = do(Order(tuple(selection), fingerprint(selection), payload, 1), 0)
        (result,) = answer.results
        assert isinstance(result, bytes)
        found.append((pickle.loads(result).status, (CLIENT, "more/a.tar") in cluster.asked(bucket, "GET")))
    kept[0].pop().end()

    assert found == [("written", True), ("unchanged", False), ("written", True)]
    assert 'title: "Library 030 Counts Its Books"' in objects(cluster.system, f"{bucket}/out")["1.md"]


def test_law_a_lost_worker_costs_nothing_on_s3(
    cluster: Machines, bucket: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Law: a worker that is killed with one document put and one in hand loses none, and none is put twice.

    What it had put and not told counts as unchanged, since a store has no clock that tells.
    """
    alone = run(capsys, *command(cluster, bucket, "alone", "--timeout", "0"))
    cluster.made()
    cluster.store.log.clear()
    (cluster.folder / "closed.one").touch()
    arguments = command(cluster, bucket, "out", "--scheduler", cluster.address)
    try:
        with Run(*arguments, cwd=tmp_path) as running:
            running.wait_until(lambda: works.lines(cluster.folder).count(["one"]) == 2)
            kill(process := cluster.process("one"))
            running.wait_until(lambda: not Path(f"/proc/{process}").exists())  # and its own process with it
            (cluster.folder / "closed.one").unlink()
            code = running.ended().code
    finally:
        (cluster.folder / "closed.one").unlink(missing_ok=True)
    puts = Counter(asked.path for asked in cluster.store.log if asked.method == "PUT")
    found, disturbed = rows(Path("out.jsonl")), statuses("out")
    again = run(capsys, *arguments)

    assert code == alone[0] == again[0]
    assert [row.get("input") for row in found] == [row.get("input") for row in rows(Path("alone.jsonl"))]
    assert statuses("alone") == {"written": MADE, "rejected": 2}
    assert disturbed["unchanged"] <= 1
    assert disturbed - Counter(unchanged=1) + Counter(written=disturbed["unchanged"]) == statuses("alone")
    assert sorted(puts.values()) == [1] * MADE
    assert objects(cluster.system, f"{bucket}/out") == objects(cluster.system, f"{bucket}/alone")
    assert statuses("out") == {"unchanged": MADE, "rejected": 2}


def test_what_was_stopped_is_retried_by_the_cluster(
    cluster: Machines, bucket: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """A capture that was rejected and is mended on S3 is made by a worker, and its line takes the place of the old."""
    run(capsys, *command(cluster, bucket, "out", "--scheduler", cluster.address))
    fill(cluster.system, f"{bucket}/in", {"bad.txt": page(11)})
    cluster.made()
    cluster.store.log.clear()
    code, _, err = run(capsys, "retry", "out.jsonl", "--scheduler", cluster.address)
    puts = cluster.asked(bucket, "PUT")
    retried = report(bucket, "out")
    made = cluster.made()
    run(capsys, *command(cluster, bucket, "alone", "--timeout", "0"))
    cluster.made()
    run(capsys, *command(cluster, bucket, "out", "--scheduler", cluster.address))

    assert code == 3
    assert "2 inputs = 1 written + 0 unchanged + 1 rejected + 0 failed" in err
    assert [path for _, path in puts] == ["out/bad.md"]
    assert {who for who, _ in puts} == made.keys() <= {*WORKERS}
    assert retried == report(bucket, "alone")
    assert objects(cluster.system, f"{bucket}/out") == objects(cluster.system, f"{bucket}/alone")
    assert (statuses("out"), cluster.made().total()) == ({"unchanged": MADE + 1, "rejected": 1}, 0)
