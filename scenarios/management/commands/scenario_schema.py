"""Prints the JSON Schema of scenario documents, for editors."""

import json
from typing import Any

from django.core.management.base import BaseCommand

from scenarios.world.document import json_schema


class Command(BaseCommand):
    help = "Print the JSON Schema of a scenario document."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(json.dumps(json_schema(), indent=2))
