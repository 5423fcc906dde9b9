from __future__ import annotations

import json
import os
import re
from collections import Counter
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path

import pytest

from copydesk.markdown.escape import escape
from copydesk.markdown.fold import fold
from copydesk.markdown.rules import ANYWHERE, LINE_START
from copydesk.markdown.writer import write
from copydesk.values.document import Element
from copydesk.values.roles import Role
from tests.markdown.rendering import blocks, engines

ROOT = os.environ.get("COPYDESK_CORPUS", "")

pytestmark = pytest.mark.skipif(not ROOT, reason="COPYDESK_CORPUS names no folder of real articles")


def _lines() -> Iterator[str]:
    for path in sorted(Path(ROOT, "corpus", "kcna_kp").glob("*.json")):
        yield from json.loads(path.read_text(encoding="utf-8"))["story_text"].split("\n")
    for path in sorted(Path(ROOT, "seeds").glob("*.txt")):
        yield from path.read_text(encoding="utf-8").split("\n")


@pytest.fixture(scope="module")
def paragraphs() -> list[str]:
    """Return the folded paragraphs of all articles."""
    return [text for text in map(fold, _lines()) if text]


def test_there_are_articles(paragraphs: list[str]) -> None:
    """The folder holds the articles that the other tests speak of."""
    assert len(paragraphs) > 300


@pytest.mark.parametrize("engine", engines())
def test_every_paragraph_shows_itself(engine: str, paragraphs: list[str]) -> None:
    """Every paragraph of the real articles is rendered to itself."""
    body = write(Element(Role.PARAGRAPH, text, ()) for text in paragraphs)

    assert [("paragraph", text) for text in paragraphs] == blocks(engines()[engine], body)


def test_nearly_all_paragraphs_are_unchanged(paragraphs: list[str]) -> None:
    """Of real paragraphs, bulleted ones aside, at least 99 in 100 come out as they went in."""
    prose = [text for text in paragraphs if not text.startswith("- ")]
    changed = [text for text in prose if escape(text) != text]

    assert len(changed) <= len(prose) / 100


def test_each_change_is_one_that_a_rule_says(
    paragraphs: list[str], record_property: Callable[[str, object], None]
) -> None:
    """Escaping changes a real paragraph only where a rule finds a construct; how often, and for which, is printed."""
    found = [constructs for text in paragraphs if (constructs := _changes(text, escape(text)))]
    record_property("real paragraphs", len(paragraphs))
    record_property("real paragraphs changed by escaping", len(found))
    for construct, count in sorted(Counter(name for constructs in found for name in constructs).items()):
        record_property(f"  for {construct}", count)

    assert {text for text in paragraphs if escape(text) != text} == {text for text in paragraphs if _says(text)}
    assert "" not in {name for constructs in found for name in constructs}


def _says(text: str) -> bool:
    return any(rule.find(text) for rule in (*ANYWHERE, *LINE_START))


def _changes(text: str, markdown: str) -> set[str]:
    """Return the constructs of the characters that are not written as they are; empty for one that no rule finds."""
    constructs = {place: rule.construct for rule in (*ANYWHERE, *LINE_START) for place in rule.find(text)}
    changed, at = set(), 0
    for place, character in enumerate(text):
        if markdown.startswith(character, at) and character != "\\":
            at += 1
            continue
        written = re.compile(r"\\.|&#?\w+;").match(markdown, at)
        assert written, f"{text!r} becomes {markdown!r}"
        assert unescape(written[0].removeprefix("\\")) == character
        changed.add(constructs.get(place, ""))
        at = written.end()

    assert at == len(markdown)
    return changed
