from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson
import pytest
from graphql import GraphQLSchema, build_schema, execute, parse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.graphql_api.opening import ask, opened
from tests.graphql_api.random_queries import queries
from tests.random_graphs import contributions

from iatrograph.graphql import Context, GraphQL, Limits, Request, schema_text
from iatrograph.model import Direction, StatementFilter
from iatrograph.vocabulary import ontology

if TYPE_CHECKING:
    from collections.abc import Sequence

    from iatrograph.model import Contribution

WORDS = ontology()
GENEROUS = Limits(max_aliases=10_000, max_cost=10**18)
PLAIN: GraphQLSchema = build_schema(schema_text(WORDS))


@pytest.fixture(scope="module")
def generous() -> GraphQL:
    """Return the schema with hardly any limit."""
    return GraphQL(WORDS, GENEROUS)


def by_the_book(query: str, data: dict[str, Any]) -> object:
    """Let graphql-core execute a query over an answer, reading each field by its response key."""
    return execute(
        PLAIN,
        parse(query),
        root_value=data,
        field_resolver=lambda value, info, **_: value[info.path.key],
        type_resolver=lambda value, *_: value["__typename"],
    )


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(contribution=contributions(), query=queries(PLAIN))
def test_answers_are_what_the_specification_wants(
    generous: GraphQL, contribution: Contribution, query: str
) -> None:
    """Types, lists, nulls, fragments and the order of keys are as a reference executor has them."""
    with opened(contribution) as context:
        answer = generous.answer(context, Request(query))

    assert not answer.errors
    assert answer.data is not None
    reference: Any = by_the_book(query, answer.data)
    assert not reference.errors
    assert orjson.dumps(reference.data) == orjson.dumps(answer.data)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    contribution=contributions(),
    first=st.integers(1, 3),
    filters=st.sampled_from(["asserted: null", "asserted: true", "asserted: null, minSupport: 2"]),
)
def test_pages_together_are_the_whole(
    generous: GraphQL, contribution: Contribution, first: int, filters: str
) -> None:
    """Following the cursors gives every statement once, in the order of the catalog."""
    with opened(contribution) as context:
        for entity in context.members("Entity"):
            for name, direction in (("relatedTo", Direction.OUT), ("relatedFrom", Direction.IN)):
                found = walk(generous, context, entity, f"{name}(first: {first}, {filters}")
                assert found == expected(context, entity, direction, filters)


def walk(graphql: GraphQL, context: Context, entity: str, field: str) -> list[str]:
    """Follow the pages of a connection to the end."""
    found: list[str] = []
    after: str | None = None
    while True:
        query = f"""query ($id: ID!, $after: String) {{ entity(id: $id) {{
            page: {field}, after: $after) {{ totalCount edges {{ cursor id }} nodes {{ id }}
            pageInfo {{ hasNextPage hasPreviousPage startCursor endCursor }} }} }} }}"""
        page = ask(graphql, context, query, id=entity, after=after)["entity"]["page"]
        cursors = [edge["cursor"] for edge in page["edges"]]
        info = page["pageInfo"]
        assert info["hasPreviousPage"] == bool(found)
        assert [info["startCursor"], info["endCursor"]] == (
            [cursors[0], cursors[-1]] if cursors else [None, None]
        )
        found += [edge["id"] for edge in page["edges"]]
        assert info["hasNextPage"] == (len(found) < page["totalCount"])
        if not info["hasNextPage"]:
            return found
        after = info["endCursor"]


def expected(context: Context, entity: str, direction: Direction, filters: str) -> Sequence[str]:
    """Return what the catalog has, in its order."""
    wanted = StatementFilter(
        is_asserted=True if "true" in filters else None,
        min_support=2 if "minSupport" in filters else None,
    )
    (page,) = context.catalog.statements([entity], "relatedTo", direction, wanted)
    return [statement.key.id for statement in page.statements]


def test_pages_of_a_list_together_are_the_whole(generous: GraphQL, context: Context) -> None:
    """Lists of entities page like connections."""
    found: list[str] = []
    after = None
    while True:
        query = """query ($after: String) { entities(first: 3, after: $after) { totalCount
            nodes { id } edges { node { id } } pageInfo { hasNextPage endCursor } } }"""
        page = ask(generous, context, query, after=after)["entities"]
        assert page["nodes"] == [edge["node"] for edge in page["edges"]]
        found += [node["id"] for node in page["nodes"]]
        if not page["pageInfo"]["hasNextPage"]:
            break
        after = page["pageInfo"]["endCursor"]

    assert found == list(context.members("Entity"))
    assert len(found) == page["totalCount"]


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(contribution=contributions())
def test_no_qualifier_is_lost(generous: GraphQL, contribution: Contribution) -> None:
    """Every value of every qualifier of every claim comes back."""
    fields = " ".join(
        q.name
        + {"concept": " { key }", "entity": " { id }", "reference": " { id }"}.get(q.kind, "")
        for q in WORDS.qualifiers.values()
    )
    query = f"query ($id: ID!) {{ statement(id: $id) {{ claims {{ id stance {fields} }} }} }}"
    with opened(contribution) as context:
        for claims in context.catalog.claims(
            [s.key for s in context.catalog.tables.all_statements()]
        ):
            for claim in claims:
                data = ask(generous, context, query, id=claim.statement.id)
                told = next(c for c in data["statement"]["claims"] if c["id"] == claim.id)
                assert told["stance"] == claim.stance.value
                for name, qualifier in WORDS.qualifiers.items():
                    values = told[name] if qualifier.is_many else [told[name]]
                    plain = [
                        next(iter(v.values())) if isinstance(v, dict) else v for v in values if v
                    ]
                    assert tuple(map(str, plain)) == claim.many(name)
