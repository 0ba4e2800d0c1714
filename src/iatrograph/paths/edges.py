"""The edges of one hop as columns: which entities it joins, outright or under conditions."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np

from iatrograph.paths.offers import read_offers
from iatrograph.tables.ragged import among, offsets_of

if TYPE_CHECKING:
    import numpy.typing as npt

    from iatrograph.catalog import Catalog
    from iatrograph.paths.offers import Offers, Pair
    from iatrograph.paths.pattern import Hop
    from iatrograph.tables.ragged import Flags, Ints, Rows

OPEN: Final = -1
"""The weight of an edge that holds under conditions only."""

_SHIFT: Final = 32


@dataclass(frozen=True, slots=True)
class Edges:
    """Pairs of neighbours on a path, in its order: rows of entities, ascending, each pair once.

    ``pair`` is one number for start and end. ``weight`` is the support of the best asserted
    statement between them, ``OPEN`` where there is none: then ``offers`` has the conditional claims
    that might stand in. The rows of the asserted statements are ``count`` of ``statements`` from
    ``first`` on.
    """

    pair: Ints
    start: Rows
    end: Rows
    weight: npt.NDArray[np.int8]
    first: Ints
    count: Ints
    statements: Rows
    offers: Offers

    def __len__(self) -> int:
        """Return how many pairs there are."""
        return len(self.start)

    def kept(self, which: Flags) -> Edges:
        """Return some of the edges."""
        columns = ("pair", "start", "end", "weight", "first", "count")
        return replace(self, **{name: getattr(self, name)[which] for name in columns})

    def span(self, starts: npt.NDArray[np.integer]) -> tuple[Ints, Ints]:
        """Return for each entity where the edges that start from it begin and end."""
        return (
            np.searchsorted(self.start, starts, "left"),
            np.searchsorted(self.start, starts, "right"),
        )

    def places(self, starts: npt.NDArray[np.integer], ends: npt.NDArray[np.integer]) -> Ints:
        """Return where the edge of each pair is, -1 where there is none."""
        if not len(self):
            return np.full(len(starts), -1, dtype=np.int64)
        wanted = _packed(starts, ends)
        at = np.minimum(np.searchsorted(self.pair, wanted), len(self) - 1)
        return np.where(self.pair[at] == wanted, at, -1)

    def statements_of(self, place: int) -> Rows:
        """Return the rows of the asserted statements of an edge."""
        first = self.first[place]
        return self.statements[first : first + self.count[place]]

    def open_pairs(self) -> list[Pair]:
        """Return the pairs that hold under conditions only."""
        is_open = self.weight == OPEN
        return list(zip(self.start[is_open].tolist(), self.end[is_open].tolist(), strict=True))


def edges_from(catalog: Catalog, near: Rows, hop: Hop, *, backwards: bool = False) -> Edges:
    """Return all edges of a hop at the entities, which stand before it, or behind if backwards.

    One call for the statements of all of them, and one for the claims of the conditional ones.
    """
    direction = hop.reversed_direction if backwards else hop.direction
    links = catalog.links(near, hop.relation, direction)
    here = near[links.owner]
    start, end = (links.other, here) if backwards else (here, links.other)
    pairs = _packed(start, end)
    is_proper = start != end
    held = np.flatnonzero(links.is_asserted & is_proper)
    held = held[np.argsort(pairs[held], kind="stable")]
    joined, count = _runs(pairs[held])
    first = offsets_of(count)[:-1]
    weight = np.maximum.reduceat(links.support[held], first) if len(held) else links.support[held]
    maybe = np.flatnonzero(links.is_conditional & ~links.is_asserted & is_proper)
    maybe = maybe[~among(pairs[maybe], joined)]
    named = list(zip(start[maybe].tolist(), end[maybe].tolist(), strict=True))
    offers = read_offers(catalog, named, links.statement[maybe])
    return _together(joined, weight, first, count, links.statement[held], offers)


def _together(
    joined: Ints,
    weight: npt.NDArray[np.int8],
    first: Ints,
    count: Ints,
    statements: Rows,
    offers: Offers,
) -> Edges:
    """Put the pairs that are joined outright and those with offers into one order."""
    ends = np.array(list(offers), dtype=np.int64).reshape(-1, 2)
    none = np.zeros(len(offers), dtype=np.int64)
    pairs = np.concatenate([joined, _packed(ends[:, 0], ends[:, 1])])
    order = np.argsort(pairs, kind="stable")
    pairs = pairs[order]
    return Edges(
        pair=pairs,
        start=(pairs >> _SHIFT).astype(np.int32),
        end=(pairs & ((1 << _SHIFT) - 1)).astype(np.int32),
        weight=np.concatenate([weight, np.full(len(offers), OPEN, dtype=np.int8)])[order],
        first=np.concatenate([first, none])[order],
        count=np.concatenate([count, none])[order],
        statements=statements,
        offers=offers,
    )


def _packed(start: npt.NDArray[np.integer], end: npt.NDArray[np.integer]) -> Ints:
    return start.astype(np.int64) << _SHIFT | end


def _runs(ordered: Ints) -> tuple[Ints, Ints]:
    """Return the different numbers of an ascending array, and how often each stands there."""
    is_new = np.ones(len(ordered), dtype=bool)
    np.not_equal(ordered[1:], ordered[:-1], out=is_new[1:])
    places = np.flatnonzero(is_new)
    return ordered[places], np.diff(places, append=len(ordered))
