"""The expansion: every edge that can be on a path, level by level from a fixed entity."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from iatrograph.paths.edges import Edge, degrees, edges_from

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from iatrograph.catalog import Catalog
    from iatrograph.model import Direction
    from iatrograph.paths.pattern import Hop, Pattern

Level = dict[str, list[Edge]]


@dataclass(frozen=True, slots=True)
class Network:
    """The edges of each hop by the entity they start from, and what ranks them.

    ``spread[i]`` gives for each entity at position i the product of its degrees there: one for the
    hop it ends, one for the hop it starts.
    """

    levels: tuple[Level, ...]
    spread: tuple[Mapping[str, int], ...]
    labels: Mapping[str, str]

    def edge(self, hop: int, entities: Sequence[str]) -> Edge:
        """Return the edge of a hop on the path of these entities, which must be in the network."""
        start, end = entities[hop : hop + 2]
        return next(edge for edge in self.levels[hop][start] if edge.end == end)


def expand(catalog: Catalog, pattern: Pattern, anchors: Mapping[int, str]) -> Network:
    """Return the network of all paths of the pattern through the anchors (entity by position)."""
    levels = _prune(_useful_offers(_levels(catalog, pattern, anchors)))
    positions = [*(sorted(level) for level in levels), sorted(_ends(levels[-1]))]
    everything = sorted({entity for position in positions for entity in position})
    entities = catalog.entities(everything)
    return Network(
        levels=tuple(levels),
        spread=tuple(
            _spread(catalog, pattern.hops, index, ids) for index, ids in enumerate(positions)
        ),
        labels={
            entity: found.label if found else entity
            for entity, found in zip(everything, entities, strict=True)
        },
    )


def _levels(catalog: Catalog, pattern: Pattern, anchors: Mapping[int, str]) -> list[Level]:
    start = min(anchors)
    first = sorted(_allowed(catalog, [anchors[start]], pattern, start, anchors))
    levels: dict[int, Level] = {}
    frontier = first
    for index in range(start, len(pattern.hops)):
        edges = edges_from(catalog, frontier, pattern.hops[index])
        ends = _allowed(catalog, _unique(e.end for e in edges), pattern, index + 1, anchors)
        levels[index] = _by_start(edge for edge in edges if edge.end in ends)
        frontier = sorted(ends)
    frontier = first
    for index in reversed(range(start)):
        edges = edges_from(catalog, frontier, pattern.hops[index], backwards=True)
        starts = _allowed(catalog, _unique(e.start for e in edges), pattern, index, anchors)
        levels[index] = _by_start(edge for edge in edges if edge.start in starts)
        frontier = sorted(starts)
    return [levels[index] for index in range(len(pattern.hops))]


def _unique(ids: Iterable[str]) -> list[str]:
    return sorted(set(ids))


def _allowed(
    catalog: Catalog, ids: list[str], pattern: Pattern, position: int, anchors: Mapping[int, str]
) -> frozenset[str]:
    """Return those of the entities that may stand at the position."""
    if position in anchors:
        ids = [anchors[position]] if anchors[position] in ids else []
    kind = pattern.hops[position - 1].kind if position else None
    if kind is None:
        return frozenset(ids)
    found = catalog.entities(ids)
    return frozenset(entity.id for entity in found if entity and catalog.is_a(entity, kind))


def _by_start(edges: Iterable[Edge]) -> Level:
    level: Level = defaultdict(list)
    for edge in edges:
        level[edge.start].append(edge)
    return dict(level)


def _ends(level: Level) -> set[str]:
    return {edge.end for edges in level.values() for edge in edges}


def _useful_offers(levels: list[Level]) -> list[Level]:
    """Drop what holds only under conditions that no path here can meet."""
    reachable = {entity for level in levels for entity in (*level, *_ends(level))}
    return [_with_offers_on(level, reachable) for level in levels]


def _with_offers_on(level: Level, entities: set[str]) -> Level:
    if not any(edge.offers for edges in level.values() for edge in edges):
        return level
    met = (
        edge._replace(offers=edge.offers_on(entities)) if edge.offers else edge
        for edges in level.values()
        for edge in edges
    )
    return _by_start(edge for edge in met if edge.direct or edge.offers)


def _prune(levels: list[Level]) -> list[Level]:
    """Drop edges that lead to no end, or come from no start, of the pattern."""
    for index in reversed(range(len(levels) - 1)):
        levels[index] = _kept(levels[index], ends=set(levels[index + 1]))
    for index in range(1, len(levels)):
        before = _ends(levels[index - 1])
        levels[index] = {s: edges for s, edges in levels[index].items() if s in before}
    return levels


def _kept(level: Level, ends: set[str]) -> Level:
    kept = ((s, [edge for edge in edges if edge.end in ends]) for s, edges in level.items())
    return {start: edges for start, edges in kept if edges}


def _spread(
    catalog: Catalog, hops: Sequence[Hop], position: int, ids: list[str]
) -> Mapping[str, int]:
    """Return for each entity at a position the product of its degrees on the hops beside it."""
    spread = dict.fromkeys(ids, 1)
    beside: list[tuple[str, Direction]] = []
    if position > 0:
        beside.append((hops[position - 1].relation, hops[position - 1].reversed_direction))
    if position < len(hops):
        beside.append((hops[position].relation, hops[position].direction))
    for relation, direction in beside:
        for entity, degree in degrees(catalog, ids, relation, direction).items():
            spread[entity] *= degree
    return spread
