"""Finds rows of statements: by their ends, relation and filters, or by their keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt

from iatrograph.model import Direction, StatementFilter
from iatrograph.tables import layout
from iatrograph.tables.ragged import Gathered, Ragged, offsets_of, page

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from iatrograph.model.statement import StatementKey
    from iatrograph.tables.ragged import Flags, Ints, Rows
    from iatrograph.tables.rows import StatementRows


class Links(NamedTuple):
    """Statements at some entities, as columns of equal length.

    ``owner`` is the place of the entity among those asked, ``other`` the row of the entity at the
    other end, ``statement`` the row of the statement; ``is_conditional`` tells that some claim
    affirms it under conditions.
    """

    owner: Ints
    other: Rows
    statement: Rows
    support: npt.NDArray[np.int8]
    is_asserted: Flags
    is_conditional: Flags


class StatementIndex:
    """The offsets and keys beside the statements table. Unknown names find nothing."""

    def __init__(
        self, folder: Path, statements: StatementRows, entity_rows: Mapping[str, int]
    ) -> None:
        """Map the arrays in the folder of the tables."""
        self._statements, self._entity_rows = statements, entity_rows
        self._relations = {name: code for code, name in enumerate(statements.relations)}
        self._keys = np.load(folder / layout.STATEMENT_KEYS, mmap_mode="r").view(np.ndarray)
        self._adjacency = {
            Direction.OUT: Ragged.open(folder, layout.OUT),
            Direction.IN: Ragged.open(folder, layout.IN),
        }
        self._degrees: dict[tuple[frozenset[str], Direction], Ints] = {}

    def page(
        self,
        entity_rows: npt.NDArray[np.integer],
        relations: frozenset[str],
        direction: Direction,
        filters: StatementFilter,
        first: int | None,
        after: int,
    ) -> tuple[Gathered, Ints]:
        """Return the rows of a page for each entity, and how many each has in all."""
        found = self._of_relations(self._adjacency[direction].gather(entity_rows), relations)
        kept = self._filtered(found, filters)
        size = None if first is None else max(first, 0)
        return page(kept, len(entity_rows), size, max(after, 0))

    def links(
        self, entity_rows: npt.NDArray[np.integer], relations: frozenset[str], direction: Direction
    ) -> Links:
        """Return all statements of some relations at each entity."""
        rows, owner = self._of_relations(self._adjacency[direction].gather(entity_rows), relations)
        table = self._statements
        subject, value = table.subject[rows], table.object[rows]
        return Links(
            owner=owner,
            other=np.where(subject == entity_rows[owner], value, subject),
            statement=rows,
            support=table.support[rows],
            is_asserted=table.is_asserted[rows],
            is_conditional=table.is_conditional(rows),
        )

    def degrees(self, relations: frozenset[str], direction: Direction) -> Ints:
        """Return for every entity how many asserted statements of the relations it has."""
        key = relations, direction
        if key not in self._degrees:
            offsets, rows = self._adjacency[direction].offsets, self._adjacency[direction].values
            counts = self._wanted(relations)[self._statements.relation[rows]]
            before = offsets_of(counts & self._statements.is_asserted[rows])
            self._degrees[key] = before[offsets[1:]] - before[offsets[:-1]]
        return self._degrees[key]

    def _of_relations(self, found: Gathered, relations: frozenset[str]) -> Gathered:
        wanted = self._wanted(relations)
        if wanted.all():
            return found
        return _only(found, wanted[self._statements.relation[found.values]])

    def _wanted(self, relations: frozenset[str]) -> Flags:
        return np.array([name in relations for name in self._relations], dtype=bool)

    def _filtered(self, found: Gathered, filters: StatementFilter) -> Gathered:
        table = self._statements
        if filters.min_support is not None:
            found = _only(found, table.support[found.values] >= filters.min_support)
        if filters.is_asserted is not None:
            found = _only(found, table.is_asserted[found.values] == filters.is_asserted)
        if filters.is_contested is not None:
            found = _only(found, table.is_contested[found.values] == filters.is_contested)
        if filters.stances:
            bits = sum(1 << layout.STANCES.index(stance) for stance in filters.stances)
            found = _only(found, table.stances[found.values] & bits != 0)
        return found

    def rows(self, keys: Sequence[StatementKey]) -> Ints:
        """Return the row of each key, -1 for one that is not in the release."""
        packed = np.array([self._pack(key) for key in keys], dtype=np.int64)
        if not len(self._keys):
            return np.full(len(keys), -1, dtype=np.int64)
        at = np.minimum(np.searchsorted(self._keys, packed), len(self._keys) - 1)
        return np.where(self._keys[at] == packed, at, -1)

    def _pack(self, key: StatementKey) -> int:
        subject, value = self._entity_rows.get(key.subject), self._entity_rows.get(key.object)
        relation = self._relations.get(key.relation)
        if subject is None or value is None or relation is None:
            return -1
        sizes = len(self._relations), len(self._entity_rows)
        return layout.pack_key(subject, relation, value, *sizes)


def _only(found: Gathered, keep: Flags) -> Gathered:
    return Gathered(found.values[keep], found.owner[keep])
