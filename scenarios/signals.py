"""News from scenarios."""

from django.dispatch import Signal

scenario_published = Signal()  # version: ScenarioVersion, new or published again
