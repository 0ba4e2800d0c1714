"""The schema graph: which relations may join which kinds, before any data are asked."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import networkx as nx

from iatrograph.model import Direction
from iatrograph.paths.pattern import Hop

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from iatrograph.vocabulary import Ontology


def schema_graph(ontology: Ontology) -> nx.MultiDiGraph[str]:
    """Return the concrete classes as nodes and the relations as edges, keyed by their names.

    An edge says that the domain and range of the relation admit the pair, not that a statement
    exists. A symmetric relation is there both ways.
    """
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    graph.add_nodes_from(kind.name for kind in ontology.concrete_classes)
    for relation in ontology.relations.values():
        for subject, target in product(
            _members(ontology, relation.domain), _members(ontology, relation.range)
        ):
            graph.add_edge(subject, target, key=relation.name)
            if relation.is_symmetric:
                graph.add_edge(target, subject, key=relation.name)
    return graph


def typed_chains(
    graph: nx.MultiDiGraph[str], start: str, end: str, max_hops: int
) -> Iterator[tuple[Hop, ...]]:
    """Yield every chain of hops that may join two kinds, the shorter first, in order of names.

    Relations are walked both ways, and a kind may come twice. There are many: take what is needed.
    """
    distance = nx.single_source_shortest_path_length(graph.to_undirected(as_view=True), end)
    for hops in range(1, max_hops + 1):
        yield from _chains(graph, start, hops, distance)


def _chains(
    graph: nx.MultiDiGraph[str], start: str, hops: int, distance: Mapping[str, int]
) -> Iterator[tuple[Hop, ...]]:
    """Yield the chains of exactly so many hops to the kind that distances are counted to."""
    if hops == 0:
        yield ()
        return
    for hop in _hops(graph, start):
        if hop.kind is not None and distance.get(hop.kind, hops) < hops:
            for rest in _chains(graph, hop.kind, hops - 1, distance):
                yield (hop, *rest)


def _members(ontology: Ontology, name: str) -> tuple[str, ...]:
    """Return the concrete classes that are of a class, interface or role."""
    wanted = ontology.kind_of_role(name)
    return tuple(c.name for c in ontology.concrete_classes if wanted in c.ancestors)


def _hops(graph: nx.MultiDiGraph[str], kind: str) -> Iterator[Hop]:
    out = ((rel, Direction.OUT, other) for _, other, rel in graph.out_edges(kind, keys=True))
    back = ((rel, Direction.IN, other) for other, _, rel in graph.in_edges(kind, keys=True))
    for relation, direction, other in sorted({*out, *back}):
        yield Hop(relation, direction, other)
