"""The endpoint of the SPARQL protocol, straight on ASGI."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from iatrograph.errors import IatrographError
from iatrograph.sparql.cache import AnswerCache, Question
from iatrograph.sparql.dataset import PlacedQuery, dataset_of, place
from iatrograph.sparql.description import description_query
from iatrograph.sparql.formats import GRAPHS, Format
from iatrograph.sparql.guard import QueryLimits, Reading, read_query
from iatrograph.sparql.negotiation import choose, graded, parse_accept, quality_of
from iatrograph.sparql.protocol import SparqlRequest, read_get, read_post
from iatrograph.web.bodies import ClientGone, header, read_body
from iatrograph.web.departure import StopWhenGone
from iatrograph.web.errors import Headers, problem
from iatrograph.web.headers import COMMON, PREFLIGHT, bad_method, is_known, validators
from iatrograph.web.sparql_page import CONTENT_POLICY, query_page

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.types import ASGIApp, Receive, Scope, Send

    from iatrograph.store.pool import WorkerPool
    from iatrograph.store.reply import Reply

BODY_TIMEOUT_S: Final = 10.0
SEND_TIMEOUT_S: Final = 30.0
LONG_TEXT: Final = 10_000
"""Characters from which on a query is read in a thread, so that other clients need not wait."""

_HTML: Final = frozenset({"text/html", "application/xhtml+xml"})


def sparql_app(
    pool: WorkerPool,
    *,
    release_id: str,
    limits: QueryLimits | None = None,
    cache_mb: int = 32,
    request_max_kb: int = 512,
    endpoint: str | None = None,
    examples: Mapping[str, str] | None = None,
) -> ASGIApp:
    """Return the endpoint over a pool that is started, and closed, elsewhere.

    ``endpoint`` is its public address, told in the service description; without one it is the
    address the server listens on. ``examples`` are query texts by title for the page.
    """
    return _Endpoint(
        pool,
        release_id,
        limits or QueryLimits(),
        AnswerCache(cache_mb << 20),
        request_max_kb,
        endpoint,
        dict(examples or {}),
    )


@dataclass(frozen=True, slots=True)
class _Plan:
    """A query that passed all guards, with the format of its answer."""

    reading: Reading
    placed: PlacedQuery
    format: Format


@dataclass(frozen=True, slots=True)
class _Endpoint:
    pool: WorkerPool
    release_id: str
    limits: QueryLimits
    cache: AnswerCache
    request_max_kb: int
    endpoint: str | None
    examples: Mapping[str, str]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await self._respond(scope, receive, send)
        except IatrographError as error:
            status, headers, body = problem(error)
            if status in {408, 413}:  # more of the body may be on its way
                headers.append((b"connection", b"close"))
            await _send(send, status, headers, body)
        except ClientGone:
            return

    async def _respond(self, scope: Scope, receive: Receive, send: Send) -> None:
        method = scope["method"]
        if method in {"GET", "HEAD"}:
            request = read_get(scope["query_string"])
            if request is None:
                await self._describe(scope, receive, send)
            else:
                await self._answer(request, scope, receive, send)
        elif method == "POST":
            body = await read_body(
                scope, receive, max_kb=self.request_max_kb, timeout_s=BODY_TIMEOUT_S
            )
            content_type = header(scope, b"content-type")
            request = read_post(scope["query_string"], content_type, body)
            await self._answer(request, scope, receive, send)
        elif method == "OPTIONS":
            await _send(send, 204, PREFLIGHT, b"")
        else:
            await _send(send, *bad_method())

    async def _describe(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with the page or with the service description, whichever is preferred."""
        ranges = parse_accept(header(scope, b"accept"))
        graph_quality = max(graded(f, ranges) for f in GRAPHS)
        if quality_of(_HTML, ranges) > graph_quality:
            page = query_page(self.release_id, self.pool.prefixes, self.examples)
            headers = [
                (b"content-type", b"text/html; charset=utf-8"),
                (b"content-security-policy", CONTENT_POLICY.encode()),
                (b"content-length", str(len(page)).encode()),
                (b"cache-control", b"no-cache"),
            ]
            await _send(send, 200, headers, page)
            return
        query = description_query(self.endpoint or _address(scope), self.release_id)
        await self._answer(SparqlRequest(query), scope, receive, send)

    async def _answer(
        self, request: SparqlRequest, scope: Scope, receive: Receive, send: Send
    ) -> None:
        plan = await self._plan(request, header(scope, b"accept"))
        headers = self._headers(plan, is_get=scope["method"] != "POST")
        if is_known(scope, headers):
            await _send(send, 304, headers[1:], b"")
            return
        question = Question(
            self.release_id, plan.placed.text, plan.placed.default_graph, plan.format.name
        )
        body = self.cache.get(question)
        if body is None:
            async with StopWhenGone(receive):
                reply = await self._ask(plan)
                if reply.whole is None:
                    await self._stream(reply, scope, headers, send)
                    return
                body = reply.whole
            if not plan.reading.is_volatile:
                self.cache.put(question, body)
        headers.append((b"content-length", b"%d" % len(body)))
        await _send(send, 200, headers, body)

    async def _plan(self, request: SparqlRequest, accept: str) -> _Plan:
        text = request.query
        if len(text) > LONG_TEXT:
            return await asyncio.to_thread(self._plan_now, request, accept)
        return self._plan_now(request, accept)

    def _plan_now(self, request: SparqlRequest, accept: str) -> _Plan:
        reading = read_query(request.query, self.limits)
        dataset = dataset_of(reading, request.default_graphs, request.named_graphs)
        chosen = choose(reading.kind, accept, request.format)
        return _Plan(reading, place(reading, dataset), chosen)

    async def _ask(self, plan: _Plan) -> Reply:
        return await self.pool.ask(
            plan.placed.text,
            format=plan.format.name,
            is_graph=plan.reading.kind == "graph",
            default_graph=plan.placed.default_graph,
            prefixes=tuple(plan.reading.prefixes),
        )

    def _headers(self, plan: _Plan, *, is_get: bool) -> Headers:
        """Return the headers of an answer, Content-Type first."""
        headers = [
            (b"content-type", plan.format.content_type.encode()),
            (b"iatrograph-release", self.release_id.encode()),
        ]
        if not is_get or plan.reading.is_volatile:
            return [*headers, (b"cache-control", b"no-store")]
        # The address holds the query, so release and format tell one answer from another.
        return [*headers, *validators(f"{self.release_id}.{plan.format.name}")]

    async def _stream(self, reply: Reply, scope: Scope, headers: Headers, send: Send) -> None:
        """Send a large answer while it is made.

        Where it fails after it began, or its reader stops reading, the body ends without its end:
        every client can see that it is not whole.
        """
        try:
            await send(_start(200, headers))
            if scope["method"] == "HEAD":
                await send({"type": "http.response.body"})
                return
            async for piece in reply.pieces():
                async with asyncio.timeout(SEND_TIMEOUT_S):
                    await send({"type": "http.response.body", "body": piece, "more_body": True})
            await send({"type": "http.response.body"})
        except (IatrographError, TimeoutError):
            return
        finally:
            self.pool.abandon(reply)


def _start(status: int, headers: Headers) -> dict[str, object]:
    return {"type": "http.response.start", "status": status, "headers": [*headers, *COMMON]}


async def _send(send: Send, status: int, headers: Headers, body: bytes) -> None:
    await send(_start(status, headers))
    await send({"type": "http.response.body", "body": body})


def _address(scope: Scope) -> str:
    """Return the address the server listens on; the Host header is the client's to invent."""
    host, port = scope.get("server") or ("localhost", None)
    place = f"[{host}]" if ":" in host else host
    return f"{scope['scheme']}://{place}{f':{port}' if port else ''}{quote(scope['path'])}"
