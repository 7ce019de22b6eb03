"""Reactions to what lower apps did."""

from typing import Any

from django.dispatch import receiver

from chat.listening import fit_version
from scenarios.models import ScenarioVersion
from scenarios.signals import scenario_published


@receiver(scenario_published)
def fit_new_version(version: ScenarioVersion, many: bool, **_: Any) -> None:
    fit_version(version, here=many)
