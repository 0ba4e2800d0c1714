"""The ranking: the k best paths of a network, in order, without listing the others."""

from __future__ import annotations

import heapq
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from iatrograph.paths.edges import Edge
    from iatrograph.paths.expansion import Network

MAX_WEIGHT = 8


class Rank(NamedTuple):
    """What paths are ordered by, least first: negated evidence weight, degrees, labels, ids."""

    negated_weight: int
    degree_product: int
    labels: tuple[str, ...]
    entities: tuple[str, ...]


class _Prefix(NamedTuple):
    """A path without its last hop; ``open_edges`` are those that hold under conditions only."""

    entities: tuple[str, ...]
    weight: int
    degree_product: int
    open_edges: tuple[Edge, ...]


def rank(network: Network, limit: int) -> tuple[int, list[Rank]]:
    """Return how many paths there are, and the best of them in order."""
    last_edges = _LastEdges(network)
    total = 0
    outright: list[tuple[Rank, _Prefix]] = []
    tried: list[Rank] = []
    for prefix in _prefixes(network):
        conditional = list(_try_each(network, prefix))
        tried += conditional
        total += len(conditional)
        if not prefix.open_edges:
            total += last_edges.count(prefix)
            first = next(last_edges.ranked(prefix), None)
            if first is not None:
                outright.append((first, prefix))
    # A prefix whose own best path is not among the best cannot hold any of them.
    leading = heapq.nsmallest(limit, outright, key=lambda item: item[0])
    ranked = heapq.merge(*(last_edges.ranked(prefix) for _, prefix in leading), sorted(tried))
    return total, list(islice(ranked, limit))


def _prefixes(network: Network) -> Iterator[_Prefix]:
    *levels, last = network.levels
    starts = levels[0] if levels else last
    stack = [
        _Prefix((entity,), MAX_WEIGHT, network.spread[0][entity], ())
        for entity in sorted(starts, reverse=True)
    ]
    while stack:
        prefix = stack.pop()
        position = len(prefix.entities)
        if position > len(levels):
            yield prefix
            continue
        stack.extend(
            _longer(prefix, edge, network.spread[position][edge.end])
            for edge in levels[position - 1].get(prefix.entities[-1], ())
            if edge.end not in prefix.entities
        )


def _longer(prefix: _Prefix, edge: Edge, spread: int) -> _Prefix:
    weight = edge.direct[0].support or 0 if edge.direct else MAX_WEIGHT
    return _Prefix(
        (*prefix.entities, edge.end),
        min(prefix.weight, weight),
        prefix.degree_product * spread,
        prefix.open_edges if edge.direct else (*prefix.open_edges, edge),
    )


def _try_each(network: Network, prefix: _Prefix) -> Iterator[Rank]:
    """Yield the ranks of those paths of a prefix that hold under conditions, all met on them."""
    for edge in network.levels[-1].get(prefix.entities[-1], ()):
        if edge.end in prefix.entities or not (prefix.open_edges or edge.offers):
            continue
        entities = (*prefix.entities, edge.end)
        weights = [e.weight_on(entities) for e in (*prefix.open_edges, edge)]
        if None not in weights:
            weight = min(prefix.weight, *(w for w in weights if w is not None))
            yield _rank(network, prefix, edge, weight)


def _rank(network: Network, prefix: _Prefix, edge: Edge, weight: int) -> Rank:
    entities = (*prefix.entities, edge.end)
    return Rank(
        -weight,
        prefix.degree_product * network.spread[-1][edge.end],
        tuple(network.labels[entity] for entity in entities),
        entities,
    )


class _LastEdges:
    """The outright edges of the last hop: counted, and in order of rank, sorted once an entity."""

    def __init__(self, network: Network) -> None:
        self._network = network
        self._direct = {
            start: [edge for edge in edges if edge.direct]
            for start, edges in network.levels[-1].items()
        }
        self._ends = {s: {e.end for e in edges} for s, edges in self._direct.items()}
        self._sorted: dict[tuple[str, int], list[Edge]] = {}

    def count(self, prefix: _Prefix) -> int:
        """Return how many of them lead on from the prefix to an entity that is not on it."""
        ends = self._ends.get(prefix.entities[-1], set())
        return len(ends) - sum(entity in ends for entity in prefix.entities)

    def ranked(self, prefix: _Prefix) -> Iterator[Rank]:
        """Yield the ranks of the paths that a prefix makes with them, best first."""
        for edge in self._by_rank(prefix.entities[-1], prefix.weight):
            if edge.end not in prefix.entities:
                weight = min(prefix.weight, edge.direct[0].support or 0)
                yield _rank(self._network, prefix, edge, weight)

    def _by_rank(self, start: str, weight: int) -> list[Edge]:
        key = (start, weight)
        if key not in self._sorted:
            spread, labels = self._network.spread[-1], self._network.labels
            self._sorted[key] = sorted(
                self._direct.get(start, ()),
                key=lambda edge: (
                    -min(weight, edge.direct[0].support or 0),
                    spread[edge.end],
                    labels[edge.end],
                    edge.end,
                ),
            )
        return self._sorted[key]
