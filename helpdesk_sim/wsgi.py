"""WSGI entry point, for pages behind a WSGI server in production."""

import os

import django
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "helpdesk_sim.settings")
django.setup()

from django.urls import get_resolver  # noqa: E402  (apps must be ready first)

from helpdesk_sim.memory import keep_what_is_loaded  # noqa: E402
from helpdesk_sim.watching import watch  # noqa: E402

watch("web", with_state=True)
application = get_wsgi_application()
_ = get_resolver().url_patterns  # all views, so that nobody's first page waits for them
keep_what_is_loaded()
