"""Plays a scenario: a test player by itself, or whoever types."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from assessment.players.cast import play
from assessment.players.paper import Paper
from assessment.players.rehearsal import rehearsed
from assessment.players.telling import Scores, as_json, as_text
from assessment.players.terminal import Terminal
from assessment.scoring import Attempt, score
from chat.customer.understanding import Classifier, Listener, fit
from chat.listening import listener_for
from scenarios.models import Scenario, ScenarioVersion, world_of
from scenarios.reading import DocumentError, read_document
from scenarios.world.document import Player
from scenarios.world.variants import USUAL


class Command(BaseCommand):
    help = (
        "Play a scenario as a test player, or by typing. Nothing of it stays in the database, unless --keep."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("scenario", help="slug of a published scenario, or a document's file")
        parser.add_argument("--as", dest="player", choices=[p.value for p in Player], help="who plays")
        parser.add_argument("--variant", default=USUAL)
        parser.add_argument("--seed", type=int, default=7, help="of the customer, the values and the player")
        parser.add_argument("--json", action="store_true", help="the play as JSON")
        parser.add_argument("--keep", action="store_true", help="keep the session and its learner")

    def handle(
        self, *args: Any, scenario: str, player: str | None, variant: str, seed: int, **options: Any
    ) -> None:
        file = Path(scenario)
        version = None if file.suffix == ".yaml" else _published(scenario)
        if version and player:
            _known(variant, version.paths)
            with rehearsed(
                Player(player),
                version.scenario,
                variant=variant,
                seed=seed,
                now=timezone.now(),
                keep=options["keep"],
            ) as (attempt, scores):
                self._print(attempt, scores, as_data=options["json"])
            return
        desk = _desk_of(version, variant, seed) if version else _desk_of_file(file, variant, seed)
        if player is None:
            for line in Terminal(desk).run(self._typed()):
                self.stdout.write(line)
            return
        play(Player(player), desk)
        self._print(desk.attempt, score(desk.attempt).as_json(), as_data=options["json"])

    def _print(self, attempt: Attempt, scores: Scores, *, as_data: bool) -> None:
        if as_data:
            self.stdout.write(json.dumps(as_json(attempt, scores), indent=2, ensure_ascii=False))
            return
        for line in as_text(attempt, scores):
            self.stdout.write(line)

    def _typed(self) -> Iterator[str]:
        """Lines from the terminal or a pipe, until either ends."""
        while True:
            if sys.stdin.isatty():
                self.stdout.write("> ", ending="")
                self.stdout.flush()
            line = sys.stdin.readline()
            if not line:
                return
            yield line


def _published(slug: str) -> ScenarioVersion:
    scenario = Scenario.objects.published().filter(slug=slug).select_related("current_version").first()
    if scenario is None or scenario.current_version is None:
        raise CommandError(f"No published scenario is called {slug}: load it first, or name its file.")
    return scenario.current_version


def _desk_of(version: ScenarioVersion, variant: str, seed: int) -> Paper:
    """On paper: a transaction that is open as long as somebody types would keep everyone else waiting."""
    _known(variant, version.paths)
    world = world_of(version.pk, variant, seed=seed, today=timezone.localdate())
    return Paper(world, tuple(version.paths[variant]), seed, listener=listener_for(version.pk, world))


def _desk_of_file(file: Path, variant: str, seed: int) -> Paper:
    try:
        document = read_document(file.read_text("utf-8"))
    except OSError as error:
        raise CommandError(f"{file} cannot be read: {error.strerror}.") from error
    except DocumentError as error:
        raise CommandError(f"{file} cannot be played yet.\n{error}") from error
    _known(variant, document.worlds)
    world, classifier = document.worlds[variant], Classifier(fit(*document.worlds.values()))
    return Paper(world, document.paths[variant].moves, seed, listener=Listener(world, classifier))


def _known(variant: str, variants: Any) -> None:
    if variant not in variants:
        raise CommandError(f"There is no variant {variant}; there are {', '.join(variants)}.")
