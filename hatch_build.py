"""Building a wheel: what is put into it beside the code.

Each schema as a Python module too, which loads forty times as fast as YAML; the YAML files stay the one copy that is
written by hand. And the captures of the specimens, without what is expected of them: no plugin of somebody else may
take them, and the kit for authors checks that. An editable install has the YAML files and the specimens alone.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import yaml
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

SCHEMAS = Path("schemas", "copydesk_schemas")
SPECIMENS = Path("seeds")
EXPECTED = ("expected.md", "account.tsv", "rejected.json")


class Additions(BuildHookInterface[Any]):
    """Adds `copydesk_schemas/compiled/<name>.py` and `copydesk/testing/specimens/` to a wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Write the files into a temporary folder, which lives until the wheel is built."""
        if self.target_name != "wheel" or version == "editable":
            return
        self.folder = tempfile.TemporaryDirectory()
        self._add(build_data, "__init__", '"""The schemas, compiled from YAML when the wheel was built."""\n')
        for schema in sorted(Path(self.root, SCHEMAS).glob("*.yaml")):
            loaded = yaml.safe_load(schema.read_text("utf-8"))
            self._add(build_data, schema.stem, f'"""Compiled from {schema.name}."""\n\nSCHEMA = {loaded!r}\n')
        for hints in sorted(Path(self.root, SPECIMENS).rglob("case.yaml")):
            for file in sorted(path for path in hints.parent.iterdir() if path.is_file() and path.name not in EXPECTED):
                target = Path("copydesk", "testing", "specimens", file.relative_to(Path(self.root, SPECIMENS)))
                build_data["force_include"][str(file)] = target.as_posix()

    def _add(self, build_data: dict[str, Any], module: str, text: str) -> None:
        path = Path(self.folder.name, f"{module}.py")
        path.write_text(text, "utf-8")
        build_data["force_include"][str(path)] = f"copydesk_schemas/compiled/{path.name}"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Remove the temporary folder."""
        if hasattr(self, "folder"):
            self.folder.cleanup()
