"""Opens contributions as what queries are asked of, without a store."""

from __future__ import annotations

import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson

from iatrograph.catalog import Catalog
from iatrograph.graphql import Context, Request
from iatrograph.release.derivation import derive
from iatrograph.release.info import LicensedSource, ReleaseInfo
from iatrograph.tables import Tables
from iatrograph.tables.intake import take_in
from iatrograph.tables.writer import write_tables
from iatrograph.vocabulary import ontology

if TYPE_CHECKING:
    from collections.abc import Iterator

    from iatrograph.graphql import GraphQL
    from iatrograph.model import Contribution

INFO = ReleaseInfo(
    id="0123456789abcdef",
    folder="0123456789abcdef",
    content_sha256="0123456789abcdef" * 4,
    counts={"entities": 8, "claims": 6},
    sources=(LicensedSource("one", "First invented source", None),),
    ontology_version="0.1.0",
    iatrograph_version="0.1.0",
    format_version=1,
    builder="",
    inputs="",
    is_bundled=False,
    built_at="2026-01-02T03:04:05Z",
)


@contextmanager
def opened(contribution: Contribution) -> Iterator[Context]:
    """Write the tables of a contribution and open them."""
    words = ontology()
    with tempfile.TemporaryDirectory() as name:
        intake = take_in([contribution], words, _silent)
        write_tables(Path(name), intake, *derive(intake, words), words, _silent)
        tables = Tables.open(Path(name))
        try:
            yield Context(Catalog(tables, words), INFO)
        finally:
            tables.close()


def ask(graphql: GraphQL, context: Context, query: str, **variables: Any) -> Any:
    """Return the data of an answer that has no errors, as a client reads them."""
    answer = graphql.answer(context, Request(query, variables))
    assert not answer.errors, answer.errors
    return orjson.loads(orjson.dumps(answer.data))


def _silent(stage: str, done: int, total: int | None) -> None:
    """Report nothing."""
