"""Programs that people use ask the endpoint as they ask any other."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pandas
import pytest
import rdflib
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import CSV, JSON, POST, POSTDIRECTLY, TURTLE, URLENCODED, XML, SPARQLWrapper

LABELS = "SELECT ?s ?l { ?s a ig:Drug ; rdfs:label ?l }"
IG = "https://w3id.org/iatrograph/ns#"
TESTOL = rdflib.URIRef("https://w3id.org/iatrograph/id/testol")


def wrapper(endpoint: str, query: str, wanted: str) -> Any:
    """Return a SPARQLWrapper."""
    client = SPARQLWrapper(endpoint)
    client.setQuery(query)
    client.setReturnFormat(wanted)
    return client


def test_rdflib_reads_it_as_a_store(endpoint: str) -> None:
    """Queries and patterns of a remote graph."""
    graph = rdflib.Graph(SPARQLStore(endpoint, returnFormat="xml"))

    assert [str(row.l) for row in graph.query(f"PREFIX ig: <{IG}> {LABELS}")] == ["testol"]  # type: ignore[union-attr]
    assert graph.value(TESTOL, rdflib.RDFS.label) == rdflib.Literal("testol")
    assert (TESTOL, rdflib.RDF.type, rdflib.URIRef(f"{IG}Drug")) in graph


@pytest.mark.parametrize("method", ["GET", POST])
@pytest.mark.parametrize("how", [URLENCODED, POSTDIRECTLY])
def test_sparqlwrapper_reads_rows(endpoint: str, method: str, how: str) -> None:
    """As JSON, XML and CSV, however the query is sent."""
    for wanted in (JSON, XML, CSV):
        client = wrapper(endpoint, LABELS, wanted)
        client.setMethod(method)
        client.setRequestMethod(how)
        answer = client.query().convert()
        text = answer.toxml() if wanted == XML else str(answer)
        assert "testol" in text


def test_sparqlwrapper_reads_graphs(endpoint: str) -> None:
    """As Turtle and as whatever it asks for by itself."""
    turtle = wrapper(endpoint, "DESCRIBE id:testol", TURTLE).query().convert()
    assert len(rdflib.Graph().parse(data=turtle, format="turtle")) == 5
    with pytest.warns(DeprecationWarning, match="ConjunctiveGraph"):  # of SPARQLWrapper's own
        graph = wrapper(endpoint, "CONSTRUCT WHERE { id:testol ?p ?o }", XML).query().convert()
    assert len(graph) == 5


def test_pandas_reads_the_address(endpoint: str) -> None:
    """``read_csv`` over an address with the parameter format."""
    table = pandas.read_csv(f"{endpoint}?format=csv&query={quote(LABELS)}")

    assert list(table.columns) == ["s", "l"]
    assert list(table.l) == ["testol"]
