"""The interface of everything that has an id unique in a release."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iatrograph.graphql.entity_types import shown_as
from iatrograph.graphql.specification import OutputType, plain
from iatrograph.graphql.statement_types import Edge
from iatrograph.model import Claim

if TYPE_CHECKING:
    from iatrograph.model import Entity
    from iatrograph.vocabulary import Ontology


def node_type(ontology: Ontology) -> OutputType:
    """Return the interface of entities, statements and claims."""
    entity_name = shown_as(ontology, ontology.classes["Entity"])

    def concrete(value: Entity | Edge | Claim) -> str:
        if isinstance(value, Edge):
            return value.type
        return "Claim" if isinstance(value, Claim) else entity_name(value)

    return OutputType(
        "Node",
        "Anything with an id that is unique in a release: entities, statements and claims.",
        (plain("id", "ID", "Its id.", lambda node: node.id),),
        concrete=concrete,
    )
