"""What the generated schema says beyond the shapes: summaries, headers, errors, examples."""

import json
from http import HTTPStatus
from pathlib import Path
from typing import Any

from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiParameter

from accounts.api.base import KEY

EXAMPLES = Path(__file__).with_name("examples.json")
"""By operationId: `request` and `response`, taken from a run (tests/api/test_examples.py)."""
ERROR = {
    "type": "object",
    "required": ["statusCode", "error", "message", "timestamp", "path"],
    "properties": {
        "statusCode": {"type": "integer"},
        "error": {"type": "string", "description": "The phrase of the status."},
        "message": {"type": "string", "description": "For people: what happened, and what to do."},
        "timestamp": {"type": "string", "format": "date-time"},
        "path": {"type": "string"},
        "details": {"type": "object", "description": "By field, its messages."},
    },
}
ONCE = OpenApiParameter(
    KEY,
    {"type": "string", "format": "uuid"},
    OpenApiParameter.HEADER,
    description="Made anew for each thing that you want done: however often it is sent, it is done once.",
)
KNOWN = OpenApiParameter(
    "If-None-Match", str, OpenApiParameter.HEADER, description="The ETag that you have: 304 while it holds."
)


class Schema(AutoSchema):
    """The first sentence of a docstring is the summary."""

    def get_summary(self) -> str:
        return " ".join(self.get_description().split()).partition(". ")[0].rstrip(".")

    def _get_request_body(self, direction: str = "request") -> dict[str, Any] | None:
        """Also of DELETE, which has one here and in OpenAPI 3.1, but not in drf-spectacular."""
        if self.method != "DELETE":
            return super()._get_request_body(direction)
        self.method = "POST"
        try:
            return super()._get_request_body(direction)
        finally:
            self.method = "DELETE"

    def get_override_parameters(self) -> list[OpenApiParameter]:
        parameters = list(super().get_override_parameters())
        if self.method == "POST" and self.view.authentication_classes:
            parameters.append(ONCE)
        if self.method == "GET" and getattr(self.view, "has_etag", False):
            parameters.append(KNOWN)
        return parameters


def tell_errors_and_examples(result: dict[str, Any], **_: Any) -> dict[str, Any]:
    """A postprocessing hook of drf-spectacular."""
    examples = json.loads(EXAMPLES.read_text())
    told: set[int] = set()
    for path, operations in result["paths"].items():
        for method, operation in operations.items():
            statuses = _refusals(path, method, operation)
            told |= statuses
            for status in sorted(statuses):
                operation["responses"].setdefault(str(status), _ref("responses", _name(status)))
            _exemplify(operation, examples.get(operation["operationId"], {}))
    parts = result["components"]
    parts["schemas"]["Error"] = ERROR
    parts["responses"] = {_name(status): _response(status) for status in sorted(told)}
    return result


def _refusals(path: str, method: str, operation: dict[str, Any]) -> set[int]:
    """What may come instead of an answer."""
    parameters = {parameter["name"] for parameter in operation.get("parameters", [])}
    may = {429, 500, 503}
    if parameters or "requestBody" in operation:
        may.add(400)
    if "security" in operation:
        may |= {401, 403}
    if "{" in path or "page" in parameters or "/admin/" in path:
        may.add(404)
    if method != "get":
        may |= {409, 422}
    if "requestBody" in operation:
        may |= {413, 415}
    if KNOWN.name in parameters:
        may.add(304)
    return may


def _exemplify(operation: dict[str, Any], example: dict[str, Any]) -> None:
    if "request" in example:
        for content in operation["requestBody"]["content"].values():
            content["example"] = example["request"]
    if "response" in example:
        status = next(code for code in operation["responses"] if code.startswith("2"))
        operation["responses"][status]["content"]["application/json"]["example"] = example["response"]


def _response(status: int) -> dict[str, Any]:
    described: dict[str, Any] = {"description": HTTPStatus(status).phrase}
    if status == 304:
        return described
    described["content"] = {"application/json": {"schema": _ref("schemas", "Error")}}
    if status in (429, 503):
        seconds = {"schema": {"type": "integer"}, "description": "Seconds."}
        described["headers"] = {"Retry-After": seconds}
    return described


def _name(status: int) -> str:
    return HTTPStatus(status).phrase.title().replace(" ", "")


def _ref(kind: str, name: str) -> dict[str, str]:
    return {"$ref": f"#/components/{kind}/{name}"}
