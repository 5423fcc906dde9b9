"""The readers of YAML: those of this process, those of JavaScript and Ruby, and those of site generators."""

from __future__ import annotations

import io
from collections.abc import Callable
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from tests.consumers import generators
from tests.consumers.consumer import Consumer, Missing, one_by_one
from tests.consumers.programs import node, node_version, ruby, ruby_version

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


def _rapidyaml() -> Read:
    json, module = import_module("json"), import_module("ryml")
    return lambda text: json.loads(module.emit_json(module.parse_in_arena(text.encode())))


def _mkdocs() -> Read:
    module = import_module("mkdocs.utils.meta")
    return lambda text: module.get_data(f"---\n{text}---\n\nThe body.\n")[1]


def _here(name: str, distribution: str, make: Callable[[], Read]) -> Consumer:
    def installed() -> str:
        try:
            make()
            return version(distribution)
        except (ImportError, PackageNotFoundError) as error:
            raise Missing(f"{distribution} is not installed ({error}); it comes with the extra 'dev'") from error

    return Consumer(name, installed, lambda texts: one_by_one(make())(texts))


def _of_node(name: str, package: str) -> Consumer:
    return Consumer(name, lambda: node_version(package), node(name))


IN_PROCESS = (
    _here("PyYAML", "PyYAML", _pyyaml("SafeLoader")),
    _here("PyYAML, libyaml", "PyYAML", _pyyaml("CSafeLoader")),
    _here("ruamel.yaml, 1.1", "ruamel.yaml", _ruamel("1.1")),
    _here("ruamel.yaml, 1.2", "ruamel.yaml", _ruamel("1.2")),
    _here("python-frontmatter", "python-frontmatter", _python_frontmatter),
)

PROGRAMS = (
    _of_node("js-yaml", "js-yaml"),
    _of_node("js-yaml, YAML 1.1", "js-yaml"),
    _of_node("js-yaml 4", "js-yaml-4"),
    _of_node("yaml, 1.1", "yaml"),
    _of_node("yaml, 1.2", "yaml"),
    _of_node("gray-matter", "gray-matter"),
    Consumer("Psych", lambda: ruby_version("psych"), ruby("psych")),
    *generators.readers(),
)
