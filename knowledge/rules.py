"""Who may do what in the admin; read by Django through the rules backend."""

import rules

is_editor = rules.predicate(lambda user: user.is_trainer or user.is_admin, name="is_editor")

rules.add_perm("knowledge", is_editor)
for action in ("view", "add", "change"):
    rules.add_perm(f"knowledge.{action}_article", is_editor)
for fact in ("articleversion", "articlerating"):
    rules.add_perm(f"knowledge.view_{fact}", is_editor)
