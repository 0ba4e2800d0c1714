"""The endpoint over HTTP: methods, formats, caching, errors."""

from __future__ import annotations

import csv
import io
import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox
import pytest

from iatrograph.sparql.dataset import GRAPH_NAME

if TYPE_CHECKING:
    import httpx

LABELS = "SELECT ?s ?l { ?s a ig:Drug ; rdfs:label ?l } ORDER BY ?l"
SD = "http://www.w3.org/ns/sparql-service-description#"
QUERY = "application/sparql-query"
RESULTS = "{http://www.w3.org/2005/sparql-results#}"


def ask(http: httpx.Client, query: str, accept: str = "", **parameters: str) -> httpx.Response:
    """Ask by GET."""
    return http.get("", params={"query": query, **parameters}, headers={"accept": accept or "*/*"})


def told(response: httpx.Response) -> dict[str, Any]:
    """Return the problem that an answer tells."""
    assert response.headers["content-type"] == "application/problem+json"
    assert response.headers["access-control-allow-origin"] == "*"
    problem: dict[str, Any] = response.json()
    assert problem["status"] == response.status_code
    assert set(problem) >= {"type", "title", "detail"}
    return problem


def test_the_rows_are_the_same_in_every_format(http: httpx.Client) -> None:
    """JSON, XML, CSV and TSV say the same of a tricky table."""
    query = r"""SELECT * { VALUES (?a ?b) { ("x,\"y\"\nz" 1) (UNDEF "é"@en) (<http://a/> 2.5) } }"""
    expected = [('x,"y"\nz', "1"), ("", "é"), ("http://a/", "2.5")]

    bindings = ask(http, query).json()["results"]["bindings"]
    read = csv.reader(io.StringIO(ask(http, query, "text/csv").text, newline=""))
    tree = ET.fromstring(ask(http, query, "application/sparql-results+xml").content)  # noqa: S314
    tsv = ask(http, query, "text/tab-separated-values").text.splitlines()

    assert [tuple(b.get(v, {}).get("value", "") for v in "ab") for b in bindings] == expected
    assert [tuple(row) for row in read][1:] == expected
    rows = [
        {b.get("name"): "".join(b.itertext()) for b in r} for r in tree.iter(f"{RESULTS}result")
    ]
    assert [(row.get("a", ""), row.get("b", "")) for row in rows] == expected
    assert tsv == ["?a\t?b", '"x,\\"y\\"\\nz"\t1', '\t"é"@en', "<http://a/>\t2.5"]


@pytest.mark.parametrize("accept", ["text/turtle", "application/n-triples", "application/rdf+xml"])
def test_the_triples_are_the_same_in_every_format(http: httpx.Client, accept: str) -> None:
    """CONSTRUCT and DESCRIBE answer in RDF."""
    for query in ("DESCRIBE id:testol", "CONSTRUCT { id:testol ?p ?o } WHERE { id:testol ?p ?o }"):
        response = ask(http, query, accept)
        rdf_format = ox.RdfFormat.from_media_type(response.headers["content-type"])
        quads = list(ox.parse(response.content, format=rdf_format))

        assert response.headers["content-type"].startswith(accept)
        assert len(quads) == 5


def test_all_ways_to_ask_give_the_same_answer(http: httpx.Client) -> None:
    """GET, HEAD, form and direct POST; with the header Content-Length."""
    by_get = ask(http, LABELS)
    by_form = http.post("", data={"query": LABELS})
    by_body = http.post("", content=LABELS, headers={"content-type": QUERY})
    head = http.head("", params={"query": LABELS})

    assert by_get.content == by_form.content == by_body.content
    assert [b["l"]["value"] for b in by_get.json()["results"]["bindings"]] == ["testol"]
    assert head.headers["content-length"] == str(len(by_get.content))
    assert head.content == b""
    assert by_get.headers["iatrograph-release"] == "r-test"
    assert by_get.headers["vary"] == "Accept"


def test_an_answer_is_known_by_release_and_format(http: httpx.Client) -> None:
    """ETag and 304; an answer that differs each time is not kept by anybody."""
    first, as_csv = ask(http, LABELS), ask(http, LABELS, "text/csv")
    etag = first.headers["etag"]
    again = http.get("", params={"query": LABELS}, headers={"if-none-match": f'"x", W/{etag}'})
    volatile = "SELECT (UUID() AS ?x) {}"

    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == etag != as_csv.headers["etag"]
    assert ask(http, volatile).content != ask(http, volatile).content
    assert "etag" not in ask(http, volatile).headers
    assert ask(http, volatile).headers["cache-control"] == "no-store"


def test_without_a_query_programs_get_the_service_description(http: httpx.Client) -> None:
    """It names the endpoint, the formats and the one graph; Host is not echoed."""
    address = str(http.base_url).rstrip("/")
    response = http.get(address, headers={"accept": "text/turtle", "host": "evil.example"})
    quads = list(ox.parse(response.content, format=ox.RdfFormat.TURTLE))
    told_of = {quad.predicate.value: quad.object for quad in quads}

    assert told_of[f"{SD}endpoint"] == ox.NamedNode(address)
    assert told_of[f"{SD}name"] == ox.NamedNode(GRAPH_NAME)
    assert b"evil" not in response.content
    assert http.get("").headers["content-type"].startswith("text/turtle")
    assert http.get("", headers={"accept": "image/png"}).status_code == 406


def test_without_a_query_people_get_a_page(http: httpx.Client) -> None:
    """Own markup only: nothing is loaded, everything is escaped, the form needs no script."""
    browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
    page = http.get("", headers={"accept": browser})

    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert "All &lt;drugs&gt;" in page.text
    assert '<form method="get">' in page.text
    for loading in ("<script", " src=", "<link", "@import", "url("):
        assert loading not in page.text


def test_browsers_of_other_origins_may_ask(http: httpx.Client) -> None:
    """CORS for answers, errors and the preflight; other methods are named."""
    preflight = http.options(
        "", headers={"origin": "http://a", "access-control-request-method": "POST"}
    )
    refused = http.request("DELETE", "")

    assert preflight.status_code == 204
    assert "POST" in preflight.headers["access-control-allow-methods"]
    assert ask(http, "ASK {}").headers["access-control-allow-origin"] == "*"
    assert (refused.status_code, refused.headers["allow"]) == (405, "GET, HEAD, POST, OPTIONS")
    told(refused)


@pytest.mark.parametrize(
    ("query", "status", "members"),
    [
        ("SELECT * {\n ?s ?p }", 400, {"line": 2, "column": 9}),
        ("SELECT * { ?s nope:p ?o }", 400, {"line": 1}),
        ("ASK { SERVICE <http://127.0.0.1/> {} }", 403, {"feature": "SERVICE"}),
        ("CLEAR ALL", 403, {"feature": "update (CLEAR)"}),
        ("SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }", 403, {}),
        (
            "ASK " + "{" * 70 + "}" * 70,
            400,
            {"limit": "query_max_depth", "allowed": 64, "asked": 70},
        ),
        ("", 400, {}),
    ],
)
def test_a_refusal_says_where_and_why(
    http: httpx.Client, query: str, status: int, members: dict[str, object]
) -> None:
    """Problems carry place, feature or limit."""
    response = ask(http, query)
    problem = told(response)

    assert response.status_code == status
    assert {name: problem[name] for name in members} == members


@pytest.mark.parametrize(
    ("content_type", "content", "status"),
    [
        ("application/sparql-update", b"CLEAR ALL", 403),
        ("application/json", b"{}", 415),
        ("", b"ASK {}", 415),
        (QUERY, b"\xff\xfeA\x00", 400),
        (QUERY, "ASK { ?s ?p 'é' }".encode("latin-1"), 400),
        (QUERY, b"ASK { ?s ?p '\x00' }", 200),
        (QUERY, b"SELECT * { ?s ?p ?o }" + b" " * 100_000, 413),
        (QUERY, b" " * 400_000, 413),
        ("application/x-www-form-urlencoded", b"", 400),
        ("application/x-www-form-urlencoded", b"query=ASK{}&query=ASK{}", 400),
        ("application/x-www-form-urlencoded", b"query=%ff%fe", 400),
        ("application/x-www-form-urlencoded", b"update=CLEAR+ALL", 403),
    ],
)
def test_strange_bodies_are_the_clients_fault(
    http: httpx.Client, content_type: str, content: bytes, status: int
) -> None:
    """Never a 500."""
    response = http.post("", content=content, headers={"content-type": content_type})

    assert response.status_code == status
    if status != 200:
        told(response)


def test_the_named_graph_is_the_default_graph(http: httpx.Client) -> None:
    """Through the protocol and through the query."""
    count = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    inside = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"
    whole = ask(http, count).json()["results"]

    assert ask(http, count, **{"default-graph-uri": GRAPH_NAME}).json()["results"] == whole
    assert ask(http, inside, **{"named-graph-uri": GRAPH_NAME}).json()["results"] == whole
    assert ask(http, inside).json()["results"] == whole
    nothing = ask(http, count, **{"named-graph-uri": GRAPH_NAME}).json()["results"]["bindings"]
    assert nothing[0]["n"]["value"] == "0"
    assert ask(http, count, **{"default-graph-uri": "http://a/"}).status_code == 403
