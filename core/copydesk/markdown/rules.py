"""The rules that find the characters of a line which some Markdown engine would read as markup.

A rule gives places and never text: how a character is made harmless depends on the character alone.
"""

from __future__ import annotations

import re
from typing import NamedTuple


class Rule(NamedTuple):
    """The constructs a rule defends against, and the characters they need.

    Without ``least`` times its ``sign`` in the line the rule finds nothing; then its ``pattern`` is not even compiled.
    Each character which the pattern matches is a place; context stands in lookarounds.
    """

    construct: str
    sign: str
    pattern: str
    least: int = 1

    def find(self, text: str) -> list[int]:
        """Return the places of the rule in a line, in order."""
        if self.sign not in text or text.count(self.sign) < self.least:
            return []
        return [place for match in re.finditer(self.pattern, text) for place in range(*match.span())]


class Start(NamedTuple):
    """A rule for the start of the line: the place is the pattern's one group."""

    construct: str
    sign: str
    pattern: str

    def find(self, text: str) -> list[int]:
        """Return the place of the rule in a line, if any."""
        match = re.match(self.pattern, text) if text.startswith(self.sign) else None
        return [match.start(1)] if match else []


_COUNTER = r"(?:\d+|[A-Za-z]|[ivxlcdm]+|[IVXLCDM]+)"
_THEN_SPACE = r"(?= |\Z)"

ANYWHERE: tuple[Rule | Start, ...] = (
    Rule("escapes, TeX commands, hard breaks", "\\", r"\\+"),
    Rule("math between backslashes", "\\(", r"(?<=\\)\("),
    Rule("the end of math whose start is an escaped bracket", "\\]", r"(?<=\\)\]"),
    Rule("code spans, fenced code", "`", r"`+"),
    Rule("emphasis, bullets, rules", "*", r"\*+"),
    Rule("emphasis, rules", "_", r"_+"),
    Rule("links, footnotes, wikilinks, task boxes, tables of contents", "[", r"\[+"),
    Rule("Liquid, Hugo shortcodes, attribute lists, critic markup", "{", r"\{+"),
    Rule("HTML, autolinks, templates", "<", r"<+"),
    Rule("tables, line blocks", "|", r"\|+"),
    Rule("superscript, inline notes, block ids", "^", r"\^+"),
    # Some engines know an entity by how the word behind the sign begins, whatever stands before its semicolon, even a
    # wide space.
    Rule("entities", "&", r"&(?=[^ <&;]{1,40};)"),
    Rule("strikethrough, subscript, fences", "~", r"~+", least=2),
    Rule("math", "$", r"\$+", least=2),
    Rule("highlights, setext headings", "==", r"(?<==)=+"),
    Rule("comments of Obsidian", "%%", r"(?<=%)%+"),
    Rule("keys, TOML frontmatter", "++", r"(?<=\+)\++"),
    Rule("Liquid, critic markup, comments of templates", "{", r"(?<=\{)[->#=%+]"),
    Rule("fenced divs, directives, inline fields", "::", r"(?<=:):+"),
    # The emoji of digits alone are :100: and :1234:, so that 10:30:45 stays a time of day.
    Rule("emoji codes", ":", r":(?=(?!\d+:)[A-Za-z0-9_+-]{1,64}:|100:|1234:)", least=2),
    # Neither behind a letter nor behind a digit. Lookbehinds stand last, so that a search jumps to the sign.
    Rule("tags", "#", r"#(?=\S)(?<![^\W_]#)"),
    Rule("citations, mentions", "@", r"@(?=\w)(?<![^\W_]@)"),
    # Linkifiers of addresses, of mail too, show a%20b as "a b" and xn--bcher-kva as "bücher".
    Rule("decoding of percent signs in links", "%", r"%(?=[0-9A-Fa-f]{2})(?:(?<=\S%)|(?=\S*@))"),
    Rule("decoding of Punycode in links", "xn--", r"(?<=xn-)-"),
)

LINE_START: tuple[Rule | Start, ...] = (
    Start("headings, numbered lists `#.`", "#", r"(#)"),
    Start("quotes", ">", r"(>)"),
    Start("bullets, rules, frontmatter", "-", r"(-)(?=[ +-]|\Z)"),
    Start("small print", "-#", rf"(-)(?=#{_THEN_SPACE})"),
    Start("bullets, TOML frontmatter, grid tables", "+", r"(\+)(?=[ +-]|\Z)"),
    # A capital with a full stop and one space is an initial, to pandoc too.
    Start("numbered lists", "", rf"(?![A-Z]\. ){_COUNTER}([.)]){_THEN_SPACE}"),
    Start("numbered lists in brackets", "(", rf"\({_COUNTER}(\)){_THEN_SPACE}"),
    Start("example lists", "(@)", r"\((@)"),
    Start("example lists without brackets", "@", r"(@)(?=[.)])"),
    Start("setext headings", "==", r"(=)"),
    Start("definition lists, field lists, divs", ":", r"(:)"),
    Start("definition lists", "~", r"(~)"),  # pandoc 2 asks for no space behind it
    Start("title blocks", "%", r"(%)"),
    Start("admonitions, spoilers", "!", r"(!)"),
    Start("collapsible admonitions", "???", r"(\?)"),
    Start("generic blocks of PyMdown", "///", r"(/)"),
    # pandoc looks for the box in what it has read already, so that only a space that is none helps.
    Start("task boxes", "[", r"\[[ xX]\]( )"),
)

# Behind the frontmatter, the extension `meta` of Python-Markdown takes such lines away as metadata.
BODY_START: tuple[Rule | Start, ...] = (
    Start("metadata of MultiMarkdown", "", r"[A-Za-z0-9_-]+(:)"),
    Start("the end of metadata", "...", r"(\.)"),
)

HEADING_END: tuple[Rule | Start, ...] = (
    Rule("closing sequences", "#", r"(?<!#)#+\Z"),
    Rule("attribute lists of pulldown-cmark, escaped or not", "}", r"\}\Z"),
)
