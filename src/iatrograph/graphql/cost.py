"""The cost of a query before it runs: how deep it goes and how many objects it may bring."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple

from iatrograph.errors import LimitExceeded
from iatrograph.graphql.projection import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterable

    from iatrograph.graphql.document import Limits
    from iatrograph.graphql.projection import Projection, Selected
    from iatrograph.graphql.selection import Nodes
    from iatrograph.graphql.specification import OutputType

LIST_SIZE: Final = 5
"""Objects that a list without pages is taken to have: claims, contexts, steps."""


class Weight(NamedTuple):
    """How many objects a selection may bring, and how many levels it has."""

    objects: int
    levels: int


@dataclass(slots=True)
class Estimate:
    """Walks the selected fields of an operation and adds up the objects they may bring.

    Pages count as full, lists without pages as ``LIST_SIZE``. Of an interface, the dearest type
    counts. What is selected in several places is walked once.
    """

    projection: Projection
    limits: Limits
    _known: dict[tuple[str, tuple[int, ...], int], Weight] = field(default_factory=dict)

    def check(self, fields: Iterable[Selected]) -> int:
        """Return the cost. Raises LimitExceeded for depth, a page size or the cost."""
        weight = _sum(self._weigh_field(ROOT, s, LIST_SIZE, 1) for s in fields)
        self._check_depth(weight.levels)
        if weight.objects > self.limits.max_cost:
            raise LimitExceeded("graphql_max_cost", self.limits.max_cost, weight.objects)
        return weight.objects

    def _check_depth(self, depth: int) -> None:
        if depth > self.limits.max_depth:
            raise LimitExceeded("graphql_max_depth", self.limits.max_depth, depth)

    def _weigh(self, type_: OutputType, nodes: Nodes, list_size: int, depth: int) -> Weight:
        """Return the weight of what hangs on one object; its lists have the size given."""
        self._check_depth(depth)
        place = (type_.name, tuple(map(id, nodes)), list_size)
        if place not in self._known:
            self._known[place] = max(
                _sum(self._weigh_field(name, s, list_size, depth) for s in fields)
                for fields, name in self._variants(type_, nodes).items()
            )
        return self._known[place]

    def _variants(self, type_: OutputType, nodes: Nodes) -> dict[tuple[Selected, ...], str]:
        """Return the distinct selections that objects of the type can meet."""
        types = self.projection.types.values()
        concrete = [t for t in types if t.concrete is None and type_.name in t.interfaces]
        return {self.projection.selected(t, nodes): t.name for t in concrete or [type_]}

    def _weigh_field(
        self, type_name: str, selected: Selected, list_size: int, depth: int
    ) -> Weight:
        field_ = selected.field
        child = None if field_ is None else self.projection.types.get(field_.named_type)
        if field_ is None or child is None:
            return Weight(0, 1)
        size = LIST_SIZE
        if field_.size is not None:
            size = list_size = field_.size(self.projection.arguments(type_name, selected))
            if size > self.limits.page_size_max:
                raise LimitExceeded("page_size_max", self.limits.page_size_max, size)
        below = self._weigh(child, selected.nodes, size, depth + 1)
        count = list_size if field_.is_list else 1
        return Weight(count * (1 + below.objects), 1 + below.levels)


def _sum(weights: Iterable[Weight]) -> Weight:
    objects, levels = 0, 0
    for weight in weights:
        objects, levels = objects + weight.objects, max(levels, weight.levels)
    return Weight(objects, levels)
