"""The articles of which sites are built: all written specimens, and hostile ones with every title and paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from markdown_it import MarkdownIt

from copydesk.frontmatter.reading import parse
from copydesk.frontmatter.writing import compose
from copydesk.markdown.fold import fold
from copydesk.markdown.writer import write
from copydesk.values.document import Element
from copydesk.values.roles import Role
from tests.frontmatter.samples import HOSTILE as VALUES
from tests.frontmatter.samples import WHOLE
from tests.markdown.hostile import CASES, ROLES
from tests.markdown.html import read
from tests.markdown.rendering import Block
from tests.support.specimens import outcome, specimens

TEMPLATES = (
    "{{ site.time }} {% include missing.html %}",
    "{% raw %} {{ never closed",
    "{%- assign x = 1 -%}{{ x }}",
    "{{< missing >}} {{% missing %}} {{</* missing */>}}",
    '{{ partial "missing" . }}',
    "<MissingError prop={undefined} /> {frontmatter.title} {props.x}",
    "import X from './missing'",
    "export const x = 1;",
    "<% missing %> <%= missing %> <%- missing -%>",
    "{% extends 'missing' %}{% block a %}{# b #}{#",
    "${missing} #{missing} @missing {missing}",
    "{::options parse_block_html='true' /} {:toc} {:.a} {: #b}",
    "--8<-- 'missing.md' ;--8<--",
    "!include missing.md ![[missing]] [[missing]]",
    ":::missing{a=b} ::: {.a} :missing[a]",
    "--- title: x ---",
    "+++ title = 'x' +++",
    "---",
    "...",
    "+++",
    "<!--more--> <!-- excerpt --> <!--",
    "<script>throw 1</script> <style>*{display:none}</style> </main> </title>",
    "<?php die ?> <![CDATA[ x ]]>",
    "&lt;b&gt; &amp;amp; &nbsp;",
    "title: x",
    "layout: missing",
)
"""What stops a build, or is taken for an order, wherever a tool of the list reads it as its own."""


HOSTILE = "hostile/"
"""What the names of the hostile articles begin with."""


class Article(NamedTuple):
    """A file with its name below the site's content, its title, and the blocks that its page must show."""

    name: str
    title: str
    markdown: str
    blocks: list[Block]


@cache
def articles() -> tuple[Article, ...]:
    """Return all articles; their names have no suffix."""
    return (*_written_specimens(), *_hostile())


def _written_specimens() -> Iterator[Article]:
    for specimen in specimens():
        markdown = outcome(specimen).get("expected.md")
        if markdown is not None:
            parsed = parse(markdown)
            yield Article(specimen.name, parsed.data.get("title", ""), markdown, shown(parsed.body))


def _hostile() -> Iterator[Article]:
    titles = list(dict.fromkeys(filter(None, map(fold, (*TEMPLATES, *VALUES)))))
    for n, title in enumerate(titles):
        texts = [title, *(fold(text) for _, text in CASES[n :: len(titles)]), TEMPLATES[n % len(TEMPLATES)]]
        elements = [Element(Role.PARAGRAPH, title, ())]
        elements += [Element(ROLES[(n + place) % len(ROLES)], text, ()) for place, text in enumerate(texts)]
        body = write(elements)
        yield Article(f"{HOSTILE}article-{n}", title, compose({**WHOLE, "title": title}, body), shown(body))


def shown(body: str) -> list[Block]:
    """Return the blocks that a body shows in the engine of reference, which other tests prove right."""
    return seen(MarkdownIt("commonmark", {"html": True}).enable("table").render(body))


def seen(html: str) -> list[Block]:
    """Return the blocks of HTML with white space as a browser shows it; of `em` and `strong` either can be outside."""
    blocks = read(html.replace("<em><strong>", "<strong><em>"))
    lines = ((kind, re.sub("[ \n\t]+", " ", text).strip(" ")) for kind, text in blocks)
    return [(kind, text) for kind, text in lines if text.strip("\xa0")]  # kramdown puts one into an empty cell
