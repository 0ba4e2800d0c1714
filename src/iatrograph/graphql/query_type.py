"""The root: look-ups by name, lists, search, paths, and what the release is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from iatrograph.errors import NotFound
from iatrograph.graphql.listing_types import listing_fields
from iatrograph.graphql.paging import FIRST, page_size
from iatrograph.graphql.path_types import CARE_PATHS_FIELD
from iatrograph.graphql.specification import Argument, Field, OutputType
from iatrograph.graphql.statement_types import Edge
from iatrograph.graphql.ways import camel_case
from iatrograph.model import StatementKey
from iatrograph.vocabulary import near_matches

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from iatrograph.graphql.context import Context
    from iatrograph.graphql.projection import Level
    from iatrograph.model import Claim, Entity, SearchHit
    from iatrograph.vocabulary import EntityClass, Ontology

Ask = "Callable[[Context, Mapping[str, Any]], Any]"


def query_type(ontology: Ontology) -> OutputType:
    """Return the root type."""
    return OutputType(
        "Query",
        "Where every query starts.",
        (
            *(_entity_field(cls) for cls in ontology.classes.values() if not cls.is_role),
            *listing_fields(ontology),
            CARE_PATHS_FIELD,
            *_FIELDS,
        ),
    )


def root(
    name: str,
    type_: str,
    description: str,
    ask: Callable[[Context, Mapping[str, Any]], Any],
    *arguments: Argument,
) -> Field:
    """Return a field of the root, where there is always one value."""

    def load(level: Level) -> list[Any]:
        return [ask(level.context, level.arguments)]

    size = page_size if FIRST in arguments else None
    return Field(name, type_, description, load, arguments, size)


def find_statement(context: Context, identifier: str) -> Edge:
    """Return the statement of an id or IRI. Raises NotFound."""
    key = StatementKey.parse(identifier)
    (found,) = context.catalog.statement([key]) if key else (None,)
    if found is None:
        raise NotFound("statement", identifier)
    return Edge(found)


def find_claim(context: Context, identifier: str) -> Claim:
    """Return the claim of an id. Raises NotFound."""
    key = StatementKey.parse(".".join(identifier.split(".")[:3]))
    for claim in context.catalog.claims([key])[0] if key else ():
        if claim.id == identifier:
            return claim
    raise NotFound("claim", identifier)


def find_node(context: Context, identifier: str) -> Entity | Edge | Claim:
    """Return whatever has the id: entities have no full stops, claims have more than two.

    Raises NotFound.
    """
    (entity,) = context.catalog.entities([identifier])
    if entity is not None:
        return entity
    try:
        if identifier.count(".") == 2:
            return find_statement(context, identifier)
        return find_claim(context, identifier)
    except NotFound as error:
        raise NotFound("node", identifier) from error


def _node_or_none(context: Context, identifier: str) -> Entity | Edge | Claim | None:
    try:
        return find_node(context, identifier)
    except NotFound:
        return None


def _entity_field(cls: EntityClass) -> Field:
    return root(
        camel_case(cls.label),
        f"{cls.name} | None",
        f"The {cls.label} of a name; null with near matches in the error where there is none.",
        lambda context, arguments: context.catalog.resolve(arguments["id"], frozenset({cls.name})),
        Argument("id", "ID", "Its identifier, CURIE or IRI, or a label or synonym of it."),
    )


def _search(context: Context, arguments: Mapping[str, Any]) -> list[tuple[Entity, SearchHit]]:
    kinds = arguments.get("kinds")
    wanted = None if kinds is None else frozenset(kind.value for kind in kinds)
    hits = context.catalog.search(arguments["text"], wanted, page_size(arguments))
    entities = context.entities(hit.entity for hit in hits)
    return [(entities[hit.entity], hit) for hit in hits]


def _from(kind: str, found: Mapping[str, Any], identifier: str) -> Any:
    if identifier not in found:
        raise NotFound(kind, identifier, near_matches(identifier, found))
    return found[identifier]


_FIELDS: Final = (
    root(
        "node",
        "Node | None",
        "The entity, statement or claim of an id.",
        lambda context, arguments: find_node(context, arguments["id"]),
        Argument("id", "ID", "The `id` of an entity, statement or claim."),
    ),
    root(
        "nodes",
        "list[Node | None]",
        "The entities, statements and claims of ids, null for each id that nothing has.",
        lambda context, arguments: [_node_or_none(context, i) for i in arguments["ids"]],
        Argument("ids", "list[ID]", "The `id` of entities, statements and claims."),
    ),
    root(
        "statement",
        "Statement | None",
        "A statement, be it asserted or not.",
        lambda context, arguments: find_statement(context, arguments["id"]),
        Argument("id", "ID", "Its id: `subject.relation.object`."),
    ),
    root(
        "claim",
        "Claim | None",
        "A claim.",
        lambda context, arguments: find_claim(context, arguments["id"]),
        Argument("id", "ID", "Its id: `subject.relation.object.source`."),
    ),
    root(
        "explanation",
        "Explanation | None",
        "An explanation.",
        lambda context, arguments: _from("explanation", context.all_explanations, arguments["id"]),
        Argument("id", "ID", "Its id."),
    ),
    root(
        "source",
        "Source | None",
        "A source.",
        lambda context, arguments: context.catalog.source(arguments["id"]),
        Argument("id", "ID", "Its id."),
    ),
    root(
        "reference",
        "Reference | None",
        "A cited work.",
        lambda context, arguments: context.catalog.reference(arguments["id"]),
        Argument("id", "ID", "Its id."),
    ),
    root(
        "search",
        "list[SearchHit]",
        "Entities by name, the best match first; typing errors are forgiven.",
        _search,
        Argument("text", "str", "A name, a synonym or an identifier, or the beginning of one."),
        Argument("kinds", "list[Kind] | None", "Only entities of one of these kinds."),
        FIRST,
    ),
    root(
        "relations",
        "list[Relation]",
        "The relations of the ontology.",
        lambda context, _: tuple(context.ontology.relations.values()),
    ),
    root(
        "schemes",
        "list[Scheme]",
        "The closed lists that qualifiers take their values from.",
        lambda context, _: tuple(context.ontology.schemes.values()),
    ),
    root(
        "sources",
        "list[Source]",
        "All sources, by id.",
        lambda context, _: [s for _, s in sorted(context.catalog.sources.items())],
    ),
    root("release", "Release", "What is being asked.", lambda context, _: context.release),
)
