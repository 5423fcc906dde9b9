"""A page that says what each key of the frontmatter is, for people."""

from __future__ import annotations

import json
from collections.abc import Iterator

from copydesk.schema import load, names
from copydesk.shapes.fields import Field, depends, fields

_WORDS = {
    "text": "text",
    "day": "day",
    "list": "list",
    "integer": "whole number",
    "number": "number",
    "boolean": "yes or no",
    "any": "anything",
}


def shaped(name: str) -> str:
    """Return the page; that of all articles tells too what Copydesk's own sources narrow."""
    return "\n".join((*_head(name), *_keys(name), *_together(name), *_refused(name), *_sources(name), ""))


def _head(name: str) -> Iterator[str]:
    schema = load(name)
    argument = "" if name == "article" else f" {name}"
    yield from ("# Frontmatter" if name == "article" else f"# Frontmatter: {schema.get('title', name)}", "")
    yield from (f"<!-- Made by `copydesk schema{argument} --as markdown`: edit the schema and not this page. -->", "")
    yield from (schema.get("description", ""), f"This page is made from the schema `{schema.get('$id', name)}`.", "")


def _keys(name: str) -> Iterator[str]:
    yield from ("## Keys", "", "They are written in this order; a key without a value is left out.")
    yield from ("You may add keys of your own.", "")
    yield from ("| Key | Always | Is | Meaning | Written as | Example |", "|---|---|---|---|---|---|")
    yield from (_row(field) for field in fields(name) if not field.refused)
    yield ""


def _row(field: Field) -> str:
    always = "yes" if field.required else ""
    said = (_cell(field.description), _cell(_form(field)), _example(field))
    return f"| {' | '.join((f'`{field.key}`', always, _WORDS[field.kind], *said))} |"


def _form(field: Field) -> str:
    const = field.said("const")
    if const is not None:
        return f"always `{const}`"
    return f"each {field.form}" if field.form and field.kind == "list" else field.form


def _example(field: Field) -> str:
    if field.example is None:
        return ""
    items = field.example if isinstance(field.example, list) else [field.example]
    return ", ".join(_code(json.dumps(item, ensure_ascii=False)) for item in items)


def _code(text: str) -> str:
    shown = text[:40] + "…" if len(text) > 60 else text
    return f"`{shown}`".replace("|", "\\|")


def _cell(text: str) -> str:
    """Return text that a cell can hold, with what stands in angle brackets as code."""
    return " ".join(text.replace("|", "\\|").replace("<", "&lt;").split())


def _together(name: str) -> Iterator[str]:
    yield from ("## What hangs together", "")
    yield "* The `id` holds the `date`, or the word `undated` where there is none, and begins with the `source_id`."
    for key, others in depends(name).items():
        yield f"* `{key}` stands only where {' and '.join(f'`{other}`' for other in others)} stands."
    yield ""


def _refused(name: str) -> Iterator[str]:
    yield from ("## Keys to stay clear of", "", "The schema refuses these, for what other tools would do.", "")
    yield from ("| Key | What would happen, and what to do |", "|---|---|")
    yield from (f"| `{field.key}` | {_cell(field.description)} |" for field in fields(name) if field.refused)
    yield ""


def _sources(name: str) -> Iterator[str]:
    if name != "article":
        return
    yield from ("## What a source narrows", "", "A source may have a schema of its own, which narrows this one.")
    wide = {field.key: field for field in fields(name)}
    for narrow in names():
        changed = [field for field in fields(narrow) if wide.get(field.key) != field]
        if changed:
            yield from ("", f"`{narrow}`, with the schema `{load(narrow)['$id']}`:", "")
            yield from map(_narrowed, changed)


def _narrowed(field: Field) -> str:
    if field.refused:
        return f"* `{field.key}` is not there: {_cell(field.description)}."
    if field.said("const") is not None:
        return f"* `{field.key}` is {_form(field)}."
    most = field.said("maxItems")
    limits = f", {most} at most" if most else ""
    return f"* `{field.key}`: {_cell(field.description)}; {_cell(_form(field))}{limits}."
