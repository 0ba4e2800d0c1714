"""The types of entities: an object type for each concrete class, an interface for the others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from iatrograph.graphql.specification import Field, OutputType, plain
from iatrograph.vocabulary import iri_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from iatrograph.graphql.projection import Level
    from iatrograph.model import Entity
    from iatrograph.vocabulary import EntityClass, Ontology

ID: Final = plain(
    "id", "ID", "Its identifier: the slug of a curated entity, or a CURIE.", lambda e: e.id
)


def entity_types(ontology: Ontology, fields: Mapping[str, Sequence[Field]]) -> list[OutputType]:
    """Return the entity types; ``fields`` are further ones by the class that they start from."""
    return [
        OutputType(
            name=cls.name,
            description=cls.definition,
            fields=(*_FIELDS, *(f for a in cls.ancestors for f in fields.get(a, ()))),
            interfaces=("Node", *(a for a in cls.ancestors if a != cls.name)),
            concrete=None if cls.is_concrete else shown_as(ontology, cls),
        )
        for cls in ontology.classes.values()
        if not cls.is_role
    ]


def shown_as(ontology: Ontology, cls: EntityClass) -> Callable[[Entity], str]:
    """Return the function that names the type of an entity where the class is asked for.

    It is the first of its kinds in display order that is of the class.
    """
    fitting = {c.name for c in ontology.concrete_classes if cls.name in c.ancestors}

    def name(entity: Entity) -> str:
        first, *others = entity.kinds
        if first in fitting:
            return first
        return next((kind for kind in others if kind in fitting), first)

    return name


def related(level: Level, ids: Iterable[Iterable[str]]) -> list[list[Entity]]:
    """Return the entities of each list of ids, asked in one call."""
    lists = [list(own) for own in ids]
    entities = level.context.entities(i for own in lists for i in own)
    return [[entities[i] for i in own if i in entities] for own in lists]


_FIELDS: Final = (
    ID,
    plain("iri", "str", "Its IRI.", lambda e: iri_of(e.id)),
    plain("label", "str", "Its preferred name.", lambda e: e.label),
    plain("synonyms", "list[str]", "Other names.", lambda e: e.synonyms),
    plain("definition", "str | None", "What it is.", lambda e: e.definition),
    plain(
        "identifiers", "list[str]", "CURIEs of the same thing elsewhere.", lambda e: e.identifiers
    ),
    plain("kinds", "list[Kind]", "All its classes, in display order.", lambda e: e.kinds),
    plain("roles", "list[Role]", "Its roles, inferred from use.", lambda e: e.roles),
    Field(
        "broader",
        "list[Entity]",
        "Entities that include it, by the curator's own hierarchy.",
        lambda level: related(level, (e.broader for e in level.values)),
    ),
    Field(
        "explanations",
        "list[Explanation]",
        "Recorded ways in which its benefits and harms come about.",
        lambda level: [level.context.explanations_about(e.id) for e in level.values],
    ),
)
