"""Care paths: which drugs treat a condition, what they may cause, and what helps against that."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from iatrograph.model import Direction
from iatrograph.paths.pattern import Hop, Pattern
from iatrograph.paths.search import find_paths

if TYPE_CHECKING:
    from iatrograph.catalog import Catalog
    from iatrograph.model import PathPage

CARE: Final = Pattern(
    positions=("condition", "drug", "effect", "mitigation"),
    hops=(
        Hop("treats", Direction.IN),
        Hop("mayCause", Direction.OUT),
        Hop("addresses", Direction.IN),
    ),
)

_CLASSES: Final = {
    "condition": "Finding",
    "drug": "Intervention",
    "effect": "Finding",
    "mitigation": "Intervention",
}


def care_paths(
    catalog: Catalog,
    condition: str | None = None,
    drug: str | None = None,
    effect: str | None = None,
    mitigation: str | None = None,
    *,
    limit: int = 50,
) -> PathPage:
    """Return the best care paths through the entities named, and how many there are.

    A care path reads: the drug treats the condition and may cause the effect; the mitigation, not
    the drug itself, addresses the effect, which is not the condition. Names are whatever
    ``Catalog.resolve`` takes: slug, CURIE, IRI, label or synonym; at least one is needed. A step
    without a direct edge still holds, and is marked conditional, where a claim affirms it only for
    entities that are on the path. See ``find_paths`` for the order and the work.

    Raises NotFound for a name that no finding or intervention has, InvalidRequest where none is
    given.
    """
    names = {"condition": condition, "drug": drug, "effect": effect, "mitigation": mitigation}
    fixed = {
        position: catalog.resolve(name, frozenset({_CLASSES[position]})).id
        for position, name in names.items()
        if name is not None
    }
    return find_paths(catalog, CARE, fixed, limit)
