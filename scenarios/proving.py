"""The proof of a scenario: what its document must pass before a learner sees it.

Each app registers the checks it knows enough for, in `ready()`: this one those of the document and the solver,
chat those of hearing and talking, assessment the test players. A check is a function of a `Case`; it yields what
is wrong, in words its author can act on, and figures worth keeping:

    @register("players", after=("references", "solver"), sources=(FOLDER,))
    def players_end_in_their_bands(case: Case) -> Checked:
        for variant, world in case.worlds.items():
            yield Figure(variant, "expert", 94)
            yield Finding(variant, "players.expert", "ends at 81; the document promises 88 to 100")

Checks are plain: no database, no clock, no dice but their own seeded ones, so that proofs run in a pool of
processes and the same document always gets the same report.
"""

import hashlib
import logging
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

from scenarios.reading import Document, DocumentError, Fault, read_as_far
from scenarios.world import variants
from scenarios.world.checks import contradictions, fallbacks, leaks, possible, references, solvable
from scenarios.world.document import World
from scenarios.world.lint import CHECKS
from scenarios.world.solver import Path as Way
from scenarios.world.solver import Search
from scenarios.world.variants import USUAL

log = logging.getLogger(__name__)
ROOT = Path(__file__).parent.parent
SOURCE_TYPES = (".py", ".yaml", ".txt")


@dataclass(frozen=True)
class Finding:
    """Something to put right. `path` is its place in the document, as in `facts.clock.say`; the proof adds the rest.

    What concerns no variant in particular is found in the usual one.
    """

    variant: str
    path: str
    message: str
    slug: str = ""
    check: str = ""
    line: int = 1

    def __str__(self) -> str:
        return f"{self.check}: {self.fault}"

    @property
    def fault(self) -> Fault:
        """As the author's view shows it."""
        where = "" if self.variant == USUAL else f"in the variant '{self.variant}': "
        return Fault(self.line, self.path, where + self.message)


@dataclass(frozen=True)
class Figure:
    """A number or a short list worth keeping with the proof, e.g. a score. Plain JSON, and no time of day."""

    variant: str
    name: str
    value: Any


@dataclass(frozen=True)
class Case:
    """A document on trial. `worlds` holds those of its variants, in document order, that this check can use."""

    slug: str
    data: Mapping[str, Any]  # the whole document, personas written out
    worlds: Mapping[str, World]  # each with the first row of values and the dates of some day
    _searches: dict[str, Search] = field(default_factory=dict, compare=False)

    def search(self, variant: str) -> Search:
        """What there is to find in this variant, searched for once."""
        return self._searches.setdefault(variant, Search(self.worlds[variant]))

    def way(self, variant: str) -> Way | None:
        """The shortest justified way to a goal of this variant."""
        return self.search(variant).path()

    def drawn(self, variant: str, row: int) -> World:
        """The variant with another row of values."""
        return variants.world(self.data, variant, row=row)


Checked = Iterator[Finding | Figure]
Check = Callable[[Case], Checked]


@dataclass(frozen=True)
class Stage:
    """A named check; it sees only variants in which the checks named in `after` found nothing."""

    name: str
    check: Check
    after: tuple[str, ...] = ()
    sources: tuple[Path, ...] = ()


_stages: dict[str, Stage] = {}


def register(
    name: str, *, after: Iterable[str] = (), sources: Iterable[Path] = ()
) -> Callable[[Check], Check]:
    """Adds a check, after those that are registered already. Registering a name again replaces its check.

    `after` names checks without whose success this one would only say the same again, or stumble.
    `sources` are the files and folders of code and words that its verdict depends on: a change there
    makes every earlier proof invalid.
    """

    def add(check: Check) -> Check:
        _stages.pop(name, None)
        _stages[name] = Stage(name, check, tuple(after), tuple(sources))
        return check

    return add


def names() -> list[str]:
    """Of all checks, in the order in which they run."""
    return ["schema", *_stages]


@dataclass(frozen=True)
class Report:
    """What came of a proof. `figures` is variant → check → name → value; `slug` is "" where none can be read."""

    slug: str
    proof_hash: str
    findings: tuple[Finding, ...]
    figures: Mapping[str, Mapping[str, Mapping[str, Any]]]

    @property
    def holds(self) -> bool:
        return not self.findings

    @property
    def faults(self) -> list[Fault]:
        """By line."""
        return sorted((finding.fault for finding in self.findings), key=lambda fault: fault.line)

    def of(self, check: str) -> list[Finding]:
        return [finding for finding in self.findings if finding.check == check]


def prove(source: str) -> Report:
    """Runs every check that the document lets run; never raises for what is wrong with the document."""
    try:
        document = read_as_far(source)
    except DocumentError as error:
        found = [Finding(USUAL, f.path, f.message, "", "schema", f.line) for f in error.faults]
        return Report("", "", tuple(found), {})
    return prove_document(document)


def prove_document(document: Document, only: Collection[str] | None = None) -> Report:
    """The proof of what could be read; what could not is found by `schema`. `only` names the checks wanted."""
    slug = document.world.id
    case = Case(slug, document.data, document.worlds)
    findings = [Finding(USUAL, f.path, f.message, slug, "schema", f.line) for f in document.faults]
    figures: dict[str, dict[str, dict[str, Any]]] = {variant: {} for variant in document.worlds}
    for stage in _stages.values():
        if only is not None and stage.name not in only:
            continue
        for result in _run(stage, case, findings):
            if isinstance(result, Figure):
                figures[result.variant].setdefault(stage.name, {})[result.name] = result.value
            else:
                line = document.line(result.path, result.variant)
                findings.append(replace(result, slug=slug, check=stage.name, line=line))
    return Report(slug, document.proof_hash, tuple(findings), figures)


def _run(stage: Stage, case: Case, findings: list[Finding]) -> list[Finding | Figure]:
    """What the check yields; what it finds in the usual variant is not said again for the others."""
    broken = {finding.variant for finding in findings if finding.check in stage.after}
    usable = {} if USUAL in broken else {n: w for n, w in case.worlds.items() if n not in broken}
    if not usable:
        return []
    try:
        results = list(stage.check(replace(case, worlds=usable)))
    except Exception as error:
        log.exception("The check %s of %s broke off", stage.name, case.slug)
        return [Finding(USUAL, "", f"the check broke off: {type(error).__name__}: {error}")]
    said = {(r.path, r.message) for r in results if isinstance(r, Finding) and r.variant == USUAL}
    return [
        r for r in results if isinstance(r, Figure) or r.variant == USUAL or (r.path, r.message) not in said
    ]


@cache
def engine() -> str:
    """Hash of all code and words that verdicts depend on."""
    files = {file for stage in _stages.values() for source in stage.sources for file in _files(source)}
    digest = hashlib.sha256()
    for file in sorted(files):
        digest.update(f"{file.relative_to(ROOT).as_posix()}\0".encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _files(source: Path) -> Iterator[Path]:
    if source.is_file():
        yield source
    yield from (file for file in source.rglob("*") if file.suffix in SOURCE_TYPES)


HERE = Path(__file__).parent
WORLD = HERE / "world"
STAGES = {
    "references": (references, possible),
    "leaks": (leaks,),
    "contradictions": (contradictions,),
    "fallbacks": (fallbacks,),
}


def _of_the_document(modules: Iterable[ModuleType]) -> Check:
    """The linter's checks of these modules."""
    looks = [look for look in CHECKS if look.__module__ in {module.__name__ for module in modules}]

    def check(case: Case) -> Checked:
        for variant, world in case.worlds.items():
            for look in looks:
                known = (
                    {"variants": case.worlds.values()} if look is possible.conditions_can_come_true else {}
                )
                for problem in look(world, **known):
                    yield Finding(variant, problem.path, problem.message)

    return check


for _name, _modules in STAGES.items():
    register(_name, sources=(WORLD, HERE / "proving.py", HERE / "reading.py"))(_of_the_document(_modules))


@register("solver", after=("references",), sources=(WORLD,))
def can_be_solved(case: Case) -> Checked:
    """There is a justified way to a goal in every variant, and nothing in it leads nowhere."""
    for variant in case.worlds:
        search = case.search(variant)
        for look in solvable.CHECKS:
            for problem in look(search):
                yield Finding(variant, problem.path, problem.message)
        for name, path in (("way", search.path()), ("guess", search.path(justified=False))):
            if path:
                yield Figure(variant, name, list(path.moves))
