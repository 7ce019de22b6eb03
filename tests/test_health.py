"""What probes are told, and that they need nothing to ask."""

import pytest
from django.test import Client

from accounts.draining import draining
from helpdesk_sim import probes
from helpdesk_sim.health import ask


@pytest.fixture
def site_of_others(settings):
    """Another name, https alone: how a site looks to a probe that comes by address."""
    settings.ALLOWED_HOSTS, settings.SECURE_SSL_REDIRECT = ["desk.example"], True


@pytest.fixture
def stopping():
    draining.set()
    yield
    draining.clear()


@pytest.fixture
def no_redis(settings):
    """Nothing listens on this port."""
    settings.REDIS_URL = "redis://127.0.0.1:1/1"
    probes._redis.cache_clear()
    yield
    probes._redis.cache_clear()


@pytest.mark.parametrize("path", ["/health/live", "/health/ready", "/health/"])
@pytest.mark.django_db
def test_a_probe_comes_by_address_and_over_plain_http(site_of_others, path):
    answer = Client(SERVER_NAME="10.1.2.3").get(path)
    assert answer.status_code == 200 and answer.json()["ok"] is True
    assert not answer.cookies and answer["Cache-Control"] == "no-store"


def test_being_alive_needs_no_database(client):
    assert client.get("/health/live").status_code == 200  # pytest-django forbids the database here


@pytest.mark.django_db
def test_being_ready_costs_one_query(client, django_assert_num_queries):
    with django_assert_num_queries(1):
        client.get("/health/ready")


def test_without_its_database_it_lives_but_is_not_ready(client, no_database):
    assert client.get("/health/live").status_code == 200
    answer = client.get("/health/ready")
    assert answer.status_code == 503
    assert answer.json()["ok"] is False and answer.json()["database"] == "away"


@pytest.mark.django_db
def test_without_redis_it_serves_on_and_says_so(client, no_redis):
    answer = client.get("/health/ready")
    assert answer.status_code == 200
    assert answer.json() == {"ok": True, "database": "ok", "redis": "away", "draining": False}


@pytest.mark.django_db
def test_who_is_about_to_stop_is_not_ready_though_alive(client, stopping):
    assert client.get("/health/live").status_code == 200
    answer = client.get("/health/ready")
    assert answer.status_code == 503 and answer.json()["draining"] is True


@pytest.mark.parametrize("path", ["/health/live", "/health/ready", "/health/"])
def test_a_probe_only_reads(client, path):
    assert client.post(path).status_code == 405


@pytest.mark.django_db(transaction=True)
def test_a_container_asks_its_own_server(live_server, site_of_others):
    assert ask(live_server.thread.port) == ""


def test_a_container_learns_that_nobody_answers():
    assert "refused" in ask(1)
