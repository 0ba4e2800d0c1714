"""The one door to Strawberry: a specification becomes a schema."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Final

import strawberry
from strawberry.annotation import StrawberryAnnotation
from strawberry.types.arguments import StrawberryArgument
from strawberry.types.base import StrawberryObjectDefinition
from strawberry.types.field import StrawberryField
from strawberry.types.unset import UNSET

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graphql import GraphQLSchema

    from iatrograph.graphql.specification import Argument, Field, OutputType, Specification

_LEAVES: Final[Mapping[str, object]] = {
    "ID": strawberry.ID,
    "str": str,
    "int": int,
    "float": float,
    "bool": bool,
    "list": list,
}


def build(specification: Specification) -> strawberry.Schema:
    """Return the Strawberry schema of a specification.

    The types have no resolvers: ``projection`` reads the fields, a level at a time.
    """
    definitions = {t.name: _definition(t) for t in specification.types.values()}
    origins = {name: definition.origin for name, definition in definitions.items()}
    fields = _Fields({**_LEAVES, **specification.enums, **origins})
    for type_ in specification.types.values():
        definition = definitions[type_.name]
        definition.interfaces = [definitions[name] for name in type_.interfaces]
        definition.fields = [fields.field(field) for field in type_.fields]
    schema = strawberry.Schema(query=origins["Query"], types=list(origins.values()))
    graphql_schema(schema).description = specification.description
    return schema


def graphql_schema(schema: strawberry.Schema) -> GraphQLSchema:
    """Return the graphql-core schema inside, for validation and introspection."""
    return schema._schema


def _definition(type_: OutputType) -> StrawberryObjectDefinition:
    origin = type(type_.name, (), {"__doc__": type_.description})
    definition = StrawberryObjectDefinition(
        name=type_.name,
        is_input=False,
        is_interface=type_.concrete is not None,
        origin=origin,
        description=type_.description,
        interfaces=[],
        extend=False,
        directives=(),
        is_type_of=None,
        resolve_type=None,
        fields=[],
    )
    origin.__strawberry_definition__ = definition  # type: ignore[attr-defined]  # as its decorator
    return definition


class _Fields:
    """Makes each field, argument and annotation once, however many types share it."""

    def __init__(self, names: dict[str, Any]) -> None:
        self._names = names
        self.field = cache(self._field)
        self._argument = cache(self._make_argument)
        self._annotation = cache(self._make_annotation)

    def _field(self, field: Field) -> StrawberryField:
        made = StrawberryField(
            python_name=field.name,
            graphql_name=field.name,
            type_annotation=self._annotation(field.type),
            description=field.description,
        )
        made.arguments = [self._argument(argument) for argument in field.arguments]
        return made

    def _make_argument(self, argument: Argument) -> StrawberryArgument:
        return StrawberryArgument(
            python_name=argument.name,
            graphql_name=argument.name,
            type_annotation=self._annotation(argument.type),
            description=argument.description,
            default=UNSET if argument.default is ... else argument.default,
        )

    def _make_annotation(self, type_: str) -> StrawberryAnnotation:
        return StrawberryAnnotation(type_, namespace=self._names)
