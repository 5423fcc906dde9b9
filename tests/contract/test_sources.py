from __future__ import annotations

from typing import Any

import pytest

from copydesk.errors import PluginError
from copydesk.plugin import Source, ends, last, line

END_MARK = ends("end mark", r"(?P<end_mark>-0-)")


@pytest.mark.parametrize("wrong", ["", "KCNA", "kc na", "kcna-", "-kcna", "a--b", "kcna.kp", "kcna_kp", "é", "kcna\n"])
def test_an_id_that_is_no_slug_is_refused(wrong: str) -> None:
    """The id is part of ids and file names, so it is lower-case letters, digits and single hyphens."""
    with pytest.raises(PluginError) as problem:
        Source(wrong, "A Publisher")

    assert str(problem.value) == (f"source {wrong!r}: the id must be lower-case letters, digits and single hyphens")


@pytest.mark.parametrize("right", ["kcna", "a", "9", "a-b-9"])
def test_a_slug_is_an_id(right: str) -> None:
    """Words of letters and digits with hyphens between them are taken."""
    assert Source(right, "A Publisher").id == right


def test_unknown_is_nobody() -> None:
    """No source can be called `unknown`: documents of nobody have that id."""
    with pytest.raises(PluginError, match=r"^source 'unknown': this id is kept for documents whose source nobody"):
        Source("unknown", "A Publisher")


@pytest.mark.parametrize("name", ["", " ", "\u00a0\n"])
def test_a_source_has_a_name(name: str) -> None:
    """The publisher's name goes into each document and cannot be empty."""
    with pytest.raises(PluginError, match=r"^source 'kcna': the name is empty; give the publisher's name$"):
        Source("kcna", name)


@pytest.mark.parametrize("field", ["labels", "hosts"])
def test_one_string_is_no_list_of_words(field: str) -> None:
    """A forgotten comma would claim single letters, and is refused with the right spelling."""
    given: dict[str, Any] = {field: "kcna.kp"}

    with pytest.raises(PluginError) as problem:
        Source("kcna", "A Publisher", **given)

    assert str(problem.value) == f"source 'kcna': {field} is the one string 'kcna.kp'; write ('kcna.kp',)"


def test_a_pattern_is_no_rule() -> None:
    """A bare pattern says what, and not where: the message has the language and the words that are missing."""
    rules: Any = (last(END_MARK), END_MARK)

    with pytest.raises(PluginError) as problem:
        Source("kcna", "A Publisher", habits={"ko": (), "en": rules})

    assert str(problem.value) == (
        f"source 'kcna': {END_MARK!r} in habits['en'] is no rule; wrap a pattern in first(), last() or every()"
    )


def test_a_source_keeps_what_it_was_given() -> None:
    """All but id and name may be missing; lists become tuples, which nobody can change."""
    habits = {"en": [last(END_MARK), last(line("x", "x"))]}
    source = Source("kcna", "A Publisher", labels=["KCNA.kp"], hosts=["kcna.kp"], signs={"-0-": "en"}, habits=habits)
    bare = Source("bare", "Nobody Much")

    assert (source.labels, source.hosts, source.signs, source.schema) == (
        ("KCNA.kp",), ("kcna.kp",), {"-0-": "en"}, "article",
    )  # fmt: skip
    assert source.habits == {"en": tuple(habits["en"])}
    assert (bare.labels, bare.hosts, bare.signs, bare.habits) == ((), (), {}, {})


@pytest.mark.parametrize("lang", ["English", "e", "EN", "en_US", "en-"])
def test_a_language_is_a_code(lang: str) -> None:
    """The language of a source goes into its documents as it is, so it must be a code."""
    with pytest.raises(PluginError, match=r"^source 'kcna': lang='.*' is no code of a language; write 'en', or 'ko'$"):
        Source("kcna", "A Publisher", lang=lang)
