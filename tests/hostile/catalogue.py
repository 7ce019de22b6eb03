"""The catalogue: every hostile request, by group."""

from tests.hostile.bodies import bodies, gifts, queries, texts
from tests.hostile.callers import callers, strangers, written

CATALOGUE = {
    group.__name__: list(group()) for group in (bodies, texts, gifts, queries, strangers, callers, written)
}
