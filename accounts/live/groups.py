"""Names of groups of sockets."""

from uuid import UUID

WATCHERS = "watchers"
"""The sockets of those who look at a conversation that is not theirs."""


def person_group(user_id: UUID) -> str:
    return f"person-{user_id.hex}"
