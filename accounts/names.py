"""What a person may be called: whatever can be seen, and nothing that turns or hides what stands beside it."""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

# Joiners belong to how some languages are written; these show nothing, or turn the line around.
HIDDEN = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


def plain_name(name: str) -> None:
    """Raises ValidationError."""
    if HIDDEN.search(name) or any(unicodedata.category(c) in ("Cc", "Cs", "Co", "Cn") for c in name):
        raise ValidationError(_("Leave out signs that cannot be seen."))
