from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from iatrograph.errors import QueryRefused
from iatrograph.sparql.dataset import GRAPH_NAME, dataset_of, place
from iatrograph.sparql.guard import QueryLimits, read_query

MINI = Path(__file__).parents[1] / "data" / "mini" / "mini.ttl"
G = f"<{GRAPH_NAME}>"
PATTERNS = [
    "{ ?s rdfs:label ?l }",
    "{ GRAPH ?g { ?s rdfs:label ?l } }",
    f"{{ GRAPH {G} {{ ?s rdfs:label ?l }} }}",
    "{ GRAPH <http://example.org/other> { ?s rdfs:label ?l } }",
    "{ GRAPH g:graph { ?s rdfs:label ?l } }",
    "{ GRAPH ?g { ?s rdfs:label ?l } OPTIONAL { GRAPH ?g { ?s skos:altLabel ?a } } }",
    "{ { GRAPH ?g { ?s rdfs:label ?l } } UNION { GRAPH ?h { ?s skos:altLabel ?l } } }",
    "{ GRAPH ?g {} }",
]
CLAUSES = ["", f"FROM {G}", f"FROM NAMED {G}", f"FROM {G} FROM NAMED {G}", "FROM g:graph"]


@pytest.fixture(scope="module")
def twice() -> ox.Store:
    """Return the graph as the default graph and under its name: the dataset that is meant."""
    store = ox.Store()
    store.load(path=MINI, format=ox.RdfFormat.TURTLE)
    store.load(path=MINI, format=ox.RdfFormat.TURTLE, to_graph=ox.NamedNode(GRAPH_NAME))
    return store


@pytest.fixture(scope="module")
def once() -> ox.Store:
    """Return the graph as it is stored."""
    store = ox.Store()
    store.load(path=MINI, format=ox.RdfFormat.TURTLE)
    return store


def rows(solutions: object) -> list[str]:
    """Return solutions in an order that does not depend on the plan."""
    assert isinstance(solutions, ox.QuerySolutions)
    names = sorted(v.value for v in solutions.variables)
    return sorted(str([str(s[name]) for name in names]) for s in solutions)


@pytest.mark.parametrize("clause", CLAUSES)
@pytest.mark.parametrize("pattern", PATTERNS)
def test_graph_and_from_mean_what_sparql_says(
    once: ox.Store, twice: ox.Store, clause: str, pattern: str
) -> None:
    """Rows equal those over a store that really holds the graph twice."""
    prologue = "PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> "
    prologue += "PREFIX skos: <http://www.w3.org/2004/02/skos/core#> "
    prologue += "PREFIX g: <https://w3id.org/iatrograph/> "
    text = f"{prologue} SELECT * {clause} {pattern}"
    reading = read_query(text, QueryLimits())
    placed = place(reading, dataset_of(reading))

    expected = twice.query(
        text,
        default_graph=ox.NamedNode(GRAPH_NAME) if "FROM" not in clause else None,
    )
    # The name of the graph may be a blank node's: both sides use the stored labels.
    actual = once.query(
        placed.text,
        default_graph=ox.DefaultGraph() if placed.default_graph else [],
        named_graphs=[],
    )
    assert rows(actual) == rows(expected)


def test_the_request_goes_before_the_query() -> None:
    """The protocol's graphs replace FROM, as section 2.1.4 has it."""
    reading = read_query("SELECT * FROM <http://example.org/other> { ?s ?p ?o }", QueryLimits())

    assert dataset_of(reading, [GRAPH_NAME]).default
    with pytest.raises(QueryRefused, match="other"):
        dataset_of(reading)
    with pytest.raises(QueryRefused, match="file:"):
        dataset_of(reading, [GRAPH_NAME], ["file:///etc/passwd"])


def test_a_pattern_over_an_empty_default_graph_is_refused_beside_graph() -> None:
    """It could not be answered rightly, so it is not answered."""
    text = f"ASK FROM NAMED {G} {{ ?s ?p ?o . GRAPH ?g {{ ?s ?q ?r }} }}"
    reading = read_query(text, QueryLimits())

    with pytest.raises(QueryRefused, match="outside GRAPH"):
        place(reading, dataset_of(reading))


def test_templates_may_stand_before_named_graphs() -> None:
    """The template of a CONSTRUCT is not taken for a pattern."""
    text = f"CONSTRUCT {{ ?s ?p 1 }} FROM NAMED {G} WHERE {{ GRAPH ?g {{ ?s ?p ?o }} }}"
    reading = read_query(text, QueryLimits())

    assert "GRAPH" not in place(reading, dataset_of(reading)).text


@given(st.from_regex(r"[a-z0-9](?:[a-z0-9:%-]|\.|\\[.~!]){0,8}[a-z0-9]", fullmatch=True))
def test_a_name_with_full_stops_is_one_name(local: str) -> None:
    """What SPARQL 1.1 reads as one name reaches the engine as one, escaped or not."""
    assume("%" not in local)
    iri = "http://x.org/" + local.replace("\\", "")
    store = ox.Store()
    store.add(ox.Quad(ox.NamedNode(iri), ox.NamedNode("http://x.org/a.b"), ox.Literal("1.5 a.b")))
    text = f'PREFIX x: <http://x.org/> ASK {{ x:{local} x:a.b ?v . FILTER(?v = "1.5 a.b") }}'

    reading = read_query(text, QueryLimits())

    assert store.query(place(reading, dataset_of(reading)).text)


def test_other_full_stops_stay() -> None:
    """Ends of triples, numbers, strings, IRIs, comments and blank nodes are as they were."""
    text = 'SELECT * { _:a.b ?p 1.5, "x:a.b" . ?s <http://x.org/a.b> x:c. ?s ?q x:d } # x:a.b'
    reading = read_query("PREFIX x: <http://x.org/> " + text, QueryLimits())

    assert place(reading, dataset_of(reading)).text == reading.text
