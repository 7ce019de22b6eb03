"""Whether this process was told to stop: it takes nothing new, and `/health/ready` says so."""

from threading import Event

draining = Event()
