"""The types of what claims rest on: sources and the references they cite."""

from __future__ import annotations

from typing import Final

from iatrograph.graphql.specification import Field, OutputType, plain
from iatrograph.vocabulary import PREFIXES

SOURCE: Final = OutputType(
    "Source",
    "A document or data set that claims were read in.",
    (
        plain("id", "ID", "Its identifier, unique among sources.", lambda s: s.id),
        plain("iri", "str", "Its IRI.", lambda s: PREFIXES["src"] + s.id),
        plain("title", "str", "Its title.", lambda s: s.title),
        Field(
            "kind",
            "Concept | None",
            "What sort of document or data set it is.",
            lambda level: [
                level.context.ontology.schemes["SourceKindScheme"].by_key.get(s.kind)
                for s in level.values
            ],
        ),
        plain("identifier", "str | None", "Where it is known by.", lambda s: s.identifier),
        plain("description", "str | None", "What it is, in words.", lambda s: s.description),
        plain("licence", "str | None", "The terms of use of its content.", lambda s: s.licence),
        Field(
            "origin",
            "Reference | None",
            "The work that its claims go back to: sources of one origin count once.",
            lambda level: [
                level.context.catalog.references.get(source.origin) for source in level.values
            ],
        ),
    ),
)

REFERENCE: Final = OutputType(
    "Reference",
    "A work as a source cites it; it may fail to resolve, or be about something else.",
    (
        plain("id", "ID", "Its identifier, unique among references.", lambda r: r.id),
        plain("iri", "str", "Its IRI.", lambda r: PREFIXES["ref"] + r.id),
        plain("title", "str", "Its title as cited.", lambda r: r.title),
        plain("citation", "str | None", "The citation as printed.", lambda r: r.citation),
        plain("identifiers", "list[str]", "Identifiers as printed.", lambda r: r.identifiers),
    ),
)
