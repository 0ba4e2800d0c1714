"""The selected fields of a level: fragments spread, conditions applied, equal keys merged."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from graphql import (
    FieldNode,
    FragmentSpreadNode,
    GraphQLIncludeDirective,
    GraphQLSkipDirective,
    InlineFragmentNode,
    get_directive_values,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from graphql import FragmentDefinitionNode, SelectionNode, SelectionSetNode

    from iatrograph.graphql.specification import OutputType

Nodes = tuple[FieldNode, ...]


@dataclass(frozen=True, slots=True)
class Selector:
    """Reads selection sets of one operation, with its fragments and variables.

    ``variables`` are the coerced ones, as graphql-core hands them out.
    """

    fragments: Mapping[str, FragmentDefinitionNode]
    variables: Any

    def fields(self, type_: OutputType, sets: list[SelectionSetNode]) -> dict[str, Nodes]:
        """Return the field nodes that apply to an object of the type, by response key, in order."""
        found: dict[str, list[FieldNode]] = {}
        spread: set[str] = set()
        for selection_set in sets:
            for node in self._flat(type_, selection_set, spread):
                key = node.alias.value if node.alias else node.name.value
                found.setdefault(key, []).append(node)
        return {key: tuple(nodes) for key, nodes in found.items()}

    def _flat(
        self, type_: OutputType, selections: SelectionSetNode, spread: set[str]
    ) -> Iterator[FieldNode]:
        for node in selections.selections:
            if not self._is_included(node):
                continue
            if isinstance(node, FieldNode):
                yield node
            elif (inner := self._inner(type_, node, spread)) is not None:
                yield from self._flat(type_, inner, spread)

    def _inner(
        self, type_: OutputType, node: SelectionNode, spread: set[str]
    ) -> SelectionSetNode | None:
        """Return what a fragment selects, None where it is of another type or spread already."""
        fragment: InlineFragmentNode | FragmentDefinitionNode
        if isinstance(node, FragmentSpreadNode):
            if node.name.value in spread:
                return None
            spread.add(node.name.value)
            fragment = self.fragments[node.name.value]
        elif isinstance(node, InlineFragmentNode):
            fragment = node
        else:  # no other selection exists
            return None
        condition = fragment.type_condition
        if condition and condition.name.value not in (type_.name, *type_.interfaces):
            return None
        return fragment.selection_set

    def _is_included(self, node: SelectionNode) -> bool:
        if not node.directives:
            return True
        skip = get_directive_values(GraphQLSkipDirective, node, self.variables)
        include = get_directive_values(GraphQLIncludeDirective, node, self.variables)
        return not (skip and skip["if"]) and (include is None or include["if"])
