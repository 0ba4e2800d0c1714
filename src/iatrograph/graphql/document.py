"""A query text becomes a checked document; refused before it is parsed if it is over a limit."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    GraphQLError,
    GraphQLSyntaxError,
    Lexer,
    OperationDefinitionNode,
    OperationType,
    Source,
    TokenKind,
    Visitor,
    get_location,
    parse,
    validate,
    visit,
)

from iatrograph.errors import InvalidRequest, LimitExceeded, MalformedQuery

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from graphql import GraphQLSchema

_CACHED = 256
_LONGEST_NAME = 200
_OPENING = frozenset({TokenKind.BRACE_L, TokenKind.BRACKET_L, TokenKind.PAREN_L})
_CLOSING = frozenset({TokenKind.BRACE_R, TokenKind.BRACKET_R, TokenKind.PAREN_R})


@dataclass(frozen=True, slots=True)
class Limits:
    """What a query may ask at most; the names are those of the settings.

    ``max_cost`` counts objects: page sizes multiplied down the tree, and what is really found.
    """

    max_depth: int = 24
    max_aliases: int = 30
    max_tokens: int = 4000
    max_cost: int = 200_000
    page_size_max: int = 1000


@dataclass(frozen=True, slots=True, eq=False)
class Document:
    """A parsed query and what is wrong with it against the schema."""

    node: DocumentNode
    faults: tuple[GraphQLError, ...]

    @property
    def fragments(self) -> Mapping[str, FragmentDefinitionNode]:
        """The fragments by name."""
        return {
            d.name.value: d for d in self.node.definitions if isinstance(d, FragmentDefinitionNode)
        }

    def operation(self, name: str | None) -> OperationDefinitionNode:
        """Return the operation of a name, or the only one. Raises InvalidRequest."""
        operations = [d for d in self.node.definitions if isinstance(d, OperationDefinitionNode)]
        if name is None and len(operations) > 1:
            raise InvalidRequest("the query has several operations: say which by operationName")
        for operation in operations:
            if name is None or (operation.name and operation.name.value == name):
                if operation.operation is not OperationType.QUERY:
                    raise InvalidRequest("only queries are served: nothing here can be changed")
                return operation
        raise InvalidRequest("the query has no operation of that name")


def document_reader(schema: GraphQLSchema, limits: Limits) -> Callable[[str], Document]:
    """Return the function that reads a query text, with a cache of those read last.

    It raises LimitExceeded and MalformedQuery.
    """

    @lru_cache(maxsize=_CACHED)
    def read(text: str) -> Document:
        _scan(text, limits)
        try:
            node = parse(text, no_location=False, max_tokens=limits.max_tokens)
        except GraphQLSyntaxError as error:
            raise malformed(error) from error
        _check_shape(node, limits)
        try:
            return Document(node, tuple(validate(schema, node, max_errors=5)))
        except RecursionError as error:  # fragments within fragments, deeper than any allowed query
            raise LimitExceeded("graphql_max_depth", limits.max_depth) from error

    return read


def malformed(error: GraphQLError) -> MalformedQuery:
    """Return a fault of the parser as an error of ours."""
    place = error.locations[0] if error.locations else None
    message = shortened(error.message.removeprefix("Syntax Error: "))
    return MalformedQuery(message, place and place.line, place and place.column)


def shortened(message: str) -> str:
    """Return a message that echoes no more than a name of sensible length."""
    return message if len(message) <= 2 * _LONGEST_NAME else f"{message[: 2 * _LONGEST_NAME]}..."


def _scan(text: str, limits: Limits) -> None:
    """Count tokens and open brackets, so that the parser never sees a text that is over a limit."""
    source = Source(text)
    lexer = Lexer(source)
    count = depth = 0
    while True:
        try:
            token = lexer.read_next_token(lexer.token.end)
        except GraphQLSyntaxError as error:
            raise malformed(error) from error
        lexer.token = token
        if token.kind is TokenKind.EOF:
            return
        count += 1
        depth += (token.kind in _OPENING) - (token.kind in _CLOSING)
        if count > limits.max_tokens:
            raise LimitExceeded("graphql_max_tokens", limits.max_tokens)
        if depth > 2 * limits.max_depth:
            raise LimitExceeded("graphql_max_depth", limits.max_depth)
        if token.value and token.kind is TokenKind.NAME and len(token.value) > _LONGEST_NAME:
            place = get_location(source, token.start)
            raise MalformedQuery("a name is too long to be one", place.line, place.column)


class _Shape(Visitor):
    """Counts the aliases of a document."""

    def __init__(self) -> None:
        super().__init__()
        self.aliases = 0

    def enter_field(self, node: FieldNode, *_: object) -> None:
        self.aliases += node.alias is not None


def _check_shape(node: DocumentNode, limits: Limits) -> None:
    shape = _Shape()
    visit(node, shape)
    if shape.aliases > limits.max_aliases:
        raise LimitExceeded("graphql_max_aliases", limits.max_aliases, shape.aliases)
