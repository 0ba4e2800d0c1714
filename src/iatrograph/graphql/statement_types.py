"""The types of statements: by themselves, or as the edges of a connection."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from iatrograph.graphql.entity_types import related
from iatrograph.graphql.paging import cursor
from iatrograph.graphql.specification import Argument, Field, OutputType, plain
from iatrograph.vocabulary import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Callable

    from iatrograph.graphql.projection import Level
    from iatrograph.model import Claim, Entity, Statement


class Edge(NamedTuple):
    """A statement in its place: the far end of it and the position in the list, if it has one."""

    statement: Statement
    type: str = "SingleStatement"
    node: str | None = None
    position: int = 0

    @property
    def id(self) -> str:
        """The id of the statement."""
        return self.statement.key.id


def statement_type_name(node_type: str) -> str:
    """Return the name of the edge type that leads to nodes of a type."""
    return f"{node_type}Statement"


def statement_types(node_types: list[str]) -> list[OutputType]:
    """Return the interface, the plain type, and one edge type for each type of node."""
    return [
        OutputType(
            "Statement",
            "A possible edge of the graph, with what the claims about it come to. "
            "It asserts nothing by existing: see `asserted`.",
            _FIELDS,
            ("Node",),
            concrete=lambda edge: edge.type,
        ),
        OutputType(
            "SingleStatement",
            "A statement by itself, outside a connection.",
            _FIELDS,
            ("Node", "Statement"),
        ),
        *(
            OutputType(
                statement_type_name(name),
                f"A statement as the edge that leads to a node of type {name}.",
                (*_FIELDS, _CURSOR, _node_field(name)),
                ("Node", "Statement"),
            )
            for name in node_types
        ),
    ]


def _summary(name: str, type_: str, description: str, read: Callable[[Statement], Any]) -> Field:
    return plain(name, type_, description, lambda edge: read(edge.statement))


def _end(read: Callable[[Edge], str]) -> Callable[[Level], list[Entity | None]]:
    def load(level: Level) -> list[Entity | None]:
        ids = [read(edge) for edge in level.values]
        entities = level.context.entities(ids)
        return [entities.get(i) for i in ids]

    return load


def _node_field(name: str) -> Field:
    return Field("node", name, "The entity that the edge leads to.", _end(lambda e: e.node or ""))


def _claims(level: Level) -> list[list[Claim]]:
    stance = level.arguments.get("stance")
    claims = level.context.catalog.claims([edge.statement.key for edge in level.values])
    if stance is None:
        return [list(own) for own in claims]
    return [[c for c in own if c.stance.value == stance.value] for own in claims]


_CURSOR: Final = plain(
    "cursor", "str", "Marks the place of the edge in its list.", lambda e: cursor(e.position)
)

_FIELDS: Final = (
    plain("id", "ID", "Its id: subject, relation and object.", lambda edge: edge.id),
    plain("iri", "str", "Its IRI.", lambda edge: PREFIXES["st"] + edge.id),
    Field(
        "subject",
        "Entity",
        "The entity it is said of.",
        _end(lambda edge: edge.statement.key.subject),
    ),
    _summary("relation", "RelationName", "The relation, exactly.", lambda s: s.key.relation),
    Field(
        "object",
        "Entity",
        "The entity it leads to.",
        _end(lambda edge: edge.statement.key.object),
    ),
    _summary(
        "support",
        "int | None",
        "Weight of the best unconditional evidence for it, 0 to 8; none without any.",
        lambda s: s.support,
    ),
    _summary(
        "opposition",
        "int | None",
        "Weight of the best unconditional evidence against it, 0 to 8; none without any.",
        lambda s: s.opposition,
    ),
    _summary("claimCount", "int", "How many claims are about it.", lambda s: s.claim_count),
    _summary(
        "lineageCount",
        "int",
        "How many independent lineages they have: what goes back to one origin counts once.",
        lambda s: s.lineage_count,
    ),
    _summary(
        "asserted",
        "bool",
        "Whether the direct edge is in the graph: supported, and not outweighed by opposition.",
        lambda s: s.is_asserted,
    ),
    _summary("contested", "bool", "Whether sources disagree on it.", lambda s: s.is_contested),
    _summary(
        "possibleConfoundingByIndication",
        "bool",
        "Whether it is a harm that the subject is also used against: what is counted as an effect "
        "may be what it was given for.",
        lambda s: s.possible_confounding_by_indication,
    ),
    Field(
        "conditionalOn",
        "list[Entity]",
        "Entities to which some affirming claim is limited.",
        lambda level: related(level, (e.statement.conditional_on for e in level.values)),
    ),
    Field(
        "claims",
        "list[Claim]",
        "What each source says about it.",
        _claims,
        (Argument("stance", "Stance | None", "Only claims that take this side."),),
    ),
    Field(
        "explanations",
        "list[Explanation]",
        "Recorded ways in which it comes about.",
        lambda level: level.context.catalog.explanations([e.statement.key for e in level.values]),
    ),
)
