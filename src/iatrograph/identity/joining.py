"""Joining: which identifiers are one thing, under which id, and why.

Identifiers are joined over links alone: what entities state of themselves, and mappings. A name
never joins. What may not become one, and which links give way, stands in ``cutting``; which
identifier leads, in ``preference``.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TYPE_CHECKING

import networkx as nx

from iatrograph.errors import NotFound
from iatrograph.identity import reports
from iatrograph.identity.cutting import separate
from iatrograph.identity.kinds import Kinds
from iatrograph.identity.links import in_order, link_between, link_graph
from iatrograph.identity.merging import Name, leading_name, merge
from iatrograph.identity.preference import rank
from iatrograph.vocabulary import near_matches
from iatrograph.vocabulary import ontology as packaged

if TYPE_CHECKING:
    import collections.abc as abc

    from iatrograph.identity.links import Graph, Link, Mapping
    from iatrograph.identity.reports import Report
    from iatrograph.model import Entity
    from iatrograph.vocabulary import Ontology


@dataclass(frozen=True, slots=True)
class Member:
    """An identifier of a thing, and the links that lead to it from the thing's id."""

    id: str
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Identification:
    """What one thing was joined of, and what was reported about any of it.

    ``members`` are all its identifiers but the id itself, by the length of the way to them.
    """

    canonical: str
    members: tuple[Member, ...]
    reports: tuple[Report, ...]


@dataclass(frozen=True)
class Identity:
    """Which identifiers are one thing.

    ``canonicals`` has the id of the thing for every other identifier of it; what is not in it is
    its own id. ``reports`` are in the order of their kinds and ids.
    """

    canonicals: abc.Mapping[str, str]
    reports: tuple[Report, ...]
    ontology: Ontology = field(repr=False)
    kinds: Kinds = field(repr=False)
    _graph: Graph = field(repr=False)
    _others: abc.Mapping[str, tuple[str, ...]] = field(repr=False)
    _names: abc.Mapping[str, Name] = field(repr=False)

    def canonical(self, identifier: str) -> str:
        """Return the id of the thing that an identifier means; of an unknown one, itself."""
        return self.canonicals.get(identifier, identifier)

    def identifiers(self, canonical: str) -> tuple[str, ...]:
        """Return all other identifiers joined under an id, in order."""
        return self._others.get(canonical, ())

    def merged(self, entities: abc.Iterable[Entity]) -> tuple[Entity, ...]:
        """Return one entity a thing, by id.

        It has the label of the entity that leads (the curated one, if there is), all other names as
        synonyms, all kinds, and all identifiers that were stated or joined. Merging parts and then
        all of them gives what merging all at once gives.
        """
        things: dict[str, list[Entity]] = defaultdict(list)
        for entity in entities:
            things[self.canonical(entity.id)].append(entity)
        return tuple(self._merge(name, things[name]) for name in sorted(things))

    def _merge(self, canonical: str, same: abc.Sequence[Entity]) -> Entity:
        first = same[0]
        broader = {self.canonical(name) for entity in same for name in entity.broader}
        above = tuple(sorted(broader - {canonical}))
        if len(same) == 1 and first.id == canonical and canonical not in self._others:
            return first if above == first.broader else replace(first, broader=above)
        found = merge(canonical, same, self._names.get(canonical), self.kinds)
        joined = {*found.identifiers, *self.identifiers(canonical)}
        return replace(found, identifiers=tuple(sorted(joined)), broader=above)

    def explain(self, identifier: str) -> Identification:
        """Return what was joined with an identifier, over which links (a shortest way to each).

        Raises NotFound, with near matches, where nothing describes or joins it.
        """
        canonical = self.canonical(identifier)
        if canonical not in self.kinds:
            near = near_matches(identifier, (*self.kinds, *self.canonicals))
            raise NotFound("identifier", identifier, near)
        about = {canonical, *self.identifiers(canonical)}
        cluster = in_order(self._graph, filter(self._graph.has_node, about))
        ways = nx.single_source_shortest_path(cluster, canonical) if cluster else {}
        members = tuple(_member(cluster, way) for way in ways.values() if len(way) > 1)
        found = tuple(report for report in self.reports if about & {*report.ids})
        return Identification(canonical, members, found)


def _member(cluster: Graph, way: abc.Sequence[str]) -> Member:
    return Member(way[-1], tuple(link_between(cluster, a, b) for a, b in pairwise(way)))


def join(
    entities: abc.Iterable[Entity],
    mappings: abc.Iterable[Mapping],
    ontology: Ontology | None = None,
) -> Identity:
    """Join what entities state and mappings say; the order of either makes no difference.

    Entities are those of all contributions together, curated ones known by their slugs. Without an
    ontology that of the package is taken.
    """
    described = tuple(entities)
    words = ontology or packaged()
    kinds = Kinds(described, words)
    graph = link_graph(described, mappings)
    _forget_undescribed(graph, kinds)
    cuts = separate(graph, kinds)
    others: dict[str, tuple[str, ...]] = {}
    for component in nx.connected_components(graph):
        if len(component) > 1 and (known := [node for node in component if node in kinds]):
            together = kinds.ordered(kind for node in known for kind in kinds[node])
            lead = min(known, key=lambda node: rank(node, together))
            others[lead] = tuple(sorted(component - {lead}))
    canonicals = {node: lead for lead, nodes in others.items() for node in nodes}
    told = {
        *reports.of_cuts(cuts, kinds),
        *reports.of_contradictions(kinds),
        *reports.of_names(described, lambda name: canonicals.get(name, name), kinds),
    }
    for lead, nodes in others.items():
        told.update(reports.of_vocabularies(graph, lead, nodes))
    return Identity(
        canonicals=canonicals,
        reports=tuple(sorted(told, key=lambda one: (one.kind, one.ids, one.sentence))),
        ontology=words,
        kinds=kinds,
        _graph=graph,
        _others=others,
        _names=_names(described, canonicals, kinds),
    )


def _forget_undescribed(graph: Graph, kinds: Kinds) -> None:
    """Drop components of which no data set describes anything."""
    idle = [
        component
        for component in nx.connected_components(graph)
        if not any(node in kinds for node in component)
    ]
    for component in idle:
        graph.remove_nodes_from(component)


def _names(
    entities: abc.Iterable[Entity], canonicals: abc.Mapping[str, str], kinds: Kinds
) -> dict[str, Name]:
    """Return what leads among the names of each thing that is described more than once."""
    things: dict[str, list[Entity]] = defaultdict(list)
    for entity in entities:
        things[canonicals.get(entity.id, entity.id)].append(entity)
    return {
        canonical: leading_name(same, kinds) for canonical, same in things.items() if len(same) > 1
    }
