from chat.services.desk import change_ticket, look_up_assets, look_up_directory, perform_action, verify
from chat.services.hints import take_hint
from chat.services.messages import LONGEST, MOST, Receipt, receive_message
from chat.services.reading import note_read
from chat.services.research import open_article, search_articles
from chat.services.resolving import abandon, close_idle, resolve, save_draft
from chat.services.sessions import briefed_world, start_session
from chat.services.thinking import Place, Turn, think
from chat.services.turns import (
    ATTEMPTS,
    count,
    read_turn,
    speak_up,
    store_turn,
    take_turn,
)
from chat.services.voices import (
    day_began,
    in_words,
    is_a_model_to_speak,
    keep_calls,
    note_scripted,
    over_budget,
    place,
    put_in_words,
    said_before,
    say_what_the_model_can,
    understand,
    voice_for,
    voice_offered,
)

__all__ = [
    "ATTEMPTS",
    "LONGEST",
    "MOST",
    "Place",
    "Receipt",
    "Turn",
    "abandon",
    "briefed_world",
    "change_ticket",
    "close_idle",
    "count",
    "day_began",
    "in_words",
    "is_a_model_to_speak",
    "keep_calls",
    "look_up_assets",
    "look_up_directory",
    "note_read",
    "note_scripted",
    "open_article",
    "over_budget",
    "perform_action",
    "place",
    "put_in_words",
    "read_turn",
    "receive_message",
    "resolve",
    "said_before",
    "save_draft",
    "say_what_the_model_can",
    "search_articles",
    "speak_up",
    "start_session",
    "store_turn",
    "take_hint",
    "take_turn",
    "think",
    "understand",
    "verify",
    "voice_for",
    "voice_offered",
]
