"""The application: everything the server is made of, put together in one place."""

from __future__ import annotations

import gc
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

import orjson
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.responses import FileResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from iatrograph.catalog import Catalog
from iatrograph.errors import NotFound
from iatrograph.graphql import Context, GraphQL, Limits
from iatrograph.release import open_or_build
from iatrograph.settings import load_settings
from iatrograph.sparql.guard import QueryLimits
from iatrograph.store.pool import WorkerPool
from iatrograph.vocabulary import PREFIXES, ontology
from iatrograph.vocabulary.examples import examples
from iatrograph.web.errors import Meaning, document, problem
from iatrograph.web.graphql import graphql_app
from iatrograph.web.index_page import CONTENT_POLICY, index_page
from iatrograph.web.sparql import sparql_app

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from starlette.requests import Request

    from iatrograph.release import Release
    from iatrograph.settings import Settings
    from iatrograph.vocabulary.examples import Language

    Endpoint = Callable[[Request], Awaitable[Response]]

_STATIC: Final = Path(__file__).parent / "static"


def create_app(settings: Settings | None = None, release: Release | None = None) -> Starlette:
    """Return the application over a release; the current one, built if there is none yet.

    Raises InvalidSetting and ReleaseUnavailable.
    """
    settings = settings or load_settings()
    release = release or open_or_build(settings.data_dir)
    words = ontology()
    pool = worker_pool(settings, release)
    sparql = sparql_app(
        pool,
        release_id=release.info.id,
        limits=query_limits(settings),
        cache_mb=settings.answer_cache_mb,
        request_max_kb=settings.request_max_kb,
        endpoint=f"{settings.public_url.rstrip('/')}/sparql" if settings.public_url else None,
        examples=_questions("sparql"),
    )
    graphql = graphql_app(
        GraphQL(words, graphql_limits(settings)),
        Context(Catalog(release.tables, words), release.info),
        request_max_kb=settings.request_max_kb,
        examples=_questions("graphql"),
    )

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        await pool.start()
        # Schema, tables and pages stay as they are: the collector need not walk them at each turn.
        gc.collect()
        gc.freeze()
        try:
            yield
        finally:
            gc.unfreeze()
            await pool.close()

    return Starlette(
        routes=[
            Route("/", _page(index_page(release.info))),
            Route("/health", _health(release)),
            Route("/favicon.ico", _icon),
            Route("/sparql", sparql),
            Route("/graphql", graphql),
            Mount("/static", StaticFiles(directory=_STATIC)),
        ],
        exception_handlers={HTTPException: _refused, Exception: _failed},
        lifespan=lifespan,
    )


def worker_pool(settings: Settings, release: Release, workers: int | None = None) -> WorkerPool:
    """Return the pool over the store of a release, not yet started."""
    return WorkerPool(
        release.store_path,
        prefixes=PREFIXES,
        workers=workers or settings.query_workers,
        timeout_s=settings.query_timeout_s,
        memory_mb=settings.query_memory_mb,
        max_rows=settings.query_max_rows,
        max_answer_mb=settings.query_max_answer_mb,
        queue=settings.query_queue,
    )


def query_limits(settings: Settings) -> QueryLimits:
    """Return the bounds of a SPARQL text, from the settings."""
    return QueryLimits(
        settings.query_max_characters,
        settings.query_max_depth,
        settings.query_max_patterns,
        settings.query_max_operators,
    )


def graphql_limits(settings: Settings) -> Limits:
    """Return what GraphQL queries may ask at most, from the settings."""
    return Limits(
        max_depth=settings.graphql_max_depth,
        max_aliases=settings.graphql_max_aliases,
        max_tokens=settings.graphql_max_tokens,
        max_cost=settings.graphql_max_cost,
        page_size_max=settings.page_size_max,
    )


def _questions(language: Language) -> dict[str, str]:
    """Return the example queries by the question they ask, the care paths first."""
    ordered = sorted(examples(language), key=lambda e: (e.name != "care-paths", e.name))
    return {example.summary: example.query for example in ordered}


def _page(body: bytes) -> Endpoint:
    headers = {"content-security-policy": CONTENT_POLICY, "x-content-type-options": "nosniff"}

    async def page(_: Request) -> Response:
        return Response(body, media_type="text/html", headers=headers)

    return page


def _health(release: Release) -> Endpoint:
    body = orjson.dumps({"status": "ok", "release": release.info.id})

    async def health(_: Request) -> Response:
        return Response(body, media_type="application/json", headers={"cache-control": "no-store"})

    return health


async def _icon(_: Request) -> Response:
    return FileResponse(_STATIC / "icon.svg", headers={"cache-control": "max-age=86400"})


async def _refused(request: Request, error: Exception) -> Response:
    """Answer what the router refuses: no such page, or not with this method."""
    status = error.status_code if isinstance(error, HTTPException) else 500
    if status == 404:
        return _response(problem(NotFound("page", request.url.path)))
    meaning = Meaning(status, "not-offered", "This is not offered here")
    return _response(document(meaning, f"{request.method} is not offered here"))


async def _failed(_: Request, error: Exception) -> Response:
    """Answer a fault of ours without telling its insides; the server's log has them."""
    return _response(problem(error))


def _response(parts: tuple[int, list[tuple[bytes, bytes]], bytes]) -> Response:
    status, headers, body = parts
    response = Response(body, status_code=status)
    response.raw_headers = headers
    return response
