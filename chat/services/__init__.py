from chat.services.desk import change_ticket, look_up_assets, look_up_directory, perform_action, verify
from chat.services.hints import take_hint
from chat.services.messages import Receipt, receive_message
from chat.services.reading import note_read
from chat.services.research import open_article, search_articles
from chat.services.resolving import abandon, close_idle, resolve, save_draft
from chat.services.sessions import briefed_world, start_session
from chat.services.turns import speak_up, take_turn

__all__ = [
    "Receipt",
    "abandon",
    "briefed_world",
    "change_ticket",
    "close_idle",
    "look_up_assets",
    "look_up_directory",
    "note_read",
    "open_article",
    "perform_action",
    "receive_message",
    "resolve",
    "save_draft",
    "search_articles",
    "speak_up",
    "start_session",
    "take_hint",
    "take_turn",
    "verify",
]
