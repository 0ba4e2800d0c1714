"""Links: what says that two identifiers are one thing, and how much that is worth."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING

import networkx as nx

from iatrograph.identity.spelling import prefix_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from iatrograph.model import Entity

    Graph = nx.Graph[str]


class Strength(IntEnum):
    """Where a link comes from; of two that contradict each other the weaker gives way."""

    CROSS_REFERENCE = 1
    """A table of cross-references, or a map that does not say what it means."""
    EXACT_MAPPING = 2
    """A mapping with an exact predicate."""
    STATED = 3
    """A data set states the identifier of its entity."""
    CURATED = 4
    """A curator states it."""


@dataclass(frozen=True, slots=True)
class Mapping:
    """Two identifiers that are one thing, and the file and 1-based line that say so."""

    subject: str
    object: str
    path: Path
    line: int
    strength: Strength = Strength.EXACT_MAPPING


@dataclass(frozen=True, slots=True)
class Link:
    """Two identifiers said to be one thing, and the place that says so."""

    subject: str
    object: str
    strength: Strength
    place: str

    def __str__(self) -> str:
        """``drugbank:DB00996 = pubchem.compound:3446 (drug-xrefs.tsv.gz:941)``."""
        return f"{self.subject} = {self.object} ({self.place})"


def _of_entity(entity: Entity, identifier: str) -> Link:
    strength = Strength.STATED if prefix_of(entity.id) else Strength.CURATED
    return Link(entity.id, identifier, strength, f"stated with {entity.id}")


def _of_mapping(mapping: Mapping) -> Link:
    place = f"{mapping.path.name}:{mapping.line}"
    return Link(mapping.subject, mapping.object, mapping.strength, place)


def link_graph(entities: Iterable[Entity], mappings: Iterable[Mapping]) -> Graph:
    """Return the graph of all links; of several between two identifiers it has the strongest."""
    graph: Graph = nx.Graph()
    for entity in entities:
        for identifier in entity.identifiers:
            if identifier != entity.id:
                _add(graph, _of_entity(entity, identifier))
    for mapping in mappings:
        _add(graph, _of_mapping(mapping))
    return graph


def _add(graph: Graph, link: Link) -> None:
    ends = link.subject, link.object
    if not graph.has_edge(*ends) or _rank(link) < _rank(link_between(graph, *ends)):
        graph.add_edge(*ends, link=link)


def _rank(link: Link) -> tuple[int, str, str]:
    return -link.strength, link.place, link.subject


def link_between(graph: Graph, one: str, other: str) -> Link:
    """Return the link between two neighbours."""
    link: Link = graph[one][other]["link"]
    return link


def in_order(graph: Graph, nodes: Iterable[str]) -> Graph:
    """Return the part of a graph over some nodes, the same whatever order it was built in."""
    part: Graph = nx.Graph()
    part.add_nodes_from(sorted(nodes))
    for node in list(part):
        for other in sorted(graph[node]):
            if other in part and node < other:
                part.add_edge(node, other, link=graph[node][other]["link"])
    return part
