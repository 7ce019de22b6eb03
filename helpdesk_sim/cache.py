"""The cache on Redis, and this process's memory while Redis is away: limits go on counting, each process for itself."""

import logging
from collections.abc import Callable
from time import monotonic
from typing import Any

from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache
from redis import RedisError
from redis.backoff import NoBackoff
from redis.retry import Retry

log = logging.getLogger(__name__)
REST_S = 5  # after a failure Redis is left alone for so long
LOG_EVERY_S = 60


class RedisOrMemory(RedisCache):
    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        # Once more at most, for connections that a restart of Redis has closed.
        self._options = {
            "socket_connect_timeout": 1,
            "socket_timeout": 1,
            "retry": Retry(NoBackoff(), 1),
        } | self._options
        self._memory = LocMemCache("redis is away", params)


class _Away:
    """What this process knows of Redis; Django makes a cache for each thread."""

    until = -REST_S * 1.0
    told = -LOG_EVERY_S * 1.0

    @classmethod
    def note(cls, error: RedisError) -> None:
        now = monotonic()
        cls.until = now + REST_S
        if now >= cls.told + LOG_EVERY_S:
            cls.told = now
            log.warning("Redis is away (%r): limits count in each process for itself", error)


def _or_in_memory(name: str) -> Callable[..., Any]:
    in_redis = getattr(RedisCache, name)

    def method(self: RedisOrMemory, *args: Any, **kwargs: Any) -> Any:
        if monotonic() >= _Away.until:
            try:
                return in_redis(self, *args, **kwargs)
            except RedisError as error:
                _Away.note(error)
        return getattr(self._memory, name)(*args, **kwargs)

    return method


for _name in (
    *("add", "get", "set", "touch", "delete", "has_key", "incr", "clear"),
    *("get_many", "set_many", "delete_many"),
):
    setattr(RedisOrMemory, _name, _or_in_memory(_name))
