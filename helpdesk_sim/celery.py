"""Celery: scores, mails and sweeps. Replies never go through it."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "helpdesk_sim.settings")

app = Celery("helpdesk_sim")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
# A worker in a thread runs tasks only when its app is the default of every thread.
app.set_default()
