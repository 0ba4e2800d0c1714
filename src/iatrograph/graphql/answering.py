"""A request becomes an answer: read, checked, weighed, and projected root field by root field."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from graphql import (
    DocumentNode,
    GraphQLError,
    OperationDefinitionNode,
    SelectionSetNode,
    execute,
    get_variable_values,
)

from iatrograph.errors import IatrographError, InvalidRequest
from iatrograph.graphql.building import build, graphql_schema
from iatrograph.graphql.cost import Estimate
from iatrograph.graphql.document import Limits, document_reader
from iatrograph.graphql.problems import Record, fault, problem
from iatrograph.graphql.projection import Projection
from iatrograph.graphql.schema import specification
from iatrograph.graphql.selection import Selector

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from iatrograph.graphql.context import Context
    from iatrograph.graphql.document import Document
    from iatrograph.graphql.projection import Selected
    from iatrograph.graphql.selection import Nodes
    from iatrograph.vocabulary import Ontology

_INTROSPECTION: Final = frozenset({"__schema", "__type"})
_VALUES_SHOWN: Final = 5


@dataclass(frozen=True, slots=True)
class Request:
    """A query with its variables, and which of its operations is meant."""

    query: str
    variables: Mapping[str, Any] = field(default_factory=dict)
    operation_name: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What comes back: data, errors, or both.

    ``is_executed`` is false where the request was refused before anything ran; then there is no
    data.
    """

    data: dict[str, Any] | None
    errors: tuple[Record, ...] = ()
    is_executed: bool = True

    def as_dict(self) -> dict[str, Any]:
        """Return it as a GraphQL response; without data if nothing ran."""
        body: dict[str, Any] = {"errors": list(self.errors)} if self.errors else {}
        return body | {"data": self.data} if self.is_executed else body


class GraphQL:
    """The schema of an ontology, ready to answer; it has no state but a cache of documents."""

    def __init__(self, ontology: Ontology, limits: Limits | None = None) -> None:
        """Take the ontology that the schema is made from, and what queries may ask at most."""
        self.limits = limits or Limits()
        made_of = specification(ontology)
        self._types = made_of.types
        self._schema = graphql_schema(build(made_of))
        self._read: Callable[[str], Document] = document_reader(self._schema, self.limits)

    def answer(self, context: Context, request: Request) -> Answer:
        """Answer a request; whatever is wrong with it stands in the answer's errors."""
        prepared = self.prepare(context, request)
        return prepared if isinstance(prepared, Answer) else prepared.run()

    def prepare(self, context: Context, request: Request) -> Prepared | Answer:
        """Check a request and weigh it; where something is wrong with it, that is the answer."""
        try:
            document = self._read(request.query)
            if document.faults:
                return Answer(None, tuple(map(fault, document.faults)), is_executed=False)
            return self._prepare(context, document, request)
        except InvalidRequest as error:
            return Answer(None, (problem(error),), is_executed=False)
        except GraphQLError as error:
            return Answer(None, (fault(error),), is_executed=False)

    def _prepare(self, context: Context, document: Document, request: Request) -> Prepared:
        operation = document.operation(request.operation_name)
        variables = _variables(self._schema, operation, request.variables)
        selector = Selector(document.fragments, variables)
        projection = Projection(self._types, self._schema, selector, context, self.limits.max_cost)
        fields = projection.root_fields(operation.selection_set)
        cost = Estimate(projection, self.limits).check(fields)
        return Prepared(projection, fields, operation, request, cost)


def _variables(schema: Any, operation: OperationDefinitionNode, given: Mapping[str, Any]) -> Any:
    """Return the coerced variables. Raises GraphQLError for the first that does not fit."""
    values = get_variable_values(
        schema, operation.variable_definitions or (), dict(given), max_errors=_VALUES_SHOWN
    )
    if isinstance(values, list):
        raise values[0]
    return values


@dataclass(frozen=True, slots=True)
class Prepared:
    """A request that was found to be in order; ``cost`` is what was held against the limit."""

    projection: Projection
    fields: tuple[Selected, ...]
    operation: OperationDefinitionNode
    request: Request
    cost: int

    def run(self) -> Answer:
        """Answer root field by root field; one that fails is null and has its error."""
        data: dict[str, Any] = {}
        errors: list[Record] = []
        is_whole = True
        for selected in self.fields:
            try:
                data[selected.key] = self._cell(selected)
            except IatrographError as error:
                data[selected.key] = None
                errors.append(problem(error, [selected.key], selected.nodes[0]))
                is_whole &= selected.field is not None and selected.field.is_nullable
        return Answer(data if is_whole else None, tuple(errors))

    def _cell(self, selected: Selected) -> Any:
        if selected.nodes[0].name.value in _INTROSPECTION:
            return self._introspect(selected.nodes)[selected.key]
        return self.projection.root_cell(selected)

    def _introspect(self, nodes: Nodes) -> dict[str, Any]:
        """Let graphql-core answer what is asked of the schema itself."""
        alone = OperationDefinitionNode(
            operation=self.operation.operation,
            name=None,
            variable_definitions=self.operation.variable_definitions,
            directives=(),
            selection_set=SelectionSetNode(selections=nodes),
        )
        fragments = tuple(self.projection.selector.fragments.values())
        result = execute(
            self.projection.schema,
            DocumentNode(definitions=(alone, *fragments)),
            variable_values=dict(self.request.variables),
        )
        return result.data or {}  # type: ignore[union-attr]  # nothing in it is awaited
