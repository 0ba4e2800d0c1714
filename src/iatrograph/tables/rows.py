"""Rows of tables to values: entities, statements, claims, sources, explanations."""

from __future__ import annotations

from collections import defaultdict
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np

from iatrograph.model import (
    Claim,
    Entity,
    Explanation,
    Reference,
    Source,
    Statement,
    StatementKey,
    Step,
)
from iatrograph.tables import arrow, layout

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import numpy.typing as npt

    from iatrograph.tables.arrow import Batch, Column


def read_entities(batch: Batch, rows: Sequence[int], ids: Sequence[str]) -> list[Entity]:
    """Return entities; ``ids`` are the ids of all rows."""
    return [
        Entity(
            id=record["id"],
            label=record["label"],
            kinds=tuple(record["kinds"]),
            roles=tuple(record["roles"]),
            synonyms=tuple(record["synonyms"]),
            definition=record["definition"],
            identifiers=tuple(record["identifiers"]),
            broader=tuple(ids[row] for row in record["broader"]),
        )
        for record in batch.take(np.array(rows, dtype=np.int64)).rows()
    ]


class StatementRows:
    """The statements table as arrays, and its rows as values."""

    def __init__(self, batch: Batch, ids: Sequence[str]) -> None:
        self.relations = arrow.names_of(batch.column("relation"))
        self.subject, self.relation, self.object = (
            batch.array(name) for name in ("subject", "relation", "object")
        )
        self.support, self.opposition = batch.array("support"), batch.array("opposition")
        self.claim_count, self.lineage_count = (
            batch.array("claim_count"),
            batch.array("lineage_count"),
        )
        self.is_asserted = batch.array("is_asserted").view(np.bool_)
        self.is_contested = batch.array("is_contested").view(np.bool_)
        self.possible_confounding_by_indication = batch.array(
            "possible_confounding_by_indication"
        ).view(np.bool_)
        self.stances = batch.array("stances")
        self._conditions = arrow.ragged_of(batch.column("conditional_on"))
        self._ids = ids

    def __len__(self) -> int:
        return len(self.subject)

    def keys(self, rows: npt.NDArray[np.integer]) -> list[StatementKey]:
        """Return the keys of some rows."""
        ids, relations = self._ids, self.relations
        return [
            StatementKey(ids[subject], relations[relation], ids[value])
            for subject, relation, value in zip(
                self.subject[rows].tolist(),
                self.relation[rows].tolist(),
                self.object[rows].tolist(),
                strict=True,
            )
        ]

    def values(self, rows: npt.NDArray[np.integer]) -> list[Statement]:
        """Return the statements of some rows."""
        columns = zip(
            self.keys(rows),
            map(_given, self.support[rows].tolist()),
            map(_given, self.opposition[rows].tolist()),
            self.claim_count[rows].tolist(),
            self.lineage_count[rows].tolist(),
            self.is_asserted[rows].tolist(),
            self.is_contested[rows].tolist(),
            self._conditions_of(rows),
            self.possible_confounding_by_indication[rows].tolist(),
            strict=True,
        )
        return [Statement(*column) for column in columns]

    def is_conditional(self, rows: npt.NDArray[np.integer]) -> npt.NDArray[np.bool_]:
        """Return which of some rows hold under conditions, if at all."""
        offsets = self._conditions.offsets
        conditional: npt.NDArray[np.bool_] = offsets[rows + 1] > offsets[rows]
        return conditional

    def _conditions_of(self, rows: npt.NDArray[np.integer]) -> list[tuple[str, ...]]:
        offsets, values = self._conditions.offsets, self._conditions.values
        bounds = zip(offsets[rows].tolist(), offsets[rows + 1].tolist(), strict=True)
        return [
            tuple(self._ids[row] for row in values[start:end]) if end > start else ()
            for start, end in bounds
        ]


def _given(weight: int) -> int | None:
    return None if weight == layout.NONE else weight


class ClaimRows:
    """The claims table, and its rows as values."""

    def __init__(
        self,
        batch: Batch,
        keys: Callable[[npt.NDArray[np.integer]], list[StatementKey]],
        linked: Mapping[str, Sequence[str]],
        sources: Sequence[str],
    ) -> None:
        self._batch, self._keys, self._sources = batch, keys, sources
        self._statement, self._stance = batch.array("statement"), batch.array("stance")
        self._source = batch.array("source")
        self._qualifiers = [
            _QualifierColumn(note["qualifier"], batch.column(column), linked.get(note["kind"]))
            for column, note in batch.notes().items()
        ]
        self._words = {
            name: arrow.names_of(batch.column(name)) for name in ("knowledge_level", "agent_type")
        }

    def __len__(self) -> int:
        return len(self._batch)

    def ids(self, rows: npt.NDArray[np.integer]) -> list[str]:
        """Return the ids of some rows."""
        return arrow.values_at(self._batch.column("id"), rows) or []

    def values(self, rows: npt.NDArray[np.integer]) -> list[Claim]:
        """Return the claims of some rows."""
        columns = zip(
            self.ids(rows),
            self._keys(self._statement[rows]),
            (layout.STANCES[code] for code in self._stance[rows].tolist()),
            (self._sources[row] for row in self._source[rows].tolist()),
            self._qualifiers_of(rows),
            self._words_at("knowledge_level", rows),
            self._words_at("agent_type", rows),
            strict=True,
        )
        return [Claim(*column) for column in columns]

    def _words_at(self, name: str, rows: npt.NDArray[np.integer]) -> list[str]:
        codes = arrow.array_of(self._batch.column(name))[rows].tolist()
        words = self._words[name]
        return [words[code] for code in codes]

    def _qualifiers_of(
        self, rows: npt.NDArray[np.integer]
    ) -> list[MappingProxyType[str, tuple[str, ...]]]:
        found: list[dict[str, tuple[str, ...]]] = [{} for _ in range(len(rows))]
        for column in self._qualifiers:
            for place, values in enumerate(column.at(rows)):
                if values is not None:
                    found[place][column.name] = values
        return [MappingProxyType(mapping) for mapping in found]


class _QualifierColumn:
    """The column of one qualifier; ``ids`` are those of the table its row numbers point to."""

    def __init__(self, name: str, column: Column, ids: Sequence[str] | None) -> None:
        self.name, self._column, self._ids = name, column, ids
        self._given = arrow.Given(column)
        is_coded = arrow.is_coded(column)
        self._concepts = tuple((key,) for key in arrow.names_of(column)) if is_coded else None

    def at(self, rows: npt.NDArray[np.integer]) -> Sequence[tuple[str, ...] | None]:
        """Return the values of each row, None where it has none; nothing where no row has any."""
        if not self._given.any_at(rows):
            return ()
        if self._concepts is not None:
            return arrow.named_at(self._column, rows, self._concepts) or ()
        values = arrow.values_at(self._column, rows) or ()
        return [None if value is None else self._texts(value) for value in values]

    def _texts(self, value: Any) -> tuple[str, ...]:
        if self._ids is not None:
            return tuple(self._ids[row] for row in value)
        return (value,) if isinstance(value, str) else tuple(value)


def read_sources(batch: Batch) -> dict[str, Source]:
    """Return all sources by id."""
    return {record["id"]: Source(**record) for record in batch.rows()}


def read_references(batch: Batch) -> dict[str, Reference]:
    """Return all references by id."""
    return {
        record["id"]: Reference(**record | {"identifiers": tuple(record["identifiers"])})
        for record in batch.rows()
    }


def read_explanations(
    batch: Batch, keys: Callable[[npt.NDArray[np.integer]], list[StatementKey]]
) -> dict[str, Explanation]:
    """Return all explanations by id."""

    def key(row: int) -> StatementKey:
        return keys(np.array([row]))[0]

    found = {}
    for record in batch.rows():
        explains = tuple(key(row) for row in record.pop("explains"))
        steps = tuple(
            Step(**step | {"statement": key(step["statement"])}) for step in record.pop("steps")
        )
        found[record["id"]] = Explanation(**record, explains=explains, steps=steps)
    return found


def by_statement(explanations: Mapping[str, Explanation]) -> dict[StatementKey, tuple[str, ...]]:
    """Return the ids of the explanations of each statement that has some."""
    found: dict[StatementKey, list[str]] = defaultdict(list)
    for identifier, explanation in explanations.items():
        for key in explanation.explains:
            found[key].append(identifier)
    return {key: tuple(ids) for key, ids in found.items()}
