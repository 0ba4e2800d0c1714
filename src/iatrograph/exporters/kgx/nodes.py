"""Entities as nodes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from iatrograph.exporters.kgx.names import biolink_spelling
from iatrograph.identity.spelling import prefix_of
from iatrograph.vocabulary import iri_of
from iatrograph.vocabulary.alignment import alignment
from iatrograph.vocabulary.kgx import BROADER, ID, IDENTIFIERS, KINDS

if TYPE_CHECKING:
    from iatrograph.exporters.kgx.names import Names
    from iatrograph.model import Entity

PROVIDER: Final = "infores:iatrograph"


def node(entity: Entity, names: Names) -> dict[str, object]:
    """Return an entity as a node; what it does not have is left out."""
    own = names.node(entity.id)
    others = (biolink_spelling(other) for other in (entity.id, *entity.identifiers))
    found = {
        "id": own,
        "category": categories(entity, own),
        "name": entity.label,
        "synonym": entity.synonyms,
        "description": entity.definition,
        "xref": tuple(dict.fromkeys(other for other in others if other != own)),
        "iri": iri_of(entity.id),
        "provided_by": (PROVIDER,),
        ID: entity.id,
        KINDS: entity.kinds,
        IDENTIFIERS: entity.identifiers,
        BROADER: entity.broader,
    }
    return {name: value for name, value in found.items() if value}


def categories(entity: Entity, own: str) -> tuple[str, ...]:
    """Return the categories of an entity by its classes, the narrowest first.

    The vocabulary of the id of its node may tell a narrower one: a target of NCBI Gene is a gene.
    """
    words = alignment()
    narrow = words.prefix_categories.get(prefix_of(own), "")
    found = [narrow] if words.kinds.get(narrow) in entity.kinds else []
    found += [words.categories[kind] for kind in entity.kinds]
    root = words.categories["Entity"]
    wide = [name for name in found if name != root]
    return tuple(dict.fromkeys(f"biolink:{name}" for name in (*wide, root)))
