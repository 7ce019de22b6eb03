"""`manage.py serve`: everything in one process, for a trial or a small team."""

import asyncio
import ipaddress
import os
import socket
import sys
from argparse import ArgumentParser
from contextlib import ExitStack
from threading import Thread
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from helpdesk_sim.embedded import worker_and_beat

PEOPLE = {
    "learner@demo.example": "takes tickets",
    "coach@demo.example": "helps the learners of a cohort",
    "manager@demo.example": "runs a cohort and reads its report",
    "trainer@demo.example": "writes scenarios and articles",
    "admin@demo.example": "everything",
}
DEMO_PASSWORD = "helpdesk-demo"  # noqa: S105  (printed on purpose; demo mode listens on this machine alone)


class Command(BaseCommand):
    help = "Prepare the database, load what ships with the product, and serve pages, sockets and owed work."
    requires_system_checks: list[str] = []  # a second saved at each start; CI runs `check`

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--prepared", action="store_true", help="the database is ready: serve at once")

    def handle(self, *, host: str, port: int, prepared: bool, **options: Any) -> None:
        _refuse_open_demo(host)
        _refuse_busy_port(host, port)
        try:
            if prepared:
                self._serve(host, port)
            else:
                self._prepare_and_start_afresh()
        except KeyboardInterrupt:
            raise CommandError("Stopped before it was ready. Nothing is lost: start it again.") from None

    def _prepare_and_start_afresh(self) -> None:
        """Loading scenarios fits classifiers with libraries of 100 MB, which serving does not need."""
        call_command("prepare", stdout=self.stdout)
        self.stdout.flush()
        os.execv(sys.executable, [sys.executable, *sys.argv, "--prepared"])  # noqa: S606  (no shell meant)

    def _serve(self, host: str, port: int) -> None:
        # Daphne installs Twisted's reactor when imported: not before it is needed.
        from daphne.endpoints import build_endpoint_description_strings
        from daphne.server import Server

        settings.STATIC_ROOT.mkdir(exist_ok=True)  # else whitenoise warns; files come from where they lie
        from helpdesk_sim.asgi import application

        server = Server(
            application,
            endpoints=build_endpoint_description_strings(host=host, port=port),
            verbosity=0,
            ready_callable=lambda: self._greet(host, port),
        )
        with ExitStack() as running:
            if settings.EMBEDDED:
                running.enter_context(worker_and_beat())
            Thread(target=_get_customers_ready, name="customers", daemon=True).start()
            server.run()  # until SIGINT or SIGTERM; open requests are told to end
        self.stdout.write("Stopped.")

    def _greet(self, host: str, port: int) -> None:
        self.stdout.write(f"\nHelpdesk Simulator is ready: http://{host}:{port}/\n")
        if settings.DEMO:
            self.stdout.write(f"Sign in with the password {DEMO_PASSWORD} as\n")
            for email, does in PEOPLE.items():
                self.stdout.write(f"  {email:22} {does}")
        self.stdout.write("Stop with Ctrl-C.\n")
        self.stdout.flush()


def _refuse_open_demo(host: str) -> None:
    loopback = host == "localhost" or ipaddress.ip_address(host).is_loopback
    if settings.DEMO and not loopback:
        raise CommandError(
            "Demo mode has passwords that everyone knows and serves this machine alone. "
            "Set SECRET_KEY and leave DEMO unset to serve others (docs/operators.md)."
        )


def _refuse_busy_port(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise CommandError(
                f"Port {port} cannot be used ({error.strerror}). Is another server running? "
                f"Stop it, or choose another port: script/server --port {port + 1}"
            ) from None


def _get_customers_ready() -> None:
    from chat.listening import get_ready
    from chat.services import say_what_the_model_can

    get_ready()
    asyncio.run(say_what_the_model_can())
