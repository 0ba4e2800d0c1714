"""The whole schema, made from an ontology."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from graphql import print_schema

from iatrograph.graphql.building import build, graphql_schema
from iatrograph.graphql.claim_type import claim_type
from iatrograph.graphql.connection_types import FILTERS, connection_fields, connection_type
from iatrograph.graphql.entity_types import entity_types
from iatrograph.graphql.enums import enums
from iatrograph.graphql.explanation_types import EXPLANATION, EXPLANATION_STEP
from iatrograph.graphql.listing_types import listing_types
from iatrograph.graphql.node_type import node_type
from iatrograph.graphql.paging import PAGE_ARGUMENTS, PAGE_INFO
from iatrograph.graphql.path_types import CARE_PATH, CARE_PATH_STEP, CARE_PATHS, PATH_SCORE
from iatrograph.graphql.query_type import query_type
from iatrograph.graphql.release_types import COUNT, DISCLAIMER, RELEASE
from iatrograph.graphql.search_type import SEARCH_HIT
from iatrograph.graphql.source_types import REFERENCE, SOURCE
from iatrograph.graphql.specification import OutputType, Specification
from iatrograph.graphql.statement_types import statement_types
from iatrograph.graphql.vocabulary_types import CONCEPT, RELATION, SCHEME
from iatrograph.graphql.ways import ways

if TYPE_CHECKING:
    from collections.abc import Iterator

    from iatrograph.vocabulary import Ontology

COMMAND: Final = "python -m iatrograph.graphql > docs/reference/schema.graphql"


def specification(ontology: Ontology) -> Specification:
    """Return what the schema of an ontology is made of."""
    return Specification(
        f"What medicines do to people, and who says so. {DISCLAIMER}",
        {type_.name: type_ for type_ in _types(ontology)},
        enums(ontology),
    )


def schema_text(ontology: Ontology) -> str:
    """Return the schema in the schema definition language, for the reference.

    What the arguments of connections mean is told once, at the top, not a thousand times.
    """
    whole = specification(ontology)
    brief = replace(whole, types={t.name: _brief(t) for t in whole.types.values()})
    told = "\n".join(f"#   {a.name}: {a.description}" for a in (*PAGE_ARGUMENTS, *FILTERS))
    head = f"# Made from the ontology by `{COMMAND}`.\n# Arguments of connections:\n{told}\n\n"
    return head + print_schema(graphql_schema(build(brief))) + "\n"


def _brief(type_: OutputType) -> OutputType:
    if type_.name == "Query":
        return type_
    fields = tuple(
        replace(f, arguments=tuple(replace(a, description=None) for a in f.arguments))
        for f in type_.fields
    )
    return replace(type_, fields=fields)


def _types(ontology: Ontology) -> Iterator[OutputType]:
    all_ways = ways(ontology)
    shown = [cls.name for cls in ontology.classes.values() if not cls.is_role]
    ends = {way.end for way in all_ways}
    reached = [name for name in shown if name in ends]
    yield query_type(ontology)
    yield node_type(ontology)
    yield from entity_types(ontology, connection_fields(all_ways, ontology))
    for name in shown:
        yield from listing_types(name)
    yield from statement_types(reached)
    yield from map(connection_type, reached)
    yield claim_type(ontology)
    yield from _SMALL


_SMALL = (
    PAGE_INFO,
    CARE_PATHS,
    CARE_PATH,
    CARE_PATH_STEP,
    PATH_SCORE,
    EXPLANATION,
    EXPLANATION_STEP,
    SOURCE,
    REFERENCE,
    CONCEPT,
    SCHEME,
    RELATION,
    SEARCH_HIT,
    RELEASE,
    COUNT,
)
