"""Assembling: put the document together from a finished reading, and have the schema check it."""

from __future__ import annotations

from copydesk import __version__
from copydesk.contract.layouts import Layout
from copydesk.digest import hex_digest
from copydesk.edit.days import Days, days_of
from copydesk.edit.elements import elements_of
from copydesk.edit.head import addresses_of, title_flags
from copydesk.edit.origin import Origin
from copydesk.errors import Rejection
from copydesk.frontmatter.writing import seal
from copydesk.markdown.fold import oddities
from copydesk.markdown.writer import write
from copydesk.values.document import Account, Diagnostic, Document, Element, Value
from copydesk.values.findings import Flag
from copydesk.values.reading import Reading, Related
from copydesk.values.roles import Role

SCHEMA = "copydesk/article/1"


def assemble(reading: Reading, layout: Layout, origin: Origin, plugin: str, *, related: bool) -> Document:
    """Return the document of a reading; ``plugin`` names the one that is answerable for it, with its version.

    Raises Rejection where the schema refuses the frontmatter, or where nothing is left of the body.
    """
    title, elements = elements_of(reading)
    if not any(element.text for element in elements):
        raise Rejection("no-body", f"the page fits {layout.id}, and nothing is left of its body",
                        remedy="see each line with `copydesk explain`")
    days = days_of(reading, layout)
    places = addresses_of(reading, layout)
    flags = (*reading.flags, *origin.flags, *days.flags, *places.flags, *title_flags(reading, title),
             *_odd_text(reading), *_unread(reading))  # fmt: skip
    diagnostics = tuple(_diagnostic(reading, flag) for flag in flags)
    data = _frontmatter(reading, layout, origin, days, elements)
    data["original_url"], data["capture_url"] = places.original, places.captured
    data["title"] = title
    data["plugin"] = plugin
    data["related"] = [related_line(item) for item in reading.related] if related else []
    data["warnings"] = _warnings(diagnostics)
    body = write(elements, reading.page, places.original or places.captured)
    sealed = seal(data, body)
    _check(sealed.frontmatter, origin)
    source = origin.source.id if origin.source else "unknown"
    account = Account(reading, layout.id, source, diagnostics)
    return Document(sealed.frontmatter, elements, body, sealed.markdown, account)


def _frontmatter(
    reading: Reading, layout: Layout, origin: Origin, days: Days, elements: tuple[Element, ...]
) -> dict[str, Value]:
    capture, source = reading.capture, origin.source
    source_id = source.id if source else "unknown"
    return {
        "id": identity(source_id, days.published, elements),
        "date": days.published,
        "lang": origin.lang,
        "source_id": source_id,
        "source_name": source.name if source else origin.label.name or "Unknown",
        "source_label": origin.printed,
        "archive": layout.archive,
        "agency": reading.value("agency"),
        "dateline": reading.value("dateline"),
        "dateline_place": reading.value("dateline_place"),
        "dateline_date": days.dateline,
        "author": [note.value for note in reading.values("author")],
        "captured": days.captured,
        "schema": SCHEMA,
        "converter": f"copydesk {__version__}",
        "capture_layout": layout.id,
        "input_file": capture.name or "-",
        "input_sha256": hex_digest(capture.data),
    }


def identity(source: str, day: str, elements: tuple[Element, ...]) -> str:
    """Return the id of an article: source, day, and a hash of the visible characters of its body.

    White space does not count, so that captures which break lines and paragraphs elsewhere agree.
    """
    text = "".join([element.text for element in elements])
    words = "".join(text.replace(" ", "").split())  # what is left to split at is rare
    return f"{source}-{day or 'undated'}-{hex_digest(words.encode('utf-8', 'replace'))[:12]}"


def related_line(item: Related) -> str:
    """Return an item of a list of other articles in one line: its day, and its title or teaser."""
    return " ".join(filter(None, (item.date, item.title or item.teaser)))


def _unread(reading: Reading) -> list[Flag]:
    spans = list(reading.of(Role.UNREAD))
    if not spans:
        return []
    lines = [str(reading.page.blocks[span.block].line) for span in spans]
    shown = ", ".join(lines[:5]) + (f" and {len(lines) - 5} more" if len(lines) > 5 else "")
    return [Flag("unread", f"no rule read line {shown}", spans[0].start, spans[-1].end)]


def _odd_text(reading: Reading) -> list[Flag]:
    return [Flag(code, message, at, at) for code, message, at in oddities(reading.page.text)]


def _diagnostic(reading: Reading, flag: Flag) -> Diagnostic:
    line, column = reading.page.place(flag.start) if flag.start >= 0 else (0, 0)
    return Diagnostic(flag.code, flag.message, flag.severity, line, column, flag.rule)


def _warnings(diagnostics: tuple[Diagnostic, ...]) -> list[str]:
    found = (f"{found.code}: {found.message}" for found in diagnostics if found.severity == "warning")
    return list(dict.fromkeys(found))


def _check(frontmatter: dict[str, Value], origin: Origin) -> None:
    from copydesk.schema import problems

    found = problems(frontmatter, origin.source.schema if origin.source else "article")
    if found:
        said = "; ".join(f"{p.path}: {p.fact}" + (f" ({p.remedy})" if p.remedy else "") for p in found)
        raise Rejection("schema", f"the schema refuses the frontmatter: {said}",
                        remedy="see each line with `copydesk explain`")
