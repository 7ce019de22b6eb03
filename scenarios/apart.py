"""Heavy work in processes of its own, which take what they loaded with them when they end.

Fitting needs scikit-learn: 140 MB that a server would keep, and seconds in which it would answer nobody.
"""

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import TypeVar

import django

Given = TypeVar("Given")
Made = TypeVar("Made")


def each(work: Callable[[Given], Made], given: Sequence[Given]) -> Iterator[Made]:
    """What `work` makes of each, in order, on all cores. It is a function of a module and uses no database."""
    if not given:
        return
    workers = min(len(given), os.cpu_count() or 1)
    with ProcessPoolExecutor(workers, get_context("spawn"), initializer=django.setup) as pool:
        yield from pool.map(work, given)


def once(work: Callable[[Given], Made], given: Given) -> Made:
    """One piece of work: here if this process has loaded what it takes anyway, else in a process of its own."""
    return work(given) if "sklearn" in sys.modules else next(each(work, [given]))
