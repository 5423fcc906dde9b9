"""Addresses of links and images, in the form that can stand in Markdown and that every engine reads the same."""

from __future__ import annotations

import re

_ENDS = "".join(map(chr, range(0x21)))
_NOT_IN_ADDRESSES = re.compile("[\t\n\r]")

# What means something to Markdown or to some engine is percent-encoded, although an address may hold `( ) [ ] ' * ~ $`.
_UNSAFE = re.compile(r"[^A-Za-z0-9\-._:/?#@!&+,;=%]|%(?![0-9A-Fa-f]{2})")


def target(address: str, base: str) -> str:
    """Return an address of the page as the target of a link: absolute, encoded; or empty where it leads nowhere.

    Only http, https and mailto lead anywhere; a mere fragment stays on the page. ``base`` is the page's own address.
    """
    address = _NOT_IN_ADDRESSES.sub("", address.strip(_ENDS))
    return "" if not address or address[0] == "#" else _encoded(_absolute(address, base))


def source(address: str, base: str) -> str:
    """Return an address of the page as that of an image: http or https; or empty where there is none."""
    found = target(address, base)
    return "" if found.startswith("mailto:") else found


def _absolute(address: str, base: str) -> str:
    from urllib.parse import urljoin, urlsplit

    try:
        own = urlsplit(address)
        if own.scheme in ("http", "https") and not own.netloc:  # would be joined as if it had no scheme
            return ""
        parts = urlsplit(urljoin(base, address))
        if parts.scheme == "mailto" and "@" in parts.path:
            return parts.geturl()
        if parts.scheme in ("http", "https") and parts.hostname:
            return parts._replace(netloc=_ascii(parts.netloc)).geturl()
    except ValueError:  # also an address with a host that is none
        pass
    return ""


def _ascii(netloc: str) -> str:
    """Return the host of an address in Punycode, as browsers send it; raises ValueError where that can't be."""
    if netloc.isascii():
        return netloc
    user, at, host = netloc.rpartition("@")
    return f"{user}{at}{host.encode('idna').decode('ascii')}"


def _encoded(url: str) -> str:
    """Percent-encode what is not safe, and a semicolon behind `&` too: nothing then reads as an entity."""
    url = _UNSAFE.sub(lambda match: "".join(f"%{byte:02X}" for byte in match[0].encode("utf-8", "replace")), url)
    before, ampersand, behind = url.partition("&")
    return f"{before}{ampersand}{behind.replace(';', '%3B')}"
