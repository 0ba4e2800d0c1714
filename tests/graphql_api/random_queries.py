"""Random queries that the schema allows, fragments and aliases included."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, Any, Final

from graphql import (
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
    get_named_type,
    is_required_argument,
)
from hypothesis import strategies as st

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hypothesis.strategies import DrawFn

Composite = GraphQLObjectType | GraphQLInterfaceType
MAX_DEPTH: Final = 7
ARGUMENTS: Final = (
    "first: 0",
    "first: 2",
    "first: 100",
    'after: "1"',
    "asserted: null",
    "asserted: false",
    "contested: true",
    "minSupport: 3",
    "stance: denies",
    "relation: addresses",
    "relation: mayCause",
)
ROOTS: Final = ("entities", "findings", "interventions", "drugs", "effects", "mitigations")


@st.composite
def queries(draw: DrawFn, schema: GraphQLSchema) -> str:
    """Draw a query of one root list."""
    numbers = count()
    query = schema.query_type
    assert query is not None
    name = draw(st.sampled_from(ROOTS))
    return f"{{ __typename {_field(draw, schema, query, name, 1, numbers)} }}"


def _selection(
    draw: DrawFn, schema: GraphQLSchema, type_: Composite, depth: int, numbers: Iterator[int]
) -> str:
    names = [n for n, f in type_.fields.items() if depth < MAX_DEPTH or _is_leaf(f)]
    chosen = draw(st.lists(st.sampled_from(names), min_size=1, max_size=3)) if names else []
    inner = [_field(draw, schema, type_, name, depth, numbers) for name in chosen]
    if isinstance(type_, GraphQLInterfaceType) and depth < MAX_DEPTH:
        possible = sorted(schema.get_possible_types(type_), key=str)
        for other in draw(st.lists(st.sampled_from(possible), max_size=2, unique_by=str)):
            fragment = _selection(draw, schema, other, depth + 1, numbers)
            inner.append(f"... on {other.name} {fragment}")
    return f"{{ __typename {' '.join(inner)} }}"


def _field(
    draw: DrawFn,
    schema: GraphQLSchema,
    type_: Composite,
    name: str,
    depth: int,
    numbers: Iterator[int],
) -> str:
    """Write a field under an alias of its own, so that no two selections conflict."""
    field = type_.fields[name]
    assert not any(map(is_required_argument, field.args.values()))
    given = draw(st.lists(st.sampled_from(ARGUMENTS), max_size=3, unique_by=_name))
    known = [a for a in given if _name(a) in field.args]
    arguments = f"({', '.join(known)})" if known else ""
    child = get_named_type(field.type)
    below = (
        _selection(draw, schema, child, depth + 1, numbers) if isinstance(child, Composite) else ""
    )
    return f"f{next(numbers)}: {name}{arguments} {below}"


def _name(argument: str) -> str:
    return argument.split(":")[0]


def _is_leaf(field: Any) -> bool:
    return not isinstance(get_named_type(field.type), Composite)
