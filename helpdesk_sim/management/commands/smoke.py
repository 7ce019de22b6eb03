"""`manage.py smoke`: one ticket through REST and the socket alone, and one JSON object about it."""

import json
import os
import subprocess
import sys
import tempfile
from argparse import SUPPRESS, ArgumentParser
from contextlib import redirect_stdout
from pathlib import Path
from secrets import token_urlsafe
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from websockets.exceptions import WebSocketException

from accounts.models import Role
from accounts.services import create_person
from helpdesk_sim.smoke.client import SmokeError
from helpdesk_sim.smoke.play import Report, play
from helpdesk_sim.smoke.server import environment, free_port, serving

EMAIL = "smoke@people.example"


class Command(BaseCommand):
    help = (
        "Play one scenario to its score on a throw-away server, or with --url on a running one (practice "
        "mode, no XP; the password of --email from SMOKE_PASSWORD). The exit status judges correctness."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--url", help="of a running server, for instance https://helpdesk.example.com")
        parser.add_argument("--email", help="of a learner there, best one kept for this")
        parser.add_argument("--port", type=int, help=SUPPRESS)  # given to the process in the throw-away place

    def handle(self, *, url: str | None, email: str | None, port: int | None, **options: Any) -> None:
        if url is None and port is None:
            sys.exit(_in_a_throw_away_place())
        try:
            report = _there(url, email) if url else self._here(port or 0)
        except (SmokeError, LookupError, OSError, WebSocketException) as error:
            self.stdout.write(json.dumps({"ok": False, "error": f"{type(error).__name__}: {error}"}))
            sys.exit(1)
        self.stdout.write(json.dumps(report))

    def _here(self, port: int) -> Report:
        """In the folder and with the database of a throw-away place."""
        with redirect_stdout(sys.stderr):
            call_command("prepare")
        password = token_urlsafe(20)
        create_person(
            email=EMAIL,
            password=password,
            first_name="Sam",
            last_name="Smoke",
            roles=[Role.LEARNER],
            now=timezone.now(),
        )
        with serving(port, log=Path(settings.DATABASES["default"]["NAME"]).with_name("server.log")) as took:
            return play(f"http://127.0.0.1:{port}", EMAIL, password, mode="exam", first_page_s=took)


def _there(url: str, email: str | None) -> Report:
    password = os.environ.get("SMOKE_PASSWORD")
    if not email or not password:
        raise CommandError("Name a learner with --email, and give the password in SMOKE_PASSWORD.")
    return play(url, email, password, mode="practice")


def _in_a_throw_away_place() -> int:
    """Settings are read when a process starts: another one runs with those of the throw-away place."""
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="helpdesk-smoke-") as folder:
        command = [sys.executable, *sys.argv, "--port", str(port)]
        return subprocess.run(command, env=environment(Path(folder), port), check=False).returncode  # noqa: S603
