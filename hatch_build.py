"""Building a wheel: each schema is put into it as a Python module too, which loads forty times as fast as YAML.

The YAML files stay the one copy that is written by hand; an editable install has them alone.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import yaml
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

SCHEMAS = Path("schemas", "copydesk_schemas")


class CompiledSchemas(BuildHookInterface[Any]):
    """Adds `copydesk_schemas/compiled/<name>.py` to a wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Write the files into a temporary folder, which lives until the wheel is built."""
        if self.target_name != "wheel" or version == "editable":
            return
        self.folder = tempfile.TemporaryDirectory()
        self._add(build_data, "__init__", '"""The schemas, compiled from YAML when the wheel was built."""\n')
        for schema in sorted(Path(self.root, SCHEMAS).glob("*.yaml")):
            loaded = yaml.safe_load(schema.read_text("utf-8"))
            self._add(build_data, schema.stem, f'"""Compiled from {schema.name}."""\n\nSCHEMA = {loaded!r}\n')

    def _add(self, build_data: dict[str, Any], module: str, text: str) -> None:
        path = Path(self.folder.name, f"{module}.py")
        path.write_text(text, "utf-8")
        build_data["force_include"][str(path)] = f"copydesk_schemas/compiled/{path.name}"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Remove the temporary folder."""
        if hasattr(self, "folder"):
            self.folder.cleanup()
