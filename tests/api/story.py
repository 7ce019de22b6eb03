"""One story that calls every operation of the schema, and holds each answer against it."""

import re
from typing import Any
from uuid import uuid4

import jsonschema
from rest_framework.test import APIClient

MOST_ROWS, MOST_CHARS = 2, 300
SECRET = {"token": "the-token", "refreshToken": "the-refresh-token"}


class Story:
    """`told`: by operationId what was sent and what came back, as an example."""

    def __init__(self, schema: dict, client_of: Any) -> None:
        self.schema, self.client_of = schema, client_of
        self.told: dict[str, dict[str, Any]] = {}
        self.problems: list[str] = []
        self.operations = {
            operation["operationId"]: (method, path, operation)
            for path, operations in schema["paths"].items()
            for method, operation in operations.items()
        }

    def do(self, who: Any, name: str, *ids: object, query: str = "", body: dict | None = None) -> Any:
        """The answer's body; ids fill the path in order. It must be a success; `problems` has what differs."""
        method, path, operation = self.operations[name]
        remaining = iter(ids)
        address = re.sub(r"\{\w+\}", lambda _: str(next(remaining)), path)
        client = self.client_of(who) if who else APIClient()
        headers = {"HTTP_IDEMPOTENCY_KEY": str(uuid4())} if method == "post" else {}
        answer = getattr(client, method)(f"{address}{query and '?' + query}", body, **headers)
        assert str(answer.status_code)[0] == "2", (name, answer.content)
        self._check_request(operation, body)
        shown = self._check_answer(name, operation, answer)
        self.told[name] = ({"request": body} if body is not None else {}) | (
            {"response": trimmed(shown)} if shown is not None else {}
        )
        return shown

    def _check_request(self, operation: dict, body: dict | None) -> None:
        if body is None:
            assert not operation.get("requestBody", {}).get("required")
        else:
            schema = operation["requestBody"]["content"]["application/json"]["schema"]
            self.validate(f"{operation['operationId']} sent", body, schema)

    def _check_answer(self, name: str, operation: dict, answer: Any) -> Any:
        described = operation["responses"][str(answer.status_code)]
        if "content" not in described:
            assert answer.content == b"", name
            return None
        kind = answer["Content-Type"].partition(";")[0]
        schema = described["content"][kind]["schema"]
        if kind != "application/json":
            assert answer.content
            return None
        self.validate(name, answer.json(), schema)
        return answer.json()

    def validate(self, name: str, body: Any, schema: dict) -> None:
        whole = {**schema, "components": self.schema["components"]}
        checker = jsonschema.Draft202012Validator.FORMAT_CHECKER
        for error in jsonschema.Draft202012Validator(whole, format_checker=checker).iter_errors(body):
            self.problems.append(f"{name} {error.json_path}: {error.message[:200]}")


def trimmed(shown: Any) -> Any:
    """Short enough to read; still what the schema says."""
    if isinstance(shown, dict):
        return {name: SECRET.get(name) or trimmed(value) for name, value in shown.items()}
    if isinstance(shown, list):
        return [trimmed(row) for row in shown[:MOST_ROWS]]
    if isinstance(shown, str) and len(shown) > MOST_CHARS:
        return shown[:MOST_CHARS] + "…"
    return shown
