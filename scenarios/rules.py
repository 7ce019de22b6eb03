"""Who may do what in the admin; read by Django through the rules backend."""

import rules

from knowledge.rules import is_editor

rules.add_perm("scenarios", is_editor)
for action in ("view", "add", "change"):
    rules.add_perm(f"scenarios.{action}_scenario", is_editor)
rules.add_perm("scenarios.view_scenarioversion", is_editor)
