"""Prometheus asks at a port of its own (`METRICS_LISTEN`), which nothing routes from outside."""

import errno
import logging
import os

from django.conf import settings
from prometheus_client import REGISTRY, CollectorRegistry, start_http_server
from prometheus_client.multiprocess import MultiProcessCollector

log = logging.getLogger(__name__)
SHARED = "PROMETHEUS_MULTIPROC_DIR"
"""Where the processes of one part count together (script/run makes it): whichever has the port tells for all."""


def registry_of(*, with_state: bool) -> CollectorRegistry:
    """What this process and its siblings counted; `with_state` also what the database says."""
    from helpdesk_sim.metrics import StateOfWork  # apps are ready by now

    registry = CollectorRegistry()
    if SHARED in os.environ:
        MultiProcessCollector(registry)
    else:
        registry.register(REGISTRY)
    if with_state:
        registry.register(StateOfWork())
    return registry


def export(*, with_state: bool) -> None:
    """Answer Prometheus from now on, in threads. Of several processes of one part one does, and when it ends the next."""
    if settings.METRICS_LISTEN is None:
        return
    address, port = settings.METRICS_LISTEN
    try:
        start_http_server(port, address, registry_of(with_state=with_state))
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            raise
        log.log(logging.DEBUG if SHARED in os.environ else logging.WARNING, "Metrics: %s is taken", port)
