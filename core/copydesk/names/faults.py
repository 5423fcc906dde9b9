"""Find what is wrong with the name of a file, as some system or tool would see it."""

from __future__ import annotations

from collections.abc import Iterator
from unicodedata import is_normalized, normalize

from copydesk.names.safe import DEVICES, MOST_BYTES, PAGES_OF_SITES, SUFFIX, UNSAFE

Said = tuple[str, str]
"""A fact and its remedy."""


def name_faults(relative: str) -> Iterator[Said]:
    """Give what is wrong with a path below the folder of the documents, with `/` between its parts."""
    *folders, last = relative.split("/")
    for folder in folders:
        yield from _in_part(folder, folder.partition(".")[0])
    yield from _in_part(last, last[: -len(SUFFIX)] if last.lower().endswith(SUFFIX) else last)
    yield from _in_file(last)


def _in_part(part: str, stem: str) -> Iterator[Said]:
    stands = f"{_shown(part)} in the name"
    unsafe = UNSAFE.search(part)
    if unsafe:
        yield f"{unsafe[0]!a} in the name {_shown(part)} is not safe on every system", f"call it {_better(part)}"
    if stem.rstrip().casefold() in DEVICES:
        yield f"{stands} is a device to Windows", "give it another name"
    if not is_normalized("NFC", part):
        yield f"{stands} is not in Unicode's form NFC, so that systems disagree on it", "rename it to that form"
    length = len(part.encode("utf-8", "surrogatepass"))
    if length > MOST_BYTES:
        yield f"the name has {length} bytes of UTF-8", f"shorten it to {MOST_BYTES}"


def _in_file(name: str) -> Iterator[Said]:
    if not name.endswith(SUFFIX):
        if name.lower().endswith(SUFFIX):
            yield (
                f"the name {_shown(name)} does not end with {SUFFIX!r}, as tools want it",
                "write the end in lower case",
            )
        return
    stem = name.removesuffix(SUFFIX)
    if stem.casefold() in PAGES_OF_SITES:
        yield f"{stem!r} is the page of a folder to site generators", "give it another name"
    if "." in stem[1:]:
        fact = f"a dot stands inside the name {_shown(name)}, and tools take what follows for its kind"
        yield fact, f"call it {_better(name)}"


def _better(part: str) -> str:
    stem = part.removesuffix(SUFFIX)
    suffix = part[len(stem) :]
    safe = UNSAFE.sub("-", normalize("NFC", stem))
    return repr((safe.replace(".", "-") if suffix else safe) + suffix)


def _shown(part: str) -> str:
    return ascii(part) if len(part) <= 60 else f"{ascii(part[:56])[:-1]}...'"
