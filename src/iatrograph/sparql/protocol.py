"""Reads the request of a SPARQL query as the SPARQL 1.1 Protocol has it, sections 2.1 and 2.2."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qsl

from iatrograph.errors import InvalidRequest, QueryRefused, UnsupportedMediaType

FORM: Final = "application/x-www-form-urlencoded"
DIRECT: Final = "application/sparql-query"
UPDATE: Final = "application/sparql-update"
MAX_FIELDS: Final = 100

Parameters = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class SparqlRequest:
    """One request to evaluate a query."""

    query: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    format: str = ""


def read_get(query_string: bytes) -> SparqlRequest | None:
    """Return the request of a GET; None where no query is given.

    Raises InvalidRequest and QueryRefused.
    """
    return _request(_parameters(query_string))


def read_post(query_string: bytes, content_type: str, body: bytes) -> SparqlRequest:
    """Return the request of a POST, the query in a form or directly in the body.

    Raises InvalidRequest, QueryRefused and UnsupportedMediaType.
    """
    media_type = _media_type(content_type)
    parameters = _parameters(query_string)
    if media_type == DIRECT:
        parameters.append(("query", _text(body)))
    elif media_type == FORM:
        parameters += _parameters(body)
    elif media_type == UPDATE:
        raise QueryRefused("update", "the data are read-only")
    else:
        raise UnsupportedMediaType(content_type[:200], (FORM, DIRECT))
    request = _request(parameters)
    if request is None:
        raise InvalidRequest("the parameter query is missing")
    return request


def _media_type(content_type: str) -> str:
    media_type, *rest = (part.strip().lower() for part in content_type.split(";"))
    for parameter in rest:
        name, _, value = parameter.partition("=")
        if name == "charset" and value.strip('"') not in {"utf-8", "utf8", "us-ascii"}:
            raise UnsupportedMediaType(content_type[:200], (f"{media_type}; charset=utf-8",))
    return media_type


def _text(raw: bytes) -> str:
    try:
        return raw.decode()
    except UnicodeDecodeError as error:
        raise InvalidRequest(f"the query is not UTF-8 at byte {error.start}") from error


def _parameters(raw: bytes) -> Parameters:
    if not raw:
        return []
    try:
        return parse_qsl(
            raw.decode("ascii"),
            keep_blank_values=True,
            errors="strict",
            max_num_fields=MAX_FIELDS,
        )
    except UnicodeDecodeError as error:
        raise InvalidRequest("parameters must be percent-encoded UTF-8") from error
    except ValueError as error:
        raise InvalidRequest(f"at most {MAX_FIELDS} parameters are read") from error


def _request(parameters: Parameters) -> SparqlRequest | None:
    queries = [value for name, value in parameters if name == "query"]
    if any(name == "update" for name, _ in parameters):
        raise QueryRefused("update", "the data are read-only")
    if len(queries) > 1:
        raise InvalidRequest(f"give the parameter query once; it was given {len(queries)} times")
    if not queries:
        return None
    return SparqlRequest(
        query=queries[0],
        default_graphs=_values(parameters, "default-graph-uri"),
        named_graphs=_values(parameters, "named-graph-uri"),
        format=next(iter(_values(parameters, "format")), ""),
    )


def _values(parameters: Parameters, name: str) -> tuple[str, ...]:
    return tuple(value for given, value in parameters if given == name and value)
