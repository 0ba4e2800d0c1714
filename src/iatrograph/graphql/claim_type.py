"""The type of claims: every qualifier of the ontology is a field of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from iatrograph.graphql.entity_types import related
from iatrograph.graphql.specification import Field, OutputType, plain
from iatrograph.graphql.statement_types import Edge
from iatrograph.vocabulary import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from iatrograph.graphql.projection import Level
    from iatrograph.model import Source
    from iatrograph.vocabulary import Ontology, Qualifier


def claim_type(ontology: Ontology) -> OutputType:
    """Return the type of claims."""
    return OutputType(
        "Claim",
        "What one source says about one statement in one place, with the source's conditions.",
        (*_FIELDS, *(_qualifier_field(q, ontology) for q in ontology.qualifiers.values())),
        ("Node",),
    )


def _qualifier_field(qualifier: Qualifier, ontology: Ontology) -> Field:
    named, values = _reader(qualifier, ontology)
    if qualifier.is_many:
        return Field(qualifier.name, f"list[{named}]", qualifier.definition, values)
    return Field(
        qualifier.name,
        f"{named} | None",
        qualifier.definition,
        lambda level: [next(iter(own), None) for own in values(level)],
    )


def _reader(
    qualifier: Qualifier, ontology: Ontology
) -> tuple[str, Callable[[Level], list[Sequence[Any]]]]:
    """Return the type of a qualifier's values, and how the values of each claim are read."""
    name = qualifier.name
    match qualifier.kind:
        case "concept":
            concepts = ontology.schemes[qualifier.scheme or ""].by_key
            return "Concept", lambda level: [
                [concepts[key] for key in claim.many(name)] for claim in level.values
            ]
        case "entity":
            return qualifier.range, lambda level: list(
                related(level, (claim.many(name) for claim in level.values))
            )
        case "reference":
            return "Reference", lambda level: _references(level, name)
        case "number":
            return "float", lambda level: [
                [float(value) for value in claim.many(name)] for claim in level.values
            ]
        case "text":
            return "str", lambda level: [claim.many(name) for claim in level.values]


def _references(level: Level, name: str) -> list[Sequence[Any]]:
    references = level.context.catalog.references
    return [[references[i] for i in claim.many(name) if i in references] for claim in level.values]


def _statements(level: Level) -> list[Edge | None]:
    found = level.context.catalog.statement([claim.statement for claim in level.values])
    return [None if statement is None else Edge(statement) for statement in found]


def _sources(level: Level) -> list[Source]:
    sources = level.context.catalog.sources
    return [sources[claim.source] for claim in level.values]


_FIELDS: Final = (
    plain("id", "ID", "Its id: the id of its statement and the source.", lambda c: c.id),
    plain("iri", "str", "Its IRI.", lambda c: PREFIXES["cl"] + c.id),
    plain("stance", "Stance", "The side it takes.", lambda c: c.stance.value),
    Field("statement", "Statement", "The statement it is about.", _statements),
    Field("source", "Source", "Who says so.", _sources),
    plain(
        "knowledgeLevel",
        "str",
        "How the source came to know it, in the words of Biolink.",
        lambda c: c.knowledge_level,
    ),
    plain(
        "agentType",
        "str",
        "Who or what made the claim out, in the words of Biolink.",
        lambda c: c.agent_type,
    ),
)
