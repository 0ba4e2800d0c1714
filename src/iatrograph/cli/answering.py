"""Queries of the command line, evaluated as the server does it: SPARQL in a worker process."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from iatrograph.catalog import Catalog
from iatrograph.errors import NotAcceptable
from iatrograph.graphql import Context, GraphQL, Request
from iatrograph.settings import load_settings
from iatrograph.sparql.dataset import dataset_of, place
from iatrograph.sparql.formats import OFFERED, named
from iatrograph.sparql.guard import read_query
from iatrograph.sparql.negotiation import choose
from iatrograph.vocabulary import ontology
from iatrograph.web.app import graphql_limits, query_limits, worker_pool

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping

    from iatrograph.release import Release


async def answer_sparql(release: Release, text: str, format_name: str) -> AsyncIterator[bytes]:
    """Yield the answer to a query in a format of that name, piece by piece.

    Raises what the endpoint refuses too: MalformedQuery, QueryRefused, LimitExceeded, ...
    """
    settings = load_settings()
    reading = read_query(text, query_limits(settings))
    if format_name and named(format_name, reading.kind) is None:
        raise NotAcceptable(tuple(offered.name for offered in OFFERED[reading.kind]))
    form = choose(reading.kind, "", format_name)
    placed = place(reading, dataset_of(reading))
    pool = worker_pool(settings, release, workers=1)
    await pool.start()
    try:
        reply = await pool.ask(
            placed.text,
            format=form.name,
            is_graph=reading.kind == "graph",
            default_graph=placed.default_graph,
            prefixes=tuple(sorted(reading.prefixes)),
        )
        if reply.whole is not None:
            yield reply.whole
        else:
            async for piece in reply.pieces():
                yield piece
    finally:
        await pool.close()


def answer_graphql(release: Release, text: str, variables: Mapping[str, Any]) -> dict[str, Any]:
    """Return the answer to a query: data, errors, or both."""
    words = ontology()
    graphql = GraphQL(words, graphql_limits(load_settings()))
    context = Context(Catalog(release.tables, words), release.info)
    return graphql.answer(context, Request(text, variables)).as_dict()
