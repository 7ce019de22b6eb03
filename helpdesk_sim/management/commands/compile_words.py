"""`manage.py compile_words`: Django's `compilemessages` for a machine without GNU gettext."""

from pathlib import Path
from typing import Any

import polib
from django.conf import settings
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Compile the catalogues in locale/ that changed since the last time. Safe to repeat."
    requires_system_checks: list[str] = []  # a second saved at each start

    def handle(self, **options: Any) -> None:
        for folder in settings.LOCALE_PATHS:
            for source in Path(folder).glob("*/LC_MESSAGES/*.po"):
                compile_catalogue(source)


def compile_catalogue(source: Path) -> None:
    """Writes the `.mo` beside a `.po`, unless it is there and newer. `OSError` says what is wrong with the file."""
    compiled = source.with_suffix(".mo")
    if not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime:
        polib.pofile(str(source)).save_as_mofile(str(compiled))
