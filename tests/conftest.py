"""The cast: a few people who play in every test, and a clean stage for each."""

from datetime import UTC, datetime
from importlib import import_module

import pytest
from django.core.cache import cache
from django.db import connection
from rest_framework.test import APIClient

from accounts import services
from accounts.models import Cohort, Role, User
from chat.services import start_session
from tests.packs import load_knowledge, load_scenarios

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
PASSWORD = "a-long-enough-word"


def pytest_addoption(parser):
    parser.addoption(
        "--only-stored",
        action="store_true",
        help="only tests that use a database, or services: others need no second run",
    )


def pytest_collection_modifyitems(config, items):
    if not config.getoption("--only-stored"):
        return
    stored = {"db", "transactional_db", "no_database"}
    kept, left = [], []
    for item in items:
        is_marked = item.get_closest_marker("django_db") or item.get_closest_marker("services")
        uses_it = is_marked or stored.intersection(getattr(item, "fixturenames", ()))
        (kept if uses_it else left).append(item)
    config.hook.pytest_deselected(items=left)
    items[:] = kept


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """SQLite empties tables row by row after a test; the audit trail's guard would forbid even that."""
    if connection.vendor == "sqlite":
        guard = import_module("accounts.migrations.0005_audit_names_go")
        with django_db_blocker.unblock(), connection.schema_editor() as editor:
            guard.allow_changes(None, editor)


@pytest.fixture(autouse=True)
def fresh_cache():
    """Limits count in the cache; no test inherits another's."""
    cache.clear()


@pytest.fixture
def now() -> datetime:
    """A Monday morning."""
    return NOW


@pytest.fixture
def make_person(db):
    """`make_person("Ada", "Byron", Role.COACH)`: signs in as ada@people.example."""

    def make(first_name: str, last_name: str = "Example", *roles: Role) -> User:
        return services.create_person(
            email=f"{first_name.lower()}@people.example",
            password=PASSWORD,
            first_name=first_name,
            last_name=last_name,
            roles=roles or [Role.LEARNER],
            now=NOW,
        )

    return make


@pytest.fixture
def learner(make_person) -> User:
    return make_person("Lena", "Learner")


@pytest.fixture
def other_learner(make_person) -> User:
    return make_person("Otto", "Other")


@pytest.fixture
def coach(make_person) -> User:
    return make_person("Carla", "Coach", Role.COACH)


@pytest.fixture
def manager(make_person) -> User:
    return make_person("Mona", "Manager", Role.COHORT_MANAGER)


@pytest.fixture
def trainer(make_person) -> User:
    return make_person("Timo", "Trainer", Role.TRAINER)


@pytest.fixture
def admin(make_person) -> User:
    return make_person("Ada", "Admin", Role.ADMIN)


@pytest.fixture
def cohort(manager, coach, learner) -> Cohort:
    """Managed by Mona, coached by Carla; Lena is its only member."""
    cohort = services.create_cohort(name="Spring intake", manager=manager, now=NOW)
    cohort.coaches.add(coach)
    cohort.members.add(learner)
    return cohort


@pytest.fixture
def as_(client):
    """`as_(learner).get("/settings/")`: the browser of somebody signed in."""

    def sign_in(person: User):
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in


@pytest.fixture
def api_as():
    """`api_as(learner).get("/api/v1/users/me")`: an API client with that person's token."""

    def sign_in(person: User) -> APIClient:
        pair = services.log_in_with_password(email=person.email, password=PASSWORD, now=datetime.now(UTC))
        client = APIClient()
        client.credentials(HTTP_AUTHORIZATION=f"Bearer {pair.token}")
        client.token = pair.token
        return client

    return sign_in


@pytest.fixture
def scenarios(db):
    """The shipped scenarios by slug, published and fitted."""
    return load_scenarios(NOW)


@pytest.fixture
def articles(db):
    """The shipped articles by slug."""
    return load_knowledge(NOW)


@pytest.fixture
def open_session(learner, scenarios):
    """Lena works on the VPN ticket, which needs nothing first here."""
    scenario = scenarios["vpn-will-not-connect"]
    scenario.prerequisites.clear()
    return start_session(learner=learner, scenario=scenario, mode="exam", now=NOW, seed=7)


@pytest.fixture
def no_database(django_db_blocker, monkeypatch, tmp_path):
    """A connection to somewhere that holds no database."""
    is_file = connection.vendor == "sqlite"
    nowhere = {"NAME": str(tmp_path / "no" / "such.sqlite3")} if is_file else {"HOST": "127.0.0.1", "PORT": 1}
    with django_db_blocker.unblock():
        connection.close()
        if connection.vendor == "postgresql":
            connection.close_pool()
        for name, value in nowhere.items():
            monkeypatch.setitem(connection.settings_dict, name, value)
        yield
        connection.close()
        if connection.vendor == "postgresql":
            connection.close_pool()
