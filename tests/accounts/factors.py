"""Authenticator apps for tests."""

import time

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value

PERIOD_S = 30


class Clock:
    """Stands in for `time` where codes are checked: it stands still, so that none runs out on the way."""

    def __init__(self) -> None:
        self.now = time.time()

    def time(self) -> float:
        return self.now

    def next_code(self) -> None:
        self.now += PERIOD_S

    def code_of(self, secret: str) -> str:
        return format_hotp_value(hotp_value(secret, int(self.now) // PERIOD_S))


def set_up_app(person) -> str:
    """The secret of the app."""
    secret = generate_totp_secret()
    TOTP.activate(person, secret)
    return secret


def recovery_codes(person) -> list[str]:
    return RecoveryCodes.activate(person).get_unused_codes()
