"""News that accounts sends up the ladder; sent after commit."""

from django.dispatch import Signal

access_changed = Signal()
"""Roles or cohorts of a person changed. Arguments: `user_id` (UUID)."""

person_erased = Signal()
"""A person and their words are gone. Arguments: `user_id` (UUID)."""
