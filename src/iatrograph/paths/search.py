"""The search: the k best paths of a pattern through fixed entities, and how many there are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iatrograph.errors import InvalidRequest
from iatrograph.model import PathPage
from iatrograph.paths.expansion import expand
from iatrograph.paths.ranking import rank
from iatrograph.paths.telling import tell

if TYPE_CHECKING:
    from collections.abc import Mapping

    from iatrograph.catalog import Catalog
    from iatrograph.paths.pattern import Pattern


def find_paths(
    catalog: Catalog, pattern: Pattern, fixed: Mapping[str, str], limit: int
) -> PathPage:
    """Return the best paths of a pattern that pass through the fixed entities, and their number.

    ``fixed`` maps names of positions to entity ids. No entity is on a path twice. Best first: the
    weakest evidence, then the degree weight, both falling, then length, labels and ids.

    What is expanded: from the fixed position that comes first, level by level to both ends, all
    statements of the hop at the entities reached, in one call a level; so the work grows with the
    edges around the fixed entities, not with the paths. The last hop is not multiplied out: it is
    counted, and walked in order of rank as far as the limit asks. All of this is done on columns;
    only edges that hold under conditions are tried one path at a time.

    Raises InvalidRequest where nothing is fixed: a pattern alone asks for the whole graph.
    """
    if not fixed:
        *names, last = pattern.positions
        raise InvalidRequest(f"name at least one of {', '.join(names)} or {last}")
    rows = catalog.tables.rows(list(fixed.values())).tolist()
    anchors = {pattern.positions.index(name): row for name, row in zip(fixed, rows, strict=True)}
    network = expand(catalog, pattern, anchors)
    total, best = rank(catalog, network, limit)
    return PathPage(total, tell(catalog, pattern, network, best))
