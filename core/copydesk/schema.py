"""Checks frontmatter against a schema, and says of every problem where it is, what it is and what would mend it."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple

from copydesk.errors import CopydeskError
from copydesk.frontmatter.writing import KEYS

if TYPE_CHECKING:
    from jsonschema_rs import Draft202012Validator

_OWN = "copydesk_schemas"
_KNOWN = frozenset(KEYS)
_LONGEST = 60
_TITLED = ("pattern", "format", "maxLength")
_TYPES = {"string": "a string", "array": "a list", "integer": "an integer", "boolean": "a boolean"}
_KINDS = {
    str: "a string",
    list: "a list",
    dict: "a mapping",
    bool: "a boolean",
    int: "an integer",
    float: "a number",
}


class Problem(NamedTuple):
    """What a schema finds wrong: the key (or `key/index` of an item), the fact and the remedy."""

    path: str
    fact: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.path}: {self.fact}" + (f", {self.remedy}" if self.remedy else "")


def names() -> list[str]:
    """Return the names of the schemas that come with Copydesk."""
    return sorted(file[:-5] for file in os.listdir(_folder(_OWN)) if file.endswith(".yaml"))


def text(name: str = "article") -> str:
    """Return a schema as it is written, in YAML.

    A name is one of `names()`, or `package:file.yaml` for a file beside the `__init__` of an installed package.
    """
    package, _, file = name.rpartition(":")
    if not package:
        if name not in names():
            raise CopydeskError(f"there is no schema {name!r}; {_nearest(name)}")
        package, file = _OWN, f"{name}.yaml"
    try:
        with open(os.path.join(_folder(package), file), encoding="utf-8") as stream:
            return stream.read()
    except OSError as error:
        reason = error.strerror or error
        raise CopydeskError(f"schema {name!r} cannot be read: {reason}; put {file} beside {package}") from None


@cache
def load(name: str = "article") -> dict[str, Any]:
    """Return a schema as a dictionary, which is shared: do not change it.

    A wheel has Copydesk's own schemas compiled too (see `hatch_build.py`): the same, but faster to load.
    """
    if ":" not in name:
        try:
            return dict(import_module(f"{_OWN}.compiled.{name}").SCHEMA)
        except ImportError:  # an editable install has the YAML alone
            pass
    return _from_yaml(name)


def _from_yaml(name: str) -> dict[str, Any]:
    import yaml

    try:
        schema = yaml.load(text(name), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.YAMLError as error:
        raise CopydeskError(f"schema {name!r} is not YAML: {' '.join(str(error).split())}") from None
    if not isinstance(schema, dict):
        raise CopydeskError(f"schema {name!r} is {type(schema).__name__}, not a mapping; write JSON Schema as YAML")
    if ":" in name:  # the words of Copydesk's own are tested
        _check_words(name, schema)
    return schema


def _check_words(name: str, schema: dict[str, Any]) -> None:
    """Refuse a word that a validator would pass over in silence."""
    from copydesk.vocabulary import misspelt

    found = misspelt(schema)
    if found:
        raise CopydeskError(f"schema {name!r}: {found[0]}")


@cache
def validator(name: str = "article") -> Draft202012Validator:
    """Return the compiled schema; formats are asserted, and references are found here and never on the network."""
    import jsonschema_rs

    try:
        return jsonschema_rs.Draft202012Validator(load(name), validate_formats=True, retriever=referenced)
    except (ValueError, jsonschema_rs.ReferencingError) as error:
        raise CopydeskError(f"schema {name!r} is not JSON Schema 2020-12: {str(error).splitlines()[0]}") from None


def problems(data: Mapping[str, Any], name: str = "article") -> list[Problem]:
    """Return all that a schema finds wrong with frontmatter, in the order of its keys; nothing where all is well.

    What YAML knows and JSON does not (a bare date above all) is a problem too, also under a person's own keys, which
    the validator does not look into.
    """
    check = validator(name)
    try:
        if check.is_valid(data) and _KNOWN.issuperset(data):
            return []
    except (ValueError, TypeError, SystemError):  # a value that JSON does not know; found by name below
        pass
    found: list[Problem] = []
    plain = {str(key): _plain(str(key), value, found) for key, value in data.items()}
    strange = {problem.path for problem in found}
    found += (problem for problem in _errors(check, plain, name) if problem.path not in strange)
    return sorted(dict.fromkeys(found), key=_place)


def referenced(uri: str) -> dict[str, Any]:
    """Find a schema by the end of its URI: a relative `$ref` is resolved against whatever `$id` it stands under."""
    *_, house, name, _ = f"//{uri}".split("/")
    return load(name if house in ("copydesk", "..") else uri)


def _folder(package: str) -> str:
    if package == _OWN:
        return os.path.dirname(str(import_module(_OWN).__file__))
    from importlib.util import find_spec

    try:
        spec = find_spec(package)
    except (ImportError, ValueError):
        spec = None
    if spec is None or not spec.submodule_search_locations:
        raise CopydeskError(f"there is no package {package!r} to take a schema from; install it")
    return next(iter(spec.submodule_search_locations))


def _nearest(name: str) -> str:
    from difflib import get_close_matches

    near = get_close_matches(name, names(), n=1)
    return (f"did you mean {near[0]!r}? " if near else "") + f"known are {', '.join(names())}"


def _place(problem: Problem) -> tuple[int, str, str]:
    key = problem.path.split("/")[0]
    return KEYS.index(key) if key in KEYS else len(KEYS), problem.path, problem.fact


def _plain(path: str, value: Any, found: list[Problem]) -> Any:
    """Return a value as JSON has it, and note what JSON does not have."""
    if isinstance(value, str):
        whole = value.encode(errors="replace").decode()
        if whole == value:
            return value
        found.append(Problem(path, f"{_short(value)} holds half a surrogate pair", "take it out"))
        return whole
    if isinstance(value, int) and value.bit_length() > 63:
        fact = f"a number of {value.bit_length()} bits is more than readers hold"
        found.append(Problem(path, fact, "write it in quotes"))
        return 0
    if value is None or isinstance(value, (int, float)):
        return value
    if isinstance(value, (list, tuple)):
        return [_plain(f"{path}/{index}", item, found) for index, item in enumerate(value)]
    if isinstance(value, dict) and all(isinstance(key, str) for key in value):
        return {key: _plain(f"{path}/{key}", item, found) for key, item in value.items()}
    if hasattr(value, "isoformat"):
        found.append(Problem(path, f"{value} is a bare date, not a string", f'write it in quotes: "{value}"'))
    else:
        found.append(Problem(path, f"{_short(value)} is {_kind(value)}, which JSON does not have", "write a string"))
    return str(value)


def _errors(check: Draft202012Validator, data: dict[str, Any], name: str) -> Iterator[Problem]:
    for error in check.iter_errors(data):
        keyword = str(error.schema_path[-1]) if error.schema_path else ""
        path = "/".join(map(str, error.instance_path))
        if keyword in ("required", "dependentRequired"):
            path = "/".join(filter(None, (path, _missing(error))))
            yield Problem(path, "is missing", _expected(path, name))
            continue
        subschema = _subschema(error.schema_path[:-1], keyword, name)
        fact = _fact(keyword, _instance(data, error.instance_path), subschema) or " ".join(error.message.split())
        yield Problem(path, fact, subschema.get("description", "") if keyword == "not" else _expected(path, name))


def _missing(error: Any) -> str:
    """Return the property that a `required` asks for; the kind is typed as its base class."""
    return str(error.kind.property)


def _instance(data: Any, path: Sequence[str | int]) -> Any:
    for step in path:
        data = data[step]
    return data


def _fact(keyword: str, value: Any, subschema: Mapping[str, Any]) -> str:
    """Say in words what a keyword found wrong; nothing where there are no words for it."""
    title = subschema.get("title")
    if value is None or (keyword in ("minLength", "minItems") and not value):
        return "is empty"
    if keyword == "type":
        return f"{_short(value)} is {_kind(value)}, not {_TYPES.get(str(subschema.get('type')), 'what it must be')}"
    if keyword == "const":
        return f"{_short(value)} is not {subschema.get('const')!r}"
    if keyword == "not":
        return "is not allowed here"
    return f"{_short(value)} is not {title}" if title and keyword in _TITLED else ""


def _short(value: Any) -> str:
    shown = repr(value)
    return shown if len(shown) <= _LONGEST else f"{shown[: _LONGEST - 4]}...{shown[-1]}"


def _kind(value: Any) -> str:
    return _KINDS.get(type(value), f"a {type(value).__name__}")


def _subschema(path: Sequence[str | int], keyword: str, name: str) -> Mapping[str, Any]:
    """Find the part of the schema that an error points at, in this schema or in the one that it narrows."""
    for document in (load(name), load("article")):
        found = _walk(document, path)
        if isinstance(found, dict) and keyword in found:
            return found
    return {}


def _walk(document: dict[str, Any], path: Sequence[str | int]) -> Any:
    at: Any = document
    for step in path:
        try:
            at = at[step]
        except (KeyError, IndexError, TypeError):
            return None
        if step == "$ref":  # older releases of jsonschema-rs give the way by references, newer ones its end
            local = at.startswith("#")
            document = document if local else referenced(at)
            at = _walk(document, at[2:].split("/")) if local else document
    return at


def _expected(path: str, name: str) -> str:
    about = _about(name).get(path.split("/")[0], {})
    description, example = about.get("description"), next(iter(about.get("examples", ())), None)
    if not description:
        return ""
    if isinstance(example, list):
        return f'give {description}: - "{example[0]}"'
    return f"give {description}" + (f', such as "{example}"' if example else "")


@cache
def _about(name: str) -> dict[str, dict[str, Any]]:
    about: dict[str, dict[str, Any]] = {}
    for document in (load("article"), load(name)):
        for key, subschema in document.get("properties", {}).items():
            if isinstance(subschema, dict):
                about[key] = {**about.get(key, {}), **subschema}
    return about
