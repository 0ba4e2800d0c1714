"""The attributes of GEXF nodes and edges, and their values as text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from iatrograph.exporters.values import join
from iatrograph.vocabulary import iri_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from iatrograph.exporters.content import Content, Stated
    from iatrograph.model import Claim, Entity
    from iatrograph.vocabulary import Qualifier

ABSENT: Final = "-"
"""Stands where one of several claims has no value, so that the places of the others keep."""


class Column(NamedTuple):
    """An attribute: its id, which is also its title, and its GEXF type."""

    name: str
    type: str = "string"


def node_columns() -> tuple[Column, ...]:
    """Return the attributes of nodes."""
    names = ("kind", "kinds", "roles", "synonyms", "definition", "identifiers", "broader", "iri")
    return tuple(Column(name) for name in names)


def node_values(entity: Entity) -> dict[str, str]:
    """Return the values of a node; an empty one is to be left out."""
    return {
        "kind": entity.kinds[0],
        "kinds": join(entity.kinds),
        "roles": join(entity.roles),
        "synonyms": join(entity.synonyms),
        "definition": entity.definition or "",
        "identifiers": join(entity.identifiers),
        "broader": join(entity.broader),
        "iri": iri_of(entity.id),
    }


class EdgeColumns:
    """The attributes of edges: the summary of a statement, then what its claims say.

    An attribute of claims lists one entry a claim, in one order for all attributes, so that the
    second entry of each belongs to the second claim. Several values of one claim stand together,
    with a semicolon between them.
    """

    def __init__(self, content: Content) -> None:
        """Take the names and the ontology that the values need."""
        self._content = content
        qualifiers = sorted(content.ontology.qualifiers.values(), key=lambda q: q.column)
        self._qualifiers = {q.name: (q, q.column) for q in qualifiers}
        self.columns: tuple[Column, ...] = (
            *_STATEMENT_COLUMNS,
            *(Column(name) for name in _CLAIM_COLUMNS),
            *(Column(qualifier.column) for qualifier in qualifiers),
        )

    def values(self, stated: Stated) -> dict[str, str]:
        """Return the values of an edge that it has; an empty one is to be left out."""
        claims = stated.claims
        return self._summary(stated) | {
            "claims": join(claim.id for claim in claims),
            "stances": join(claim.stance.value for claim in claims),
            "sources": join(self._content.source_title(claim) for claim in claims),
            "knowledge_level": join(claim.knowledge_level for claim in claims),
            "agent_type": join(claim.agent_type for claim in claims),
            **self._qualified(claims),
        }

    def _summary(self, stated: Stated) -> dict[str, str]:
        statement, content = stated.statement, self._content
        relation = content.ontology.relations[statement.key.relation]
        return {
            "relation": relation.name,
            "support": _number(statement.support),
            "opposition": _number(statement.opposition),
            "claim_count": str(statement.claim_count),
            "lineage_count": str(statement.lineage_count),
            "asserted": _truth(statement.is_asserted),
            "contested": _truth(statement.is_contested),
            "possible_confounding_by_indication": _truth(
                statement.possible_confounding_by_indication
            ),
            "derived": _truth(relation.is_derived),
            "symmetric": _truth(relation.is_symmetric),
            "conditional_on": join(content.labels.get(e, e) for e in statement.conditional_on),
        }

    def _qualified(self, claims: Iterable[Claim]) -> dict[str, str]:
        """Return the columns of those qualifiers that some claim has; most have none."""
        used = {name for claim in claims for name in claim.qualifiers}
        return {
            column: self._per_claim(qualifier, claims)
            for name, (qualifier, column) in self._qualifiers.items()
            if name in used
        }

    def _per_claim(self, qualifier: Qualifier, claims: Iterable[Claim]) -> str:
        names = self._content.names
        return join(["; ".join(names(qualifier, claim)) or ABSENT for claim in claims])


_STATEMENT_COLUMNS: Final = (
    Column("relation"),
    Column("support", "integer"),
    Column("opposition", "integer"),
    Column("claim_count", "integer"),
    Column("lineage_count", "integer"),
    Column("asserted", "boolean"),
    Column("contested", "boolean"),
    Column("possible_confounding_by_indication", "boolean"),
    Column("derived", "boolean"),
    Column("symmetric", "boolean"),
    Column("conditional_on"),
)
_CLAIM_COLUMNS: Final = ("claims", "stances", "sources", "knowledge_level", "agent_type")


def _number(value: int | None) -> str:
    return "" if value is None else str(value)


def _truth(value: bool) -> str:
    return "true" if value else "false"
