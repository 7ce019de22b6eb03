"""What the site stands on besides its database: addresses, mail, Redis, files."""

import resource
from collections.abc import Iterator
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.mail import get_connection
from django.http.request import validate_host

from helpdesk_sim.doctor.finding import Finding, note, ok, wrong
from helpdesk_sim.logs import mask
from helpdesk_sim.static_files import BuiltStaticFiles

OLDEST_REDIS = 7
PATIENCE_S = 3
FILES_EMBEDDED, FILES_IN_PRODUCTION = 1024, 16_384
A_FILE = "css/tokens.css"


def addresses() -> Iterator[Finding]:
    site = urlsplit(settings.SITE_URL)
    host = site.hostname or ""
    if not validate_host(f"[{host}]" if ":" in host else host, settings.ALLOWED_HOSTS):
        yield wrong(
            "addresses",
            f"SITE_URL is at {host}, which ALLOWED_HOSTS ({', '.join(settings.ALLOWED_HOSTS)}) does not hold.",
            "Add it to ALLOWED_HOSTS: every page answers 400 now.",
        )
    elif settings.SITE_URL not in settings.CSRF_TRUSTED_ORIGINS:
        yield wrong(
            "addresses",
            f"CSRF_TRUSTED_ORIGINS does not hold {settings.SITE_URL}.",
            "Add it, or leave CSRF_TRUSTED_ORIGINS unset: forms answer 403.",
        )
    elif "*" in settings.ALLOWED_HOSTS:
        yield wrong(
            "addresses",
            "ALLOWED_HOSTS takes any name.",
            "Name the hosts: links in mails would lead wherever a request says.",
        )
    elif site.scheme == "http" and not settings.AT_HOME:
        yield note(
            "addresses",
            f"{settings.SITE_URL} is not encrypted.",
            "Put TLS in front and say https:// in SITE_URL.",
        )
    else:
        yield ok("addresses", f"{settings.SITE_URL} is served.")


def mail() -> Iterator[Finding]:
    backend = settings.EMAIL_BACKEND.rpartition(".")[0].rpartition(".")[2]
    if backend != "smtp":
        unsent = note if settings.TRIAL else wrong
        yield unsent(
            "mail",
            f"No mail leaves this machine ({backend}): nobody can confirm an address.",
            "Set EMAIL_URL=smtp+tls://user:password@host:587",
        )
        return
    try:
        server = get_connection(timeout=PATIENCE_S)
        server.open()
        server.close()
    except OSError as error:  # refused, unknown, not signed in: all of smtplib's are such
        yield wrong(
            "mail",
            f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT} does not take our mail: {mask(str(error))}",
            "Do host, port, user and password in EMAIL_URL fit (URL-quoted), and may this machine connect?",
        )
    else:
        yield ok("mail", f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT} takes it.")
    if "@example.com" in settings.DEFAULT_FROM_EMAIL:
        yield wrong("mail", "It is sent from example.com.", "Set DEFAULT_FROM_EMAIL to an address of yours.")


def redis() -> Iterator[Finding]:
    if settings.EMBEDDED:
        yield ok("redis", "None: all runs in one process.")
        return
    from redis import Redis
    from redis.exceptions import RedisError

    try:
        told = Redis.from_url(
            settings.REDIS_URL, socket_timeout=PATIENCE_S, socket_connect_timeout=PATIENCE_S
        ).info()
    except (RedisError, OSError) as error:
        yield wrong(
            "redis",
            f"It cannot be reached: {mask(str(error))}",
            "Is it running, and does REDIS_URL fit? Without it scores and live updates come late.",
        )
        return
    number = told["redis_version"]
    if int(number.partition(".")[0]) < OLDEST_REDIS:
        yield note("redis", f"Redis {number} is old.", f"Upgrade it to {OLDEST_REDIS} or newer.")
    else:
        yield ok("redis", f"Redis {number} answers.")
    if told.get("maxmemory") and told.get("maxmemory_policy") != "noeviction":
        yield note(
            "redis",
            f"When full it drops what others wrote ({told['maxmemory_policy']}).",
            "Set maxmemory-policy noeviction: counts of wrong passwords and queued work would go first.",
        )


def static_files() -> Iterator[Finding]:
    if not isinstance(staticfiles_storage, BuiltStaticFiles):
        plain = ok if settings.EMBEDDED else _plain_files
        yield plain("static files", "They are served from where they lie.")
        return
    try:
        name = staticfiles_storage.stored_name(A_FILE)
        source = finders.find(A_FILE)
        with open(source, "rb") as file:
            is_current = staticfiles_storage.hashed_name(A_FILE, file) == name
    except (ValueError, OSError):
        name, is_current = "", False
    if is_current and staticfiles_storage.exists(name):
        yield ok("static files", "They are built.")
    else:
        yield wrong(
            "static files",
            f"They are not built in {settings.STATIC_ROOT}, or by another version.",
            "Run script/image (manage.py collectstatic): pages answer 500 or stand without style.",
        )


def _plain_files(about: str, says: str) -> Finding:
    return note(about, says, "Start with script/run, which serves them built and compressed.")


def open_files() -> Iterator[Finding]:
    soft, _hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    least = FILES_EMBEDDED if settings.EMBEDDED else FILES_IN_PRODUCTION
    if soft != resource.RLIM_INFINITY and soft < least:
        yield note(
            "open files",
            f"This user may open {soft} at once; each socket takes one.",
            f"ulimit -n {least} for chat (LimitNOFILE= of systemd, ulimits: of Compose).",
        )
    else:
        yield ok("open files", "There is room for many sockets.")
