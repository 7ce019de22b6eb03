"""What accounts does. Keyword-only, one transaction each; a `Refusal` says why not."""

from accounts.services.audit import key_of, record_audit, visitor_address
from accounts.services.audit_chain import Verdict, seal_audit, verify_audit
from accounts.services.cohorts import (
    Part,
    accept_invitation,
    add_helper,
    create_cohort,
    invite,
    remove_from_cohort,
    revoke_invitation,
)
from accounts.services.mail import owe_mail_again, send_owed_mail
from accounts.services.notices import notify, read_all_notices, read_notice
from accounts.services.people import (
    assign_role,
    change_preferences,
    change_settings,
    create_person,
    is_last_admin,
    remove_role,
    set_roles,
    trust_address,
)
from accounts.services.privacy import erase_person, export_person
from accounts.services.tokens import Pair, end_tokens, log_in_with_password, log_out, refresh

__all__ = [
    "Pair",
    "Part",
    "Verdict",
    "accept_invitation",
    "add_helper",
    "assign_role",
    "change_preferences",
    "change_settings",
    "create_cohort",
    "create_person",
    "end_tokens",
    "erase_person",
    "export_person",
    "invite",
    "is_last_admin",
    "key_of",
    "log_in_with_password",
    "log_out",
    "notify",
    "owe_mail_again",
    "read_all_notices",
    "read_notice",
    "record_audit",
    "refresh",
    "remove_from_cohort",
    "remove_role",
    "revoke_invitation",
    "seal_audit",
    "send_owed_mail",
    "set_roles",
    "trust_address",
    "verify_audit",
    "visitor_address",
]
