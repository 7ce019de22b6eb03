"""Life without Redis or PostgreSQL: the product as it runs for others, on services that are stopped and started."""

import shutil
import subprocess
import time
from signal import SIGCONT, SIGSTOP, SIGTERM

import httpx
import psycopg
import pytest

from bench.cluster import Cluster, cluster
from tests.chat.talking import resolution

pytestmark = [
    pytest.mark.services,
    pytest.mark.skipif(not shutil.which("redis-server"), reason="needs redis-server"),
]
PATIENCE_S = 60  # after which a score is there, once things are well again
START_S = 180  # of a worker, on a busy machine
RESOLVE = f"""
from uuid import uuid4
from django.utils import timezone
from accounts.services import create_person
from chat.services import resolve, start_session
from scenarios.models import Scenario
from tests import packs
now = timezone.now()
packs.PLAYED = ("locked-out-monday",)
if not Scenario.objects.exists():
    packs.load_scenarios(now)
learner = create_person(email=str(uuid4()) + "@people.example", password=None, first_name="L", last_name="L",
                        roles=["learner"], now=now)
session = start_session(learner=learner, scenario=Scenario.objects.get(slug="locked-out-monday"), mode="exam", now=now)
resolve(session_id=session.pk, resolution={resolution()}, now=now)
print(session.pk)
"""


@pytest.fixture(scope="module")
def site():
    plain = "django.contrib.staticfiles.storage.StaticFilesStorage"  # nothing is built here
    few = {"WEB_WORKERS": "1", "WORKER_PROCESSES": "1", "DATABASE_LOCK_TIMEOUT": "2"}
    with cluster(prepared=False, STATICFILES_BACKEND=plain, **few) as it:
        it.web = it.start("web")
        it.worker = it.start("worker", wait=False, DATABASE_LOCK_TIMEOUT="60")
        it.beat = it.start("beat", wait=False)
        yield it


@pytest.fixture
def visitor(site):
    with httpx.Client(base_url=f"http://127.0.0.1:{site.web.port}", timeout=20) as client:
        yield client


def resolved(site: Cluster) -> str:
    """A finished session, which owes its score."""
    return site.manage("shell", "--verbosity", "0", "--command", RESOLVE).split()[-1]


def until(holds, seconds=PATIENCE_S):
    ends = time.monotonic() + seconds
    while not (found := holds()):
        assert time.monotonic() < ends, "not in time"
        time.sleep(0.2)
    return found


def score_of(site: Cluster, session: str):
    """(status, attempts), or None."""
    with psycopg.connect(site.database_url) as database:
        query = "SELECT status, attempts FROM assessment_assessment WHERE session_id = %s"
        return database.execute(query, [session]).fetchone()


def is_scored(site: Cluster, session: str) -> bool:
    return (score_of(site, session) or [""])[0] == "done"


def in_time(visitor, method, address, **more):
    """The answer, which came before anybody gives up."""
    asked = time.monotonic()
    answer = visitor.request(method, address, **more)
    assert time.monotonic() - asked < 5
    return answer


def log_in(visitor, ask=in_time):
    wrong = {"email": "nobody@people.example", "password": "wrong"}
    return ask(visitor, "POST", "/api/v1/auth/login", json=wrong)


def test_without_redis_pages_answer_and_limits_count_in_memory(site, visitor):
    visitor.get("/accounts/login/")  # the first page of a process takes longer
    log_in(visitor, httpx.Client.request)
    site.redis.stop()
    try:
        assert in_time(visitor, "GET", "/accounts/login/").status_code == 200
        answers = [log_in(visitor).status_code for _ in range(11)]
        assert set(answers[:5]) == {401} and answers[-1] == 429
    finally:
        site.redis.start()
    told = site.web.log.read_text()
    assert told.count("Redis is away") == 1 and "Traceback" not in told


def test_a_redis_that_hangs_is_waited_for_once(site, visitor):
    site.redis.send(SIGSTOP)
    try:
        assert in_time(visitor, "GET", "/accounts/login/").status_code == 200
        assert log_in(visitor).status_code in (401, 429)
    finally:
        site.redis.send(SIGCONT)


def test_what_was_resolved_without_redis_is_scored_once_it_is_back(site):
    site.redis.stop()
    try:
        session = resolved(site)
        assert not is_scored(site, session)
    finally:
        site.redis.start()
    until(lambda: is_scored(site, session))
    assert site.worker.is_running and site.beat.is_running


@pytest.fixture
def held_up(site):
    """A session that a worker is scoring, and the lock that it waits for (its end: `held_up.commit()`)."""
    site.worker.kill()
    session = resolved(site)
    with psycopg.connect(site.database_url) as lock:
        lock.execute("LOCK TABLE chat_event IN ACCESS EXCLUSIVE MODE")
        site.worker.start(wait=False)
        until(lambda: score_of(site, session) == ("pending", 1), START_S)
        yield session, lock


def test_what_a_killed_worker_held_is_scored_by_the_next(site, held_up):
    session, lock = held_up
    site.worker.kill()
    lock.commit()
    site.worker.start(wait=False)
    until(lambda: is_scored(site, session), START_S)
    assert score_of(site, session) == ("done", 2), "the attempt that came to nothing is counted"


def test_a_worker_that_is_told_to_stop_ends_what_it_does(site, held_up):
    session, lock = held_up
    site.worker.process.send_signal(SIGTERM)
    with pytest.raises(subprocess.TimeoutExpired):
        site.worker.process.wait(1)
    lock.commit()
    assert site.worker.process.wait(10) == 0
    assert score_of(site, session) == ("done", 1)
    site.worker.start(wait=False)


def asked(visitor):
    """A page and an endpoint that read the database, each with what says so."""
    somebody = {"Cookie": f"sessionid={'x' * 32}"}
    program = {"Authorization": f"Bearer {'x' * 40}"}
    yield in_time(visitor, "GET", "/settings/", headers=somebody)
    yield in_time(visitor, "GET", "/api/v1/users/me", headers=program)


def says_come_back(answer) -> None:
    assert answer.status_code == 503 and int(answer.headers["Retry-After"]) > 0
    if answer.headers["Content-Type"] == "application/json":
        assert {"statusCode", "error", "message", "timestamp", "path"} <= answer.json().keys()
    else:
        assert "Load the page again" in answer.text or "load the page again" in answer.text


def test_without_a_database_every_answer_says_to_come_back(site, visitor):
    page, endpoint = asked(visitor)
    assert (page.status_code, endpoint.status_code) == (302, 401)
    before = len(site.web.log.read_text())
    site.postgres.stop()
    try:
        for answer in asked(visitor):
            says_come_back(answer)
    finally:
        site.postgres.start()
    told = site.web.log.read_text()[before:]
    assert "Traceback" not in told and told.count("The database could not serve") == 2
    until(lambda: [answer.status_code for answer in asked(visitor)] == [302, 401], seconds=15)


def test_a_restart_of_the_database_is_nobodys_error(site, visitor):
    assert [answer.status_code for answer in asked(visitor)] == [302, 401]
    site.postgres.stop()
    site.postgres.start()
    assert [answer.status_code for answer in asked(visitor)] == [302, 401]


def test_a_database_that_only_reads_refuses_changes_as_retryable(site, visitor):
    def only_read(value):
        with psycopg.connect(site.database_url, autocommit=True) as database:
            database.execute("SET default_transaction_read_only = off")
            database.execute(f"ALTER SYSTEM SET default_transaction_read_only = {value}")
            database.execute("SELECT pg_reload_conf()")

    new = {"email": "new@people.example", "password": "a-long-enough-word", "firstName": "N", "lastName": "N"}
    only_read("on")
    try:
        until(lambda: visitor.post("/api/v1/auth/register", json=new).status_code == 503, seconds=5)
        says_come_back(in_time(visitor, "POST", "/api/v1/auth/register", json=new))
        assert [answer.status_code for answer in asked(visitor)] == [302, 401]
    finally:
        only_read("off")


def test_who_waits_for_a_lock_is_told_to_come_back(site, visitor):
    with psycopg.connect(site.database_url) as lock:
        lock.execute("LOCK TABLE django_session IN ACCESS EXCLUSIVE MODE")
        began = time.monotonic()
        says_come_back(visitor.get("/settings/", headers={"Cookie": f"sessionid={'x' * 32}"}))
        assert time.monotonic() - began < 5
