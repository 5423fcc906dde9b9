"""The package of a plugin: its files, from what is proposed."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from copydesk import __version__
from copydesk.names.slugs import slug
from copydesk.new_source.propose import Proposal, module_of
from copydesk.new_source.samples import Sample, SampleError
from copydesk.testing.cases import HINTS, PROPOSED, RECORDED, Case, becomes
from copydesk.values.capture import Capture
from copydesk.values.document import Document

Files = dict[str, bytes]
"""What is written: paths below a folder, and the bytes of each."""

VERSION = "0.1.0"
"""The version of a new package."""

CASES = "cases"

KIT = '''\
"""The checks of Copydesk's kit for plugins, over the cases of this one."""

from __future__ import annotations

from pathlib import Path

from copydesk.testing import suite

globals().update(suite("{name}", cases=Path(__file__).parents[1] / "{cases}"))
'''
"""What `tests/test_plugin.py` holds."""

KIT_NEEDS = "copydesk[testing]"
"""What the tests need: the extra with the kit and pytest."""

PYPROJECT = """\
[build-system]
requires = ["hatchling>=1.26"]
build-backend = "hatchling.build"

[project]
name = "{distribution}"
version = "{version}"
description = {description}
readme = "README.md"
requires-python = ">=3.11"
dependencies = ["copydesk>={copydesk}"]

[project.optional-dependencies]
test = ["{kit}"]

[project.entry-points.copydesk]
{name} = "{module}"

[tool.pytest.ini_options]
testpaths = ["tests"]

[tool.hatch.build]
dev-mode-dirs = ["."]

[tool.hatch.build.targets.wheel]
only-include = ["{module}"]
"""

SCHEMA = """\
# What is more to say of {name} than of any article.
$schema: "https://json-schema.org/draft/2020-12/schema"
$id: copydesk/{name}/1
title: {title}
description: {description}
$ref: {article}
properties:
  source_id:
    const: {name}
    examples: ["{name}"]
  source_name:
    const: {said}
    examples: [{said}]
"""

README = """\
# {distribution}

The source `{name}` ({title}) for Copydesk.
It was proposed by `copydesk new-source` from {count}.
What is a guess says so in `{module}/__init__.py`, and is yours to correct.

Install it where Copydesk is installed, and look:

```sh
pip install -e '.[test]'
copydesk plugins
copydesk explain {sample}
```

Each folder in `{cases}/` is a case: a capture, and what is to become of it.
Read `{proposed}/expected.md` and `{proposed}/account.tsv` of each line by line; then accept them, and run the tests.

```sh
copydesk fixtures accept {cases}
pytest
```

After a change of the plugin, `copydesk fixtures record {cases}` proposes what has become of the cases.
"""


class CaseDraft(NamedTuple):
    """A case: the name of its folder, the name of its capture, and the sample with its document."""

    name: str
    file: str
    sample: Sample
    document: Document


def distribution_of(name: str) -> str:
    """Return the name of the package of a source."""
    return f"copydesk-{name}"


def package_of(proposal: Proposal) -> Files:
    """Return the files of a package."""
    name, title = proposal.source.id, proposal.source.name
    module, cases = module_of(name), case_drafts(proposal)
    said = {"name": name, "module": module, "title": title, "distribution": distribution_of(name), "cases": CASES,
            "proposed": PROPOSED, "version": VERSION, "kit": KIT_NEEDS, "copydesk": __version__,
            "description": quoted(f"The source {title} for Copydesk"), "count": counted(proposal.samples),
            "sample": f"{CASES}/{cases[0].name}/{cases[0].file}"}  # fmt: skip
    texts = {
        "pyproject.toml": PYPROJECT.format(**said),
        "README.md": README.format(**said),
        f"{module}/__init__.py": proposal.code,
        f"{module}/article.yaml": schema_of(name, title, "copydesk/article/1"),
        f"{module}/py.typed": "",
        "tests/test_plugin.py": KIT.format(**said),
    }
    return {path: text.encode() for path, text in texts.items()} | case_files(cases, proposal, CASES)


def schema_of(name: str, title: str, article: str) -> str:
    """Return the schema of a source, which narrows that of all articles."""
    return SCHEMA.format(name=name, article=article, said=quoted(title),
                         title=quoted(f"Copydesk article of {title}"),
                         description=quoted(f"The frontmatter of an article of {title}."))  # fmt: skip


def quoted(text: str) -> str:
    """Return a text in double quotes, as TOML and YAML read it."""
    said = json.dumps(text, ensure_ascii=False)
    return "".join(char if char.isprintable() else f"\\U{ord(char):08x}" for char in said)


def counted(samples: Sequence[Sample]) -> str:
    """Return how many samples there are, in words."""
    return "one sample" if len(samples) == 1 else f"{len(samples)} samples"


def case_drafts(proposal: Proposal) -> list[CaseDraft]:
    """Return a case for each sample; called as the file, or as the folder of that where files share a name."""
    names = _names([sample.name for sample in proposal.samples])
    return [CaseDraft(name, _file(sample), sample, document)
            for name, sample, document in zip(names, proposal.samples, proposal.documents, strict=True)]  # fmt: skip


def _names(paths: Sequence[str]) -> list[str]:
    stems = [slug(Path(path).stem) for path in paths]
    if len(set(stems)) < len(stems) or not all(stems):
        stems = [slug(f"{Path(path).parent.name} {stem.removeprefix('capture')}")
                 for path, stem in zip(paths, stems, strict=True)]  # fmt: skip
    found: list[str] = []
    for n, stem in enumerate(stems, 1):
        name = stem or f"sample-{n}"
        found.append(name if name not in found else f"{name}-{n}")
    return found


def _file(sample: Sample) -> str:
    name = Path(sample.name).name
    if name in ("", "-", HINTS, *RECORDED) or name.startswith("."):
        return "capture.html" if sample.is_html else "capture.txt"
    return name


def case_files(cases: Sequence[CaseDraft], proposal: Proposal, folder: str) -> Files:
    """Return the files of cases: each capture as it is, what is known of it, and what is proposed to be expected."""
    return {f"{folder}/{path}": data for case in cases for path, data in _files(case, proposal)}


def _files(case: CaseDraft, proposal: Proposal) -> Iterator[tuple[str, bytes]]:
    given = case.sample.capture
    capture = given._replace(name=f"{case.name}/{case.file}")
    yield f"{case.name}/{case.file}", given.data
    yield f"{case.name}/{HINTS}", _hints(case, capture).encode()
    found = becomes(Case(Path(case.name), case.name, capture, ""), proposal.host)
    for file, text in found.items():
        yield f"{case.name}/{PROPOSED}/{file}", text.encode()


def _hints(case: CaseDraft, capture: Capture) -> str:
    blocks, related = len(case.document.elements), len(case.document.account.related)
    lists = f" and {related} related items" if related else ""
    shows = f"A sample of the layout {case.document.account.layout}: {blocks} blocks of body{lists}."
    said = {"shows": shows, "url": capture.url, "captured": capture.captured, "encoding": capture.encoding}
    return "".join(f"{key}: {quoted(value)}\n" for key, value in said.items() if value)


def write(files: Files, folder: Path) -> None:
    """Write files below a folder. Raises SampleError where one is there already, or cannot be written."""
    for path in files:
        if (folder / path).exists():
            raise SampleError(f"{(folder / path).as_posix()!r} is there already; move it away, or choose another name")
    try:
        for path, data in files.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(data)
    except OSError as problem:
        raise SampleError(f"{problem.filename!r} cannot be written: {problem.strerror}; "
                          "choose another folder, or make room") from None  # fmt: skip
