import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iatrograph.errors import InvalidRequest, LimitExceeded, MalformedQuery, QueryRefused
from iatrograph.sparql.guard import UPDATES, QueryLimits, read_query

LIMITS = QueryLimits()
PARTS = ["BASE", "PREFIX", "VERSION", "SELECT", "FROM", "NAMED", ":", "<a>", "{", "}", "a:", "'"]
WORDS = st.sampled_from(["SERVICE", "service", "LOAD", "INSERT", "FROM", "GRAPH", "DROP"])


@given(WORDS, st.integers(min_value=0, max_value=3))
def test_keywords_do_not_trip_where_they_are_none(word: str, depth: int) -> None:
    """A query that only mentions a keyword passes."""
    hidden = (
        f'# {word} <http://a/>\n ?{word} <http://a/{word}> \'{word}\', """{word} {{"""@en ; '
        f"{word}:x _:{word} ; <#{word}> 'it\\'s {word}' ."
    )
    opened, closed = "{ " * depth, " }" * depth

    reading = read_query(
        f"PREFIX {word}: <http://a/> SELECT ?{word} {{ {opened}{hidden}{closed} }}", LIMITS
    )

    assert (reading.form, reading.has_dataset, reading.uses_graph) == ("SELECT", False, False)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }",
        "SELECT * { service silent ?x { ?s ?p ?o } }",
        "SELECT * { # 'quote\n SERVICE ?x {} }",
        "SELECT * { ?s ?p '\\'' . SERVICE ?x {} # '\n }",
        "SELECT * { FILTER(?a<?b)SERVICE?x#>\n{} }",
        *(f"{word} x" for word in sorted(UPDATES)),
        "PREFIX a: <http://a/> INSERT DATA { a:b a:c a:d }",
        "BASE <http://a/> LOAD <http://127.0.0.1/>",
    ],
)
def test_service_and_updates_are_refused(query: str) -> None:
    """However they are written."""
    with pytest.raises(QueryRefused):
        read_query(query, LIMITS)


@pytest.mark.parametrize(
    ("query", "limit", "asked"),
    [
        ("ASK {" + " " * 100_000 + "}", "query_max_characters", 100_006),
        ("ASK " + "{" * 65 + "}" * 65, "query_max_depth", 65),
        ("ASK { FILTER(" + "STR(" * 500 + "1" + ")" * 500 + ") }", "query_max_depth", 502),
        ("ASK { ?a ?b " + "[ ?c " * 490 + "]" * 490 + " }", "query_max_depth", 491),
        ("ASK { FILTER(1<" + "(" * 4000 + "1" + ")" * 4000 + ">1) }", "query_max_depth", 4002),
        ("ASK { " + "?a ?b ?c . " * 200 + "}", "query_max_patterns", 201),
        ("ASK { {} " + "UNION {} " * 6000 + "}", "query_max_patterns", 6002),
        ("ASK { " + "OPTIONAL { ?a ?b ?c } " * 400 + "}", "query_max_patterns", 401),
        ("ASK { FILTER(1" + "+1" * 7000 + ") }", "query_max_operators", 7000),
        ("ASK { ?a " + "^" * 7000 + "<http://a/> ?b }", "query_max_operators", 3500),
        ("ASK { FILTER(" + "!" * 7000 + "true) }", "query_max_operators", 7000),
    ],
)
def test_bombs_are_refused_with_the_limit_and_what_was_asked(
    query: str, limit: str, asked: int
) -> None:
    """What would exhaust stack or planner never reaches a worker."""
    with pytest.raises(LimitExceeded) as caught:
        read_query(query, LIMITS)

    assert (caught.value.limit, caught.value.asked) == (limit, asked)


def test_long_lists_of_values_are_no_patterns() -> None:
    """Two thousand IRIs in VALUES and in IN pass."""
    values = " ".join(f"<http://a/{n}>" for n in range(2000))
    listed = ", ".join(f"<http://a/{n}>" for n in range(1000))

    assert read_query(f"ASK {{ VALUES ?x {{ {values} }} ?x ?p ?o }}", LIMITS).form == "ASK"
    assert read_query(f"ASK {{ ?x ?p ?o FILTER(?x IN ({listed})) }}", LIMITS).form == "ASK"


@pytest.mark.parametrize(
    ("query", "line", "column"),
    [("", None, None), ("# only a comment", None, None), ("SELEC *", 1, 1), ("ASK {\n  \\", 2, 3)],
)
def test_what_is_no_query_is_told_with_its_place(
    query: str, line: int | None, column: int | None
) -> None:
    """Line and column are 1-based."""
    with pytest.raises(MalformedQuery) as caught:
        read_query(query, LIMITS)

    assert (caught.value.line, caught.value.column) == (line, column)


@given(st.lists(st.sampled_from(PARTS)))
def test_half_queries_never_end_in_another_error(parts: list[str]) -> None:
    """A prologue or a clause may break off anywhere."""
    with contextlib.suppress(InvalidRequest):
        assert read_query(" ".join(parts), LIMITS).form == "SELECT"


def test_undeclared_prefixes_are_told_and_volatile_functions_are_noticed() -> None:
    """The engine is handed only the prefixes that a query uses and does not declare."""
    reading = read_query("PREFIX a: <http://a/> ASK { a:b ig:c _:d FILTER(NOW() > 1) }", LIMITS)

    assert reading.prefixes - {"_"} == {"ig"}
    assert reading.is_volatile
