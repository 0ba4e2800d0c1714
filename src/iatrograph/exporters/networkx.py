"""The graph for analysts in Python: a networkx MultiDiGraph with every attribute."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

import networkx as nx

from iatrograph.exporters.content import with_claims

if TYPE_CHECKING:
    from iatrograph.catalog import Catalog
    from iatrograph.model import Entity, Statement


def to_networkx(catalog: Catalog) -> nx.MultiDiGraph[str]:
    """Return the whole graph: entities are nodes, statements edges keyed by relation.

    Nodes carry the fields of their entity, edges those of their statement, ``relation_label`` and
    ``claims``, all as Python values. Statements that are not asserted are there, too: look at
    ``is_asserted``. Symmetric relations stand once, in the direction in which they were claimed.
    Everything is held in memory.
    """
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for entity in catalog.tables.all_entities():
        graph.add_node(entity.id, **_values(entity))
    for statement, claims in with_claims(catalog.tables, catalog.tables.all_statements()):
        subject, relation, target = statement.key
        label = catalog.relation_label(relation)
        attributes = _values(statement) | {"relation_label": label, "claims": claims}
        graph.add_edge(subject, target, relation, **attributes)
    return graph


def _values(value: Entity | Statement) -> dict[str, object]:
    # ``key`` names the edge itself, and is what networkx calls the relation.
    return {f.name: getattr(value, f.name) for f in fields(value) if f.name != "key"}
