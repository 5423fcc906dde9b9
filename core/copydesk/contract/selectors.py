"""CSS selectors over the elements of a page: parsed by cssselect, matched on plain values.

Known are tags, `*`, classes, ids, attributes with `=`, `~=`, `|=`, `^=`, `$=` and `*=`, `:not()`, and the combinators
for descendants and children. What depends on the state of a browser has no meaning in a capture.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Set
from functools import cached_property
from typing import Any

from copydesk.contract.places import caller, shown
from copydesk.errors import PluginError
from copydesk.values.markup import Markup

Nodes = Callable[["Index"], Set[int]]
"""What gives the elements that match; a set, so that each is looked at once however selectors are nested."""


class Index:
    """The elements of a page by tag, class, id and attribute, looked up once for all selectors.

    With sets, a test costs the same however long an attribute is, and however often an element is asked for.
    """

    def __init__(self, markup: Markup) -> None:
        self.markup = markup
        self._by_name: dict[str, set[int]] = {}
        self._having: dict[tuple[str, str, str], frozenset[int]] = {}
        classes: dict[str, list[int]] = {}
        for node, attributes in enumerate(markup.attributes):
            for key, value in attributes:
                if key == "class":  # most elements share theirs with others
                    if value in classes:
                        classes[value].append(node)
                    else:
                        classes[value] = [node]
                elif key == "id":
                    self._by_name.setdefault(f"#{value}", set()).add(node)
        for value, nodes in classes.items():
            for name in words(value):
                self._by_name.setdefault(f".{name}", set()).update(nodes)

    @property
    def names(self) -> Iterable[str]:
        """The classes and ids of the page, as `.a` and `#a`."""
        return self._by_name.keys()

    def named(self, name: str) -> Set[int]:
        """Return the elements that have a tag (`a`), a class (`.a`) or an id (`#a`)."""
        return (self._by_name if name[:1] in (".", "#") else self._by_tag).get(name, frozenset())

    @cached_property
    def _by_tag(self) -> dict[str, set[int]]:
        found: dict[str, set[int]] = {}
        for node, tag in enumerate(self.markup.tags):
            if tag in found:
                found[tag].add(node)
            else:
                found[tag] = {node}
        return found

    @cached_property
    def every(self) -> Set[int]:
        """All elements."""
        return frozenset(range(len(self.markup.tags)))

    def within(self, nodes: Set[int], outer: Set[int]) -> Set[int]:
        """Return those of some elements that stand within one of others; each element is looked at once."""
        parents, known = self.markup.parents, dict.fromkeys(outer, True)
        found = set()
        for node in nodes:
            trail, at = [], parents[node]
            while at >= 0 and at not in known:
                trail.append(at)
                at = parents[at]
            inside = at >= 0 and known[at]
            known.update(dict.fromkeys(trail, inside))
            if inside:
                found.add(node)
        return found

    def having(self, name: str, operator: str, wanted: str) -> frozenset[int]:
        """Return the elements with an attribute that compares so with a value."""
        key = (name, operator, wanted)
        if key not in self._having:
            compare = _OPERATORS[operator]
            self._having[key] = frozenset(
                node
                for node, attributes in enumerate(self.markup.attributes)
                if any(said == name and compare(value, wanted) for said, value in attributes)
            )
        return self._having[key]


class Selector:
    """A selector; parsed on first use, since most documents need few of all selectors."""

    def __init__(self, css: str) -> None:
        self.css = css
        self.place = caller()

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The class, id or tag that each alternative needs, as `.a`, `#a` or `a`; empty for one that needs none."""
        return tuple(name for name, _ in self._alternatives)

    def select(self, index: Index) -> list[int]:
        """Return the elements that match, in document order."""
        return sorted({node for _, nodes in self._alternatives for node in nodes(index)})

    @cached_property
    def _alternatives(self) -> tuple[tuple[str, Nodes], ...]:
        try:
            return self._parsed()
        except PluginError as problem:
            raise PluginError(f"{shown(self.place)}: {problem}") from None

    def _parsed(self) -> tuple[tuple[str, Nodes], ...]:
        import cssselect

        try:
            parsed = cssselect.parse(self.css)
        except cssselect.SelectorError as problem:
            raise PluginError(f"css({self.css!r}): {problem}; mend the selector") from None
        if re.search(r"\s[iIsS]\s*\]", self.css):  # which the parser drops
            raise PluginError(f"css({self.css!r}): values are compared letter by letter; leave the flag out")
        if any(one.pseudo_element for one in parsed):
            raise PluginError(f"css({self.css!r}): a pseudo-element is no element of a page; leave it out")
        return tuple((_name(one.parsed_tree), _nodes(one.parsed_tree, self.css)) for one in parsed)

    def __repr__(self) -> str:
        return f"css({self.css!r})"


def _name(tree: Any) -> str:
    """Return the class or id in the last part of a selector, the one of the element itself, or else its tag."""
    while True:
        kind = type(tree).__name__
        if kind == "CombinedSelector":
            tree = tree.subselector
        elif kind == "Class":
            return f".{tree.class_name}"
        elif kind == "Hash":
            return f"#{tree.id}"
        elif kind in ("Attrib", "Negation"):
            tree = tree.selector
        else:
            return (getattr(tree, "element", None) or "").lower()


def _nodes(tree: Any, css: str) -> Nodes:
    kind = type(tree).__name__
    if kind not in _KINDS:
        raise PluginError(f"css({css!r}): {kind} is not supported; use tags, classes, ids, attributes and :not()")
    return _KINDS[kind](tree, css)


def _element(tree: Any, css: str) -> Nodes:
    if tree.namespace:
        raise PluginError(f"css({css!r}): a page has no name space {tree.namespace!r}; leave it out")
    if tree.element is None:
        return lambda index: index.every
    tag = tree.element.lower()
    return lambda index: index.named(tag)


def _class(tree: Any, css: str) -> Nodes:
    return _both(_nodes(tree.selector, css), f".{tree.class_name}")


def _hash(tree: Any, css: str) -> Nodes:
    return _both(_nodes(tree.selector, css), f"#{tree.id}")


def _both(rest: Nodes, name: str) -> Nodes:
    return lambda index: rest(index) & index.named(name) if index.named(name) else frozenset()


def _attrib(tree: Any, css: str) -> Nodes:
    if tree.namespace:
        raise PluginError(f"css({css!r}): an attribute has no name space {tree.namespace!r}; leave it out")
    rest, name, operator = _nodes(tree.selector, css), tree.attrib.lower(), tree.operator
    wanted = tree.value.value if tree.value is not None else ""
    if operator not in _OPERATORS or not (wanted or operator in ("=", "exists")):
        raise PluginError(f"css({css!r}): the attribute {name!r} cannot be compared by {operator!r} with {wanted!r}; "
                          "use =, ~=, |=, ^=, $= or *= and a value")
    return lambda index: rest(index) & index.having(name, operator, wanted)


_OPERATORS: dict[str, Callable[[str, str], bool]] = {
    "exists": lambda _value, _wanted: True,
    "=": lambda value, wanted: value == wanted,
    "~=": lambda value, wanted: wanted in words(value),
    "|=": lambda value, wanted: value == wanted or value.startswith(f"{wanted}-"),
    "^=": lambda value, wanted: value.startswith(wanted),
    "$=": lambda value, wanted: value.endswith(wanted),
    "*=": lambda value, wanted: wanted in value,
}


def words(value: str) -> list[str]:
    """Return the words of an attribute, which ASCII white space parts and no other."""
    return value.split() if value.isascii() else re.split("[ \t\n\f\r]+", value.strip(" \t\n\f\r"))


def _negation(tree: Any, css: str) -> Nodes:
    rest, other = _nodes(tree.selector, css), _nodes(tree.subselector, css)
    return lambda index: rest(index) - other(index)


def _combined(tree: Any, css: str) -> Nodes:
    before, itself = _nodes(tree.selector, css), _nodes(tree.subselector, css)
    if tree.combinator == ">":
        return lambda index: _children(index, itself(index), before(index))
    if tree.combinator != " ":
        raise PluginError(f"css({css!r}): the combinator {tree.combinator!r} is not supported; use a space or >")
    return lambda index: index.within(itself(index), before(index)) if itself(index) else frozenset()


def _children(index: Index, nodes: Set[int], parents: Set[int]) -> Set[int]:
    return {node for node in nodes if index.markup.parents[node] in parents}


_KINDS: dict[str, Callable[[Any, str], Nodes]] = {
    "Element": _element, "Class": _class, "Hash": _hash, "Attrib": _attrib, "Negation": _negation,
    "CombinedSelector": _combined,
}  # fmt: skip
