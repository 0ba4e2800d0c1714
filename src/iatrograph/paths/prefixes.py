"""The prefixes: paths without their last hop, as columns, some hundred thousand at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from iatrograph.paths.edges import OPEN
from iatrograph.tables.ragged import distinct, offsets_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy.typing as npt

    from iatrograph.paths.expansion import Network
    from iatrograph.tables.ragged import Flags, Ints, Rows

MAX_WEIGHT: Final = 8

AT_ONCE: Final = 1 << 18
"""Prefixes that are held at once: what is longer is worked off in turn."""


@dataclass(frozen=True, slots=True)
class Prefixes:
    """One row a prefix: what ranks it, and whether some edge of it holds under conditions only.

    ``weight`` is the least of its edges that hold outright, ``degree_product`` that of all degrees
    of its entities.
    """

    entities: npt.NDArray[np.int32]
    weight: npt.NDArray[np.int8]
    degree_product: npt.NDArray[np.float64]
    is_open: Flags

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self.weight)

    @property
    def last(self) -> Rows:
        """The entities that the last hop starts from."""
        return self.entities[:, -1]

    def kept(self, which: Flags | Ints | slice) -> Prefixes:
        """Return some of them."""
        return Prefixes(
            self.entities[which],
            self.weight[which],
            self.degree_product[which],
            self.is_open[which],
        )

    @classmethod
    def together(cls, parts: list[Prefixes]) -> Prefixes:
        """Return all of several parts."""
        return cls(
            np.concatenate([part.entities for part in parts]),
            np.concatenate([part.weight for part in parts]),
            np.concatenate([part.degree_product for part in parts]),
            np.concatenate([part.is_open for part in parts]),
        )


def prefixes(network: Network) -> Iterator[Prefixes]:
    """Yield all prefixes of a network that visit no entity twice, in parts."""
    starts = distinct(network.levels[0].start.astype(np.int64)).astype(np.int32)
    yield from _grown(
        network,
        Prefixes(
            starts.reshape(-1, 1),
            np.full(len(starts), MAX_WEIGHT, dtype=np.int8),
            network.spread(0, starts).astype(np.float64),
            np.zeros(len(starts), dtype=bool),
        ),
    )


def _grown(network: Network, short: Prefixes) -> Iterator[Prefixes]:
    """Yield the prefixes that begin with some shorter ones."""
    level = short.entities.shape[1] - 1
    if level == len(network.levels) - 1:
        if len(short):
            yield short
        return
    begin, end = network.levels[level].span(short.last)
    for some in _pieces(end - begin):
        yield from _grown(network, _longer(network, short.kept(some), begin[some], end[some]))


def _pieces(counts: Ints) -> Iterator[slice]:
    """Yield runs of rows that have together no more than is held at once, or single rows."""
    before, start = offsets_of(counts), 0
    while start < len(counts):
        stop = int(np.searchsorted(before, before[start] + AT_ONCE, "right")) - 1
        yield slice(start, stop := max(stop, start + 1))
        start = stop


def _longer(network: Network, short: Prefixes, begin: Ints, end: Ints) -> Prefixes:
    """Return each prefix with each edge behind it that leads to an entity it has not."""
    level = short.entities.shape[1] - 1
    edges, counts = network.levels[level], end - begin
    owner = np.repeat(np.arange(len(short)), counts)
    place = np.arange(len(owner)) + np.repeat(begin - offsets_of(counts)[:-1], counts)
    before = short.entities[owner]
    reached = edges.end[place]
    is_new = (before != reached[:, np.newaxis]).all(axis=1)
    owner, place, before, reached = owner[is_new], place[is_new], before[is_new], reached[is_new]
    weight = edges.weight[place]
    is_open = weight == OPEN
    return Prefixes(
        np.column_stack([before, reached]),
        np.minimum(short.weight[owner], np.where(is_open, MAX_WEIGHT, weight)).astype(np.int8),
        short.degree_product[owner] * network.spread(level + 1, reached),
        short.is_open[owner] | is_open,
    )
