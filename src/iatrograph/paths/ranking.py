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


Bound = tuple[int, int]
"""The first two parts of a rank."""


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
    outright: list[tuple[Bound, _Prefix]] = []
    tried: list[Rank] = []
    for prefix in _prefixes(network):
        conditional = list(last_edges.tried(prefix))
        tried += conditional
        total += len(conditional)
        if not prefix.open_edges:
            total += last_edges.count(prefix)
            bound = last_edges.bound(prefix)
            if bound is not None:
                outright.append((bound, prefix))
    ranked = (last_edges.ranked(prefix) for prefix in _leading(outright, limit))
    return total, list(islice(heapq.merge(*ranked, sorted(tried)), limit))


def _leading(outright: list[tuple[Bound, _Prefix]], limit: int) -> list[_Prefix]:
    """Return the prefixes that can hold one of the best paths.

    Where as many prefixes have a better best path of their own, a prefix cannot.
    """
    best = heapq.nsmallest(limit, (bound for bound, _ in outright))
    return [prefix for bound, prefix in outright if best and bound <= best[-1]]


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
    weight = edge.weight if edge.direct else MAX_WEIGHT
    return _Prefix(
        (*prefix.entities, edge.end),
        min(prefix.weight, weight),
        prefix.degree_product * spread,
        prefix.open_edges if edge.direct else (*prefix.open_edges, edge),
    )


def _rank(network: Network, prefix: _Prefix, edge: Edge, weight: int) -> Rank:
    entities = (*prefix.entities, edge.end)
    return Rank(
        -weight,
        prefix.degree_product * network.spread[-1][edge.end],
        tuple(network.labels[entity] for entity in entities),
        entities,
    )


class _LastEdges:
    """The edges of the last hop, by the entity they start from.

    Those that hold outright are counted, and sorted by rank once an entity; the others are tried.
    """

    def __init__(self, network: Network) -> None:
        self._network = network
        level = network.levels[-1]
        self._all = level
        self._direct = {s: [e for e in edges if e.direct] for s, edges in level.items()}
        self._open = {s: [e for e in edges if e.offers] for s, edges in level.items()}
        self._ends = {s: {e.end for e in edges} for s, edges in self._direct.items()}
        self._sorted: dict[tuple[str, int], list[Edge]] = {}

    def tried(self, prefix: _Prefix) -> Iterator[Rank]:
        """Yield the ranks of the paths of a prefix that hold under conditions, all met on them."""
        candidates = self._all if prefix.open_edges else self._open
        for edge in candidates.get(prefix.entities[-1], ()):
            if edge.end not in prefix.entities:
                entities = (*prefix.entities, edge.end)
                weights = [e.weight_on(entities) for e in (*prefix.open_edges, edge)]
                met = [weight for weight in weights if weight is not None]
                if len(met) == len(weights):
                    yield _rank(self._network, prefix, edge, min(prefix.weight, *met))

    def count(self, prefix: _Prefix) -> int:
        """Return how many lead outright from the prefix to an entity that is not on it."""
        ends = self._ends.get(prefix.entities[-1], set())
        return len(ends) - sum(entity in ends for entity in prefix.entities)

    def bound(self, prefix: _Prefix) -> Bound | None:
        """Return where the best path of a prefix ranks, names apart; None if it has none."""
        for edge in self._by_rank(prefix.entities[-1], prefix.weight):
            if edge.end not in prefix.entities:
                product = prefix.degree_product * self._network.spread[-1][edge.end]
                return (-min(prefix.weight, edge.weight), product)
        return None

    def ranked(self, prefix: _Prefix) -> Iterator[Rank]:
        """Yield the ranks of the paths that a prefix makes outright, best first."""
        for edge in self._by_rank(prefix.entities[-1], prefix.weight):
            if edge.end not in prefix.entities:
                yield _rank(self._network, prefix, edge, min(prefix.weight, edge.weight))

    def _by_rank(self, start: str, weight: int) -> list[Edge]:
        key = (start, weight)
        if key not in self._sorted:
            spread, labels = self._network.spread[-1], self._network.labels
            self._sorted[key] = sorted(
                self._direct.get(start, ()),
                key=lambda edge: (
                    -min(weight, edge.weight),
                    spread[edge.end],
                    labels[edge.end],
                    edge.end,
                ),
            )
        return self._sorted[key]
