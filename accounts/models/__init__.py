from accounts.models.api_keys import ApiKey, Scope
from accounts.models.audit import AuditEvent, AuditSeal, PersonKey
from accounts.models.cohorts import Cohort, Invitation
from accounts.models.idempotency import KeptAnswer
from accounts.models.letters import Letter
from accounts.models.notices import Notice
from accounts.models.people import Role, User, default_preferences
from accounts.models.providers import IdentityProvider
from accounts.models.tokens import ApiToken, digest

__all__ = [
    "ApiKey",
    "ApiToken",
    "AuditEvent",
    "AuditSeal",
    "Cohort",
    "IdentityProvider",
    "Invitation",
    "KeptAnswer",
    "Letter",
    "Notice",
    "PersonKey",
    "Role",
    "Scope",
    "User",
    "default_preferences",
    "digest",
]
