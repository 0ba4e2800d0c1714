"""The triples of a release as N-Triples: those that were given, sorted, and those that follow.

They come as texts of whole lines, all lines of one subject together where there are many subjects.
"""

from __future__ import annotations

from heapq import merge
from itertools import chain
from typing import TYPE_CHECKING

from iatrograph.rdf import terms
from iatrograph.rdf import triples as rdf
from iatrograph.tables.arrow import Texts, order_by

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from iatrograph.model import Entity, Statement, StatementKey
    from iatrograph.tables import Tables
    from iatrograph.tables.intake import Intake
    from iatrograph.tables.ragged import Ints
    from iatrograph.vocabulary import Ontology


def given_texts(intake: Intake, tables: Tables, ontology: Ontology) -> Iterator[str]:
    """Yield the triples that were contributed as canonical N-Triples, lines sorted by code point.

    That is the order of ``LC_ALL=C sort``. The claims and statements, which are many, are sorted by
    their subjects and read from the tables, so that no more than a few thousand are held.
    """
    small = chain(
        chain.from_iterable(map(rdf.entity_lines, intake.entities)),
        chain.from_iterable(rdf.source_lines(source, ontology) for source in intake.sources),
        chain.from_iterable(map(rdf.reference_lines, intake.references)),
        chain.from_iterable(rdf.explanation_lines(told, ontology) for told in intake.explanations),
    )
    # No two of the three share a subject, so whole texts compare as their lines do.
    yield from merge(sorted(small), _claim_texts(tables, ontology), _key_texts(tables, ontology))


def _claim_texts(tables: Tables, ontology: Ontology) -> Iterator[str]:
    for claim in tables.claims_at(_order(map(terms.claim, tables.claim_ids()))):
        yield "".join(sorted(rdf.claim_lines(claim, ontology)))


def _key_texts(tables: Tables, ontology: Ontology) -> Iterator[str]:
    for key in tables.statement_keys_at(_order(map(terms.statement, tables.statement_keys()))):
        if not ontology.relations[key.relation].is_derived:
            yield "".join(sorted(rdf.statement_key_lines(key)))


def _order(subjects: Iterable[str]) -> Ints:
    texts = Texts()
    for subject in subjects:
        texts.append(subject)
    return order_by(texts.column())


def derived_texts(intake: Intake, tables: Tables, ontology: Ontology) -> Iterator[str]:
    """Yield what follows from the given triples, in no particular order, some lines twice."""
    yield from rdf.relation_lines(ontology)
    for given, entity in zip(intake.entities, tables.all_entities(), strict=True):
        yield from _entity_lines(given, entity, ontology)
    above = {entity.id: entity.broader for entity in intake.entities}
    for identifier in above:
        yield from rdf.broader_transitive_lines(identifier, _ancestors(identifier, above))
    for claim in tables.all_claims():
        yield rdf.about_line(claim)
    derived = [k for k in tables.statement_keys() if ontology.relations[k.relation].is_derived]
    origins = dict(zip(derived, tables.claim_ids_of(derived), strict=True))
    for statement in tables.all_statements():
        yield "".join(_statement_lines(statement, origins, ontology))


def _entity_lines(given: Entity, entity: Entity, ontology: Ontology) -> Iterator[str]:
    yield from rdf.entity_type_lines(given, ontology)
    yield from rdf.entity_type_lines(entity, ontology)
    this = terms.entity(entity.id)
    for name in (*entity.kinds, *entity.roles):
        if name not in given.kinds:
            yield f"{this} {rdf.TYPE} {terms.own(name)} .\n"


def _ancestors(identifier: str, above: Mapping[str, tuple[str, ...]]) -> list[str]:
    reached = dict.fromkeys(above[identifier])
    waiting = list(reached)
    while waiting:
        for broader in above.get(waiting.pop(), ()):
            if broader not in reached:
                reached[broader] = None
                waiting.append(broader)
    return list(reached)


def _statement_lines(
    statement: Statement, origins: Mapping[StatementKey, Sequence[str]], ontology: Ontology
) -> Iterator[str]:
    claims = origins.get(statement.key)
    if claims is None:
        yield from rdf.summary_lines(statement)
    else:
        yield from rdf.statement_lines(statement, claims)
    yield from rdf.statement_link_lines(statement.key, ontology)
    if statement.is_asserted:
        yield from rdf.edge_lines(statement.key, ontology)
