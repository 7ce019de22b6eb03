"""What the log looks like, and what never stands in it: secrets, and who somebody is.

A line is masked as it is written, tracebacks included; people appear by id alone.
"""

import logging
import re
from typing import Any

import structlog

NAMES_OF_SECRETS = (
    r"password\d?|passwd|secret|token|refresh_?token|api_?key|authorization|cookie|sessionid|csrftoken|code"
)
MASKS = (
    (re.compile(r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)+"), "[address]"),
    (re.compile(r"(?i)\b(bearer|basic)\s+[\w.~+/=-]{8,}"), r"\1 [secret]"),
    (re.compile(r"\b(?:hds_|token\.)[\w-]{8,}"), "[secret]"),
    (re.compile(r"(://[^:/\s@]+:)[^@\s/]+@"), r"\1[secret]@"),
    (re.compile(rf"(?i)(\b(?:{NAMES_OF_SECRETS})[\"']?\s*[=:]\s*[\"']?)[^\s\"'&,;)}}]{{4,}}"), r"\1[secret]"),
    # Links out of mails: their last part opens something.
    (re.compile(r"(/(?:invitations|confirm-email|reset/key)/)[^\s/?\"]{12,}"), r"\1[secret]"),
    # The net says enough; loopback is nobody.
    (re.compile(r"\b(?!127\.)(\d{1,3}\.\d{1,3}\.\d{1,3})\.\d{1,3}\b"), r"\1.x"),
)
EVERY_LINE: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]


def mask(line: str) -> str:
    for pattern, instead in MASKS:
        line = pattern.sub(instead, line)
    return line


class MaskedFormatter(structlog.stdlib.ProcessorFormatter):
    def format(self, record: logging.LogRecord) -> str:
        return mask(super().format(record))


def set_up_logs(*, level: str, as_json: bool) -> dict[str, Any]:
    """The value of `LOGGING`; tells structlog and Python's warnings to go the same way."""
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *EVERY_LINE,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    logging.captureWarnings(True)
    # Plain: a prettier traceback would show what every variable held.
    plain = structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback)
    rendered = structlog.processors.JSONRenderer() if as_json else plain
    traced = [structlog.processors.format_exc_info] if as_json else []
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "line": {
                "()": MaskedFormatter,
                "processors": [
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    *traced,
                    rendered,
                ],
                "foreign_pre_chain": EVERY_LINE,
            }
        },
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["console"], "level": level},
        "loggers": {
            "celery": {"level": "WARNING"},
            "django_structlog": {"level": "WARNING"},
            "django_structlog.celery": {"level": "CRITICAL"},  # Celery says what failed, with the same ids
            "daphne": {"level": "WARNING"},
            "httpx2": {"level": "WARNING"},  # would tell each call to a model
            "psycopg.pool": {"level": "ERROR"},  # an outage is told by each request that it fails
            # Its own handler would write addresses and links as they came.
            "gunicorn.access": {"handlers": ["console"], "level": "INFO", "propagate": False},
        },
    }
