"""Settings of the tests: the real ones, with what only a test may have."""

import os
from pathlib import Path
from tempfile import gettempdir

os.environ.setdefault("APP_ENV", "test")
# Fifty at once on a busy machine wait their turn.
os.environ.setdefault("DATABASE_LOCK_TIMEOUT", "60")
if "REDIS_URL" in os.environ and (worker := os.environ.get("PYTEST_XDIST_WORKER")):
    # Each worker empties its cache before a test; none may empty another's.
    os.environ["REDIS_URL"] = f"{os.environ['REDIS_URL'].rpartition('/')[0]}/{int(worker[2:]) + 2}"

from helpdesk_sim.settings import *  # noqa: F403
from helpdesk_sim.settings import DATABASES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, as when serving: threads that share a database in memory share a cache too, and crash in it.
    DATABASES["default"]["TEST"] = {"NAME": Path(gettempdir()) / f"helpdesk-test-{os.getpid()}.sqlite3"}
else:
    DATABASES["default"]["OPTIONS"]["pool"]["timeout"] = 60

STAFF_NEED_SECOND_FACTOR = False  # what it is about, its own tests turn on
WHITENOISE_AUTOREFRESH = True  # else each client of a test looks through all static files first
