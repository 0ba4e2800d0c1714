"""The GraphQL endpoint, straight on ASGI: GraphQL over HTTP, and GraphiQL for browsers."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import orjson

from iatrograph.errors import (
    IatrographError,
    InvalidRequest,
    LimitExceeded,
    NotAcceptable,
    UnsupportedMediaType,
)
from iatrograph.graphql import Answer
from iatrograph.graphql.problems import problem as record
from iatrograph.sparql.negotiation import parse_accept, quality_of
from iatrograph.web.bodies import ClientGone, header, read_body
from iatrograph.web.errors import Headers, problem
from iatrograph.web.graphiql_page import CONTENT_POLICY, graphiql_page
from iatrograph.web.graphql_requests import JSON, read_get, read_post
from iatrograph.web.headers import COMMON, PREFLIGHT, bad_method, is_known, validators

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.types import ASGIApp, Receive, Scope, Send

    from iatrograph.graphql import Context, GraphQL, Request

RESPONSE_JSON: Final = "application/graphql-response+json"
HTML: Final = "text/html"
BODY_TIMEOUT_S: Final = 10.0
LONG_TEXT: Final = 5_000
"""Characters from which on a query is read in a thread, so that other clients need not wait."""
LARGE_COST: Final = 5_000
"""Objects from which on an answer is made in a thread."""

_NAMES: Final = {
    JSON: frozenset({JSON}),
    RESPONSE_JSON: frozenset({RESPONSE_JSON}),
    HTML: frozenset({HTML, "application/xhtml+xml"}),
}


def graphql_app(
    graphql: GraphQL,
    context: Context,
    *,
    request_max_kb: int = 512,
    threads: int = 2,
    assets: str = "/static/graphiql",
    examples: Mapping[str, str] | None = None,
) -> ASGIApp:
    """Return the endpoint over one release.

    ``threads`` is how many large queries are answered at a time; others wait. ``assets`` is the
    address where the folder ``static/graphiql`` is served. ``examples`` are query
    texts by title, for the page.
    """
    page = graphiql_page(context.release.id, assets, examples or {})
    return _Endpoint(graphql, context, request_max_kb, page, asyncio.Semaphore(threads))


@dataclass(frozen=True, slots=True)
class _Endpoint:
    graphql: GraphQL
    context: Context
    request_max_kb: int
    page: bytes
    large: asyncio.Semaphore = field(compare=False)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            status, headers, body = await self._respond(scope, receive)
        except IatrographError as error:
            status, headers, body = problem(error)
            if status in {408, 413}:  # more of the body may be on its way
                headers.append((b"connection", b"close"))
        except ClientGone:
            return
        if scope["method"] == "HEAD":
            body = b""
        await send(
            {"type": "http.response.start", "status": status, "headers": [*headers, *COMMON]}
        )
        await send({"type": "http.response.body", "body": body})

    async def _respond(self, scope: Scope, receive: Receive) -> tuple[int, Headers, bytes]:
        method = scope["method"]
        if method == "OPTIONS":
            return 204, list(PREFLIGHT), b""
        if method not in {"GET", "HEAD", "POST"}:
            return bad_method()
        media_type = _media_type(header(scope, b"accept"), method)
        if method != "POST":
            if media_type == HTML:
                return 200, self._page_headers(), self.page
            return await self._respond_get(scope, media_type)
        body = await read_body(scope, receive, max_kb=self.request_max_kb, timeout_s=BODY_TIMEOUT_S)
        try:
            request = read_post(header(scope, b"content-type"), body)
        except InvalidRequest as error:
            return _refused(error, media_type)
        answer = await self._answer(request)
        headers = [(b"cache-control", b"no-store")]
        return self._response(answer, _status(answer, media_type, scope), media_type, headers)

    async def _respond_get(self, scope: Scope, media_type: str) -> tuple[int, Headers, bytes]:
        try:
            request = read_get(scope["query_string"])
        except InvalidRequest as error:
            return _refused(error, media_type)
        # The address holds the query, so release and format tell one answer from another.
        headers = validators(f"{self.context.release.id}.{media_type.rpartition('/')[2]}")
        if is_known(scope, headers):
            return 304, headers, b""
        answer = await self._answer(request)
        return self._response(answer, _status(answer, media_type, scope), media_type, headers)

    def _page_headers(self) -> Headers:
        return [
            (b"content-type", b"text/html; charset=utf-8"),
            (b"content-security-policy", CONTENT_POLICY.encode()),
            (b"content-length", b"%d" % len(self.page)),
            (b"cache-control", b"no-cache"),
        ]

    async def _answer(self, request: Request) -> Answer:
        """Answer here if it is quick, in a thread if others would have to wait for it."""
        if len(request.query) > LONG_TEXT:
            prepared = await asyncio.to_thread(self.graphql.prepare, self.context, request)
        else:
            prepared = self.graphql.prepare(self.context, request)
        if isinstance(prepared, Answer):
            return prepared
        if prepared.cost < LARGE_COST:
            return prepared.run()
        async with self.large:
            return await asyncio.to_thread(prepared.run)

    def _response(
        self, answer: Answer, status: int, media_type: str, headers: Headers
    ) -> tuple[int, Headers, bytes]:
        release = self.context.release.id
        body = _dumps(answer.as_dict() | {"extensions": {"release": release}})
        told = [(b"iatrograph-release", release.encode()), *headers]
        return status, [*_content(media_type, body), *told], body


def _status(answer: Answer, media_type: str, scope: Scope) -> int:
    """Return 400 for what never ran, with one exception that GraphQL over HTTP wants.

    A client that accepts application/json by name gets its faulty query back with 200; that of a
    query over a limit stays 400.
    """
    if answer.is_executed:
        return 200
    codes = {error["extensions"]["code"] for error in answer.errors}
    ranges = parse_accept(header(scope, b"accept"))
    is_legacy = media_type == JSON and any(r.media_type == JSON for r in ranges)
    return 200 if is_legacy and LimitExceeded.__name__ not in codes else 400


def _refused(error: InvalidRequest, media_type: str) -> tuple[int, Headers, bytes]:
    """Return what a GraphQL client gets for a request that is none.

    Raises the error where it is not about the request but about its form: another media type.
    """
    if isinstance(error, UnsupportedMediaType):
        raise error
    body = _dumps({"errors": [record(error)]})
    return 400, [*_content(media_type, body), (b"cache-control", b"no-store")], body


def _content(media_type: str, body: bytes) -> Headers:
    return [
        (b"content-type", f"{media_type}; charset=utf-8".encode()),
        (b"content-length", b"%d" % len(body)),
    ]


def _dumps(value: object) -> bytes:
    return orjson.dumps(value)


def _media_type(accept: str, method: str) -> str:
    """Return the media type to answer in; only GET has a page. Raises NotAcceptable."""
    ranges = parse_accept(accept)
    if not ranges:
        return JSON
    is_current = any(r.media_type == RESPONSE_JSON for r in ranges)
    offered = [RESPONSE_JSON, JSON] if is_current else [JSON, RESPONSE_JSON]
    offered += [HTML] if method != "POST" else []
    graded = [(quality_of(_NAMES[name], ranges), -place) for place, name in enumerate(offered)]
    ((quality, _), place) = max(graded)
    if quality <= 0:
        raise NotAcceptable(tuple(offered))
    return offered[-place]
