"""Many at the same time, each in a thread and on a connection of its own."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

from django.db import connections


def at_once(jobs: Sequence[Callable], *, refused: type[Exception] | tuple[()] = ()) -> list:
    """What each job returns, or the refusal that it raised."""

    def run(job):
        try:
            return job()
        except refused as refusal:
            return refusal
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(jobs)) as threads:
        return list(threads.map(run, jobs))
