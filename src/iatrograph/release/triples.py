"""The triples of a release as N-Triples: those that were given, sorted, and those that follow.

They come as bytes of whole lines. Claims and statements, which are many, are written by columns;
what is written of one claim or statement is what ``rdf.triples`` writes of it.
"""

from __future__ import annotations

from bisect import bisect_left
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, Final

import numpy as np

from iatrograph.model.statement import encoded
from iatrograph.rdf import terms
from iatrograph.rdf import triples as rdf
from iatrograph.release.columns import Lines, Objects, booleans, integers, iris, where
from iatrograph.tables import arrow, layout
from iatrograph.vocabulary import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import numpy.typing as npt

    from iatrograph.model import Entity
    from iatrograph.tables import Tables
    from iatrograph.tables.arrow import Batch, Column
    from iatrograph.tables.intake import Intake
    from iatrograph.tables.ragged import Ints, Ragged
    from iatrograph.vocabulary import Ontology, Relation

Text = bytes | memoryview
"""Whole lines in UTF-8."""

_ROWS: Final = 1 << 13
"""So many claims or statements are written at once: a few megabytes, that stay in the cache."""


class Triples:
    """The triples of what was taken in and derived, out of its tables."""

    def __init__(self, intake: Intake, tables: Tables, ontology: Ontology) -> None:
        self._intake, self._tables, self._ontology = intake, tables, ontology
        self._claims, self._statements = tables.claim_columns, tables.statement_columns
        self._ends = {name: self._statements.array(name) for name in ("subject", "object")}
        self._relation = self._statements.array("relation")
        self._relations = arrow.names_of(self._statements.column("relation"))

    # ---------- what was given

    def given(self) -> Iterator[Text]:
        """Yield the triples that were contributed as canonical N-Triples, sorted by code point.

        That is the order of ``LC_ALL=C sort``.
        """
        small = sorted(self._small_lines())
        # No other subject begins as those of claims and statements do.
        claims = bisect_left(small, f"<{PREFIXES['cl']}")
        statements = bisect_left(small, f"<{PREFIXES['st']}")
        yield "".join(small[:claims]).encode()
        yield from self._claim_texts()
        yield "".join(small[claims:statements]).encode()
        yield from self._key_texts()
        yield "".join(small[statements:]).encode()

    @property
    def given_parts(self) -> int:
        """How many texts ``given`` yields."""
        return 3 + _count(len(self._claims)) + _count(len(self._claimed))

    @cached_property
    def _claimed(self) -> npt.NDArray[np.int64]:
        """The rows of the statements that are claimed, or told of in an explanation."""
        derived = [self._ontology.relations[name].is_derived for name in self._relations]
        return np.flatnonzero(~np.array(derived)[self._relation])

    def _small_lines(self) -> Iterator[str]:
        intake, ontology = self._intake, self._ontology
        yield from chain.from_iterable(map(rdf.entity_lines, intake.entities))
        for source in intake.sources:
            yield from rdf.source_lines(source, ontology)
        yield from chain.from_iterable(map(rdf.reference_lines, intake.references))
        for told in intake.explanations:
            yield from rdf.explanation_lines(told, ontology)

    def _claim_texts(self) -> Iterator[Text]:
        # The names are equal before and after the stem is put before them.
        order = arrow.order_by(iris("", self._claims.column("id")))
        for rows in _chunks(order):
            yield self._claim_text(self._claims.take(rows))

    def _claim_text(self, batch: Batch) -> Text:
        """Return the lines of some claims, as ``rdf.claim_lines`` has them, sorted."""
        lines = Lines(iris(PREFIXES["cl"], batch.column("id")))
        single = self._single_objects(batch)
        several = self._several_objects(batch)
        for predicate in sorted({*single, *several}):
            if predicate in single:
                lines.add(predicate, single[predicate])
            else:
                lines.add_lists(predicate, *several[predicate])
        return lines.text()

    def _single_objects(self, batch: Batch) -> dict[str, Column | str]:
        statements = self._statement_iris(batch.array("statement"))
        stances = batch.array("stance")
        sources = arrow.strings([terms.source(source.id) for source in self._intake.sources])
        found: dict[str, Column | str] = {
            rdf.TYPE: terms.own("Claim"),
            rdf.SOURCE: arrow.taken(sources, batch.array("source")),
            rdf.KNOWLEDGE_LEVEL: _words(batch, "knowledge_level"),
            rdf.AGENT_TYPE: _words(batch, "agent_type"),
        }
        for code, stance in enumerate(layout.STANCES):
            here = np.where(stances == code, np.arange(len(stances)), -1)
            found[terms.own(stance.value)] = arrow.texts_at(statements, here)
        for name, qualifier in self._ontology.qualifiers.items():
            column = batch.column(qualifier.column)
            if arrow.has_values(column) and not arrow.is_list(column):
                found[terms.own(name)] = self._objects.of(qualifier, column)
        return found

    def _several_objects(self, batch: Batch) -> dict[str, tuple[Ints, Column]]:
        found = {}
        for name, qualifier in self._ontology.qualifiers.items():
            column = batch.column(qualifier.column)
            if arrow.has_values(column) and arrow.is_list(column):
                values, owners = arrow.parts_of(column)
                found[terms.own(name)] = owners, self._objects.of(qualifier, values)
        return found

    def _key_texts(self) -> Iterator[Text]:
        rows = self._claimed
        parts = [self._statement_parts(chunk) for chunk in _chunks(rows)]
        names = arrow.together([arrow.joined(*part, ">") for part in parts])
        for chunk in _chunks(rows[arrow.order_by(names)]):
            lines = Lines(self._statement_iris(chunk))
            relations = arrow.strings([terms.own(name) for name in self._relations])
            lines.add(rdf.OBJECT, arrow.taken(self._entities, self._ends["object"][chunk]))
            lines.add(rdf.PREDICATE, arrow.taken(relations, self._relation[chunk]))
            lines.add(rdf.SUBJECT, arrow.taken(self._entities, self._ends["subject"][chunk]))
            lines.add(rdf.TYPE, terms.own("Statement"))
            yield lines.text()

    # ---------- what follows

    def derived(self) -> Iterator[Text]:
        """Yield what follows from the given triples, in no particular order, some lines twice."""
        yield "".join(self._small_derived()).encode()
        for rows in _chunks(np.arange(len(self._claims))):
            batch = self._claims.take(rows)
            lines = Lines(iris(PREFIXES["cl"], batch.column("id")))
            lines.add(terms.own("about"), self._statement_iris(batch.array("statement")))
            yield lines.text()
        for place, name in enumerate(self._relations):
            for rows in _chunks(np.flatnonzero(self._relation == place)):
                yield from self._statement_texts(rows, self._ontology.relations[name])

    @property
    def derived_parts(self) -> int:
        """About how many texts ``derived`` yields: most statements have edges, too."""
        return 1 + _count(len(self._claims)) + 2 * _count(len(self._statements))

    def _small_derived(self) -> Iterator[str]:
        yield from rdf.relation_lines(self._ontology)
        given = self._intake.entities
        for before, entity in zip(given, self._tables.all_entities(), strict=True):
            yield from _entity_lines(before, entity, self._ontology)
        above = {entity.id: entity.broader for entity in given}
        for identifier in above:
            yield from rdf.broader_transitive_lines(identifier, _ancestors(identifier, above))

    def _statement_texts(self, rows: Ints, relation: Relation) -> Iterator[Text]:
        """Yield what follows for some statements of one relation."""
        subjects, objects = (arrow.taken(self._entities, end[rows]) for end in self._ends.values())
        statements = self._statement_iris(rows)
        lines = Lines(statements)
        if relation.is_derived:
            lines.add(rdf.TYPE, terms.own("Statement"))
            lines.add(rdf.SUBJECT, subjects)
            lines.add(rdf.PREDICATE, terms.own(relation.name))
            lines.add(rdf.OBJECT, objects)
            claims, owners = self._tables.claims_of_rows(rows)
            ids = arrow.taken(self._claims.column("id"), claims)
            lines.add_lists(terms.own("derivedFrom"), owners, iris(PREFIXES["cl"], ids))
        self._summarise(lines, rows)
        for name in relation.ancestors:
            lines.add(terms.edge(name), objects)
        yield lines.text()
        yield from self._edge_texts(subjects, objects, self._flags("is_asserted", rows), relation)

    def _summarise(self, lines: Lines, rows: Ints) -> None:
        """Add what ``rdf.summary_lines`` has."""
        for name, column in _FIGURES.items():
            lines.add(terms.own(name), integers(self._statements.array(column)[rows]))
        lines.add(terms.own("asserted"), booleans(self._flags("is_asserted", rows)))
        contested = where(self._flags("is_contested", rows), terms.own("ContestedStatement"))
        lines.add(rdf.TYPE, contested)
        confounded = self._flags("possible_confounding_by_indication", rows)
        lines.add(
            terms.own("possibleConfoundingByIndication"), where(confounded, terms.boolean(True))
        )
        contexts, owners = self._conditions.gather(rows)
        lines.add_lists(terms.own("conditionalOn"), owners, arrow.taken(self._entities, contexts))

    def _edge_texts(
        self, subjects: Column, objects: Column, held: npt.NDArray[np.bool_], relation: Relation
    ) -> Iterator[Text]:
        """Yield the direct edges of statements that are asserted."""
        rows = np.flatnonzero(held)
        ends = arrow.taken(subjects, rows), arrow.taken(objects, rows)
        forth, back = rdf.edges_of(relation, self._ontology)
        for names, subject, value in ((forth, *ends), (back, *reversed(ends))):
            lines = Lines(subject)
            for name in names:
                lines.add(terms.own(name), value)
            if names:
                yield lines.text()

    # ---------- columns that many lines are made of

    @cached_property
    def _entities(self) -> Column:
        return arrow.strings([terms.entity(entity.id) for entity in self._intake.entities])

    @cached_property
    def _objects(self) -> Objects:
        known = [terms.reference(reference.id) for reference in self._intake.references]
        linked = {"entity": self._entities, "reference": arrow.strings(known)}
        return Objects(self._ontology, linked)

    @cached_property
    def _ids(self) -> Column:
        """The entities as they stand in ids of statements."""
        return arrow.strings([encoded(entity.id) for entity in self._intake.entities])

    @cached_property
    def _conditions(self) -> Ragged:
        return arrow.ragged_of(self._statements.column("conditional_on"))

    def _statement_parts(self, rows: Ints) -> tuple[Column, ...]:
        relations = arrow.strings([f".{encoded(name)}." for name in self._relations])
        subject, value = (arrow.taken(self._ids, end[rows]) for end in self._ends.values())
        return subject, arrow.taken(relations, self._relation[rows]), value

    def _statement_iris(self, rows: Ints) -> Column:
        return arrow.joined(f"<{PREFIXES['st']}", *self._statement_parts(rows), ">")

    def _flags(self, name: str, rows: Ints) -> npt.NDArray[np.bool_]:
        return self._statements.array(name)[rows].astype(bool)


_FIGURES: Final = {
    "support": "support",
    "opposition": "opposition",
    "claimCount": "claim_count",
    "lineageCount": "lineage_count",
}
"""Properties of a statement that are numbers, and their columns."""


def _chunks(rows: npt.NDArray[np.int64]) -> Iterator[npt.NDArray[np.int64]]:
    for start in range(0, len(rows), _ROWS):
        yield rows[start : start + _ROWS]


def _count(rows: int) -> int:
    """Return how many chunks there are of so many rows."""
    return -(-rows // _ROWS)


def lines_in(text: Text) -> int:
    """Return how many lines, that is triples, a text has."""
    return int(np.count_nonzero(np.frombuffer(text, dtype=np.uint8) == ord("\n")))


def _words(batch: Batch, name: str) -> Column:
    column = batch.column(name)
    texts = arrow.strings([terms.literal(word) for word in arrow.names_of(column)])
    return arrow.taken(texts, arrow.array_of(column))


def _entity_lines(given: Entity, entity: Entity, ontology: Ontology) -> Iterator[str]:
    yield from rdf.entity_type_lines(given, ontology)
    yield from rdf.entity_type_lines(entity, ontology)
    this = terms.entity(entity.id)
    for name in (*entity.kinds, *entity.roles):
        if name not in given.kinds:
            yield f"{this} {rdf.TYPE} {terms.own(name)} .\n"


def _ancestors(identifier: str, above: Mapping[str, Sequence[str]]) -> list[str]:
    reached = dict.fromkeys(above[identifier])
    waiting = list(reached)
    while waiting:
        for broader in above.get(waiting.pop(), ()):
            if broader not in reached:
                reached[broader] = None
                waiting.append(broader)
    return list(reached)
