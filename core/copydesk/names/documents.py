"""Name an output after its document: by date and title, or by a template."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from copydesk.errors import CopydeskError
from copydesk.names.safe import HASH_DIGITS, SUFFIX, mirror, safe
from copydesk.names.slugs import slug

DATES = frozenset(("date", "captured", "dateline_date"))
DATE_FORMAT = re.compile("(?:[^%{}]|%[Ymd])+")
UNDATED = "undated"
MISSING = {"title": "untitled", "slug": "untitled", **dict.fromkeys((*DATES, "year", "month", "day"), UNDATED)}
"""What stands in a name for a value that a document does not have; `unknown` for all others."""


class _Piece(NamedTuple):
    """A piece of a template: literal text, and the field behind it with its format; both empty at the end."""

    literal: str
    field: str
    format: str


def dated(frontmatter: Mapping[str, object]) -> str:
    """Return `<source_id>/<YYYY>/<YYYY-MM-DD>-<slug>-<8 hex of the id>.md`.

    Without a date it is `<source_id>/undated/<slug>-<8 hex>.md`; a title that leaves no slug is left out.
    """
    date = _text(frontmatter.get("date"))
    words = (date, slug(_text(frontmatter.get("title"))), _id8(frontmatter))
    name = f"{_text(frontmatter['source_id'])}/{date[:4] or UNDATED}/{'-'.join(filter(None, words))}"
    return safe(name, _text(frontmatter["id"]))


def from_template(template: str, frontmatter: Mapping[str, object], relative: str) -> str:
    """Return the name that a template such as `{source_id}/{date:%Y}/{slug}-{id8}` gives, made safe, with `.md`.

    Fields are the keys of the frontmatter and `year`, `month`, `day`, `slug`, `id8` and `stem` (the last part of the
    mirrored name). A date takes `%Y`, `%m` and `%d`. For a value that is missing stands `undated` (dates), `untitled`
    (title and slug) or `unknown`. A slash inside a value makes no folder.

    Raises CopydeskError for a template with a field that is not known, or that could leave the output folder.
    """
    values = _values(frontmatter, relative)
    pieces = _pieces(template, values)
    return safe("".join(piece.literal + _filled(piece, values) for piece in pieces), relative)


def _pieces(template: str, known: Mapping[str, str]) -> list[_Piece]:
    """Return the pieces of a template; raise CopydeskError unless each names a field and none leaves the folder."""
    from string import Formatter

    try:
        parsed = list(Formatter().parse(template.removesuffix(SUFFIX)))
    except ValueError as error:
        remedy = "write a field as {slug}, and a brace that is text as {{ or }}"
        raise CopydeskError(f"template {template!r}: {error.args[0].lower()}; {remedy}") from error
    for _, field, format_, conversion in parsed:
        if field is not None:
            _check_field(template, field, format_ or "", conversion, known)
    pieces = [_Piece(literal, field or "", format_ or "") for literal, field, format_, _ in parsed]
    _check_shape(template, pieces)
    return pieces


def _check_field(template: str, field: str, format_: str, conversion: str | None, known: Mapping[str, str]) -> None:
    if field not in known:
        remedy = f"{_nearest(field, known)}known are {', '.join(known)}"
        raise CopydeskError(f"template {template!r}: unknown field {field!r}; {remedy}")
    if conversion or (format_ and (field not in DATES or not DATE_FORMAT.fullmatch(format_))):
        remedy = f"only {', '.join(sorted(DATES))} take one, of %Y, %m and %d"
        raise CopydeskError(f"template {template!r}: field {field!r} cannot take this format; {remedy}")


def _check_shape(template: str, pieces: Iterable[_Piece]) -> None:
    """Refuse a template that could name something outside the output folder, whatever the values are."""
    shape = "".join(piece.literal + (piece.format or (piece.field and "field")) for piece in pieces)
    if "\\" in shape or re.match("[A-Za-z]:", shape) or not {"", ".", ".."}.isdisjoint(shape.split("/")):
        remedy = "write names below the output folder with '/' between them, as in '{source_id}/{slug}'"
        raise CopydeskError(f"template {template!r}: no path inside the output folder; {remedy}")


def _nearest(field: str, known: Iterable[str]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(field, list(known), 1)
    return f"did you mean {near[0]!r}? " if near else ""


def _filled(piece: _Piece, values: Mapping[str, str]) -> str:
    if not piece.field:
        return ""
    value = values[piece.field]
    if not value:
        return MISSING.get(piece.field, "unknown")
    if piece.format:
        return piece.format.replace("%Y", value[:4]).replace("%m", value[5:7]).replace("%d", value[8:10])
    # A control character is made safe like any other; so a value that had a slash brings in the hash.
    return value.replace("/", "\0")


def _values(frontmatter: Mapping[str, object], relative: str) -> dict[str, str]:
    """Return what a template can name, with an empty string for what the document does not have."""
    from copydesk.frontmatter.writing import KEYS

    values = dict.fromkeys(KEYS, "") | {key: _text(value) for key, value in frontmatter.items()}
    date = values["date"]
    return values | {
        "year": date[:4],
        "month": date[5:7],
        "day": date[8:10],
        "slug": slug(values["title"]),
        "id8": _id8(frontmatter),
        "stem": mirror(relative).rpartition("/")[2].removesuffix(SUFFIX),
    }


def _id8(frontmatter: Mapping[str, object]) -> str:
    return _text(frontmatter.get("id")).rpartition("-")[2][:HASH_DIGITS]


def _text(value: object) -> str:
    """Return a value of the frontmatter as text, and no value as the empty string."""
    if value is None:
        return ""
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
