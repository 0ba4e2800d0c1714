"""The schema, and the tiny graph opened to be asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.graphql_api.opening import opened

from iatrograph.graphql import Context, GraphQL
from iatrograph.rdf.curated import read_curated

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from iatrograph.vocabulary import Ontology


@pytest.fixture(scope="session")
def graphql(ontology: Ontology) -> GraphQL:
    """Return the schema with its default limits."""
    return GraphQL(ontology)


@pytest.fixture(scope="session")
def context(mini: Path, ontology: Ontology) -> Iterator[Context]:
    """Open the tiny graph."""
    with opened(read_curated(mini, ontology).contribution) as found:
        yield found
