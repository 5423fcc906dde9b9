"""A server of the S3 protocol on this machine, with a log of what it is asked for."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, NamedTuple

from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import WSGIRequestHandler, make_server

CREDENTIALS = {"AWS_ACCESS_KEY_ID": "nobody", "AWS_SECRET_ACCESS_KEY": "nothing", "AWS_DEFAULT_REGION": "us-east-1",
               "AWS_MAX_ATTEMPTS": "1", "AWS_EC2_METADATA_DISABLED": "true"}  # fmt: skip


class Asked(NamedTuple):
    """A request: its method, its path, the range of bytes that it asks for, and the key by which it is signed."""

    method: str
    path: str
    range: str
    who: str


class Store(NamedTuple):
    """A running server."""

    address: str
    log: list[Asked]

    def puts(self) -> int:
        """Return how many objects have been put."""
        return sum(asked.method == "PUT" for asked in self.log)


class _Quiet(WSGIRequestHandler):
    def log(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def served() -> Iterator[Store]:
    """Run a server on a free port."""
    application: Any = DomainDispatcherApplication(create_backend_app)
    log: list[Asked] = []

    def logged(environ: Mapping[str, Any], start: Any) -> Iterable[bytes]:
        signed = environ.get("HTTP_AUTHORIZATION", "").partition("Credential=")[2].partition("/")[0]
        log.append(Asked(environ["REQUEST_METHOD"], environ["PATH_INFO"], environ.get("HTTP_RANGE", ""), signed))
        answer: Iterable[bytes] = application(environ, start)
        return answer

    server = make_server("127.0.0.1", 0, logged, threaded=True, request_handler=_Quiet)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield Store(f"http://127.0.0.1:{server.server_port}", log)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
