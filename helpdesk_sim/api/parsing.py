"""Bodies: JSON in, JSON out."""

import json
from io import BytesIO
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from djangorestframework_camel_case.parser import CamelCaseJSONParser
from rest_framework.exceptions import ParseError
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.request import Request

from helpdesk_sim.api.errors import TooLarge


class PlainJSONParser(CamelCaseJSONParser):
    """JSON that can be taken apart, stored and said again.

    Too much of it is refused (413); so are depth without end, numbers beyond all bounds and halves of characters
    (400), before anything sees them.
    """

    def parse(self, stream: Any, media_type: Any = None, parser_context: Any = None) -> Any:
        most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        body = stream.read(most + 1)
        if len(body) > most:
            raise TooLarge(most)
        try:
            # JSON is UTF-8; of the codecs that a client may name some read no text at all.
            data = super().parse(BytesIO(body), media_type, {**(parser_context or {}), "encoding": "utf-8"})
            json.dumps(data, ensure_ascii=False, allow_nan=False).encode()
        except (RecursionError, ValueError) as error:
            raise ParseError(
                _("This JSON is nested too deeply, or holds what is no number or no text.")
            ) from error
        return data


class AlwaysJSON(BaseContentNegotiation):
    """Whatever a client says that it accepts: an answer in JSON helps more than none."""

    def select_parser(self, request: Request, parsers: list[Any]) -> Any:
        given = (request.content_type or "").partition(";")[0].strip().lower()
        return next((parser for parser in parsers if parser.media_type == given), None)

    def select_renderer(self, request: Request, renderers: list[Any], format_suffix: Any = None) -> Any:
        return renderers[0], renderers[0].media_type
