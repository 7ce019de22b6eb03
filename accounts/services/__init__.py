"""What accounts does. Keyword-only, one transaction each; a `Refusal` says why not."""

from accounts.services.addresses import confirm_address, remove_address, trust_address
from accounts.services.api_keys import held_by, make_key, opens, revoke_key, revoke_keys, scopes_for
from accounts.services.audit import key_in, key_of, people_by_key, record_audit, visitor_address
from accounts.services.audit_chain import Verdict, seal_audit, verify_audit
from accounts.services.cohorts import (
    Part,
    accept_invitation,
    add_helper,
    add_member,
    change_cohort,
    create_cohort,
    delete_cohort,
    invite,
    remove_from_cohort,
    revoke_invitation,
    set_people,
)
from accounts.services.idempotency import claim_answer, keep_answer, release_answer
from accounts.services.mail import owe_mail_again, send_owed_mail
from accounts.services.notices import notify, read_all_notices, read_notice
from accounts.services.people import (
    assign_role,
    change_preferences,
    change_settings,
    create_person,
    is_last_admin,
    note_account,
    remove_role,
    set_active,
    set_roles,
    welcome_person,
)
from accounts.services.privacy import erase_person, export_person
from accounts.services.providers import cut_link, discover, keep_provider, remove_provider
from accounts.services.registration import mail_reset, register, request_reset, reset_password, verify_email
from accounts.services.retention import keep_less
from accounts.services.rotation import Rotation, rotate_secrets
from accounts.services.second_factor import has_factor, must_set_up_factor
from accounts.services.sign_ins import (
    api_sign_ins_of,
    browsers_of,
    end_api_sign_in,
    end_browser,
    end_sign_ins,
    note_visit,
    reset_second_factor,
    shut_out,
)
from accounts.services.tokens import Pair, end_tokens, log_in_with_password, log_out, refresh

__all__ = [
    "Pair",
    "Part",
    "Rotation",
    "Verdict",
    "accept_invitation",
    "add_helper",
    "add_member",
    "api_sign_ins_of",
    "assign_role",
    "browsers_of",
    "change_cohort",
    "change_preferences",
    "change_settings",
    "claim_answer",
    "confirm_address",
    "create_cohort",
    "create_person",
    "cut_link",
    "delete_cohort",
    "discover",
    "end_api_sign_in",
    "end_browser",
    "end_sign_ins",
    "end_tokens",
    "erase_person",
    "export_person",
    "has_factor",
    "held_by",
    "invite",
    "is_last_admin",
    "keep_answer",
    "keep_less",
    "keep_provider",
    "key_in",
    "key_of",
    "log_in_with_password",
    "log_out",
    "mail_reset",
    "make_key",
    "must_set_up_factor",
    "note_account",
    "note_visit",
    "notify",
    "opens",
    "owe_mail_again",
    "people_by_key",
    "read_all_notices",
    "read_notice",
    "record_audit",
    "refresh",
    "register",
    "release_answer",
    "remove_address",
    "remove_from_cohort",
    "remove_provider",
    "remove_role",
    "request_reset",
    "reset_password",
    "reset_second_factor",
    "revoke_invitation",
    "revoke_key",
    "revoke_keys",
    "rotate_secrets",
    "scopes_for",
    "seal_audit",
    "send_owed_mail",
    "set_active",
    "set_people",
    "set_roles",
    "shut_out",
    "trust_address",
    "verify_audit",
    "verify_email",
    "visitor_address",
    "welcome_person",
]
