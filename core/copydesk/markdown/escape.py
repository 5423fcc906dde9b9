"""One line of text as Markdown that shows exactly this text, in every engine."""

from __future__ import annotations

# Every engine knows a backslash before these; `\(` and `\]` are math to some.
_BACKSLASH = frozenset("\\`*_{[)#+-.!>")
_NAMED = {"<": "&lt;", "&": "&amp;"}

_SUSPECTS = b"\\`*_[{}<|^&~$=%+#@:"
_SUSPECTS_AT_START = "->!?(/"


def escape(text: str, *, heading: bool = False) -> str:
    """Return one line of folded text as Markdown for a paragraph, list item or quote, or for a heading."""
    if ordinary(text):
        return text
    found = settled(text, places_of(text, heading=heading))
    return _replaced(text, found) if found else text


def as_body(markdown: str) -> str:
    """Return Markdown that begins a body, behind the frontmatter: no engine takes its first line for metadata."""
    first = markdown.partition(" ")[0]
    if ":" not in first and first[:3] != "...":
        return markdown
    from copydesk.markdown.rules import BODY_START

    line = markdown.partition("\n")[0]
    return _replaced(markdown, {place: harmless(line[place]) for rule in BODY_START for place in rule.find(line)})


def places_of(text: str, *, heading: bool) -> set[int]:
    """Return the places that the rules find in a line, or in a heading."""
    from copydesk.markdown.rules import ANYWHERE, HEADING_END, LINE_START  # most documents need none of them

    rules = ANYWHERE + (HEADING_END if heading else LINE_START)
    return {place for rule in rules for place in rule.find(text)}


def ordinary(text: str) -> bool:
    """Tell fast that no rule can find a place in a line: most paragraphs hold no suspect character at all."""
    # Counting in bytes is several times faster than a character class.
    data = text.encode(errors="replace")
    return (
        len(data) == len(data.translate(None, _SUSPECTS))
        and text[:1] not in _SUSPECTS_AT_START
        and text.partition(" ")[0][-1:] not in ".)"
        and "xn--" not in text
    )


def settled(text: str, places: set[int]) -> dict[int, str]:
    """Return how the character at each place is written, with bare addresses made whole or harmless."""
    bracketed: list[tuple[int, int]] = []
    if places and ("://" in text or "www." in text.lower()):
        from copydesk.markdown.links import settle

        places, bracketed = settle(text, places)
    found = {place: harmless(text[place]) for place in places}
    for start, end in bracketed:
        found[start] = f"<{text[start]}"
        found[end - 1] = f"{text[end - 1]}>"
    return found


def harmless(character: str) -> str:
    """Return a character in the form that no engine takes for markup."""
    if character in _BACKSLASH:
        return f"\\{character}"
    return _NAMED.get(character) or reference(character)


def reference(character: str) -> str:
    """Return a character as a numeric reference."""
    return f"&#{ord(character)};"


def _replaced(text: str, written: dict[int, str]) -> str:
    pieces: list[str] = []
    done = 0
    for place in sorted(written):
        pieces += (text[done:place], written[place])
        done = place + 1
    return "".join((*pieces, text[done:]))
