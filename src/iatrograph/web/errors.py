"""Maps the family of errors to HTTP: one table, one form (RFC 9457, application/problem+json)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import orjson

from iatrograph.errors import (
    Busy,
    EngineUnavailable,
    IatrographError,
    InvalidRequest,
    LimitExceeded,
    MalformedQuery,
    NotAcceptable,
    NotFound,
    QueryRefused,
    QueryTimeout,
    ReleaseUnavailable,
    RequestTimeout,
    UnsupportedMediaType,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

TYPE_STEM: Final = "https://w3id.org/iatrograph/problem/"
CONTENT_TYPE: Final = "application/problem+json"
MAX_DETAIL: Final = 1000

Headers = list[tuple[bytes, bytes]]


class Meaning(NamedTuple):
    """What an error means in HTTP: status, name of the problem, title, seconds to wait."""

    status: int
    slug: str
    title: str
    retry_after_s: int | None = None


# The first class that fits counts, so the narrower ones come first.
MEANINGS: Final[Mapping[type[IatrographError], Meaning]] = {
    MalformedQuery: Meaning(400, "malformed-query", "The query does not parse"),
    QueryRefused: Meaning(403, "query-refused", "The query asks for what is never served"),
    LimitExceeded: Meaning(400, "limit-exceeded", "The request goes over a limit"),
    NotAcceptable: Meaning(406, "not-acceptable", "None of the accepted formats is offered"),
    UnsupportedMediaType: Meaning(415, "unsupported-media-type", "This kind of body is not read"),
    RequestTimeout: Meaning(408, "request-timeout", "The request did not arrive in time"),
    InvalidRequest: Meaning(400, "invalid-request", "The request cannot be understood"),
    NotFound: Meaning(404, "not-found", "There is no such thing"),
    QueryTimeout: Meaning(503, "query-timeout", "The query took too long", 10),
    Busy: Meaning(503, "busy", "Too many queries at once", 1),
    EngineUnavailable: Meaning(503, "engine-unavailable", "The engine could not answer", 1),
    ReleaseUnavailable: Meaning(503, "release-unavailable", "There is nothing to serve", 30),
}
_UNEXPECTED: Final = Meaning(500, "unexpected", "Something went wrong here")
_TOO_LARGE: Final = frozenset({"request_max_kb", "query_max_characters"})
_MEMBERS: Final = (
    "line",
    "column",
    "feature",
    "remedy",
    "limit",
    "allowed",
    "asked",
    "offered",
    "kind",
    "near",
    "seconds",
    "waiting",
)


def problem(error: BaseException) -> tuple[int, Headers, bytes]:
    """Return status, headers and body for an error.

    An error that is not of the family tells nothing of itself: 500 and no more.
    """
    meaning = next((m for c, m in MEANINGS.items() if isinstance(error, c)), _UNEXPECTED)
    if isinstance(error, LimitExceeded) and error.limit in _TOO_LARGE:
        meaning = meaning._replace(status=413)
    detail = _detail(error) if meaning is not _UNEXPECTED else ""
    members = {name: value for name in _MEMBERS if (value := getattr(error, name, None))}
    return document(meaning, detail, members if meaning is not _UNEXPECTED else {})


def _detail(error: BaseException) -> str:
    """Return what is told: where our files lie is nobody's business."""
    return error.reason if isinstance(error, ReleaseUnavailable) else str(error)


def document(
    meaning: Meaning, detail: str, members: Mapping[str, object] | None = None
) -> tuple[int, Headers, bytes]:
    """Return status, headers and body of a problem that no error stands for."""
    told = {name: _short(value) for name, value in (members or {}).items()}
    body = orjson.dumps(
        {
            "type": TYPE_STEM + meaning.slug,
            "title": meaning.title,
            "status": meaning.status,
            **({"detail": _short(detail)} if detail else {}),
            **told,
        }
    )
    headers = [
        (b"content-type", CONTENT_TYPE.encode()),
        (b"content-length", str(len(body)).encode()),
        (b"cache-control", b"no-store"),
    ]
    if meaning.retry_after_s is not None:
        headers.append((b"retry-after", str(meaning.retry_after_s).encode()))
    return meaning.status, headers, body


def _short(value: object) -> object:
    """Cut a text: nobody gets a megabyte of his own back. Lone surrogates go, too."""
    if isinstance(value, str):
        text = value.encode("utf-8", "replace").decode()
        return text if len(text) <= MAX_DETAIL else text[: MAX_DETAIL - 1] + "…"
    return value
