from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.shown import Shown, agree, printed, shown

PAGE = """\
```sh
echo one
```

```console
one
```

```python
print(2)
```

```toml
[no.program]
```

```console
two
```
"""


def test_each_program_has_the_output_behind_it(tmp_path: Path) -> None:
    """A page gives its commands and programs in order, each with the output right behind it, or with none."""
    page = tmp_path / "page.md"
    page.write_text(PAGE, "utf-8")

    assert [Shown("echo one", "one\n", "sh"), Shown("print(2)", None, "python")] == list(shown(page))


def test_what_is_not_printed_is_found() -> None:
    """The comparison of outputs minds each line, its place, and what stands before and behind."""
    one = Shown("", "...\nb\n...\nd\n")

    assert agree(one, "a\nb\nc\nd\n")
    assert [bad for bad in ("a\nc\nd\n", "a\nb\nd\ne\n", "d\nb\n", "a\nbb\nd\n") if agree(one, bad)] == []


@pytest.mark.parametrize("output", [None, ""])
def test_no_output_is_no_line(output: str | None) -> None:
    """Where a page shows no output, none agrees with it and a line does not."""
    assert agree(Shown("", output), "")
    assert not agree(Shown("", output), "a line\n")


def test_a_command_stops_at_what_fails(tmp_path: Path) -> None:
    """A command runs in the folder, what sets up is left out of it, and its first failure ends it with that code."""
    set_up = "python3 -m venv .venv && .venv/bin/pip install x"
    command = f"{set_up} && echo here > there && cat there\n(exit 7)\necho no"

    assert ("here\n", 7) == printed(Shown(command, ""), tmp_path)
    assert ["there"] == [file.name for file in tmp_path.iterdir()]
