"""The schema graph and the chains of relations that can join two kinds."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from iatrograph.model import Direction
from iatrograph.paths import CARE, Hop
from iatrograph.paths.schema_graph import schema_graph, typed_chains

if TYPE_CHECKING:
    from iatrograph.vocabulary import Ontology


def test_edges_follow_domain_and_range(ontology: Ontology) -> None:
    """A drug may treat a condition; nothing treats a drug."""
    graph = schema_graph(ontology)

    assert graph.has_edge("Drug", "Condition", "treats")
    assert not any(graph.has_edge(kind, "Drug", "treats") for kind in graph)


def test_symmetric_relations_lead_both_ways(ontology: Ontology) -> None:
    """What interacts with a drug class is interacted with by it."""
    graph = schema_graph(ontology)

    assert graph.has_edge("Drug", "DrugClass", "interactsWith")
    assert graph.has_edge("DrugClass", "Drug", "interactsWith")


def test_the_care_pattern_is_among_the_chains(ontology: Ontology) -> None:
    """From conditions to therapies in three hops lead, among others, the hops of care paths."""
    graph = schema_graph(ontology)
    wanted = {
        ("Drug", "Condition", "treats"),
        ("Drug", "Effect", "mayCause"),
        ("Therapy", "Effect", "addresses"),
    }
    graph.remove_edges_from(set(graph.edges(keys=True)) - wanted)
    kinds = ("Drug", "Effect", "Therapy")
    expected = tuple(
        Hop(hop.relation, hop.direction, kind) for hop, kind in zip(CARE.hops, kinds, strict=True)
    )

    assert list(typed_chains(graph, "Condition", "Therapy", 3)) == [expected]


def test_shorter_chains_come_first(ontology: Ontology) -> None:
    """Chains are made as they are taken, the direct ones before all others."""
    chains = list(islice(typed_chains(schema_graph(ontology), "Effect", "Drug", 4), 500))

    assert [len(chain) for chain in chains] == sorted(len(chain) for chain in chains)
    assert (Hop("hasSideEffect", Direction.IN, "Drug"),) in chains


def test_no_chain_leads_to_a_kind_that_nothing_joins(ontology: Ontology) -> None:
    """A kind without relations is reached by no chain, however long."""
    graph = schema_graph(ontology)
    graph.add_node("Weather")

    assert list(typed_chains(graph, "Drug", "Weather", 5)) == []
