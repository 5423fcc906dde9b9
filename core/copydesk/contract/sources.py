"""Sources: a publisher, how it is recognised, and its house style as a list of habits."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from copydesk.contract.layouts import Rule
from copydesk.errors import PluginError

_SLUG = r"[a-z0-9]+(-[a-z0-9]+)*"
_LANGUAGE = r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*"


class Source:
    """A publisher and its house style.

    It is recognised by ``labels`` (as an aggregator prints them, without the language), by ``hosts`` (of the
    capture's URL), and where a page says neither, by ``signs``: plain text that stands at the start or end of
    its articles, and the language it tells. ``habits`` gives, for each language, the rules in the order in which
    they are applied; no rule is ever applied to another language. ``lang`` is the language (BCP 47) of a publisher
    that writes in one alone: it counts where nothing on a page tells another. ``schema`` names the schema of its
    frontmatter: one of Copydesk's own, or `package:file.yaml`.
    """

    __slots__ = ("habits", "hosts", "id", "labels", "lang", "name", "plugin", "schema", "signs")

    def __init__(
        self,
        id: str,
        name: str,
        *,
        labels: Sequence[str] = (),
        hosts: Sequence[str] = (),
        signs: Mapping[str, str] | None = None,
        habits: Mapping[str, Sequence[Rule]] | None = None,
        lang: str = "",
        schema: str = "article",
    ) -> None:
        self.id = id
        self.name = name
        self.labels = _words(id, "labels", labels)
        self.hosts = _words(id, "hosts", hosts)
        self.signs = dict(signs or {})
        self.habits = {lang: tuple(rules) for lang, rules in (habits or {}).items()}
        self.lang = lang
        self.schema = schema
        self.plugin = ""
        self._check()

    def _check(self) -> None:
        if not re.fullmatch(_SLUG, self.id):
            raise PluginError(f"source {self.id!r}: the id must be lower-case letters, digits and single hyphens")
        if self.id == "unknown":
            raise PluginError("source 'unknown': this id is kept for documents whose source nobody knows")
        if not self.name.strip():
            raise PluginError(f"source {self.id!r}: the name is empty; give the publisher's name")
        if self.lang and not re.fullmatch(_LANGUAGE, self.lang):
            raise PluginError(f"source {self.id!r}: lang={self.lang!r} is no code of a language; write 'en', or 'ko'")
        for lang, rules in self.habits.items():
            for rule in rules:
                if not callable(rule):
                    raise PluginError(f"source {self.id!r}: {rule!r} in habits[{lang!r}] is no rule; "
                                      "wrap a pattern in first(), last() or every()")

    def __repr__(self) -> str:
        return f"Source({self.id!r})"


def _words(source: str, field: str, words: Sequence[str]) -> tuple[str, ...]:
    if isinstance(words, str):
        raise PluginError(f"source {source!r}: {field} is the one string {words!r}; write ({words!r},)")
    return tuple(words)
