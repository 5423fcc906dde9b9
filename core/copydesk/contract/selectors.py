"""CSS selectors over the elements of a page: parsed by cssselect, matched on plain values.

Known are tags, `*`, classes, ids, attributes with `=`, `~=`, `|=`, `^=`, `$=` and `*=`, `:not()`, and the combinators
for descendants and children. What depends on the state of a browser has no meaning in a capture.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from functools import cached_property
from typing import Any

from copydesk.errors import PluginError
from copydesk.values.markup import Markup

Test = Callable[["Index", int], bool]


class Index:
    """The elements of a page by tag, class, id and attribute, looked up once for all selectors.

    With sets, a test costs the same however long an attribute is, and however often an element is asked for.
    """

    __slots__ = ("_by_name", "_having", "markup")

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
            for name in value.split():
                self._by_name.setdefault(f".{name}", set()).update(nodes)

    @property
    def names(self) -> Iterable[str]:
        """The classes and ids of the page, as `.a` and `#a`."""
        return self._by_name.keys()

    def named(self, name: str) -> Collection[int]:
        """Return the elements that have a tag (`a`), a class (`.a`) or an id (`#a`)."""
        if name[:1] not in (".", "#") and name not in self._by_name:
            self._by_name[name] = {node for node, tag in enumerate(self.markup.tags) if tag == name}
        return self._by_name.get(name, ())

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

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The class, id or tag that each alternative needs, as `.a`, `#a` or `a`; empty for one that needs none."""
        return tuple(name for name, _ in self._alternatives)

    def select(self, index: Index) -> list[int]:
        """Return the elements that match, in document order."""
        every = range(len(index.markup.tags))
        return sorted({node for name, test in self._alternatives for node in (index.named(name) if name else every)
                       if test(index, node)})  # fmt: skip

    @cached_property
    def _alternatives(self) -> tuple[tuple[str, Test], ...]:
        import cssselect

        try:
            parsed = cssselect.parse(self.css)
        except cssselect.SelectorError as problem:
            raise PluginError(f"css({self.css!r}): {problem}; mend the selector") from None
        if any(one.pseudo_element for one in parsed):
            raise PluginError(f"css({self.css!r}): a pseudo-element is no element of a page; leave it out")
        return tuple((_name(one.parsed_tree), _test(one.parsed_tree, self.css)) for one in parsed)

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


def _test(tree: Any, css: str) -> Test:
    kind = type(tree).__name__
    if kind not in _TESTS:
        raise PluginError(f"css({css!r}): {kind} is not supported; use tags, classes, ids, attributes and :not()")
    return _TESTS[kind](tree, css)


def _element(tree: Any, _: str) -> Test:
    if tree.element is None:
        return lambda _index, _node: True
    tag = tree.element.lower()
    return lambda index, node: index.markup.tags[node] == tag


def _class(tree: Any, css: str) -> Test:
    rest, name = _test(tree.selector, css), f".{tree.class_name}"
    return lambda index, node: node in index.named(name) and rest(index, node)


def _hash(tree: Any, css: str) -> Test:
    rest, name = _test(tree.selector, css), f"#{tree.id}"
    return lambda index, node: node in index.named(name) and rest(index, node)


def _attrib(tree: Any, css: str) -> Test:
    rest, name, operator = _test(tree.selector, css), tree.attrib.lower(), tree.operator
    wanted = tree.value.value if tree.value is not None else ""
    if operator not in _OPERATORS or not (wanted or operator in ("=", "exists")):
        raise PluginError(f"css({css!r}): the attribute {name!r} cannot be compared by {operator!r} with {wanted!r}")
    return lambda index, node: node in index.having(name, operator, wanted) and rest(index, node)


_OPERATORS: dict[str, Callable[[str, str], bool]] = {
    "exists": lambda _value, _wanted: True,
    "=": lambda value, wanted: value == wanted,
    "~=": lambda value, wanted: wanted in value.split(),
    "|=": lambda value, wanted: value == wanted or value.startswith(f"{wanted}-"),
    "^=": lambda value, wanted: value.startswith(wanted),
    "$=": lambda value, wanted: value.endswith(wanted),
    "*=": lambda value, wanted: wanted in value,
}


def _negation(tree: Any, css: str) -> Test:
    rest, other = _test(tree.selector, css), _test(tree.subselector, css)
    return lambda index, node: not other(index, node) and rest(index, node)


def _combined(tree: Any, css: str) -> Test:
    before, itself = _test(tree.selector, css), _test(tree.subselector, css)
    if tree.combinator not in (" ", ">"):
        raise PluginError(f"css({css!r}): the combinator {tree.combinator!r} is not supported; use a space or >")
    if tree.combinator == ">":
        return lambda index, node: itself(index, node) and _parent_is(before, index, node)
    return lambda index, node: itself(index, node) and any(before(index, n) for n in _around(index, node))


def _parent_is(test: Test, index: Index, node: int) -> bool:
    parent = index.markup.parents[node]
    return parent >= 0 and test(index, parent)


def _around(index: Index, node: int) -> Iterable[int]:
    return index.markup.ancestors(index.markup.parents[node])


_TESTS: dict[str, Callable[[Any, str], Test]] = {
    "Element": _element, "Class": _class, "Hash": _hash, "Attrib": _attrib, "Negation": _negation,
    "CombinedSelector": _combined,
}  # fmt: skip
