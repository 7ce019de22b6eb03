"""What tests of signing in share."""

import pytest

from tests.accounts.factors import Clock


@pytest.fixture
def clock(monkeypatch) -> Clock:
    """Says which code of an app is the current one."""
    clock = Clock()
    monkeypatch.setattr("allauth.mfa.totp.internal.auth.time", clock)
    return clock
