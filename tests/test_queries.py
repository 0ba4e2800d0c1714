"""The example queries: every one answers, and says the same in whatever way it is asked."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox
import pytest
from tests.query_pairs import ROWS, VARIABLES

from iatrograph.catalog import Catalog
from iatrograph.exporters.rdflib import to_rdflib
from iatrograph.graphql import Answer, Context, GraphQL, Request
from iatrograph.release import build_bundled, open_current
from iatrograph.vocabulary import PREFIXES
from iatrograph.vocabulary.examples import examples

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import rdflib

    from iatrograph.release import Release
    from iatrograph.vocabulary import Ontology

    Row = tuple[str, ...]
    Json = dict[str, Any]

SPARQL = {example.name: example for example in examples("sparql")}
GRAPHQL = {example.name: example for example in examples("graphql")}


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Release:
    """Return a release of the graph that ships."""
    data_dir = tmp_path_factory.mktemp("bundled")
    build_bundled(data_dir)
    return open_current(data_dir)


@pytest.fixture(scope="module")
def store(release: Release) -> ox.Store:
    """Return its store."""
    return ox.Store.read_only(str(release.store_path))


@pytest.fixture(scope="module")
def graph(release: Release) -> rdflib.Graph:
    """Return the same triples in rdflib."""
    return to_rdflib(release)


@pytest.fixture(scope="module")
def ask(release: Release, ontology: Ontology) -> Callable[..., Json]:
    """Answer a GraphQL query by name, with variables."""
    graphql = GraphQL(ontology)
    context = Context(Catalog(release.tables, ontology), release.info)

    def answer(name: str, **variables: object) -> Json:
        answered: Answer = graphql.answer(context, Request(GRAPHQL[name].text, variables))
        assert answered.errors == ()
        assert answered.data is not None
        return answered.data

    return answer


def select(store: ox.Store, name: str) -> tuple[list[str], list[Row]]:
    """Return the columns and rows of a query, terms as their text, nothing as ''."""
    solutions = store.query(SPARQL[name].text, prefixes=PREFIXES)
    assert isinstance(solutions, ox.QuerySolutions)
    columns = [variable.value for variable in solutions.variables]
    return columns, [
        tuple(term.value if (term := row[column]) else "" for column in columns)
        for row in solutions
    ]


@pytest.mark.parametrize("name", SPARQL)
def test_each_query_answers(name: str, store: ox.Store) -> None:
    """On the graph that ships every question has an answer."""
    assert select(store, name)[1]


@pytest.mark.parametrize("name", SPARQL)
def test_rdflib_gives_the_same_rows(name: str, store: ox.Store, graph: rdflib.Graph) -> None:
    """Another engine reads the queries alike."""
    columns, rows = select(store, name)
    answers = graph.query(SPARQL[name].text, initNs=PREFIXES)
    assert [str(variable) for variable in answers.vars or ()] == columns

    others = [
        tuple("" if term is None else str(term) for term in answer)  # type: ignore[union-attr]
        for answer in answers
    ]
    assert Counter(rows) == Counter(others)


@pytest.mark.parametrize("example", [*SPARQL.values(), *GRAPHQL.values()], ids=lambda e: e.name)
def test_each_query_says_what_it_asks(example: Any) -> None:
    """The head of every file has a question and a description, one line each."""
    assert example.summary.endswith("?")
    assert example.description.endswith(".")
    assert example.text.startswith("#+ summary: ")


@pytest.mark.parametrize("name", GRAPHQL)
def test_each_graphql_query_answers(name: str, ask: Callable[..., Json]) -> None:
    """On the graph that ships every question has an answer, and no page is cut."""
    answer = ask(name)
    assert list(ROWS[name](answer))
    for page in pages(answer):
        assert page["totalCount"] == len(page["edges"] if "edges" in page else page["nodes"])


def pages(value: Any) -> Iterator[Json]:
    """Yield every page of an answer that says how many there are."""
    if isinstance(value, dict):
        if "totalCount" in value:
            yield value
        for inner in value.values():
            yield from pages(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from pages(inner)


@pytest.mark.parametrize("name", ROWS)
def test_pairs_give_the_same_rows(name: str, store: ox.Store, ask: Callable[..., Json]) -> None:
    """Asked in GraphQL and in SPARQL, a question has the same answer."""
    _, rows = select(store, name)
    answers = [ask(name, **variables) for variables in VARIABLES.get(name, ({},))]

    assert Counter(row for answer in answers for row in ROWS[name](answer)) == Counter(rows)


def test_every_graphql_query_is_held_against_its_pair() -> None:
    """No pair is forgotten, and no GraphQL query is without one."""
    assert set(ROWS) == set(GRAPHQL) == set(GRAPHQL) & set(SPARQL)
