from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.graphql_api.opening import ask

from iatrograph.graphql import Context, GraphQL, Limits, Request

if TYPE_CHECKING:
    from iatrograph.vocabulary import Ontology

QUICK_S = 1.0


def refusal(graphql: GraphQL, context: Context, query: str, **variables: Any) -> dict[str, Any]:
    """Return the only error of a query that is refused, quickly, before it runs."""
    start = time.process_time()
    answer = graphql.answer(context, Request(query, variables))
    assert time.process_time() - start < QUICK_S
    assert not answer.is_executed
    assert "data" not in answer.as_dict()
    return answer.errors[0]


def nested(field: str, levels: int, inside: str) -> str:
    """Return a selection nested in itself."""
    return f"{field} {{ " * levels + inside + " }" * levels


def cycle(size: int, rounds: int) -> str:
    """Return a query that goes from a drug to its effects and back, over and over."""
    there = f"sideEffects(first: {size}) {{ nodes {{ sideEffectOf(first: {size}) {{ nodes {{ "
    return '{ drug(id: "testol") { ' + there * rounds + "id" + " } } } }" * rounds + " } }"


FRAGMENT_BOMB = (
    '{ entity(id: "testol") { ...F0 } } '
    + " ".join(
        f"fragment F{n} on Entity {{ relatedTo(first: 1) {{ nodes {{ ...F{n + 1} }} }} "
        f"partOf(first: 1) {{ nodes {{ ...F{n + 1} }} }} "
        f"influences(first: 1) {{ nodes {{ ...F{n + 1} }} }} }}"
        for n in range(11)
    )
    + " fragment F11 on Entity { id }"
)
LONG_CHAIN = (
    '{ drug(id: "testol") { ...F0 } } '
    + " ".join(f"fragment F{n} on Drug {{ ...F{n + 1} }}" for n in range(500))
    + " fragment F500 on Drug { id }"
)


@pytest.mark.parametrize(
    ("query", "limit"),
    [
        ("{ drug(id: 1) { " + nested("broader", 30, "id") + " } }", "graphql_max_depth"),
        ("{" * 1900, "graphql_max_depth"),
        ("[" * 1900, "graphql_max_depth"),
        ("{ a" * 1300, "graphql_max_depth"),
        ("{ drug(id: " + "[" * 1000 + "]" * 1000 + ") { id } }", "graphql_max_depth"),
        ("{ " + " ".join(f"a{n}: __typename" for n in range(31)) + " }", "graphql_max_aliases"),
        ("{ " + "__typename " * 4000 + "}", "graphql_max_tokens"),
        ("{ __typename " + "@skip(if: false) " * 1000 + "}", "graphql_max_tokens"),
        ("# comment\n" * 5000 + "{ __typename }", "graphql_max_tokens"),
        ("{ drugs(first: 1001) { totalCount } }", "page_size_max"),
        ("{ drug(id: 1) { effects(first: 2147483647) { totalCount } } }", "page_size_max"),
        (cycle(100, 3), "graphql_max_cost"),
        (cycle(1000, 1), "graphql_max_cost"),
        (FRAGMENT_BOMB, "graphql_max_cost"),
        (
            "{ statement(id: 1) { " + nested("claims { statement", 10, "id") + " }" * 10 + " } }",
            "graphql_max_cost",
        ),
    ],
)
def test_limits(graphql: GraphQL, context: Context, query: str, limit: str) -> None:
    """What is over a limit is refused at once; the error names the limit and its value."""
    error = refusal(graphql, context, query)

    assert error["extensions"]["code"] == "LimitExceeded"
    assert error["extensions"]["limit"] == limit
    assert error["extensions"]["allowed"] > 0
    assert limit in error["message"]


def test_cost_is_named(graphql: GraphQL, context: Context) -> None:
    """A query that could bring too much is told how much that is."""
    error = refusal(graphql, context, cycle(100, 3))

    assert error["extensions"]["asked"] > 100**6
    assert str(error["extensions"]["asked"]) in error["message"]


def test_cost_reads_variables(graphql: GraphQL, context: Context) -> None:
    """A page size that comes as a variable counts, and one that is null is the default."""
    query = "query ($n: Int) { drugs(first: $n) { nodes { effects(first: $n) { nodes { id } } } } }"

    assert refusal(graphql, context, query, n=1000)["extensions"]["limit"] == "graphql_max_cost"
    assert ask(graphql, context, query, n=None) == ask(graphql, context, query)


@pytest.mark.parametrize(
    "query",
    [
        """{ condition(id: "fever") { treatments { nodes { sideEffects { nodes { mitigations {
            nodes { label } } } } } } } }""",
        """{ condition(id: "fever") { treatments { edges { claims { source { title } } node {
            sideEffects { edges { claims { source { title } } node { label } } } } } } } }""",
        "{ drugs(first: 100) { nodes { effects(first: 100) { edges { support node { id } } } } } }",
        "{ entities(first: 1000) { nodes { id label kinds roles } } }",
    ],
)
def test_ordinary_queries_pass(graphql: GraphQL, context: Context, query: str) -> None:
    """What people ask is far below the limits."""
    assert ask(graphql, context, query)


def test_long_chain_of_fragments(graphql: GraphQL, context: Context) -> None:
    """Fragments within fragments end in an answer or a refusal, never in a crash."""
    answer = graphql.answer(context, Request(LONG_CHAIN))

    assert answer.errors or answer.data == {"drug": {"id": "testol"}}


def test_what_is_found_counts_too(ontology: Ontology, context: Context) -> None:
    """Lists without pages count as they are, so the estimate cannot be outgrown."""
    graphql = GraphQL(ontology, Limits(max_cost=40))
    answer = graphql.answer(context, Request("{ relations { name } }"))

    assert answer.data is None
    assert answer.errors[0]["extensions"]["limit"] == "graphql_max_cost"


@pytest.mark.parametrize(
    ("query", "line", "column"),
    [("{", 1, 2), ("{\n  drug(id: ) { id }\n}", 2, 12), ('{ drug(id: "x', 1, 14), ("", 1, 1)],
)
def test_malformed_query_has_a_place(
    graphql: GraphQL, context: Context, query: str, line: int, column: int
) -> None:
    """What does not parse is told with line and column."""
    error = refusal(graphql, context, query)

    assert error["extensions"]["code"] == "MalformedQuery"
    assert error["locations"] == [{"line": line, "column": column}]


@pytest.mark.parametrize(
    "query",
    [
        "{ nonsense }",
        "{ drug { id } }",
        '{ drug(id: "testol") }',
        '{ drug(id: "testol") { label { x } } }',
        '{ drug(id: "testol") { effects(relation: nothing) { totalCount } } }',
        '{ drug(id: "testol") { effects(first: "ten") { totalCount } } }',
        '{ drug(id: "testol") { effects(first: -1) { totalCount } } }',
        "mutation { drop }",
        "subscription { drug }",
        "query A { __typename } query B { __typename }",
        "fragment F on Drug { id }",
        "query ($n: Int!) { drugs(first: $n) { totalCount } }",
        "{ ...F } fragment F on Query { ...F }",
        "type Query { mine: Int }",
    ],
)
def test_wrong_queries_never_run(graphql: GraphQL, context: Context, query: str) -> None:
    """What is not in the schema, or is no query, is refused."""
    assert refusal(graphql, context, query)["extensions"]["code"] == "InvalidRequest"


def test_cursor_that_is_none(graphql: GraphQL, context: Context) -> None:
    """A cursor that was never given out is an error of its field."""
    for after in ("x", "-1", "9" * 400, "\u0664"):
        answer = graphql.answer(
            context,
            Request("query ($a: String) { drugs(after: $a) { totalCount } }", {"a": after}),
        )
        assert answer.errors[0]["extensions"]["code"] == "InvalidRequest"


def test_no_echo_of_a_huge_name(graphql: GraphQL, context: Context) -> None:
    """Nobody gets a megabyte of his own back."""
    for query in ("{ " + "a" * 100_000 + " }", '{ drug(id: "' + "a" * 100_000 + '") { id } }'):
        answer = graphql.answer(context, Request(query))
        assert len(str(answer.as_dict())) < 2000


def test_operation_is_chosen_by_name(graphql: GraphQL, context: Context) -> None:
    """Of several operations the one named is run."""
    query = 'query A { drug(id: "testol") { id } } query B { __typename }'

    assert graphql.answer(context, Request(query, {}, "B")).data == {"__typename": "Query"}
    assert not graphql.answer(context, Request(query, {}, "C")).is_executed


@given(st.text())
def test_any_text_is_answered(graphql: GraphQL, context: Context, query: str) -> None:
    """No text is worth an exception."""
    assert graphql.answer(context, Request(query)).as_dict()
