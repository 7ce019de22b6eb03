"""Settings of the tests: the real ones, with what only a test may have."""

import os

os.environ.setdefault("APP_ENV", "test")

from helpdesk_sim.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
