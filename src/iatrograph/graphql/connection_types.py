"""The connections of entities to others: their fields, and the types of the pages they bring."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from iatrograph.graphql.entity_types import related
from iatrograph.graphql.paging import PAGE_ARGUMENTS, PageInfo, Window, page_size, window
from iatrograph.graphql.specification import Argument, Field, OutputType, plain
from iatrograph.graphql.statement_types import Edge, statement_type_name
from iatrograph.model import Stance, StatementFilter, StatementPage
from iatrograph.vocabulary.ontology import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from iatrograph.graphql.projection import Level
    from iatrograph.graphql.ways import Way
    from iatrograph.vocabulary import Ontology


@dataclass(frozen=True, slots=True, eq=False)
class Connection:
    """A page of the statements of one entity on one way."""

    owner: str
    way: Way
    window: Window
    page: StatementPage

    @property
    def far_ends(self) -> list[str]:
        """The entities at the other end of each statement."""
        return [_far_end(self.owner, s.key.subject, s.key.object) for s in self.page.statements]

    @property
    def edges(self) -> list[Edge]:
        """The statements as edges."""
        type_ = statement_type_name(self.way.end)
        return [
            Edge(statement, type_, node, self.window.after + place)
            for place, (statement, node) in enumerate(
                zip(self.page.statements, self.far_ends, strict=True)
            )
        ]


FILTERS: Final = (
    Argument("minSupport", "int | None", "Only statements with at least this support, 0 to 8."),
    Argument(
        "asserted",
        "bool | None",
        "True, as by default: only those that are direct edges of the graph. False: only those "
        "that are not. Null: all, the refuted and the conditional ones too.",
        True,
    ),
    Argument(
        "contested",
        "bool | None",
        "True: only those on which sources disagree. False: only the others.",
    ),
    Argument("stance", "Stance | None", "Only those with a claim that takes this side."),
    Argument("relation", "RelationName | None", "Only those of this relation or a narrower one."),
)


def connection_fields(ways: Iterable[Way], ontology: Ontology) -> dict[str, list[Field]]:
    """Return a field for each way, by the class whose entities have it."""
    fields: dict[str, list[Field]] = {}
    for way in ways:
        field = Field(
            name=way.name,
            type=_connection_name(way.end),
            description=way.description,
            load=_loader(way, ontology),
            arguments=(*PAGE_ARGUMENTS, *FILTERS),
            size=page_size,
        )
        fields.setdefault(way.start, []).append(field)
    return fields


def connection_type(node_type: str) -> OutputType:
    """Return the type of the connections that lead to nodes of a type."""
    edge_type = statement_type_name(node_type)
    return OutputType(
        _connection_name(node_type),
        f"A page of statements that lead to nodes of type {node_type}: "
        "best supported first, then by name.",
        (
            plain("totalCount", "int", "How many edges all pages have.", lambda c: c.page.total),
            plain("pageInfo", "PageInfo", "Where the page stands.", _page_info),
            plain("edges", f"list[{edge_type}]", "The statements.", lambda c: c.edges),
            Field(
                "nodes",
                f"list[{node_type}]",
                "The entities that the edges lead to, each once.",
                lambda level: related(level, (dict.fromkeys(c.far_ends) for c in level.values)),
            ),
        ),
    )


def _connection_name(node_type: str) -> str:
    return f"{node_type}StatementConnection"


def _far_end(owner: str, subject: str, object_: str) -> str:
    return object_ if subject == owner else subject


def _page_info(connection: Connection) -> PageInfo:
    count, total = len(connection.page.statements), connection.page.total
    return PageInfo(connection.window, count, total)


def _loader(way: Way, ontology: Ontology) -> Callable[[Level], list[Connection]]:
    def load(level: Level) -> list[Connection]:
        place = window(level.arguments)
        ids = [entity.id for entity in level.values]
        relation = _narrowed(way.relation, level.arguments, ontology)
        if relation is None:
            pages = [StatementPage(0, ())] * len(ids)
        else:
            filters = statement_filter(level.arguments)
            pages = level.context.catalog.statements(ids, relation, way.direction, filters, *place)
        return [Connection(i, way, place, page) for i, page in zip(ids, pages, strict=True)]

    return load


def _narrowed(relation: str, arguments: Mapping[str, Any], ontology: Ontology) -> str | None:
    """Return the relation both the way and the argument allow, None where there is none."""
    wanted = arguments.get("relation")
    if wanted is None or relation in ontology.descendants[wanted.value]:
        return relation
    if wanted.value in ontology.descendants[relation] or relation == ROOT:
        return str(wanted.value)
    return None


def statement_filter(arguments: Mapping[str, Any]) -> StatementFilter:
    """Return the filter that the arguments of a connection ask for."""
    stance = arguments.get("stance")
    return StatementFilter(
        min_support=arguments.get("minSupport"),
        is_asserted=arguments.get("asserted"),
        is_contested=arguments.get("contested"),
        stances=frozenset() if stance is None else frozenset({Stance(stance.value)}),
    )
