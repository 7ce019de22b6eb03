"""From YAML text to a typed world, with every problem at its line. Plain Python."""

import hashlib
import json
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from pydantic import ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.reader import ReaderError

from scenarios import in_words
from scenarios.personas import cast, personas
from scenarios.world import variants
from scenarios.world.document import World
from scenarios.world.solver import Path, shortest_path

# Fields that no conversation depends on: changing them needs no other proof.
CATALOGUE = ("difficulty", "xp_reward", "prerequisites", "skills")


@dataclass(frozen=True)
class Fault:
    """One problem of a document: its line (from 1), its field, what to do."""

    line: int
    path: str
    message: str

    def __str__(self) -> str:
        return (
            f"line {self.line}, {self.path}: {self.message}"
            if self.path
            else f"line {self.line}: {self.message}"
        )


@dataclass(frozen=True)
class Document:
    """A document whose usual variant, at least, can be read. `data` has its personas written out.

    `worlds` holds the variants that can be read, `faults` says what keeps the others from it.
    """

    source: str
    data: dict[str, Any]
    worlds: dict[str, World]
    faults: tuple[Fault, ...] = ()

    @property
    def world(self) -> World:
        return self.worlds[variants.USUAL]

    @property
    def content_hash(self) -> str:
        return _hash(self.data)

    @property
    def proof_hash(self) -> str:
        """Of what is proved: the document without what only the catalogue shows."""
        return _hash({field: value for field, value in self.data.items() if field not in CATALOGUE})

    @cached_property
    def paths(self) -> dict[str, Path]:
        """The solver's shortest justified path of each variant that has one."""
        found = {name: shortest_path(world) for name, world in self.worlds.items()}
        return {name: path for name, path in found.items() if path}

    def line(self, path: str, variant: str = variants.USUAL) -> int:
        """Where a field stands: in the variant if that changes it, else where the document says what it keeps."""
        return _place(self._tree, variant, path)

    def fault(self, path: str, message: str) -> Fault:
        """A problem that only the world outside of the document shows."""
        return Fault(self.line(path), path, message)

    @cached_property
    def _tree(self) -> Any:
        return _parse(self.source)


class DocumentError(Exception):
    """The document cannot be used; `faults` says why, line by line."""

    def __init__(self, faults: list[Fault]):
        super().__init__("\n".join(map(str, faults)))
        self.faults = faults


def read_document(source: str) -> Document:
    """The typed worlds of every variant. Raises DocumentError with all that keeps them from being read."""
    document = read_as_far(source)
    if document.faults:
        raise DocumentError(list(document.faults))
    return document


def read_as_far(source: str) -> Document:
    """As much of the document as can be read. Raises DocumentError where not even the usual variant can."""
    tree = _parse(source)
    data = _cast(tree, _plain(tree))
    worlds: dict[str, World] = {}
    faults: list[Fault] = []
    for name in _variants(tree, data):
        try:
            worlds[name] = variants.world(data, name)
        except ValidationError as error:
            faults += [_schema_fault(tree, name, e) for e in error.errors()]
    if variants.USUAL not in worlds:
        raise DocumentError(faults)
    return Document(source, data, worlds, tuple(faults))


def _hash(data: dict[str, Any]) -> str:
    canonical = json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def _cast(tree: Any, data: dict[str, Any]) -> dict[str, Any]:
    customer = data.get("customer")
    if not isinstance(customer, dict):
        return data
    try:
        return {**data, "customer": cast(customer)}
    except KeyError as error:
        line = _line(tree, ["customer", "persona"])
        known = ", ".join(personas())
        message = f"there is no persona named {error}; there are {known}"
        raise DocumentError([Fault(line, "customer.persona", message)]) from error


def _variants(tree: Any, data: dict[str, Any]) -> list[str]:
    """Names of the variants, if they have the form of changes to a document."""
    written = data.get("variants", {})
    if not isinstance(written, dict) or not all(isinstance(change, dict) for change in written.values()):
        message = "are named changes: a name, and below it the fields that differ"
        raise DocumentError([Fault(_line(tree, ["variants"]), "variants", message)])
    return variants.names(data)


def _fault(tree: Any, variant: str, path: str, message: str) -> Fault:
    where = "" if variant == variants.USUAL else f"in the variant '{variant}': "
    return Fault(_place(tree, variant, path), path, where + message)


def _place(tree: Any, variant: str, path: str) -> int:
    """At the variant's own line where it has one, else where the document says what the variant keeps."""
    where = path.split(".")
    changed = tree["variants"][variant] if variant != variants.USUAL else None
    own = isinstance(changed, dict) and where[0] in changed
    return _line(tree, ["variants", variant, *where] if own else where)


def _parse(source: str) -> dict[str, Any]:
    yaml = YAML(typ="rt", pure=True)
    yaml.version = (1, 2)
    try:
        tree = yaml.load(source.replace("\0", ""))
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        at, message = in_words.of_yaml(error.problem or "", source.splitlines(), line)
        raise DocumentError([Fault(at, "", message)]) from error
    except ReaderError as error:
        line = source[: error.position].count("\n") + 1
        raise DocumentError([Fault(line, "", "a character that text cannot have: take it out")]) from error
    except (RecursionError, ValueError) as error:
        raise DocumentError([Fault(1, "", f"cannot be read as YAML: {error}")]) from error
    if not isinstance(tree, dict):
        raise DocumentError(
            [Fault(1, "", "a scenario is a mapping that begins with: schema: helpdesk-scenario/1")]
        )
    return tree


def _plain(tree: dict[str, Any]) -> dict[str, Any]:
    """Without what only YAML knows; dates become text."""
    try:
        data: dict[str, Any] = json.loads(json.dumps(tree, default=str))
    except (TypeError, ValueError, RecursionError) as error:
        raise DocumentError([Fault(1, "", f"fields are named by words: {error}")]) from error
    return data


def _schema_fault(tree: Any, variant: str, error: Any) -> Fault:
    # A union reports its branches too; only what is in the document has a place there.
    where = [str(part) for part in error["loc"]]
    return _fault(tree, variant, ".".join(where), in_words.of_schema(error))


def _line(tree: Any, path: list[str]) -> int:
    """Line of the deepest part of `path` that exists."""
    line = 1
    for part in path:
        if isinstance(tree, CommentedMap) and part in tree:
            line = tree.lc.key(part)[0] + 1
            tree = tree[part]
        elif isinstance(tree, CommentedSeq) and part.isdigit() and int(part) < len(tree):
            line = tree.lc.item(int(part))[0] + 1
            tree = tree[int(part)]
        else:
            break
    return line
