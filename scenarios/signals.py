"""News from scenarios."""

from django.dispatch import Signal

# version: ScenarioVersion, new or published again; many: whether others follow at once
scenario_published = Signal()
