"""A bundled source: written into the plugins of a checkout of Copydesk, with its entry point, schema and specimens."""

from __future__ import annotations

from pathlib import Path

from copydesk.new_source.package import Files, case_drafts, case_files, schema_of
from copydesk.new_source.propose import Proposal, module_of
from copydesk.new_source.samples import SampleError

TABLE = "[project.entry-points.copydesk]\n"

REMAINS = (
    "install the checkout again, so that it sees the new entry point: pip install -e .",
    "read what is proposed in seeds/{name}, and accept it: copydesk fixtures accept seeds/{name}",
    "put the package into the list of tests/test_packaging.py, and its layouts into that of tests/test_specimens.py",
    "name the source in README.md, seeds/README.md and CHANGELOG.md; the README's counts of specimens change too",
    "run all checks: pytest",
)
"""What a person has still to do."""


def checkout_of(plugins: Path) -> Path:
    """Return the checkout of Copydesk whose plugins stand in a folder. Raises SampleError where it is none."""
    root = plugins.resolve().parent
    pyproject = root / "pyproject.toml"
    if not plugins.is_dir() or not pyproject.is_file() or TABLE not in pyproject.read_text("utf-8"):
        raise SampleError(f"{plugins.as_posix()!r} is not the folder plugins/ of a checkout of Copydesk: "
                          "no pyproject.toml with its entry points stands beside it; name that folder, or leave "
                          "--into out")  # fmt: skip
    return root


def bundle_of(proposal: Proposal, root: Path) -> Files:
    """Return the files of a bundled source, by their paths in the checkout; `pyproject.toml` is not among them.

    Raises SampleError for a folder that is there already.
    """
    name, module = proposal.source.id, module_of(proposal.source.id)
    for folder in (f"plugins/{module}", f"seeds/{name}"):
        if (root / folder).exists():
            raise SampleError(f"{folder!r} is there already; choose another name, or move it away")
    texts = {
        f"plugins/{module}/__init__.py": proposal.code,
        f"plugins/{module}/py.typed": "",
        f"schemas/copydesk_schemas/{name}.yaml": schema_of(name, proposal.source.name, "../article/1"),
    }
    cases = case_files(case_drafts(proposal), proposal, f"seeds/{name}")
    return {path: text.encode() for path, text in texts.items()} | cases


def add_entry_point(name: str, root: Path) -> None:
    """Add the line of a plugin at the end of the table of entry points."""
    pyproject = root / "pyproject.toml"
    before, table, behind = pyproject.read_text("utf-8").partition(TABLE)
    lines, gap, rest = behind.partition("\n\n")
    said = f'{lines.rstrip()}\n{name} = "{module_of(name)}"'
    pyproject.write_bytes(f"{before}{table}{said}{gap or chr(10)}{rest}".encode())
