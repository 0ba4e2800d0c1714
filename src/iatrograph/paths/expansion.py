"""The expansion: every edge that can be on a path, level by level from a fixed entity."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import reduce
from typing import TYPE_CHECKING

import numpy as np

from iatrograph.paths.edges import OPEN, edges_from
from iatrograph.paths.offers import met
from iatrograph.tables.ragged import among, distinct

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy.typing as npt

    from iatrograph.catalog import Catalog
    from iatrograph.paths.edges import Edges
    from iatrograph.paths.pattern import Hop, Pattern
    from iatrograph.tables.ragged import Ints, Rows


@dataclass(frozen=True, slots=True)
class Network:
    """The edges of each hop, and for each position the degrees that rank what stands there.

    ``degrees[i]`` are one or two columns over all entities: of the hop that position i ends, and of
    the hop it starts.
    """

    levels: tuple[Edges, ...]
    degrees: tuple[tuple[Ints, ...], ...]

    def spread(self, position: int, rows: npt.NDArray[np.integer]) -> Ints:
        """Return the product of the degrees, each at least 1, of entities at a position."""
        return reduce(
            np.multiply, (np.maximum(1, column[rows]) for column in self.degrees[position])
        )


def expand(catalog: Catalog, pattern: Pattern, anchors: Mapping[int, int]) -> Network:
    """Return the network of all paths of the pattern through the anchors (entity by position)."""
    levels, positions = _levels(catalog, pattern, anchors)
    pruned = _prune(_useful_offers(levels, positions))
    degrees = (_degrees(catalog, pattern.hops, position) for position in range(len(levels) + 1))
    return Network(tuple(pruned), tuple(degrees))


def _levels(
    catalog: Catalog, pattern: Pattern, anchors: Mapping[int, int]
) -> tuple[list[Edges], list[Rows]]:
    """Return the edges of each hop, and what is reached at each position, ascending."""
    start = min(anchors)
    anchor = np.array([anchors[start]], dtype=np.int32)
    positions = {start: _allowed(catalog, anchor, pattern, start, anchors)}
    levels: dict[int, Edges] = {}
    for index in range(start, len(pattern.hops)):
        edges = edges_from(catalog, positions[index], pattern.hops[index])
        reached = _allowed(catalog, _distinct(edges.end), pattern, index + 1, anchors)
        levels[index] = edges.kept(among(edges.end, reached))
        positions[index + 1] = reached
    for index in reversed(range(start)):
        edges = edges_from(catalog, positions[index + 1], pattern.hops[index], backwards=True)
        reached = _allowed(catalog, _distinct(edges.start), pattern, index, anchors)
        levels[index] = edges.kept(among(edges.start, reached))
        positions[index] = reached
    hops = range(len(pattern.hops))
    return [levels[hop] for hop in hops], [positions[at] for at in (*hops, len(hops))]


def _distinct(rows: Rows) -> Rows:
    return distinct(rows.astype(np.int64)).astype(np.int32)


def _allowed(
    catalog: Catalog, rows: Rows, pattern: Pattern, position: int, anchors: Mapping[int, int]
) -> Rows:
    """Return those of the entities that may stand at the position."""
    if position in anchors:
        rows = rows[rows == anchors[position]]
    kind = pattern.hops[position - 1].kind if position else None
    if kind is None:
        return rows
    ids = catalog.tables.ids
    entities = catalog.entities([ids[row] for row in rows.tolist()])
    return rows[[entity is not None and catalog.is_a(entity, kind) for entity in entities]]


def _useful_offers(levels: list[Edges], positions: list[Rows]) -> list[Edges]:
    """Drop what holds only under conditions that no path here can meet."""
    needs = {
        row
        for edges in levels
        for offers in edges.offers.values()
        for offer in offers
        for row in offer.needs
    }
    if not needs:
        return levels
    wanted = np.array(sorted(needs), dtype=np.int32)
    reachable = {row for reached in positions for row in wanted[among(wanted, reached)].tolist()}
    return [_with_offers_on(edges, reachable) for edges in levels]


def _with_offers_on(edges: Edges, entities: set[int]) -> Edges:
    offers = {
        pair: useful for pair in edges.open_pairs() if (useful := met(edges.offers[pair], entities))
    }
    keep = edges.weight != OPEN
    pairs = np.array(list(offers), dtype=np.int64).reshape(-1, 2)
    keep[edges.places(pairs[:, 0], pairs[:, 1])] = True
    return replace(edges.kept(keep), offers=offers)


def _prune(levels: list[Edges]) -> list[Edges]:
    """Drop edges that lead to no end, or come from no start, of the pattern."""
    for index in reversed(range(len(levels) - 1)):
        edges = levels[index]
        levels[index] = edges.kept(among(edges.end, levels[index + 1].start))
    for index in range(1, len(levels)):
        edges = levels[index]
        levels[index] = edges.kept(among(edges.start, _distinct(levels[index - 1].end)))
    return levels


def _degrees(catalog: Catalog, hops: Sequence[Hop], position: int) -> tuple[Ints, ...]:
    """Return the degrees on the hops beside a position."""
    beside = []
    if position > 0:
        hop = hops[position - 1]
        beside.append(catalog.degrees(hop.relation, hop.reversed_direction))
    if position < len(hops):
        beside.append(catalog.degrees(hops[position].relation, hops[position].direction))
    return tuple(beside)
