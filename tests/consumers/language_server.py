"""The language server for YAML that editors use, driven as an editor does."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

Message = dict[str, Any]

CAPABILITIES = {
    "workspace": {"configuration": True},
    "textDocument": {"publishDiagnostics": {}, "hover": {"contentFormat": ["markdown"]}},
}


class Diagnostic(NamedTuple):
    """What an editor underlines: the line, from 1, and what it says."""

    line: int
    message: str


class Server:
    """A running server; ``schemas`` are its settings, from the address of a schema to the files that it is for."""

    def __init__(self, process: subprocess.Popen[bytes], schemas: dict[str, str]) -> None:
        self.process = process
        self.settings = {"validate": True, "schemas": schemas, "schemaStore": {"enable": False}}
        self.number = 0
        self.ask("initialize", {"processId": None, "rootUri": None, "capabilities": CAPABILITIES})
        self._send({"method": "initialized", "params": {}})

    def diagnostics(self, uri: str, text: str) -> list[Diagnostic]:
        """Open a document and return what the server says of it, from the top down."""
        return self.all_diagnostics({uri: text})[uri]

    def all_diagnostics(self, texts: dict[str, str]) -> dict[str, list[Diagnostic]]:
        """Open documents, by their addresses, all at once: the server thinks about each for a while."""
        for uri, text in texts.items():
            document = {"uri": uri, "languageId": "yaml", "version": 1, "text": text}
            self._send({"method": "textDocument/didOpen", "params": {"textDocument": document}})
        found: dict[str, list[Diagnostic]] = {}
        while texts.keys() - found.keys():
            said = self._until(lambda message: message.get("method") == "textDocument/publishDiagnostics")["params"]
            told = (Diagnostic(each["range"]["start"]["line"] + 1, each["message"]) for each in said["diagnostics"])
            found[said["uri"]] = sorted(told)
        return found

    def hover(self, uri: str, line: int) -> str:
        """Return what the server shows of the key on a line, from 1, of an open document."""
        place = {"textDocument": {"uri": uri}, "position": {"line": line - 1, "character": 1}}
        return str(self.ask("textDocument/hover", place)["contents"]["value"])

    def ask(self, method: str, params: Message) -> Any:
        """Send a request and return its result."""
        self.number += 1
        number = self.number
        self._send({"id": number, "method": method, "params": params})
        return self._until(lambda message: message.get("id") == number and "method" not in message)["result"]

    def _until(self, wanted: Callable[[Message], bool]) -> Message:
        """Read messages, and answer what the server asks, until the wanted one comes."""
        while True:
            message = self._receive()
            if wanted(message):
                return message
            if "id" in message and "method" in message:
                items = message.get("params", {}).get("items", ())
                answer = [self.settings if item.get("section") == "yaml" else None for item in items]
                self._send({"id": message["id"], "result": answer or None})

    def _send(self, message: Message) -> None:
        assert self.process.stdin
        data = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(data) + data)
        self.process.stdin.flush()

    def _receive(self) -> Message:
        assert self.process.stdout
        length = 0
        while line := self.process.stdout.readline().strip():
            name, _, value = line.partition(b":")
            if name.lower() == b"content-length":
                length = int(value)
        assert length, "the language server ended"
        message: Message = json.loads(self.process.stdout.read(length))
        return message


@contextmanager
def running(package: Path, schemas: dict[str, str]) -> Iterator[Server]:
    """Start the server from its package, and end it."""
    command = ["node", str(package / "bin" / "yaml-language-server"), "--stdio"]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    try:
        yield Server(process, schemas)
    finally:
        process.kill()
        process.wait()
        for stream in (process.stdin, process.stdout):
            if stream:
                stream.close()
