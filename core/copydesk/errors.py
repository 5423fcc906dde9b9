"""The errors of Copydesk: one base class, and a subclass for each situation."""

from __future__ import annotations


class CopydeskError(Exception):
    """What Copydesk raises when it cannot go on: where, the fact and the remedy, in one line.

    ``code`` is a word for tools (kebab case), empty where the stage of the work says enough.
    """

    code = ""


class Rejection(CopydeskError):  # noqa: N818 - the word of the glossary and of the report
    """A capture that Copydesk refuses to turn into a document.

    ``message`` says the fact, ``remedy`` what can be done, and ``nearest`` which layout came nearest and what it
    missed, where that is known.
    """

    def __init__(self, code: str, message: str, *, remedy: str = "", nearest: str = "") -> None:
        super().__init__(code, message, remedy, nearest)
        self.code = code
        self.message = message
        self.remedy = remedy
        self.nearest = nearest

    def __str__(self) -> str:
        parts = (self.message, self.nearest and f"nearest: {self.nearest}", self.remedy)
        return "; ".join(part for part in parts if part)


class RuleError(CopydeskError):
    """A rule of a plugin broke a law or raised; the message names the rule.

    ``place`` says where the rule is written, as `package/module.py:12`, where that is known.
    """

    code = "rule"

    def __init__(self, rule: str, message: str, place: str = "") -> None:
        super().__init__(rule, message, place)
        self.rule = rule
        self.message = message
        self.place = place

    def __str__(self) -> str:
        return f"rule {self.rule!r}{self.place and f' ({self.place})'}: {self.message}"


class PluginError(CopydeskError):
    """A plugin that cannot be used as it is written; the message names the plugin's part and the remedy."""


class FrontmatterError(CopydeskError):
    """A Markdown file whose frontmatter cannot be read; ``line`` is counted from 1.

    ``path`` names the file, and is empty where a text was read that has none.
    """

    def __init__(self, message: str, *, line: int = 1, remedy: str = "", path: str = "") -> None:
        super().__init__(message, line, remedy)
        self.message = message
        self.line = line
        self.remedy = remedy
        self.path = path

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}" if self.path else f"line {self.line}"
        return f"{place}: {self.message}" + (f"; {self.remedy}" if self.remedy else "")
