"""How passwords are kept."""

from argon2 import extract_parameters
from django.contrib.auth.hashers import Argon2PasswordHasher, check_password, make_password

from accounts.hashers import Argon2
from helpdesk_sim.settings import PASSWORD_HASHERS
from tests.conftest import PASSWORD


def test_many_who_sign_in_at_once_do_not_fill_the_memory(settings):
    settings.PASSWORD_HASHERS = PASSWORD_HASHERS
    kept = make_password(PASSWORD)
    cost = extract_parameters(kept.removeprefix("argon2"))

    assert check_password(PASSWORD, kept) and not check_password("another", kept)
    assert (cost.type.name, cost.memory_cost, cost.time_cost) == ("ID", 19 * 1024, 2)


def test_what_was_kept_at_another_cost_still_opens_and_is_written_anew(settings):
    settings.PASSWORD_HASHERS = PASSWORD_HASHERS
    before, anew = Argon2PasswordHasher().encode(PASSWORD, "some-salt-of-old"), []

    assert check_password(PASSWORD, before, setter=anew.append) and anew == [PASSWORD]
    assert not Argon2().must_update(make_password(PASSWORD))
