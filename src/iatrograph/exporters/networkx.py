"""The graph for analysts in Python: a networkx MultiDiGraph with every attribute."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

import networkx as nx

if TYPE_CHECKING:
    from iatrograph.exporters.content import Content
    from iatrograph.model import Entity, Statement


def to_networkx(content: Content) -> nx.MultiDiGraph[str]:
    """Return the content as a graph: entities are nodes, statements edges keyed by relation.

    Nodes carry the fields of their entity, edges those of their statement, ``relation_label`` and
    ``claims``, all as Python values; the graph carries ``release``. Symmetric relations stand once,
    in the direction in which they were claimed. Everything is held in memory.
    """
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(release=content.release, about=content.about())
    for entity in content.entities:
        graph.add_node(entity.id, **_values(entity))
    for statement, claims in content.statements:
        subject, relation, target = statement.key
        label = content.ontology.relations[relation].label
        attributes = _values(statement) | {"relation_label": label, "claims": claims}
        graph.add_edge(subject, target, key=relation, **attributes)
    return graph


def _values(value: Entity | Statement) -> dict[str, object]:
    return {field.name: getattr(value, field.name) for field in fields(value)}
