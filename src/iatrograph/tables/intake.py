"""Takes contributions in: entities once each, claims as columns sorted by statement."""

from __future__ import annotations

from array import array
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

import numpy as np

from iatrograph.errors import InvalidGraph, Problem, Rule
from iatrograph.tables import arrow, layout
from iatrograph.tables.dimension import dimensions
from iatrograph.tables.pieces import Pieces
from iatrograph.tables.ragged import distinct

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from iatrograph.model import Claim, Contribution, Entity, Explanation, Reference, Source
    from iatrograph.model.statement import StatementKey
    from iatrograph.tables.arrow import Column
    from iatrograph.tables.ragged import Ints
    from iatrograph.vocabulary import Ontology

    Progress = Callable[[str, int, int | None], None]

REPORT_EVERY: Final = 1 << 15
PIECE: Final = 1 << 17
"""Claims that are held as lists before they go to disk: about 100 MB."""


@dataclass(frozen=True, slots=True)
class Intake:
    """All that was contributed: values sorted by id, statement keys ascending, claim columns.

    ``statement_keys`` are packed numbers (``layout.pack_key``) over rows of ``entities`` and places
    in ``relations``; the claim column ``statement`` counts in them. ``notes`` belong to columns.
    """

    entities: tuple[Entity, ...]
    sources: tuple[Source, ...]
    references: tuple[Reference, ...]
    explanations: tuple[Explanation, ...]
    relations: tuple[str, ...]
    statement_keys: Ints
    claims: Mapping[str, Column]
    notes: Mapping[str, Mapping[str, str]]

    def without_claims(self) -> Intake:
        """Return the rest: the claims are large, and nobody needs them once they are written."""
        return replace(self, claims={}, statement_keys=self.statement_keys[:0])

    def packed(self, keys: Iterable[StatementKey]) -> Ints:
        """Return the packed numbers of statement keys."""
        rows = {entity.id: row for row, entity in enumerate(self.entities)}
        places = {name: place for place, name in enumerate(self.relations)}
        sizes = len(places), len(rows)
        packed = [layout.pack_key(rows[s], places[r], rows[o], *sizes) for s, r, o in keys]
        return np.array(packed, dtype=np.int64)


def take_in(
    contributions: Sequence[Contribution],
    ontology: Ontology,
    progress: Progress,
    folder: Path | None = None,
) -> Intake:
    """Read every contribution to its end.

    Where two contributions bring the same entity, the first one names it and the names of both
    hold. Claims are kept on disk, in ``folder`` or where the system has temporary files: never more
    than one column of all of them is in memory. Raises InvalidGraph for a claim about what nobody
    defines, or two claims of one id.
    """
    entities = _merged(entity for part in contributions for entity in part.entities)
    sources = {source.id: source for part in contributions for source in part.sources}
    references = {known.id: known for part in contributions for known in part.references}
    explanations = {told.id: told for part in contributions for told in part.explanations}
    told = {key: None for why in explanations.values() for key in _keys(why)}
    # What is mapped stays when its folder goes.
    with TemporaryDirectory(dir=folder) as name:
        names = sorted(entities), sorted(sources), sorted(references)
        collector = _Collector(ontology, *names, Pieces(Path(name)))
        _collect(collector, contributions, progress)
        keys, columns = collector.columns(told)
    return Intake(
        entities=tuple(entity for _, entity in sorted(entities.items())),
        sources=tuple(source for _, source in sorted(sources.items())),
        references=tuple(known for _, known in sorted(references.items())),
        explanations=tuple(why for _, why in sorted(explanations.items())),
        relations=collector.relations,
        statement_keys=keys,
        claims=columns,
        notes=collector.notes,
    )


def _collect(
    collector: _Collector, contributions: Iterable[Contribution], progress: Progress
) -> None:
    parts = tuple(contributions)
    expected = sum(part.claim_count for part in parts) or None
    for part in parts:
        for claim in part.claims:
            collector.add(claim)
            if len(collector) % REPORT_EVERY == 0:
                progress("claims", len(collector), expected)
    progress("claims", len(collector), len(collector))


def _keys(explanation: Explanation) -> tuple[StatementKey, ...]:
    return (*explanation.explains, *(step.statement for step in explanation.steps))


def _merged(entities: Iterable[Entity]) -> dict[str, Entity]:
    found: dict[str, Entity] = {}
    for entity in entities:
        first = found.get(entity.id)
        found[entity.id] = entity if first is None else _joined(first, entity)
    return found


def _joined(first: Entity, other: Entity) -> Entity:
    names = {*first.synonyms, *other.synonyms, other.label} - {first.label}
    return replace(
        first,
        kinds=tuple(dict.fromkeys(first.kinds + other.kinds)),
        synonyms=tuple(sorted(names)),
        definition=first.definition or other.definition,
        identifiers=tuple(sorted({*first.identifiers, *other.identifiers})),
        broader=tuple(sorted({*first.broader, *other.broader})),
    )


class _Names:
    """Few different words, many times: numbers in order of first use, in the end of spelling."""

    def __init__(self) -> None:
        self._places: dict[str, int] = {}
        self._codes = array("h")

    def append(self, name: str) -> None:
        self._codes.append(self._places.setdefault(name, len(self._places)))

    def column(self) -> Column:
        names = sorted(self._places)
        place = {name: new for new, name in enumerate(names)}
        new = np.array([place[name] for name in self._places], dtype=np.int32)
        codes = np.frombuffer(self._codes, dtype=np.int16)
        return arrow.coded(new[codes] if len(codes) else codes, names)


class _Collector:
    """Claims as they come: numbers in arrays, ids and qualifiers in pieces on disk."""

    def __init__(
        self,
        ontology: Ontology,
        entities: list[str],
        sources: list[str],
        references: list[str],
        pieces: Pieces,
    ) -> None:
        self.relations = tuple(sorted(ontology.relations))
        self._entities = {name: row for row, name in enumerate(entities)}
        self._relations = {name: place for place, name in enumerate(self.relations)}
        self._sources = {name: row for row, name in enumerate(sources)}
        self._stances = {stance: code for code, stance in enumerate(layout.STANCES)}
        self._references = {name: row for row, name in enumerate(references)}
        self._ontology, self._pieces = ontology, pieces
        self._keys, self._stance, self._source = array("q"), array("b"), array("i")
        self._levels, self._agents = _Names(), _Names()
        self._begin_piece()

    def _begin_piece(self) -> None:
        self._dimensions = dimensions(self._ontology, self._entities, self._references)
        self._ids: list[str] = []

    def _end_piece(self) -> None:
        columns = {"id": arrow.strings(self._ids)}
        for dimension in self._dimensions.values():
            columns[dimension.qualifier.column] = dimension.column(len(self._ids))
        self._pieces.add(columns)
        self._begin_piece()

    def __len__(self) -> int:
        return len(self._keys)

    @property
    def notes(self) -> dict[str, dict[str, str]]:
        return {d.qualifier.column: d.notes for d in self._dimensions.values()}

    def add(self, claim: Claim) -> None:
        """Take one claim."""
        row = len(self._ids)
        try:
            self._keys.append(self._pack(claim.statement))
            self._source.append(self._sources[claim.source])
            for name, values in claim.qualifiers.items():
                self._dimensions[name].add(row, values)
        except KeyError as error:
            message = f"{error.args[0]!r} is defined by no contribution and not in the ontology"
            raise InvalidGraph((Problem(claim.source, 0, claim.id, message, Rule.FORM),)) from error
        self._ids.append(claim.id)
        self._stance.append(self._stances[claim.stance])
        self._levels.append(claim.knowledge_level)
        self._agents.append(claim.agent_type)
        if len(self._ids) == PIECE:
            self._end_piece()

    def _pack(self, key: StatementKey) -> int:
        subject, relation, value = key
        return layout.pack_key(
            self._entities[subject],
            self._relations[relation],
            self._entities[value],
            len(self._relations),
            len(self._entities),
        )

    def columns(self, told: Iterable[StatementKey]) -> tuple[Ints, dict[str, Column]]:
        """Return the keys of all statements, and the claims sorted by statement and id."""
        self._end_piece()
        own = np.frombuffer(self._keys, dtype=np.int64)
        others = np.array([self._pack(key) for key in told], dtype=np.int64)
        keys = distinct(np.concatenate([own, others]))
        found = {
            "statement": arrow.numbers(np.searchsorted(keys, own).astype(np.int32)),
            "stance": arrow.coded(np.frombuffer(self._stance, dtype=np.int8), layout.STANCES),
            "source": arrow.numbers(np.frombuffer(self._source, dtype=np.int32)),
            "knowledge_level": self._levels.column(),
            "agent_type": self._agents.column(),
        }
        order = arrow.order_by(found["statement"], self._pieces.column("id"))
        order = self._once(found, order)
        columns = {
            name: self._pieces.kept(name, arrow.taken(found.pop(name), order))
            for name in tuple(found)
        }
        columns |= {name: self._pieces.mapped(name, order) for name in self._pieces.names()}
        return keys, columns

    def _once(self, found: Mapping[str, Column], order: Ints) -> Ints:
        """Drop claims that came twice. Raises InvalidGraph where one id says two things."""
        again = arrow.repeats(arrow.taken(self._pieces.column("id"), order))
        first, second = order[again - 1], order[again]
        differ = np.zeros(len(again), dtype=bool)
        for name in (*found, *self._pieces.names()) if len(again) else ():
            column = found[name] if name in found else self._pieces.column(name)
            before, after = (arrow.taken(column, rows).to_pylist() for rows in (first, second))
            differ |= [one != other for one, other in zip(before, after, strict=True)]
        if differ.any():
            ids = arrow.taken(self._pieces.column("id"), second[differ]).to_pylist()
            rows = arrow.taken(found["source"], second[differ]).to_pylist()
            sources = list(self._sources)
            message = "two claims have this id; number the second one"
            raise InvalidGraph(
                tuple(
                    Problem(sources[row], 0, name, message, Rule.ONE_PLACE)
                    for row, name in zip(rows, ids, strict=True)
                )
            )
        return np.delete(order, again)
