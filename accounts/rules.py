"""Who may administer, and who looks after people; the first is read by Django through the rules backend."""

import rules

is_admin = rules.predicate(lambda user: user.is_admin, name="is_admin")

founds_cohorts = rules.predicate(lambda user: user.is_cohort_manager or user.is_admin, name="founds_cohorts")
coaches = rules.predicate(lambda user: user.is_coach, name="coaches")
looks_after_cohorts = founds_cohorts | coaches
trains = rules.predicate(lambda user: user.is_trainer, name="trains")
teaches = looks_after_cohorts | trains

rules.add_perm("accounts.administer", is_admin)
