"""WSGI entry point, for pages behind a WSGI server in production."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "helpdesk_sim.settings")
application = get_wsgi_application()
