"""The graph as networkx and as rdflib have it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import rdflib

from iatrograph.catalog import Catalog
from iatrograph.errors import ReleaseUnavailable
from iatrograph.exporters.networkx import to_networkx
from iatrograph.exporters.rdflib import to_rdflib
from iatrograph.store.dumping import dump_ntriples
from iatrograph.vocabulary import PREFIXES

if TYPE_CHECKING:
    from pathlib import Path

    from iatrograph.release import Release
    from iatrograph.vocabulary import Ontology


def test_networkx_has_every_attribute(curated_release: Release, ontology: Ontology) -> None:
    """Nodes are the entities, edges the statements with their claims, field by field."""
    tables = curated_release.tables
    graph = to_networkx(Catalog(tables, ontology))

    for entity in tables.all_entities():
        node = graph.nodes[entity.id]
        assert (node["label"], node["kinds"], node["synonyms"], node["identifiers"]) == (
            entity.label,
            entity.kinds,
            entity.synonyms,
            entity.identifiers,
        )
    statements = list(tables.all_statements())
    assert graph.number_of_edges() == len(statements)
    for statement in statements:
        subject, relation, target = statement.key
        edge = graph[subject][target][relation]
        assert (edge["support"], edge["opposition"], edge["is_asserted"]) == (
            statement.support,
            statement.opposition,
            statement.is_asserted,
        )
        assert [edge["claims"]] == tables.claims([statement.key])


def test_rdflib_has_every_triple(curated_release: Release) -> None:
    """The graph holds what the store holds, under the prefixes of the project."""
    graph = to_rdflib(curated_release)

    assert len(graph) == curated_release.info.counts["triples"]
    treats = rdflib.URIRef(PREFIXES["ig"] + "treats")
    pair = (
        rdflib.URIRef(PREFIXES["id"] + "baclofen"),
        rdflib.URIRef(PREFIXES["id"] + "spasticity"),
    )
    assert (pair[0], treats, pair[1]) in graph
    assert dict(graph.namespaces())["ig"] == rdflib.URIRef(PREFIXES["ig"])


def test_a_folder_without_store_is_refused(tmp_path: Path) -> None:
    """The error names the folder."""
    with pytest.raises(ReleaseUnavailable, match="no store can be read here"):
        dump_ntriples(tmp_path / "missing")
