"""Lets an endpoint that fails alone for a while. All processes know, through the cache; without Redis each for itself."""

from typing import Any

from django.core.cache import cache
from purgatory import AsyncAbstractUnitOfWork, AsyncCircuitBreakerFactory
from purgatory.domain.model import Context
from purgatory.domain.model import OpenedState as Open
from purgatory.service._async.repository import AsyncAbstractRepository

FAILURES = 2
REST_S = 20  # then the next turn tries again: a recovery is noticed within 30 s
KEPT_S = 3600

__all__ = ["Open", "breaker_of"]


class InCache(AsyncAbstractRepository):
    """What the breaker knows, as one entry of the cache, which goes on in memory while Redis is away."""

    def __init__(self) -> None:
        self.messages = []

    async def get(self, name: str) -> Context | None:
        kept = await cache.aget(_key(name))
        return Context(**kept) if kept else None

    async def register(self, context: Context) -> None:
        await self._keep(
            context.name,
            {"name": context.name, "threshold": context.threshold, "ttl": context.ttl},
        )

    async def update_state(self, name: str, state: str, opened_at: float | None) -> None:
        await self._change(name, state=state, opened_at=opened_at)

    async def inc_failures(self, name: str, failure_count: int) -> None:
        await self._change(name, failure_count=failure_count)

    async def reset_failure(self, name: str) -> None:
        await self._change(name, failure_count=0)

    async def _change(self, name: str, **values: Any) -> None:
        usual = {"name": name, "threshold": FAILURES, "ttl": REST_S}
        await self._keep(name, (await cache.aget(_key(name)) or usual) | values)

    async def _keep(self, name: str, values: dict[str, Any]) -> None:
        await cache.aset(_key(name), values, KEPT_S)


class _InCache(AsyncAbstractUnitOfWork):
    def __init__(self) -> None:
        self.contexts = InCache()

    async def commit(self) -> None:
        """Each change is kept at once."""

    async def rollback(self) -> None:
        """There is nothing to take back."""


def _key(name: str) -> str:
    return f"breaker:{name}"


_factory = AsyncCircuitBreakerFactory(default_threshold=FAILURES, default_ttl=REST_S, uow=_InCache())


async def breaker_of(name: str) -> Any:
    """An asynchronous context: raises Open without entering where the endpoint is left alone."""
    return await _factory.get_breaker(name)
