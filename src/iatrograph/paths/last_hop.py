"""The last hop of the paths of a network: never multiplied out where it holds outright."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from iatrograph.paths.edges import OPEN
from iatrograph.paths.offers import met
from iatrograph.paths.prefixes import MAX_WEIGHT
from iatrograph.tables.ragged import among

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from iatrograph.paths.expansion import Network
    from iatrograph.paths.offers import Offer
    from iatrograph.paths.prefixes import Prefixes
    from iatrograph.tables.ragged import Flags, Ints

_BITS: Final = 52
"""Room for a product of two degrees below the weight."""


class Outright(NamedTuple):
    """What the edges that hold outright make of each prefix.

    So many ``paths``, of which none ranks before ``lack`` (8 less the weight) and
    ``degree_product``; ``is_reached`` tells that one ranks just there.
    """

    paths: Ints
    lack: Ints
    degree_product: np.ndarray[tuple[int], np.dtype[np.float64]]
    is_reached: Flags


class End(NamedTuple):
    """Where a path ends: its weight, the row of the entity, and the product of its degrees."""

    weight: int
    row: int
    spread: int


class LastHop:
    """The edges of the last hop: those that hold outright as columns, the others one by one."""

    def __init__(self, network: Network) -> None:
        """Take the network."""
        self._network, self._edges = network, network.levels[-1]
        self._direct = self._edges.kept(self._edges.weight != OPEN)
        self._spread = network.spread(len(network.levels), self._direct.end)
        self._open_ends: dict[int, list[int]] = defaultdict(list)
        for start, end in self._edges.open_pairs():
            self._open_ends[start].append(end)
        self._open_starts = np.array(sorted(self._open_ends), dtype=np.int32)
        self.ends_by_rank = cache(self._ends_by_rank)

    def outright(self, prefixes: Prefixes) -> Outright:
        """Look at prefixes of edges that all hold outright."""
        begin, end = self._direct.span(prefixes.last)
        excluded = np.zeros(len(prefixes), dtype=np.int64)
        for position in range(prefixes.entities.shape[1] - 1):
            column = prefixes.entities[:, position]
            excluded += self._direct.places(prefixes.last, column) >= 0
        best = np.zeros(len(prefixes), dtype=np.int64)
        there = end > begin
        first = np.flatnonzero(np.diff(self._direct.start, prepend=-1))
        for weight in set(prefixes.weight[there].tolist()):
            which = there & (prefixes.weight == weight)
            least = np.minimum.reduceat(self._keys(weight), first)
            best[which] = least[np.searchsorted(first, begin[which])]
        return Outright(
            paths=end - begin - excluded,
            lack=best >> _BITS,
            degree_product=prefixes.degree_product * (best & ((1 << _BITS) - 1)),
            is_reached=excluded == 0,
        )

    def _keys(self, weight: int) -> Ints:
        """Return one number an edge that orders them behind a prefix, names apart."""
        lack = MAX_WEIGHT - np.minimum(weight, self._direct.weight).astype(np.int64)
        return lack << _BITS | self._spread

    def _ends_by_rank(self, start: int, weight: int, limit: int) -> list[End]:
        """Return the ends that can be the best so many behind a prefix of a weight.

        In no order; those that tie with the last of them are among them.
        """
        begin, end = (int(bound[0]) for bound in self._direct.span(np.array([start])))
        keys = self._keys(weight)[begin:end]
        if len(keys) > limit:
            keep = keys <= np.partition(keys, limit - 1)[limit - 1]
        else:
            keep = np.ones(len(keys), dtype=bool)
        weights = np.minimum(weight, self._direct.weight[begin:end][keep])
        ends, spread = self._direct.end[begin:end][keep], self._spread[begin:end][keep]
        return list(map(End, weights.tolist(), ends.tolist(), spread.tolist()))

    def may_be_open(self, prefixes: Prefixes) -> Flags:
        """Return which prefixes have, or lead to, an edge that holds under conditions only."""
        flags: Flags = prefixes.is_open | among(prefixes.last, self._open_starts)
        return flags

    def tried(self, entities: tuple[int, ...], weight: int) -> Iterator[End]:
        """Yield the ends of the paths of a prefix that hold under conditions, all met."""
        open_edges = self._open_edges(entities)
        start = entities[-1]
        for end in self._candidates(entities, open_edges):
            if end in entities:
                continue
            path = (*entities, end)
            own = self._network.levels[-1].offers.get((start, end), ())
            needed = [*open_edges, own] if own else open_edges
            best = [met(offers, path) for offers in needed]
            if all(best):
                place = self._edges.places(np.array([start]), np.array([end]))[0]
                direct = MAX_WEIGHT if own else int(self._edges.weight[place])
                least = min(weight, direct, *(offers[0].weight for offers in best))
                yield End(least, end, int(self._network.spread(len(entities), np.array([end]))[0]))

    def _open_edges(self, entities: tuple[int, ...]) -> list[tuple[Offer, ...]]:
        pairs = zip(self._network.levels, entities, entities[1:], strict=False)
        return [
            edges.offers[start, end] for edges, start, end in pairs if (start, end) in edges.offers
        ]

    def _candidates(
        self, entities: tuple[int, ...], open_edges: Sequence[tuple[Offer, ...]]
    ) -> list[int]:
        """Return the ends to try: all, or those that some edge of the prefix still needs."""
        start = entities[-1]
        if not open_edges:
            return self._open_ends[start]
        begin, end = (int(bound[0]) for bound in self._edges.span(np.array([start])))
        ends: list[int] = self._edges.end[begin:end].tolist()
        for offers in open_edges:
            lacking = [offer.needs.difference(entities) for offer in offers]
            if all(lacking):
                wanted = {entity for one in lacking if len(one) == 1 for entity in one}
                ends = [entity for entity in ends if entity in wanted]
        return ends
