"""Frames that clients send, as typed data. Author, time and seq are never among them."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StrictBool, TypeAdapter
from pydantic.alias_generators import to_camel

LARGEST_FRAME = 16 * 1024


class Incoming(BaseModel):
    model_config = ConfigDict(alias_generator=to_camel, extra="forbid")


class MessageSend(Incoming):
    type: Literal["message.send"]
    client_id: UUID
    text: str
    message_type: Literal["reply", "note"] = "reply"


class Typing(Incoming):
    type: Literal["typing"]
    on: StrictBool


class Resume(Incoming):
    type: Literal["resume"]
    after: int = Field(ge=0, le=2**31 - 1)


class Ping(Incoming):
    type: Literal["ping"]


_frames: TypeAdapter[MessageSend | Typing | Resume | Ping] = TypeAdapter(
    Annotated[MessageSend | Typing | Resume | Ping, Field(discriminator="type")]
)


def parse(text: str) -> MessageSend | Typing | Resume | Ping:
    """Raises pydantic's ValidationError with the first thing that is wrong."""
    return _frames.validate_json(text)
