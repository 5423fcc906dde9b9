"""The readers of YAML: those of this process, those of JavaScript and Ruby, and those of site generators."""

from __future__ import annotations

import io
from collections.abc import Callable
from importlib import import_module
from typing import Any

from tests.consumers import generators
from tests.consumers.consumer import Consumer, of_python
from tests.consumers.programs import node_tool, ruby, ruby_version

Read = Callable[[str], Any]


def _pyyaml(loader: str) -> Callable[[], Read]:
    def make() -> Read:
        yaml = import_module("yaml")
        chosen = getattr(yaml, loader)
        return lambda text: yaml.load(text, Loader=chosen)

    return make


def _ruamel(yaml_version: str, *, kind: str = "safe") -> Callable[[], Read]:
    def make() -> Read:
        reader = import_module("ruamel.yaml").YAML(typ=kind, pure=True)

        def read(text: str) -> Any:
            reader.version = yaml_version  # the reader forgets it
            return reader.load(io.StringIO(text))

        return read

    return make


def _python_frontmatter() -> Read:
    module = import_module("frontmatter")
    return lambda text: module.loads(f"---\n{text}---\n\nThe body.\n").metadata


IN_PROCESS = (
    of_python("PyYAML", "PyYAML", _pyyaml("SafeLoader")),
    of_python("PyYAML, libyaml", "PyYAML", _pyyaml("CSafeLoader")),
    of_python("ruamel.yaml, 1.1", "ruamel.yaml", _ruamel("1.1")),
    of_python("ruamel.yaml, 1.2", "ruamel.yaml", _ruamel("1.2")),
    of_python("python-frontmatter", "python-frontmatter", _python_frontmatter),
)

PROGRAMS = (
    node_tool("js-yaml", "js-yaml"),
    node_tool("js-yaml, YAML 1.1", "js-yaml"),
    node_tool("js-yaml 4", "js-yaml-4"),
    node_tool("yaml, 1.1", "yaml"),
    node_tool("yaml, 1.2", "yaml"),
    node_tool("gray-matter", "gray-matter"),
    Consumer("Psych", lambda: ruby_version("psych"), ruby("psych")),
    *generators.readers(),
)
