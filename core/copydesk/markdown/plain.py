"""The text that a reader sees of one line of Markdown: escapes undone, markup taken off."""

from __future__ import annotations

import re
from unicodedata import category

_SUSPECTS = re.compile(r"[\\&<`*_\[]")
_DESTINATION = r"(?:<[^<>]*>|[^\s()<>]*+(?:\([^\s()<>]*+\)[^\s()<>]*+)*+)"
_TITLE = r"""(?:"[^"]*"|'[^']*'|\([^()]*\))"""
_TOKEN = re.compile(
    rf"""\\(?P<sign>[!-/:-@\[-`{{-~])
    |(?P<reference>&(?:\#[0-9]{{1,7}}|\#[xX][0-9a-fA-F]{{1,6}}|[A-Za-z][A-Za-z0-9]{{1,31}});)
    |<(?P<address>[A-Za-z][A-Za-z0-9+.-]{{1,31}}:[^\s<>]*|[^\s<>@:]+@[^\s<>@]+)>
    |(?P<code>`+)
    |(?P<open>!?\[)
    |(?P<close>\])(?P<target>\([ ]*{_DESTINATION}(?:[ ]+{_TITLE})?[ ]*\))?
    |(?P<run>\*+|_+)""",
    re.VERBOSE,
)


def plain(line: str) -> str:
    """Return the text of one line of Markdown, as every engine shows it.

    For what `escape` has written this is exactly the text that it was given. Of what `write` marks up the text stays:
    of a link the words, of an image nothing. What Copydesk does not write, such as raw HTML, stays as it stands.
    """
    if _SUSPECTS.search(line):
        line = _Line(line).text()
    return re.sub(" {2,}", " ", line).strip(" ") if "  " in line else line.strip(" ")


class _Run:
    """A run of asterisks or underscores: which piece it is, how many are left, whether it can open or close."""

    __slots__ = ("at", "closes", "left", "opens", "sign", "size")

    def __init__(self, at: int, said: str, before: str, behind: str) -> None:
        self.at, self.sign, self.size, self.left = at, said[0], len(said), len(said)
        left, right = _flanks(before, behind), _flanks(behind, before)
        within = self.sign == "_"  # in a word it is no emphasis
        self.opens = left and not (within and right and not _is_punctuation(before))
        self.closes = right and not (within and left and not _is_punctuation(behind))

    def goes_with(self, closer: _Run) -> bool:
        """Tell whether the closer can end what this run opens (CommonMark, rules 9 and 10)."""
        if self.sign != closer.sign or not self.opens:
            return False
        both = self.closes or closer.opens
        return not (both and (self.size + closer.size) % 3 == 0 and (self.size % 3 or closer.size % 3))


class _Line:
    """One pass over a line: its pieces of text, and what is still open."""

    __slots__ = ("_lonely", "_open", "_pieces", "_runs", "_said")

    def __init__(self, said: str) -> None:
        self._said = said
        self._pieces: list[str] = []
        self._open: list[tuple[int, int]] = []  # the piece of each open bracket, and how many runs stand before it
        self._runs: list[_Run] = []
        self._lonely: set[int] = set()  # runs of so many backticks have no partner from here on

    def text(self) -> str:
        done = 0
        while match := _TOKEN.search(self._said, done):
            self._pieces.append(self._said[done : match.start()])
            done = self._token(match, match.lastgroup or "")
        self._pieces.append(self._said[done:])
        _take_off(self._runs)
        for run in self._runs:
            self._pieces[run.at] = run.sign * run.left
        return "".join(self._pieces)

    def _token(self, match: re.Match[str], kind: str) -> int:
        """Take a token into the pieces, and return where the line goes on."""
        if kind == "code":
            return self._code(match)
        if kind in ("close", "target"):
            return self._close(match)
        if kind == "reference":
            self._pieces.append(_referenced(match[kind]))
        else:
            if kind == "open":
                self._open.append((len(self._pieces), len(self._runs)))
            elif kind == "run":
                start, end = match.span()
                before, behind = self._said[max(start - 1, 0) : start], self._said[end : end + 1]
                self._runs.append(_Run(len(self._pieces), match[kind], before, behind))
            self._pieces.append(match[kind])
        return match.end()

    def _code(self, match: re.Match[str]) -> int:
        size = len(match["code"])
        end = None
        if size not in self._lonely:
            end = re.compile(rf"(?<!`)`{{{size}}}(?!`)").search(self._said, match.end())
        if end is None:
            self._lonely.add(size)
            self._pieces.append(match["code"])
            return match.end()
        said = self._said[match.end() : end.start()]
        padded = said[:1] == said[-1:] == " " and said.strip(" ")
        self._pieces.append(said[1:-1] if padded else said)
        return end.end()

    def _close(self, match: re.Match[str]) -> int:
        at, runs = self._open.pop() if self._open else (-1, 0)
        if at < 0 or match["target"] is None:  # what stands in brackets behind it is no target then
            self._pieces.append("]")
            return match.end("close")
        if self._pieces[at] == "![":
            del self._pieces[at:], self._runs[runs:]
        else:
            self._pieces[at] = ""
        return match.end()


def _referenced(said: str) -> str:
    """Return the character of a reference; a name that HTML does not have stays as it stands."""
    name = said[1:-1]
    if name[0] != "#":
        from html.entities import html5

        return html5.get(f"{name};", said)
    code = int(name[2:], 16) if name[1] in "xX" else int(name[1:])
    return chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"


def _take_off(runs: list[_Run]) -> None:
    """Pair the runs that mark emphasis; what is left of each has no partner and is text."""
    waiting: list[_Run] = []
    bottoms: dict[tuple[str, bool, int], int] = {}  # below there is no partner for such a run
    for run in runs:
        if run.closes:
            own = (run.sign, run.opens, run.size % 3)
            while run.left and (at := _partner(waiting, run, bottoms.get(own, 0))) >= 0:
                opener = waiting[at]
                used = min(2, opener.left, run.left)
                opener.left, run.left = opener.left - used, run.left - used
                del waiting[at + bool(opener.left) :]
                bottoms = {kind: min(bottom, len(waiting)) for kind, bottom in bottoms.items()}
            if run.left:
                bottoms[own] = len(waiting)
        if run.left and run.opens:
            waiting.append(run)


def _partner(waiting: list[_Run], closer: _Run, bottom: int) -> int:
    for at in range(len(waiting) - 1, bottom - 1, -1):
        if waiting[at].goes_with(closer):
            return at
    return -1


def _flanks(before: str, behind: str) -> bool:
    """Tell whether a run that stands between two characters leans on the second one."""
    if not behind or behind.isspace():
        return False
    return not _is_punctuation(behind) or not before or before.isspace() or _is_punctuation(before)


def _is_punctuation(character: str) -> bool:
    return bool(character) and category(character)[0] in "PS"
