"""Whole numbers from a query string."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from accounts.errors import Refusal

LONGEST = 19
"""Digits; no bound has more, and Python refuses to read thousands of them."""


def whole_number(
    given: Mapping[str, str], name: str, *, default: int, least: int, most: int = 2**31 - 1
) -> int:
    """Raises Refusal with what the number may be."""
    text = given.get(name, "")
    if not text:
        return default
    is_number = text.isascii() and text.isdigit() and len(text) <= LONGEST
    if not is_number or not least <= int(text) <= most:
        raise Refusal(
            _("Check the query string."),
            details={
                name: [_("A whole number from %(least)s to %(most)s.") % {"least": least, "most": most}]
            },
        )
    return int(text)
