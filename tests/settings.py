"""Settings of the tests: the real ones, with what only a test may have."""

import os
from pathlib import Path
from tempfile import gettempdir

os.environ.setdefault("APP_ENV", "test")

from helpdesk_sim.settings import *  # noqa: F403
from helpdesk_sim.settings import DATABASES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, as when serving: threads that share a database in memory share a cache too, and crash in it.
    DATABASES["default"]["TEST"] = {"NAME": Path(gettempdir()) / f"helpdesk-test-{os.getpid()}.sqlite3"}
