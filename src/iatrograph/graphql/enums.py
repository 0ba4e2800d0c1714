"""The enums of the schema; every value is a word of the ontology as it stands there."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

import strawberry

from iatrograph.model import Stance

if TYPE_CHECKING:
    from collections.abc import Mapping

    from iatrograph.vocabulary import Ontology

_STANCES = {
    Stance.AFFIRMS: "The source says that the statement holds.",
    Stance.DENIES: "The source says that the statement does not hold.",
    Stance.MIXED: "The source reports limited or inconsistent results.",
}


def enums(ontology: Ontology) -> dict[str, type[Enum]]:
    """Return the enums by name: Kind, Role, RelationName and Stance."""
    return {
        "Kind": _enum(
            "Kind",
            "A concrete class of entities.",
            {c.name: c.definition for c in ontology.concrete_classes},
        ),
        "Role": _enum(
            "Role",
            "What an entity is in so far as it is used: inferred from the graph, never curated.",
            {c.name: c.definition for c in ontology.classes.values() if c.is_role},
        ),
        "RelationName": _enum(
            "RelationName",
            "A relation of the ontology, in its canonical direction.",
            {r.name: r.definition for r in ontology.relations.values()},
        ),
        "Stance": _enum(
            "Stance",
            "The side a claim takes on its statement.",
            {stance.value: text for stance, text in _STANCES.items()},
        ),
    }


def _enum(name: str, description: str, values: Mapping[str, str]) -> type[Enum]:
    members = [
        (value, strawberry.enum_value(value, description=text)) for value, text in values.items()
    ]
    made: type[Enum] = Enum(name, members)  # type: ignore[misc]  # its name is not known before
    return strawberry.enum(made, name=name, description=description)
