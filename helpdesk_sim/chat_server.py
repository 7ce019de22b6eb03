"""`python -m helpdesk_sim.chat_server PORT`: a chat process. Asked to stop, it hands its people over within ten seconds."""

import asyncio
import logging
import os
import socket
import sys

import uvicorn

from helpdesk_sim.memory import keep_what_is_loaded

log = logging.getLogger(__name__)
FOR_TURNS_S, FOR_CLOSING_S = 6.0, 2
LARGEST_FRAME = 1024 * 1024  # the application refuses far smaller ones, and says so


class Server(uvicorn.Server):
    """Closes its sockets with a code that tells clients to come back, and finishes the turns it has begun."""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        from django.conf import settings

        from chat.services import say_what_the_model_can
        from chat.voices.model.endpoint import openai

        if settings.HAS_MODEL:
            openai()  # takes a second, before there is anybody to wait for it
        await super().startup(sockets)
        self.asking = asyncio.create_task(say_what_the_model_can())
        keep_what_is_loaded()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        from accounts.draining import draining
        from accounts.live import Hub  # apps are not ready when this module is imported
        from accounts.sockets import DRAINING
        from chat.answering import finish

        draining.set()
        for server in self.servers:
            server.close()
        if hub := Hub.reach():
            hub.send_away(DRAINING)
        try:
            await asyncio.wait_for(finish(), FOR_TURNS_S)
        except TimeoutError:
            log.warning(
                "A turn was not finished in time; another process makes it when its lease has run out."
            )
        await super().shutdown(sockets)


def main(port: int) -> None:
    config = uvicorn.Config(
        os.environ.get("CHAT_APPLICATION", "helpdesk_sim.asgi:application"),
        host=os.environ.get("BIND", "0.0.0.0"),  # noqa: S104  (in a container; BIND narrows it)
        port=port,
        loop="uvloop",
        ws="websockets-sansio",
        ws_per_message_deflate=False,  # costs 35 KiB a socket and saves little on lines of chat
        ws_max_size=LARGEST_FRAME,
        backlog=4096,  # all of them come back at once when another process has died
        lifespan="off",
        log_config=None,  # settings.LOGGING says how
        log_level="warning",
        access_log=False,
        timeout_graceful_shutdown=FOR_CLOSING_S,
    )
    Server(config).run()


if __name__ == "__main__":
    main(int(sys.argv[1]))
