from accounts.models.audit import AuditEvent
from accounts.models.cohorts import Cohort, Invitation
from accounts.models.notices import Notice
from accounts.models.people import Role, User, default_preferences
from accounts.models.tokens import ApiToken, digest

__all__ = [
    "ApiToken",
    "AuditEvent",
    "Cohort",
    "Invitation",
    "Notice",
    "Role",
    "User",
    "default_preferences",
    "digest",
]
