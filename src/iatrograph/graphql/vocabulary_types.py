"""The types that show the ontology itself: concepts, schemes and relations."""

from __future__ import annotations

from typing import Final

from iatrograph.graphql.specification import OutputType, plain

CONCEPT: Final = OutputType(
    "Concept",
    "A value of a qualifier, from a closed list of the ontology.",
    (
        plain("key", "str", "Its notation, unique in its scheme.", lambda c: c.key),
        plain("iri", "str", "Its IRI.", lambda c: c.iri),
        plain("label", "str", "Its name.", lambda c: c.label),
        plain("definition", "str", "What it means.", lambda c: c.definition),
        plain(
            "weight",
            "int | None",
            "Its place on the scale of the scheme, higher is more; none if it is off the scale.",
            lambda c: c.weight,
        ),
    ),
)

SCHEME: Final = OutputType(
    "Scheme",
    "A closed list of concepts.",
    (
        plain("name", "str", "Its name in the ontology.", lambda s: s.name),
        plain("iri", "str", "Its IRI.", lambda s: s.iri),
        plain("label", "str", "Its name in words.", lambda s: s.label),
        plain("definition", "str", "What its concepts tell apart.", lambda s: s.definition),
        plain("concepts", "list[Concept]", "Its concepts, in order.", lambda s: s.concepts),
    ),
)

RELATION: Final = OutputType(
    "Relation",
    "A relation of the ontology.",
    (
        plain("name", "RelationName", "Its name.", lambda r: r.name),
        plain("iri", "str", "Its IRI.", lambda r: r.iri),
        plain("label", "str", "How it reads from subject to object.", lambda r: r.label),
        plain("inverseLabel", "str", "How it reads backwards.", lambda r: r.inverse_label),
        plain("definition", "str", "What it says.", lambda r: r.definition),
        plain(
            "broader",
            "list[RelationName]",
            "The relations that hold wherever this one does, nearest first.",
            lambda r: r.ancestors[1:],
        ),
        plain("domain", "str", "The class of its subjects.", lambda r: r.domain),
        plain("range", "str", "The class of its objects.", lambda r: r.range),
        plain(
            "symmetric", "bool", "Whether it reads the same both ways.", lambda r: r.is_symmetric
        ),
        plain("derived", "bool", "Whether it is inferred, never claimed.", lambda r: r.is_derived),
        plain(
            "conflictsWith",
            "list[RelationName]",
            "Relations that pull the other way for the same subject and object.",
            lambda r: r.conflicts_with,
        ),
    ),
)
