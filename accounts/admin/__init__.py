"""The administrator's pages for people, organisations and keys."""

from accounts.admin import cohorts, identity, people, trail
from accounts.admin.base import ReadOnly, ReadOnlyAdmin

__all__ = ["ReadOnly", "ReadOnlyAdmin", "cohorts", "identity", "people", "trail"]
