"""The product as it runs for others, on throw-away services of this machine: PostgreSQL, Redis, web, chat and the rest.

    with cluster() as it:                  # PostgreSQL and Redis run, the database is prepared
        chat = it.start("chat")            # a Part: its port is free and answers
        chat.kill(); chat.start()          # the same port, the same log file

Everything ends with the block, however it ends; logs stay in `folder` if one is given.
"""

import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

import psycopg
import redis

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from helpdesk_sim.health import ask  # noqa: E402

KEPT = ROOT / "var/bench"
"""Prepared databases, by the migrations they were made with: what changed since is loaded on top."""
REDIS = ("--bind", "127.0.0.1", "--save", "", "--appendonly", "no")
START_S, STOP_S = 180.0, 15.0


@dataclass
class Part:
    """One program of the cluster, in a process group of its own; started again, it has the same port and log."""

    name: str
    command: list[str]
    env: dict[str, str]
    log: Path
    is_well: Callable[[], bool]
    port: int = 0
    user: str | None = None
    stop_with: signal.Signals = signal.SIGTERM
    process: "subprocess.Popen[bytes] | None" = None

    @property
    def pid(self) -> int:
        assert self.process is not None, f"{self.name} was never started"
        return self.process.pid

    @property
    def is_running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def start(self, *, wait: bool = True) -> "Part":
        """Returns when it answers; raises RuntimeError with the end of its log when it does not."""
        with self.log.open("ab") as out:
            self.process = subprocess.Popen(
                self.command,
                cwd=ROOT,
                env=self.env,
                stdout=out,
                stderr=out,
                start_new_session=True,
                **({"user": self.user, "group": self.user, "extra_groups": []} if self.user else {}),
            )
        if wait:
            self.await_well()
        return self

    def await_well(self, seconds: float = START_S) -> None:
        deadline = time.monotonic() + seconds
        while not self.is_well():
            if not self.is_running or time.monotonic() > deadline:
                said = self.log.read_text("utf-8", "replace")[-2000:]
                raise RuntimeError(f"{self.name} does not answer:\n{said}")
            time.sleep(0.05)

    def send(self, number: signal.Signals) -> None:
        """To all of its processes: SIGKILL, SIGSTOP, SIGCONT."""
        if self.is_running:
            os.killpg(self.pid, number)

    def kill(self) -> None:
        """As a machine does that loses its power."""
        self.send(signal.SIGKILL)
        if self.process:
            self.process.wait()

    def stop(self, seconds: float = STOP_S) -> None:
        """As an operator does; what is not gone after `seconds` is killed."""
        if not self.is_running or self.process is None:
            return
        self.send(signal.SIGCONT)
        self.process.send_signal(self.stop_with)
        try:
            self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            self.kill()


@dataclass
class Cluster:
    """`env` is the environment of every part; change it before a part is started."""

    folder: Path
    postgres_port: int
    redis_port: int
    env: dict[str, str]
    parts: list[Part] = field(default_factory=list)

    @property
    def database_url(self) -> str:
        return self.env["DATABASE_URL"]

    @property
    def redis_url(self) -> str:
        return self.env["REDIS_URL"]

    def start(self, part: str, *, wait: bool = True, name: str = "", **env: str) -> Part:
        """`part` as in script/run: web, chat, worker, beat. `env` is of this one alone, `name` that of its log."""
        port = free_port() if part in ("web", "chat") else 0
        command = [str(ROOT / "script/run"), part, *([str(port)] if port else [])]
        return self.run(name or part, command, port=port, wait=wait, **env)

    def run(self, name: str, command: list[str], *, port: int = 0, wait: bool = True, **env: str) -> Part:
        """Any program beside them: well when its `port`, if it has one, answers /health/ready with 200."""
        part = Part(
            name,
            command,
            self.env | env,
            self.folder / f"{name}{len(self.parts)}.log",
            lambda: not port or not ask(port),
            port,
        )
        self.parts.append(part)
        return part.start(wait=wait)

    def manage(self, *command: str) -> str:
        """`manage.py COMMAND`, to its end; answers what it said."""
        call = [sys.executable, "manage.py", *command]
        done = subprocess.run(call, cwd=ROOT, env=self.env, capture_output=True, text=True)
        if done.returncode:
            raise RuntimeError(f"manage.py {command[0]} failed:\n{done.stdout[-1000:]}{done.stderr[-2000:]}")
        return done.stdout

    def start_services(self, *settings: str) -> None:
        """PostgreSQL as its packagers set it, durable, with `settings` (name=value) on top; Redis without disk."""
        data = self.folder / "pg"
        data.mkdir(mode=0o700)
        user = "postgres" if os.geteuid() == 0 else None
        if user:
            shutil.chown(data, user, user)
        initdb = ["initdb", "--auth", "trust", "--username", "postgres", "--encoding", "UTF8", "--no-locale"]
        subprocess.run(
            [*initdb, "--pgdata", str(data)],
            check=True,
            stdout=subprocess.DEVNULL,
            env=os.environ | {"PATH": postgres_path()},
            user=user,
            cwd=self.folder,
        )
        options = [f"port={self.postgres_port}", "listen_addresses=127.0.0.1", "max_connections=200"]
        options += [f"unix_socket_directories={data}", *settings]
        self.postgres = Part(
            "postgres",
            [f"{postgres_bin()}/postgres", "-D", str(data), *(word for o in options for word in ("-c", o))],
            {"PATH": postgres_path(), "LC_ALL": "C.UTF-8"},
            self.folder / "postgres.log",
            self._postgres_answers,
            self.postgres_port,
            user,
            signal.SIGINT,
        )
        self.postgres.log.touch()
        self.redis = Part(
            "redis",
            ["redis-server", "--port", str(self.redis_port), *REDIS, "--dir", str(self.folder)],
            dict(os.environ),
            self.folder / "redis.log",
            self._redis_answers,
            self.redis_port,
        )
        self.parts += [self.postgres, self.redis]
        self.postgres.start()
        self.redis.start()

    def prepare(self) -> None:
        """Migrations, articles, scenarios: from the last time, and what changed since on top."""
        kept = KEPT / f"{_migrations()}.dump"
        tools = os.environ | {"PATH": postgres_path()}
        if kept.exists():
            restore = ["pg_restore", "--no-owner", "--dbname", self.database_url, str(kept)]
            subprocess.run(restore, check=True, env=tools)
            self.manage("prepare")
            return
        self.manage("prepare")
        KEPT.mkdir(parents=True, exist_ok=True)
        for old in sorted(KEPT.glob("*.dump"), key=lambda file: file.stat().st_mtime)[:-3]:
            old.unlink(missing_ok=True)
        fresh = kept.with_suffix(f".{os.getpid()}")
        subprocess.run(
            ["pg_dump", "--format", "custom", "--file", str(fresh), self.database_url], check=True, env=tools
        )
        fresh.rename(kept)

    def stop(self) -> None:
        """The last started first, so that nobody misses what it stands on."""
        for part in reversed(self.parts):
            part.stop()

    def _postgres_answers(self) -> bool:
        try:
            psycopg.connect(self.database_url, connect_timeout=2).close()
        except psycopg.OperationalError:
            return False
        return True

    def _redis_answers(self) -> bool:
        try:
            with redis.Redis.from_url(self.redis_url, socket_timeout=2) as client:
                return bool(client.ping())
        except redis.RedisError:
            return False


@contextmanager
def cluster(
    *, folder: Path | None = None, settings: tuple[str, ...] = (), prepared: bool = True, **env: str
) -> Iterator[Cluster]:
    """Services started, database prepared, or only migrated. `settings` are PostgreSQL's, `env` is every part's."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    home = Path(tempfile.mkdtemp(prefix="bench-", dir=folder and _made(folder)))
    home.chmod(0o755)  # PostgreSQL runs as its own user
    it = Cluster(home, free_port(), free_port(), {})
    it.env = _environment(it) | env
    try:
        it.start_services(*settings)
        it.prepare() if prepared else it.manage("migrate", "--verbosity", "0")
        yield it
    finally:
        it.stop()
        shutil.rmtree(home / "pg" if folder else home, ignore_errors=True)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def postgres_bin() -> Path:
    """The newest PostgreSQL of this machine."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda f: int(f.parts[-3]))
    if found:
        return found[-1].parent
    if there := shutil.which("initdb"):
        return Path(there).parent
    raise RuntimeError("Needs PostgreSQL on this machine (Debian: postgresql).")


def postgres_path() -> str:
    return f"{postgres_bin()}:{os.environ['PATH']}"


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _environment(it: Cluster) -> dict[str, str]:
    ours = {
        "DATABASE_URL": f"postgres://postgres@127.0.0.1:{it.postgres_port}/postgres",
        "REDIS_URL": f"redis://127.0.0.1:{it.redis_port}/0",
        "SECRET_KEY": secrets.token_urlsafe(50),
        "SECRETS_KEYS": secrets.token_urlsafe(32),
        "SITE_URL": "http://127.0.0.1:8000",
        "BIND": "127.0.0.1",
        "LOG_LEVEL": "WARNING",
        "API_TOKEN_MINUTES": "600",
    }
    gone = ("DEMO", "DJANGO_SETTINGS_MODULE", "CSRF_TRUSTED_ORIGINS", "EMAIL_URL", "ALLOWED_HOSTS")
    return {name: value for name, value in os.environ.items() if name not in gone} | ours


def _migrations() -> str:
    """Changes with any migration."""
    files = sorted(ROOT.glob("*/migrations/*.py"))
    return sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:16]
