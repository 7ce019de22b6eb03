"""WSGI entry point, for pages behind a WSGI server in production."""

import os

import django
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "helpdesk_sim.settings")
django.setup()

from helpdesk_sim.watching import watch  # noqa: E402  (apps must be ready first)

watch("web", with_state=True)
application = get_wsgi_application()
