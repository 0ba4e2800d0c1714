"""The root lists of entities: connections without statements."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from iatrograph.graphql.entity_types import related
from iatrograph.graphql.paging import PAGE_ARGUMENTS, PageInfo, Window, cursor, page_size, window
from iatrograph.graphql.specification import Field, OutputType, plain
from iatrograph.graphql.ways import camel_case

if TYPE_CHECKING:
    from collections.abc import Callable

    from iatrograph.graphql.projection import Level
    from iatrograph.model import Entity
    from iatrograph.vocabulary import EntityClass, Ontology


class Listing(NamedTuple):
    """A page of a list of entities."""

    window: Window
    total: int
    ids: tuple[str, ...]


class Listed(NamedTuple):
    """An entity and its position in the list."""

    entity: Entity
    position: int


def plural(label: str) -> str:
    """Return the plural of a class label as a field name: ``drug class`` is ``drugClasses``."""
    name = camel_case(label)
    if name.endswith("y"):
        return f"{name[:-1]}ies"
    return f"{name}es" if name.endswith("s") else f"{name}s"


def listing_fields(ontology: Ontology) -> list[Field]:
    """Return the root lists: one for each class and each role."""
    return [
        Field(
            plural(cls.label),
            _connection_name(ontology.kind_of_role(cls.name)),
            f"All entities of the class {cls.label}, by name: {cls.definition}",
            _loader(cls),
            PAGE_ARGUMENTS,
            size=page_size,
        )
        for cls in ontology.classes.values()
    ]


def listing_types(node_type: str) -> tuple[OutputType, OutputType]:
    """Return the types of a list of entities of a type, and of its edges."""
    edge_type = f"{node_type}Edge"
    return (
        OutputType(
            _connection_name(node_type),
            f"A page of entities of type {node_type}, by name.",
            (
                plain("totalCount", "int", "How many edges all pages have.", lambda p: p.total),
                plain("pageInfo", "PageInfo", "Where the page stands.", _page_info),
                Field("edges", f"list[{edge_type}]", "The entities with their cursors.", _edges),
                Field(
                    "nodes",
                    f"list[{node_type}]",
                    "The entities.",
                    lambda level: related(level, (page.ids for page in level.values)),
                ),
            ),
        ),
        OutputType(
            edge_type,
            f"An entity of type {node_type} in its list.",
            (
                plain("cursor", "str", "Marks its place.", lambda edge: cursor(edge.position)),
                plain("node", node_type, "The entity.", lambda edge: edge.entity),
            ),
        ),
    )


def _connection_name(node_type: str) -> str:
    return f"{node_type}Connection"


def _page_info(listing: Listing) -> PageInfo:
    return PageInfo(listing.window, len(listing.ids), listing.total)


def _edges(level: Level) -> list[list[Listed]]:
    found = related(level, (page.ids for page in level.values))
    return [
        [Listed(entity, page.window.after + place) for place, entity in enumerate(entities)]
        for page, entities in zip(level.values, found, strict=True)
    ]


def _loader(cls: EntityClass) -> Callable[[Level], list[Listing]]:
    def load(level: Level) -> list[Listing]:
        place = window(level.arguments)
        ids = level.context.members(cls.name)
        return [Listing(place, len(ids), ids[place.after : place.after + place.first])]

    return load
