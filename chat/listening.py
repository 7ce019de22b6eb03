"""Ready listeners: what a scenario version understands, fitted once, kept in the database and in memory."""

import hashlib
from functools import cache
from io import BytesIO
from pathlib import Path
from uuid import UUID

import numpy as np
from django.conf import settings
from django.utils import timezone

import chat.customer
from chat.customer.classifier import Classifier, fit_document
from chat.customer.understanding import Listener
from chat.models import Lexicon
from chat.voices.model.endpoint import openai
from chat.voices.scripted.wordings import bank
from scenarios import apart
from scenarios.models import Scenario, ScenarioVersion, world_of
from scenarios.world.document import World
from scenarios.world.state import opening_state


def listener_for(version_id: UUID, world: World) -> Listener:
    """Understands learners in one variant of this version; they share what was fitted."""
    return Listener(world, classifier_of(version_id))


@cache
def classifier_of(version_id: UUID) -> Classifier:
    """Kept as long as the process lives: a version never changes."""
    return Classifier(_arrays(version_id))


def get_ready() -> None:
    """Loads what the customers of all published scenarios need, so that nobody's first answer is slow."""
    bank()
    if settings.HAS_MODEL:
        openai()
    for version_id in Scenario.objects.published().values_list("current_version_id", flat=True):
        world = world_of(version_id)
        listener_for(version_id, world).understand("Hello, what does it say?", opening_state(world))


def fit_version(version: ScenarioVersion, *, here: bool = False) -> Lexicon:
    """Fits what all variants of the version understand on today's phrase library; nothing to do where that was done.

    A server has it done apart; `here` is for a process that fits many.
    """
    current = Lexicon.objects.filter(version=version, library=library_hash()).first()
    if current:
        return current
    arrays = fit_document(version.document) if here else apart.once(fit_document, version.document)
    packed = BytesIO()
    np.savez(packed, allow_pickle=False, **arrays)
    fitted = {"library": library_hash(), "arrays": packed.getvalue(), "fitted_at": timezone.now()}
    return Lexicon.objects.update_or_create(version=version, defaults=fitted)[0]


@cache
def library_hash() -> str:
    """Changes with the phrases and with the code that turns them into arrays: both call for a new fit."""
    folder = Path(chat.customer.__file__).parent
    files = [
        *folder.rglob("*.yaml"),
        *folder.rglob("*.txt"),
        folder / "features.py",
        folder / "classifier.py",
    ]
    return hashlib.sha256(b"".join(file.read_bytes() for file in sorted(files))).hexdigest()


def _arrays(version_id: UUID) -> dict[str, np.ndarray]:
    lexicon = Lexicon.objects.filter(version=version_id, library=library_hash()).first()
    lexicon = lexicon or fit_version(ScenarioVersion.objects.get(pk=version_id))
    with np.load(BytesIO(lexicon.arrays), allow_pickle=False) as arrays:
        return dict(arrays)
