from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.markdown.urls import source, target

BASE = "http://a.example/dir/page.html?q=1"


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("http://b.example/x", "http://b.example/x"),
        ("HTTPS://B.example/x", "https://B.example/x"),
        ("x.html", "http://a.example/dir/x.html"),
        ("/x", "http://a.example/x"),
        ("?a=1", "http://a.example/dir/page.html?a=1"),
        ("//c.example/x", "http://c.example/x"),
        (" \n/x\t", "http://a.example/x"),
        ("ht\ntp://b.example/", "http://b.example/"),
        ("mailto:a@b.example", "mailto:a@b.example"),
        ("/a b", "http://a.example/a%20b"),
        ("/(x)", "http://a.example/%28x%29"),
        ("/<x>[y]", "http://a.example/%3Cx%3E%5By%5D"),
        ('/"x"', "http://a.example/%22x%22"),
        ("/a\\b", "http://a.example/a%5Cb"),
        ("/a|b`c", "http://a.example/a%7Cb%60c"),
        ("/;a?b;c&d;", "http://a.example/;a?b;c&d%3B"),
        ("/\x01x", "http://a.example/%01x"),
        ("/50%", "http://a.example/50%25"),
        ("/%e9%41", "http://a.example/%e9%41"),
        ("/é", "http://a.example/%C3%A9"),
        ("http://한글.example/", "http://xn--bj0bj06e.example/"),
    ],
)
def test_targets(address: str, expected: str) -> None:
    """An address becomes absolute, and what could end or break it in Markdown is percent-encoded."""
    assert expected == target(address, BASE)


@pytest.mark.parametrize(
    "address",
    [
        *("", " ", "#x", "#", "javascript:alert(1)", "JavaScript:x", " java\nscript:x", "vbscript:x"),
        *("data:text/html,x", "blob:http://a.example/x", "file:///etc/hosts", "ftp://a.example/", "tel:1"),
        *("http://", "http:///x", "http:x", "http://[", "http://[::1", "http://a..한/", "mailto:"),
    ],
)
def test_addresses_that_lead_nowhere(address: str) -> None:
    """Scripts, data, fragments and what is no address have no target."""
    assert target(address, BASE) == ""


def test_without_a_base_only_absolute_addresses_lead_somewhere() -> None:
    """A page whose own address is not known has links to other sites alone."""
    assert ["", "http://b.example/"] == [target("x.html", ""), target("http://b.example/", "")]


def test_a_base_that_is_no_address() -> None:
    """A page whose address is damaged costs its links and nothing else."""
    assert target("x", "http://[") == ""


def test_no_image_is_a_mail_address() -> None:
    """An image has an address of the web."""
    assert ["", "http://a.example/i.png"] == [source("mailto:a@b.example", BASE), source("/i.png", BASE)]


@given(st.text(max_size=40), st.sampled_from((BASE, "", "http://[", "mailto:a@b.example")))
def test_targets_are_safe(address: str, base: str) -> None:
    """Whatever stands in a page, a target has no character that Markdown could take for its end or for markup."""
    found = target(f"/{address}", base)

    assert re.fullmatch(r"(?:(?:https?://|mailto:)[A-Za-z0-9\-._:/?#@!&+,;=%]+)?", found)
    assert ";" not in found.partition("&")[2]


@given(st.text(max_size=40))
def test_a_target_is_its_own_target(address: str) -> None:
    """What is encoded once is not encoded again."""
    found = target(f"/{address}", BASE)

    assert found == target(found, BASE)
