"""Reads GraphQL requests as GraphQL over HTTP has them: POST of JSON, GET with parameters."""

from __future__ import annotations

from typing import Any, Final
from urllib.parse import parse_qsl

import orjson

from iatrograph.errors import InvalidRequest, UnsupportedMediaType
from iatrograph.graphql import Request

JSON: Final = "application/json"
_PARAMETERS: Final = ("query", "variables", "operationName", "extensions")
_MAX_PARAMETERS: Final = 16


def read_get(query_string: bytes) -> Request:
    """Return the request of an address. Raises InvalidRequest."""
    try:
        pairs = parse_qsl(
            query_string.decode("ascii"),
            keep_blank_values=True,
            errors="strict",
            max_num_fields=_MAX_PARAMETERS,
        )
    except ValueError as error:
        raise InvalidRequest("the parameters of the address cannot be read") from error
    found = {name: value for name, value in pairs if name in _PARAMETERS}
    if len(found) < sum(name in _PARAMETERS for name, _ in pairs):
        raise InvalidRequest("a parameter is given twice")
    members: dict[str, Any] = {
        name: _loads(value.encode()) if name in {"variables", "extensions"} and value else value
        for name, value in found.items()
    }
    return _request({name: None if value == "" else value for name, value in members.items()})


def read_post(content_type: str, body: bytes) -> Request:
    """Return the request of a body. Raises UnsupportedMediaType and InvalidRequest."""
    media_type, *parameters = (part.strip().lower() for part in content_type.split(";"))
    charsets = {p.partition("=")[2].strip('"') for p in parameters if p.startswith("charset")}
    if media_type != JSON or not charsets <= {"utf-8", "utf8"}:
        raise UnsupportedMediaType(content_type[:100], (JSON,))
    return _request(_loads(body))


def _loads(text: bytes) -> Any:
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise InvalidRequest(f"not JSON in UTF-8: {error.msg[:100]}") from error


def _request(members: Any) -> Request:
    if not isinstance(members, dict):
        raise InvalidRequest("the request must be one JSON object; there are no batches")
    query, name = members.get("query"), members.get("operationName")
    variables = members.get("variables")
    if not isinstance(query, str) or not query:
        raise InvalidRequest("the member query is missing, or is not a text")
    if not isinstance(name, str | None):
        raise InvalidRequest("the member operationName is not a text")
    if not isinstance(variables, dict | None):
        raise InvalidRequest("the member variables is not an object")
    if not isinstance(members.get("extensions"), dict | None):
        raise InvalidRequest("the member extensions is not an object")
    return Request(query, variables or {}, name)
