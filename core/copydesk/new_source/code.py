"""Code: the module of a plugin, from what is proposed."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from copydesk import plugin
from copydesk.new_source.drafts import Constant, Entry, LayoutDraft, string, tuple_code, width
from copydesk.new_source.habits import Habits

WIDTH = 120

SOURCE = "SOURCE"
"""The constant of the source, in every module that is written."""


class SourceDraft(NamedTuple):
    """A source: what is written of it, but for its layouts. ``guesses`` has what is guessed, by argument."""

    id: str
    name: str
    labels: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    signs: tuple[tuple[str, str], ...] = ()
    lang: str = ""
    habits: tuple[tuple[str, Habits], ...] = ()
    schema: str = "article"
    guesses: tuple[tuple[str, str], ...] = ()


HOOK = '''@hookimpl
def copydesk_{what}s() -> Iterable[{kind}]:
    """Return the {said}."""
    return ({values})
'''


def module_code(source: SourceDraft, layouts: Sequence[LayoutDraft]) -> str:
    """Return the module of a plugin as code."""
    parts = ["\n".join(_constants(layout.constants)) for layout in layouts if layout.constants]
    parts += [_layout(layout) for layout in layouts]
    parts += ["\n".join(_constants([habit.constant for habit in habits.habits]))
              for _, habits in source.habits if habits.habits]  # fmt: skip
    parts.append(_source(source))
    body = "\n".join(parts) + "\n\n" + _hook("source", "Source", "source", [SOURCE])
    if layouts:
        said = "layout of its pages" if len(layouts) == 1 else "layouts of its pages"
        body += "\n\n" + _hook("layout", "Layout", said, [constant_of(layout) for layout in layouts])
    return "\n".join((_docstring(source, layouts), "from __future__ import annotations\n",
                      "from collections.abc import Iterable\n", _imports(body), body))  # fmt: skip


def constant_of(layout: LayoutDraft) -> str:
    """Return the name of a layout's constant."""
    return "HTML" if layout.id.endswith("-html") else "PAGE"


def _docstring(source: SourceDraft, layouts: Sequence[LayoutDraft]) -> str:
    what = "its house style, and how its pages are laid out" if layouts else "its house style"
    return (f'"""The source {source.id}: {what}.\n\n'
            "Proposed from samples by `copydesk new-source`: what is a guess says so, and is yours to correct.\n"
            '"""\n')  # fmt: skip


def _imports(body: str) -> str:
    used = {node.id for node in ast.walk(ast.parse(body)) if isinstance(node, ast.Name)}
    names = sorted(used.intersection(plugin.__all__), key=lambda name: (not name.isupper(), name[0].islower(), name))
    joined = f"from copydesk.plugin import {', '.join(names)}\n"
    if len(joined) <= WIDTH:
        return joined
    return "from copydesk.plugin import (\n" + "".join(f"    {name},\n" for name in names) + ")\n"


def _hook(what: str, kind: str, said: str, values: Sequence[str]) -> str:
    return HOOK.format(what=what, kind=kind, said=said, values=", ".join(values) + "," * (len(values) == 1))


def _constants(constants: Sequence[Constant]) -> Iterator[str]:
    for constant in constants:
        yield _guessed(f"{constant.name} = {constant.code}", constant.guess)
    yield ""


def _guessed(code: str, guess: str, indent: str = "") -> str:
    """Return code with the guess beside it, or on the line above where there is no room."""
    if not guess:
        return f"{indent}{code}"
    said = "".join(char if char.isprintable() else " " for char in f"# guess: {guess}")
    whole = f"{indent}{code}  {said}"
    if "\n" not in code and width(whole) <= WIDTH:
        return whole
    while width(f"{indent}{said}") > WIDTH:
        said = f"{said[:-2].rstrip()}…"
    return f"{indent}{said}\n{indent}{code}"


def _layout(layout: LayoutDraft) -> str:
    arguments = "".join(f"{_guessed(f'{one.name}={one.code},', one.guess, ' ' * 4)}\n" for one in layout.arguments)
    entries = "\n".join(_entry(entry) for entry in layout.entries)
    return f"{constant_of(layout)} = Layout(\n    {string(layout.id)},\n{arguments}    page=(\n{entries}\n    ),\n)\n"


def _entry(entry: Entry) -> str:
    return _guessed(f"{entry.code},", entry.guess, " " * 8)


def _source(source: SourceDraft) -> str:
    guesses = dict(source.guesses)
    signs = ", ".join(f"{string(sign)}: {string(lang)}" for sign, lang in source.signs)
    codes = {
        "id": string(source.id),
        "name": string(source.name),
        "labels": source.labels and f"labels={tuple_code(source.labels)}",
        "hosts": source.hosts and f"hosts={tuple_code(source.hosts)}",
        "signs": signs and f"signs={{{signs}}}",
        "lang": source.lang and f"lang={string(source.lang)}",
    }
    lines = [_guessed(f"{code},", guesses.get(name, ""), " " * 4) for name, code in codes.items() if code]
    if habits := [(lang, found) for lang, found in source.habits if found.habits]:
        lines += ["    habits={", *(f"        {string(lang)}: {_habits(found)}," for lang, found in habits), "    },"]
    if source.schema != "article":
        lines.append(f"    schema={string(source.schema)},")
    return f"{SOURCE} = Source(\n" + "\n".join(lines) + "\n)\n"


def _habits(found: Habits) -> str:
    codes = [habit.code for habit in found.habits]
    return f"({', '.join(codes)}{',' * (len(codes) == 1)})"
