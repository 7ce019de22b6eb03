"""What a server process does with its memory once it has started."""

import gc


def keep_what_is_loaded() -> None:
    """Code, models and worlds stay: looking through them for garbage, again and again, would hold everybody up."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 10, 10)
