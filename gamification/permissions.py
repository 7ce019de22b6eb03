"""Who may do what in the admin; `rules.py` is about XP. The ledger is for administrators alone."""

import rules

from knowledge.rules import is_editor

rules.add_perm("gamification", is_editor)
for action in ("view", "add", "change"):
    rules.add_perm(f"gamification.{action}_achievement", is_editor)
