"""Who may administer; read by Django through the rules backend."""

import rules

is_admin = rules.predicate(lambda user: user.is_admin, name="is_admin")

rules.add_perm("accounts.administer", is_admin)
