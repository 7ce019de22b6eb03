"""Publishing scenario documents."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from io import StringIO
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import Max
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedSeq
from ruamel.yaml.representer import RoundTripRepresenter
from ruamel.yaml.scalarstring import DoubleQuotedScalarString, ScalarString

from accounts.models import User
from scenarios import apart, proofs
from scenarios.models import Proof, Scenario, ScenarioVersion
from scenarios.proving import Report, engine, prove
from scenarios.reading import Document, DocumentError, Fault, read_as_far, read_document
from scenarios.signals import scenario_published
from scenarios.world.document import World


def publish_document(
    *, source: str, now: datetime, author: User | None = None
) -> tuple[ScenarioVersion, bool]:
    """Makes the document the current version of its scenario: (version, whether it is new).

    The same content is the same version. It is proved first, unless that was done.
    Raises DocumentError with the faults, line by line.
    """
    return _publish(check_document(source=source), author, now)


def check_document(*, source: str) -> Document:
    """Reads the document, proves it, and looks for its prerequisites; what is proved is kept, and nothing else.

    Raises DocumentError with all that is wrong.
    """
    document = read_as_far(source)
    faults = _prerequisite_faults(document)
    if not proof_of(document):
        report = apart.once(prove, source)
        faults += report.faults
        if report.holds:
            keep_proof(report.proof_hash, report.figures)
    if faults:
        raise DocumentError(sorted(faults, key=lambda fault: fault.line))
    return document


def proof_of(document: Document) -> Proof | None:
    return Proof.objects.valid().filter(content_hash=document.proof_hash).first()


def keep_proof(proof_hash: str, figures: Mapping[str, Any]) -> Proof:
    kept = {"engine": engine(), "report": dict(figures)}
    return Proof.objects.update_or_create(content_hash=proof_hash, defaults=kept)[0]


def load_pack(*, folder: Path, now: datetime) -> tuple[int, int]:
    """Publishes every `*.yaml` of a folder, prerequisites first: (loaded, new). All or nothing.

    A file that has not changed since it was last loaded is left alone, and so is what trainers made of it.
    Proofs come with the folder; what has none is proved now.
    Raises DocumentError; its message names the file, line, field and what to do.
    """
    files = sorted(folder.glob("*.yaml")) if folder.is_dir() else [folder]
    sources = {file: _text(file) for file in files}
    loaded = {file: found for file, source in sources.items() if (found := _loaded(source))}
    changed = {file: source for file, source in sources.items() if file not in loaded}
    documents = _prove_all(changed, proofs.read(folder if folder.is_dir() else folder.parent))
    new = 0
    with transaction.atomic():
        for version in loaded.values():
            current = version.scenario.current_version
            scenario_published.send(sender=Scenario, version=current, many=True)
        for file, document in _in_order(documents):
            if faults := _prerequisite_faults(document):
                raise DocumentError([_in_file(file, fault) for fault in faults])
            new += _publish(document, None, now, many=True)[1]
    return len(files), new


def _prove_all(sources: Mapping[Path, str], shipped: proofs.Shipped) -> dict[Path, Document]:
    """Reads the documents and keeps a proof of each, or raises DocumentError with all that is wrong with any."""
    documents: dict[Path, Document] = {}
    faults: list[Fault] = []
    for file, source in sources.items():
        try:
            documents[file] = read_document(source)
        except DocumentError as error:
            faults += [_in_file(file, fault) for fault in error.faults]
    if faults:
        raise DocumentError(faults)
    for document in documents.values():
        if figures := shipped.of(document.proof_hash):
            keep_proof(document.proof_hash, figures)
    waiting = [file for file, document in documents.items() if not proof_of(document)]
    texts = [sources[file] for file in waiting]
    for file, report in zip(waiting, _proved(texts), strict=True):
        faults += [_in_file(file, fault) for fault in report.faults]
        if report.holds:
            keep_proof(report.proof_hash, report.figures)
    if faults:
        raise DocumentError(faults)
    return documents


def _proved(texts: Sequence[str]) -> Iterable[Report]:
    return apart.each(prove, texts) if len(texts) > 1 else [apart.once(prove, text) for text in texts]


class _Representer(RoundTripRepresenter):
    """Nothing is written as `null`, as in a variant that takes a field away."""


_Representer.add_representer(
    type(None), lambda writer, _: writer.represent_scalar("tag:yaml.org,2002:null", "null")
)


@transaction.atomic
def _publish(
    document: Document, author: User | None, now: datetime, *, many: bool = False
) -> tuple[ScenarioVersion, bool]:
    """What is proved, published; `many` are published one after the other."""
    scenario, _ = Scenario.objects.update_or_create(slug=document.world.id, defaults=_columns(document.world))
    version = scenario.versions.filter(content_hash=document.content_hash).first()
    if created := version is None:
        version = _add_version(scenario, document, author, now)
    if scenario.current_version_id != version.pk:
        scenario.current_version = version
        scenario.save(update_fields=["current_version", "updated_at"])
    scenario.prerequisites.set(Scenario.objects.filter(slug__in=document.world.prerequisites))
    scenario_published.send(sender=Scenario, version=version, many=many)
    return version, created


def edit_scenario(
    *, scenario: Scenario, changes: dict[str, Any], now: datetime, author: User
) -> ScenarioVersion:
    """Writes changed catalogue fields into the document (comments stay) and publishes it."""
    assert scenario.current_version is not None
    source = edited_document(version=scenario.current_version, changes=changes)
    return publish_document(source=source, now=now, author=author)[0]


def edited_document(*, version: ScenarioVersion, changes: dict[str, Any]) -> str:
    """The document with other values for some of its catalogue fields, each in its author's style."""
    yaml = YAML(typ="rt", pure=True)
    yaml.Representer = _Representer
    yaml.width = 4096
    yaml.preserve_quotes = True
    yaml.brace_single_entry_mapping_in_flow_sequence = True
    offset = _list_offset(version.source)
    yaml.indent(mapping=2, sequence=offset + 2, offset=offset)
    tree = yaml.load(version.source)
    for field, value in changes.items():
        if field == "estimated_time":
            tree["time"]["target_min"] = value
        else:
            tree[field] = _in_style(tree.get(field), value)
    out = StringIO()
    yaml.dump(tree, out)
    return out.getvalue()


def export_document(*, version: ScenarioVersion) -> str:
    """The document as its author wrote it; loading it again gives the same version."""
    return version.source


def _loaded(source: str) -> ScenarioVersion | None:
    """The version that a pack brought with just this text, unless a pack brought another since."""
    version = ScenarioVersion.objects.select_related("scenario__current_version")
    found = version.filter(source=source, author=None).first()
    newer = found and found.scenario.versions.filter(author=None, number__gt=found.number).exists()
    return None if newer else found


def _columns(world: World) -> dict[str, Any]:
    return {
        "title": world.title,
        "summary": world.summary,
        "difficulty": world.difficulty,
        "category": world.category,
        "estimated_time": world.time.target_min,
        "xp_reward": world.xp_reward,
        "skills": world.skills,
    }


def _add_version(
    scenario: Scenario, document: Document, author: User | None, now: datetime
) -> ScenarioVersion:
    last = scenario.versions.aggregate(last=Max("number"))["last"] or 0
    return ScenarioVersion.objects.create(
        scenario=scenario,
        number=last + 1,
        content_hash=document.content_hash,
        document=document.data,
        source=document.source,
        paths=Proof.objects.valid().get(content_hash=document.proof_hash).ways(),
        author=author,
        created_at=now,
    )


def _prerequisite_faults(document: Document) -> list[Fault]:
    """Prerequisites that are not published, or that wait in turn for this scenario."""
    world, named = document.world, set(document.world.prerequisites)
    needed = Scenario.objects.filter(slug__in=named)
    if missing := named - {scenario.slug for scenario in needed}:
        what = f"{', '.join(sorted(missing))}: there is no such scenario; publish it first or take it out"
        return [document.fault("prerequisites", what)]
    before = set(named)
    while needed and world.id not in before:
        needed = Scenario.objects.filter(unlocks__in=needed).exclude(slug__in=before - {world.id}).distinct()
        before |= {scenario.slug for scenario in needed}
    what = f"{world.id} would wait for itself: take out what needs it"
    return [document.fault("prerequisites", what)] if world.id in before else []


def _list_offset(source: str) -> int:
    """How far the author moves the dashes of a list to the right of its name."""
    found = re.search(r"^( *)[\w\"]+: *\n( *)- ", source, re.MULTILINE)
    return len(found[2]) - len(found[1]) if found else 2


def _in_style(old: Any, new: Any) -> Any:
    """Quotes and the shape of a list as they were."""
    if isinstance(old, ScalarString):
        return type(old)(new)
    if isinstance(old, CommentedSeq):
        del old[:]
        old.extend(DoubleQuotedScalarString(item) for item in new)
        return old
    return new


def _text(file: Path) -> str:
    try:
        return file.read_text("utf-8")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise DocumentError([_in_file(file, Fault(line, "", "is not UTF-8: save it as UTF-8"))]) from error


def _in_file(file: Path, fault: Fault) -> Fault:
    return Fault(fault.line, ": ".join(filter(None, (str(file), fault.path))), fault.message)


def _in_order(documents: Mapping[Path, Document]) -> list[tuple[Path, Document]]:
    """Prerequisites before what needs them; those that wait for each other go last and are reported there."""
    waiting = dict(documents)
    ordered: list[tuple[Path, Document]] = []
    while waiting:
        names = {document.world.id for document in waiting.values()}
        free = [f for f, d in waiting.items() if not set(d.world.prerequisites) & names] or list(waiting)
        ordered += [(file, waiting.pop(file)) for file in free]
    return ordered
