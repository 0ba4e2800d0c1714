"""The primitives: entities, statements, claims and search, read from a release's tables."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING, Final

import numpy as np

from iatrograph.errors import ReleaseUnavailable
from iatrograph.model import SearchHit, StatementFilter, StatementPage
from iatrograph.tables import layout, rows
from iatrograph.tables.arrow import Batch, flattened
from iatrograph.tables.ragged import Ragged
from iatrograph.tables.search import SearchIndex
from iatrograph.tables.statement_index import StatementIndex
from iatrograph.vocabulary import contract

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    import numpy.typing as npt

    from iatrograph.model import (
        Claim,
        Direction,
        Entity,
        Explanation,
        Reference,
        Source,
        Statement,
    )
    from iatrograph.model.statement import StatementKey
    from iatrograph.tables.ragged import Gathered, Ints, Rows
    from iatrograph.tables.statement_index import Links

_ANY: Final = StatementFilter()
_CHUNK: Final = 8192


class Tables:
    """One release, read only. Everything is memory-mapped but names, which are lists.

    Statement keys and ids are strings outside and row numbers inside.
    """

    def __init__(self, folder: Path) -> None:
        """Map the tables of a release's folder; ``open`` translates what can go wrong."""
        tables = folder / layout.FOLDER
        self._tables = tables
        self._entity_batch = Batch.open(tables / layout.ENTITIES)
        self._ids: list[str] = self._entity_batch.column("id").to_pylist()
        self._labels: list[str] = self._entity_batch.column("label").to_pylist()
        self._rows = {identifier: row for row, identifier in enumerate(self._ids)}
        self._entities: dict[int, Entity] = {}
        self._statements = rows.StatementRows(Batch.open(tables / layout.STATEMENTS), self._ids)
        self._index = StatementIndex(tables, self._statements, self._rows)
        self._statement_claims = Ragged.open(tables, layout.STATEMENT_CLAIMS)
        self._claims = rows.ClaimRows(
            Batch.open(tables / layout.CLAIMS),
            self._statements.keys,
            {"entity": self._ids, "reference": list(self.references)},
            list(self.sources),
        )
        self._search = SearchIndex(folder / layout.SEARCH)

    @classmethod
    def open(cls, folder: Path) -> Tables:
        """Open the tables of a release's folder.

        Raises ReleaseUnavailable where a file is missing or not what it should be.
        """
        try:
            return cls(folder)
        except (OSError, EOFError, ValueError, KeyError, sqlite3.Error) as error:
            reason = f"its tables cannot be read ({error}); build the release again"
            raise ReleaseUnavailable(folder, reason) from error

    def close(self) -> None:
        """Close the search index; maps go when nobody looks at them any more."""
        self._search.close()

    # ---------- the primitives

    def entities(self, ids: Sequence[str]) -> list[Entity | None]:
        """Return the entities of these ids, None for an id that is not in the release."""
        wanted = [self._rows.get(identifier) for identifier in ids]
        self._read_entities([row for row in wanted if row is not None])
        return [None if row is None else self._entities[row] for row in wanted]

    def statements(
        self,
        ids: Sequence[str],
        relations: frozenset[str],
        direction: Direction,
        filters: StatementFilter = _ANY,
        first: int | None = None,
        after: int = 0,
    ) -> list[StatementPage]:
        """Return a page of statements for each id: whose subject it is (out) or object (in).

        Statements of symmetric relations are found from both ends in both directions. They come
        best supported first, then by the label of the other end, then by relation. ``after``
        statements are left out and ``first`` kept; an unknown id has none.
        """
        places = [place for place, name in enumerate(ids) if name in self._rows]
        entity_rows = np.array([self._rows[ids[place]] for place in places], dtype=np.int64)
        shown, totals = self._index.page(entity_rows, relations, direction, filters, first, after)
        statements = self._statements.values(shown.values)
        ends = np.cumsum(np.bincount(shown.owner, minlength=len(places))).tolist()
        pages = [StatementPage(0, ())] * len(ids)
        for place, total, start, end in zip(
            places, totals.tolist(), [0, *ends], ends, strict=False
        ):
            pages[place] = StatementPage(total, tuple(statements[start:end]))
        return pages

    def claims(self, keys: Sequence[StatementKey]) -> list[tuple[Claim, ...]]:
        """Return the claims on each statement, by id; those it derives from, of a derived one."""
        statement_rows = self._index.rows(keys)
        known = np.flatnonzero(statement_rows >= 0)
        claim_rows, owner = self._statement_claims.gather(statement_rows[known])
        distinct, places = np.unique(claim_rows, return_inverse=True)
        values = self._claims.values(distinct)
        found: list[list[Claim]] = [[] for _ in keys]
        for at, place in zip(known[owner].tolist(), places.tolist(), strict=True):
            found[at].append(values[place])
        return [tuple(some) for some in found]

    def search(self, text: str, kinds: frozenset[str] | None, limit: int) -> list[SearchHit]:
        """Return the entities whose names match best; ``kinds`` are exact kinds and roles."""
        matches = self._search.find(text, kinds, limit)
        self._read_entities([match.entity for match in matches])
        found = [(self._entities[match.entity], match) for match in matches]
        return [
            SearchHit(entity.id, entity.label, entity.kinds, match.text, match.score)
            for entity, match in found
        ]

    # ---------- the same by rows, for work on many statements

    def rows(self, ids: Sequence[str]) -> Rows:
        """Return the row of each entity. Raises KeyError for an id that is not in the release."""
        return np.array([self._rows[identifier] for identifier in ids], dtype=np.int32)

    def links(
        self, entity_rows: npt.NDArray[np.integer], relations: frozenset[str], direction: Direction
    ) -> Links:
        """Return the statements that ``statements`` pages through, as columns."""
        return self._index.links(entity_rows, relations, direction)

    def degrees(self, relations: frozenset[str], direction: Direction) -> Ints:
        """Return for the row of every entity how many asserted statements it has."""
        return self._index.degrees(relations, direction)

    def statements_at(self, statement_rows: npt.NDArray[np.integer]) -> list[Statement]:
        """Return the statements of some rows."""
        return self._statements.values(statement_rows)

    # ---------- the small whole tables, and listings

    @cached_property
    def sources(self) -> Mapping[str, Source]:
        """All sources by id."""
        return rows.read_sources(Batch.open(self._tables / layout.SOURCES))

    @cached_property
    def references(self) -> Mapping[str, Reference]:
        """All references by id."""
        return rows.read_references(Batch.open(self._tables / layout.REFERENCES))

    @cached_property
    def all_explanations(self) -> Mapping[str, Explanation]:
        """All explanations by id."""
        batch = Batch.open(self._tables / layout.EXPLANATIONS)
        return rows.read_explanations(batch, self._statements.keys)

    @cached_property
    def _explanations_of(self) -> Mapping[StatementKey, tuple[str, ...]]:
        return rows.by_statement(self.all_explanations)

    def explanations(self, keys: Sequence[StatementKey]) -> list[tuple[Explanation, ...]]:
        """Return the explanations of each statement, by id."""
        return [
            tuple(self.all_explanations[name] for name in self._explanations_of.get(key, ()))
            for key in keys
        ]

    def statement(self, keys: Sequence[StatementKey]) -> list[Statement | None]:
        """Return the statement of each key, None where the release has none."""
        statement_rows = self._index.rows(keys)
        values = iter(self._statements.values(statement_rows[statement_rows >= 0]))
        return [next(values) if row >= 0 else None for row in statement_rows.tolist()]

    def lookup(self, name: str) -> tuple[str, ...]:
        """Return the ids of entities so called, best first.

        A name is an id (slug or CURIE), the IRI of one, or in any spelling a label, a synonym or
        an identifier.
        """
        short = contract(name)
        if short in self._rows:
            return (short,)
        return tuple(self._ids[match.entity] for match in self._search.exact(short))

    def label(self, identifier: str) -> str:
        """Return the label of an entity of the release. Raises KeyError for another id."""
        return self._labels[self._rows[identifier]]

    @property
    def ids(self) -> Sequence[str]:
        """The ids of all entities, ascending."""
        return self._ids

    @property
    def labels(self) -> Sequence[str]:
        """The labels of all entities, in the order of their ids."""
        return self._labels

    def by_kind(self, kind: str) -> tuple[str, ...]:
        """Return the ids of the entities of a concrete kind, by label."""
        return self._members.get(kind, ())

    def by_role(self, role: str) -> tuple[str, ...]:
        """Return the ids of the entities that play a role, by label."""
        return self._members.get(role, ())

    @cached_property
    def _members(self) -> Mapping[str, tuple[str, ...]]:
        found: dict[str, list[str]] = defaultdict(list)
        label_places = np.argsort(sorted(range(len(self._ids)), key=self._labels.__getitem__))
        for column in ("kinds", "roles"):
            names, owners = flattened(self._entity_batch.column(column))
            places = np.argsort(label_places[owners], kind="stable")
            for place in places.tolist():
                found[names[place]].append(self._ids[owners[place]])
        return {name: tuple(ids) for name, ids in found.items()}

    def all_entities(self) -> Iterator[Entity]:
        """Yield all entities by id."""
        for start in range(0, len(self._ids), _CHUNK):
            chunk = range(start, min(start + _CHUNK, len(self._ids)))
            yield from rows.read_entities(self._entity_batch, chunk, self._ids)

    def all_statements(self) -> Iterator[Statement]:
        """Yield all statements, derived ones too, by subject, relation and object."""
        for chunk in _chunks(len(self._statements)):
            yield from self._statements.values(chunk)

    def all_claims(self) -> Iterator[Claim]:
        """Yield all claims by statement and id."""
        for chunk in _chunks(len(self._claims)):
            yield from self._claims.values(chunk)

    @cached_property
    def claim_columns(self) -> Batch:
        """The table of claims as it is stored."""
        return Batch.open(self._tables / layout.CLAIMS)

    @cached_property
    def statement_columns(self) -> Batch:
        """The table of statements as it is stored."""
        return Batch.open(self._tables / layout.STATEMENTS)

    def claims_of_rows(self, statements: npt.NDArray[np.integer]) -> Gathered:
        """Return the rows of the claims of some statements; those a derived one comes from."""
        return self._statement_claims.gather(statements)

    @property
    def counts(self) -> Mapping[str, int]:
        """How many there are of each."""
        return {
            "entities": len(self._ids),
            "statements": len(self._statements),
            "claims": len(self._claims),
            "sources": len(self.sources),
            "references": len(self.references),
            "explanations": len(self.all_explanations),
        }

    # ---------- inside

    def _read_entities(self, entity_rows: Sequence[int]) -> None:
        missing = sorted({row for row in entity_rows if row not in self._entities})
        if missing:
            values = rows.read_entities(self._entity_batch, missing, self._ids)
            self._entities.update(zip(missing, values, strict=True))


def _chunks(length: int) -> Iterator[npt.NDArray[np.int64]]:
    for start in range(0, length, _CHUNK):
        yield np.arange(start, min(start + _CHUNK, length))
