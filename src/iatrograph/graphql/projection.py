"""The executor: projects values onto the selected fields level by level, a whole level at once."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, Final

from graphql import get_argument_values

from iatrograph.errors import LimitExceeded

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from graphql import GraphQLSchema, SelectionSetNode

    from iatrograph.graphql.context import Context
    from iatrograph.graphql.selection import Nodes, Selector
    from iatrograph.graphql.specification import Field, OutputType

Row = dict[str, Any]
ROOT: Final = "Query"


@dataclass(frozen=True, slots=True, eq=False)
class Selected:
    """A field as selected: its response key, the field (None for ``__typename``), its nodes.

    Selections of the same nodes on several types are one object where the types share the field.
    """

    key: str
    field: Field | None
    nodes: Nodes


@dataclass(frozen=True, slots=True)
class Level:
    """All values of which one field is asked at one place of the query, and its arguments."""

    values: Sequence[Any]
    arguments: Mapping[str, Any]
    context: Context


@dataclass(slots=True)
class Projection:
    """One operation at work.

    ``places`` counts the objects of the answer; an object that stands in several places is made
    once and counted as often as it stands.
    """

    types: Mapping[str, OutputType]
    schema: GraphQLSchema
    selector: Selector
    context: Context
    max_objects: int
    places: int = 0
    _selected: dict[tuple[str, tuple[int, ...]], tuple[Selected, ...]] = field(default_factory=dict)
    _interned: dict[tuple[str, int, tuple[int, ...]], Selected] = field(default_factory=dict)

    def rows(
        self, type_: OutputType, values: Sequence[Any], places: Sequence[int], nodes: Nodes
    ) -> list[Row]:
        """Return for each value its selected fields; ``places`` says how often each one stands."""
        self._spend(sum(places))
        names = [type_.concrete(v) for v in values] if type_.concrete else [type_.name]
        kinds = {name: self.selected(self.types[name], nodes) for name in dict.fromkeys(names)}
        if len(kinds) == 1:
            (name,) = kinds
            columns = [self._column(s, name, values, places) for s in kinds[name]]
            keys = [s.key for s in kinds[name]]
            if not keys:
                return [{} for _ in values]
            return [dict(zip(keys, row, strict=True)) for row in zip(*columns, strict=True)]
        return self._mixed_rows(kinds, names, values, places)

    def root_cell(self, selected: Selected) -> Any:
        """Return a field of the root, where there is one value and nothing to know of it."""
        (cell,) = self._column(selected, ROOT, (None,), (1,))
        return cell

    def root_fields(self, selections: SelectionSetNode) -> tuple[Selected, ...]:
        """Return the fields that an operation selects."""
        return self._chosen(self.types[ROOT], [selections])

    def selected(self, type_: OutputType, nodes: Nodes) -> tuple[Selected, ...]:
        """Return the fields that nodes select on an object type."""
        place = (type_.name, _identity(nodes))
        if place not in self._selected:
            sets = [node.selection_set for node in nodes if node.selection_set]
            self._selected[place] = self._chosen(type_, sets)
        return self._selected[place]

    def _chosen(self, type_: OutputType, sets: list[SelectionSetNode]) -> tuple[Selected, ...]:
        fields = {f.name: f for f in type_.fields}
        return tuple(
            self._intern(key, fields.get(nodes[0].name.value), nodes)
            for key, nodes in self.selector.fields(type_, sets).items()
        )

    def _intern(self, key: str, field_: Field | None, nodes: Nodes) -> Selected:
        selected = Selected(key, field_, nodes)
        return self._interned.setdefault((key, id(field_), _identity(nodes)), selected)

    def arguments(self, type_name: str, selected: Selected) -> dict[str, Any]:
        """Return the coerced arguments of a selected field, defaults filled in."""
        node = selected.nodes[0]
        definition = self.schema.type_map[type_name].fields[node.name.value]  # type: ignore[attr-defined]  # an object type
        return get_argument_values(definition, node, self.selector.variables)

    def _mixed_rows(
        self,
        kinds: Mapping[str, tuple[Selected, ...]],
        names: list[str],
        values: Sequence[Any],
        places: Sequence[int],
    ) -> list[Row]:
        """Return rows of values of several types, asking each distinct field once for all types."""
        wanted: dict[Selected, list[int]] = {}
        for index, name in enumerate(names):
            for selected in kinds[name]:
                wanted.setdefault(selected, []).append(index)
        cells: list[dict[Selected, Any]] = [{} for _ in values]
        for selected, indexes in wanted.items():
            name = names[indexes[0]]
            if selected.field is None:
                column: Sequence[Any] = [names[i] for i in indexes]
            else:
                own = [values[i] for i in indexes]
                column = self._column(selected, name, own, [places[i] for i in indexes])
            for index, cell in zip(indexes, column, strict=True):
                cells[index][selected] = cell
        return [
            {selected.key: own[selected] for selected in kinds[name]}
            for name, own in zip(names, cells, strict=True)
        ]

    def _column(
        self, selected: Selected, type_name: str, values: Sequence[Any], places: Sequence[int]
    ) -> Sequence[Any]:
        """Return the selected field of every value, of one type or of types that share it."""
        field_ = selected.field
        if field_ is None:
            return [type_name] * len(values)
        level = Level(values, self.arguments(type_name, selected), self.context)
        loaded = field_.load(level)
        child = self.types.get(field_.named_type)
        if child is None:
            return loaded
        if field_.is_list:
            return self._lists(child, loaded, places, selected.nodes)
        return self._objects(child, loaded, places, selected.nodes)

    def _objects(
        self, child: OutputType, loaded: Sequence[Any], places: Sequence[int], nodes: Nodes
    ) -> list[Row | None]:
        present = [(value, n) for value, n in zip(loaded, places, strict=True) if value is not None]
        rows = iter(self._distinct(child, present, nodes))
        return [None if value is None else next(rows) for value in loaded]

    def _lists(
        self, child: OutputType, loaded: Sequence[Any], places: Sequence[int], nodes: Nodes
    ) -> list[list[Row | None]]:
        flat = list(chain.from_iterable(loaded))
        stand = [n for values, n in zip(loaded, places, strict=True) for _ in values]
        rows = iter(self._objects(child, flat, stand, nodes))
        return [list(islice(rows, len(values))) for values in loaded]

    def _distinct(
        self, child: OutputType, placed: list[tuple[Any, int]], nodes: Nodes
    ) -> list[Row]:
        """Return a row for each value, made once for each distinct one."""
        if not placed:
            return []
        position: dict[int, int] = {}
        values: list[Any] = []
        places: list[int] = []
        for value, n in placed:
            at = position.setdefault(id(value), len(values))
            if at == len(values):
                values.append(value)
                places.append(n)
            else:
                places[at] += n
        rows = self.rows(child, values, places, nodes)
        return [rows[position[id(value)]] for value, _ in placed]

    def _spend(self, places: int) -> None:
        self.places += places
        if self.places > self.max_objects:
            raise LimitExceeded("graphql_max_cost", self.max_objects, self.places)


def _identity(nodes: Nodes) -> tuple[int, ...]:
    """Tell nodes apart by what they are, not by comparing trees."""
    return tuple(map(id, nodes))
