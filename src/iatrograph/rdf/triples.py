"""Model values to N-Triples lines: strings only, so that millions of claims are written fast.

Each function yields whole lines, full stop and line feed included. What curators write and what the
build derives are apart: ``entity_lines``, ``source_lines``, ``reference_lines``, ``claim_lines``,
``statement_key_lines`` and ``explanation_lines`` give back exactly what ``read_curated`` reads.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from iatrograph.rdf import terms
from iatrograph.vocabulary import PREFIXES
from iatrograph.vocabulary.ontology import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

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
    from iatrograph.vocabulary import Ontology, Qualifier, Relation

TYPE: Final = terms.iri(PREFIXES["rdf"] + "type")
SUBJECT: Final = terms.iri(PREFIXES["rdf"] + "subject")
PREDICATE: Final = terms.iri(PREFIXES["rdf"] + "predicate")
OBJECT: Final = terms.iri(PREFIXES["rdf"] + "object")
LABEL: Final = terms.iri(PREFIXES["rdfs"] + "label")
SUB_PROPERTY_OF: Final = terms.iri(PREFIXES["rdfs"] + "subPropertyOf")
OBJECT_PROPERTY: Final = terms.iri(PREFIXES["owl"] + "ObjectProperty")
SYNONYM: Final = terms.iri(PREFIXES["skos"] + "altLabel")
DEFINITION: Final = terms.iri(PREFIXES["skos"] + "definition")
EXACT_MATCH: Final = terms.iri(PREFIXES["skos"] + "exactMatch")
BROADER: Final = terms.iri(PREFIXES["skos"] + "broader")
BROADER_TRANSITIVE: Final = terms.iri(PREFIXES["skos"] + "broaderTransitive")
SOURCE: Final = terms.iri(PREFIXES["dcterms"] + "source")
TITLE: Final = terms.iri(PREFIXES["dcterms"] + "title")
IDENTIFIER: Final = terms.iri(PREFIXES["dcterms"] + "identifier")
DESCRIPTION: Final = terms.iri(PREFIXES["dcterms"] + "description")
LICENCE: Final = terms.iri(PREFIXES["dcterms"] + "license")
CITATION: Final = terms.iri(PREFIXES["dcterms"] + "bibliographicCitation")
KNOWLEDGE_LEVEL: Final = terms.iri(terms.BIOLINK + "knowledge_level")
AGENT_TYPE: Final = terms.iri(terms.BIOLINK + "agent_type")


def _line(subject: str, predicate: str, value: str) -> str:
    return f"{subject} {predicate} {value} .\n"


def _texts(subject: str, pairs: Iterable[tuple[str, str | None]]) -> Iterator[str]:
    """Yield a line for each text that is given."""
    for predicate, text in pairs:
        if text is not None:
            yield _line(subject, predicate, terms.literal(text))


def entity_lines(entity: Entity) -> Iterator[str]:
    """Yield an entity with its kinds, its roles if it has any, its names and its broader ones."""
    this = terms.entity(entity.id)
    for name in (*entity.kinds, *entity.roles):
        yield _line(this, TYPE, terms.own(name))
    yield _line(this, LABEL, terms.literal(entity.label))
    for synonym in entity.synonyms:
        yield _line(this, SYNONYM, terms.literal(synonym))
    if entity.definition is not None:
        yield _line(this, DEFINITION, terms.literal(entity.definition, "en"))
    for identifier in entity.identifiers:
        yield _line(this, EXACT_MATCH, terms.same_elsewhere(identifier))
    for broader in entity.broader:
        yield _line(this, BROADER, terms.entity(broader))


def entity_type_lines(entity: Entity, ontology: Ontology) -> Iterator[str]:
    """Yield the superclasses of an entity's kinds and roles, those themselves left out."""
    this, given = terms.entity(entity.id), {*entity.kinds, *entity.roles}
    above = (name for kind in given for name in ontology.classes[kind].ancestors)
    for name in sorted({*above} - given):
        yield _line(this, TYPE, terms.own(name))


def broader_transitive_lines(identifier: str, ancestors: Iterable[str]) -> Iterator[str]:
    """Yield the links from an entity to all that are broader, near and far."""
    for ancestor in ancestors:
        yield _line(terms.entity(identifier), BROADER_TRANSITIVE, terms.entity(ancestor))


def source_lines(source: Source, ontology: Ontology) -> Iterator[str]:
    """Yield a source. A licence that is an address becomes an IRI."""
    this = terms.source(source.id)
    yield _line(this, TYPE, terms.own("Source"))
    kind = ontology.schemes["SourceKindScheme"].by_key[source.kind]
    yield _line(this, terms.own("sourceKind"), terms.iri(kind.iri))
    yield from _texts(
        this,
        (
            (TITLE, source.title),
            (IDENTIFIER, source.identifier),
            (DESCRIPTION, source.description),
        ),
    )
    if source.licence is not None:
        is_address = source.licence.startswith(("http://", "https://"))
        write = terms.iri if is_address else terms.literal
        yield _line(this, LICENCE, write(source.licence))
    if source.origin is not None:
        yield _line(this, terms.own("origin"), terms.reference(source.origin))


def reference_lines(reference: Reference) -> Iterator[str]:
    """Yield a reference."""
    this = terms.reference(reference.id)
    yield _line(this, TYPE, terms.own("Reference"))
    yield from _texts(this, ((TITLE, reference.title), (CITATION, reference.citation)))
    yield from _texts(this, ((IDENTIFIER, identifier) for identifier in reference.identifiers))


def _qualifier_value(qualifier: Qualifier, value: str, ontology: Ontology) -> str:
    if qualifier.scheme is not None:
        return terms.iri(ontology.schemes[qualifier.scheme].by_key[value].iri)
    if qualifier.kind == "text":
        return terms.literal(value)
    if qualifier.kind == "number":
        return terms.decimal(value)
    return terms.reference(value) if qualifier.kind == "reference" else terms.entity(value)


def claim_lines(claim: Claim, ontology: Ontology) -> Iterator[str]:
    """Yield a claim with its stance, its source and its qualifiers."""
    this = terms.claim(claim.id)
    yield _line(this, TYPE, terms.own("Claim"))
    yield _line(this, terms.own(claim.stance.value), terms.statement(claim.statement))
    yield _line(this, SOURCE, terms.source(claim.source))
    yield _line(this, KNOWLEDGE_LEVEL, terms.literal(claim.knowledge_level))
    yield _line(this, AGENT_TYPE, terms.literal(claim.agent_type))
    for name, values in claim.qualifiers.items():
        qualifier = ontology.qualifiers[name]
        for value in values:
            yield _line(this, terms.own(name), _qualifier_value(qualifier, value, ontology))


def statement_key_lines(key: StatementKey) -> Iterator[str]:
    """Yield what makes a statement: its type, subject, relation and object."""
    this = terms.statement(key)
    yield _line(this, TYPE, terms.own("Statement"))
    yield _line(this, SUBJECT, terms.entity(key.subject))
    yield _line(this, PREDICATE, terms.own(key.relation))
    yield _line(this, OBJECT, terms.entity(key.object))


def summary_lines(statement: Statement) -> Iterator[str]:
    """Yield what the claims about a statement come to."""
    this = terms.statement(statement.key)
    if statement.support is not None:
        yield _line(this, terms.own("support"), terms.integer(statement.support))
    if statement.opposition is not None:
        yield _line(this, terms.own("opposition"), terms.integer(statement.opposition))
    yield _line(this, terms.own("claimCount"), terms.integer(statement.claim_count))
    yield _line(this, terms.own("lineageCount"), terms.integer(statement.lineage_count))
    yield _line(this, terms.own("asserted"), terms.boolean(statement.is_asserted))
    if statement.is_contested:
        yield _line(this, TYPE, terms.own("ContestedStatement"))
    if statement.possible_confounding_by_indication:
        yield _line(this, terms.own("possibleConfoundingByIndication"), terms.boolean(True))
    for context in statement.conditional_on:
        yield _line(this, terms.own("conditionalOn"), terms.entity(context))


def statement_lines(statement: Statement, derived_from: Iterable[str] = ()) -> Iterator[str]:
    """Yield a statement and its summary; ``derived_from`` are ids of claims, of a derived one."""
    yield from statement_key_lines(statement.key)
    yield from summary_lines(statement)
    for claim in derived_from:
        yield _line(terms.statement(statement.key), terms.own("derivedFrom"), terms.claim(claim))


def statement_link_lines(key: StatementKey, ontology: Ontology) -> Iterator[str]:
    """Yield the links from a statement to its object, one for each relation it belongs to."""
    this, value = terms.statement(key), terms.entity(key.object)
    for relation in ontology.relations[key.relation].ancestors:
        yield _line(this, terms.edge(relation), value)


def edges_of(relation: Relation, ontology: Ontology) -> tuple[Sequence[str], Sequence[str]]:
    """Return the relations that an asserted statement gives, from subject to object and back.

    There, its relation and each super-relation below the root; back, those that a symmetric
    relation entails.
    """
    forth = relation.ancestors
    symmetric = (name for name in forth if ontology.relations[name].is_symmetric)
    back = {above for name in symmetric for above in ontology.relations[name].ancestors}
    return forth, sorted(back)


def edge_lines(key: StatementKey, ontology: Ontology) -> Iterator[str]:
    """Yield the direct edges of a statement that is asserted."""
    subject, value = terms.entity(key.subject), terms.entity(key.object)
    forth, back = edges_of(ontology.relations[key.relation], ontology)
    for name in forth:
        yield _line(subject, terms.own(name), value)
    for name in back:
        yield _line(value, terms.own(name), subject)


def _step_lines(explanation: Explanation, step: Step, ontology: Ontology) -> Iterator[str]:
    this = terms.step(explanation.id, step.position)
    yield _line(terms.explanation(explanation.id), terms.own("step"), this)
    yield _line(this, TYPE, terms.own("ExplanationStep"))
    yield _line(this, terms.own("position"), terms.integer(step.position))
    yield _line(this, terms.own("stepStatement"), terms.statement(step.statement))
    if step.direction is not None:
        concept = ontology.schemes["DirectionScheme"].by_key[step.direction]
        yield _line(this, terms.own("direction"), terms.iri(concept.iri))
    if step.certainty is not None:
        concept = ontology.schemes["CertaintyScheme"].by_key[step.certainty]
        yield _line(this, terms.own("stepCertainty"), terms.iri(concept.iri))


def explanation_lines(explanation: Explanation, ontology: Ontology) -> Iterator[str]:
    """Yield an explanation and its steps."""
    this = terms.explanation(explanation.id)
    yield _line(this, TYPE, terms.own("Explanation"))
    yield _line(this, LABEL, terms.literal(explanation.label))
    yield _line(this, SOURCE, terms.source(explanation.source))
    for key in explanation.explains:
        yield _line(this, terms.own("explains"), terms.statement(key))
    certainty = ontology.schemes["CertaintyScheme"].by_key[explanation.certainty]
    yield _line(this, terms.own("explanationCertainty"), terms.iri(certainty.iri))
    yield from _texts(
        this,
        (
            (terms.own("explanationHedge"), explanation.hedge),
            (terms.own("explanationParaphrase"), explanation.paraphrase),
            (terms.own("explanationLocator"), explanation.locator),
        ),
    )
    for step in explanation.steps:
        yield from _step_lines(explanation, step, ontology)


def relation_lines(ontology: Ontology) -> Iterator[str]:
    """Yield the closed hierarchy of relations, and the links from statements that go with it."""
    for name, relation in ontology.relations.items():
        for above in (*relation.ancestors, ROOT):
            yield _line(terms.own(name), SUB_PROPERTY_OF, terms.own(above))
        yield _line(terms.edge(name), TYPE, OBJECT_PROPERTY)
        yield _line(terms.edge(name), terms.own("edgeOf"), terms.own(name))
