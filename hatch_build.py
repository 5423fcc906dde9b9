"""Building a wheel: each schema is put into it as JSON too, since JSON loads forty times as fast as YAML.

The YAML files stay the one copy that is written by hand; an editable install has them alone.
"""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

import yaml
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

SCHEMAS = Path("schemas", "copydesk_schemas")


class CompiledSchemas(BuildHookInterface[Any]):
    """Adds `copydesk_schemas/compiled/<name>.json` to a wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Write the files into a temporary folder, which lives until the wheel is built."""
        if self.target_name != "wheel" or version == "editable":
            return
        self.folder = tempfile.TemporaryDirectory()
        for schema in sorted(Path(self.root, SCHEMAS).glob("*.yaml")):
            compiled = Path(self.folder.name, f"{schema.stem}.json")
            loaded = yaml.safe_load(schema.read_text("utf-8"))
            compiled.write_text(json.dumps(loaded, ensure_ascii=False, separators=(",", ":")), "utf-8")
            build_data["force_include"][str(compiled)] = f"copydesk_schemas/compiled/{compiled.name}"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Remove the temporary folder."""
        if hasattr(self, "folder"):
            self.folder.cleanup()
