"""The ranking: the k best paths of a network, in order, without listing the others."""

from __future__ import annotations

import heapq
import math
from itertools import islice
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from iatrograph.paths.last_hop import LastHop
from iatrograph.paths.prefixes import Prefixes, prefixes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from iatrograph.catalog import Catalog
    from iatrograph.paths.expansion import Network
    from iatrograph.paths.last_hop import End, Outright
    from iatrograph.tables.ragged import Ints

_SLACK: Final = 1 + 1e-9
"""Products of degrees are compared as floats first; what is as near as this is kept."""


class Rank(NamedTuple):
    """What paths are ordered by, least first: negated evidence weight, degrees, labels, ids.

    ``rows`` are the rows of the entities.
    """

    negated_weight: int
    degree_product: int
    labels: tuple[str, ...]
    entities: tuple[str, ...]
    rows: tuple[int, ...]


def rank(catalog: Catalog, network: Network, limit: int) -> tuple[int, list[Rank]]:
    """Return how many paths there are, and the best of them in order."""
    if not all(map(len, network.levels)):
        return 0, []
    search = _Search(catalog, network, limit)
    for some in prefixes(network):
        search.look_at(some)
    return search.total, search.best()


class _Search:
    """Counts the paths of prefixes, part by part, and keeps those that can be among the best."""

    def __init__(self, catalog: Catalog, network: Network, limit: int) -> None:
        self._network, self._limit = network, limit
        self._ids, self._labels = catalog.tables.ids, catalog.tables.labels
        self._last = LastHop(network)
        self._tried: list[Rank] = []
        self._leading: list[Prefixes] = []
        self.total = 0

    def look_at(self, some: Prefixes) -> None:
        """Count the paths of some prefixes, and keep what may be among the best."""
        may_be_open = self._last.may_be_open(some)
        for prefix, weight in _listed(some.kept(may_be_open)):
            found = self._ranks(prefix, self._last.tried(prefix, weight))
            self.total += len(found)
            self._tried = heapq.nsmallest(self._limit, [*self._tried, *found])
        outright = some.kept(~some.is_open)
        found_outright = self._last.outright(outright)
        self.total += int(found_outright.paths.sum())
        self._leading.append(outright.kept(_leading(found_outright, self._limit)))

    def best(self) -> list[Rank]:
        """Return the best paths in order."""
        if not self._leading:
            return []
        kept = Prefixes.together(self._leading)
        kept = kept.kept(_leading(self._last.outright(kept), self._limit))
        ranked = (self._ranked(prefix, weight) for prefix, weight in _listed(kept))
        return list(islice(heapq.merge(*ranked, sorted(self._tried)), self._limit))

    def _ranked(self, prefix: tuple[int, ...], weight: int) -> list[Rank]:
        """Return the best paths that a prefix makes outright, in order."""
        ends = self._last.ends_by_rank(prefix[-1], weight, self._limit + len(prefix))
        found = self._ranks(prefix, (end for end in ends if end.row not in prefix))
        return heapq.nsmallest(self._limit, found)

    def _ranks(self, prefix: tuple[int, ...], ends: Iterable[End]) -> list[Rank]:
        """Return the ranks of the paths that a prefix makes with some ends."""
        found, ids, labels = list(ends), self._ids, self._labels
        if not found:
            return []
        product = math.prod(
            int(self._network.spread(position, np.array([row]))[0])
            for position, row in enumerate(prefix)
        )
        own_labels, own_ids = (tuple([names[row] for row in prefix]) for names in (labels, ids))
        return [
            Rank(
                -weight,
                product * spread,
                (*own_labels, labels[row]),
                (*own_ids, ids[row]),
                (*prefix, row),
            )
            for weight, row, spread in found
        ]


def _listed(some: Prefixes) -> Iterator[tuple[tuple[int, ...], int]]:
    """Yield the entities and the weight of each prefix."""
    entities = map(tuple, some.entities.tolist())
    yield from zip(entities, some.weight.tolist(), strict=True)


def _leading(found: Outright, limit: int) -> Ints:
    """Return which prefixes can hold one of the best paths.

    Where as many prefixes have a path that ranks better for sure, a prefix cannot.
    """
    has_paths = found.paths > 0
    sure = np.flatnonzero(has_paths & found.is_reached)
    if len(sure) < limit or not limit:
        return np.flatnonzero(has_paths) if limit else sure[:0]
    order = np.lexsort((found.degree_product[sure], found.lack[sure]))
    worst = sure[order[limit - 1]]
    lack, product = found.lack[worst], found.degree_product[worst] * _SLACK
    return np.flatnonzero(
        has_paths
        & ((found.lack < lack) | ((found.lack == lack) & (found.degree_product <= product)))
    )
