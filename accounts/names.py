"""What a person may be called: whatever can be seen, and nothing that turns or hides what stands beside it."""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

# Joiners belong to how some languages are written; these show nothing, or turn the line around.
HIDDEN = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
UNSEEN = ("Cc", "Cs", "Co", "Cn")


def plain_name(name: str) -> None:
    """Raises ValidationError."""
    if made_plain(name) != name:
        raise ValidationError(_("Leave out signs that cannot be seen."))


def made_plain(name: str) -> str:
    """Without what `plain_name` refuses: for names that somebody else vouches for."""
    return "".join(c for c in HIDDEN.sub("", name) if unicodedata.category(c) not in UNSEEN)
